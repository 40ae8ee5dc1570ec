//! HnH's catalogue: importers, index builder and search.

pub mod cursor;
pub mod import;
pub mod location;
mod mapped;
pub mod records;
pub mod places;
pub mod text;
mod documents;
pub mod recipes;
pub mod areas;
pub mod builder;
pub mod labels;
pub mod starter;
pub mod versions;
pub mod foods;
