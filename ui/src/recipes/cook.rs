//! Cooking a recipe.

use dioxus::prelude::*;
use uuid::Uuid;

use crate::i18n::t;
use crate::kit::Page;
use crate::routes::{InUrl, Serve};

/// A recipe.
#[component]
pub(crate) fn CookPage(id: ReadSignal<Uuid>, serve: ReadSignal<InUrl<Serve>>) -> Element {
    rsx! {
        Page { title: t!("nav-recipes") }
    }
}
