//! Foods and their nutrients.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::{List, coded};
use crate::limits::{check_limit, check_words, is_empty};
use crate::nutrient::{Nutrient, Nutrients};
use crate::problem::FieldError;
use crate::source::{Provenance, Source};
use crate::text::Text;

coded! {
    /// Groups of foods: those of USDA SR28 and MFDS brought together.
    pub enum FoodGroup ("group") {
        Grains = "grains", "곡류", "Grains and pasta";
        Vegetables = "vegetables", "채소", "Vegetables";
        Fruits = "fruits", "과일", "Fruits";
        Legumes = "legumes", "콩", "Legumes";
        NutsSeeds = "nuts_seeds", "견과·씨앗", "Nuts and seeds";
        Mushrooms = "mushrooms", "버섯", "Mushrooms";
        Seaweeds = "seaweeds", "해조", "Seaweeds";
        Potatoes = "potatoes", "감자·전분", "Potatoes and starches";
        Meat = "meat", "육류", "Meat";
        Poultry = "poultry", "가금류", "Poultry";
        Seafood = "seafood", "수산물", "Fish and seafood";
        Eggs = "eggs", "달걀", "Eggs";
        Dairy = "dairy", "유제품", "Dairy";
        FatsOils = "fats_oils", "기름", "Fats and oils";
        Sweets = "sweets", "당류·과자", "Sweets and snacks";
        Baked = "baked", "빵", "Baked goods";
        Beverages = "beverages", "음료", "Beverages";
        Seasonings = "seasonings", "양념·소스", "Seasonings and sauces";
        Soups = "soups", "국·찌개", "Soups and stews";
        Dishes = "dishes", "요리", "Dishes";
        Kimchi = "kimchi", "김치·절임", "Kimchi and pickles";
        Cereals = "cereals", "시리얼", "Breakfast cereals";
        BabyFoods = "baby_foods", "유아식", "Baby foods";
        Other = "other", "기타", "Other";
    }
}

/// What nutrient amounts are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FoodBasis {
    /// 100 g of the edible part.
    #[default]
    #[serde(rename = "100g")]
    Per100g,
    /// 100 ml.
    #[serde(rename = "100ml")]
    Per100ml,
}

/// A household measure of a food.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Portion {
    /// The measure: "1 cup, diced".
    pub name: Text,
    /// Its weight in grams.
    pub grams: f32,
}

/// A food, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Food {
    /// Our id.
    pub id: Uuid,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Its name.
    pub name: Text,
    /// Its group.
    pub group: FoodGroup,
    /// What the amounts are for.
    pub basis: FoodBasis,
    /// The amounts; an absent one is unknown.
    pub nutrients: Nutrients,
    /// Household measures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub portions: Vec<Portion>,
    /// Percentage of the bought weight that is thrown away (peel, bones).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refuse_pct: Option<f32>,
}

/// What a list shows of a food.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoodCard {
    /// Our id.
    pub id: Uuid,
    /// Its name.
    pub name: Text,
    /// Its group.
    pub group: FoodGroup,
    /// Its source.
    pub source: Source,
    /// What the amounts are for.
    pub basis: FoodBasis,
    /// kcal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub energy: Option<f32>,
    /// g of protein.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protein: Option<f32>,
    /// mg of sodium.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sodium: Option<f32>,
}

impl From<&Food> for FoodCard {
    fn from(f: &Food) -> Self {
        Self {
            id: f.id,
            name: f.name.clone(),
            group: f.group,
            source: f.provenance.source,
            basis: f.basis,
            energy: f.nutrients.get(Nutrient::Energy),
            protein: f.nutrients.get(Nutrient::Protein),
            sodium: f.nutrients.get(Nutrient::Sodium),
        }
    }
}

/// A search for foods; best match first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default, deny_unknown_fields)]
pub struct FoodQuery {
    /// Words of the name; Korean also by initial consonants.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        param(
            max_length = 200,
            pattern = "^[^\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"
        )
    )]
    pub q: Option<String>,
    /// Any of these groups.
    #[serde(skip_serializing_if = "is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<Vec<FoodGroup>>, style = Form, explode = false, inline))]
    pub group: List<FoodGroup>,
    /// Items on a page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u32>,
    /// Where the page before ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(min_length = 12, max_length = 1024, pattern = "^[A-Za-z0-9_-]*$"))]
    pub cursor: Option<String>,
}

impl FoodQuery {
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
        check_words("q", self.q.as_deref().unwrap_or(""))
    }
}
