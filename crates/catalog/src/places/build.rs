//! Writing the index.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use hnh_domain::geo::LatLon;
use hnh_domain::places::{Offer, Place, PlaceCard, PlaceDiet, cuisine_name, imply_wider_diets};
use hnh_domain::romanise::romanised;
use hnh_domain::text::Lang;
use zerocopy::little_endian::{F64, I32, U32};

use super::format::{
    Degrees, DietProfile, FANOUT, Group, Leaf, NO_HOURS, NO_ZONE, Tables, VERSION, cuisine_bit, file, indexed_at,
    level_sizes, profile_bit,
};
use super::sphere::Point;
use super::{by_name, dishes, hilbert};
use crate::documents::DocumentsWriter;
use crate::ids::Ids;
use crate::mapped::MappedSlice;
use crate::text::{FieldKind, TextIndexBuilder};

/// Writes an index of places into the folder, which is made where absent. Of places with the same
/// id the first is kept.
///
/// # Errors
/// When the folder cannot be written, or there are more than 2³² - 2 places.
pub fn build(dir: &Path, mut places: Vec<Place>) -> Result<()> {
    std::fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
    let given = places.len();
    let mut seen = HashSet::with_capacity(given);
    places.retain(|place| seen.insert(place.id));
    drop(seen);
    if places.len() < given {
        tracing::warn!(dropped = given - places.len(), "places with the id of another were left out");
    }
    ensure!(places.len() < NO_HOURS as usize, "{} places are more than an index holds", places.len());
    places.sort_by_cached_key(|place| (hilbert::distance_along(indexed_at(place)), place.id));

    let mut tables = Tables { version: VERSION, rows: places.len() as u32, ..Tables::default() };
    let traits = describe(&places, &mut tables);
    write_tree(dir, &places, &traits, &tables)?;
    write_names(dir, &places)?;
    MappedSlice::write(dir, file::POSITIONS, places.iter().map(degrees))?;
    Ids::write(dir, &places.iter().map(|place| place.id).collect::<Vec<_>>())?;
    write_texts(dir, &places)?;
    std::fs::write(dir.join(file::TABLES), serde_json::to_vec(&tables)?)
        .with_context(|| format!("cannot write the tables in {}", dir.display()))
}

fn degrees(place: &Place) -> Degrees {
    let at = indexed_at(place);
    [F64::new(at.lat), F64::new(at.lon)]
}

/// Numbers values in the order in which they come up first.
struct Numbering<T>(HashMap<T, u32>);

impl<T: Hash + Eq> Numbering<T> {
    fn number(&mut self, value: T) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(value).or_insert(next)
    }

    fn into_values(self) -> Vec<T> {
        let mut values: Vec<_> = self.0.into_iter().collect();
        values.sort_unstable_by_key(|(_, number)| *number);
        values.into_iter().map(|(value, _)| value).collect()
    }
}

/// What filters look at, as in [`Leaf`].
#[derive(Clone, Copy)]
struct Traits {
    profile: u32,
    cuisines: u32,
    hours: u32,
    zone: u16,
    accuracy: u8,
}

/// What filters look at, with the values that are named by number.
fn describe(places: &[Place], tables: &mut Tables) -> Vec<Traits> {
    let cuisines = by_frequency(places.iter().flat_map(|place| place.cuisines.iter().map(String::as_str)));
    let profiles = by_frequency(places.iter().map(profile));
    let mut sets = Numbering(HashMap::from([(Vec::new(), 0)]));
    let (mut hours, mut zones) = (Numbering(HashMap::new()), Numbering(HashMap::new()));
    let traits = places
        .iter()
        .map(|place| {
            let mut set: Vec<u32> =
                place.cuisines.iter().filter_map(|code| cuisines.0.get(code.as_str())).copied().collect();
            set.sort_unstable();
            set.dedup();
            // There are some 600 time zones; a file with more than a u16 holds has none for the rest.
            let zone = |name| u16::try_from(zones.number(name)).unwrap_or(NO_ZONE);
            Traits {
                profile: profiles.0.get(&profile(place)).copied().unwrap_or_default(),
                cuisines: sets.number(set),
                hours: match &place.hours {
                    Some(text) => hours.number((text.as_str(), place.country.as_deref())),
                    None => NO_HOURS,
                },
                zone: place.zone.as_deref().map_or(NO_ZONE, zone),
                accuracy: place.accuracy.index() as u8,
            }
        })
        .collect();
    tables.cuisines = cuisines.into_values().into_iter().map(str::to_owned).collect();
    tables.profiles = profiles.into_values();
    tables.cuisine_sets = sets.into_values();
    tables.hours =
        hours.into_values().into_iter().map(|(t, c): (&str, Option<&str>)| (t.into(), c.map(Into::into))).collect();
    tables.zones = zones.into_values().into_iter().map(str::to_owned).collect();
    traits
}

/// Values numbered from the most frequent on.
fn by_frequency<T: Hash + Ord + Copy>(values: impl Iterator<Item = T>) -> Numbering<T> {
    let mut counts: HashMap<T, usize> = HashMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut values: Vec<_> = counts.into_iter().collect();
    values.sort_unstable_by_key(|(value, count)| (std::cmp::Reverse(*count), *value));
    Numbering(values.into_iter().zip(0..).map(|((value, _), number)| (value, number)).collect())
}

/// The diets that a place serves, those beside which it serves nothing, and its kind.
fn profile(place: &Place) -> DietProfile {
    let (serves, only) = diet_bits(place);
    DietProfile { serves, only, kind: place.kind.index() as u8 }
}

/// The diets that a place serves, and those beside which it serves nothing.
fn diet_bits(place: &Place) -> (u8, u8) {
    let mut diets = place.diets.clone();
    imply_wider_diets(&mut diets);
    let mut bits = (0, 0);
    for &diet in PlaceDiet::ALL {
        let offer = diets.get(&diet).copied();
        bits.0 |= u8::from(offer.is_some_and(Offer::serves)) << diet.index();
        bits.1 |= u8::from(offer == Some(Offer::Only)) << diet.index();
    }
    bits
}

/// What is known of a node while the tree is built; a row is a node of its own.
#[derive(Clone, Copy)]
struct Summary {
    low: [i32; 3],
    high: [i32; 3],
    /// West, south, east, north, as in [`super::format::Sides`].
    sides: [i32; 4],
    cuisines: u64,
    profiles: u128,
    hours: u8,
    /// Of latitudes and longitudes.
    sum: [f64; 2],
}

impl Summary {
    fn of_row(place: &Place, point: Point, traits: &Traits, tables: &Tables) -> Self {
        let LatLon { lat, lon } = indexed_at(place);
        let sides = [(lon * 1e7).floor(), (lat * 1e7).floor(), (lon * 1e7).ceil(), (lat * 1e7).ceil()];
        let set = tables.cuisine_sets.get(traits.cuisines as usize).map_or(&[][..], Vec::as_slice);
        Self {
            low: point.0,
            high: point.0,
            sides: sides.map(|v| v as i32),
            cuisines: set.iter().fold(0, |bits, cuisine| bits | cuisine_bit(*cuisine)),
            profiles: profile_bit(traits.profile),
            hours: u8::from(traits.hours != NO_HOURS),
            sum: [lat, lon],
        }
    }

    fn unite(a: Self, b: Self) -> Self {
        Self {
            low: std::array::from_fn(|i| a.low[i].min(b.low[i])),
            high: std::array::from_fn(|i| a.high[i].max(b.high[i])),
            sides: std::array::from_fn(|i| if i < 2 { a.sides[i].min(b.sides[i]) } else { a.sides[i].max(b.sides[i]) }),
            cuisines: a.cuisines | b.cuisines,
            profiles: a.profiles | b.profiles,
            hours: a.hours | b.hours,
            sum: [a.sum[0] + b.sum[0], a.sum[1] + b.sum[1]],
        }
    }
}

fn write_tree(dir: &Path, places: &[Place], traits: &[Traits], tables: &Tables) -> Result<()> {
    let points: Vec<Point> = places.iter().map(|place| Point::new(indexed_at(place))).collect();
    let leaves = points.chunks(FANOUT).zip(traits.chunks(FANOUT)).map(|(points, traits)| leaf(points, traits));
    MappedSlice::write(dir, file::LEAVES, leaves)?;

    let rows = places.iter().zip(&points).zip(traits);
    let mut level: Vec<Summary> =
        rows.map(|((place, point), traits)| Summary::of_row(place, *point, traits, tables)).collect();
    let (mut groups, mut sides, mut sums) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..level_sizes(places.len()).len() {
        if number > 0 {
            groups.extend(level.chunks(FANOUT).map(group));
        }
        level = level.chunks(FANOUT).filter_map(|children| children.iter().copied().reduce(Summary::unite)).collect();
        sides.extend(level.iter().map(|node| node.sides.map(I32::new)));
        sums.extend(level.iter().map(|node| node.sum.map(F64::new)));
    }
    MappedSlice::write(dir, file::GROUPS, groups)?;
    MappedSlice::write(dir, file::SIDES, sides)?;
    MappedSlice::write(dir, file::SUMS, sums)
}

fn leaf(points: &[Point], traits: &[Traits]) -> Leaf {
    fn slots<S, T>(rows: &[S], pick: impl Fn(&S) -> T) -> [T; FANOUT] {
        std::array::from_fn(|slot| pick(&rows[slot.min(rows.len() - 1)]))
    }
    Leaf {
        axes: [0, 1, 2].map(|axis| slots(points, |point| I32::new(point.0[axis]))),
        profiles: slots(traits, |row| row.profile.into()),
        hours: slots(traits, |row| row.hours.into()),
        cuisines: slots(traits, |row| row.cuisines.into()),
        zones: slots(traits, |row| row.zone.into()),
        accuracies: slots(traits, |row| row.accuracy),
        padding: [0; _],
    }
}

fn group(children: &[Summary]) -> Group {
    fn slots<T: Default>(children: &[Summary], pick: impl Fn(&Summary) -> T) -> [T; FANOUT] {
        std::array::from_fn(|slot| children.get(slot).map(&pick).unwrap_or_default())
    }
    Group {
        low: [0, 1, 2].map(|axis| slots(children, |child| I32::new(child.low[axis]))),
        high: [0, 1, 2].map(|axis| slots(children, |child| I32::new(child.high[axis]))),
        cuisines: slots(children, |child| child.cuisines.into()),
        profiles: slots(children, |child| child.profiles.into()),
        hours: slots(children, |child| child.hours),
        padding: [0; _],
    }
}

/// Writes the rows in the order of their names.
fn write_names(dir: &Path, places: &[Place]) -> Result<()> {
    let mut rows: Vec<u32> = (0..places.len() as u32).collect();
    rows.sort_by_cached_key(|row| {
        let place = &places[*row as usize];
        (by_name::sort_key(&place.name), place.id)
    });
    MappedSlice::write(dir, file::BY_NAME, rows.iter().map(|row| U32::new(*row)))?;
    let mut ranks = vec![U32::new(0); rows.len()];
    for (rank, row) in rows.iter().enumerate() {
        ranks[*row as usize] = U32::new(rank as u32);
    }
    MappedSlice::write(dir, file::NAME_RANKS, ranks)
}

/// Writes cards, whole places and the text index.
fn write_texts(dir: &Path, places: &[Place]) -> Result<()> {
    let mut cards = DocumentsWriter::new(dir, file::CARDS)?;
    let mut whole = DocumentsWriter::new(dir, file::PLACES)?;
    let mut words = TextIndexBuilder::new(&dir.join(file::WORDS))?;
    for place in places {
        cards.add(&serde_json::to_vec(&PlaceCard::from(place))?)?;
        whole.add(&serde_json::to_vec(place)?)?;
        add_words(&mut words, place)?;
    }
    cards.finish()?;
    whole.finish()?;
    words.finish()
}

/// A place is found by its name, also in Latin letters, its dishes in either language, cuisines, kind, diets and address.
fn add_words(words: &mut TextIndexBuilder, place: &Place) -> Result<()> {
    let cuisines: Vec<_> = place.cuisines.iter().map(|code| cuisine_name(code)).collect();
    let diets = place.diets.iter().filter(|(_, offer)| offer.serves()).map(|(diet, _)| *diet);
    let mut texts: Vec<(FieldKind, &str)> = place.name.iter().map(|name| (FieldKind::Title, name)).collect();
    let romanised = place.name.en.is_none().then(|| place.name.ko.as_deref().map(romanised)).flatten();
    texts.extend(romanised.as_deref().map(|name| (FieldKind::Title, name)));
    let dishes = place.name.iter().chain(place.menu.iter().map(|item| item.name.as_str()));
    texts.extend(dishes.flat_map(dishes::translations).map(|dish| (FieldKind::Body, dish)));
    let body = place
        .menu
        .iter()
        .map(|item| item.name.as_str())
        .chain(cuisines.iter().flat_map(|name| name.iter()))
        .chain([Lang::Ko, Lang::En].map(|lang| place.kind.name(lang)))
        .chain(diets.flat_map(|diet| [Lang::Ko, Lang::En].map(|lang| diet.name(lang))))
        .chain(place.district.as_deref())
        .chain(place.address.as_deref());
    texts.extend(body.map(|text| (FieldKind::Body, text)));
    words.add(&texts)
}
