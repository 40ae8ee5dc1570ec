//! Places to eat: the search map and a place's details.

mod area_picker;
mod card;
mod corrections;
mod details;
mod filters;
mod list_sheet;
mod map;
mod map_page;
mod opening;
mod place_list;
mod results;
mod reviews;
mod search_box;
mod time_filter;

pub(crate) use area_picker::{AreaPicker, SpotButton, WhereAreYou, locate_or_pick};
pub(crate) use card::{PlaceRow, SavedPlaceRow, distance};
pub(crate) use details::PlacePage;
pub(crate) use map_page::MapPage;
pub(crate) use search_box::SearchBox;
