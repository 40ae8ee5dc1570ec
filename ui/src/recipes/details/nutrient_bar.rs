//! An amount of a nutrient beside a bar that tells how much of a whole it is.

use dioxus::prelude::*;
use hnh_domain::nutrient::Nutrient;

use crate::format::nutrient_amount;
use crate::i18n::{lang, t};

/// A nutrient, its amount and a bar. Without an amount it says so and shows no bar.
#[component]
pub(crate) fn NutrientBar(
    nutrient: Nutrient,
    amount: Option<f32>,
    /// The amount that fills the bar.
    whole: f32,
) -> Element {
    let said = amount.map_or_else(|| t!("unknown"), |amount| nutrient_amount(nutrient, amount));
    let part = amount.map_or(0.0, |amount| if whole > 0.0 { (amount / whole).clamp(0.0, 1.0) } else { 0.0 });
    rsx! {
        div { class: "nutrient-bar",
            span { {nutrient.name(lang())} }
            strong { class: if amount.is_none() { "unknown" }, "{said}" }
            span { class: "nutrient-track", "aria-hidden": "true",
                span { class: "nutrient-fill", style: "--part: {part}" }
            }
        }
    }
}
