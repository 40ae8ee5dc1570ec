//! The page of favourites.

use dioxus::prelude::*;
use hnh_domain::calls::{Favourites, ListFavourites};
use hnh_domain::places::PlaceCard;
use hnh_domain::recipes::RecipeCard;
use hnh_domain::topic::Topic;

use crate::core::{call, use_topic};
use crate::i18n::t;
use crate::kit::{EmptyState, Icon, LinkButton, Page, PageSection, SkeletonShape, loaded};
use crate::offline::OfflineAreas;
use crate::places::SavedPlaceRow;
use crate::recipes::RecipeTile;
use crate::routes::Route;
use crate::settings::InstallSection;

/// The favourite recipes and places.
#[component]
pub(crate) fn FavouritesPage() -> Element {
    let changes = use_topic(Topic::Favourites);
    let favourites = use_resource(move || {
        changes();
        call(ListFavourites {})
    });
    rsx! {
        Page { title: t!("nav-saved"),
            {loaded(favourites, (SkeletonShape::Cards, 3), rsx! {}, |favourites| if favourites.recipes.is_empty() && favourites.places.is_empty() {
                rsx! {
                    EmptyState { icon: Icon::Heart, title: t!("saved-none"), text: t!("saved-none-text"),
                        LinkButton { to: Route::recipes(), icon: Icon::ChefHat, {t!("home-recipes")} }
                        LinkButton { to: Route::map(), icon: Icon::MapPin, {t!("home-places")} }
                    }
                }
            } else {
                rsx! {
                    Lists { favourites: favourites.clone() }
                    InstallSection {}
                }
            })}
            OfflineAreas {}
        }
    }
}

#[component]
fn Lists(favourites: Favourites) -> Element {
    rsx! {
        if !favourites.recipes.is_empty() {
            PageSection { title: t!("saved-recipes"),
                ul { class: "recipe-cards",
                    for card in favourites.recipes.iter().map(RecipeCard::from) {
                        li { key: "{card.id}", RecipeTile { card } }
                    }
                }
            }
        }
        if !favourites.places.is_empty() {
            PageSection { title: t!("saved-places"),
                ul { class: "place-rows place-columns",
                    for card in favourites.places.iter().map(|details| PlaceCard::from(&details.place)) {
                        li { key: "{card.id}", SavedPlaceRow { card } }
                    }
                }
            }
        }
    }
}
