//! A recipe that somebody shares by link.

use dioxus::prelude::*;
use hnh_domain::calls::GetSharedRecipe;
use hnh_domain::cookbook::{BookRecipe, CookbookChange};
use uuid::Uuid;

use super::reader::read;
use crate::changes::{make, new_id};
use crate::core::call;
use crate::i18n::t;
use crate::kit::{Button, ButtonKind, Icon, LinkButton, SkeletonShape, loaded_page, toast};
use crate::photos::Gallery;
use crate::recipes::{Details, Kept};
use crate::refusals;
use crate::routes::Route;

/// What a link to a shared recipe shows.
#[component]
pub(crate) fn SharedRecipePage(id: ReadSignal<Uuid>) -> Element {
    let recipe = use_resource(move || call(GetSharedRecipe { id: id() }));
    let all = rsx! { LinkButton { to: Route::recipes(), icon: Icon::ChefHat, {t!("recipe-all")} } };
    loaded_page(recipe, (SkeletonShape::Details, 1), t!("shared-title"), all, |recipe| {
        rsx! { Shared { id: id(), recipe: recipe.clone() } }
    })
}

#[component]
fn Shared(id: Uuid, recipe: BookRecipe) -> Element {
    let navigator = use_navigator();
    let asked = recipe.clone();
    let reading = use_resource(move || read(asked.ingredients.clone(), asked.servings));
    let plain = recipe.as_recipe(id);
    let (shown, at_least) = match &*reading.read() {
        Some(Some(reading)) => (reading.told_of(plain), reading.at_least()),
        _ => (plain, Vec::new()),
    };
    let photos = recipe.photos.clone();
    // Its photos are the owner's.
    let copy = BookRecipe { photos: Vec::new(), ..recipe };
    rsx! {
        Details {
            recipe: shown,
            offline: false,
            servings: None,
            kept: Kept::Shared,
            at_least,
            photos: (!photos.is_empty()).then(|| rsx! { Gallery { photos } }),
            ways: rsx! {
                Button {
                    kind: ButtonKind::Primary,
                    icon: Icon::Download,
                    onclick: move |_| {
                        let recipe = Box::new(copy.clone());
                        async move {
                            let id = new_id();
                            match make(CookbookChange::WriteRecipe { id, recipe, version: 0 }).await {
                                Ok(()) => {
                                    navigator.push(Route::own_recipe(id).address());
                                }
                                Err(problem) => toast(refusals::words(&problem)),
                            }
                        }
                    },
                    {t!("shared-keep")}
                }
            },
        }
    }
}
