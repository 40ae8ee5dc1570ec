//! Places to eat: the index, its search nearest first, by words and by name, and counts by map cell.
//!
//! [`build`] writes a folder that never changes; [`PlaceIndex::open`] maps it. What is where:
//! - [`format`] says what the files hold; rows are in the order of [`hilbert`];
//! - [`tree`] is the packed tree over the rows, whose nodes know what any place below them has;
//! - [`filter`] makes a query's conditions ready, [`schedule`] answers "is it open";
//! - [`nearest`], [`by_name`] and [`cells`] are the three ways to go through the tree;
//! - [`area`] gives whole places of a circle, for devices to keep;
//! - [`hits`] turns rows into what a reply shows, [`found_in`] says why a row was found;
//! - [`dishes`] has dishes by their Korean and their English word.
//!
//! A new condition of [`PlaceQuery`] goes into `filter`: checked for a row, and for a node where a
//! node can know that none of its rows matches.

mod area;
mod build;
mod by_name;
mod cells;
mod days;
mod dishes;
mod filter;
mod format;
mod found_in;
mod hilbert;
mod hits;
mod nearest;
mod schedule;
mod sphere;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use hnh_domain::geo::LatLon;
use hnh_domain::page::Page;
use hnh_domain::places::{CellQuery, Cells, PlaceDetails, PlaceHit, PlaceQuery, PlaceSort};
use hnh_domain::problem::FieldError;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;
use zerocopy::little_endian::U32;

use crate::cursor;
use crate::documents::Documents;
use crate::ids::Ids;
use crate::mapped::MappedSlice;
use crate::text::{BitSet, TextIndex, Typing};
use by_name::{ByName, NameKey};
use filter::{AnyOf, Disc, Filter};
use format::{Degrees, DietProfile, Group, Leaf, Sides, Tables, VERSION, cuisine_bit, file, level_sizes};
use found_in::Wanted;
use hits::Listed;
use nearest::{DistanceKey, Nearest};
use schedule::{QueryTime, ScheduleCache};
use tree::Tree;

pub use build::build;
pub use dishes::words_beginning;

/// How many matches are counted to say how many there are in all, beside the nearest.
const COUNTED: u64 = 20_000;

/// An index of places, mapped into memory.
pub struct PlaceIndex {
    positions: MappedSlice<Degrees>,
    leaves: MappedSlice<Leaf>,
    groups: MappedSlice<Group>,
    sides: MappedSlice<Sides>,
    sums: MappedSlice<Degrees>,
    ids: Ids,
    by_name: MappedSlice<U32>,
    name_ranks: MappedSlice<U32>,
    cards: Documents,
    places: Documents,
    words: TextIndex,
    levels: Vec<usize>,
    schedule: ScheduleCache,
    /// By code: the cuisine's bit in nodes and the sets that it is in.
    cuisines: HashMap<String, (u64, Vec<u32>)>,
    cuisine_sets: usize,
    profiles: Vec<DietProfile>,
}

impl PlaceIndex {
    /// Opens an index that [`build`] wrote.
    ///
    /// # Errors
    /// When it is absent, not whole, or of another version.
    pub fn open(dir: &Path) -> Result<Self> {
        let tables =
            std::fs::read(dir.join(file::TABLES)).with_context(|| format!("no places in {}", dir.display()))?;
        let tables: Tables =
            serde_json::from_slice(&tables).with_context(|| format!("bad tables in {}", dir.display()))?;
        ensure!(
            tables.version == VERSION,
            "{} has layout {} and {VERSION} is needed: build the catalogue again",
            dir.display(),
            tables.version
        );
        let rows = tables.rows as usize;
        let sizes = level_sizes(rows);
        let levels: Vec<usize> =
            sizes.iter().scan(0, |next, size| Some(std::mem::replace(next, *next + size))).collect();
        let mut cuisines: HashMap<String, (u64, Vec<u32>)> = HashMap::new();
        for (set, members) in (0..).zip(&tables.cuisine_sets) {
            for cuisine in members {
                let Some(code) = tables.cuisines.get(*cuisine as usize) else { continue };
                cuisines.entry(code.clone()).or_insert_with(|| (cuisine_bit(*cuisine), Vec::new())).1.push(set);
            }
        }
        let index = Self {
            positions: MappedSlice::open(dir, file::POSITIONS)?,
            leaves: MappedSlice::open(dir, file::LEAVES)?,
            groups: MappedSlice::open(dir, file::GROUPS)?,
            sides: MappedSlice::open(dir, file::SIDES)?,
            sums: MappedSlice::open(dir, file::SUMS)?,
            ids: Ids::open(dir, rows)?,
            by_name: MappedSlice::open(dir, file::BY_NAME)?,
            name_ranks: MappedSlice::open(dir, file::NAME_RANKS)?,
            cards: Documents::open(dir, file::CARDS, rows)?,
            places: Documents::open(dir, file::PLACES, rows)?,
            words: TextIndex::open(&dir.join(file::WORDS))?,
            levels,
            cuisine_sets: tables.cuisine_sets.len(),
            profiles: tables.profiles,
            schedule: ScheduleCache::new(tables.hours, tables.zones),
            cuisines,
        };
        let by_row = [index.positions.len(), index.words.rows()];
        let orders = [index.by_name.len(), index.name_ranks.len()];
        let nodes: usize = sizes.iter().sum();
        let whole = by_row.into_iter().chain(orders).all(|len| len == rows)
            && index.leaves.len() == sizes.first().copied().unwrap_or(0)
            && index.leaves.len() + index.groups.len() == nodes
            && index.sides.len() == nodes
            && index.sums.len() == nodes;
        ensure!(whole, "the index in {} is not whole: build the catalogue again", dir.display());
        Ok(index)
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.positions.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Evaluates all opening hours for the week of `now`, which searches would otherwise do one by one
    /// when they first meet them. Takes a second or so a million places; for a thread of its own.
    pub fn warm(&self, now_unix_ms: i64) {
        self.schedule.warm(now_unix_ms);
    }

    /// Finds places. Cards come as they were stored; hits carry whether the place is open at the
    /// query's time, or else at `now`.
    ///
    /// The total is left out of nearest-first lists where counting would take longer than the search.
    /// By relevance, places with the words in their name come first, then those with them elsewhere,
    /// each nearest first where there is a centre and else by name.
    ///
    /// # Errors
    /// Names the field of the query that is wrong.
    pub fn search(&self, query: &PlaceQuery, now_unix_ms: i64) -> Result<Page<PlaceHit<&RawValue>>, FieldError> {
        Ok(self.page(self.list(query, now_unix_ms)?))
    }

    /// The same as JSON, appended to `out`: the bytes that serialising the page would give, in a
    /// fraction of the time.
    ///
    /// # Errors
    /// Names the field of the query that is wrong; nothing is appended.
    pub fn search_json(&self, query: &PlaceQuery, now_unix_ms: i64, out: &mut Vec<u8>) -> Result<(), FieldError> {
        self.write_page(&self.list(query, now_unix_ms)?, out);
        Ok(())
    }

    fn list(&self, query: &PlaceQuery, now_unix_ms: i64) -> Result<Listed<'_>, FieldError> {
        query.validate()?;
        let (center, limit) = (query.center()?, query.limit()?);
        let hash = cursor::query_hash(&PlaceQuery { cursor: None, limit: None, ..query.clone() })?;
        let clock = QueryTime::new(&self.schedule, query.open.as_ref(), now_unix_ms);
        let tree = self.tree();
        let tiers = self.tiers(query);
        let mut filter = self.filter(query, &clock);
        let cursor = query.cursor.as_deref();
        let more = limit + 1;
        let (mut rows, next, total) = match (query.sort(), center) {
            (PlaceSort::Distance | PlaceSort::Relevance, Some(center)) => {
                let after: Option<NearKey> = cursor.map(|text| cursor::decode(hash, text)).transpose()?;
                let mut found = Vec::with_capacity(more);
                for (tier, words) in tiers.from(after.as_ref().map(|key| key.tier)) {
                    filter.set_words(words);
                    let after = after.as_ref().filter(|key| key.tier == tier).map(NearKey::key);
                    let count = more - found.len();
                    let nearest = Nearest { center, radius_m: query.radius_m, after, count, filter: &filter };
                    found.extend(nearest.find(&tree, |row| self.id(row)).into_iter().map(|found| (tier, found)));
                    if found.len() == more {
                        break;
                    }
                }
                let next =
                    (found.len() > limit).then(|| found[limit - 1]).map(|(tier, last)| NearKey::new(tier, last.key));
                let total = match (cursor, &next) {
                    (None, None) => Some(found.len() as u64),
                    _ => self.count_matches(&tree, query, center, &tiers, &mut filter),
                };
                let next = next.map(|key| cursor::encode(hash, &key)).transpose()?;
                let rows = found.into_iter().map(|(_, found)| (found.row, Some(found.key.distance_m)));
                (rows.collect::<Vec<_>>(), next, total)
            }
            (_, center) => {
                filter.disc = center.zip(query.radius_m).map(|(center, radius_m)| Disc::new(center, radius_m));
                let after: Option<(u8, String, Uuid)> = cursor.map(|text| cursor::decode(hash, text)).transpose()?;
                let first = after.as_ref().map(|key| key.0);
                let after = after.map(|(_, name, id)| NameKey { name, id });
                let by_name = ByName { rows: &self.by_name, ranks: &self.name_ranks, cards: &self.cards };
                let (mut found, mut total) = (Vec::with_capacity(more), 0);
                for (tier, words) in tiers.from(None) {
                    filter.set_words(words);
                    let after = after.as_ref().filter(|_| first == Some(tier));
                    let wanted = if first.is_some_and(|first| tier < first) { 0 } else { more - found.len() };
                    let (rows, count) = by_name.find(&tree, &filter, after, wanted);
                    found.extend(rows.into_iter().map(|row| (tier, row)));
                    total += count;
                }
                let last = (found.len() > limit).then(|| found[limit - 1]);
                let key = last.and_then(|(tier, row)| Some((tier, NameKey::of(&self.cards, row)?)));
                let next = key.map(|(tier, key)| cursor::encode(hash, &(tier, key.name, key.id))).transpose()?;
                let distance = |row| center.map(|center| center.distance_m(tree.position(row)));
                (found.into_iter().map(|(_, row)| (row, distance(row))).collect(), next, Some(total))
            }
        };
        rows.truncate(limit);
        Ok(Listed { rows, next, total, clock, wanted: words_of(query).map(Wanted::new) })
    }

    /// A place, whole, with its hours of the coming seven days.
    #[must_use]
    pub fn get(&self, id: Uuid, now_unix_ms: i64) -> Option<PlaceDetails> {
        self.details(self.ids.row(id)?, now_unix_ms)
    }

    /// Counts the places that match by map cell.
    ///
    /// # Errors
    /// Names the field of the query that is wrong, `zoom` also when the box has too many cells at it.
    pub fn count(&self, query: &CellQuery, now_unix_ms: i64) -> Result<Cells, FieldError> {
        let places = &query.places;
        places.validate()?;
        let bounds = places.bbox.ok_or_else(|| FieldError::new("bbox", "is missing: give the part of the map"))?;
        let clock = QueryTime::new(&self.schedule, places.open.as_ref(), now_unix_ms);
        let words = words_of(places).map(|words| self.words.matches(words, Typing::Ongoing));
        let mut filter = self.filter(places, &clock);
        filter.set_words(words.as_ref());
        filter.disc = places.center()?.zip(places.radius_m).map(|(center, radius_m)| Disc::new(center, radius_m));
        cells::count(&self.tree(), &filter, &bounds, query.zoom)
    }

    fn tree(&self) -> Tree<'_> {
        Tree {
            positions: &self.positions,
            leaves: &self.leaves,
            groups: &self.groups,
            sides: &self.sides,
            sums: &self.sums,
            levels: &self.levels,
        }
    }

    fn id(&self, row: usize) -> Uuid {
        self.ids.get(row)
    }

    /// The query's conditions but for its words and its radius.
    fn filter<'q>(&self, query: &PlaceQuery, clock: &'q QueryTime<'q>) -> Filter<'q> {
        let cuisines = (!query.cuisine.is_empty()).then(|| {
            let mut cuisines = AnyOf { bits: 0, numbers: BitSet::empty(self.cuisine_sets) };
            for (bit, sets) in query.cuisine.iter().filter_map(|code| self.cuisines.get(code)) {
                cuisines.bits |= bit;
                sets.iter().for_each(|set| cuisines.numbers.insert(*set as usize));
            }
            cuisines
        });
        let mut filter = Filter::default();
        filter.profiles = filter::profiles(&self.profiles, &query.diet, &query.only, &query.kind);
        filter.cuisines = cuisines;
        filter.open = query.open.is_some().then_some(clock);
        filter.hours_unknown = query.hours_unknown;
        filter.bounds = query.bbox;
        filter
    }

    /// The rows with the query's words, the best first.
    fn tiers(&self, query: &PlaceQuery) -> Tiers {
        let Some(words) = words_of(query) else { return Tiers(vec![None]) };
        let all = self.words.matches(words, Typing::Ongoing);
        if query.sort() != PlaceSort::Relevance {
            return Tiers(vec![Some(all)]);
        }
        let mut titles = self.words.title_matches(words, Typing::Ongoing);
        titles.intersect(&all);
        let mut rest = all;
        rest.words_mut().iter_mut().zip(titles.words()).for_each(|(rest, titles)| *rest &= !titles);
        Tiers(vec![Some(titles), Some(rest)])
    }

    /// How many match a nearest-first query, where its words or its box keep counting short.
    fn count_matches<'q>(
        &self,
        tree: &Tree<'_>,
        query: &PlaceQuery,
        center: LatLon,
        tiers: &'q Tiers,
        filter: &mut Filter<'q>,
    ) -> Option<u64> {
        if words_of(query).is_none() && query.bbox.is_none() {
            return None;
        }
        filter.disc = query.radius_m.map(|radius_m| Disc::new(center, radius_m));
        tiers.from(None).try_fold(0, |total, (_, words)| {
            filter.set_words(words);
            tree.count(filter, COUNTED).map(|count| total + count)
        })
    }
}

fn words_of(query: &PlaceQuery) -> Option<&str> {
    query.q.as_deref().map(str::trim).filter(|words| !words.is_empty())
}

/// The rows that come into question, in groups of falling relevance; one group of all without words.
struct Tiers(Vec<Option<BitSet>>);

impl Tiers {
    /// The groups from the given one on, with their numbers.
    fn from(&self, first: Option<u8>) -> impl Iterator<Item = (u8, Option<&BitSet>)> {
        (0..).zip(self.0.iter().map(Option::as_ref)).skip(first.unwrap_or(0).into())
    }
}

/// Where a nearest-first page ended, as its cursor has it.
#[derive(Serialize, Deserialize)]
struct NearKey {
    tier: u8,
    /// Bits of the distance in metres.
    distance: u64,
    id: Uuid,
}

impl NearKey {
    fn new(tier: u8, key: DistanceKey) -> Self {
        Self { tier, distance: key.distance_m.to_bits(), id: key.id }
    }

    fn key(&self) -> DistanceKey {
        DistanceKey { distance_m: f64::from_bits(self.distance), id: self.id }
    }
}
