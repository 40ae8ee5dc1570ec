//! What shall I eat now?

use dioxus::prelude::*;

use crate::i18n::t;
use crate::kit::{ButtonKind, Icon, LinkButton, Page};
use crate::routes::Route;

/// The first page.
#[component]
pub(crate) fn HomePage() -> Element {
    rsx! {
        Page { title: t!("home-title"),
            div { class: "chips chips-wide",
                LinkButton { to: Route::map(), icon: Icon::MapPin, kind: ButtonKind::Primary, {t!("home-places")} }
                LinkButton { to: Route::recipes(), icon: Icon::ChefHat, {t!("home-recipes")} }
            }
        }
    }
}
