//! What a person means to eat on which day.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::coded;
use crate::local_time::LocalDate;
use crate::problem::FieldError;
use crate::written;

/// The longest note of a meal, in characters.
const MAX_NOTE: usize = 200;
/// The most servings of a planned meal.
pub const MAX_SERVINGS: f32 = 100.0;

coded! {
    /// Which meal of a day.
    pub enum MealTime ("meal") {
        Breakfast = "breakfast", "아침", "Breakfast";
        Lunch = "lunch", "점심", "Lunch";
        Dinner = "dinner", "저녁", "Dinner";
        Snack = "snack", "간식", "Snack";
    }
}

/// A meal of a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedMeal {
    /// Its id, made by the device.
    pub id: Uuid,
    /// The day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub day: LocalDate,
    /// Which meal.
    pub time: MealTime,
    /// A recipe of the catalogue or of one's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipe: Option<Uuid>,
    /// Words where there is no recipe ("leftovers", "with Mina"), or beside it; the recipe's title as it was planned.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Servings that are cooked, above 0, at most 100; one of them is the person's own.
    pub servings: f32,
    /// Whether it is what is left of an earlier meal: nothing is bought for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leftover: bool,
}

/// A change of the plan; the last one made counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MealPlanChange {
    /// Plans a meal, or plans it otherwise.
    PlanMeal {
        /// The meal.
        meal: PlannedMeal,
    },
    /// Takes a meal out of the plan.
    UnplanMeal {
        /// Which.
        id: Uuid,
    },
}

impl MealPlanChange {
    /// Makes the change fit to be stored and made.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn checked(mut self) -> Result<Self, FieldError> {
        if let Self::PlanMeal { meal } = &mut self {
            let least = usize::from(meal.recipe.is_none());
            meal.note = written::line("note", &meal.note, least, MAX_NOTE)?;
            if !(meal.servings > 0.0 && meal.servings <= MAX_SERVINGS) {
                return Err(FieldError::out_of_range("servings", 1, MAX_SERVINGS as u64));
            }
        }
        Ok(self)
    }
}
