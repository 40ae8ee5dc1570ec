//! A recipe of one's own: cooked, planned and shopped like any other; noted, shared, deleted by its owner.

use dioxus::prelude::*;
use hnh_domain::calls::GetOwnRecipe;
use hnh_domain::cookbook::{BookRecipe, CookbookChange, OwnRecipe, cooklang, json_ld};
use hnh_domain::local_time::LocalDate;
use hnh_domain::topic::Topic;
use uuid::Uuid;

use super::editor::Rating;
use super::reader::read;
use crate::browser;
use crate::changes::submit;
use crate::core::{call, use_topic};
use crate::i18n::{lang, t};
use crate::kit::{
    Button, Chip, ChipKind, ConfirmButton, Dialog, Icon, LinkButton, PageSection, SkeletonShape, TextField,
    loaded_page, toast,
};
use crate::photos::Gallery;
use crate::recipes::{Details, Kept};
use crate::routes::{InUrl, Route, Serve};

/// A recipe of one's own.
#[component]
pub(crate) fn OwnRecipePage(id: ReadSignal<Uuid>, serve: ReadSignal<InUrl<Serve>>) -> Element {
    let changes = use_topic(Topic::Cookbook);
    let own = use_resource(move || {
        changes();
        call(GetOwnRecipe { id: id() })
    });
    let all = rsx! { LinkButton { to: Route::BookPage {}, icon: Icon::ChefHat, {t!("book-title")} } };
    loaded_page(own, (SkeletonShape::Details, 1), t!("book-title"), all, |own| {
        rsx! { Own { key: "{own.id}-{own.version}-{own.shared}", own: own.clone(), servings: serve.peek().0.servings } }
    })
}

#[component]
fn Own(own: OwnRecipe, servings: Option<u32>) -> Element {
    let asked = own.recipe.clone();
    let reading = use_resource(move || read(asked.ingredients.clone(), asked.servings));
    let plain = own.recipe.as_recipe(own.id);
    let read = reading.read().clone().flatten();
    let (recipe, at_least) = match &read {
        Some(reading) => (reading.told_of(plain), reading.at_least()),
        None => (plain, Vec::new()),
    };
    let gaps: Vec<(String, String)> = read
        .iter()
        .flat_map(|reading| reading.gaps().collect::<Vec<_>>())
        .map(|(line, gap)| (crate::i18n::said(&line.ingredient.name), gap.name(lang()).to_owned()))
        .collect();
    let photos = own.recipe.photos.clone();
    rsx! {
        Details {
            recipe,
            offline: false,
            servings,
            kept: Kept::Own,
            at_least,
            photos: (!photos.is_empty()).then(|| rsx! { Gallery { photos } }),
            ways: rsx! { Ways { own: own.clone() } },
            more: rsx! {
                if !gaps.is_empty() {
                    PageSection { title: t!("own-not-counted"),
                        ul { class: "plain-list",
                            for (name , why) in gaps {
                                li { key: "{name}", "{name} " span { class: "soft", "{why}" } }
                            }
                        }
                        div { class: "form-ways", LinkButton { to: Route::EditRecipePage { id: own.id }, {t!("own-put-right")} } }
                    }
                }
                Notes { own: own.clone() }
            },
        }
    }
}

/// Writes the recipe as it is with something of it changed.
fn rewrite(own: &OwnRecipe, change: impl FnOnce(&mut BookRecipe)) {
    let mut recipe = own.recipe.clone();
    change(&mut recipe);
    submit(CookbookChange::WriteRecipe { id: own.id, recipe: Box::new(recipe), version: own.version });
}

/// What the owner can do with it.
#[component]
fn Ways(own: OwnRecipe) -> Element {
    let navigator = use_navigator();
    let id = own.id;
    let mut sharing = use_signal(|| false);
    rsx! {
        LinkButton { icon: Icon::Settings, to: Route::EditRecipePage { id }, {t!("editor-edit")} }
        Button { icon: Icon::Share, onclick: move |_| sharing.set(true), {t!("own-share")} }
        ConfirmButton {
            label: t!("own-delete"),
            question: t!("own-delete-question"),
            text: t!("own-delete-text"),
            onconfirm: move |()| {
                submit(CookbookChange::DeleteRecipe { id });
                navigator.replace(Route::BookPage {}.address());
            },
        }
        Dialog { open: sharing, title: t!("own-share"), onclose: move |()| sharing.set(false),
            Sharing { own: own.clone() }
        }
    }
}

/// The link by which others read it, and the files to take it elsewhere.
#[component]
fn Sharing(own: OwnRecipe) -> Element {
    let me = crate::account::use_me();
    let signed_in = me.read().as_ref().is_some_and(Option::is_some);
    let id = own.id;
    let shared = own.shared;
    let link = browser::origin().unwrap_or_default() + &Route::SharedRecipePage { id }.address();
    let (json, cook) = (own.recipe.clone(), own.recipe.clone());
    rsx! {
        if signed_in {
            p { if shared { {t!("own-shared")} } else { {t!("own-share-text")} } }
            if shared {
                p { class: "share-link", dir: "ltr", "{link}" }
            }
            div { class: "form-ways",
                if shared {
                    Button {
                        icon: Icon::Share,
                        onclick: move |_| {
                            let link = link.clone();
                            async move {
                                if browser::copy(&link).await {
                                    toast(t!("share-copied"));
                                }
                            }
                        },
                        {t!("own-copy-link")}
                    }
                }
                Button { onclick: move |_| submit(CookbookChange::ShareRecipe { id, on: !shared }), if shared { {t!("own-unshare")} } else { {t!("own-share-link")} } }
            }
        } else {
            p { {t!("own-share-sign-in")} }
        }
        p { class: "soft", {t!("own-files")} }
        div { class: "form-ways",
            Button { icon: Icon::Download, onclick: move |_| browser::save("recipe.json", "application/ld+json", &json_ld(&json).to_string()), {t!("own-json")} }
            Button { icon: Icon::Download, onclick: move |_| browser::save("recipe.cook", "text/plain", &cooklang(&cook)), {t!("own-cooklang")} }
        }
    }
}

/// Notes, rating, lists, and the days on which it was made.
#[component]
fn Notes(own: OwnRecipe) -> Element {
    let mut day = use_signal(|| browser::date_in(0));
    let (rated, made) = (own.clone(), own.clone());
    let days: Vec<LocalDate> = own.recipe.made_on.iter().rev().copied().take(10).collect();
    rsx! {
        PageSection { title: t!("own-notes"), class: "own-notes",
            if !own.recipe.notes.is_empty() {
                p { class: "own-note", dir: "auto", "{own.recipe.notes}" }
            }
            Rating { rating: own.recipe.rating, onrate: move |rating| rewrite(&rated, |recipe| recipe.rating = rating) }
            if !own.recipe.lists.is_empty() {
                ul { class: "chips", "aria-label": t!("book-lists"),
                    for list in own.recipe.lists.iter() {
                        li { key: "{list}", Chip { text: list.clone(), kind: ChipKind::Leaf } }
                    }
                }
            }
            div { class: "made-on",
                div {
                    TextField { label: t!("own-made-on"), kind: "date", value: day(), oninput: move |text| day.set(text) }
                }
                Button {
                    icon: Icon::Check,
                    onclick: move |_| {
                        if let Ok(day) = day.peek().parse::<LocalDate>() {
                            rewrite(&made, |recipe| recipe.made_on.push(day));
                        }
                    },
                    {t!("own-made")}
                }
            }
            if !days.is_empty() {
                p { class: "soft", {t!("own-made-days", days = days.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))} }
            }
        }
    }
}
