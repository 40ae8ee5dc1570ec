//! Which recipes and places are favourites, known to every heart on a page at once.

use std::collections::HashSet;

use dioxus::prelude::*;
use hnh_domain::calls::{KeepPlace, KeepRecipe, ListFavourites};
use uuid::Uuid;

use crate::core::{call, use_topic};
use crate::i18n::t;
use crate::kit::toast;

/// The ids of the favourites.
static KEPT: GlobalSignal<HashSet<Uuid>> = Signal::global(HashSet::new);

/// What can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A recipe.
    Recipe,
    /// A place.
    Place,
}

/// Whether a record is a favourite.
pub(crate) fn is_kept(id: Uuid) -> bool {
    KEPT.read().contains(&id)
}

/// Keeps the set up to date; once, in the shell.
pub(crate) fn use_kept() {
    let changes = use_topic("favourites");
    use_effect(move || {
        changes();
        spawn(async move {
            // Without an answer the hearts stay as they are; the next change asks again.
            if let Ok(favourites) = call(ListFavourites {}).await {
                let recipes = favourites.recipes.iter().map(|recipe| recipe.id);
                let places = favourites.places.iter().map(|details| details.place.id);
                *KEPT.write() = recipes.chain(places).collect();
            }
        });
    });
}

fn mark(id: Uuid, keep: bool) {
    if keep {
        KEPT.write().insert(id);
    } else {
        KEPT.write().remove(&id);
    }
}

/// Keeps a record or lets it go. The heart turns at once, and back again if the device refuses.
pub(crate) async fn keep(kind: Kind, id: Uuid, keep: bool) {
    mark(id, keep);
    let done = match kind {
        Kind::Recipe => call(KeepRecipe { id, keep }).await,
        Kind::Place => call(KeepPlace { id, keep }).await,
    };
    match done {
        Ok(_) if keep => toast(t!("kept-saved")),
        Ok(_) => toast(t!("kept-removed")),
        Err(_) => {
            mark(id, !keep);
            toast(t!("kept-failed"));
        }
    }
}
