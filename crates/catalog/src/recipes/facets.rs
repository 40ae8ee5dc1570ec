//! What a recipe can be filtered by: one set of rows a value, so that filters are ANDs and facet
//! counts are ANDs that are counted.

use std::path::Path;

use anyhow::{Result, ensure};
use hnh_domain::label::{Allergen, Diet, Presence};
use hnh_domain::page::FacetCount;
use hnh_domain::recipes::{GROUPS, Group, Recipe, RecipeFacets};
use multiversion::multiversion;
use zerocopy::little_endian::U64;

use crate::mapped::MappedSlice;
use crate::text::BitSet;

const FILE: &str = "facets.bits";

/// A value a recipe can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facet {
    /// Suits the diet for certain.
    Suits(Diet),
    /// Is free of the allergen for certain.
    FreeOf(Allergen),
    /// Has the value of the group with these numbers.
    InGroup { group: usize, value: usize },
}

impl Facet {
    fn all() -> impl Iterator<Item = Self> {
        let labels = Diet::ALL.iter().map(|d| Self::Suits(*d)).chain(Allergen::ALL.iter().map(|a| Self::FreeOf(*a)));
        let of_group = |(group, of): (usize, &Group)| (0..of.len).map(move |value| Self::InGroup { group, value });
        labels.chain(GROUPS.iter().enumerate().flat_map(of_group))
    }

    fn count() -> usize {
        Self::InGroup { group: GROUPS.len(), value: 0 }.position()
    }

    fn position(self) -> usize {
        match self {
            Self::Suits(d) => d.index(),
            Self::FreeOf(a) => Diet::ALL.len() + a.index(),
            Self::InGroup { group, value } => {
                let before: usize = GROUPS[..group].iter().map(|group| group.len).sum();
                Diet::ALL.len() + Allergen::ALL.len() + before + value
            }
        }
    }

    /// Whether the recipe has the value. Unknown is never free, and a general allergen is not free
    /// where a kind of it may be present, whatever its own flag says.
    pub(super) fn of(self, recipe: &Recipe) -> bool {
        let state = |a: Allergen| recipe.allergens.get(&a).map_or(Presence::Unknown, |f| f.state);
        match self {
            Self::Suits(d) => recipe.diets.get(&d).is_some_and(|f| f.state == Presence::Free),
            Self::FreeOf(a) => {
                let kinds = || Allergen::ALL.iter().filter(|k| k.implies() == Some(a));
                state(a) == Presence::Free && kinds().all(|k| state(*k) < Presence::MayContain)
            }
            Self::InGroup { group, value } => (GROUPS[group].of)(recipe) == Some(value),
        }
    }
}

/// Collects the sets while building.
pub(super) struct FacetsBuilder {
    sets: Vec<Vec<u64>>,
    rows: usize,
}

impl FacetsBuilder {
    pub(super) fn new() -> Self {
        Self { sets: vec![Vec::new(); Facet::count()], rows: 0 }
    }

    pub(super) fn add(&mut self, recipe: &Recipe) {
        for (set, facet) in self.sets.iter_mut().zip(Facet::all()) {
            if self.rows.is_multiple_of(64) {
                set.push(0);
            }
            if let Some(word) = set.last_mut() {
                *word |= u64::from(facet.of(recipe)) << (self.rows % 64);
            }
        }
        self.rows += 1;
    }

    /// # Errors
    /// When the file cannot be written.
    pub(super) fn write(&self, dir: &Path) -> Result<()> {
        MappedSlice::write(dir, FILE, self.sets.iter().flatten().map(|w| U64::new(*w)))
    }
}

/// The sets of an index.
pub(super) struct Facets {
    words: MappedSlice<U64>,
    /// Words a set.
    stride: usize,
}

impl Facets {
    /// # Errors
    /// When the file is absent or does not hold `rows` rows of every value.
    pub(super) fn open(dir: &Path, rows: usize) -> Result<Self> {
        let words = MappedSlice::<U64>::open(dir, FILE)?;
        let stride = rows.div_ceil(64);
        ensure!(words.len() == stride * Facet::count(), "{FILE} does not fit the index: build the catalogue again");
        Ok(Self { words, stride })
    }

    fn get(&self, facet: Facet) -> &[U64] {
        let start = facet.position() * self.stride;
        &self.words[start..start + self.stride]
    }

    /// Keeps the rows that have the value.
    pub(super) fn retain(&self, set: &mut BitSet, facet: Facet) {
        set.words_mut().iter_mut().zip(self.get(facet)).for_each(|(a, b)| *a &= b.get());
    }

    /// Keeps the rows that have any of the values.
    pub(super) fn retain_any(&self, set: &mut BitSet, facets: impl Iterator<Item = Facet>) {
        let mut any = vec![0u64; self.stride];
        for facet in facets {
            any.iter_mut().zip(self.get(facet)).for_each(|(a, b)| *a |= b.get());
        }
        set.words_mut().iter_mut().zip(&any).for_each(|(a, b)| *a &= b);
    }

    /// Counts the values among sets of rows: those of a group of alternatives among the rows found
    /// without the group's own filter.
    pub(super) fn count(&self, found: &FoundPerGroup) -> RecipeFacets {
        let all = Occupied::of(&found.all);
        let mut facets = RecipeFacets {
            diet: self.counts(&all, Diet::ALL.iter().map(|d| (Facet::Suits(*d), d.code()))),
            without: self.counts(&all, Allergen::ALL.iter().map(|a| (Facet::FreeOf(*a), a.code()))),
            ..RecipeFacets::default()
        };
        for (number, (group, without)) in GROUPS.iter().zip(&found.without).enumerate() {
            let without = without.as_ref().map(Occupied::of);
            let values =
                (0..group.len).map(|value| (Facet::InGroup { group: number, value }, (group.value_code)(value)));
            *(group.counts)(&mut facets) = self.counts(without.as_ref().unwrap_or(&all), values);
        }
        facets
    }

    /// The values that occur, in the order given.
    fn counts(&self, rows: &Occupied<'_>, values: impl Iterator<Item = (Facet, &'static str)>) -> Vec<FacetCount> {
        let count =
            |(facet, code): (Facet, &str)| FacetCount { code: code.to_owned(), count: rows.count_in(self.get(facet)) };
        values.map(count).filter(|c| c.count > 0).collect()
    }
}

/// What a search found.
pub(super) struct FoundPerGroup {
    /// With all its filters.
    pub(super) all: BitSet,
    /// Without the filter of each of [`GROUPS`] that it filters by.
    pub(super) without: Vec<Option<BitSet>>,
}

/// A set of rows as it is quickest to count against many others.
enum Occupied<'a> {
    /// Every word.
    Dense(&'a [u64]),
    /// The words that are not zero, with their positions.
    Sparse(Vec<(usize, u64)>),
}

impl<'a> Occupied<'a> {
    fn of(set: &'a BitSet) -> Self {
        let words = set.words();
        let occupied = words.iter().filter(|w| **w != 0).count();
        if occupied * 2 > words.len() {
            Self::Dense(words)
        } else {
            Self::Sparse(words.iter().copied().enumerate().filter(|(_, w)| *w != 0).collect())
        }
    }

    fn count_in(&self, facet: &[U64]) -> u64 {
        match self {
            Self::Dense(words) => count_common(words, facet),
            Self::Sparse(words) => {
                let common = |(i, a): &(usize, u64)| Some((a & facet.get(*i)?.get()).count_ones());
                words.iter().filter_map(common).map(u64::from).sum()
            }
        }
    }
}

/// The bits set in both, by the processor's own counting where it has that.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+popcnt"))]
fn count_common(a: &[u64], b: &[U64]) -> u64 {
    a.iter().zip(b).map(|(a, b)| u64::from((a & b.get()).count_ones())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_own_place() {
        let places: Vec<_> = Facet::all().map(Facet::position).collect();
        assert_eq!(places, (0..Facet::count()).collect::<Vec<_>>());
    }
}
