//! Favourites: recipes and places that stay on the device, open without a network.

mod heart;
mod page;
mod state;

pub(crate) use heart::Heart;
pub(crate) use page::FavouritesPage;
pub(crate) use state::use_favourites;
