//! The favourites.

use dioxus::prelude::*;

use crate::i18n::t;
use crate::kit::Page;

/// Kept recipes and places.
#[component]
pub(crate) fn SavedPage() -> Element {
    rsx! {
        Page { title: t!("nav-saved") }
    }
}
