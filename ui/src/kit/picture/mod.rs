//! Drawn pictures of dishes, made from what is known of them.

use dioxus::prelude::*;
use hnh_domain::recipes::{Course, Method, Recipe, RecipeCard};
use uuid::Uuid;

/// What a picture is made from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Subject {
    /// Decides everything that the rest leaves open, always in the same way.
    pub(crate) id: Uuid,
    /// Decides the plate.
    pub(crate) course: Course,
    /// Decides how the food lies.
    pub(crate) method: Option<Method>,
    /// English names of ingredients, the heaviest first.
    pub(crate) main: Vec<String>,
}

impl From<&RecipeCard> for Subject {
    fn from(card: &RecipeCard) -> Self {
        Self { id: card.id, course: card.course, method: card.method, main: card.main.clone() }
    }
}

impl From<&Recipe> for Subject {
    fn from(recipe: &Recipe) -> Self {
        Self::from(&RecipeCard::from(recipe))
    }
}

/// A drawn picture. It shows nothing that the words beside it do not say, so it is not read aloud.
#[component]
pub(crate) fn Picture(subject: Subject) -> Element {
    rsx! {
        div { class: "picture", "aria-hidden": "true" }
    }
}
