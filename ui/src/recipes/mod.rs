//! Recipes: the list with its filters, one recipe, and cooking it.

mod active;
mod amounts;
mod card;
mod chip_input;
mod cook;
mod details;
mod filters;
mod list;
mod listing;

pub(crate) use card::RecipeTile;
pub(crate) use cook::{CookPage, TimerDock, use_timers};
pub(crate) use details::{RecipePage, is_part, nutrient_cell};
pub(crate) use list::RecipesPage;
