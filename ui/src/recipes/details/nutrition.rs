//! The nutrition table: a serving, 100 g, and a day's worth.

use dioxus::prelude::*;
use hnh_domain::nutrient::{KJ_PER_KCAL, Nutrient};
use hnh_domain::recipes::Recipe;

use super::nutrient_bar::NutrientBar;
use crate::format::{number, nutrient_amount};
use crate::i18n::{lang, t};
use crate::kit::PageSection;

/// What labels in Korea and Europe must state, in their order.
const STATED: [Nutrient; 10] = [
    Nutrient::Energy,
    Nutrient::Carbohydrate,
    Nutrient::Sugar,
    Nutrient::Fibre,
    Nutrient::Protein,
    Nutrient::Fat,
    Nutrient::SaturatedFat,
    Nutrient::TransFat,
    Nutrient::Cholesterol,
    Nutrient::Sodium,
];

/// The nutrients with bars, and what Korea's labels take for a day (식품등의 표시기준, 1일 영양성분 기준치).
const A_DAY: [(Nutrient, f32); 6] = [
    (Nutrient::Protein, 55.0),
    (Nutrient::Carbohydrate, 324.0),
    (Nutrient::Fat, 54.0),
    (Nutrient::Sugar, 100.0),
    (Nutrient::Fibre, 25.0),
    (Nutrient::Sodium, 2_000.0),
];

/// Part of another nutrient, shown below it.
pub(crate) fn is_part(nutrient: Nutrient) -> bool {
    matches!(
        nutrient,
        Nutrient::Sugar
            | Nutrient::Fibre
            | Nutrient::SaturatedFat
            | Nutrient::TransFat
            | Nutrient::MonounsaturatedFat
            | Nutrient::PolyunsaturatedFat
    )
}

/// An amount as a cell of a table; energy in both of its units.
#[component]
pub(crate) fn NutrientCell(
    nutrient: Nutrient,
    amount: Option<f32>,
    /// Whether it may be more.
    #[props(default)]
    at_least: bool,
) -> Element {
    rsx! {
        td { class: if amount.is_none() { "unknown" },
            match amount {
                Some(amount) => rsx! {
                    if at_least {
                        span { title: t!("figure-at-least"), "≥ " }
                    }
                    {nutrient_amount(nutrient, amount)}
                    if nutrient == Nutrient::Energy {
                        span { class: "soft", {format!("{} kJ", number(amount * KJ_PER_KCAL, 0))} }
                    }
                },
                None => rsx! { {t!("unknown")} },
            }
        }
    }
}

/// Bars against a day, and the table.
#[component]
pub(super) fn Nutrition(recipe: Recipe, at_least: Vec<Nutrient>) -> Element {
    let serving = recipe.nutrients;
    if serving.is_empty() {
        return rsx! {
            PageSection { title: t!("nutrition-title"),
                p { class: "soft", {t!("nutrition-unknown")} }
            }
        };
    }
    let per_100 = recipe.serving_g.filter(|grams| *grams > 0.0).map(|grams| serving.scaled(100.0 / grams));
    let others: Vec<Nutrient> = serving.iter().map(|(n, _)| n).filter(|n| !STATED.contains(n)).collect();
    let some_more = !at_least.is_empty();
    let row = move |nutrient: Nutrient| {
        let at_least = at_least.contains(&nutrient);
        rsx! {
            tr { key: "{nutrient}", class: if is_part(nutrient) { "part" },
                th { scope: "row", {nutrient.name(lang())} }
                NutrientCell { nutrient, amount: serving.get(nutrient), at_least }
                if let Some(per_100) = per_100 {
                    NutrientCell { nutrient, amount: per_100.get(nutrient), at_least }
                }
            }
        }
    };
    rsx! {
        PageSection { title: t!("nutrition-title"),
            div { class: "day-bars",
                for (nutrient , whole) in A_DAY {
                    NutrientBar { key: "{nutrient}", nutrient, amount: serving.get(nutrient), whole }
                }
            }
            p { class: "filter-note", {t!("nutrition-day")} }
            if some_more {
                p { class: "filter-note", {t!("figure-at-least-note")} }
            }
            table { class: "nutrition",
                thead {
                    tr {
                        th { scope: "col", {t!("nutrition-nutrient")} }
                        th { scope: "col",
                            if let Some(grams) = recipe.serving_g {
                                {t!("nutrition-serving-grams", grams = number(grams, 0))}
                            } else {
                                {t!("nutrition-serving")}
                            }
                        }
                        if per_100.is_some() {
                            th { scope: "col", {t!("nutrition-100g")} }
                        }
                    }
                }
                tbody {
                    for nutrient in STATED {
                        {row(nutrient)}
                    }
                }
            }
            if !others.is_empty() {
                details {
                    summary { {t!("nutrition-more", count = others.len())} }
                    table { class: "nutrition",
                        tbody {
                            for nutrient in others {
                                {row(nutrient)}
                            }
                        }
                    }
                }
            }
        }
    }
}
