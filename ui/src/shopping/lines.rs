//! What recipes need as lines to buy, added up by food.

use hnh_domain::cookbook::BookLine;
use hnh_domain::recipes::{CookUnit, Ingredient, Recipe};
use hnh_domain::shopping::{Aisle, ShoppingLine};
use hnh_domain::text::Lang;

use crate::cookbook::read;
use crate::i18n::{lang, said};
use crate::recipes::amount_in_words;

/// What nobody buys.
const FROM_THE_TAP: [&str; 8] =
    ["water", "boiling water", "cold water", "warm water", "hot water", "ice", "물", "뜨거운 물"];

/// A line's amount in words; of what was added up from different measures, about how much.
pub(super) fn amount(line: &ShoppingLine, lang: Lang) -> String {
    let as_ingredient =
        Ingredient { quantity: line.quantity, unit: line.unit, grams: line.grams, ..Ingredient::default() };
    amount_in_words(&as_ingredient, 1.0, lang)
}

/// An ingredient for `factor` times as many servings.
fn line(of: &Ingredient, factor: f32, uses: &str, aisle: Aisle, lang: Lang) -> ShoppingLine {
    // A tablespoon of oil is no way to buy it: what comes in spoons is told by weight alone, where that is known.
    let spoon = matches!(of.unit, Some(CookUnit::Tablespoon | CookUnit::Teaspoon | CookUnit::Pinch | CookUnit::Cup));
    let counted = !(spoon && of.grams.is_some());
    ShoppingLine {
        text: of.name.get(lang).to_owned(),
        food: of.food,
        quantity: of.quantity.filter(|_| counted).map(|quantity| quantity * factor),
        unit: of.unit.filter(|_| counted),
        grams: of.grams.map(|grams| grams * factor),
        about: !counted,
        aisle: Some(aisle),
        uses: uses.to_owned(),
    }
}

/// Adds a line to those of the same food, or behind them.
pub(crate) fn add_up(lines: &mut Vec<ShoppingLine>, line: ShoppingLine) {
    if !lines.iter_mut().any(|known| known.add(&line)) {
        lines.push(line);
    }
}

/// What a recipe for `factor` times its servings needs, by aisle.
pub(crate) async fn to_buy(recipe: &Recipe, factor: f32) -> Vec<ShoppingLine> {
    let uses = said(&recipe.title);
    // The engine knows where a shop has a food, and which food a line means.
    let asked = |ingredient: &Ingredient| {
        let name = ingredient.name.en.clone().unwrap_or_else(|| said(&ingredient.name));
        BookLine { text: name, ..BookLine::default() }
    };
    let read = read(recipe.ingredients.iter().map(asked).collect(), None).await;
    let mut lines = Vec::new();
    for (i, ingredient) in recipe.ingredients.iter().enumerate() {
        let known = read.as_ref().and_then(|read| read.lines.get(i));
        let aisle = known.map_or(Aisle::Other, |line| line.aisle);
        let food = ingredient.food.or_else(|| known.and_then(|line| line.ingredient.food));
        add_up(&mut lines, line(&Ingredient { food, ..ingredient.clone() }, factor, &uses, aisle, lang()));
    }
    lines.sort_by_key(|line| line.aisle);
    lines
}

/// Whether a line is of something that comes out of the tap.
pub(super) fn is_water(text: &str) -> bool {
    FROM_THE_TAP.contains(&text.trim().to_lowercase().as_str())
}

/// The name of an aisle; of none the last.
pub(super) fn aisle_name(aisle: Option<Aisle>, lang: Lang) -> &'static str {
    aisle.unwrap_or(Aisle::Other).name(lang)
}

/// A list as a text to send: a heading for each aisle, a line each, what is in the basket left out.
pub(super) fn as_text<'a>(lines: impl Iterator<Item = &'a ShoppingLine>, lang: Lang) -> String {
    let mut lines: Vec<&ShoppingLine> = lines.collect();
    lines.sort_by_key(|line| line.aisle.unwrap_or(Aisle::Other));
    let mut text = String::new();
    let mut aisle = None;
    for line in lines {
        let here = line.aisle.unwrap_or(Aisle::Other);
        if aisle != Some(here) {
            if aisle.is_some() {
                text.push('\n');
            }
            text = text + here.name(lang) + "\n";
            aisle = Some(here);
        }
        let amount = amount(line, lang);
        text = text + "- " + &line.text + if amount.is_empty() { "" } else { " " } + &amount + "\n";
    }
    text
}

/// Words as a line of one's own: the engine tells its aisle.
pub(super) async fn own_words(words: &str) -> ShoppingLine {
    let asked = vec![BookLine { text: words.to_owned(), ..BookLine::default() }];
    let read = read(asked, None).await.and_then(|read| read.lines.into_iter().next());
    let aisle = read.as_ref().filter(|line| line.food.is_some()).map(|line| line.aisle);
    let known = read.filter(|line| line.ingredient.food.is_some() && line.ingredient.quantity.is_some());
    match known {
        Some(read) => ShoppingLine { about: false, ..line(&read.ingredient, 1.0, "", read.aisle, lang()) },
        None => ShoppingLine { text: words.to_owned(), aisle, ..ShoppingLine::default() },
    }
}

#[cfg(test)]
mod tests {
    use hnh_domain::text::Text;

    use super::*;

    fn ingredient(name: &str, quantity: f32, unit: Option<CookUnit>, grams: f32) -> Ingredient {
        let name = Text::both(name, name);
        Ingredient { name, quantity: Some(quantity), unit, grams: Some(grams), ..Ingredient::default() }
    }

    #[test]
    fn what_comes_in_spoons_is_bought_by_weight() {
        let oil = line(&ingredient("oil", 2.0, Some(CookUnit::Tablespoon), 27.0), 2.0, "", Aisle::Seasoning, Lang::En);
        assert_eq!((oil.quantity, oil.unit, oil.grams, oil.about), (None, None, Some(54.0), true));
        let onion = line(&ingredient("onion", 1.0, None, 150.0), 3.0, "Soup", Aisle::Produce, Lang::En);
        assert_eq!((onion.quantity, onion.grams, onion.about), (Some(3.0), Some(450.0), false));
    }

    #[test]
    fn a_list_is_sent_by_aisle() {
        let oil = ShoppingLine { text: "oil".into(), aisle: Some(Aisle::Seasoning), ..ShoppingLine::default() };
        let leek = ShoppingLine {
            text: "leek".into(),
            quantity: Some(2.0),
            aisle: Some(Aisle::Produce),
            ..ShoppingLine::default()
        };
        let text = as_text([&oil, &leek].into_iter(), Lang::En);
        assert_eq!(text, "Fruit and vegetables\n- leek 2\n\nSeasonings and oils\n- oil\n");
    }

    #[test]
    fn water_is_not_bought() {
        assert!(is_water(" Water ") && is_water("물"));
        assert!(!is_water("watermelon"));
    }
}
