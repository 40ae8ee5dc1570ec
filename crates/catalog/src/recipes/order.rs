//! Orders of recipes, each prepared as a permutation, and the first few of a set in an order.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::path::Path;

use anyhow::{Result, ensure};
use hnh_domain::nutrient::Nutrient;
use hnh_domain::recipes::RecipeSort;
use hnh_domain::text::{Lang, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zerocopy::little_endian::U32;

use super::columns::{Column, ColumnsBuilder};
use crate::mapped::MappedSlice;
use crate::text::BitSet;
use crate::text::analysis::each_word;

const FILE: &str = "orders.u32";
/// Characters of a title that decide its place; the id decides between longer equal ones.
const TITLE_CHARS: usize = 48;

/// What an order compares before the id. Unknown amounts come last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Key {
    /// The bits of a number that is smallest first, already turned round where the greatest is first.
    Amount(Option<u32>),
    /// A folded title.
    Title(String),
}

impl Key {
    /// The key of a value in a numeric order.
    pub(super) fn amount(value: f32, greatest_first: bool) -> Self {
        let value = if greatest_first { -value } else { value };
        // One zero: the bits of 0 and -0 differ.
        Self::Amount((!value.is_nan()).then(|| (value + 0.0).to_bits()))
    }

    /// The key of a title.
    pub(super) fn title(title: &Text) -> Self {
        let mut key = String::new();
        each_word(title.get(Lang::Ko), |word, _| {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(word);
        });
        Self::Title(key.chars().take(TITLE_CHARS).collect())
    }
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Amount(Some(a)), Self::Amount(Some(b))) => f32::from_bits(*a).total_cmp(&f32::from_bits(*b)),
            (Self::Amount(a), Self::Amount(b)) => a.is_none().cmp(&b.is_none()),
            (Self::Title(a), Self::Title(b)) => a.cmp(b),
            (Self::Amount(_), Self::Title(_)) => Ordering::Less,
            (Self::Title(_), Self::Amount(_)) => Ordering::Greater,
        }
    }
}

/// The column an order goes by, and whether its greatest value comes first; none for the title.
pub(super) fn column(sort: RecipeSort) -> Option<(Column, bool)> {
    match sort {
        RecipeSort::Relevance => Some((Column::Completeness, true)),
        RecipeSort::Energy => Some((Column::Nutrient(Nutrient::Energy), false)),
        RecipeSort::Protein => Some((Column::Nutrient(Nutrient::Protein), true)),
        RecipeSort::Sodium => Some((Column::Nutrient(Nutrient::Sodium), false)),
        RecipeSort::Fibre => Some((Column::Nutrient(Nutrient::Fibre), true)),
        RecipeSort::Sugar => Some((Column::Nutrient(Nutrient::Sugar), false)),
        RecipeSort::Time => Some((Column::Minutes, false)),
        RecipeSort::Title => None,
    }
}

/// Writes all orders.
///
/// # Errors
/// When there are 2³² rows or more, or the file cannot be written.
pub(super) fn write(dir: &Path, columns: &ColumnsBuilder, titles: &[Key], ids: &[Uuid]) -> Result<()> {
    let rows = u32::try_from(ids.len())?;
    let mut orders = Vec::with_capacity(ids.len() * 2 * RecipeSort::ALL.len());
    for sort in RecipeSort::ALL {
        let mut order: Vec<u32> = (0..rows).collect();
        match column(*sort) {
            Some((column, greatest_first)) => {
                let values = columns.get(column);
                let keys: Vec<Key> = values.iter().map(|v| Key::amount(*v, greatest_first)).collect();
                sort_rows(&mut order, &keys, ids);
            }
            None => sort_rows(&mut order, titles, ids),
        }
        let mut ranks = vec![0; ids.len()];
        for (rank, row) in (0u32..).zip(&order) {
            ranks[*row as usize] = rank;
        }
        orders.extend(order);
        orders.extend(ranks);
    }
    MappedSlice::write(dir, FILE, orders.into_iter().map(U32::new))
}

fn sort_rows<K: Ord>(order: &mut [u32], keys: &[K], ids: &[Uuid]) {
    order.sort_unstable_by(|a, b| {
        let (a, b) = (*a as usize, *b as usize);
        keys[a].cmp(&keys[b]).then_with(|| ids[a].cmp(&ids[b]))
    });
}

/// The orders of an index.
pub(super) struct Orders {
    values: MappedSlice<U32>,
    rows: usize,
}

impl Orders {
    /// # Errors
    /// When the file is absent or does not hold `rows` rows of every order.
    pub(super) fn open(dir: &Path, rows: usize) -> Result<Self> {
        let values = MappedSlice::<U32>::open(dir, FILE)?;
        let fits = values.len() == rows * 2 * RecipeSort::ALL.len();
        ensure!(fits, "{FILE} does not fit the index: build the catalogue again");
        Ok(Self { values, rows })
    }

    /// One order.
    pub(super) fn get(&self, sort: RecipeSort) -> Order<'_> {
        let start = sort.index() * 2 * self.rows;
        let (order, ranks) = self.values[start..start + 2 * self.rows].split_at(self.rows);
        Order { order, ranks }
    }
}

/// All rows in an order.
#[derive(Clone, Copy)]
pub(super) struct Order<'a> {
    /// Rows by rank.
    order: &'a [U32],
    /// Ranks by row.
    ranks: &'a [U32],
}

impl Order<'_> {
    /// The first rank whose row does not come before a place in the order, told by `before`.
    pub(super) fn rank_from(&self, before: impl Fn(usize) -> bool) -> usize {
        self.order.partition_point(|row| before(row.get() as usize))
    }

    /// The first `limit` rows of the set from a rank on.
    pub(super) fn first(&self, set: &BitSet, from: usize, limit: usize) -> Vec<usize> {
        // A dense set has enough rows near the start; after as many steps as a look at every row of
        // the set would take, the set is sparse there, and looking at every row is the better way.
        let steps = set.count().max(limit);
        let mut first = Vec::with_capacity(limit);
        let mut walk = self.order.iter().skip(from).map(|row| row.get() as usize);
        for row in walk.by_ref().take(steps) {
            if first.len() == limit {
                return first;
            }
            if set.contains(row) {
                first.push(row);
            }
        }
        if first.len() == limit || walk.next().is_none() {
            return first;
        }
        let mut lowest = BinaryHeap::with_capacity(limit + 1);
        for rank in set.iter().map(|row| self.ranks[row].get() as usize).filter(|rank| *rank >= from) {
            if lowest.len() < limit {
                lowest.push(rank);
            } else if lowest.peek().is_some_and(|highest| rank < *highest) {
                lowest.pop();
                lowest.push(rank);
            }
        }
        lowest.into_sorted_vec().into_iter().map(|rank| self.order[rank].get() as usize).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn unknown_comes_last_both_ways() {
        for greatest_first in [false, true] {
            assert!(Key::amount(1.0, greatest_first) < Key::amount(f32::NAN, greatest_first));
        }
        assert!(Key::amount(2.0, true) < Key::amount(1.0, true));
        assert_eq!(Key::amount(0.0, true), Key::amount(0.0, false));
    }

    proptest! {
        #[test]
        fn the_first_rows_of_any_set(
            shuffled in Just((0u32..300).collect::<Vec<_>>()).prop_shuffle(),
            members in prop::collection::vec(prop::bool::weighted(0.1), 300),
            from in 0usize..300,
            limit in 1usize..20,
        ) {
            let mut ranks = vec![U32::new(0); 300];
            (0u32..).zip(&shuffled).for_each(|(rank, row)| ranks[*row as usize] = U32::new(rank));
            let order: Vec<_> = shuffled.iter().map(|r| U32::new(*r)).collect();
            let mut set = BitSet::empty(300);
            members.iter().enumerate().filter(|(_, m)| **m).for_each(|(row, _)| set.insert(row));
            let wanted: Vec<usize> =
                shuffled.iter().skip(from).map(|r| *r as usize).filter(|r| members[*r]).take(limit).collect();
            prop_assert_eq!(Order { order: &order, ranks: &ranks }.first(&set, from, limit), wanted);
        }
    }
}
