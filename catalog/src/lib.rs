//! HnH's catalogue: importers, index builder and search.

pub mod import;
pub mod cursor;
mod mapped;
pub mod text;
