//! What a line of the shopping list says for another number of servings.

use hnh_domain::recipes::{CookUnit, Ingredient};
use hnh_domain::text::Lang;

use crate::format::{kitchen, number, scale_amount};

/// Units that English puts into the plural.
fn plural(unit: CookUnit) -> Option<&'static str> {
    Some(match unit {
        CookUnit::Cup => "cups",
        CookUnit::Clove => "cloves",
        CookUnit::Slice => "slices",
        CookUnit::Block => "blocks",
        CookUnit::Bunch => "bunches",
        CookUnit::Sheet => "sheets",
        CookUnit::Handful => "handfuls",
        CookUnit::Pinch => "pinches",
        CookUnit::Can => "cans",
        CookUnit::Stalk => "stalks",
        _ => return None,
    })
}

/// The amount of a line times `factor`: `1½ cups`, `300 g`; empty when the source gives none.
pub(super) fn amount(line: &Ingredient, factor: f32, lang: Lang) -> String {
    let Some(quantity) = line.quantity.map(|quantity| quantity * factor) else {
        return line.grams.map(|grams| format!("{} g", scale_amount(grams * factor))).unwrap_or_default();
    };
    match (line.unit, lang) {
        (Some(CookUnit::Gram | CookUnit::Millilitre), _) => {
            let unit = line.unit.map_or("", |unit| unit.name(lang));
            format!("{} {unit}", scale_amount(quantity))
        }
        // English counts things without a word: 3 eggs.
        (None | Some(CookUnit::Piece), Lang::En) | (None, Lang::Ko) => kitchen(quantity),
        (Some(unit), Lang::Ko) => format!("{}{}", kitchen(quantity), unit.name(lang)),
        (Some(unit), Lang::En) => {
            let name = plural(unit).filter(|_| quantity > 1.01).unwrap_or(unit.name(lang));
            format!("{} {name}", kitchen(quantity))
        }
    }
}

/// The weight beside an amount that is not one itself: `12 g`.
pub(super) fn weight(line: &Ingredient, factor: f32) -> Option<String> {
    line.quantity?;
    let weighed = matches!(line.unit, Some(CookUnit::Gram));
    let grams = line.grams.filter(|_| !weighed)? * factor;
    Some(if grams >= 1.0 { format!("{} g", scale_amount(grams)) } else { format!("{} g", number(grams, 1)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(quantity: f32, unit: Option<CookUnit>, grams: f32) -> Ingredient {
        Ingredient { quantity: Some(quantity), unit, grams: Some(grams), ..Ingredient::default() }
    }

    #[test]
    fn twice_the_servings_is_twice_of_everything() {
        let garlic = line(3.0, Some(CookUnit::Clove), 12.0);
        assert_eq!(amount(&garlic, 2.0, Lang::En), "6 cloves");
        assert_eq!(amount(&garlic, 2.0, Lang::Ko), "6쪽");
        assert_eq!(weight(&garlic, 2.0).as_deref(), Some("24 g"));
        assert_eq!(amount(&line(340.0, Some(CookUnit::Gram), 340.0), 1.5, Lang::En), "510 g");
    }

    #[test]
    fn spoons_come_in_fractions_and_things_are_counted() {
        assert_eq!(amount(&line(1.0, Some(CookUnit::Tablespoon), 15.0), 0.5, Lang::Ko), "½큰술");
        assert_eq!(amount(&line(2.0, Some(CookUnit::Cup), 400.0), 0.5, Lang::En), "1 cup");
        assert_eq!(amount(&line(2.0, Some(CookUnit::Piece), 100.0), 1.0, Lang::En), "2");
        assert_eq!(amount(&Ingredient::default(), 2.0, Lang::En), "");
    }
}
