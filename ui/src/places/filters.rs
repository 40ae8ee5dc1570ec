//! The filters of places.

use dioxus::prelude::*;
use hnh_domain::codes::List;
use hnh_domain::places::{OpenAt, PlaceDiet, PlaceKind, PlaceQuery, PlaceSort, cuisine_name};

use super::opening;
use super::time_filter::TimeFilter;
use crate::i18n::{lang, said, t};
use crate::kit::{Select, ToggleChip};

/// The cuisines people look for most; others are found by typing them.
const CUISINES: [&str; 16] = [
    "korean",
    "western",
    "bunsik",
    "chinese",
    "japanese",
    "indian",
    "italian",
    "pizza",
    "burger",
    "thai",
    "vietnamese",
    "mexican",
    "coffee_shop",
    "sandwich",
    "salad",
    "falafel",
];

/// Kinds of place worth a filter.
const KINDS: [PlaceKind; 5] =
    [PlaceKind::Restaurant, PlaceKind::Cafe, PlaceKind::FastFood, PlaceKind::Bakery, PlaceKind::HealthShop];

fn toggled<T: PartialEq + Clone>(list: &[T], item: &T) -> Vec<T> {
    if list.contains(item) {
        list.iter().filter(|i| *i != item).cloned().collect()
    } else {
        list.iter().cloned().chain([item.clone()]).collect()
    }
}

/// A wish that is on, with the search as it would be without it.
#[derive(Clone, PartialEq)]
pub(super) struct Wish {
    /// In words.
    pub(super) name: String,
    /// The search without it.
    pub(super) without: PlaceQuery,
}

fn all_but<T: PartialEq + Clone>(list: &[T], item: &T) -> List<T> {
    list.iter().filter(|i| *i != item).cloned().collect::<Vec<_>>().into()
}

/// The wishes that are on, words first.
pub(super) fn wishes(query: &PlaceQuery) -> Vec<Wish> {
    let mut wishes = Vec::new();
    let mut wish = |name: String, without: PlaceQuery| wishes.push(Wish { name, without });
    if let Some(words) = &query.q {
        wish(t!("filter-word", word = words.clone()), PlaceQuery { q: None, ..query.clone() });
    }
    for diet in query.only.iter() {
        let name = t!("diet-only", diet = diet.name(lang()));
        wish(name, PlaceQuery { only: all_but(&query.only, diet), ..query.clone() });
    }
    for diet in query.diet.iter() {
        let name = t!("diet-yes", diet = diet.name(lang()));
        wish(name, PlaceQuery { diet: all_but(&query.diet, diet), ..query.clone() });
    }
    if let Some(open) = &query.open {
        let name = match open {
            OpenAt::Now => t!("open-now"),
            OpenAt::Local(time) => t!("open-then", time = opening::weekday_and_hour(*time)),
        };
        wish(name, PlaceQuery { open: None, ..query.clone() });
    }
    for kind in query.kind.iter() {
        wish(kind.name(lang()).to_owned(), PlaceQuery { kind: all_but(&query.kind, kind), ..query.clone() });
    }
    for code in query.cuisine.iter() {
        wish(said(&cuisine_name(code)), PlaceQuery { cuisine: all_but(&query.cuisine, code), ..query.clone() });
    }
    wishes
}

/// How many filters are on; words are none.
pub(super) fn count(query: &PlaceQuery) -> usize {
    query.diet.len() + query.only.len() + query.cuisine.len() + query.kind.len() + usize::from(query.open.is_some())
}

/// The same search without its filters.
pub(super) fn cleared(query: &PlaceQuery) -> PlaceQuery {
    PlaceQuery { q: query.q.clone(), lat: query.lat, lon: query.lon, bbox: query.bbox, ..PlaceQuery::default() }
}

/// The same search with a diet served, or without that wish. Who serves nothing else serves it too.
pub(super) fn with_diet(query: &PlaceQuery, diet: PlaceDiet) -> PlaceQuery {
    PlaceQuery { diet: toggled(&query.diet, &diet).into(), only: all_but(&query.only, &diet), ..query.clone() }
}

/// The same search with nothing but a diet served, or without that wish.
fn with_only(query: &PlaceQuery, diet: PlaceDiet) -> PlaceQuery {
    PlaceQuery { only: toggled(&query.only, &diet).into(), diet: all_but(&query.diet, &diet), ..query.clone() }
}

/// Diets that a whole place may keep to.
const WHOLLY: [PlaceDiet; 2] = [PlaceDiet::Vegan, PlaceDiet::Vegetarian];

/// Diets, opening, kind, cuisine and order.
#[component]
pub(super) fn PlaceFilters(query: PlaceQuery, onchange: EventHandler<PlaceQuery>) -> Element {
    let change = use_callback(move |query: PlaceQuery| onchange.call(query));
    let sort = query.sort.unwrap_or(if query.q.is_some() { PlaceSort::Relevance } else { PlaceSort::Distance });
    rsx! {
        div { class: "filters",
            fieldset { class: "filter",
                legend { {t!("filters-diet")} }
                div { class: "chips chips-wide",
                    for (i , diet) in PlaceDiet::ALL.iter().copied().enumerate() {
                        ToggleChip {
                            key: "{i}",
                            text: t!("diet-yes", diet = diet.name(lang())),
                            on: query.diet.contains(&diet),
                            onclick: {
                                let next = with_diet(&query, diet);
                                move |()| change(next.clone())
                            },
                        }
                    }
                    for (i , diet) in WHOLLY.into_iter().enumerate() {
                        ToggleChip {
                            key: "only-{i}",
                            text: t!("diet-only", diet = diet.name(lang())),
                            on: query.only.contains(&diet),
                            onclick: {
                                let next = with_only(&query, diet);
                                move |()| change(next.clone())
                            },
                        }
                    }
                }
                p { class: "filter-note", {t!("places-diet-note")} }
            }
            TimeFilter { query: query.clone(), onchange: change }
            fieldset { class: "filter",
                legend { {t!("places-kind")} }
                div { class: "chips chips-wide",
                    for kind in KINDS {
                        ToggleChip {
                            key: "{kind}",
                            text: kind.name(lang()),
                            on: query.kind.contains(&kind),
                            onclick: {
                                let query = query.clone();
                                move |()| change(PlaceQuery { kind: toggled(&query.kind, &kind).into(), ..query.clone() })
                            },
                        }
                    }
                }
            }
            fieldset { class: "filter",
                legend { {t!("filters-cuisine")} }
                div { class: "chips chips-wide",
                    for code in CUISINES {
                        ToggleChip {
                            key: "{code}",
                            text: said(&cuisine_name(code)),
                            on: query.cuisine.iter().any(|c| c == code),
                            onclick: {
                                let query = query.clone();
                                move |()| {
                                    let cuisine = toggled(&query.cuisine, &code.to_owned());
                                    change(PlaceQuery { cuisine: cuisine.into(), ..query.clone() });
                                }
                            },
                        }
                    }
                }
            }
            Select {
                label: t!("sort-label"),
                value: sort.code(),
                options: PlaceSort::ALL
                    .iter()
                    .map(|sort| (sort.code().to_owned(), sort.name(lang()).to_owned()))
                    .collect::<Vec<_>>(),
                onchange: {
                    let query = query.clone();
                    move |code: String| change(PlaceQuery { sort: code.parse().ok(), ..query.clone() })
                },
            }
        }
    }
}
