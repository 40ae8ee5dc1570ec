//! What a person eats and must not eat. Kept on this device, and part of every search until it is set aside for a while.

mod synced;

pub(crate) use synced::use_synced_needs;

use dioxus::prelude::*;
use hnh_domain::calls::SearchRecipes;
use hnh_domain::label::{Allergen, Diet};
use hnh_domain::places::PlaceDiet;
use hnh_domain::recipes::RecipeQuery;
use serde::{Deserialize, Serialize};

use crate::browser;
use crate::core::call;
use crate::i18n::{lang, t};
use crate::kit::{Button, ButtonKind, Glyph, Icon, PageSection, ToggleChip};

const KEY: &str = "hnh.needs";

/// The diets that are a way to eat, not a claim about an amount.
pub(crate) const WAYS: [Diet; 10] = [
    Diet::Vegan,
    Diet::Vegetarian,
    Diet::LactoVegetarian,
    Diet::OvoVegetarian,
    Diet::Pescatarian,
    Diet::GlutenFree,
    Diet::DairyFree,
    Diet::NutFree,
    Diet::HalalFriendly,
    Diet::KosherFriendly,
];

/// The diets and the allergens.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Needs {
    diets: Vec<Diet>,
    allergens: Vec<Allergen>,
}

/// The person's needs.
pub(crate) static NEEDS: GlobalSignal<Needs> =
    Signal::global(|| browser::remembered(KEY).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default());

/// Whether they are left aside for now.
static ASIDE: GlobalSignal<bool> = Signal::global(|| false);

fn set(needs: Needs) {
    if let Ok(json) = serde_json::to_string(&needs) {
        browser::remember(KEY, &json);
    }
    *ASIDE.write() = false;
    *NEEDS.write() = needs;
}

fn applied() -> Needs {
    if ASIDE() { Needs::default() } else { NEEDS() }
}

impl Needs {
    fn is_empty(&self) -> bool {
        self.diets.is_empty() && self.allergens.is_empty()
    }

    /// In words: "Vegan, without egg".
    fn words(&self) -> String {
        let diets = self.diets.iter().map(|diet| diet.name(lang()).to_owned());
        let without = self.allergens.iter().map(|allergen| t!("needs-without", name = allergen.name(lang())));
        diets.chain(without).collect::<Vec<_>>().join(", ")
    }
}

/// What a place must serve; what somebody is allergic to is not known of any place.
pub(crate) fn place_diets() -> Vec<PlaceDiet> {
    let diets = applied().diets.into_iter().filter_map(|diet| match diet {
        Diet::Vegan => Some(PlaceDiet::Vegan),
        Diet::Vegetarian | Diet::LactoVegetarian | Diet::OvoVegetarian => Some(PlaceDiet::Vegetarian),
        Diet::Pescatarian => Some(PlaceDiet::Pescatarian),
        Diet::GlutenFree => Some(PlaceDiet::GlutenFree),
        Diet::HalalFriendly => Some(PlaceDiet::Halal),
        Diet::KosherFriendly => Some(PlaceDiet::Kosher),
        _ => None,
    });
    let mut diets: Vec<PlaceDiet> = diets.collect();
    diets.dedup();
    diets
}

/// The search with the needs in it.
pub(crate) fn with_needs(query: RecipeQuery) -> RecipeQuery {
    let Needs { diets, allergens } = applied();
    let (mut diet, mut without) = (query.diet.0.clone(), query.without.0.clone());
    diet.extend(diets.into_iter().filter(|diet| !query.diet.contains(diet)));
    without.extend(allergens.into_iter().filter(|allergen| !query.without.contains(allergen)));
    RecipeQuery { diet: diet.into(), without: without.into(), ..query }
}

/// How many recipes the needs hide, and a way to see them.
#[component]
pub(crate) fn RecipesForMe(query: RecipeQuery, total: Option<u64>) -> Element {
    let all = use_resource(use_reactive!(|query| async move {
        if NEEDS().is_empty() || ASIDE() {
            return None;
        }
        call(SearchRecipes { query: RecipeQuery { limit: Some(1), ..query } }).await.ok()?.page.total
    }));
    let hidden = all.read().flatten().zip(total).map(|(all, shown)| all.saturating_sub(shown));
    let text = hidden.map(|hidden| t!("needs-hide-recipes", count = hidden, needs = NEEDS().words()));
    rsx! { ForMe { text } }
}

/// Says what is hidden and why, and switches the needs off and on.
#[component]
pub(crate) fn ForMe(text: Option<String>) -> Element {
    let needs = NEEDS();
    if needs.is_empty() {
        return rsx! {};
    }
    rsx! {
        div { class: "for-me", role: "status",
            Glyph { icon: Icon::User, size: 16 }
            span {
                if ASIDE() {
                    {t!("needs-aside", needs = needs.words())}
                } else {
                    {text.unwrap_or_else(|| t!("needs-for-me", needs = needs.words()))}
                }
            }
            Button {
                kind: ButtonKind::Quiet,
                onclick: move |_| {
                    let aside = ASIDE();
                    *ASIDE.write() = !aside;
                },
                if ASIDE() { {t!("needs-apply")} } else { {t!("needs-show-all")} }
            }
        }
    }
}

/// How many places the needs hide, in words.
pub(crate) fn hidden_places(hidden: u64) -> String {
    t!("needs-hide-places", count = hidden, needs = NEEDS().words())
}

fn toggled<T: PartialEq + Copy>(list: &[T], item: T) -> Vec<T> {
    if list.contains(&item) {
        list.iter().copied().filter(|known| *known != item).collect()
    } else {
        list.iter().copied().chain([item]).collect()
    }
}

/// Where they are chosen.
#[component]
pub(crate) fn NeedsSection() -> Element {
    let needs = NEEDS();
    rsx! {
        PageSection { title: t!("needs-title"),
            p { class: "note", {t!("needs-text")} }
            div { class: "chips", role: "group", "aria-label": t!("needs-diets"),
                for diet in WAYS {
                    ToggleChip {
                        key: "{diet}",
                        text: diet.name(lang()),
                        on: needs.diets.contains(&diet),
                        onclick: {
                            let next = Needs { diets: toggled(&needs.diets, diet), ..needs.clone() };
                            move |()| set(next.clone())
                        },
                    }
                }
            }
            h3 { class: "needs-allergens", {t!("needs-allergens")} }
            div { class: "chips", role: "group", "aria-label": t!("needs-allergens"),
                for allergen in Allergen::ALL.iter().copied() {
                    ToggleChip {
                        key: "{allergen}",
                        text: allergen.name(lang()),
                        on: needs.allergens.contains(&allergen),
                        onclick: {
                            let next = Needs { allergens: toggled(&needs.allergens, allergen), ..needs.clone() };
                            move |()| set(next.clone())
                        },
                    }
                }
            }
        }
    }
}
