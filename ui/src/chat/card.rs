//! A place or a recipe in a message or on a post.

use dioxus::prelude::*;
use hnh_domain::account::FavouriteKind;
use hnh_domain::board::Attachment;
use hnh_domain::calls::{GetPlace, GetRecipe};

use crate::core::call;
use crate::i18n::{said, t};
use crate::kit::{Icon, LinkButton};
use crate::routes::Route;

/// Its name, which leads to it.
#[component]
pub(crate) fn CardLink(card: Attachment) -> Element {
    let Attachment { kind, id } = card;
    let name = use_resource(use_reactive!(|card| async move {
        let Attachment { kind, id } = card;
        Some(match kind {
            FavouriteKind::Place => said(&call(GetPlace { id }).await.ok()?.record.place.name),
            FavouriteKind::Recipe => said(&call(GetRecipe { id }).await.ok()?.record.title),
        })
    }));
    let words = name.read().clone().flatten().unwrap_or_else(|| t!("chat-card"));
    match kind {
        FavouriteKind::Place => {
            rsx! { LinkButton { to: Route::PlacePage { id }, icon: Icon::MapPin, bdi { "{words}" } } }
        }
        FavouriteKind::Recipe => rsx! { LinkButton { to: Route::recipe(id), icon: Icon::ChefHat, bdi { "{words}" } } },
    }
}
