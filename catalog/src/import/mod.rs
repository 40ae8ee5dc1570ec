//! Readers of what others publish: each turns one outside format into the catalogue's own shapes.

pub mod cooklang;
pub mod recipe_page;
