//! HnH's catalogue: importers, index builder and search.
