//! What the files of the index hold. All numbers are little-endian and rows are in the order of
//! [`super::hilbert`], so that row `r` lies in leaf `r / 16` of the tree.

use hnh_domain::geo::LatLon;
use hnh_domain::places::{Accuracy, Place};
use serde::{Deserialize, Serialize};
use zerocopy::little_endian::{F64, I32, U16, U32, U64, U128};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// The version of this layout; an index of another one is refused.
pub(super) const VERSION: u32 = 2;

/// Children of a node, and rows of a leaf.
pub(super) const FANOUT: usize = 16;

/// Stands for "no hours" in [`Traits::hours`].
pub(super) const NO_HOURS: u32 = u32::MAX;

/// Stands for "no zone" in [`Traits::zone`].
pub(super) const NO_ZONE: u16 = u16::MAX;

/// Names of the files in the index's folder.
pub(super) mod file {
    /// [`super::Tables`] as JSON.
    pub(in super::super) const TABLES: &str = "tables.json";
    /// `[latitude, longitude]` in degrees, a row.
    pub(in super::super) const POSITIONS: &str = "positions";
    /// [`super::Leaf`], sixteen rows.
    pub(in super::super) const LEAVES: &str = "leaves";
    /// [`super::Group`], level by level, the lowest first, the root last.
    pub(in super::super) const GROUPS: &str = "groups";
    /// [`super::Sides`], a node: first the leaves, then the groups.
    pub(in super::super) const SIDES: &str = "sides";
    /// `[latitude, longitude]` summed over the rows of a node, in the same order.
    pub(in super::super) const SUMS: &str = "sums";
    /// Rows in ascending order of their name, then id.
    pub(in super::super) const BY_NAME: &str = "by-name";
    /// The place of each row in [`BY_NAME`].
    pub(in super::super) const NAME_RANKS: &str = "name-ranks";
    /// Cards as JSON, see [`crate::documents`].
    pub(in super::super) const CARDS: &str = "cards";
    /// Whole places as JSON.
    pub(in super::super) const PLACES: &str = "places";
    /// The folder of the text index.
    pub(in super::super) const WORDS: &str = "words";
}

/// What rows refer to by number.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Tables {
    /// [`VERSION`].
    pub(super) version: u32,
    /// Number of places.
    pub(super) rows: u32,
    /// Cuisine codes, the most frequent first.
    pub(super) cuisines: Vec<String>,
    /// What places are as to diets and kind, the most frequent first.
    pub(super) profiles: Vec<DietProfile>,
    /// The sets of cuisines (as numbers in `cuisines`) that places have; set 0 is the empty one.
    pub(super) cuisine_sets: Vec<Vec<u32>>,
    /// Opening hours with the country that they are read for.
    pub(super) hours: Vec<(String, Option<String>)>,
    /// IANA time zones.
    pub(super) zones: Vec<String>,
}

/// What a place is as to the conditions that name few values. Places have few different ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct DietProfile {
    /// Bits of [`hnh_domain::places::PlaceDiet`]: served.
    pub(super) serves: u8,
    /// Nothing else is served.
    pub(super) only: u8,
    /// Index of the kind.
    pub(super) kind: u8,
}

/// Sixteen rows: where they are, see [`super::sphere`], and what filters look at. Rows that are
/// missing in the last leaf repeat its last one.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(super) struct Leaf {
    /// The axes of the points.
    pub(super) axes: [[I32; FANOUT]; 3],
    /// Number in [`Tables::profiles`].
    pub(super) profiles: [U32; FANOUT],
    /// Number in [`Tables::hours`], or [`NO_HOURS`].
    pub(super) hours: [U32; FANOUT],
    /// Number in [`Tables::cuisine_sets`].
    pub(super) cuisines: [U32; FANOUT],
    /// Number in [`Tables::zones`], or [`NO_ZONE`].
    pub(super) zones: [U16; FANOUT],
    /// Index of [`hnh_domain::places::Accuracy`].
    pub(super) accuracies: [u8; FANOUT],
    /// Makes it seven lines of the processor's cache.
    pub(super) padding: [u8; 16],
}

/// An inner node: where the rows of each of its children lie, and what any of them has. Children
/// that are missing in the last group are all zero.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(super) struct Group {
    /// Least coordinates of the points, axis by axis.
    pub(super) low: [[I32; FANOUT]; 3],
    /// Greatest coordinates.
    pub(super) high: [[I32; FANOUT]; 3],
    /// [`cuisine_bit`] of each cuisine.
    pub(super) cuisines: [U64; FANOUT],
    /// [`profile_bit`] of each place.
    pub(super) profiles: [U128; FANOUT],
    /// 1 where a place states its hours.
    pub(super) hours: [u8; FANOUT],
    /// Makes it thirteen lines of the processor's cache.
    pub(super) padding: [u8; 48],
}

/// West, south, east, north of a node in 10⁻⁷ degrees, rounded outwards.
pub(super) type Sides = [I32; 4];

/// `[latitude, longitude]` in degrees.
pub(super) type Degrees = [F64; 2];

/// Where a place is in the index: one that is known by its district alone lies at the South Pole, where no search of an
/// area comes, and is found by words.
pub(super) fn indexed_at(place: &Place) -> LatLon {
    if place.accuracy == Accuracy::District { LatLon { lat: -90.0, lon: 0.0 } } else { place.position }
}

/// The bit that stands for a cuisine in nodes: frequent ones have their own, the rest share.
pub(super) fn cuisine_bit(cuisine: u32) -> u64 {
    1 << (if cuisine < 48 { cuisine } else { 48 + cuisine % 16 })
}

/// The bit that stands for a profile in nodes: frequent ones have their own, the rest share.
pub(super) fn profile_bit(profile: u32) -> u128 {
    1 << (if profile < 96 { profile } else { 96 + profile % 32 })
}

/// How many nodes each level has, leaves first, the root last; none without rows.
pub(super) fn level_sizes(rows: usize) -> Vec<usize> {
    let mut sizes = Vec::new();
    let mut nodes = rows;
    while nodes > 1 || (nodes == 1 && sizes.is_empty()) {
        nodes = nodes.div_ceil(FANOUT);
        sizes.push(nodes);
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_end_in_one_root() {
        assert!(level_sizes(0).is_empty());
        assert_eq!(level_sizes(1), [1]);
        assert_eq!(level_sizes(16), [1]);
        assert_eq!(level_sizes(17), [2, 1]);
        assert_eq!(level_sizes(257), [17, 2, 1]);
    }

    #[test]
    fn records_fill_whole_cache_lines() {
        assert_eq!((size_of::<Leaf>(), size_of::<Group>()), (7 * 64, 13 * 64));
    }

    #[test]
    fn every_cuisine_and_profile_has_a_bit() {
        assert!((0..1000).all(|c| cuisine_bit(c).count_ones() == 1));
        assert_ne!(cuisine_bit(47), cuisine_bit(48));
        assert!((0..1000).all(|p| profile_bit(p).count_ones() == 1));
        assert_ne!(profile_bit(95), profile_bit(96));
    }
}
