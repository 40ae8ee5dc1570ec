//! The filters that are on, each with the search it would be without it.

use hnh_domain::nutrient::Range;
use hnh_domain::recipes::{GROUPS, RecipeQuery};

use crate::format;
use crate::i18n::{lang, t};

/// A filter that is on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ActiveFilter {
    /// What it asks for, in words.
    pub(super) name: String,
    /// The search without it.
    pub(super) without: RecipeQuery,
}

/// A range in words: `20 g or more`.
pub(super) fn range_words(range: Range, unit: &str) -> String {
    let show = |amount: f32| format!("{} {unit}", format::number(amount, 1));
    match (range.min, range.max) {
        (Some(low), Some(high)) => t!("range-between", low = format::number(low, 1), high = show(high)),
        (Some(low), None) => t!("range-from", amount = show(low)),
        (None, Some(high)) => t!("range-to", amount = show(high)),
        (None, None) => t!("range-any"),
    }
}

/// Every filter that is on, keywords first.
pub(super) fn active_filters(query: &RecipeQuery) -> Vec<ActiveFilter> {
    let mut found = Vec::new();
    let mut add = |name: String, change: &dyn Fn(&mut RecipeQuery)| {
        let mut without = query.clone();
        change(&mut without);
        found.push(ActiveFilter { name, without });
    };
    for (i, chip) in query.q.iter().enumerate() {
        add(t!("filter-word", word = chip.clone()), &|q| drop(q.q.remove(i)));
    }
    for diet in query.diet.iter() {
        add(diet.name(lang()).to_owned(), &|q| q.diet.retain(|d| d != diet));
    }
    for allergen in query.without.iter() {
        add(t!("filter-without", name = allergen.name(lang())), &|q| q.without.retain(|a| a != allergen));
    }
    if let Some(range) = query.kcal {
        add(range_words(range, "kcal"), &|q| q.kcal = None);
    }
    for wanted in query.nutrients.iter() {
        let name = format!("{} {}", wanted.nutrient.name(lang()), range_words(wanted.range, wanted.nutrient.unit()));
        add(name, &|q| q.nutrients.retain(|n| n.nutrient != wanted.nutrient));
    }
    for group in GROUPS {
        for value in (group.chosen)(query) {
            add((group.value_name)(value, lang()).to_owned(), &|q| (group.toggle)(q, value));
        }
    }
    if let Some(minutes) = query.max_min {
        add(t!("filter-time", time = format::minutes(minutes)), &|q| q.max_min = None);
    }
    found
}
