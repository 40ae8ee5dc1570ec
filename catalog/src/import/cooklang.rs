//! Recipes written in Cooklang.
