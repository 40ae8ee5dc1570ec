//! One food: all that is known of it, for 100 g and for a household portion.

use dioxus::prelude::*;
use hnh_domain::calls::GetFood;
use hnh_domain::foods::Food;
use hnh_domain::nutrient::Nutrient;
use uuid::Uuid;

use super::list::basis_name;
use super::tray::{CompareToggle, CompareTray};
use crate::core::use_call;
use crate::format::{amount, number, nutrient_amount};
use crate::i18n::{lang, said, t};
use crate::kit::{Chip, ChipKind, Icon, LinkButton, Page, PageSection, Select, SkeletonShape, loaded_page};
use crate::recipes::{NutrientCell, is_part};
use crate::routes::Route;

/// The nutrients in the groups in which they are read.
fn groups() -> [(String, &'static [Nutrient]); 4] {
    use Nutrient as N;
    [
        (
            t!("food-main"),
            &[
                N::Energy,
                N::Carbohydrate,
                N::Sugar,
                N::Fibre,
                N::Protein,
                N::Fat,
                N::SaturatedFat,
                N::MonounsaturatedFat,
                N::PolyunsaturatedFat,
                N::TransFat,
                N::Cholesterol,
                N::Water,
                N::Ash,
            ],
        ),
        (
            t!("food-minerals"),
            &[
                N::Sodium,
                N::Potassium,
                N::Calcium,
                N::Iron,
                N::Magnesium,
                N::Phosphorus,
                N::Zinc,
                N::Copper,
                N::Manganese,
                N::Selenium,
            ],
        ),
        (
            t!("food-vitamins"),
            &[N::VitaminA, N::Retinol, N::BetaCarotene, N::VitaminC, N::VitaminD, N::VitaminE, N::VitaminK],
        ),
        (
            t!("food-vitamins-b"),
            &[
                N::Thiamin,
                N::Riboflavin,
                N::Niacin,
                N::PantothenicAcid,
                N::VitaminB6,
                N::Folate,
                N::VitaminB12,
                N::Choline,
            ],
        ),
    ]
}

/// A food.
#[component]
pub(crate) fn FoodPage(id: ReadSignal<Uuid>) -> Element {
    let food = use_call(move || GetFood { id: id() });
    let all = rsx! { LinkButton { to: Route::foods(), icon: Icon::Apple, {t!("foods-all")} } };
    loaded_page(food, (SkeletonShape::Rows, 8), t!("nav-foods"), all, |stored| {
        rsx! { Details { key: "{stored.record.id}", food: stored.record.clone(), offline: stored.offline } }
    })
}

#[component]
fn Details(food: Food, offline: bool) -> Element {
    let mut portion = use_signal(|| None::<usize>);
    let chosen = portion().and_then(|i| food.portions.get(i));
    let factor = chosen.map_or(1.0, |portion| portion.grams / 100.0);
    let scaled = food.nutrients.scaled(factor);
    let whole = basis_name(food.basis);
    let options: Vec<(String, String)> = std::iter::once((String::new(), whole.to_owned()))
        .chain(
            food.portions
                .iter()
                .enumerate()
                .map(|(i, portion)| (i.to_string(), format!("{} ({} g)", said(&portion.name), amount(portion.grams)))),
        )
        .collect();
    let value = portion().map(|i| i.to_string()).unwrap_or_default();
    let portion_name = chosen.map(|portion| said(&portion.name));
    let source = food.provenance.source;
    rsx! {
        Page { title: said(&food.name), class: "page-narrow food", back: Route::foods().address(),
            div { class: "chips",
                Chip { text: food.group.name(lang()), kind: ChipKind::Leaf }
                Chip { text: source.name(lang()) }
                if offline {
                    Chip { text: t!("from-device"), icon: Icon::WifiOff, kind: ChipKind::Honey }
                }
            }
            div { class: "food-controls",
                if !food.portions.is_empty() {
                    Select {
                        label: t!("food-portion"),
                        value,
                        options,
                        onchange: move |code: String| portion.set(code.parse().ok()),
                    }
                }
                CompareToggle { id: food.id, name: food.name.clone(), wide: true }
            }
            dl { class: "answer",
                for nutrient in [Nutrient::Energy, Nutrient::Protein, Nutrient::Carbohydrate, Nutrient::Sodium] {
                    div { key: "{nutrient}",
                        dt { {nutrient.name(lang())} }
                        dd { class: if scaled.get(nutrient).is_none() { "unknown" },
                            {scaled.get(nutrient).map_or_else(|| t!("unknown"), |amount| nutrient_amount(nutrient, amount))}
                        }
                        dd { class: "soft", {portion_name.clone().unwrap_or_else(|| whole.to_owned())} }
                    }
                }
            }
            for (title , nutrients) in groups() {
                PageSection { key: "{title}", title,
                    table { class: "nutrition",
                        thead {
                            tr {
                                th { scope: "col", {t!("nutrition-nutrient")} }
                                if let Some(name) = &portion_name {
                                    th { scope: "col", "{name}" }
                                }
                                th { scope: "col", "{whole}" }
                            }
                        }
                        tbody {
                            for nutrient in nutrients.iter().copied() {
                                tr { key: "{nutrient}", class: if is_part(nutrient) { "part" },
                                    th { scope: "row", {nutrient.name(lang())} }
                                    if portion_name.is_some() {
                                        NutrientCell { nutrient, amount: scaled.get(nutrient) }
                                    }
                                    NutrientCell { nutrient, amount: food.nutrients.get(nutrient) }
                                }
                            }
                        }
                    }
                }
            }
            footer { class: "origin",
                if let Some(refuse) = food.refuse_pct.filter(|part| *part > 0.0) {
                    p { {t!("food-refuse", part = number(refuse, 0))} }
                }
                p {
                    {t!("origin", source = source.name(lang()), licence = source.licence())}
                    if !source.url().is_empty() {
                        " "
                        a { href: source.url(), target: "_blank", rel: "noopener noreferrer", {t!("about-visit")} }
                    }
                }
            }
            CompareTray {}
        }
    }
}
