//! Recipes: the list with its filters, one recipe, and cooking it.

mod active;
mod card;
mod chip_input;
mod cook;
mod details;
mod filters;
mod list;
mod listing;

pub(crate) use card::RecipeTile;
pub(crate) use cook::CookPage;
pub(crate) use details::RecipePage;
pub(crate) use list::RecipesPage;
