//! HnH's offline-first core.
