//! The engine's answer in the words of the interface: [`hnh_domain::reading`].

use hnh_domain::cookbook::BookLine;
use hnh_domain::foods::Food;
use hnh_domain::reading::{FigureReading, FoodChoice, LineGap, LineReading, Reading};
use hnh_domain::recipes::{CookUnit, Ingredient};
use hnh_domain::shopping::Aisle;
use hnh_domain::text::{Lang, Text};

use crate::food_names::FoodNames;
use crate::ingredient::{Amount, Reader};
use crate::recipe::{Line, Missing, Tables, Written};

/// Foods that are suggested at once.
const SUGGESTIONS: usize = 12;

/// Reads a recipe's lines for so many servings; fewer than none are one.
#[must_use]
pub fn read(lines: &[BookLine], servings: f32, tables: &Tables) -> Reading {
    let servings = if servings > 0.0 { f64::from(servings) } else { 1.0 };
    let mut reader = Reader::default();
    let read = |line: &BookLine| match known(line) {
        Some(key) => Line::read_as(&line.text, key, &mut reader, tables),
        None => Line::read(&line.text, &mut reader, tables),
    };
    let recipe = Written::with(lines.iter().map(read).collect(), servings);
    let figure = |figure: crate::Figure| FigureReading {
        amount: figure.per_serving as f32,
        coverage: figure.coverage as f32,
        at_least: figure.at_least,
    };
    Reading {
        figures: recipe.figures().into_iter().map(|(nutrient, of)| (nutrient, figure(of))).collect(),
        serving_g: recipe.serving_g().map(|grams| grams as f32),
        allergens: recipe.allergens(),
        diets: recipe.diets(),
        lines: recipe.lines.iter().map(|line| line_reading(line, tables)).collect(),
    }
}

/// The food that the person says is meant, if the table has it.
fn known(line: &BookLine) -> Option<&'static str> {
    let wanted = line.food.as_deref()?;
    FoodNames::built_in().foods().find(|key| *key == wanted)
}

/// The amount as one of the units that cooks scale by, where it is one.
fn scalable(amount: &Amount) -> Option<(f32, Option<CookUnit>)> {
    // Of a range the middle: scaled, neither end is meant exactly.
    let quantity = amount.quantity.map(|low| amount.quantity_max.map_or(low, |high| f64::midpoint(low, high)))?;
    let of = |unit, times: f64| Some(((quantity * times) as f32, Some(unit)));
    if amount.unit.is_empty() {
        return Some((quantity as f32, None));
    }
    match amount.unit_name()? {
        "g" => of(CookUnit::Gram, 1.0),
        "kg" => of(CookUnit::Gram, 1_000.0),
        "ml" => of(CookUnit::Millilitre, 1.0),
        "cl" => of(CookUnit::Millilitre, 10.0),
        "dl" => of(CookUnit::Millilitre, 100.0),
        "l" => of(CookUnit::Millilitre, 1_000.0),
        "tbsp" => of(CookUnit::Tablespoon, 1.0),
        "tsp" => of(CookUnit::Teaspoon, 1.0),
        "cup" => of(CookUnit::Cup, 1.0),
        "pinch" => of(CookUnit::Pinch, 1.0),
        "handful" => of(CookUnit::Handful, 1.0),
        "bunch" => of(CookUnit::Bunch, 1.0),
        "clove" => of(CookUnit::Clove, 1.0),
        "slice" => of(CookUnit::Slice, 1.0),
        "stick" | "stalk" | "rib" => of(CookUnit::Stalk, 1.0),
        "sheet" => of(CookUnit::Sheet, 1.0),
        "can" | "tin" => of(CookUnit::Can, 1.0),
        "block" => of(CookUnit::Block, 1.0),
        "each" | "piece" => of(CookUnit::Piece, 1.0),
        _ => None,
    }
}

fn line_reading(line: &Line<'_>, tables: &Tables) -> LineReading {
    let amount = line.read.amounts.first().and_then(scalable);
    let grams = line.grams.ok().map(|grams| grams as f32);
    // What cannot be scaled as an amount is told as it is written, whole.
    let structured = !line.read.name.is_empty() && amount.is_some();
    let beside = [&line.read.size, &line.read.preparation, &line.read.comment, &line.read.purpose];
    let beside: Vec<&str> = beside.into_iter().flatten().map(String::as_str).collect();
    let name = if structured { line.read.name.clone() } else { line.text.clone() };
    LineReading {
        ingredient: Ingredient {
            name: in_both(Text::detect(name), line.key.filter(|_| structured), tables),
            quantity: amount.filter(|_| structured).map(|(quantity, _)| quantity),
            unit: amount.filter(|_| structured).and_then(|(_, unit)| unit),
            grams,
            food: line.food.map(|food| food.id),
            prep: Some(Text::detect(beside.join(", "))).filter(|_| structured && !beside.is_empty()),
            part: None,
        },
        food: line.key.map(str::to_owned),
        food_name: line.key.map(|key| name_of(key, tables)).unwrap_or_default(),
        aisle: line.food.map_or(Aisle::Other, aisle),
        gap: line.missing().map(|missing| match missing {
            Missing::Food => LineGap::Food,
            Missing::Quantity => LineGap::Quantity,
            Missing::Unit => LineGap::Unit,
            Missing::Nutrient => LineGap::Nutrient,
        }),
    }
}

/// Where a shop has a food. USDA counts what is made of soy to the beans.
fn aisle(food: &Food) -> Aisle {
    let name = food.name.en.as_deref().unwrap_or_default().to_lowercase();
    match name.split([',', ' ']).next() {
        Some("tofu" | "tempeh" | "natto") => Aisle::Chilled,
        Some("soy" | "miso") if name.starts_with("soy sauce") || name.starts_with("miso") => Aisle::Seasoning,
        _ => Aisle::of(food.group),
    }
}

/// A name with what cooks call the food in the other language.
fn in_both(name: Text, key: Option<&str>, tables: &Tables) -> Text {
    let Some(key) = key else { return name };
    let known = name_of(key, tables);
    Text { ko: name.ko.or(known.ko), en: name.en.or(known.en), local: name.local }
}

/// What cooks call a food: its first name in each language, else its table's.
fn name_of(key: &str, tables: &Tables) -> Text {
    let of = |lang| FoodNames::built_in().first_name(key, lang).map(str::to_owned);
    let stated = tables.food(key).map(|food| food.name.clone()).unwrap_or_default();
    Text { en: of(Lang::En).or(stated.en), ko: of(Lang::Ko).or(stated.ko), local: None }
}

/// Foods whose name has some words, the shortest names first.
#[must_use]
pub fn suggest(words: &str, lang: Lang) -> Vec<FoodChoice> {
    let words = words.trim().to_lowercase();
    if words.is_empty() {
        return Vec::new();
    }
    let names = FoodNames::built_in();
    let named = |key: &str| {
        let name = names.names(key, lang).find(|name| name.to_lowercase().contains(&words))?;
        Some(FoodChoice { key: key.to_owned(), name: name.to_owned() })
    };
    let mut found: Vec<FoodChoice> = names.foods().filter_map(named).collect();
    found.sort_by_key(|choice| (choice.name.chars().count(), choice.name.clone()));
    found.truncate(SUGGESTIONS);
    found
}

#[cfg(test)]
mod tests {
    use hnh_domain::foods::FoodGroup;
    use hnh_domain::nutrient::Nutrients;
    use hnh_domain::source::{Provenance, Source};

    use super::*;
    use crate::LabelTable;

    fn tables() -> Tables {
        let food = |id: &str, name: &str, group| {
            let provenance = Provenance::new(Source::Usda, id);
            let portions = Vec::new();
            let (basis, nutrients, refuse_pct) = (hnh_domain::foods::FoodBasis::Per100g, Nutrients::default(), None);
            let (id, name) = (provenance.id(), Text { en: Some(name.into()), ..Text::default() });
            Ok::<Food, String>(Food { id, provenance, name, group, basis, nutrients, portions, refuse_pct })
        };
        let foods = [
            food("16126", "Tofu, raw, firm", FoodGroup::Legumes),
            food("16123", "Soy sauce made from soy and wheat (shoyu)", FoodGroup::Legumes),
            food("11282", "Onions, raw", FoodGroup::Vegetables),
        ];
        let labels = "food,name,origin,contains,may_contain,flags\nusda:11282,onion,plant,,,\n";
        Tables::new(foods, LabelTable::read(labels.as_bytes(), "test").unwrap()).unwrap()
    }

    fn reading(lines: &[(&str, Option<&str>)]) -> Reading {
        let line = |(text, food): &(&str, Option<&str>)| BookLine {
            text: (*text).into(),
            food: food.map(str::to_owned),
            ..BookLine::default()
        };
        read(&lines.iter().map(line).collect::<Vec<_>>(), 2.0, &tables())
    }

    #[test]
    fn a_line_that_can_be_scaled_is_an_amount_and_another_stays_whole() {
        let read = reading(&[("2 onions, chopped", None), ("a sprig of thyme", None), ("400 g 두부", None)]);
        let onions = &read.lines[0].ingredient;
        assert_eq!((onions.quantity, onions.unit), (Some(2.0), None));
        assert_eq!(onions.prep.as_ref().and_then(|prep| prep.en.as_deref()), Some("chopped"));
        assert_eq!(read.lines[1].ingredient.name.en.as_deref(), Some("a sprig of thyme"));
    }

    #[test]
    fn what_the_person_says_is_meant_is_what_counts() {
        let read = reading(&[("100 g magic dust", Some("usda:11282")), ("100 g magic dust", None)]);
        assert_eq!(read.lines[0].food.as_deref(), Some("usda:11282"));
        assert_eq!((read.lines[1].food.as_deref(), read.lines[1].gap), (None, Some(LineGap::Food)));
    }

    #[test]
    fn what_is_made_of_soy_stands_where_one_looks_for_it() {
        let read = reading(&[("400 g firm tofu", None), ("2 tbsp soy sauce", None), ("1 onion", None)]);
        let aisles: Vec<Aisle> = read.lines.iter().map(|line| line.aisle).collect();
        assert_eq!(aisles, [Aisle::Chilled, Aisle::Seasoning, Aisle::Produce]);
    }

    #[test]
    fn foods_are_suggested_by_their_names_the_shortest_first() {
        let names: Vec<String> = suggest("onion", Lang::En).into_iter().map(|choice| choice.name).collect();
        assert_eq!(names.first().map(String::as_str), Some("onion"));
        assert!(names.len() > 1 && names.iter().all(|name| name.contains("onion")));
        assert!(suggest(" ", Lang::Ko).is_empty());
    }
}
