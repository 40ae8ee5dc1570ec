//! One recipe: the answer first, then what to buy, how to cook it, and the reasons.

mod labels;
mod nutrient_bar;
mod nutrition;
mod shopping;

use dioxus::prelude::*;
use hnh_domain::calls::GetRecipe;
use hnh_domain::cookbook::CookbookChange;
use hnh_domain::nutrient::Nutrient;
use hnh_domain::recipes::{NutritionBasis, Recipe};
use hnh_domain::source::Source;
use uuid::Uuid;

use super::picture::{Picture, Subject};
use super::units::{temperatures, units};
use crate::browser::{self, Shared};
use crate::changes::{make, new_id};
use crate::cookbook::copied;
use crate::core::use_call;
use crate::favourites::Heart;
use crate::format;
use crate::i18n::{lang, said, t};
use crate::kit::{
    BackButton, Button, ButtonKind, Chip, ChipKind, Glyph, Heading, Icon, IconButton, LinkButton, PageSection,
    SkeletonShape, loaded_page, toast, use_tab_title,
};
use crate::plan::ToPlan;
use crate::refusals;
use crate::routes::{InUrl, Route, Serve, SharedText};
use crate::shopping::ToShoppingList;
use hnh_domain::account::FavouriteKind;
use hnh_domain::board::Board;
use labels::{Allergens, DietLabels, Diets};
use nutrition::Nutrition;

pub(crate) use nutrition::{NutrientCell, is_part};
pub(super) use shopping::Shopping;

/// The most servings the stepper goes to.
const MOST_SERVINGS: u32 = 50;

/// A recipe.
#[component]
pub(crate) fn RecipePage(id: ReadSignal<Uuid>, serve: ReadSignal<InUrl<Serve>>) -> Element {
    let recipe = use_call(move || GetRecipe { id: id() });
    let all = rsx! { LinkButton { to: Route::recipes(), icon: Icon::ChefHat, {t!("recipe-all")} } };
    loaded_page(recipe, (SkeletonShape::Details, 1), t!("nav-recipes"), all, |stored| {
        rsx! {
            Details {
                key: "{stored.record.id}",
                recipe: stored.record.clone(),
                offline: stored.offline,
                servings: serve.peek().0.servings,
                kept: if stored.record.provenance.source == Source::Own { Kept::Own } else { Kept::Catalogue },
            }
        }
    })
}

/// How many a recipe is written for; one where that is not known.
pub(super) fn written_for(recipe: &Recipe) -> f32 {
    recipe.servings.filter(|servings| *servings > 0.0).unwrap_or(1.0)
}

/// Whose a recipe is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// The catalogue's.
    Catalogue,
    /// One's own.
    Own,
    /// Somebody's who shares it.
    Shared,
}

/// A recipe on its page.
#[component]
pub(crate) fn Details(
    recipe: ReadSignal<Recipe>,
    offline: bool,
    servings: Option<u32>,
    kept: Kept,
    /// The nutrients of which there may be more than the figure says.
    #[props(default)]
    at_least: Vec<Nutrient>,
    /// Instead of the drawn picture.
    #[props(default)]
    photos: Option<Element>,
    /// Beside the ways that every recipe has.
    #[props(default)]
    ways: Option<Element>,
    /// Below the figures.
    #[props(default)]
    more: Option<Element>,
) -> Element {
    let whole = recipe;
    let recipe = recipe.read();
    let title = said(&recipe.title);
    use_tab_title(title.clone());
    let id = recipe.id;
    let written = written_for(&recipe);
    let mut servings = use_signal(move || servings.filter(|n| (1..=MOST_SERVINGS).contains(n)));
    let factor = servings().map_or(1.0, |wanted| wanted as f32 / written);
    let change = use_callback(move |wanted: u32| {
        let chosen = (wanted as f32 != written).then_some(wanted);
        servings.set(chosen);
        let serve = InUrl(Serve { servings: chosen, step: None });
        match kept {
            Kept::Catalogue => browser::show_address(&Route::RecipePage { id, serve }.address()),
            Kept::Own => browser::show_address(&Route::OwnRecipePage { id, serve }.address()),
            Kept::Shared => {}
        }
    });
    let about = SharedText { recipe: id.to_string(), ..SharedText::default() };
    let together = Route::WritePage { board: Board::Buddy, shared: about };
    let cook = Route::CookPage { id, serve: InUrl(Serve { servings: servings(), step: None }) };
    rsx! {
        article { class: "page recipe",
            div { class: "recipe-top",
                div { class: "recipe-picture",
                    BackButton { otherwise: Route::recipes().address() }
                    match photos {
                        Some(photos) => photos,
                        None => rsx! { Picture { subject: Subject::from(&*recipe) } },
                    }
                }
                div { class: "recipe-lead",
                    Heading { title: title.clone() }
                    if offline {
                        Chip { text: t!("from-device"), icon: Icon::WifiOff, kind: ChipKind::Honey }
                    }
                    if !recipe.summary.is_empty() {
                        p { class: "lead", {said(&recipe.summary)} }
                    }
                    Answer { recipe: recipe.clone() }
                    div { class: "recipe-actions",
                        if !recipe.steps.is_empty() && kept != Kept::Shared {
                            LinkButton { kind: ButtonKind::Primary, icon: Icon::CookingPot, to: cook, {t!("cook-start")} }
                        }
                        ToShoppingList { recipe: whole, factor }
                        if kept != Kept::Shared {
                            ToPlan { id, title: title.clone(), servings: servings().map_or(written, |wanted| wanted as f32) }
                        }
                        if kept == Kept::Catalogue {
                            LinkButton { icon: Icon::Utensils, to: together, {t!("recipe-cook-together")} }
                            CopyToBook { recipe: whole }
                            Heart { kind: FavouriteKind::Recipe, id, name: title.clone() }
                            IconButton {
                                icon: Icon::Share,
                                label: t!("share"),
                                onclick: move |_| {
                                    let title = title.clone();
                                    async move {
                                        if browser::share(&title).await == Shared::Copied {
                                            toast(t!("share-copied"));
                                        }
                                    }
                                },
                            }
                        }
                        IconButton {
                            icon: Icon::Printer,
                            label: t!("print"),
                            onclick: move |_| {
                                if let Some(window) = browser::window() {
                                    // A browser without printing has nothing to tell.
                                    window.print().ok();
                                }
                            },
                        }
                        {ways}
                    }
                    DietLabels { recipe: recipe.clone() }
                }
            }
            div { class: "recipe-columns",
                PageSection {
                    title: t!("recipe-ingredients"),
                    class: "recipe-shopping",
                    beside: rsx! {
                        Stepper { servings: servings().unwrap_or(written.round().max(1.0) as u32), onchange: change }
                    },
                    Shopping { recipe: recipe.clone(), factor }
                }
                PageSection { title: t!("recipe-steps"), class: "recipe-method",
                    ol { class: "steps",
                        for (i , step) in recipe.steps.iter().enumerate() {
                            li { key: "{i}",
                                p { {temperatures(&said(&step.text), units())} }
                                if let Some(seconds) = step.timer_s {
                                    Chip { text: format::duration(seconds), icon: Icon::Timer }
                                }
                            }
                        }
                    }
                    if recipe.steps.is_empty() {
                        p { class: "soft", {t!("recipe-no-steps")} }
                    }
                }
            }
            div { class: "recipe-facts",
                Nutrition { recipe: recipe.clone(), at_least }
                div { class: "recipe-labels",
                    Allergens { recipe: recipe.clone() }
                    Diets { recipe: recipe.clone() }
                }
            }
            {more}
            Origin { recipe: recipe.clone() }
        }
    }
}

/// A button that makes a recipe of the catalogue one's own, to be changed.
#[component]
fn CopyToBook(recipe: ReadSignal<Recipe>) -> Element {
    let navigator = use_navigator();
    let copy = move |_| async move {
        let (id, recipe) = (new_id(), Box::new(copied(&recipe.peek())));
        match make(CookbookChange::WriteRecipe { id, recipe, version: 0 }).await {
            Ok(()) => {
                navigator.push(Route::EditRecipePage { id }.address());
            }
            Err(problem) => toast(refusals::words(&problem)),
        }
    };
    rsx! {
        Button { icon: Icon::Download, onclick: copy, {t!("recipe-copy")} }
    }
}

/// The answer: how long, how much energy, how much protein, how hard.
#[component]
fn Answer(recipe: Recipe) -> Element {
    let unknown = || t!("unknown");
    let time = recipe.total_min.map_or_else(unknown, format::minutes);
    let energy = recipe.nutrients.get(Nutrient::Energy).map_or_else(unknown, |v| format::number(v, 0));
    let protein =
        recipe.nutrients.get(Nutrient::Protein).map_or_else(unknown, |v| format!("{} g", format::number(v, 0)));
    let parts = [recipe.prep_min, recipe.cook_min];
    rsx! {
        dl { class: "answer",
            div {
                dt { Glyph { icon: Icon::Clock, size: 16 } {t!("recipe-time")} }
                dd { "{time}" }
                if let [Some(prep), Some(cook)] = parts {
                    dd { class: "soft", {t!("recipe-time-parts", prep = format::minutes(prep), cook = format::minutes(cook))} }
                    if let Some(wait) = recipe.total_min.and_then(|total| total.checked_sub(prep + cook)).filter(|wait| *wait > 0) {
                        dd { class: "soft", {t!("recipe-time-wait", wait = format::minutes(wait))} }
                    }
                }
            }
            div {
                dt { Glyph { icon: Icon::Flame, size: 16 } {t!("recipe-energy")} }
                dd { "{energy}" }
                dd { class: "soft", {t!("recipe-a-serving")} }
            }
            div {
                dt { Glyph { icon: Icon::Beef, size: 16 } {Nutrient::Protein.name(lang())} }
                dd { "{protein}" }
                dd { class: "soft", {t!("recipe-per-serving")} }
            }
            if let Some(effort) = recipe.effort {
                div {
                    dt { Glyph { icon: Icon::ChefHat, size: 16 } {t!("filters-effort")} }
                    dd { {effort.name(lang())} }
                    if let Some(cuisine) = recipe.cuisine {
                        dd { class: "soft", {cuisine.name(lang())} }
                    }
                }
            }
        }
    }
}

/// Fewer or more servings.
#[component]
fn Stepper(servings: u32, onchange: EventHandler<u32>) -> Element {
    rsx! {
        div { class: "stepper", role: "group", "aria-label": t!("recipe-servings"),
            IconButton {
                icon: Icon::Minus,
                label: t!("servings-fewer"),
                disabled: servings <= 1,
                onclick: move |_| onchange.call(servings - 1),
            }
            output { "aria-live": "polite", {t!("servings", count = servings)} }
            IconButton {
                icon: Icon::Plus,
                label: t!("servings-more"),
                disabled: servings >= MOST_SERVINGS,
                onclick: move |_| onchange.call(servings + 1),
            }
        }
    }
}

/// Who wrote it and under which licence.
#[component]
fn Origin(recipe: Recipe) -> Element {
    let source = recipe.provenance.source;
    let url = recipe.provenance.url.clone().unwrap_or_else(|| source.url().to_owned());
    let basis = match recipe.basis {
        NutritionBasis::Summed => t!("basis-summed"),
        NutritionBasis::Stated => t!("basis-stated"),
        NutritionBasis::Unknown => t!("basis-unknown"),
    };
    rsx! {
        footer { class: "origin",
            p { "{basis}" }
            p {
                {t!("origin", source = source.name(lang()), licence = source.licence())}
                if !url.is_empty() {
                    " "
                    a { href: "{url}", target: "_blank", rel: "noopener noreferrer", {t!("about-visit")} }
                }
            }
        }
    }
}
