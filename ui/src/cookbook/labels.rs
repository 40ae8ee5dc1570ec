//! What the engine makes of a recipe, beside the editor and on the page: lines with their foods, figures, allergens.

use dioxus::prelude::*;
use hnh_domain::label::Presence;
use hnh_domain::nutrient::Nutrient;
use hnh_domain::reading::{FoodChoice, LineGap, LineReading, Reading};

use super::reader::suggest;
use crate::format::{number, nutrient_amount, scale_amount};
use crate::i18n::{lang, said, t};
use crate::kit::{Button, ButtonKind, Chip, ChipKind, Dialog, TextField};

/// The figures that a person looks at while they write.
const SHOWN: [Nutrient; 6] =
    [Nutrient::Energy, Nutrient::Protein, Nutrient::Carbohydrate, Nutrient::Fat, Nutrient::Fibre, Nutrient::Sodium];

/// Figures of a serving and allergens, in short.
#[component]
pub(super) fn Sums(reading: Reading) -> Element {
    let contains: Vec<String> = reading
        .allergens
        .iter()
        .filter(|(_, flag)| flag.state == Presence::Contains)
        .map(|(allergen, _)| allergen.name(lang()).to_owned())
        .collect();
    let known = reading.lines.iter().filter(|line| line.gap.is_none()).count();
    rsx! {
        dl { class: "sums", "aria-label": t!("editor-figures"),
            for (nutrient , figure) in SHOWN.into_iter().filter_map(|of| Some((of, reading.figures.get(&of)?.clone()))) {
                div { key: "{nutrient}",
                    dt { {nutrient.name(lang())} }
                    dd {
                        if figure.at_least {
                            span { title: t!("figure-at-least"), "≥ " }
                        }
                        if nutrient == Nutrient::Energy { {number(figure.amount, 0)} " kcal" } else { {nutrient_amount(nutrient, figure.amount)} }
                    }
                }
            }
        }
        p { class: "filter-note", {t!("editor-known", known = known, all = reading.lines.len())} }
        if !contains.is_empty() {
            p { class: "chips", "aria-label": t!("allergens-title"),
                for name in contains {
                    Chip { key: "{name}", text: name, kind: ChipKind::Honey }
                }
            }
        }
    }
}

fn why(gap: LineGap) -> String {
    gap.name(lang()).to_owned()
}

/// Each line as it was read, and the way to say which food is meant.
#[component]
pub(super) fn Lines(reading: Reading, texts: Vec<String>, onfood: EventHandler<(String, Option<String>)>) -> Element {
    let mut asked = use_signal(|| None::<String>);
    let open = use_memo(move || asked().is_some());
    rsx! {
        ol { class: "read-lines",
            for (i , (line , text)) in reading.lines.into_iter().zip(texts).enumerate() {
                ReadLine { key: "{i}", line, text: text.clone(), onask: move |()| asked.set(Some(text.clone())) }
            }
        }
        Dialog { open, title: t!("editor-which-food"), onclose: move |()| asked.set(None),
            if let Some(text) = asked() {
                WhichFood {
                    text: text.clone(),
                    onchoose: move |food| {
                        onfood.call((text.clone(), food));
                        asked.set(None);
                    },
                }
            }
        }
    }
}

#[component]
fn ReadLine(line: LineReading, text: String, onask: EventHandler<()>) -> Element {
    let grams = line.ingredient.grams.map(|grams| format!("{} g", scale_amount(grams)));
    rsx! {
        li { class: if line.gap.is_some() { "read-line read-gap" } else { "read-line" },
            span { class: "read-text", dir: "auto", "{text}" }
            span { class: "read-food",
                if line.food.is_some() { {said(&line.food_name)} }
                if let Some(grams) = grams {
                    " · {grams}"
                }
                if let Some(gap) = line.gap {
                    Chip { text: why(gap), kind: ChipKind::Honey }
                }
            }
            Button { kind: ButtonKind::Quiet, "aria-label": t!("editor-change-food", line = text.clone()), onclick: move |_| onask.call(()), {t!("editor-change")} }
        }
    }
}

#[component]
fn WhichFood(text: String, onchoose: EventHandler<Option<String>>) -> Element {
    let mut words = use_signal(String::new);
    let mut found = use_signal(Vec::<FoodChoice>::new);
    use_effect(move || {
        let words = words();
        spawn(async move {
            let foods = suggest(words.clone(), lang()).await;
            if words == *words.clone() {
                found.set(foods);
            }
        });
    });
    rsx! {
        p { dir: "auto", "{text}" }
        div {
            TextField { label: t!("editor-food-words"), value: words(), oninput: move |text| words.set(text) }
        }
        ul { class: "area-list",
            for choice in found() {
                li { key: "{choice.key}",
                    Button {
                        kind: ButtonKind::Quiet,
                        onclick: move |_| onchoose.call(Some(choice.key.clone())),
                        "{choice.name}"
                    }
                }
            }
        }
        div { class: "form-ways",
            Button { onclick: move |_| onchoose.call(None), {t!("editor-food-default")} }
        }
    }
}
