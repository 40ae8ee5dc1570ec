//! Imported records on disk: one folder a source, one file a kind of record, and a report.
//!
//! ```text
//! DATA/catalog/sources/NAME/places.jsonl.zst   JSON lines, zstd; only the kinds the source has
//! DATA/catalog/sources/NAME/report.txt         rows read, kept and refused, and why
//! ```
//!
//! Lines leave out a record's id, which follows from its provenance. A [`Draft`] is written beside
//! the source's folder and takes its place when it is complete, under the store's lock, so a reader
//! sees the old import or the new one.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use hnh_catalog::versions::remove_folder;
use hnh_domain::foods::Food;
use hnh_domain::places::Place;
use hnh_domain::recipes::Recipe;
use hnh_domain::source::Provenance;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// What the catalogue is made of.
pub trait Record: Serialize + DeserializeOwned {
    /// The kind in the plural, as files and reports name it.
    const KIND: &'static str;
    /// Our id.
    fn id(&self) -> Uuid;
    /// Where it comes from.
    fn provenance(&self) -> &Provenance;
}

macro_rules! records {
    ($($type:ty: $kind:literal),+) => {$(
        impl Record for $type {
            const KIND: &'static str = $kind;
            fn id(&self) -> Uuid {
                self.id
            }
            fn provenance(&self) -> &Provenance {
                &self.provenance
            }
        }
    )+};
}
records!(Place: "places", Recipe: "recipes", Food: "foods");

/// The length of `"id":"…36 characters…",`, with which every record's JSON begins after its brace.
const ID_FIELD: usize = r#""id":"","#.len() + 36;

/// Writes records as compressed JSON lines.
pub struct RecordWriter<R> {
    out: zstd::Encoder<'static, BufWriter<File>>,
    kind: PhantomData<R>,
}

impl<R: Record> RecordWriter<R> {
    /// Creates the file; `level` is zstd's, 1 to 22.
    ///
    /// # Errors
    /// When the file cannot be created.
    pub fn create(path: &Path, level: i32) -> Result<Self> {
        let file = File::create(path).with_context(|| format!("cannot create {}", path.display()))?;
        let mut out = zstd::Encoder::new(BufWriter::new(file), level)?;
        out.include_checksum(true)?;
        Ok(Self { out, kind: PhantomData })
    }

    /// Writes one record.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&mut self, record: &R) -> Result<()> {
        let line = serde_json::to_string(record)?;
        let prefix = format!(r#"{{"id":"{}","#, record.id());
        let rest = line.strip_prefix(&prefix).context("a record's JSON must begin with its id")?;
        debug_assert_eq!(prefix.len(), ID_FIELD + 1);
        self.out.write_all(b"{")?;
        self.out.write_all(rest.as_bytes())?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    /// Completes the file and makes sure that it is on disk.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(self) -> Result<()> {
        let file = self.out.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(())
    }
}

/// Reads a file of records one by one.
pub struct RecordReader<R> {
    lines: BufReader<zstd::Decoder<'static, BufReader<File>>>,
    path: PathBuf,
    number: u64,
    line: String,
    kind: PhantomData<R>,
}

impl<R: Record> RecordReader<R> {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        let lines = BufReader::with_capacity(1 << 17, zstd::Decoder::new(file)?);
        Ok(Self { lines, path: path.into(), number: 0, line: String::new(), kind: PhantomData })
    }

    /// Opens a file that may be absent: then there are no records.
    ///
    /// # Errors
    /// When it is there and cannot be opened.
    pub fn open_if_there(path: &Path) -> Result<Option<Self>> {
        path.try_exists()?.then(|| Self::open(path)).transpose()
    }

    fn read(&mut self) -> Result<Option<R>> {
        self.line.clear();
        self.number += 1;
        if self.lines.read_line(&mut self.line)? == 0 {
            return Ok(None);
        }
        parse(&self.line).map(Some)
    }
}

impl<R: Record> Iterator for RecordReader<R> {
    type Item = Result<R>;
    fn next(&mut self) -> Option<Result<R>> {
        match self.read() {
            Ok(record) => record.map(Ok),
            Err(error) => {
                let at = format!("{}, line {}, is damaged", self.path.display(), self.number);
                Some(Err(error.context(at)))
            }
        }
    }
}

/// A record from its line: its id goes in first.
fn parse<R: Record>(line: &str) -> Result<R> {
    #[derive(serde::Deserialize)]
    struct Head {
        provenance: Provenance,
    }
    let head: Head = serde_json::from_str(line)?;
    let Some(rest) = line.strip_prefix('{') else { bail!("not a JSON object") };
    Ok(serde_json::from_str(&format!(r#"{{"id":"{}",{rest}"#, head.provenance.id()))?)
}

/// The imported sources of a data folder.
pub struct SourceStore {
    catalogue: PathBuf,
}

impl SourceStore {
    /// The store of the data folder `data`; nothing is created before something is imported.
    #[must_use]
    pub fn new(data: &Path) -> Self {
        Self { catalogue: data.join("catalog") }
    }

    fn sources(&self) -> PathBuf {
        self.catalogue.join("sources")
    }

    /// Keeps other imports and builds out while the guard lives.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn lock(&self) -> Result<Lock> {
        fs::create_dir_all(&self.catalogue)
            .with_context(|| format!("cannot create the folder {}", self.catalogue.display()))?;
        let path = self.catalogue.join(".lock");
        let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
        Ok(Lock { _file: file })
    }

    /// Begins an import of the source `name`.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn draft(&self, name: &str) -> Result<Draft> {
        let sources = self.sources();
        let folder = sources.join(format!(".{name}.new-{}", std::process::id()));
        remove_folder(&folder)?;
        fs::create_dir_all(&folder).with_context(|| format!("cannot create the folder {}", folder.display()))?;
        Ok(Draft { target: sources.join(name), folder, catalogue: self.catalogue.clone(), done: false })
    }

    /// The folders of all imported sources, by name. Call it under the [`Self::lock`].
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn folders(&self) -> Result<Vec<PathBuf>> {
        let sources = self.sources();
        if !sources.try_exists()? {
            return Ok(Vec::new());
        }
        let mut folders = Vec::new();
        for entry in fs::read_dir(&sources)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or(".");
            if let Some(name) = name.strip_suffix(".old") {
                // A crash between the two renames of `commit` left the source under this name alone.
                let target = sources.join(name.trim_start_matches('.'));
                if !target.try_exists()? {
                    fs::rename(&path, &target)?;
                    folders.push(target);
                }
            } else if !name.starts_with('.') && path.is_dir() {
                folders.push(path);
            }
        }
        folders.sort();
        Ok(folders)
    }
}

/// Held while sources or versions change.
pub struct Lock {
    _file: File,
}

/// An import being written. Dropped before [`Draft::commit`], it leaves the source as it was.
pub struct Draft {
    target: PathBuf,
    folder: PathBuf,
    catalogue: PathBuf,
    done: bool,
}

impl Draft {
    /// The folder to write into.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts the draft in the place of what was imported before, and says where it is.
    ///
    /// # Errors
    /// When the disk refuses; then the old import stays.
    pub fn commit(mut self) -> Result<PathBuf> {
        let _lock = SourceStore { catalogue: self.catalogue.clone() }.lock()?;
        let name = self.target.file_name().and_then(|n| n.to_str()).context("a source needs a name")?;
        let old = self.target.with_file_name(format!(".{name}.old"));
        remove_folder(&old)?;
        let replaces = self.target.try_exists()?;
        if replaces {
            fs::rename(&self.target, &old)?;
        }
        if let Err(error) = fs::rename(&self.folder, &self.target) {
            if replaces {
                fs::rename(&old, &self.target)?;
            }
            return Err(error).context("cannot put the import in place");
        }
        self.done = true;
        remove_folder(&old)?;
        Ok(self.target.clone())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.done
            && let Err(error) = remove_folder(&self.folder)
        {
            tracing::warn!(folder = %self.folder.display(), %error, "an unfinished import could not be removed");
        }
    }
}

/// The name of the file of a kind of records.
#[must_use]
pub fn file_name<R: Record>() -> String {
    format!("{}.jsonl.zst", R::KIND)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hnh_domain::foods::{FoodBasis, FoodGroup};
    use hnh_domain::nutrient::Nutrients;
    use hnh_domain::source::Source;
    use hnh_domain::text::Text;

    fn food(code: &str) -> Food {
        let provenance = Provenance::new(Source::Usda, code);
        Food {
            id: provenance.id(),
            provenance,
            name: Text::both("달걀", "Egg"),
            group: FoodGroup::Eggs,
            basis: FoodBasis::Per100g,
            nutrients: Nutrients::zero(),
            portions: Vec::new(),
            refuse_pct: None,
        }
    }

    fn import(store: &SourceStore, codes: &[&str]) -> Draft {
        let draft = store.draft("usda").unwrap();
        let mut writer = RecordWriter::create(&draft.folder().join(file_name::<Food>()), 3).unwrap();
        for code in codes {
            writer.write(&food(code)).unwrap();
        }
        writer.finish().unwrap();
        draft
    }

    fn codes(store: &SourceStore) -> Vec<String> {
        let folders = store.folders().unwrap();
        let read = |f: &PathBuf| RecordReader::<Food>::open(&f.join(file_name::<Food>())).unwrap();
        folders.iter().flat_map(read).map(|f| f.unwrap().provenance.source_id).collect()
    }

    #[test]
    fn a_second_import_replaces_the_first_and_an_abandoned_one_does_not() {
        let data = tempfile::tempdir().unwrap();
        let store = SourceStore::new(data.path());
        assert!(store.folders().unwrap().is_empty());
        import(&store, &["1", "2"]).commit().unwrap();
        assert_eq!(codes(&store), ["1", "2"]);
        drop(import(&store, &["9"]));
        assert_eq!(codes(&store), ["1", "2"]);
        import(&store, &["3"]).commit().unwrap();
        assert_eq!(codes(&store), ["3"]);
        assert_eq!(fs::read_dir(data.path().join("catalog/sources")).unwrap().count(), 1);
    }

    #[test]
    fn a_crash_between_the_renames_loses_nothing() {
        let data = tempfile::tempdir().unwrap();
        let store = SourceStore::new(data.path());
        let folder = import(&store, &["1"]).commit().unwrap();
        fs::rename(&folder, folder.with_file_name(".usda.old")).unwrap();
        assert_eq!(codes(&store), ["1"]);
    }

    #[test]
    fn records_come_back_whole_and_damage_names_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("foods.jsonl.zst");
        let mut writer = RecordWriter::create(&path, 3).unwrap();
        writer.write(&food("01001")).unwrap();
        writer.finish().unwrap();
        let back: Vec<Food> = RecordReader::open(&path).unwrap().map(Result::unwrap).collect();
        assert_eq!(back, [food("01001")]);

        fs::write(&path, zstd::encode_all(&b"{\"provenance\":7}\n"[..], 1).unwrap()).unwrap();
        let error = RecordReader::<Food>::open(&path).unwrap().next().unwrap().unwrap_err();
        assert!(error.to_string().ends_with("line 1, is damaged"), "{error}");
    }
}
