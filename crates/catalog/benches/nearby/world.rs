//! The places and the questions.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use hnh_domain::geo::LatLon;
use hnh_domain::places::{Offer, Place, PlaceCard, PlaceDiet, PlaceKind};
use hnh_domain::source::{Provenance, Source};
use hnh_hours::{Hours, OpenState};
use hnh_ingest::import::{Importer, import};
use hnh_ingest::records::{RecordReader, SourceStore, file_name};

/// Places asked for.
pub(crate) const NEAREST: usize = 20;

/// How far a copy may lie from its original, in degrees of latitude: 2 km.
const JITTER: f64 = 0.018;

/// How far a question may be asked from a place: 1 km.
const ASKED_NEAR: f64 = 0.009;

/// A week is stored by quarters of an hour where hours must be precomputed.
pub(crate) const QUARTERS: usize = 7 * 24 * 4;

/// The quarter that questions ask about: Friday 19:30.
pub(crate) const ASKED_QUARTER: usize = (4 * 24 + 19) * 4 + 2;

/// The same as a wall-clock time.
pub(crate) const ASKED_TIME: &str = "2026-10-09T19:30";

/// The distances of an answer's places in metres, nearest first.
pub(crate) type Answer = Vec<f64>;

/// The kinds of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    Plain,
    Filtered,
    Rare,
}

impl Question {
    pub(crate) const ALL: [Self; 3] = [Self::Plain, Self::Filtered, Self::Rare];
}

impl std::fmt::Display for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Plain => "plain",
            Self::Filtered => "filtered",
            Self::Rare => "rare",
        })
    }
}

/// What the rivals store of a place. Its id is its number.
pub(crate) struct Spot {
    pub(crate) position: LatLon,
    pub(crate) vegan: bool,
    /// Ice cream parlour where everything is vegan.
    pub(crate) rare: bool,
    /// Number in [`World::weeks`].
    pub(crate) week: Option<u32>,
    /// Number in [`World::cards`].
    pub(crate) card: u32,
}

impl Spot {
    /// Whether it answers the question.
    pub(crate) fn matches(&self, world: &World, question: Question) -> bool {
        let open = || self.week.is_some_and(|week| world.weeks[week as usize][ASKED_QUARTER]);
        match question {
            Question::Plain => true,
            Question::Filtered => self.vegan && open(),
            Question::Rare => self.rare && open(),
        }
    }
}

/// The places and where questions are asked.
pub(crate) struct World {
    /// The originals.
    originals: Vec<Place>,
    pub(crate) spots: Vec<Spot>,
    /// Which quarters of the week of 5 October 2026 each distinct opening-hours text is open in.
    pub(crate) weeks: Vec<Vec<bool>>,
    /// Cards as JSON, of the originals.
    pub(crate) cards: Vec<String>,
    pub(crate) centers: Vec<LatLon>,
}

impl World {
    /// Makes a world; none, with one line, where the world file is absent.
    pub(crate) fn make(rows: usize, queries: usize) -> Result<Option<Self>> {
        let started = Instant::now();
        let Some(originals) = originals()? else { return Ok(None) };
        let mut texts: HashMap<(&str, Option<&str>), u32> = HashMap::new();
        let mut weeks = Vec::new();
        let week_of: Vec<Option<u32>> = originals
            .iter()
            .map(|place| {
                let key = (place.hours.as_deref()?, place.country.as_deref());
                Some(*texts.entry(key).or_insert_with(|| {
                    weeks.push(week(key.0, key.1));
                    weeks.len() as u32 - 1
                }))
            })
            .collect();
        let cards =
            originals.iter().map(|place| serde_json::to_string(&PlaceCard::from(place))).collect::<Result<_, _>>()?;
        let mut random = fastrand::Rng::with_seed(20_261_009);
        let spots = (0..rows)
            .map(|row| {
                let original = row % originals.len();
                let place = &originals[original];
                let vegan = place.diets.get(&PlaceDiet::Vegan);
                let position =
                    if row < originals.len() { place.position } else { near(place.position, JITTER, &mut random) };
                Spot {
                    position,
                    vegan: vegan.is_some_and(|offer| offer.serves()),
                    rare: vegan == Some(&Offer::Only) && place.kind == PlaceKind::IceCream,
                    week: week_of[original],
                    card: original as u32,
                }
            })
            .collect::<Vec<_>>();
        let centers =
            (0..queries).map(|_| near(spots[random.usize(..spots.len())].position, ASKED_NEAR, &mut random)).collect();
        println!("{rows} places of {} originals made in {:.0} s", originals.len(), started.elapsed().as_secs_f64());
        Ok(Some(Self { originals, spots, weeks, cards, centers }))
    }

    /// The places, whole.
    pub(crate) fn places(&self) -> Vec<Place> {
        let place = |(number, spot): (usize, &Spot)| {
            let provenance = Provenance::new(Source::Osm, format!("copy/{number}"));
            Place {
                id: provenance.id(),
                provenance,
                position: spot.position,
                ..self.originals[spot.card as usize].clone()
            }
        };
        self.spots.iter().enumerate().map(place).collect()
    }
}

/// The world file's places, as the importer reads them.
fn originals() -> Result<Option<Vec<Place>>> {
    let shared = std::env::var_os("HNH_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let file = shared.join("restaurants/world_veg_places.geojson.gz");
    if !file.exists() {
        println!("{} is absent: nothing measured", file.display());
        return Ok(None);
    }
    let folder = tempfile::tempdir()?;
    let summary = import(&SourceStore::new(folder.path()), Importer::named("world")?, &[file], &mut |_| {})?;
    let records = summary.report.parent().context("the report has no folder")?.join(file_name::<Place>());
    RecordReader::open(&records)?.collect::<Result<_>>().map(Some)
}

/// A point in a square around another.
fn near(center: LatLon, degrees: f64, random: &mut fastrand::Rng) -> LatLon {
    let mut step = || (random.f64() * 2.0 - 1.0) * degrees;
    let lat = (center.lat + step()).clamp(-89.9, 89.9);
    let lon = center.lon + step() / lat.to_radians().cos();
    // Seven decimals, as OpenStreetMap has them.
    let round = |v: f64| (v * 1e7).round() / 1e7;
    LatLon { lat: round(lat), lon: round((lon + 540.0).rem_euclid(360.0) - 180.0) }
}

/// Evaluated straight from the hours, not through the index that is measured.
fn week(hours: &str, country: Option<&str>) -> Vec<bool> {
    let monday = NaiveDate::from_ymd_opt(2026, 10, 5).map(NaiveDateTime::from);
    let hours = Hours::parse(hours, country).ok();
    let open = |quarter: usize| {
        let local = monday.map(|monday| monday + TimeDelta::minutes(15 * quarter as i64));
        hours.as_ref().zip(local).is_some_and(|(hours, local)| hours.state_at(local) == OpenState::Open)
    };
    (0..QUARTERS).map(open).collect()
}
