//! The favourites: kept whole on the device, open without a network.

use dioxus::prelude::*;
use hnh_domain::calls::{Favourites, ListFavourites};
use hnh_domain::recipes::RecipeCard;
use hnh_domain::restaurants::PlaceCard;

use crate::core::{call, use_topic};
use crate::i18n::t;
use crate::kit::{EmptyState, ErrorState, Icon, LinkButton, Page, PageSection, Skeleton, SkeletonShape};
use crate::recipes::RecipeTile;
use crate::restaurants::SavedPlaceRow;
use crate::routes::Route;

/// Kept recipes and places.
#[component]
pub(crate) fn SavedPage() -> Element {
    let changes = use_topic("favourites");
    let mut favourites = use_resource(move || {
        changes();
        call(ListFavourites {})
    });
    rsx! {
        Page { title: t!("nav-saved"),
            match &*favourites.read() {
                None => rsx! { Skeleton { shape: SkeletonShape::Cards, count: 3 } },
                Some(Err(problem)) => rsx! {
                    ErrorState { problem: problem.clone(), onretry: move |()| favourites.restart() }
                },
                Some(Ok(kept)) if kept.recipes.is_empty() && kept.places.is_empty() => rsx! {
                    EmptyState { icon: Icon::Heart, title: t!("saved-none"), text: t!("saved-none-text"),
                        LinkButton { to: Route::recipes(), icon: Icon::ChefHat, {t!("home-recipes")} }
                        LinkButton { to: Route::map(), icon: Icon::MapPin, {t!("home-places")} }
                    }
                },
                Some(Ok(kept)) => rsx! { Kept { kept: kept.clone() } },
            }
        }
    }
}

#[component]
fn Kept(kept: Favourites) -> Element {
    rsx! {
        if !kept.recipes.is_empty() {
            PageSection { title: t!("saved-recipes"),
                ul { class: "recipe-cards",
                    for card in kept.recipes.iter().map(RecipeCard::from) {
                        li { key: "{card.id}", RecipeTile { card } }
                    }
                }
            }
        }
        if !kept.places.is_empty() {
            PageSection { title: t!("saved-places"),
                ul { class: "place-rows place-columns",
                    for card in kept.places.iter().map(|details| PlaceCard::from(&details.place)) {
                        li { key: "{card.id}", SavedPlaceRow { card } }
                    }
                }
            }
        }
    }
}
