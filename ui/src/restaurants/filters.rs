//! The filters of places.

use dioxus::prelude::*;
use hnh_domain::restaurants::{OpenAt, PlaceDiet, PlaceKind, PlaceQuery, PlaceSort, cuisine_name};

use crate::i18n::{lang, said, t};
use crate::kit::{Segment, Segmented, Select, ToggleChip};

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

/// How many filters are on.
pub(super) fn count(query: &PlaceQuery) -> usize {
    query.diet.len()
        + query.cuisine.len()
        + query.kind.len()
        + usize::from(query.only)
        + usize::from(query.open.is_some())
}

/// The same search without its filters.
pub(super) fn cleared(query: &PlaceQuery) -> PlaceQuery {
    PlaceQuery {
        diet: Vec::new().into(),
        cuisine: Vec::new().into(),
        kind: Vec::new().into(),
        only: false,
        open: None,
        sort: None,
        ..query.clone()
    }
}

/// Diets, opening, kind, cuisine and order.
#[component]
pub(super) fn PlaceFilters(query: PlaceQuery, onchange: EventHandler<PlaceQuery>) -> Element {
    let change = use_callback(move |query: PlaceQuery| onchange.call(query));
    let sort = query.sort();
    rsx! {
        div { class: "filters",
            fieldset { class: "filter",
                legend { {t!("filters-diet")} }
                div { class: "chips chips-wide",
                    for diet in PlaceDiet::ALL.iter().copied() {
                        ToggleChip {
                            key: "{diet}",
                            text: diet.name(lang()),
                            on: query.diet.contains(&diet),
                            onclick: {
                                let query = query.clone();
                                move |()| {
                                    let diet = toggled(&query.diet, &diet);
                                    let only = query.only && !diet.is_empty();
                                    change(PlaceQuery { diet: diet.into(), only, ..query.clone() });
                                }
                            },
                        }
                    }
                    if !query.diet.is_empty() {
                        ToggleChip {
                            text: t!("places-only"),
                            on: query.only,
                            onclick: {
                                let query = query.clone();
                                move |()| change(PlaceQuery { only: !query.only, ..query.clone() })
                            },
                        }
                    }
                }
                p { class: "filter-note", {t!("places-diet-note")} }
            }
            OpenFilter { query: query.clone(), onchange: change }
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
                    .filter(|sort| **sort != PlaceSort::Distance || query.lat.is_some())
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

/// Any time, now, or at a time the person picks, which is the place's own.
#[component]
fn OpenFilter(query: PlaceQuery, onchange: EventHandler<PlaceQuery>) -> Element {
    let mut at_time = use_signal(|| matches!(query.open, Some(OpenAt::Local(_))));
    let chosen = match &query.open {
        _ if at_time() => 2,
        Some(OpenAt::Now) => 1,
        Some(OpenAt::Local(_)) => 2,
        None => 0,
    };
    let time = match &query.open {
        Some(OpenAt::Local(time)) => time.clone(),
        _ => String::new(),
    };
    rsx! {
        fieldset { class: "filter",
            legend { {t!("places-open")} }
            Segmented {
                label: t!("places-open"),
                segments: vec![
                    Segment::new(t!("open-any")),
                    Segment::new(t!("open-now")),
                    Segment::new(t!("open-at")),
                ],
                chosen,
                onchoose: {
                    let query = query.clone();
                    move |i| {
                        at_time.set(i == 2);
                        let open = if i == 1 { Some(OpenAt::Now) } else { None };
                        onchange.call(PlaceQuery { open, ..query.clone() });
                    }
                },
            }
            if chosen == 2 {
                label { class: "select",
                    span { class: "select-label", {t!("open-at-label")} }
                    input {
                        class: "time-field",
                        r#type: "datetime-local",
                        value: "{time}",
                        onchange: {
                            let query = query.clone();
                            move |event: FormEvent| {
                                // An emptied field is no time; some browsers add seconds.
                                let open = event.value().get(..16).and_then(|time| time.parse().ok());
                                onchange.call(PlaceQuery { open, ..query.clone() });
                            }
                        },
                    }
                }
            }
        }
    }
}
