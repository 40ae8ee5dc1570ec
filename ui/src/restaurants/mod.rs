//! Places to eat: the search map and a place's details.

mod area_picker;
mod card;
mod details;
mod filters;
mod map;
mod map_page;
mod opening;
mod results;

pub(crate) use area_picker::{SpotButton, WhereAreYou};
pub(crate) use card::{PlaceRow, SavedPlaceRow};
pub(crate) use details::PlacePage;
pub(crate) use map_page::MapPage;
