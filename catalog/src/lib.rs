//! HnH's catalogue: importers, index builder and search.

pub mod cursor;
pub mod import;
pub mod location;
mod mapped;
pub mod records;
pub mod places;
pub mod text;
