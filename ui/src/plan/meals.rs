//! The meals of days with their recipes, and what they sum up to.

use std::collections::HashMap;

use hnh_domain::calls::{GetOwnRecipe, GetRecipe, ListMeals};
use hnh_domain::local_time::LocalDate;
use hnh_domain::meal_plan::{MealTime, PlannedMeal};
use hnh_domain::nutrient::{Nutrient, Nutrients};
use hnh_domain::port::Outcome;
use hnh_domain::recipes::Recipe;
use hnh_domain::source::Source;
use uuid::Uuid;

use crate::cookbook::read;
use crate::core::call;

/// A recipe with the engine's figures where it is one's own.
pub(super) async fn recipe(id: Uuid) -> Option<Recipe> {
    let found = call(GetRecipe { id }).await.ok()?.record;
    if found.provenance.source != Source::Own {
        return Some(found);
    }
    // As its owner says which foods are meant.
    let own = call(GetOwnRecipe { id }).await.ok()?.recipe;
    match read(own.ingredients, own.servings).await {
        Some(reading) => Some(reading.told_of(found)),
        None => Some(found),
    }
}

/// Meals with the recipes they name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Planned {
    pub(super) meals: Vec<PlannedMeal>,
    pub(super) recipes: HashMap<Uuid, Recipe>,
}

/// The meals of some days.
pub(super) async fn planned(from: LocalDate, to: LocalDate) -> Outcome<Planned> {
    let mut meals = call(ListMeals { from, to }).await?;
    let order = |time: MealTime| MealTime::ALL.iter().position(|known| *known == time);
    meals.sort_by_key(|meal| (meal.day, order(meal.time), meal.id));
    let mut recipes = HashMap::new();
    for id in meals.iter().filter_map(|meal| meal.recipe) {
        if !recipes.contains_key(&id)
            && let Some(found) = recipe(id).await
        {
            recipes.insert(id, found);
        }
    }
    Ok(Planned { meals, recipes })
}

/// What a person eats on a day, and how much of it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct DaySum {
    pub(super) amounts: Nutrients,
    /// Meals of which the figures are known.
    pub(super) known: usize,
    /// Meals.
    pub(super) all: usize,
}

impl Planned {
    /// The meals of a day.
    pub(super) fn of(&self, day: LocalDate) -> impl Iterator<Item = &PlannedMeal> {
        self.meals.iter().filter(move |meal| meal.day == day)
    }

    /// What one serving of each meal of a day sums up to.
    pub(super) fn sum(&self, day: LocalDate) -> DaySum {
        let mut sum = DaySum::default();
        for meal in self.of(day) {
            sum.all += 1;
            let Some(recipe) = meal.recipe.and_then(|id| self.recipes.get(&id)) else { continue };
            if recipe.nutrients.is_empty() {
                continue;
            }
            sum.known += 1;
            for (nutrient, amount) in recipe.nutrients.iter() {
                let before = sum.amounts.get(nutrient).unwrap_or_default();
                sum.amounts.set(nutrient, Some(before + amount));
            }
        }
        sum
    }
}

/// What a person wants of a day: kcal, grams of protein, at most so much sodium.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct Goals {
    pub(super) energy: f32,
    pub(super) protein: f32,
    pub(super) sodium: f32,
}

impl Default for Goals {
    /// What Korea's labels take for a day (식품등의 표시기준), and the energy they are made from.
    fn default() -> Self {
        Self { energy: 2_000.0, protein: 55.0, sodium: 2_000.0 }
    }
}

impl Goals {
    /// Each with its nutrient.
    pub(super) fn each(self) -> [(Nutrient, f32); 3] {
        [(Nutrient::Energy, self.energy), (Nutrient::Protein, self.protein), (Nutrient::Sodium, self.sodium)]
    }
}

#[cfg(test)]
mod tests {
    use hnh_domain::source::Provenance;
    use hnh_domain::text::Text;

    use super::*;

    #[test]
    fn a_day_sums_what_is_known_and_says_how_much_that_is() {
        let day = LocalDate::from_days(20_000);
        let mut soup = Recipe::new(Provenance::new(Source::Hnh, "soup"), Text::both("국", "Soup"));
        soup.nutrients.set(Nutrient::Energy, Some(300.0));
        let meal = |recipe: Option<Uuid>| PlannedMeal {
            id: Uuid::from_u128(1),
            day,
            time: MealTime::Lunch,
            recipe,
            note: String::new(),
            servings: 2.0,
            leftover: false,
        };
        let planned = Planned {
            meals: vec![meal(Some(soup.id)), meal(Some(soup.id)), meal(None)],
            recipes: HashMap::from([(soup.id, soup)]),
        };
        let sum = planned.sum(day);
        assert_eq!((sum.amounts.get(Nutrient::Energy), sum.known, sum.all), (Some(600.0), 2, 3));
        assert_eq!(planned.sum(LocalDate::from_days(20_001)), DaySum::default());
    }
}
