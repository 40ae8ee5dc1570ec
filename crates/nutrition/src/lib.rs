//! What a dish contains, from its ingredients: allergens and diets by label, nutrients by weight.
//!
//! No I/O: tables are read from bytes that somebody else opens.

mod dish;
mod food_names;
mod grams;
pub mod ingredient;
mod labels;
pub mod reading;
mod recipe;

pub use dish::{Part, per_serving};
pub use food_names::FoodNames;
pub use grams::NoGrams;
pub use labels::{FoodLabel, LabelTable, Labelled, Origin, Served, allergens, diets, from_amounts};
pub use recipe::{Figure, Line, Missing, Tables, Written};
