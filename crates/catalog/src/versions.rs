//! Versions of the built catalogue, and the pointer to the one being served.
//!
//! ```text
//! DATA/catalog/CURRENT                 the name of the current version
//! DATA/catalog/versions/NAME/          catalog.json, areas.jsonl, places/, recipes/, foods/
//! ```
//!
//! A version never changes once the pointer names it. The pointer is replaced by a rename, so a
//! server reads the old name or the new one; folders older than the last two are removed, so the
//! version a server is about to open stays.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use xxhash_rust::xxh3::Xxh3;

/// The file with the digests of a version's other files.
const DIGESTS: &str = "digests.json";

/// Versions kept: the current one, and the one a server may still be opening.
const KEPT: usize = 2;

/// The versions of a data folder.
pub struct Versions {
    catalogue: PathBuf,
}

impl Versions {
    /// The versions under the data folder `data`.
    #[must_use]
    pub fn new(data: &Path) -> Self {
        Self { catalogue: data.join("catalog") }
    }

    /// The folder of a version.
    #[must_use]
    pub fn folder(&self, name: &str) -> PathBuf {
        self.catalogue.join("versions").join(name)
    }

    /// The current version's name; none before the first build.
    ///
    /// # Errors
    /// When the pointer is there and cannot be read.
    pub fn current(&self) -> Result<Option<String>> {
        let pointer = self.catalogue.join("CURRENT");
        if !pointer.try_exists()? {
            return Ok(None);
        }
        let name = fs::read_to_string(&pointer).with_context(|| format!("cannot read {}", pointer.display()))?;
        Ok(Some(name.trim().to_owned()))
    }

    /// A new folder to write version `name` into; it becomes a version by [`Self::publish`].
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn draft(&self, name: &str) -> Result<PathBuf> {
        let folder = self.folder(&format!(".{name}.new"));
        remove_folder(&folder)?;
        fs::create_dir_all(&folder).with_context(|| format!("cannot create the folder {}", folder.display()))?;
        Ok(folder)
    }

    /// Makes a written draft the current version and removes old ones.
    ///
    /// # Errors
    /// When the disk refuses; then the version before stays current.
    pub fn publish(&self, draft: &Path, name: &str) -> Result<PathBuf> {
        ensure!(
            !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']),
            "\"{name}\" is no version name"
        );
        let digests = serde_json::to_vec_pretty(&digests(draft)?)?;
        fs::write(draft.join(DIGESTS), digests)?;
        sync_folder(draft)?;
        let folder = self.folder(name);
        remove_folder(&folder)?;
        fs::rename(draft, &folder).with_context(|| format!("cannot put {} in place", folder.display()))?;
        sync(&self.catalogue.join("versions"))?;

        let next = self.catalogue.join(".CURRENT.new");
        let mut pointer = File::create(&next)?;
        writeln!(pointer, "{name}")?;
        pointer.sync_all()?;
        fs::rename(&next, self.catalogue.join("CURRENT"))?;
        sync(&self.catalogue)?;
        self.remove_old(name)?;
        Ok(folder)
    }

    /// Removes all but the current version and the newest others, and drafts that were given up.
    fn remove_old(&self, current: &str) -> Result<()> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.catalogue.join("versions"))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                remove_folder(&entry.path())?;
            } else if name != current {
                // Names begin with the time, so their order is that of the builds.
                names.push(name);
            }
        }
        names.sort();
        for name in names.iter().rev().skip(KEPT - 1) {
            remove_folder(&self.folder(name))?;
        }
        Ok(())
    }
}

/// Refuses a version whose files are not those that were built: a flipped bit may turn "contains" into "free".
///
/// # Errors
/// Names the file that is missing or is another one.
pub fn check(folder: &Path) -> Result<()> {
    let told = folder.join(DIGESTS);
    // Versions from before were built without.
    if !told.try_exists()? {
        return Ok(());
    }
    let told: BTreeMap<String, String> = serde_json::from_slice(&fs::read(&told)?).context(DIGESTS)?;
    let found = digests(folder)?;
    for (name, digest) in &told {
        ensure!(found.get(name) == Some(digest), "{name} is not as it was built: build or fetch the version again");
    }
    Ok(())
}

/// Digests of all files below a folder by their paths in it (XXH3, 128 bits): against what a disk does, not a person.
fn digests(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut digests = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(below) = folders.pop() {
        for entry in fs::read_dir(&below)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
            if name != DIGESTS {
                digests.insert(name, digest(&path)?);
            }
        }
    }
    Ok(digests)
}

fn digest(path: &Path) -> Result<String> {
    let mut file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let (mut hasher, mut buffer) = (Xxh3::new(), vec![0; 256 * 1024]);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(format!("{:032x}", hasher.digest128()));
        }
        hasher.update(&buffer[..read]);
    }
}

/// Makes sure that every file below is on disk before a pointer names them.
fn sync_folder(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync_folder(&path)?;
        } else {
            sync(&path)?;
        }
    }
    sync(folder)
}

fn sync(path: &Path) -> Result<()> {
    File::open(path)?.sync_all().with_context(|| format!("cannot make sure that {} is on disk", path.display()))
}

/// Removes a folder that may be absent.
///
/// # Errors
/// When it is there and cannot be removed.
pub fn remove_folder(path: &Path) -> std::io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn publish(versions: &Versions, name: &str) {
        let draft = versions.draft(name).unwrap();
        fs::create_dir(draft.join("places")).unwrap();
        fs::write(draft.join("places/a"), name).unwrap();
        versions.publish(&draft, name).unwrap();
    }

    #[test]
    fn the_pointer_moves_and_the_last_two_stay() {
        let data = tempfile::tempdir().unwrap();
        let versions = Versions::new(data.path());
        assert_eq!(versions.current().unwrap(), None);
        for name in ["2026-a", "2027-b", "2028-c"] {
            publish(&versions, name);
            assert_eq!(versions.current().unwrap().as_deref(), Some(name));
        }
        versions.draft("given-up").unwrap();
        publish(&versions, "2029-d");
        let mut left: Vec<String> = fs::read_dir(data.path().join("catalog/versions"))
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["2028-c", "2029-d"]);
        assert_eq!(fs::read_to_string(versions.folder("2029-d").join("places/a")).unwrap(), "2029-d");
    }

    #[test]
    fn a_version_with_a_flipped_bit_or_a_missing_file_is_refused() {
        let data = tempfile::tempdir().unwrap();
        let versions = Versions::new(data.path());
        publish(&versions, "2026-a");
        let folder = versions.folder("2026-a");
        check(&folder).unwrap();
        let file = folder.join("places/a");
        let whole = fs::read(&file).unwrap();
        let mut flipped = whole.clone();
        flipped[0] ^= 1;
        fs::write(&file, flipped).unwrap();
        assert!(check(&folder).unwrap_err().to_string().contains("places/a"));
        fs::write(&file, &whole[1..]).unwrap();
        assert!(check(&folder).is_err());
        fs::remove_file(&file).unwrap();
        assert!(check(&folder).is_err());
        fs::write(&file, whole).unwrap();
        check(&folder).unwrap();
    }

    #[test]
    fn a_name_that_would_leave_the_folder_is_refused() {
        let data = tempfile::tempdir().unwrap();
        let versions = Versions::new(data.path());
        let draft = versions.draft("x").unwrap();
        for name in ["", "../x", ".x"] {
            assert!(versions.publish(&draft, name).is_err(), "{name}");
        }
    }
}
