//! The order by name, for lists without a centre.

use std::collections::BinaryHeap;

use hnh_domain::text::{Lang, Text};
use serde::Deserialize;
use uuid::Uuid;
use zerocopy::little_endian::U32;

use super::filter::Filter;
use super::tree::Tree;
use crate::documents::Documents;

/// Letters of a name that count; places that agree in them are ordered by id.
const LETTERS: usize = 40;

/// The text by which a name is sorted: that of a Korean list, in small letters.
pub(super) fn sort_key(name: &Text) -> String {
    name.get(Lang::Ko).trim().chars().take(LETTERS).flat_map(char::to_lowercase).collect()
}

/// A place's position in the order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NameKey {
    pub(super) name: String,
    pub(super) id: Uuid,
}

/// The part of a card that the order needs.
#[derive(Deserialize)]
struct Named {
    id: Uuid,
    name: Text,
}

impl NameKey {
    /// The key of a row; none where its card cannot be read.
    pub(super) fn of(cards: &Documents, row: usize) -> Option<Self> {
        let card: Named = serde_json::from_slice(cards.get(row)).ok()?;
        Some(Self { name: sort_key(&card.name), id: card.id })
    }
}

/// The mapped files of the order.
#[derive(Clone, Copy)]
pub(super) struct ByName<'a> {
    /// Rows in order.
    pub(super) rows: &'a [U32],
    /// The rank of each row in `rows`.
    pub(super) ranks: &'a [U32],
    pub(super) cards: &'a Documents,
}

impl ByName<'_> {
    /// How many places come up to and with the key.
    fn ranks_until(&self, key: &NameKey) -> usize {
        self.rows.partition_point(|row| NameKey::of(self.cards, row.get() as usize).is_some_and(|k| k <= *key))
    }

    /// The first `count` rows that match and come after the key, and how many match in all.
    pub(super) fn find(
        &self,
        tree: &Tree<'_>,
        filter: &Filter<'_>,
        after: Option<&NameKey>,
        count: usize,
    ) -> (Vec<usize>, u64) {
        let first = after.map_or(0, |after| self.ranks_until(after));
        if filter.is_bounds_only() && filter.bounds.is_none() {
            let rows = self.rows.iter().skip(first).take(count).map(|row| row.get() as usize);
            return (rows.filter(|row| *row < self.rows.len()).collect(), self.rows.len() as u64);
        }
        // The greatest rank is on top, where a smaller one replaces it.
        let mut best: BinaryHeap<(usize, usize)> = BinaryHeap::with_capacity(count + 1);
        let mut total = 0;
        tree.each_match(filter, |row| {
            total += 1;
            let rank = self.ranks.get(row).map_or(usize::MAX, |rank| rank.get() as usize);
            if rank >= first && (best.len() < count || best.peek().is_some_and(|worst| rank < worst.0)) {
                best.push((rank, row));
                if best.len() > count {
                    best.pop();
                }
            }
            true
        });
        (best.into_sorted_vec().into_iter().map(|(_, row)| row).collect(), total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_keeps_the_cursor_short() {
        let key = sort_key(&Text { local: Some("Ä".repeat(1000)), ..Text::default() });
        assert_eq!(key, "ä".repeat(LETTERS));
        assert_eq!(sort_key(&Text::both(" 김밥", "Gimbap")), "김밥");
    }
}
