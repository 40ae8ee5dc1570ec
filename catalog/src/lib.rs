//! HnH's catalogue: importers, index builder and search.

pub mod areas;
pub mod builder;
pub mod cursor;
mod documents;
pub mod foods;
pub mod import;
pub mod labels;
pub mod location;
mod mapped;
pub mod places;
pub mod recipes;
pub mod records;
pub mod starter;
pub mod text;
pub mod versions;
