//! Recipes.

mod group;
mod query;

pub use group::{GROUPS, Group};
pub use query::{RecipeFacets, RecipeQuery, RecipeResults, RecipeSort};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::coded;
use crate::label::{Allergen, AllergenFlags, Diet, DietFlags};
use crate::nutrient::Nutrients;
use crate::source::Provenance;
use crate::text::Text;

coded! {
    /// What part of a meal a dish is.
    pub enum Course ("course") {
        Breakfast = "breakfast", "아침", "Breakfast";
        Main = "main", "메인", "Main";
        Soup = "soup", "국·찌개", "Soups and stews";
        Rice = "rice", "밥", "Rice";
        Noodle = "noodle", "면", "Noodles";
        Side = "side", "반찬", "Sides";
        Salad = "salad", "샐러드", "Salads";
        Snack = "snack", "간식", "Snacks";
        Dessert = "dessert", "후식", "Desserts";
        Drink = "drink", "음료", "Drinks";
        Sauce = "sauce", "소스", "Sauces";
        Other = "other", "기타", "Other";
    }
}

coded! {
    /// How a dish is mainly cooked.
    pub enum Method ("method") {
        Boil = "boil", "끓이기", "Boiled";
        Stew = "stew", "찌개", "Stewed";
        Simmer = "simmer", "조리기", "Simmered";
        Steam = "steam", "찌기", "Steamed";
        Grill = "grill", "굽기", "Grilled";
        Bake = "bake", "오븐", "Baked";
        StirFry = "stir_fry", "볶기", "Stir-fried";
        PanFry = "pan_fry", "부치기", "Pan-fried";
        DeepFry = "deep_fry", "튀기기", "Deep-fried";
        Raw = "raw", "생것", "Raw";
        Mix = "mix", "무치기", "Mixed";
        Blend = "blend", "갈기", "Blended";
    }
}

coded! {
    /// How much skill and attention a dish takes.
    pub enum Effort ("effort") {
        Easy = "easy", "쉬움", "Easy";
        Medium = "medium", "보통", "Medium";
        Hard = "hard", "어려움", "Hard";
    }
}

coded! {
    /// Where a dish comes from.
    pub enum RecipeCuisine ("cuisine") {
        Korean = "korean", "한식", "Korean";
        Japanese = "japanese", "일식", "Japanese";
        Chinese = "chinese", "중식", "Chinese";
        Vietnamese = "vietnamese", "베트남", "Vietnamese";
        Thai = "thai", "태국", "Thai";
        Indonesian = "indonesian", "인도네시아", "Indonesian";
        Indian = "indian", "인도", "Indian";
        Italian = "italian", "이탈리아", "Italian";
        French = "french", "프랑스", "French";
        Greek = "greek", "그리스", "Greek";
        Spanish = "spanish", "스페인", "Spanish";
        Turkish = "turkish", "튀르키예", "Turkish";
        MiddleEastern = "middle_eastern", "중동", "Middle Eastern";
        Mexican = "mexican", "멕시코", "Mexican";
        American = "american", "미국", "American";
        British = "british", "영국", "British";
        German = "german", "독일", "German";
        Nordic = "nordic", "북유럽", "Nordic";
        African = "african", "아프리카", "African";
        Latin = "latin", "라틴아메리카", "Latin American";
        International = "international", "세계", "International";
    }
}

coded! {
    /// Units a cook reads. A cup is 200 ml, as in Korea; a tablespoon 15 ml, a teaspoon 5 ml.
    pub enum CookUnit ("unit") {
        Gram = "g", "g", "g";
        Millilitre = "ml", "ml", "ml";
        Tablespoon = "tbsp", "큰술", "tbsp";
        Teaspoon = "tsp", "작은술", "tsp";
        Cup = "cup", "컵", "cup";
        Piece = "piece", "개", "piece";
        Clove = "clove", "쪽", "clove";
        Slice = "slice", "장", "slice";
        Block = "block", "모", "block";
        Bunch = "bunch", "단", "bunch";
        Sheet = "sheet", "장", "sheet";
        Handful = "handful", "줌", "handful";
        Pinch = "pinch", "꼬집", "pinch";
        Can = "can", "캔", "can";
        Stalk = "stalk", "대", "stalk";
    }
}

/// One line of the shopping list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ingredient {
    /// What it is; for sources with free text, the whole line.
    pub name: Text,
    /// How much, in `unit`; unknown where the source has only text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<f32>,
    /// The unit of `quantity`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<CookUnit>,
    /// Edible grams for the whole recipe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grams: Option<f32>,
    /// The food whose nutrients count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub food: Option<Uuid>,
    /// How to prepare it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prep: Option<Text>,
    /// The part of the dish it belongs to ("Sauce").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Text>,
}

/// One step of the cooking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(from = "StepOnWire")]
pub struct Step {
    /// What to do.
    pub text: Text,
    /// Seconds a timer helps with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timer_s: Option<u32>,
}

/// A step as it is read: what was kept on devices before counts minutes.
#[derive(Deserialize)]
struct StepOnWire {
    text: Text,
    timer_s: Option<u32>,
    timer_min: Option<u32>,
}

impl From<StepOnWire> for Step {
    fn from(StepOnWire { text, timer_s, timer_min }: StepOnWire) -> Self {
        Self { text, timer_s: timer_s.or(timer_min.map(|minutes| minutes.saturating_mul(60))) }
    }
}

/// Where a recipe's figures come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NutritionBasis {
    /// Summed from the foods and grams its ingredients name.
    Summed,
    /// Stated by the source.
    Stated,
    /// Not known.
    #[default]
    Unknown,
}

/// A recipe, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recipe {
    /// Our id.
    pub id: Uuid,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Its name.
    pub title: Text,
    /// One sentence about it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub summary: Text,
    /// Part of a meal.
    pub course: Course,
    /// Where the dish comes from, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cuisine: Option<RecipeCuisine>,
    /// How it is cooked, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// Skill it takes, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort: Option<Effort>,
    /// Servings it makes, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub servings: Option<f32>,
    /// Minutes of preparation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prep_min: Option<u32>,
    /// Minutes of cooking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cook_min: Option<u32>,
    /// Minutes in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_min: Option<u32>,
    /// Words to find it by, each in one language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// The shopping list.
    pub ingredients: Vec<Ingredient>,
    /// The steps.
    pub steps: Vec<Step>,
    /// Amounts per serving; empty when unknown.
    #[serde(default, skip_serializing_if = "Nutrients::is_empty")]
    pub nutrients: Nutrients,
    /// Grams a serving, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serving_g: Option<f32>,
    /// Where the amounts come from.
    pub basis: NutritionBasis,
    /// Allergens, each with its causes; an absent one is unknown.
    #[serde(default, skip_serializing_if = "AllergenFlags::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<Allergen, crate::label::Flag>))]
    pub allergens: AllergenFlags,
    /// Presence of what breaks a diet; an absent one is unknown.
    #[serde(default, skip_serializing_if = "DietFlags::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<Diet, crate::label::Flag>))]
    pub diets: DietFlags,
}

impl Recipe {
    /// A recipe of which only source and title are known.
    #[must_use]
    pub fn new(provenance: Provenance, title: Text) -> Self {
        Self {
            id: provenance.id(),
            provenance,
            title,
            summary: Text::default(),
            course: Course::Other,
            cuisine: None,
            method: None,
            effort: None,
            servings: None,
            prep_min: None,
            cook_min: None,
            total_min: None,
            keywords: Vec::new(),
            ingredients: Vec::new(),
            steps: Vec::new(),
            nutrients: Nutrients::default(),
            serving_g: None,
            basis: NutritionBasis::Unknown,
            allergens: AllergenFlags::new(),
            diets: DietFlags::new(),
        }
    }
}

/// What a list shows of a recipe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecipeCard {
    /// Our id.
    pub id: Uuid,
    /// Its name.
    pub title: Text,
    /// One sentence about it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub summary: Text,
    /// Part of a meal.
    pub course: Course,
    /// Where the dish comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cuisine: Option<RecipeCuisine>,
    /// How it is cooked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// Minutes in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_min: Option<u32>,
    /// kcal a serving.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub energy: Option<f32>,
    /// g of protein a serving.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protein: Option<f32>,
    /// Diets it suits for certain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suits: Vec<Diet>,
    /// Allergens it contains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contains: Vec<Allergen>,
    /// English names of the main ingredients, heaviest first, for its drawn picture.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub main: Vec<String>,
}

impl From<&Recipe> for RecipeCard {
    fn from(r: &Recipe) -> Self {
        use crate::label::Presence;
        use crate::nutrient::Nutrient;
        let mut heavy: Vec<&Ingredient> = r.ingredients.iter().collect();
        heavy.sort_by(|a, b| b.grams.unwrap_or(0.0).total_cmp(&a.grams.unwrap_or(0.0)));
        Self {
            id: r.id,
            title: r.title.clone(),
            summary: r.summary.clone(),
            course: r.course,
            cuisine: r.cuisine,
            method: r.method,
            total_min: r.total_min,
            energy: r.nutrients.get(Nutrient::Energy).map(f32::round),
            protein: r.nutrients.get(Nutrient::Protein).map(|p| (p * 10.0).round() / 10.0),
            suits: r.diets.iter().filter(|(_, f)| f.state == Presence::Free).map(|(d, _)| *d).collect(),
            contains: r.allergens.iter().filter(|(_, f)| f.state == Presence::Contains).map(|(a, _)| *a).collect(),
            main: heavy.iter().take(5).map(|i| i.name.get(crate::text::Lang::En).chars().take(40).collect()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_was_kept_in_minutes_is_still_read() {
        let step = |json: &str| serde_json::from_str::<Step>(json).unwrap().timer_s;
        assert_eq!(step(r#"{"text": {"en": "Boil."}, "timer_min": 3}"#), Some(180));
        assert_eq!(step(r#"{"text": {"en": "Shake."}, "timer_s": 30}"#), Some(30));
        assert_eq!(step(r#"{"text": {"en": "Serve."}}"#), None);
    }
}
