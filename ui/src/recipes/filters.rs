//! The filters of recipes, in a column on a wide window and in a sheet on a phone.

use dioxus::prelude::*;
use hnh_domain::codes::List;
use hnh_domain::label::{Allergen, Diet};
use hnh_domain::nutrient::{Nutrient, NutrientRange, Range};
use hnh_domain::page::FacetCount;
use hnh_domain::recipes::{Course, Effort, RecipeCuisine, RecipeQuery};

use super::list::FOUND;
use crate::format;
use crate::i18n::{lang, t};
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

/// One of a closed set that can be filtered by.
trait Choice: Copy + Eq + std::fmt::Display + 'static {
    /// Its name in the language shown.
    fn called(self) -> &'static str;
}

macro_rules! choices {
    ($($set:ty),+) => { $(impl Choice for $set {
        fn called(self) -> &'static str {
            self.name(lang())
        }
    })+ };
}
choices!(Allergen, Course, Diet, Effort, RecipeCuisine);

/// A group of choices: each with its code for the facets and whether it is on.
#[component]
fn Choices<T: Choice>(
    title: String,
    all: Vec<T>,
    chosen: Vec<T>,
    counts: Vec<FacetCount>,
    /// How many are in sight before "more" is asked for; chosen ones always are.
    #[props(default = 99)]
    in_sight: usize,
    onchange: EventHandler<Vec<T>>,
) -> Element {
    let mut more = use_signal(|| false);
    let count = |item: T| counts.iter().find(|c| c.code == item.to_string()).map(|c| c.count);
    let none_counted = counts.is_empty();
    let shown: Vec<(usize, T)> = all
        .iter()
        .copied()
        .enumerate()
        // A choice that would find nothing is only in the way, unless it is on.
        .filter(|(_, item)| none_counted || count(*item).is_some_and(|n| n > 0) || chosen.contains(item))
        .collect();
    let hidden = shown.len().saturating_sub(in_sight);
    rsx! {
        fieldset { class: "filter",
            legend { "{title}" }
            div { class: "chips",
                for (i , item) in shown.into_iter().enumerate().filter(|(i, (_, item))| more() || *i < in_sight || chosen.contains(item)).map(|(_, entry)| entry) {
                    ToggleChip {
                        key: "{i}",
                        text: item.called(),
                        on: chosen.contains(&item),
                        count: count(item),
                        onclick: {
                            let chosen = chosen.clone();
                            move |()| {
                                let mut chosen = chosen.clone();
                                match chosen.iter().position(|c| *c == item) {
                                    Some(at) => drop(chosen.remove(at)),
                                    None => chosen.push(item),
                                }
                                onchange.call(chosen);
                            }
                        },
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

/// All filters of a search; `onchange` gets the changed search.
#[component]
pub(super) fn Filters(query: RecipeQuery, onchange: EventHandler<RecipeQuery>) -> Element {
    let facets = FOUND.read().extra.clone();
    let changed = use_callback({
        let query = query.clone();
        move |change: std::rc::Rc<dyn Fn(&mut RecipeQuery)>| {
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
                all: Diet::ALL.to_vec(),
                chosen: query.diet.0.clone(),
                counts: facets.diet,
                in_sight: 8,
                onchange: move |diets: Vec<Diet>| changed.call(std::rc::Rc::new(move |q| q.diet = List(diets.clone()))),
            }
            Choices {
                title: t!("filters-without"),
                all: Allergen::ALL.to_vec(),
                chosen: query.without.0.clone(),
                counts: facets.without,
                in_sight: 10,
                onchange: move |list: Vec<Allergen>| changed.call(std::rc::Rc::new(move |q| q.without = List(list.clone()))),
            }
            p { class: "filter-note", {t!("filters-without-note")} }
            RangeSlider {
                label: t!("filters-kcal"),
                max: 1_000.0,
                step: 10.0,
                unit: "kcal",
                value: query.kcal,
                onchange: move |range| changed.call(std::rc::Rc::new(move |q| q.kcal = range)),
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
                                move |()| changed.call(std::rc::Rc::new(move |q| q.max_min = (!on).then_some(minutes)))
                            },
                        }
                    }
                }
            }
            Choices {
                title: t!("filters-course"),
                all: Course::ALL.to_vec(),
                chosen: query.course.0.clone(),
                counts: facets.course,
                onchange: move |list: Vec<Course>| changed.call(std::rc::Rc::new(move |q| q.course = List(list.clone()))),
            }
            Choices {
                title: t!("filters-cuisine"),
                all: RecipeCuisine::ALL.to_vec(),
                chosen: query.cuisine.0.clone(),
                counts: facets.cuisine,
                in_sight: 8,
                onchange: move |list: Vec<RecipeCuisine>| changed.call(std::rc::Rc::new(move |q| q.cuisine = List(list.clone()))),
            }
            Choices {
                title: t!("filters-effort"),
                all: Effort::ALL.to_vec(),
                chosen: query.effort.0.clone(),
                counts: facets.effort,
                onchange: move |list: Vec<Effort>| changed.call(std::rc::Rc::new(move |q| q.effort = List(list.clone()))),
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
                                    std::rc::Rc::new(move |q| {
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
