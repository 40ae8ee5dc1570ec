//! How much an amount weighs: units of weight by themselves, household measures by the food's own portions.

use std::collections::HashMap;
use std::sync::LazyLock;

use hnh_domain::foods::Food;
use hnh_domain::nutrient::Nutrient;

use crate::ingredient::Amount;

/// What one piece of a food weighs, where the food's own portions do not say: by food and unit, in grams.
const PIECES: &str = include_str!("../foods/pieces.csv");

static BY_PIECE: LazyLock<HashMap<(&str, &str), f64>> = LazyLock::new(|| {
    let rows = PIECES.lines().skip(1).filter_map(|row| {
        let mut columns = row.split(',');
        Some(((columns.next()?, columns.next()?), columns.next()?.parse().ok()?))
    });
    rows.collect()
});

/// Why an amount has no weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoGrams {
    /// The line says no number: "salt", "약간".
    NoQuantity,
    /// Neither the unit nor the food's portions tell how much one is.
    UnknownUnit,
}

/// Grams of a unit of weight.
fn weight(unit: &str) -> Option<f64> {
    Some(match unit {
        "g" => 1.0,
        "kg" => 1_000.0,
        "mg" => 0.001,
        // International avoirdupois.
        "oz" => 28.349_523_125,
        "lb" => 453.592_37,
        _ => return None,
    })
}

/// Millilitres of a unit of volume: metric spoons, and the cup of 240 ml that the USDA's weights are of. A Korean cup has 200 ml.
fn volume(unit: &str, written: &str) -> Option<f64> {
    Some(match unit {
        "ml" => 1.0,
        "cl" => 10.0,
        "dl" => 100.0,
        "l" => 1_000.0,
        "tsp" => 5.0,
        "tbsp" => 15.0,
        "cup" if written.contains('컵') => 200.0,
        "cup" => 240.0,
        "pint" => 568.0,
        "quart" => 946.0,
        "gallon" => 3_785.0,
        "fl" => 29.57,
        _ => return None,
    })
}

/// The portions of a food in words: how many, of what, in grams for one.
fn portions(food: &Food) -> impl Iterator<Item = (Vec<String>, f64)> {
    food.portions.iter().filter_map(|portion| {
        let name = portion.name.en.as_deref()?.to_lowercase();
        let (count, rest) = name.split_once(' ')?;
        let count = match count {
            "½" => 0.5,
            "¼" => 0.25,
            count => count.parse::<f64>().ok().filter(|count| *count > 0.0)?,
        };
        let words = rest.split([' ', ',', '(']).filter(|word| !word.is_empty());
        let words = words.map(|word| word.strip_suffix('s').unwrap_or(word).to_owned()).collect();
        Some((words, f64::from(portion.grams) / count))
    })
}

/// The portion "1 cup", "1 tbsp", "1 large", "1 potato medium" of a food: its grams for one.
fn portion(food: &Food, word: &str) -> Option<f64> {
    const CUTS: [&str; 9] = ["slice", "strip", "ring", "wedge", "leaf", "cup", "tbsp", "tsp", "cherry"];
    let first = portions(food).find(|(words, _)| words.first().is_some_and(|first| first == word));
    let second = || {
        portions(food).find(|(words, _)| match words.as_slice() {
            [first, second, ..] => second == word && !CUTS.contains(&first.as_str()),
            _ => false,
        })
    };
    first.or_else(second).map(|(_, grams)| grams)
}

/// Grams of a millilitre, from the food's portion in a cup, a tablespoon or a teaspoon; water's where it has none and is a drink.
fn density(food: &Food) -> Option<f64> {
    let by = |word, ml: f64| portion(food, word).map(|grams| grams / ml);
    by("cup", 240.0).or_else(|| by("tbsp", 15.0)).or_else(|| by("tsp", 5.0)).or(is_liquid(food).then_some(1.0))
}

/// What is poured: its millilitre weighs about a gram.
fn is_liquid(food: &Food) -> bool {
    const BEGINNINGS: [&str; 8] = ["Water", "Milk", "Beverages", "Soup", "Vinegar", "Alcoholic", "Sauce", "Soy sauce"];
    let fat = food.nutrients.get(Nutrient::Fat).unwrap_or_default();
    let begins = |name: &str| BEGINNINGS.iter().any(|beginning| name.starts_with(beginning));
    fat > 90.0
        || food.name.en.as_deref().is_some_and(begins)
        || food.name.ko.as_deref().is_some_and(|name| name.starts_with("간장"))
}

/// What an amount of a food weighs; `size` is "large" and the like, `key` the food as the table of names spells it.
///
/// # Errors
/// Why it is not known.
pub(crate) fn grams(
    amount: &Amount,
    size: Option<&str>,
    key: Option<&str>,
    food: Option<&Food>,
) -> Result<f64, NoGrams> {
    let unit = amount.unit_name().unwrap_or_default();
    let quantity = match (amount.quantity, amount.quantity_max) {
        (Some(least), Some(most)) => (least + most) / 2.0,
        (Some(quantity), None) => quantity,
        // "handful of parsley" is one.
        (None, _) if !matches!(unit, "" | "dash") => 1.0,
        (None, _) => return Err(NoGrams::NoQuantity),
    };
    if let Some(one) = weight(unit) {
        return Ok(quantity * one);
    }
    let one = match volume(unit, &amount.unit) {
        Some(ml) => food.and_then(density).map(|density| density * ml),
        None => counted(unit, size, key, food),
    };
    one.map(|one| quantity * one).ok_or(NoGrams::UnknownUnit)
}

/// The grams of one that is counted: by its unit, by its size, else by the portion that is nearest to an ordinary one.
fn counted(unit: &str, size: Option<&str>, key: Option<&str>, food: Option<&Food>) -> Option<f64> {
    let unit = if unit.is_empty() { "each" } else { unit };
    let piece = key.and_then(|key| BY_PIECE.get(&(key, unit))).copied();
    let of_size = size.map(str::to_lowercase).and_then(|size| portion(food?, &size));
    if unit != "each" {
        return piece.or_else(|| portion(food?, unit)).or_else(|| general(unit));
    }
    let food = || food;
    let by_name = || {
        // "1 leek", "1 avocado": the food's own name.
        let name = food()?.name.en.as_deref()?.to_lowercase();
        let first = name.split([' ', ',']).next()?.trim_end_matches('s').to_owned();
        portion(food()?, &first)
    };
    of_size.or(piece).or_else(|| {
        let ordinary = ["medium", "large", "each", "whole", "fruit", "unit", "piece", "small"];
        ordinary.into_iter().find_map(|word| portion(food()?, word)).or_else(by_name)
    })
}

/// What a cook's measure weighs of anything.
fn general(unit: &str) -> Option<f64> {
    Some(match unit {
        "pinch" | "dash" => 0.4,
        "handful" => 30.0,
        "bunch" => 60.0,
        "sprig" => 1.0,
        "knob" => 15.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use hnh_domain::foods::{FoodBasis, FoodGroup, Portion};
    use hnh_domain::nutrient::Nutrients;
    use hnh_domain::source::{Provenance, Source};
    use hnh_domain::text::Text;

    use super::*;

    fn amount(quantity: f64, unit: &str) -> Amount {
        Amount { quantity: Some(quantity), quantity_max: None, unit: unit.into() }
    }

    fn food(name: &str, list: &[(&str, f32)]) -> Food {
        let provenance = Provenance::new(Source::Usda, "1");
        let text = |words: &str| Text { en: Some(words.to_owned()), ..Text::default() };
        Food {
            id: provenance.id(),
            provenance,
            name: text(name),
            group: FoodGroup::Vegetables,
            basis: FoodBasis::Per100g,
            nutrients: Nutrients::default(),
            portions: list.iter().map(|(name, grams)| Portion { name: text(name), grams: *grams }).collect(),
            refuse_pct: None,
        }
    }

    #[test]
    fn weights_are_exact_and_measures_are_the_foods_own() {
        let onion = [("1 cup, chopped", 160.0), ("1 medium (2-1/2\" dia)", 110.0), ("1 large", 150.0)];
        let onion = food("Onions, raw", &onion);
        let of = |quantity, unit: &str, size, food: &Food| grams(&amount(quantity, unit), size, None, Some(food));
        assert_eq!(grams(&amount(2.0, "lb"), None, None, None), Ok(907.184_74));
        assert_eq!(of(2.0, "", None, &onion), Ok(220.0));
        assert_eq!(of(1.0, "", Some("Large"), &onion), Ok(150.0));
        assert_eq!(of(0.5, "cup", None, &onion), Ok(80.0));
        assert_eq!(of(3.0, "tbsp", None, &onion), Ok(30.0));
        assert_eq!(of(1.0, "컵", None, &food("Water, tap", &[])), Ok(200.0));
        assert_eq!(of(1.0, "cup", None, &food("Nobody knows", &[])), Err(NoGrams::UnknownUnit));
        assert_eq!(grams(&Amount::default(), None, None, Some(&onion)), Err(NoGrams::NoQuantity));
        let potato =
            food("Potatoes, raw", &[("½ cup, diced", 75.0), ("1 Potato large", 369.0), ("1 Potato medium", 213.0)]);
        assert_eq!(of(2.0, "", None, &potato), Ok(426.0));
        assert_eq!(of(1.0, "cup", None, &potato), Ok(150.0));
        assert_eq!(of(1.0, "", None, &food("Leeks, raw", &[("1 cup", 89.0), ("1 leek", 89.0)])), Ok(89.0));
        let tofu = food("Tofu", &[]);
        assert_eq!(grams(&amount(0.5, "모"), None, Some("usda:16126"), Some(&tofu)), Ok(150.0));
    }
}
