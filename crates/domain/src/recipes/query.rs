//! What one can ask for.

use serde::{Deserialize, Serialize};

use super::{Course, Effort, RecipeCard, RecipeCuisine};
use crate::codes::{List, coded};
use crate::label::{Allergen, Diet};
use crate::limits::{check_limit, check_words, is_empty};
use crate::nutrient::{NutrientRange, Range};
use crate::page::{FacetCount, Page};
use crate::problem::FieldError;

/// The greatest number of keyword chips.
const MAX_CHIPS: usize = 12;

coded! {
    /// The order of recipes; unknown amounts come last.
    pub enum RecipeSort ("sort") {
        Relevance = "relevance", "관련도순", "Best match";
        Energy = "energy", "열량 낮은 순", "Fewest kcal";
        Protein = "protein", "단백질 많은 순", "Most protein";
        Sodium = "sodium", "나트륨 적은 순", "Least sodium";
        Fibre = "fibre", "식이섬유 많은 순", "Most fibre";
        Sugar = "sugar", "당류 적은 순", "Least sugar";
        Time = "time", "빠른 순", "Quickest";
        Title = "title", "이름순", "By name";
    }
}

/// A search for recipes. All conditions must hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default, deny_unknown_fields)]
pub struct RecipeQuery {
    /// Keyword chips separated by commas; every one must be found in title, ingredients or keywords.
    #[serde(skip_serializing_if = "is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, max_length = 200, pattern = "^[^\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"))]
    pub q: List<String>,
    /// Diets it must suit for certain.
    #[serde(skip_serializing_if = "is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<Vec<Diet>>, style = Form, explode = false, inline))]
    pub diet: List<Diet>,
    /// Allergens it must be free of for certain.
    #[serde(skip_serializing_if = "is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<Vec<Allergen>>, style = Form, explode = false, inline))]
    pub without: List<Allergen>,
    /// kcal a serving: `..500`, `300..600`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, pattern = "^([0-9]{1,6}(\\.[0-9]+)?\\.\\.([0-9]{1,6}(\\.[0-9]+)?)?|\\.\\.[0-9]{1,6}(\\.[0-9]+)?)$", example = "300..600"))]
    pub kcal: Option<Range>,
    /// Amounts a serving: `protein:20..,sodium:..600`, each in the nutrient's unit.
    #[serde(skip_serializing_if = "is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub nutrients: List<NutrientRange>,
    /// Any of these courses.
    #[serde(skip_serializing_if = "is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<Vec<Course>>, style = Form, explode = false, inline))]
    pub course: List<Course>,
    /// Any of these cuisines.
    #[serde(skip_serializing_if = "is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<Vec<RecipeCuisine>>, style = Form, explode = false, inline))]
    pub cuisine: List<RecipeCuisine>,
    /// Any of these efforts.
    #[serde(skip_serializing_if = "is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<Vec<Effort>>, style = Form, explode = false, inline))]
    pub effort: List<Effort>,
    /// At most this many minutes in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(format = Int64, minimum = 0, maximum = 4294967295i64))]
    pub max_min: Option<u32>,
    /// The order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<RecipeSort>, inline))]
    pub sort: Option<RecipeSort>,
    /// Whether to count facets too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub facets: bool,
    /// Items on a page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u32>,
    /// Where the page before ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(min_length = 12, max_length = 1024, pattern = "^[A-Za-z0-9_-]*$"))]
    pub cursor: Option<String>,
}

impl RecipeQuery {
    /// Items on the page.
    ///
    /// # Errors
    /// When `limit` is out of range.
    pub fn limit(&self) -> Result<usize, FieldError> {
        check_limit(self.limit)
    }

    /// Checks everything that its types do not.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn validate(&self) -> Result<(), FieldError> {
        self.limit()?;
        if self.q.len() > MAX_CHIPS {
            return Err(FieldError::new("q", format!("must be at most {MAX_CHIPS} keywords")));
        }
        self.q.iter().try_for_each(|chip| check_words("q", chip))?;
        if self.nutrients.len() > 20 {
            return Err(FieldError::new("nutrients", "must be at most 20 ranges"));
        }
        Ok(())
    }
}

/// How many of the found recipes have a value. A filter's own group is counted as if the group were
/// not filtered where its values are alternatives (course, cuisine, effort).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecipeFacets {
    /// By course.
    pub course: Vec<FacetCount>,
    /// By cuisine.
    pub cuisine: Vec<FacetCount>,
    /// By effort.
    pub effort: Vec<FacetCount>,
    /// By diet it suits for certain.
    pub diet: Vec<FacetCount>,
    /// By allergen it is free of for certain.
    pub without: Vec<FacetCount>,
}

/// A page of recipes and, where asked for, the facets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecipeResults<C = RecipeCard> {
    /// The page.
    #[serde(flatten)]
    pub page: Page<C>,
    /// The facets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facets: Option<RecipeFacets>,
}

impl<C> Default for RecipeResults<C> {
    fn default() -> Self {
        Self { page: Page::default(), facets: None }
    }
}
