//! Diets and allergens in their four states, each by icon and word, and why.

use dioxus::prelude::*;
use hnh_domain::label::{Allergen, Diet, Flag, Presence};
use hnh_domain::recipes::Recipe;

use crate::i18n::{lang, said, t};
use crate::kit::{Dialog, Glyph, Icon, PageSection};
use crate::recipes::card::labels;

/// What causes a flag, as a list in words.
fn causes(flag: &Flag) -> String {
    flag.because.iter().map(said).collect::<Vec<_>>().join(", ")
}

/// Why a recipe suits a diet, or does not, a sentence each.
fn why(diet: Diet, flag: &Flag, recipe: &Recipe) -> Vec<String> {
    if diet.is_measured() && !flag.because.is_empty() {
        // Each tells figure, limit and authority.
        return flag.because.iter().map(said).collect();
    }
    let sentence = match flag.state {
        Presence::Free => t!("why-free", count = recipe.ingredients.len()),
        Presence::Unknown if flag.because.is_empty() => t!("why-unknown"),
        Presence::Unknown => t!("why-unknown-because", names = causes(flag)),
        Presence::MayContain => t!("why-may", names = causes(flag)),
        Presence::Contains => t!("why-contains", names = causes(flag)),
    };
    vec![sentence]
}

/// This many labels are in sight before the rest is asked for.
const IN_SIGHT: usize = 5;

/// The diets it suits for certain; each tells why when asked.
#[component]
pub(super) fn DietLabels(recipe: Recipe) -> Element {
    let mut asked = use_signal(|| None::<(Diet, Vec<String>)>);
    let open = use_memo(move || asked().is_some());
    let mut all = use_signal(|| false);
    let free: Vec<Diet> =
        recipe.diets.iter().filter(|(_, flag)| flag.state == Presence::Free).map(|(diet, _)| *diet).collect();
    let shown: Vec<Diet> = if all() { free.clone() } else { labels(&free).take(IN_SIGHT).collect() };
    let hidden = free.len() - shown.len();
    let suits: Vec<(Diet, Flag)> =
        shown.into_iter().map(|diet| (diet, recipe.diets.get(&diet).cloned().unwrap_or_default())).collect();
    rsx! {
        if !suits.is_empty() {
            ul { class: "chips", "aria-label": t!("labels-suits"),
                for (diet , flag) in suits {
                    li { key: "{diet}",
                        button {
                            r#type: "button",
                            class: "chip chip-leaf chip-why",
                            "aria-haspopup": "dialog",
                            onclick: {
                                let reason = why(diet, &flag, &recipe);
                                move |_| asked.set(Some((diet, reason.clone())))
                            },
                            {diet.name(lang())}
                            Glyph { icon: Icon::Info, size: 14 }
                        }
                    }
                }
                if hidden > 0 {
                    li {
                        button { r#type: "button", class: "chip chip-why chip-plain", onclick: move |_| all.set(true),
                            {t!("filters-more", count = hidden)}
                        }
                    }
                }
            }
        }
        Dialog {
            open,
            title: asked().map(|(diet, _)| t!("why-title", name = diet.name(lang()))).unwrap_or_default(),
            onclose: move |()| asked.set(None),
            for sentence in asked().map(|(_, reasons)| reasons).unwrap_or_default() {
                p { key: "{sentence}", "{sentence}" }
            }
            if let Some((diet, _)) = asked() {
                p { class: "soft",
                    match diet {
                        Diet::LowCarb => t!("why-note-low-carb"),
                        diet if diet.is_measured() => t!("why-note-amounts"),
                        _ => t!("why-note"),
                    }
                }
            }
        }
    }
}

/// A state by icon, word and colour.
#[component]
fn State(state: Presence) -> Element {
    let (icon, word, class) = match state {
        Presence::Contains => (Icon::CircleAlert, t!("state-contains"), "state state-contains"),
        Presence::MayContain => (Icon::Warning, t!("state-may"), "state state-may"),
        Presence::Unknown => (Icon::Unknown, t!("state-unknown"), "state state-unknown"),
        Presence::Free => (Icon::CircleCheck, t!("state-free"), "state state-free"),
    };
    rsx! {
        h3 { class,
            Glyph { icon, size: 18 }
            "{word}"
        }
    }
}

const WORST_FIRST: [Presence; 4] = [Presence::Contains, Presence::MayContain, Presence::Unknown, Presence::Free];

/// Every allergen in its state, the worrying ones first and with their causes.
#[component]
pub(super) fn Allergens(recipe: Recipe) -> Element {
    let flag_of = |allergen: &Allergen| recipe.allergens.get(allergen).cloned().unwrap_or_default();
    let groups = WORST_FIRST.map(|state| {
        let all = Allergen::ALL.iter().map(|a| (*a, flag_of(a)));
        (state, all.filter(|(_, flag)| flag.state == state).collect::<Vec<_>>())
    });
    rsx! {
        PageSection { title: t!("allergens-title"),
            for (state , found) in groups {
                if !found.is_empty() {
                    div { key: "{state:?}", class: "state-group",
                        State { state }
                        ul {
                            for (allergen , flag) in found {
                                li { key: "{allergen}",
                                    {allergen.name(lang())}
                                    if !flag.because.is_empty() {
                                        span { class: "soft", {t!("because", names = causes(&flag))} }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            p { class: "filter-note", {t!("allergens-note")} }
        }
    }
}

/// Diets it does not suit, or may not, and why.
#[component]
pub(super) fn Diets(recipe: Recipe) -> Element {
    let others: Vec<(Diet, Flag)> = Diet::ALL
        .iter()
        .map(|diet| (*diet, recipe.diets.get(diet).cloned().unwrap_or_default()))
        .filter(|(_, flag)| flag.state != Presence::Free)
        .collect();
    rsx! {
        if !others.is_empty() {
            details { class: "other-diets",
                summary { {t!("diets-others", count = others.len())} }
                ul {
                    for (diet , flag) in others {
                        li { key: "{diet}",
                            strong { {diet.name(lang())} }
                            span { class: "soft", {why(diet, &flag, &recipe).join(" · ")} }
                        }
                    }
                }
            }
        }
    }
}
