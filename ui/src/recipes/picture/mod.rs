//! Drawn pictures of dishes, made from what is known of them: the course and the way of cooking choose
//! the vessel, the ingredients lie in it, and the id decides the rest, always in the same way.

mod chance;
mod dish;
mod shapes;
mod vessels;

use dioxus::prelude::*;
use hnh_domain::recipes::{Course, Method, Recipe, RecipeCard, RecipeCuisine};
use uuid::Uuid;

/// What a picture is made from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Subject {
    /// Decides everything that the rest leaves open.
    pub(crate) id: Uuid,
    /// Decides the vessel.
    pub(crate) course: Course,
    /// Decides what one eats it with.
    pub(crate) cuisine: Option<RecipeCuisine>,
    /// Decides the vessel and how the food lies.
    pub(crate) method: Option<Method>,
    /// English names of ingredients, the heaviest first.
    pub(crate) main: Vec<String>,
}

impl From<&RecipeCard> for Subject {
    fn from(card: &RecipeCard) -> Self {
        Self { id: card.id, course: card.course, cuisine: card.cuisine, method: card.method, main: card.main.clone() }
    }
}

impl From<&Recipe> for Subject {
    fn from(recipe: &Recipe) -> Self {
        Self::from(&RecipeCard::from(recipe))
    }
}

/// A drawn picture, 8 to 5. It shows nothing that the words beside it do not say, so it is not read aloud.
#[component]
pub(crate) fn Picture(subject: Subject) -> Element {
    let drawn = use_memo(use_reactive!(|subject| dish::draw(&subject)));
    rsx! {
        div { class: "picture", "aria-hidden": "true", dangerous_inner_html: "{drawn}" }
    }
}
