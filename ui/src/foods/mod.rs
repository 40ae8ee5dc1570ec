//! Foods.

use dioxus::prelude::*;
use hnh_domain::foods::FoodQuery;
use uuid::Uuid;

use crate::i18n::t;
use crate::kit::Page;
use crate::routes::{Comparison, InUrl};

/// The list of foods.
#[component]
pub(crate) fn FoodsPage(query: ReadSignal<InUrl<FoodQuery>>) -> Element {
    rsx! {
        Page { title: t!("nav-foods") }
    }
}

/// A food.
#[component]
pub(crate) fn FoodPage(id: ReadSignal<Uuid>) -> Element {
    rsx! {
        Page { title: t!("nav-foods") }
    }
}

/// Foods side by side.
#[component]
pub(crate) fn ComparePage(chosen: ReadSignal<InUrl<Comparison>>) -> Element {
    rsx! {
        Page { title: t!("nav-foods") }
    }
}
