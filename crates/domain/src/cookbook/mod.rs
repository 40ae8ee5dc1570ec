//! A person's own recipes: written by hand or imported, and read by the ingredient engine wherever they are shown.

mod formats;
mod timer;

pub use formats::{cooklang, json_ld};
pub use timer::timer_in;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::board::{MAX_PHOTOS, PostPhoto};
use crate::codes::coded;
use crate::local_time::LocalDate;
use crate::problem::FieldError;
use crate::recipes::{Ingredient, Recipe, Step};
use crate::source::{Provenance, Source};
use crate::text::Text;
use crate::written;

/// The longest title, in characters.
pub const MAX_TITLE: usize = 120;
/// The most lines of ingredients.
pub const MAX_LINES: usize = 200;
/// The longest line of an ingredient, in characters.
pub const MAX_LINE: usize = 300;
/// The most steps.
pub const MAX_STEPS: usize = 100;
/// The longest step, in characters.
pub const MAX_STEP: usize = 2_000;
/// The longest notes, in characters.
const MAX_NOTES: usize = 8_000;
/// The longest address or credit, in characters.
const MAX_SOURCE: usize = 500;
/// The most lists a recipe is on, and the longest name of one in characters.
const MAX_LISTS: usize = 20;
const MAX_LIST_NAME: usize = 40;
/// The most days on which it was made that are kept; the oldest go first.
const MAX_MADE: usize = 200;
/// The most servings.
pub const MAX_SERVINGS: f32 = 1_000.0;
/// The most minutes of a time.
const MAX_MINUTES: u32 = 60 * 24 * 30;
/// The longest whole recipe, in bytes of JSON.
const MAX_BYTES: usize = 64 * 1024;

/// A recipe as a person wrote or imported it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct BookRecipe {
    /// Its title, 1 to 120 characters.
    pub title: String,
    /// A sentence about it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// How many it serves, if known: above 0, at most 1,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub servings: Option<f32>,
    /// Minutes of preparation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prep_min: Option<u32>,
    /// Minutes of cooking.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cook_min: Option<u32>,
    /// Minutes in all, waiting with them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_min: Option<u32>,
    /// The ingredients, a line each, at most 200.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ingredients: Vec<BookLine>,
    /// The steps, at most 100.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<BookStep>,
    /// What one learnt when cooking it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// The lists it is on: "Weeknights".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<String>,
    /// How good it was, 1 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<u8>,
    /// The days on which it was made, the newest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub made_on: Vec<LocalDate>,
    /// Photos, uploaded before; at most 10.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PostPhoto>,
    /// The address it was imported from, or who told it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// A line of ingredients.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct BookLine {
    /// The line: "2 onions, chopped"; 1 to 300 characters.
    pub text: String,
    /// The part of the dish it belongs to: "Sauce".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub part: String,
    /// The food that the person says is meant, by its key in the table of names; without it the engine's choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub food: Option<String>,
}

/// A step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct BookStep {
    /// What to do, 1 to 2,000 characters.
    pub text: String,
    /// Seconds of a timer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timer_s: Option<u32>,
}

impl BookRecipe {
    /// Makes it fit to be stored.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn checked(mut self) -> Result<Self, FieldError> {
        self.title = written::line("title", &self.title, 1, MAX_TITLE)?;
        self.summary = written::lines("summary", &self.summary, 0, MAX_STEP)?;
        self.notes = written::lines("notes", &self.notes, 0, MAX_NOTES)?;
        self.source = written::line("source", &self.source, 0, MAX_SOURCE)?;
        if self.servings.is_some_and(|servings| !(servings > 0.0 && servings <= MAX_SERVINGS)) {
            return Err(FieldError::out_of_range("servings", 1, MAX_SERVINGS as u64));
        }
        let times = [("prep_min", self.prep_min), ("cook_min", self.cook_min), ("total_min", self.total_min)];
        for (field, minutes) in times {
            if minutes.is_some_and(|minutes| minutes > MAX_MINUTES) {
                return Err(FieldError::out_of_range(field, 0, u64::from(MAX_MINUTES)));
            }
        }
        if self.rating.is_some_and(|rating| !(1..=5).contains(&rating)) {
            return Err(FieldError::out_of_range("rating", 1, 5));
        }
        at_most("ingredients", self.ingredients.len(), MAX_LINES)?;
        for line in &mut self.ingredients {
            line.text = written::line("ingredients", &line.text, 1, MAX_LINE)?;
            line.part = written::line("ingredients", &line.part, 0, MAX_TITLE)?;
            if let Some(food) = &mut line.food {
                *food = written::line("ingredients", food, 1, MAX_LIST_NAME)?;
            }
        }
        at_most("steps", self.steps.len(), MAX_STEPS)?;
        for step in &mut self.steps {
            step.text = written::lines("steps", &step.text, 1, MAX_STEP)?;
        }
        at_most("lists", self.lists.len(), MAX_LISTS)?;
        for list in &mut self.lists {
            *list = written::line("lists", list, 1, MAX_LIST_NAME)?;
        }
        self.lists.sort();
        self.lists.dedup();
        at_most("photos", self.photos.len(), MAX_PHOTOS)?;
        for photo in &mut self.photos {
            photo.alt = written::line("photos", &photo.alt, 0, 200)?;
        }
        self.made_on.sort();
        self.made_on.dedup();
        let older = self.made_on.len().saturating_sub(MAX_MADE);
        self.made_on.drain(..older);
        let bytes = serde_json::to_string(&self).map_or(usize::MAX, |json| json.len());
        if bytes > MAX_BYTES {
            return Err(FieldError::too_long("recipe", MAX_BYTES));
        }
        Ok(self)
    }

    /// The recipe as pages for recipes show it: its lines as they are written, its figures and labels unknown until the
    /// engine has read it.
    #[must_use]
    pub fn as_recipe(&self, id: Uuid) -> Recipe {
        let mut provenance = Provenance::new(Source::Own, id.to_string());
        provenance.url =
            Some(self.source.clone()).filter(|source| source.starts_with("https://") || source.starts_with("http://"));
        let text = |text: &String| Text::detect(text.clone());
        let line = |line: &BookLine| Ingredient {
            name: text(&line.text),
            part: Some(text(&line.part)).filter(|part| !part.is_empty()),
            ..Ingredient::default()
        };
        let step = |step: &BookStep| Step { text: text(&step.text), timer_s: step.timer_s };
        let sum = || Some(self.prep_min? + self.cook_min?);
        Recipe {
            id,
            summary: text(&self.summary),
            servings: self.servings,
            prep_min: self.prep_min,
            cook_min: self.cook_min,
            total_min: self.total_min.or_else(sum).or(self.cook_min).or(self.prep_min),
            ingredients: self.ingredients.iter().map(line).collect(),
            steps: self.steps.iter().map(step).collect(),
            ..Recipe::new(provenance, text(&self.title))
        }
    }
}

fn at_most(field: &str, count: usize, most: usize) -> Result<(), FieldError> {
    if count > most { Err(FieldError::too_many(field, most)) } else { Ok(()) }
}

/// A recipe of one's own, as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnRecipe {
    /// Its id.
    pub id: Uuid,
    /// What it says.
    pub recipe: BookRecipe,
    /// Grows with each change.
    pub version: i64,
    /// When it was last changed, ms UTC.
    pub changed_ms: i64,
    /// Whether whoever has its link may read it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shared: bool,
}

coded! {
    /// What of a recipe did not come along when it was read from elsewhere.
    pub enum Lost ("lost") {
        Ingredients = "ingredients", "재료를 찾지 못했어요", "No ingredients were found";
        Steps = "steps", "조리 순서를 찾지 못했어요", "No steps were found";
        Servings = "servings", "몇 인분인지 쓰여 있지 않아요", "It does not say how many it serves";
        Figures = "figures", "쓰여 있던 영양 정보 대신 재료로 계산해요", "Its own nutrition figures: ours are worked out from the ingredients";
        Picture = "picture", "사진은 가져오지 않았어요", "Its picture stays where it is";
        Shortened = "shortened", "너무 길어서 일부를 줄였어요", "It was too long, and is cut short";
    }
}

/// A recipe that was read from elsewhere, to be looked at before it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportedRecipe {
    /// What was read.
    pub recipe: BookRecipe,
    /// What was not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<Lost>,
}

/// What a file or a page gave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Imported {
    /// The recipes in it.
    pub recipes: Vec<ImportedRecipe>,
    /// Files of an archive that held none, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<String>,
}

/// A page to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportAddress {
    /// Its address.
    #[cfg_attr(feature = "openapi", schema(max_length = 2000, example = "https://recipes.example/lentil-soup"))]
    pub url: String,
}

/// A change of one's own recipes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CookbookChange {
    /// Writes or rewrites an own recipe.
    WriteRecipe {
        /// Its id, made by the device.
        id: Uuid,
        /// What it says.
        recipe: Box<BookRecipe>,
        /// The version it was made from; 0 for a new one.
        version: i64,
    },
    /// Deletes an own recipe, for those with whom it was shared too.
    DeleteRecipe {
        /// Which.
        id: Uuid,
    },
    /// Lets whoever has its link read an own recipe, or nobody any more.
    ShareRecipe {
        /// Which.
        id: Uuid,
        /// Whether from now on.
        on: bool,
    },
}

impl CookbookChange {
    /// Makes the change fit to be stored and made.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn checked(mut self) -> Result<Self, FieldError> {
        if let Self::WriteRecipe { recipe, .. } = &mut self {
            **recipe = std::mem::take(&mut **recipe).checked()?;
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipe() -> BookRecipe {
        BookRecipe { title: "두부구이".into(), servings: Some(2.0), ..BookRecipe::default() }
    }

    #[test]
    fn a_recipe_is_made_fit_or_names_its_field() {
        let line = |text: &str| BookLine { text: text.into(), ..BookLine::default() };
        let field = |recipe: BookRecipe| recipe.checked().unwrap_err().field;
        assert!(recipe().checked().is_ok());
        assert_eq!(field(BookRecipe { title: " ".into(), ..recipe() }), "title");
        assert_eq!(field(BookRecipe { servings: Some(f32::NAN), ..recipe() }), "servings");
        assert_eq!(field(BookRecipe { rating: Some(6), ..recipe() }), "rating");
        assert_eq!(field(BookRecipe { ingredients: vec![line("")], ..recipe() }), "ingredients");
        assert_eq!(field(BookRecipe { ingredients: vec![line("물"); MAX_LINES + 1], ..recipe() }), "ingredients");
        let long = BookStep { text: "가".repeat(MAX_STEP), ..BookStep::default() };
        assert_eq!(field(BookRecipe { steps: vec![long; MAX_STEPS], ..recipe() }), "recipe");
    }

    #[test]
    fn days_on_which_it_was_made_are_in_order_and_bounded() {
        let days = (0..300).rev().map(|day| LocalDate::from_days(20_000 + day)).collect();
        let checked = BookRecipe { made_on: days, ..recipe() }.checked().unwrap();
        assert_eq!(checked.made_on.len(), MAX_MADE);
        assert_eq!(checked.made_on.last(), Some(&LocalDate::from_days(20_299)));
    }

    #[test]
    fn only_an_address_is_a_link() {
        let of = |source: &str| BookRecipe { source: source.into(), ..recipe() }.as_recipe(Uuid::nil()).provenance.url;
        assert_eq!(of("https://soup.example/1").as_deref(), Some("https://soup.example/1"));
        assert_eq!(of("Grandmother"), None);
        assert_eq!(of("javascript:alert(1)"), None);
    }
}
