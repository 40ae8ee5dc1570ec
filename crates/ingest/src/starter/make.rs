//! Writes the starter catalogue's facts from the open data they come from.
//!
//! `hnh-server catalog make-starter DATA` expects the files where [`SOURCES`] names them in DATA.
//! The same data gives the same bytes, so a change in the repository is a change in the facts.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use hnh_domain::foods::Food;
use hnh_domain::places::Place;

use super::Starter;
use crate::import::{Importer, Stats, import};
use crate::records::{Record, RecordReader, RecordWriter, SourceStore, file_name};
use hnh_catalog::areas::AREAS_FILE;

/// zstd's level: read rarely, kept in the repository for ever.
const LEVEL: i32 = 19;

/// Importer and its paths in the data folder.
pub const SOURCES: &[(&str, &[&str])] = &[
    ("seoul", &["restaurants/seoul_vegetarian.geojson"]),
    ("world", &["restaurants/world_veg_places.geojson.gz"]),
    ("usda", &["foods/usda_sr28/sr28_foods_per100g.csv", "foods/usda_sr28/SR28_WEIGHT.txt"]),
    ("mfds", &["foods/mfds/raw_materials.csv", "foods/mfds/dishes.csv"]),
];

/// The centres of Korean neighbourhoods in the data folder.
const CENTROIDS: &str = "geo/kr_emd_centroids.csv";

/// What was written.
#[derive(Debug)]
pub struct Made {
    /// What each importer did.
    pub sources: Vec<(&'static str, Stats)>,
    /// The files and their sizes in bytes.
    pub files: Vec<(PathBuf, u64)>,
}

/// Writes places, foods and areas into the starter's folder.
///
/// # Errors
/// When the data is not there, a row of it is refused, or the disk refuses.
pub fn make(data: &Path, starter: &Starter) -> Result<Made> {
    let scratch = starter.folder().join(".making");
    hnh_catalog::versions::remove_folder(&scratch)?;
    let made = make_in(&scratch, data, starter);
    hnh_catalog::versions::remove_folder(&scratch)?;
    made
}

fn make_in(scratch: &Path, data: &Path, starter: &Starter) -> Result<Made> {
    let store = SourceStore::new(scratch);
    let mut sources = Vec::new();
    for (name, paths) in SOURCES {
        let paths: Vec<PathBuf> = paths.iter().map(|p| data.join(p)).collect();
        let summary = import(&store, Importer::named(name)?, &paths, &mut |_| {})?;
        if summary.stats.refused > 0 {
            let report = fs::read_to_string(&summary.report)?;
            ensure!(summary.stats.refused == 0, "{name}: rows were refused\n{report}");
        }
        sources.push((*name, summary.stats));
    }
    let folders = store.folders()?;
    // Neighbours share their town and zone, which a compressor likes; foods stay in their tables' order.
    let cell = |p: &Place| {
        let quarter_degrees = |x: f64| (x * 4.0).floor() as i32;
        (quarter_degrees(p.position.lat), quarter_degrees(p.position.lon), p.provenance.source_id.clone())
    };
    let mut files = Vec::new();
    files.push(gather::<Place, _>(&folders, starter.folder(), cell)?);
    files.push(gather::<Food, _>(&folders, starter.folder(), |f| {
        (f.provenance.source.index(), f.provenance.source_id.clone())
    })?);

    let mut csv = String::new();
    fs::File::open(data.join(CENTROIDS))
        .and_then(|mut f| f.read_to_string(&mut csv))
        .with_context(|| format!("cannot read {}", data.join(CENTROIDS).display()))?;
    let path = starter.folder().join(AREAS_FILE);
    fs::write(&path, zstd::encode_all(csv.as_bytes(), LEVEL)?)?;
    files.push(path);
    let sized = files.into_iter().map(|path| Ok((path.clone(), fs::metadata(&path)?.len())));
    Ok(Made { sources, files: sized.collect::<Result<_>>()? })
}

/// Brings the records of all sources into one file of the starter's folder.
fn gather<R: Record, K: Ord>(folders: &[PathBuf], target: &Path, key: impl Fn(&R) -> K) -> Result<PathBuf> {
    let mut records = Vec::new();
    for folder in folders {
        if let Some(reader) = RecordReader::<R>::open_if_there(&folder.join(file_name::<R>()))? {
            for record in reader {
                records.push(record?);
            }
        }
    }
    records.sort_by_cached_key(key);
    let path = target.join(file_name::<R>());
    let mut writer = RecordWriter::create(&path, LEVEL)?;
    for record in &records {
        writer.write(record)?;
    }
    writer.finish()?;
    Ok(path)
}
