//! Nutrients of a dish: the sum over its ingredients, per serving.
//!
//! What is unknown in an ingredient is unknown in the dish, but for two cases that a food chemist
//! would not call unknown: amounts that are zero by what the food is ([`is_zero`]), and ingredients
//! that together weigh under [`NEGLIGIBLE`] of the dish, which are then left out. Cooking is not
//! modelled: neither water that boils off nor vitamins that break down.

use hnh_domain::nutrient::{NUTRIENTS, Nutrient, Nutrients};

use crate::labels::{FoodLabel, Origin};

/// The share of the dish's weight up to which ingredients with an unknown amount are left out.
const NEGLIGIBLE: f32 = 0.01;

/// An ingredient as the sum needs it.
pub struct Part<'a> {
    /// Edible grams in the whole dish.
    pub grams: f32,
    /// Amounts per 100 g.
    pub per_100g: &'a Nutrients,
    /// What the food is, if labelled.
    pub label: Option<&'a FoodLabel>,
}

/// The amounts in a serving.
pub fn per_serving(parts: &[Part<'_>], servings: f32) -> Nutrients {
    let weight: f32 = parts.iter().map(|p| p.grams).sum();
    let mut out = Nutrients::default();
    for nutrient in Nutrient::ALL.iter().copied() {
        let (mut sum, mut unknown_g, mut known) = (0.0_f64, 0.0, false);
        for part in parts {
            match part.per_100g.get(nutrient) {
                Some(amount) => {
                    sum += f64::from(amount) * f64::from(part.grams) / 100.0;
                    known = true;
                }
                None if is_zero(nutrient, part.per_100g, part.label) => known = true,
                None => unknown_g += part.grams,
            }
        }
        let complete = known && unknown_g <= weight * NEGLIGIBLE;
        out.set(nutrient, complete.then_some((sum / f64::from(servings)) as f32));
    }
    debug_assert_eq!(Nutrient::ALL.len(), NUTRIENTS);
    out
}

/// Whether an amount that the table leaves blank is zero for certain.
pub(crate) fn is_zero(nutrient: Nutrient, per_100g: &Nutrients, label: Option<&FoodLabel>) -> bool {
    const ANIMAL: &[Origin] = &[
        Origin::Egg,
        Origin::Dairy,
        Origin::Fish,
        Origin::Seafood,
        Origin::Pork,
        Origin::Beef,
        Origin::Poultry,
        Origin::Meat,
    ];
    use Nutrient as N;
    let purely = |origins: &[Origin]| label.is_some_and(|l| l.is_purely(origins));
    let none_of = |whole| per_100g.get(whole) == Some(0.0);
    match nutrient {
        // Water and salt have no organic matter.
        N::Energy | N::Protein | N::Fat | N::Carbohydrate if purely(&[Origin::Mineral]) => true,
        // Both are parts of carbohydrate; and fibre is a substance of plants.
        N::Sugar => none_of(N::Carbohydrate) || purely(&[Origin::Mineral]),
        N::Fibre => none_of(N::Carbohydrate) || purely(&[Origin::Mineral]) || purely(ANIMAL),
        // Parts of fat.
        N::SaturatedFat | N::TransFat | N::MonounsaturatedFat | N::PolyunsaturatedFat => {
            none_of(N::Fat) || purely(&[Origin::Mineral])
        }
        // A substance of animals.
        N::Cholesterol => purely(&[Origin::Plant]) || purely(&[Origin::Mineral]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn food(amounts: &[(Nutrient, f32)]) -> Nutrients {
        let mut n = Nutrients::default();
        for (nutrient, amount) in amounts {
            n.set(*nutrient, Some(*amount));
        }
        n
    }

    fn label(origin: Origin) -> FoodLabel {
        FoodLabel::new(vec![origin], Vec::new(), Vec::new(), false)
    }

    #[test]
    fn a_blank_makes_the_sum_unknown_unless_it_weighs_next_to_nothing() {
        let (rice, spice) = (food(&[(Nutrient::Energy, 360.0)]), Nutrients::default());
        let plant = label(Origin::Plant);
        let sum = |spice_g| {
            let parts = [
                Part { grams: 200.0, per_100g: &rice, label: Some(&plant) },
                Part { grams: spice_g, per_100g: &spice, label: Some(&plant) },
            ];
            per_serving(&parts, 2.0).get(Nutrient::Energy)
        };
        assert_eq!(sum(1.0), Some(360.0));
        assert_eq!(sum(20.0), None);
    }

    #[test]
    fn zero_by_nature_is_known() {
        let (blank, fish, plant, water) =
            (Nutrients::default(), label(Origin::Fish), label(Origin::Plant), label(Origin::Mineral));
        let amount =
            |label, nutrient| per_serving(&[Part { grams: 100.0, per_100g: &blank, label }], 1.0).get(nutrient);
        assert_eq!(amount(Some(&fish), Nutrient::Fibre), Some(0.0));
        assert_eq!(amount(Some(&fish), Nutrient::Cholesterol), None);
        assert_eq!(amount(Some(&plant), Nutrient::Cholesterol), Some(0.0));
        assert_eq!(amount(Some(&plant), Nutrient::Fibre), None);
        assert_eq!(amount(Some(&water), Nutrient::Sugar), Some(0.0));
        assert_eq!(amount(None, Nutrient::Fibre), None);
        let lean = food(&[(Nutrient::Carbohydrate, 0.0)]);
        let parts = [Part { grams: 50.0, per_100g: &lean, label: None }];
        assert_eq!(per_serving(&parts, 1.0).get(Nutrient::Sugar), Some(0.0));
    }
}
