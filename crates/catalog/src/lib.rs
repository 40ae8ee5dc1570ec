//! The catalogue: indexes that never change once built, their search, and the versions they come in.

pub mod areas;
pub mod cursor;
mod documents;
pub mod foods;
mod ids;
mod mapped;
mod page_json;
pub mod places;
pub mod recipes;
pub mod text;
pub mod versions;
