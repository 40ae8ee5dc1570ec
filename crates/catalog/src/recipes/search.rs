//! Searching recipes.

use hnh_domain::nutrient::{Nutrient, Range};
use hnh_domain::page::Page;
use hnh_domain::problem::FieldError;
use hnh_domain::recipes::{GROUPS, Group, RecipeCard, RecipeQuery, RecipeResults, RecipeSort};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::RecipeIndex;
use super::columns::Column;
use super::facets::{Facet, FoundPerGroup};
use super::order::{Key, column};
use crate::cursor;
use crate::page_json::write_page;
use crate::text::{BitSet, Typing};

/// Where a page ended. Everything in it is of the recipe, not of the index, so that the next page
/// continues in another version of the catalogue too.
#[derive(Serialize, Deserialize)]
struct CursorKey {
    /// Chips in the title; 0 in orders that do not count them.
    titles: usize,
    key: Key,
    id: Uuid,
}

impl RecipeIndex {
    /// Finds recipes. Totals and facet counts are exact.
    ///
    /// By relevance, recipes with more of the chips in their title come first, then those of which
    /// more nutrients are known.
    ///
    /// # Errors
    /// Names the field of the query that is wrong.
    pub fn search(&self, query: &RecipeQuery) -> Result<RecipeResults<&RawValue>, FieldError> {
        self.find(query, |row| self.card(row))
    }

    /// The same as JSON, appended to `out`: the bytes that serialising the results would give, without
    /// reading the cards again, which were written by a JSON writer when the index was built.
    ///
    /// # Errors
    /// Names the field of the query that is wrong; nothing is appended.
    pub fn search_json(&self, query: &RecipeQuery, out: &mut Vec<u8>) -> Result<(), FieldError> {
        let found = self.find(query, |row| self.cards.get(row))?;
        let Page { items, next, total } = found.page;
        write_page(out, items, |out, card| out.extend_from_slice(card), (next.as_deref(), total));
        if let Some(facets) = &found.facets {
            out.extend_from_slice(br#","facets":"#);
            // Writing to memory does not fail, and facets are texts and numbers.
            let _ = serde_json::to_writer(&mut *out, facets);
        }
        out.push(b'}');
        Ok(())
    }

    /// Finds recipes and shows each row as `card` does.
    fn find<C>(&self, query: &RecipeQuery, card: impl Fn(usize) -> C) -> Result<RecipeResults<C>, FieldError> {
        query.validate()?;
        let limit = query.limit()?;
        let sort = query.sort.unwrap_or(RecipeSort::Relevance);
        let hash = cursor::query_hash(&RecipeQuery {
            sort: Some(sort),
            facets: false,
            limit: None,
            cursor: None,
            ..query.clone()
        })?;
        let after: Option<CursorKey> = query.cursor.as_deref().map(|c| cursor::decode(hash, c)).transpose()?;

        let found = self.found(query);
        let mut rows = self.page(&found.all, query, sort, after.as_ref(), limit + 1);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = match rows.last() {
            Some(&(titles, row)) if more => {
                Some(cursor::encode(hash, &CursorKey { titles, key: self.key(sort, row), id: self.id(row) })?)
            }
            _ => None,
        };
        let items = rows.into_iter().map(|(_, row)| card(row)).collect();
        let page = Page { items, next, total: Some(found.all.count() as u64) };
        Ok(RecipeResults { page, facets: query.facets.then(|| self.facets.count(&found)) })
    }

    /// The rows that pass. The sets without one group's filter are only made for facets.
    fn found(&self, query: &RecipeQuery) -> FoundPerGroup {
        let mut base = self.with_chips(&query.q);
        query.diet.iter().for_each(|d| self.facets.retain(&mut base, Facet::Suits(*d)));
        query.without.iter().for_each(|a| self.facets.retain(&mut base, Facet::FreeOf(*a)));
        if !query.facets {
            self.retain_groups(&mut base, query, None);
            self.retain_ranges(&mut base, query);
            return FoundPerGroup { all: base, without: vec![None; GROUPS.len()] };
        }
        self.retain_ranges(&mut base, query);
        let but = |left_out: Option<usize>| {
            let mut set = base.clone();
            self.retain_groups(&mut set, query, left_out);
            set
        };
        let without = |(number, group): (usize, &Group)| {
            let filters = !(group.chosen)(query).is_empty();
            filters.then(|| but(Some(number)))
        };
        FoundPerGroup { all: but(None), without: GROUPS.iter().enumerate().map(without).collect() }
    }

    /// Keeps what passes the filters whose values are alternatives, one of them left out.
    fn retain_groups(&self, set: &mut BitSet, query: &RecipeQuery, left_out: Option<usize>) {
        for (number, group) in GROUPS.iter().enumerate().filter(|(number, _)| left_out != Some(*number)) {
            let chosen = (group.chosen)(query);
            if !chosen.is_empty() {
                let facets = chosen.into_iter().map(|value| Facet::InGroup { group: number, value });
                self.facets.retain_any(set, facets);
            }
        }
    }

    /// The rows that have every chip.
    fn with_chips(&self, chips: &[String]) -> BitSet {
        let mut sets = chips.iter().map(|chip| self.text.matches(chip, Typing::Done));
        let Some(mut found) = sets.next() else { return BitSet::full(self.len()) };
        sets.for_each(|set| found.intersect(&set));
        found
    }

    fn retain_ranges(&self, set: &mut BitSet, query: &RecipeQuery) {
        let kcal = query.kcal.map(|range| (Column::Nutrient(Nutrient::Energy), range));
        let amounts = query.nutrients.iter().map(|n| (Column::Nutrient(n.nutrient), n.range));
        #[expect(clippy::cast_precision_loss, reason = "a limit of more than 2^24 minutes limits nothing")]
        let minutes = query.max_min.map(|m| (Column::Minutes, Range { min: None, max: Some(m as f32) }));
        for (column, range) in kcal.into_iter().chain(amounts).chain(minutes) {
            self.columns.retain(set, column, range);
        }
    }

    /// The first rows after the end of a page, each with the number of chips in its title where that counts.
    fn page(
        &self,
        found: &BitSet,
        query: &RecipeQuery,
        sort: RecipeSort,
        after: Option<&CursorKey>,
        limit: usize,
    ) -> Vec<(usize, usize)> {
        let order = self.orders.get(sort);
        let from = after
            .map_or(0, |end| order.rank_from(|row| (self.key(sort, row), self.id(row)) <= (end.key.clone(), end.id)));
        if sort != RecipeSort::Relevance || query.q.is_empty() {
            return order.first(found, from, limit).into_iter().map(|row| (0, row)).collect();
        }
        let titles: Vec<BitSet> = query.q.iter().map(|chip| self.text.title_matches(chip, Typing::Done)).collect();
        let levels = by_number_of_sets(found, &titles);
        let highest = after.map_or(titles.len(), |end| end.titles.min(titles.len()));
        let mut rows = Vec::with_capacity(limit);
        for level in (0..=highest).rev() {
            let from = if after.is_some_and(|end| end.titles == level) { from } else { 0 };
            let first = order.first(&levels[level], from, limit - rows.len());
            rows.extend(first.into_iter().map(|row| (level, row)));
            if rows.len() == limit {
                break;
            }
        }
        rows
    }

    fn key(&self, sort: RecipeSort, row: usize) -> Key {
        match column(sort) {
            Some((column, greatest_first)) => {
                let value = self.columns.get(column).get(row).map_or(f32::NAN, |v| v.get());
                Key::amount(value, greatest_first)
            }
            None => {
                let card = serde_json::from_str::<RecipeCard>(self.card(row).get());
                Key::title(&card.map(|c| c.title).unwrap_or_default())
            }
        }
    }
}

/// Parts a set by how many of the other sets its rows are in: at position n those in n of them.
fn by_number_of_sets(whole: &BitSet, sets: &[BitSet]) -> Vec<BitSet> {
    let mut levels = vec![whole.clone()];
    for set in sets {
        levels.push(BitSet::empty(whole.rows()));
        // From the top down, so that a row climbs one level a set.
        for n in (0..levels.len() - 1).rev() {
            let (below, above) = levels.split_at_mut(n + 1);
            let words = below[n].words_mut().iter_mut().zip(above[0].words_mut()).zip(set.words());
            for ((below, above), in_set) in words {
                *above |= *below & in_set;
                *below &= !in_set;
            }
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_parted_by_the_sets_they_are_in() {
        let of = |rows: &[usize]| {
            let mut set = BitSet::empty(100);
            rows.iter().for_each(|r| set.insert(*r));
            set
        };
        let levels = by_number_of_sets(&of(&[1, 2, 3, 70]), &[of(&[2, 3, 9]), of(&[3, 70])]);
        assert_eq!(levels, [of(&[1]), of(&[2, 70]), of(&[3])]);
    }
}
