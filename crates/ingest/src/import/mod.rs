//! Importers: each reads one outside format, row by row, into the catalogue's own records.
//!
//! To add one, write `fn read(paths, sink)` in a file of its own and a row in [`IMPORTERS`]. A row
//! that cannot be used is refused with its place and one reason ([`RecordSink::refuse`]) and the import
//! goes on; a file that is not what it should be ends the import with one sentence, and what was
//! imported before stays.

pub mod busan;
pub(crate) mod chains;
mod closed;
pub mod cooklang;
pub mod cookrcp;
mod eateries;
pub mod from_cooklang;
pub mod from_page;
pub mod geojson;
pub mod good_price;
pub mod mfds;
pub mod osm_pbf;
mod osm_tags;
pub mod record_sink;
pub mod report;
pub(crate) mod sanitize;
pub mod seoul;
pub mod usda;
pub mod wikibooks;
pub mod world;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

pub use record_sink::{Progress, RecordSink};
pub use report::Stats;

use crate::records::SourceStore;

/// A kind of source that can be imported.
pub struct Importer {
    /// The name on the command line, and of the source's folder.
    pub name: &'static str,
    /// What it reads, in a few words.
    pub about: &'static str,
    /// Endings of the files taken out of a folder.
    endings: &'static [&'static str],
    read: fn(&[PathBuf], &mut RecordSink<'_>) -> Result<()>,
}

/// All importers.
pub const IMPORTERS: &[Importer] = &[
    Importer {
        name: "osm",
        about: "places of OpenStreetMap (.osm.pbf)",
        endings: &[".osm.pbf", ".pbf"],
        read: osm_pbf::read,
    },
    Importer {
        name: "seoul",
        about: "Seoul's restaurants with vegetarian menus (GeoJSON)",
        endings: &[".geojson", ".json", ".geojson.gz"],
        read: geojson::read,
    },
    Importer {
        name: "world",
        about: "vegetarian-friendly places made from OpenStreetMap (GeoJSON, may be gzip)",
        endings: &[".geojson", ".json", ".geojson.gz"],
        read: geojson::read,
    },
    Importer {
        name: "busan",
        about: "Busan's list of places to eat, data.go.kr 15063472 (csv)",
        endings: &[".csv"],
        read: busan::read,
    },
    Importer {
        name: "seoul-goodprice",
        about: "Seoul's good-price shops, with prices and reckoned positions beside them (csv)",
        endings: &[".csv"],
        read: good_price::read_seoul,
    },
    Importer {
        name: "goodprice",
        about: "Korea's good-price shops, data.go.kr 3045247 (csv)",
        endings: &[".csv"],
        read: good_price::read_korea,
    },
    Importer {
        name: "eateries",
        about: "named places to eat of OpenStreetMap without more (GeoJSON)",
        endings: &[".geojson", ".json", ".geojson.gz"],
        read: geojson::read,
    },
    Importer {
        name: "usda",
        about: "USDA SR28: table per 100 g (csv) and SR28_WEIGHT.txt",
        endings: &[".csv", ".txt"],
        read: usda::read,
    },
    Importer { name: "mfds", about: "Korean raw foods and dishes of MFDS (csv)", endings: &[".csv"], read: mfds::read },
    Importer {
        name: "cookrcp",
        about: "Korean recipes of MFDS, COOKRCP01 (json)",
        endings: &[".json"],
        read: cookrcp::read,
    },
    Importer {
        name: "recipe-page",
        about: "saved web pages with a recipe (html)",
        endings: &[".html", ".htm"],
        read: from_page::read_pages,
    },
    Importer {
        name: "cooklang",
        about: "recipes written in Cooklang (.cook)",
        endings: &[".cook"],
        read: from_cooklang::read,
    },
    Importer {
        name: "wikibooks",
        about: "recipes of Wikibooks' Cookbook, CC BY-SA (pages-articles.xml.bz2)",
        endings: &[".xml.bz2", ".xml", ".xml.gz"],
        read: wikibooks::read,
    },
];

impl Importer {
    /// The importer of a name.
    ///
    /// # Errors
    /// Lists the names there are.
    pub fn named(name: &str) -> Result<&'static Self> {
        IMPORTERS.iter().find(|i| i.name == name).with_context(|| {
            let names: Vec<_> = IMPORTERS.iter().map(|i| i.name).collect();
            format!("there is no source \"{name}\": use one of {}", names.join(", "))
        })
    }
}

/// What an import did.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The numbers.
    pub stats: Stats,
    /// The report with each refusal.
    pub report: PathBuf,
}

/// Imports files, or the files of folders, in place of what this source had before.
///
/// # Errors
/// When a file cannot be read or is not of the source's format, and when the disk refuses.
pub fn import(
    store: &SourceStore,
    importer: &Importer,
    paths: &[PathBuf],
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary> {
    let files = files(importer, paths)?;
    let mut sink = RecordSink::new(store.draft(importer.name)?, progress)?;
    (importer.read)(&files, &mut sink)?;
    let (stats, folder) = sink.finish(importer.name, &files)?;
    Ok(Summary { stats, report: folder.join("report.txt") })
}

/// The files to read: those named, and those with a fitting ending in the folders named.
fn files(importer: &Importer, paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        for entry in path.read_dir().with_context(|| format!("cannot read the folder {}", path.display()))? {
            let entry = entry?.path();
            if entry.is_file() && has_ending(&entry, importer.endings) {
                files.push(entry);
            }
        }
        if files.len() == before {
            bail!("the folder {} has no file that ends in {}", path.display(), importer.endings.join(" or "));
        }
        files[before..].sort();
    }
    if files.is_empty() {
        bail!("name at least one file or folder to import");
    }
    Ok(files)
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    endings.iter().any(|e| name.ends_with(e))
}
