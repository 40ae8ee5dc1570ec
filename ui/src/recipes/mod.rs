//! Recipes: the list with its filters, one recipe, and cooking it.

mod active;
mod amounts;
mod card;
mod chip_input;
mod cook;
mod details;
mod filters;
mod list;
mod picture;
mod units;

pub(crate) use amounts::amount_in_words;
pub(crate) use card::RecipeTile;
pub(crate) use cook::{CookPage, TimerDock, use_timers};
pub(crate) use details::{Details, Kept, NutrientCell, RecipePage, is_part};
pub(crate) use list::RecipesPage;
pub(crate) use picture::{Picture, Subject};
pub(crate) use units::{Units, choose_units, units};
