//! The filters of recipes, in a column on a wide window and in a sheet on a phone.

use std::rc::Rc;

use dioxus::prelude::*;
use hnh_domain::label::{Allergen, Diet};
use hnh_domain::nutrient::{Nutrient, NutrientRange, Range};
use hnh_domain::page::FacetCount;
use hnh_domain::recipes::{GROUPS, Group, RecipeQuery};

use super::list::FOUND;
use crate::format;
use crate::i18n::{lang, sentence, t};
use crate::kit::{RangeSlider, Select, ToggleChip};

/// The choices for the time in all.
const MINUTES: [u32; 4] = [15, 30, 45, 60];

/// The nutrients people filter by most.
const USUAL: [Nutrient; 6] =
    [Nutrient::Protein, Nutrient::Sodium, Nutrient::Sugar, Nutrient::Fibre, Nutrient::Fat, Nutrient::Carbohydrate];

/// The end of a slider's scale and its step; at the end there is no limit.
fn scale(nutrient: Nutrient) -> (f32, f32) {
    match nutrient {
        Nutrient::Protein | Nutrient::Fat => (60.0, 1.0),
        Nutrient::Carbohydrate => (120.0, 5.0),
        Nutrient::Sugar => (50.0, 1.0),
        Nutrient::Fibre => (30.0, 1.0),
        Nutrient::SaturatedFat => (20.0, 0.5),
        Nutrient::TransFat => (5.0, 0.1),
        Nutrient::MonounsaturatedFat | Nutrient::PolyunsaturatedFat => (30.0, 0.5),
        Nutrient::Cholesterol => (500.0, 10.0),
        Nutrient::Sodium => (2_000.0, 50.0),
        Nutrient::Potassium => (2_000.0, 50.0),
        Nutrient::Calcium | Nutrient::Phosphorus | Nutrient::VitaminA | Nutrient::Retinol => (1_000.0, 10.0),
        Nutrient::Folate | Nutrient::VitaminK | Nutrient::Choline | Nutrient::Magnesium => (500.0, 10.0),
        Nutrient::BetaCarotene => (10_000.0, 100.0),
        Nutrient::VitaminC => (200.0, 5.0),
        Nutrient::Iron | Nutrient::Zinc | Nutrient::Niacin | Nutrient::VitaminE | Nutrient::VitaminD => (30.0, 0.5),
        Nutrient::Selenium => (150.0, 5.0),
        Nutrient::Thiamin | Nutrient::Riboflavin | Nutrient::VitaminB6 | Nutrient::Copper | Nutrient::Manganese => {
            (5.0, 0.1)
        }
        Nutrient::VitaminB12 | Nutrient::PantothenicAcid => (10.0, 0.1),
        Nutrient::Water => (1_000.0, 10.0),
        Nutrient::Ash => (20.0, 0.5),
        Nutrient::Energy => (1_000.0, 10.0),
    }
}

/// One of the values of a filter.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    code: &'static str,
    name: &'static str,
    on: bool,
}

/// The values of a filter, each with how many recipes it would find; `ontoggle` gets a value's number.
#[component]
fn Choices(
    title: String,
    choices: Vec<Choice>,
    counts: Vec<FacetCount>,
    /// How many are in sight before "more" is asked for; chosen ones always are.
    #[props(default = 99)]
    in_sight: usize,
    ontoggle: EventHandler<usize>,
) -> Element {
    let mut more = use_signal(|| false);
    let count = |choice: &Choice| counts.iter().find(|c| c.code == choice.code).map(|c| c.count);
    let shown: Vec<(usize, Choice)> = choices
        .iter()
        .cloned()
        .enumerate()
        // A choice that would find nothing is only in the way, unless it is on.
        .filter(|(_, choice)| counts.is_empty() || count(choice).is_some_and(|n| n > 0) || choice.on)
        .collect();
    let hidden = shown.len().saturating_sub(in_sight);
    let in_sight = shown.into_iter().enumerate().filter(|(i, (_, choice))| more() || *i < in_sight || choice.on);
    rsx! {
        fieldset { class: "filter",
            legend { "{title}" }
            div { class: "chips",
                for (number , choice) in in_sight.map(|(_, entry)| entry) {
                    ToggleChip {
                        key: "{number}",
                        text: choice.name,
                        on: choice.on,
                        count: count(&choice),
                        onclick: move |()| ontoggle.call(number),
                    }
                }
                if hidden > 0 && !more() {
                    button { r#type: "button", class: "button button-quiet", onclick: move |_| more.set(true),
                        {t!("filters-more", count = hidden)}
                    }
                }
            }
        }
    }
}

/// The choices of a closed set.
macro_rules! choices {
    ($set:ty, $chosen:expr) => {
        <$set>::ALL
            .iter()
            .map(|value| Choice { code: value.code(), name: value.name(lang()), on: $chosen.contains(value) })
            .collect::<Vec<_>>()
    };
}

fn group_choices(group: &Group, query: &RecipeQuery) -> Vec<Choice> {
    let chosen = (group.chosen)(query);
    let choice = |value| Choice {
        code: (group.value_code)(value),
        name: (group.value_name)(value, lang()),
        on: chosen.contains(&value),
    };
    (0..group.len).map(choice).collect()
}

/// All filters of a search; `onchange` gets the changed search.
#[component]
pub(super) fn Filters(query: RecipeQuery, onchange: EventHandler<RecipeQuery>) -> Element {
    let mut facets = FOUND.read().extra.clone();
    let changed = use_callback({
        let query = query.clone();
        move |change: Rc<dyn Fn(&mut RecipeQuery)>| {
            let mut query = query.clone();
            change(&mut query);
            onchange.call(query);
        }
    });
    let mut added = use_signal(Vec::<Nutrient>::new);
    let shown = {
        let mut shown = USUAL.to_vec();
        let others = query.nutrients.iter().map(|wanted| wanted.nutrient).chain(added());
        for other in others {
            if !shown.contains(&other) {
                shown.push(other);
            }
        }
        shown
    };
    let addable: Vec<(String, String)> = std::iter::once((String::new(), t!("filters-add-choose")))
        .chain(
            Nutrient::ALL
                .iter()
                .filter(|n| **n != Nutrient::Energy && !shown.contains(n))
                .map(|n| (n.code().to_owned(), n.name(lang()).to_owned())),
        )
        .collect();
    rsx! {
        div { class: "filters",
            Choices {
                title: t!("filters-diet"),
                choices: choices!(Diet, query.diet),
                counts: facets.diet.clone(),
                in_sight: 8,
                ontoggle: move |number: usize| changed.call(Rc::new(move |q| q.diet.toggle(Diet::ALL[number]))),
            }
            Choices {
                title: t!("filters-without"),
                choices: choices!(Allergen, query.without),
                counts: facets.without.clone(),
                in_sight: 10,
                ontoggle: move |number: usize| changed.call(Rc::new(move |q| q.without.toggle(Allergen::ALL[number]))),
            }
            p { class: "filter-note", {t!("filters-without-note")} }
            RangeSlider {
                label: t!("filters-kcal"),
                max: 1_000.0,
                step: 10.0,
                unit: "kcal",
                value: query.kcal,
                onchange: move |range| changed.call(Rc::new(move |q| q.kcal = range)),
            }
            fieldset { class: "filter",
                legend { {t!("filters-time")} }
                div { class: "chips",
                    for minutes in MINUTES {
                        ToggleChip {
                            key: "{minutes}",
                            text: t!("filter-time", time = format::minutes(minutes)),
                            on: query.max_min == Some(minutes),
                            onclick: {
                                let on = query.max_min == Some(minutes);
                                move |()| changed.call(Rc::new(move |q| q.max_min = (!on).then_some(minutes)))
                            },
                        }
                    }
                }
            }
            for group in GROUPS {
                Choices {
                    key: "{group.code}",
                    title: sentence(&format!("filters-{}", group.code), None),
                    choices: group_choices(group, &query),
                    counts: (group.counts)(&mut facets).clone(),
                    in_sight: 12,
                    ontoggle: move |number: usize| changed.call(Rc::new(move |q| (group.toggle)(q, number))),
                }
            }
            div { class: "filter filter-nutrients",
                h3 { {t!("filters-nutrients")} }
                for nutrient in shown {
                    NutrientFilter {
                        key: "{nutrient}",
                        nutrient,
                        value: query.nutrients.iter().find(|n| n.nutrient == nutrient).map(|n| n.range),
                        onchange: move |range: Option<Range>| {
                            changed
                                .call(
                                    Rc::new(move |q| {
                                        q.nutrients.retain(|n| n.nutrient != nutrient);
                                        q.nutrients.extend(range.map(|range| NutrientRange { nutrient, range }));
                                    }),
                                )
                        },
                    }
                }
                Select {
                    label: t!("filters-add"),
                    value: "",
                    options: addable,
                    onchange: move |code: String| {
                        if let Ok(nutrient) = code.parse() {
                            added.write().push(nutrient);
                        }
                    },
                }
            }
        }
    }
}

#[component]
fn NutrientFilter(nutrient: Nutrient, value: Option<Range>, onchange: EventHandler<Option<Range>>) -> Element {
    let (max, step) = scale(nutrient);
    rsx! {
        RangeSlider { label: nutrient.name(lang()), max, step, unit: nutrient.unit(), value, onchange }
    }
}
