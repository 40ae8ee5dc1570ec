//! Places to eat: the search map and a place's details.

use dioxus::prelude::*;
use hnh_domain::restaurants::PlaceQuery;
use uuid::Uuid;

use crate::i18n::t;
use crate::kit::Page;
use crate::routes::InUrl;

/// The search map.
#[component]
pub(crate) fn MapPage(query: ReadSignal<InUrl<PlaceQuery>>) -> Element {
    rsx! {
        Page { title: t!("nav-map") }
    }
}

/// A place.
#[component]
pub(crate) fn PlacePage(id: ReadSignal<Uuid>) -> Element {
    rsx! {
        Page { title: t!("nav-map") }
    }
}
