//! The conditions of a query, made ready to be checked row by row and, for whole nodes of the tree,
//! at once: a node none of whose places can match is never entered.

use hnh_domain::geo::{Bounds, LatLon};
use hnh_domain::places::{PlaceDiet, PlaceKind};

use super::format::{DietProfile, Group, Sides, profile_bit};
use super::schedule::QueryTime;
use super::sphere::{self, Point};
use super::tree::{NodeRef, Tree};
use crate::text::BitSet;

/// So few rows with the words are looked at one by one; more are met on a walk through the tree.
const FEW_ROWS: usize = 4096;

/// Nodes with more rows than this are entered without looking whether any has the words.
const WORDS_CHECKED_ROWS: usize = 1 << 14;

/// The conditions.
#[derive(Default)]
pub(super) struct Filter<'q> {
    pub(super) profiles: Option<AnyOf<u128>>,
    pub(super) cuisines: Option<AnyOf<u64>>,
    pub(super) open: Option<&'q QueryTime<'q>>,
    /// Those of which `open` knows nothing, instead of the open ones.
    pub(super) hours_unknown: bool,
    pub(super) bounds: Option<Bounds>,
    pub(super) disc: Option<Disc>,
    words: Option<&'q BitSet>,
    few_words: bool,
}

/// Any of some numbered values.
#[derive(Debug)]
pub(super) struct AnyOf<Bits> {
    /// Their bits in nodes.
    pub(super) bits: Bits,
    /// Their numbers in rows.
    pub(super) numbers: BitSet,
}

/// The profiles with all of the diets, nothing but each of `only`, and any of the kinds; none where that is every profile.
pub(super) fn profiles(
    all: &[DietProfile],
    diets: &[PlaceDiet],
    only: &[PlaceDiet],
    kinds: &[PlaceKind],
) -> Option<AnyOf<u128>> {
    if diets.is_empty() && only.is_empty() && kinds.is_empty() {
        return None;
    }
    let bits = |diets: &[PlaceDiet]| diets.iter().fold(0_u8, |bits, diet| bits | 1 << diet.index());
    let (served, alone) = (bits(diets), bits(only));
    let diets_fit = |p: &DietProfile| served & !p.serves == 0 && alone & !p.only == 0;
    let kind_fits = |p: &DietProfile| kinds.is_empty() || kinds.iter().any(|kind| kind.index() == usize::from(p.kind));
    let mut found = AnyOf { bits: 0, numbers: BitSet::empty(all.len()) };
    for (number, _) in (0..).zip(all).filter(|(_, profile)| diets_fit(profile) && kind_fits(profile)) {
        found.bits |= profile_bit(number);
        found.numbers.insert(number as usize);
    }
    Some(found)
}

/// Everything within a distance.
pub(super) struct Disc {
    center: LatLon,
    point: Point,
    radius_m: f64,
    /// Squared chords: surely inside up to the first, surely outside beyond the second.
    inside2: f32,
    outside2: f32,
}

impl Disc {
    pub(super) fn new(center: LatLon, radius_m: u32) -> Self {
        let radius_m = f64::from(radius_m);
        let chord2 = sphere::chord2_of(radius_m);
        let (inside2, outside2) = (sphere::narrow(chord2), sphere::widen(chord2));
        Self { center, point: Point::new(center), radius_m, inside2, outside2 }
    }

    fn contains(&self, tree: &Tree<'_>, row: usize) -> bool {
        let chord2 = self.point.chord2(tree.point(row));
        // Only at the rim are the few nanoseconds of the exact distance needed.
        chord2 < self.inside2
            || (chord2 <= self.outside2 && self.center.distance_m(tree.position(row)) <= self.radius_m)
    }

    fn may_reach(&self, group: &Group, slot: usize) -> bool {
        self.point.nearest2(&group.low, &group.high)[slot] <= self.outside2
    }
}

impl<'q> Filter<'q> {
    /// Only these rows.
    pub(super) fn set_words(&mut self, words: Option<&'q BitSet>) {
        self.words = words;
        self.few_words = words.is_some_and(|words| words.count() <= FEW_ROWS);
    }

    /// The only rows that come into question, when they are few.
    pub(super) fn few_rows(&self) -> Option<&'q BitSet> {
        self.words.filter(|_| self.few_words)
    }

    /// Whether everything matches that lies in the bounds.
    pub(super) fn is_bounds_only(&self) -> bool {
        !self.checks_traits() && self.disc.is_none() && self.words.is_none()
    }

    fn checks_traits(&self) -> bool {
        self.profiles.is_some() || self.cuisines.is_some() || self.open.is_some()
    }

    /// Whether a row matches.
    pub(super) fn matches(&self, tree: &Tree<'_>, row: usize) -> bool {
        self.words.is_none_or(|words| words.contains(row))
            && (!self.checks_traits() || self.traits_match(tree, row))
            && self.bounds.is_none_or(|bounds| bounds.contains(tree.position(row)))
            && self.disc.as_ref().is_none_or(|disc| disc.contains(tree, row))
    }

    fn traits_match(&self, tree: &Tree<'_>, row: usize) -> bool {
        let (leaf, slot) = tree.slot(row);
        self.profiles.as_ref().is_none_or(|p| p.numbers.contains(leaf.profiles[slot].get() as usize))
            && self.cuisines.as_ref().is_none_or(|c| c.numbers.contains(leaf.cuisines[slot].get() as usize))
            && self.open.is_none_or(|clock| {
                let (hours, zone) = (leaf.hours[slot].get(), leaf.zones[slot].get());
                if self.hours_unknown { clock.is_unknown(hours, zone) } else { clock.is_open(hours, zone) }
            })
    }

    /// Whether a place below the child, which is in this slot of its group, may match.
    pub(super) fn may_match(&self, tree: &Tree<'_>, group: &Group, slot: usize, child: NodeRef) -> bool {
        self.profiles.as_ref().is_none_or(|p| group.profiles[slot].get() & p.bits != 0)
            && self.cuisines.as_ref().is_none_or(|c| group.cuisines[slot].get() & c.bits != 0)
            && (self.open.is_none() || self.hours_unknown || group.hours[slot] != 0)
            && self.bounds.is_none_or(|bounds| meets(&bounds, tree.sides(child)))
            && self.disc.as_ref().is_none_or(|disc| disc.may_reach(group, slot))
            && self.words.is_none_or(|words| {
                let rows = tree.rows_of(child);
                rows.len() > WORDS_CHECKED_ROWS || any_in(words, rows)
            })
    }
}

/// Whether any row of the range, which begins at a multiple of 16, is in the set.
fn any_in(set: &BitSet, rows: std::ops::Range<usize>) -> bool {
    let words = set.words();
    if rows.len() <= 16 {
        return words.get(rows.start / 64).is_some_and(|word| (word >> (rows.start % 64)) as u16 != 0);
    }
    words.get(rows.start / 64..rows.end.div_ceil(64)).is_some_and(|words| words.iter().any(|word| *word != 0))
}

/// Whether the node's box and the bounds have a point in common.
fn meets(bounds: &Bounds, sides: &Sides) -> bool {
    let [west, south, east, north] = sides.map(|v| f64::from(v.get()));
    let b = scaled(bounds);
    let in_lon = if b[0] <= b[2] { east >= b[0] && west <= b[2] } else { east >= b[0] || west <= b[2] };
    in_lon && north >= b[1] && south <= b[3]
}

/// Whether the node's box lies within the bounds.
pub(super) fn within(bounds: &Bounds, sides: &Sides) -> bool {
    let [west, south, east, north] = sides.map(|v| f64::from(v.get()));
    let b = scaled(bounds);
    let in_lon = if b[0] <= b[2] { west >= b[0] && east <= b[2] } else { west >= b[0] || east <= b[2] };
    in_lon && south >= b[1] && north <= b[3]
}

/// The bounds in the units of a node's sides, and rounded as those were, so that a place on an edge
/// is never between the two.
fn scaled(bounds: &Bounds) -> [f64; 4] {
    [bounds.west, bounds.south, bounds.east, bounds.north].map(|v| v * 1e7)
}
