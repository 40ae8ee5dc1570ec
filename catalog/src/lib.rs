//! HnH's catalogue: importers, index builder and search.

pub mod import;
