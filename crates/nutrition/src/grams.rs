//! How much an amount weighs: units of weight by themselves, household measures by the food's own portions.

use hnh_domain::foods::Portion;

use crate::ingredient::Amount;

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

/// The portion "1 cup", "1 tbsp", "1 large" of a food: its grams for one.
fn portion(portions: &[Portion], word: &str) -> Option<f64> {
    portions.iter().find_map(|portion| {
        let name = portion.name.en.as_deref()?.to_lowercase();
        let (count, rest) = name.split_once(' ')?;
        let count: f64 = count.parse().ok()?;
        let first = rest.split([' ', ',', '(']).next()?;
        let first = first.strip_suffix('s').unwrap_or(first);
        (first == word && count > 0.0).then(|| f64::from(portion.grams) / count)
    })
}

/// Grams of a millilitre, from the food's portion in a cup, a tablespoon or a teaspoon; water's where it has none and is a drink.
fn density(portions: &[Portion], is_liquid: bool) -> Option<f64> {
    let by = |word, ml: f64| portion(portions, word).map(|grams| grams / ml);
    by("cup", 240.0).or_else(|| by("tbsp", 15.0)).or_else(|| by("tsp", 5.0)).or(is_liquid.then_some(1.0))
}

/// The food's portions and what it is, as far as a weight depends on them.
#[derive(Clone, Copy, Debug)]
pub struct Measured<'a> {
    /// The food's household measures.
    pub portions: &'a [Portion],
    /// Whether it is a liquid: water, stock, milk, wine, oil.
    pub is_liquid: bool,
}

/// What an amount of a food weighs; `size` is "large" and the like.
///
/// # Errors
/// Why it is not known.
pub fn grams(amount: &Amount, size: Option<&str>, food: Option<Measured<'_>>) -> Result<f64, NoGrams> {
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
    let Some(food) = food else { return Err(NoGrams::UnknownUnit) };
    let one = match volume(unit, &amount.unit) {
        Some(ml) => density(food.portions, food.is_liquid).map(|density| density * ml),
        None => counted(unit, size, food.portions),
    };
    one.map(|one| quantity * one).ok_or(NoGrams::UnknownUnit)
}

/// The grams of one that is counted: by its unit, by its size, else by the portion that is nearest to an ordinary one.
fn counted(unit: &str, size: Option<&str>, portions: &[Portion]) -> Option<f64> {
    let general = |unit: &str| {
        Some(match unit {
            "pinch" | "dash" => 0.4,
            "handful" => 30.0,
            "bunch" => 60.0,
            "sprig" => 1.0,
            "knob" => 15.0,
            _ => return None,
        })
    };
    if !matches!(unit, "" | "each") {
        return portion(portions, unit).or_else(|| general(unit));
    }
    let size = size.map(str::to_lowercase);
    size.and_then(|size| portion(portions, &size)).or_else(|| {
        ["medium", "large", "each", "whole", "fruit", "unit", "piece", "small"]
            .into_iter()
            .find_map(|word| portion(portions, word))
    })
}

#[cfg(test)]
mod tests {
    use hnh_domain::text::Text;

    use super::*;

    fn amount(quantity: f64, unit: &str) -> Amount {
        Amount { quantity: Some(quantity), quantity_max: None, unit: unit.into() }
    }

    fn portions(list: &[(&str, f32)]) -> Vec<Portion> {
        list.iter()
            .map(|(name, grams)| Portion { name: Text { en: Some((*name).into()), ..Text::default() }, grams: *grams })
            .collect()
    }

    #[test]
    fn weights_are_exact_and_measures_are_the_foods_own() {
        let onion = portions(&[("1 cup, chopped", 160.0), ("1 medium (2-1/2\" dia)", 110.0), ("1 large", 150.0)]);
        let onion = Some(Measured { portions: &onion, is_liquid: false });
        assert_eq!(grams(&amount(2.0, "lb"), None, None), Ok(907.184_74));
        assert_eq!(grams(&amount(2.0, ""), None, onion), Ok(220.0));
        assert_eq!(grams(&amount(1.0, ""), Some("Large"), onion), Ok(150.0));
        assert_eq!(grams(&amount(0.5, "cup"), None, onion), Ok(80.0));
        assert_eq!(grams(&amount(3.0, "tbsp"), None, onion), Ok(30.0));
        assert_eq!(grams(&amount(1.0, "컵"), None, Some(Measured { portions: &[], is_liquid: true })), Ok(200.0));
        assert_eq!(
            grams(&amount(1.0, "cup"), None, Some(Measured { portions: &[], is_liquid: false })),
            Err(NoGrams::UnknownUnit)
        );
        assert_eq!(grams(&Amount::default(), None, onion), Err(NoGrams::NoQuantity));
    }
}
