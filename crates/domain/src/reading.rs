//! What the ingredient engine reads in a recipe as it is written: what its lines mean, and what the dish contains.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes::coded;
use crate::cookbook::BookLine;
use crate::label::{AllergenFlags, DietFlags};
use crate::nutrient::{Nutrient, Nutrients};
use crate::recipes::{Ingredient, NutritionBasis, Recipe};
use crate::shopping::Aisle;
use crate::text::{Lang, Text};

coded! {
    /// Why a line adds nothing to the figures.
    pub enum LineGap ("gap") {
        Food = "food", "모르는 재료", "unknown food";
        Quantity = "quantity", "양이 없음", "no amount";
        Unit = "unit", "무게를 모르는 단위", "unknown weight of the unit";
        Nutrient = "nutrient", "영양 정보 없음", "no figures";
    }
}

/// What the engine is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReaderQuestion {
    /// What lines mean, for so many servings: [`Reading`].
    Read {
        /// The lines.
        lines: Vec<BookLine>,
        /// How many they serve; 1 where that is not known.
        servings: f32,
    },
    /// Foods whose name has some words, the shortest names first: a list of [`FoodChoice`].
    Suggest {
        /// The words.
        words: String,
        /// The language of the names.
        lang: Lang,
    },
}

/// A recipe as it was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// One for each line, in their order.
    pub lines: Vec<LineReading>,
    /// The amounts of a serving.
    pub figures: BTreeMap<Nutrient, FigureReading>,
    /// Grams of a serving, where every line's weight is known.
    pub serving_g: Option<f32>,
    /// Allergens, each with its causes.
    pub allergens: AllergenFlags,
    /// Presence of what breaks a diet.
    pub diets: DietFlags,
}

/// A line as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineReading {
    /// Name, amount, weight and food; the whole line as its name where there is no amount that can be scaled.
    pub ingredient: Ingredient,
    /// The food that is meant, as the table of names spells it.
    pub food: Option<String>,
    /// What the food is called.
    pub food_name: Text,
    /// Where a shop has it.
    pub aisle: Aisle,
    /// Why it adds nothing to the figures.
    pub gap: Option<LineGap>,
}

/// An amount in a serving, and how far it can be trusted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureReading {
    /// In the nutrient's unit.
    pub amount: f32,
    /// The share of the known weight whose amount is known, from 0 to 1.
    pub coverage: f32,
    /// Whether it may be more.
    pub at_least: bool,
}

/// A food to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoodChoice {
    /// Its key in the table of names.
    pub key: String,
    /// Its name.
    pub name: String,
}

impl Reading {
    /// The recipe with what was read in it; figures that may be more are kept apart, in [`Self::at_least`].
    #[must_use]
    pub fn told_of(&self, recipe: Recipe) -> Recipe {
        let mut nutrients = Nutrients::default();
        for (nutrient, figure) in &self.figures {
            nutrients.set(*nutrient, Some(figure.amount));
        }
        let known = self.lines.iter().any(|line| line.gap.is_none());
        let ingredients = recipe.ingredients.into_iter().enumerate().map(|(i, line)| {
            let read = self.lines.get(i).map(|read| read.ingredient.clone()).unwrap_or_else(|| line.clone());
            Ingredient { part: line.part, ..read }
        });
        Recipe {
            ingredients: ingredients.collect(),
            nutrients: if known { nutrients } else { Nutrients::default() },
            serving_g: self.serving_g,
            basis: if known { NutritionBasis::Summed } else { NutritionBasis::Unknown },
            allergens: self.allergens.clone(),
            diets: self.diets.clone(),
            ..recipe
        }
    }

    /// The nutrients of which there may be more than the figure says.
    #[must_use]
    pub fn at_least(&self) -> Vec<Nutrient> {
        self.figures.iter().filter(|(_, figure)| figure.at_least).map(|(nutrient, _)| *nutrient).collect()
    }

    /// The lines that add nothing to the figures, and why.
    pub fn gaps(&self) -> impl Iterator<Item = (&LineReading, LineGap)> {
        self.lines.iter().filter_map(|line| Some((line, line.gap?)))
    }
}
