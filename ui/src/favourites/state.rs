//! Which recipes and places are favourites, known to every heart on a page at once.

use std::collections::HashSet;

use dioxus::prelude::*;
use hnh_domain::account::FavouriteKind;
use hnh_domain::calls::{ListFavourites, SetFavourite};
use hnh_domain::topic::Topic;
use uuid::Uuid;

use crate::core::{call, use_topic};
use crate::i18n::t;
use crate::kit::toast;
use crate::webapp;

/// The ids of the favourites.
static FAVOURITES: GlobalSignal<HashSet<Uuid>> = Signal::global(HashSet::new);

/// Whether a record is a favourite.
pub(super) fn is_favourite(id: Uuid) -> bool {
    FAVOURITES.read().contains(&id)
}

/// Follows the device's favourites; called once, by the shell.
pub(crate) fn use_favourites() {
    let changes = use_topic(Topic::Favourites);
    use_effect(move || {
        changes();
        spawn(async move {
            // Without an answer the hearts stay as they are; the next change asks again.
            if let Ok(favourites) = call(ListFavourites {}).await {
                let recipes = favourites.recipes.iter().map(|recipe| recipe.id);
                let places = favourites.places.iter().map(|details| details.place.id);
                *FAVOURITES.write() = recipes.chain(places).collect();
            }
        });
    });
}

fn mark(id: Uuid, on: bool) {
    if on {
        FAVOURITES.write().insert(id);
    } else {
        FAVOURITES.write().remove(&id);
    }
}

/// Makes a record a favourite, or no longer one. The heart turns at once, and back again if the device refuses.
pub(super) async fn set_favourite(kind: FavouriteKind, id: Uuid, on: bool) {
    mark(id, on);
    match call(SetFavourite { kind, id, on }).await {
        Ok(_) if on => {
            toast(t!("kept-saved"));
            webapp::keep_storage();
        }
        Ok(_) => toast(t!("kept-removed")),
        Err(_) => {
            mark(id, !on);
            toast(t!("kept-failed"));
        }
    }
}
