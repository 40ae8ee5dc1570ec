//! What a line of ingredients says for another number of servings.

use hnh_domain::recipes::{CookUnit, Ingredient};
use hnh_domain::text::Lang;

use super::units::{Units, us_volume, us_weight};
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

/// A number of things as they come: nobody cuts a clove of garlic into five and a quarter. Whole from three on, else in halves; less
/// than a half stays what it is. Spoons and cups have their fractions.
fn countable(quantity: f32, unit: Option<CookUnit>) -> f32 {
    if matches!(unit, Some(CookUnit::Tablespoon | CookUnit::Teaspoon | CookUnit::Cup)) {
        return quantity;
    }
    match quantity {
        q if q >= 3.0 => q.round(),
        q if q >= 0.5 => (q * 2.0).round() / 2.0,
        q => q,
    }
}

/// The amount of a line times `factor`: `1½ cups`, `300 g`; empty when the source gives none.
pub(crate) fn amount_in_words(line: &Ingredient, factor: f32, lang: Lang) -> String {
    amount_in(line, factor, lang, Units::Metric)
}

/// The same in the units of a person's liking.
pub(crate) fn amount_in(line: &Ingredient, factor: f32, lang: Lang, units: Units) -> String {
    let Some(quantity) = line.quantity.map(|quantity| quantity * factor) else {
        let weigh = |grams: f32| match units {
            Units::Metric => format!("{} g", scale_amount(grams * factor)),
            Units::Us => us_weight(grams * factor),
        };
        return line.grams.map(weigh).unwrap_or_default();
    };
    match (line.unit, lang) {
        (Some(CookUnit::Gram), _) if units == Units::Us => us_weight(quantity),
        (Some(CookUnit::Millilitre), _) if units == Units::Us => us_volume(quantity),
        (Some(CookUnit::Gram | CookUnit::Millilitre), _) => {
            let unit = line.unit.map_or("", |unit| unit.name(lang));
            format!("{} {unit}", scale_amount(quantity))
        }
        // English counts things without a word: 3 eggs.
        (None | Some(CookUnit::Piece), Lang::En) | (None, Lang::Ko) => kitchen(countable(quantity, line.unit)),
        (Some(unit), Lang::Ko) => format!("{}{}", kitchen(countable(quantity, line.unit)), unit.name(lang)),
        (Some(unit), Lang::En) => {
            let quantity = countable(quantity, line.unit);
            let name = plural(unit).filter(|_| quantity > 1.01).unwrap_or(unit.name(lang));
            format!("{} {name}", kitchen(quantity))
        }
    }
}

/// The weight beside an amount that is not one itself: `12 g`.
pub(super) fn weight(line: &Ingredient, factor: f32, units: Units) -> Option<String> {
    line.quantity?;
    let weighed = matches!(line.unit, Some(CookUnit::Gram));
    let grams = line.grams.filter(|_| !weighed)? * factor;
    if units == Units::Us {
        return Some(us_weight(grams)).filter(|_| grams >= 5.0);
    }
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
        assert_eq!(amount_in_words(&garlic, 2.0, Lang::En), "6 cloves");
        assert_eq!(amount_in_words(&garlic, 2.0, Lang::Ko), "6쪽");
        assert_eq!(weight(&garlic, 2.0, Units::Metric).as_deref(), Some("24 g"));
        assert_eq!(amount_in_words(&line(340.0, Some(CookUnit::Gram), 340.0), 1.5, Lang::En), "510 g");
    }

    #[test]
    fn things_are_counted_whole_or_in_halves() {
        let cloves = line(3.0, Some(CookUnit::Clove), 12.0);
        assert_eq!(amount_in_words(&cloves, 1.75, Lang::En), "5 cloves");
        assert_eq!(amount_in_words(&cloves, 0.4, Lang::En), "1 clove");
        assert_eq!(amount_in_words(&line(1.0, None, 50.0), 0.25, Lang::En), "¼");
        assert_eq!(amount_in_words(&line(1.0, Some(CookUnit::Cup), 200.0), 3.25, Lang::En), "3¼ cups");
    }

    #[test]
    fn spoons_come_in_fractions_and_things_are_counted() {
        assert_eq!(amount_in_words(&line(1.0, Some(CookUnit::Tablespoon), 15.0), 0.5, Lang::Ko), "½큰술");
        assert_eq!(amount_in_words(&line(2.0, Some(CookUnit::Cup), 400.0), 0.5, Lang::En), "1 cup");
        assert_eq!(amount_in_words(&line(2.0, Some(CookUnit::Piece), 100.0), 1.0, Lang::En), "2");
        assert_eq!(amount_in_words(&Ingredient::default(), 2.0, Lang::En), "");
    }
}
