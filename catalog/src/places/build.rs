//! Writing the index.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use hnh_domain::restaurants::{Offer, Place, PlaceCard, PlaceDiet, cuisine_name};
use hnh_domain::text::Lang;
use zerocopy::little_endian::{F64, I32, U32};

use super::format::{
    Block, Degrees, FANOUT, NO_HOURS, NO_ZONE, Node, Tables, Traits, VERSION, cuisine_bit, file, level_sizes,
};
use super::json_rows::JsonRowsWriter;
use super::sphere::Point;
use super::{by_name, hilbert};
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
    places.sort_by_cached_key(|place| (hilbert::distance_along(place.position), place.id));

    let mut tables = Tables { version: VERSION, rows: places.len() as u32, ..Tables::default() };
    let traits = describe(&places, &mut tables);
    write_tree(dir, &places, &traits, &tables)?;
    write_orders(dir, &places)?;
    MappedSlice::write(dir, file::POSITIONS, places.iter().map(degrees))?;
    MappedSlice::write(dir, file::TRAITS, traits)?;
    MappedSlice::write(dir, file::IDS, places.iter().map(|place| place.id.into_bytes()))?;
    write_texts(dir, &places)?;
    std::fs::write(dir.join(file::TABLES), serde_json::to_vec(&tables)?)
        .with_context(|| format!("cannot write the tables in {}", dir.display()))
}

fn degrees(place: &Place) -> Degrees {
    [F64::new(place.position.lat), F64::new(place.position.lon)]
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

/// What filters look at, with the values that are named by number.
fn describe(places: &[Place], tables: &mut Tables) -> Vec<Traits> {
    let cuisines = by_frequency(places);
    let mut sets = Numbering(HashMap::from([(Vec::new(), 0)]));
    let (mut hours, mut zones) = (Numbering(HashMap::new()), Numbering(HashMap::new()));
    let traits = places
        .iter()
        .map(|place| {
            let mut set: Vec<u32> =
                place.cuisines.iter().filter_map(|code| cuisines.get(code.as_str())).copied().collect();
            set.sort_unstable();
            set.dedup();
            let (serves, only) = diet_bits(place);
            // There are some 600 time zones; a file with more than a u16 holds has none for the rest.
            let zone = |name| u16::try_from(zones.number(name)).unwrap_or(NO_ZONE);
            Traits {
                serves,
                only,
                kind: place.kind.index() as u8,
                unused: 0,
                cuisines: sets.number(set).into(),
                hours: match &place.hours {
                    Some(text) => hours.number((text.as_str(), place.country.as_deref())),
                    None => NO_HOURS,
                }
                .into(),
                zone: place.zone.as_deref().map_or(NO_ZONE, zone).into(),
                padding: 0.into(),
            }
        })
        .collect();
    let mut codes: Vec<_> = cuisines.into_iter().collect();
    codes.sort_unstable_by_key(|(_, number)| *number);
    tables.cuisines = codes.into_iter().map(|(code, _)| code.to_owned()).collect();
    tables.cuisine_sets = sets.into_values();
    tables.hours =
        hours.into_values().into_iter().map(|(t, c): (&str, Option<&str>)| (t.into(), c.map(Into::into))).collect();
    tables.zones = zones.into_values().into_iter().map(str::to_owned).collect();
    traits
}

/// Cuisine codes numbered from the most frequent.
fn by_frequency(places: &[Place]) -> HashMap<&str, u32> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for code in places.iter().flat_map(|place| &place.cuisines) {
        *counts.entry(code).or_default() += 1;
    }
    let mut codes: Vec<_> = counts.into_iter().collect();
    codes.sort_unstable_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    codes.into_iter().zip(0..).map(|((code, _), number)| (code, number)).collect()
}

/// The diets that a place serves, and those beside which it serves nothing. What is vegan is also
/// vegetarian, and what is vegetarian suits pescatarians, where the source does not say otherwise.
fn diet_bits(place: &Place) -> (u8, u8) {
    let stated = |diet| place.diets.get(&diet).copied();
    let vegetarian = stated(PlaceDiet::Vegetarian).or(stated(PlaceDiet::Vegan).filter(|offer| offer.serves()));
    let pescatarian = stated(PlaceDiet::Pescatarian).or(vegetarian.filter(|offer| offer.serves()));
    let mut bits = (0, 0);
    for &diet in PlaceDiet::ALL {
        let offer = match diet {
            PlaceDiet::Vegetarian => vegetarian,
            PlaceDiet::Pescatarian => pescatarian,
            other => stated(other),
        };
        bits.0 |= u8::from(offer.is_some_and(Offer::serves)) << diet.index();
        bits.1 |= u8::from(offer == Some(Offer::Only)) << diet.index();
    }
    bits
}

fn write_tree(dir: &Path, places: &[Place], traits: &[Traits], tables: &Tables) -> Result<()> {
    let points: Vec<Point> = places.iter().map(|place| Point::new(place.position)).collect();
    let block = |points: &[Point]| {
        let axis = |axis: usize| std::array::from_fn(|i| I32::new(points[i.min(points.len() - 1)].0[axis]));
        Block { x: axis(0), y: axis(1), z: axis(2) }
    };
    MappedSlice::write(dir, file::BLOCKS, points.chunks(FANOUT).map(block))?;

    let rows = places.iter().zip(&points).zip(traits);
    let mut level: Vec<(Node, [f64; 2])> =
        rows.map(|((place, point), traits)| row_node(place, *point, traits, tables)).collect();
    let (mut nodes, mut sums) = (Vec::new(), Vec::new());
    for size in level_sizes(places.len()) {
        level = level.chunks(FANOUT).filter_map(|children| children.iter().copied().reduce(unite)).collect();
        debug_assert_eq!(level.len(), size);
        nodes.extend(level.iter().map(|(node, _)| *node));
        sums.extend(level.iter().map(|(_, sum)| sum.map(F64::new)));
    }
    MappedSlice::write(dir, file::NODES, nodes)?;
    MappedSlice::write(dir, file::SUMS, sums)
}

/// A row as a node of its own, with the sum of its positions.
fn row_node(place: &Place, point: Point, traits: &Traits, tables: &Tables) -> (Node, [f64; 2]) {
    let (lat, lon) = (place.position.lat, place.position.lon);
    let sides = [(lon * 1e7).floor(), (lat * 1e7).floor(), (lon * 1e7).ceil(), (lat * 1e7).ceil()];
    let set = &tables.cuisine_sets[traits.cuisines.get() as usize];
    let node = Node {
        low: point.0.map(I32::new),
        high: point.0.map(I32::new),
        sides: sides.map(|v| I32::new(v as i32)),
        cuisines: set.iter().fold(0, |bits, cuisine| bits | cuisine_bit(*cuisine)).into(),
        kinds: (1_u16 << traits.kind).into(),
        serves: traits.serves,
        only: traits.only,
        hours: u8::from(traits.hours.get() != NO_HOURS),
        unused: [0; 3],
    };
    (node, [lat, lon])
}

fn unite((a, sum_a): (Node, [f64; 2]), (b, sum_b): (Node, [f64; 2])) -> (Node, [f64; 2]) {
    let pick = |a: I32, b: I32, pick: fn(i32, i32) -> i32| I32::new(pick(a.get(), b.get()));
    let node = Node {
        low: std::array::from_fn(|i| pick(a.low[i], b.low[i], i32::min)),
        high: std::array::from_fn(|i| pick(a.high[i], b.high[i], i32::max)),
        sides: std::array::from_fn(|i| pick(a.sides[i], b.sides[i], if i < 2 { i32::min } else { i32::max })),
        cuisines: a.cuisines | b.cuisines,
        kinds: a.kinds | b.kinds,
        serves: a.serves | b.serves,
        only: a.only | b.only,
        hours: a.hours | b.hours,
        unused: [0; 3],
    };
    (node, [sum_a[0] + sum_b[0], sum_a[1] + sum_b[1]])
}

/// Writes the rows in the order of their ids and of their names.
fn write_orders(dir: &Path, places: &[Place]) -> Result<()> {
    let mut rows: Vec<u32> = (0..places.len() as u32).collect();
    rows.sort_unstable_by_key(|row| places[*row as usize].id);
    MappedSlice::write(dir, file::BY_ID, rows.iter().map(|row| U32::new(*row)))?;

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
    let mut cards = JsonRowsWriter::create(dir, file::CARDS)?;
    let mut whole = JsonRowsWriter::create(dir, file::PLACES)?;
    let mut words = TextIndexBuilder::new(&dir.join(file::WORDS))?;
    for place in places {
        cards.push(&PlaceCard::from(place))?;
        whole.push(place)?;
        add_words(&mut words, place)?;
    }
    cards.finish()?;
    whole.finish()?;
    words.finish()
}

/// A place is found by its name, dishes, cuisines, kind, diets and address.
fn add_words(words: &mut TextIndexBuilder, place: &Place) -> Result<()> {
    let cuisines: Vec<_> = place.cuisines.iter().map(|code| cuisine_name(code)).collect();
    let diets = place.diets.iter().filter(|(_, offer)| offer.serves()).map(|(diet, _)| *diet);
    let mut texts: Vec<(FieldKind, &str)> = place.name.iter().map(|name| (FieldKind::Title, name)).collect();
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
