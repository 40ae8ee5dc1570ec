//! Foods side by side, nutrient by nutrient, with bars that show the difference.

use dioxus::prelude::*;
use hnh_domain::calls::GetFood;
use hnh_domain::foods::Food;
use hnh_domain::nutrient::{Nutrient, Nutrients};
use hnh_domain::problem::Problem;

use super::list::basis_name;
use super::tray::MOST;
use crate::browser::show_address;
use crate::core::call;
use crate::format::{amount, nutrient_amount};
use crate::i18n::{lang, said, t};
use crate::kit::{ButtonKind, EmptyState, Icon, LinkButton, Page, Segment, Segmented, SkeletonShape, loaded};
use crate::routes::{Comparison, InUrl, Route};

/// What is compared first; the rest follows in the table's own order.
const FIRST: [Nutrient; 9] = [
    Nutrient::Energy,
    Nutrient::Protein,
    Nutrient::Carbohydrate,
    Nutrient::Sugar,
    Nutrient::Fibre,
    Nutrient::Fat,
    Nutrient::SaturatedFat,
    Nutrient::Sodium,
    Nutrient::Potassium,
];

/// A food as it is compared.
#[derive(Clone, PartialEq)]
struct Column {
    name: String,
    /// What its amounts are for.
    of: String,
    amounts: Nutrients,
}

fn column(food: &Food, portion: bool) -> Column {
    match food.portions.first().filter(|_| portion) {
        Some(portion) => Column {
            name: said(&food.name),
            of: format!("{} ({} g)", said(&portion.name), amount(portion.grams)),
            amounts: food.nutrients.scaled(portion.grams / 100.0),
        },
        None => Column { name: said(&food.name), of: basis_name(food.basis).to_owned(), amounts: food.nutrients },
    }
}

/// The nutrients that at least one of the foods states.
fn compared(columns: &[Column]) -> Vec<Nutrient> {
    let others = Nutrient::ALL.iter().filter(|nutrient| !FIRST.contains(nutrient));
    let known = |nutrient: &&Nutrient| columns.iter().any(|column| column.amounts.get(**nutrient).is_some());
    FIRST.iter().chain(others).filter(known).copied().collect()
}

/// Foods side by side.
#[component]
pub(crate) fn ComparePage(chosen: ReadSignal<InUrl<Comparison>>) -> Element {
    let foods = use_resource(move || async move {
        let mut foods = Vec::new();
        for id in chosen().0.ids.0.into_iter().take(MOST) {
            foods.push(call(GetFood { id }).await?.record);
        }
        Ok::<_, Problem>(foods)
    });
    let mut portion = use_signal(|| chosen.peek().0.portion);
    let all = rsx! { LinkButton { to: Route::foods(), icon: Icon::Apple, {t!("foods-all")} } };
    rsx! {
        Page { title: t!("compare-title"), class: "compare", back: Route::foods().address(),
            {loaded(foods, (SkeletonShape::Rows, 6), all, |foods| if foods.len() < 2 {
                rsx! {
                    EmptyState { icon: Icon::Scale, title: t!("compare-none"), text: t!("compare-one-more"),
                        LinkButton { kind: ButtonKind::Primary, to: Route::foods(), icon: Icon::Apple, {t!("compare-choose")} }
                    }
                }
            } else {
                rsx! {
                    div { class: "compare-head",
                        Segmented {
                            label: t!("compare-by"),
                            segments: vec![Segment::new("100 g"), Segment::new(t!("compare-portion"))],
                            chosen: usize::from(portion()),
                            onchoose: move |i| {
                                portion.set(i == 1);
                                let comparison = Comparison { ids: chosen.peek().0.ids.clone(), portion: i == 1 };
                                show_address(&Route::ComparePage { chosen: InUrl(comparison) }.address());
                            },
                        }
                        LinkButton { to: Route::foods(), icon: Icon::Plus, kind: ButtonKind::Quiet, {t!("compare-choose")} }
                    }
                    Bars { columns: foods.iter().map(|food| column(food, portion())).collect::<Vec<_>>() }
                }
            })}
        }
    }
}

/// A table of which each cell is an amount and its bar; the longest bar of a row is the greatest amount.
#[component]
fn Bars(columns: Vec<Column>) -> Element {
    rsx! {
        table { class: "compare-table",
            caption { class: "hidden", {t!("compare-title")} }
            thead {
                tr {
                    td {}
                    for (i , column) in columns.iter().enumerate() {
                        th { key: "{i}", scope: "col", class: "series-{i}",
                            span { class: "compare-name", "{column.name}" }
                            span { class: "soft", "{column.of}" }
                        }
                    }
                }
            }
            tbody {
                for nutrient in compared(&columns) {
                    tr { key: "{nutrient}",
                        th { scope: "row", {nutrient.name(lang())} }
                        for (i , column) in columns.iter().enumerate() {
                            td { key: "{i}", class: "series-{i}",
                                Bar { nutrient, amount: column.amounts.get(nutrient), most: most(&columns, nutrient), name: column.name.clone() }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The greatest amount of a nutrient among the foods.
fn most(columns: &[Column], nutrient: Nutrient) -> f32 {
    columns.iter().filter_map(|column| column.amounts.get(nutrient)).fold(0.0, f32::max)
}

#[component]
fn Bar(nutrient: Nutrient, amount: Option<f32>, most: f32, name: String) -> Element {
    let part = amount.map_or(0.0, |amount| if most > 0.0 { amount / most } else { 0.0 });
    let said = amount.map_or_else(|| t!("unknown"), |amount| nutrient_amount(nutrient, amount));
    rsx! {
        div { class: "compare-cell",
            span { class: "compare-who", "aria-hidden": "true", "{name}" }
            span { class: if amount.is_some() { "compare-amount" } else { "compare-amount unknown" }, "{said}" }
            span { class: "compare-track", "aria-hidden": "true",
                span { style: "--part: {part:.3}" }
            }
        }
    }
}
