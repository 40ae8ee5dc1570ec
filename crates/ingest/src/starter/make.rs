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
use hnh_domain::romanise::romanised;
use serde::Deserialize;

use super::Starter;
use crate::import::{Importer, Stats, import};
use crate::records::{Record, RecordReader, RecordWriter, SourceStore, file_name};
use hnh_catalog::areas::{AREAS_FILE, STATIONS_FILE};

/// zstd's level: read rarely, kept in the repository for ever.
const LEVEL: i32 = 19;

/// Importer, the time that its files tell of where their rows do not, and their paths in the data folder.
pub const SOURCES: &[(&str, Option<&str>, &[&str])] = &[
    ("seoul", None, &["restaurants/seoul_vegetarian.geojson"]),
    ("world", Some("2022-12"), &["restaurants/world_veg_places.geojson.gz"]),
    ("busan", Some("2025-11"), &["restaurants/kr/busan_matjip.csv"]),
    (
        "seoul-goodprice",
        None,
        &[
            "restaurants/kr/seoul_goodprice.csv",
            "restaurants/kr/seoul_goodprice_menu.csv",
            "restaurants/kr/seoul_goodprice_approx.csv",
        ],
    ),
    ("goodprice", Some("2024-02"), &["restaurants/kr/goodprice_kr_2024.csv"]),
    ("eateries", Some("2021-08"), &["restaurants/kr/osm_seoul_pois.geojson"]),
    ("usda", None, &["foods/usda_sr28/sr28_foods_per100g.csv", "foods/usda_sr28/SR28_WEIGHT.txt"]),
    ("mfds", None, &["foods/mfds/raw_materials.csv", "foods/mfds/dishes.csv"]),
];

/// The centres of Korean neighbourhoods in the data folder.
const CENTROIDS: &str = "geo/kr_emd_centroids.csv";

/// The stations of the capital area in the data folder.
const STATIONS: &str = "geo/seoul_stations.csv";

/// What people call stations, or what lies at them, beside their names.
const NICKNAMES: &[(&str, &str)] = &[
    ("홍대입구", "홍대"),
    ("건대입구", "건대"),
    ("숙대입구", "숙대"),
    ("외대앞", "외대"),
    ("고려대", "고대"),
    ("이대", "이화여대"),
    ("서울대입구", "서울대;샤로수길"),
    ("고속터미널", "고터;강남고속버스터미널"),
    ("동대문역사문화공원", "동대문디자인플라자;DDP"),
    ("경복궁", "서촌"),
    ("안국", "북촌;인사동"),
    ("잠실", "롯데월드"),
    ("삼성", "코엑스"),
    ("압구정로데오", "압구정 로데오"),
    ("여의나루", "여의도한강공원"),
    ("신사", "가로수길"),
    ("회현", "남대문시장"),
    ("종로5가", "광장시장"),
    ("뚝섬", "서울숲 카페거리"),
];

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
    for (name, _, paths) in SOURCES {
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
    files.push(gather(&folders, starter.folder(), dated, cell)?);
    files.push(gather(
        &folders,
        starter.folder(),
        |_: &str, _: &mut Food| {},
        |f| (f.provenance.source.index(), f.provenance.source_id.clone()),
    )?);

    let mut csv = String::new();
    fs::File::open(data.join(CENTROIDS))
        .and_then(|mut f| f.read_to_string(&mut csv))
        .with_context(|| format!("cannot read {}", data.join(CENTROIDS).display()))?;
    let path = starter.folder().join(AREAS_FILE);
    fs::write(&path, zstd::encode_all(csv.as_bytes(), LEVEL)?)?;
    files.push(path);
    files.push(stations(data, starter.folder())?);
    let sized = files.into_iter().map(|path| Ok((path.clone(), fs::metadata(&path)?.len())));
    Ok(Made { sources, files: sized.collect::<Result<_>>()? })
}

/// Writes the stations: `ko,en,also,lat,lon`. Of two with one name each has its line in it.
fn stations(data: &Path, target: &Path) -> Result<PathBuf> {
    #[derive(Deserialize)]
    struct Station {
        station: String,
        line: String,
        lat: f64,
        lon: f64,
        other_name: String,
    }
    let path = data.join(STATIONS);
    let mut table = csv::Reader::from_path(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let stations: Vec<Station> = table.deserialize().collect::<Result<_, _>>()?;
    let target = target.join(STATIONS_FILE);
    let mut out = csv::Writer::from_path(&target)?;
    out.write_record(["ko", "en", "also", "lat", "lon"])?;
    for station in &stations {
        let bare = station.station.strip_suffix('역').unwrap_or(&station.station);
        let twice = stations.iter().filter(|other| other.station == station.station).count() > 1;
        let line =
            if twice { format!("({})", station.line.split(';').next().unwrap_or_default()) } else { String::new() };
        let nicknames = NICKNAMES.iter().filter(|(name, _)| *name == station.station).map(|(_, also)| *also);
        let others = nicknames.chain((!station.other_name.is_empty()).then_some(station.other_name.as_str()));
        out.write_record([
            format!("{bare}역{line}"),
            format!(
                "{} Station{}",
                romanised(bare),
                if twice { format!(" ({})", romanised(&station.line)) } else { String::new() }
            ),
            others.collect::<Vec<_>>().join(";"),
            format!("{:.5}", station.lat),
            format!("{:.5}", station.lon),
        ])?;
    }
    out.flush()?;
    Ok(target)
}

/// Writes down when the source told of the place.
fn dated(importer: &str, place: &mut Place) {
    let time = SOURCES.iter().find(|(name, ..)| *name == importer).and_then(|(_, time, _)| *time);
    if place.provenance.as_of.is_none() {
        place.provenance.as_of = time.map(str::to_owned);
    }
}

/// Brings the records of all sources into one file of the starter's folder.
fn gather<R: Record, K: Ord>(
    folders: &[PathBuf],
    target: &Path,
    complete: impl Fn(&str, &mut R),
    key: impl Fn(&R) -> K,
) -> Result<PathBuf> {
    let mut records = Vec::new();
    for folder in folders {
        let importer = folder.file_name().unwrap_or_default().to_string_lossy();
        if let Some(reader) = RecordReader::<R>::open_if_there(&folder.join(file_name::<R>()))? {
            for record in reader {
                let mut record = record?;
                complete(&importer, &mut record);
                records.push(record);
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
