//! Recipes as they are written: nothing in a line makes a dish falsely free, and figures say what they leave out.

#![expect(clippy::unwrap_used, reason = "what these tests read is ours")]

use std::sync::LazyLock;

use hnh_domain::foods::{Food, FoodBasis, FoodGroup, Portion};
use hnh_domain::label::{Allergen, Diet, Presence};
use hnh_domain::nutrient::{Nutrient, Nutrients};
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::Text;
use hnh_nutrition::{FoodNames, LabelTable, Tables, Written};
use proptest::prelude::*;

/// The product's own table of labels.
fn labels() -> LabelTable {
    LabelTable::read(include_bytes!("../../ingest/starter/food_labels.csv").as_slice(), "food_labels.csv").unwrap()
}

fn food(id: &str, amounts: &[(Nutrient, f32)], portions: &[(&str, f32)]) -> Result<Food, ()> {
    let provenance = Provenance::new(Source::Usda, id);
    let mut nutrients = Nutrients::default();
    for (nutrient, amount) in amounts {
        nutrients.set(*nutrient, Some(*amount));
    }
    let portion = |(name, grams): &(&str, f32)| Portion {
        name: Text { en: Some((*name).into()), ..Text::default() },
        grams: *grams,
    };
    Ok(Food {
        id: provenance.id(),
        provenance,
        name: Text::default(),
        group: FoodGroup::Other,
        basis: FoodBasis::Per100g,
        nutrients,
        portions: portions.iter().map(portion).collect(),
        refuse_pct: None,
    })
}

static TABLES: LazyLock<Tables> = LazyLock::new(tables);
static LABELS: LazyLock<LabelTable> = LazyLock::new(labels);

fn tables() -> Tables {
    use Nutrient::{Energy, Fat, Sodium};
    let foods = [
        food("01001", &[(Energy, 717.0), (Fat, 81.0), (Sodium, 643.0)], &[("1 tbsp", 14.2)]),
        food("01123", &[(Energy, 143.0), (Fat, 9.5), (Sodium, 142.0)], &[("1 large", 50.0)]),
        food("02047", &[(Energy, 0.0), (Fat, 0.0), (Sodium, 38_758.0)], &[("1 tsp", 6.0)]),
        food("11215", &[(Energy, 149.0), (Fat, 0.5), (Sodium, 17.0)], &[("1 clove", 3.0)]),
    ];
    Tables::new(foods, labels()).unwrap()
}

#[test]
fn a_figure_says_what_it_does_not_count() {
    let tables = &*TABLES;
    let recipe = Written::read("2 eggs\n100 g butter\n200 g dragon fruit\nsalt", 2.0, tables);
    let figures = recipe.figures();
    let energy = &figures[&Nutrient::Energy];
    assert!((energy.per_serving - (143.0 + 717.0) / 2.0).abs() < 0.1, "{energy:?}");
    assert!((energy.coverage - 0.5).abs() < 0.01, "{energy:?}");
    assert_eq!((energy.at_least, energy.missing.as_slice()), (true, ["dragon fruit".to_owned()].as_slice()));
    // Salt without a number matters to sodium alone.
    let known = Written::read("2 eggs\n100 g butter\nsalt", 2.0, tables);
    let figures = known.figures();
    assert_eq!((figures[&Nutrient::Energy].at_least, figures[&Nutrient::Sodium].at_least), (false, true));
    assert_eq!(known.serving_g(), Some(100.0));
    assert_eq!(known.diets()[&Diet::LowSodium].state, Presence::Unknown);
}

#[test]
fn what_a_line_names_beside_its_food_may_be_there() {
    let tables = &*TABLES;
    let milk = |text: &str| Written::read(text, 1.0, tables).allergens()[&Allergen::Milk].state;
    assert_eq!(milk("1 tbsp butter"), Presence::Contains);
    assert_eq!(milk("2 tbsp olive oil or butter"), Presence::MayContain);
    assert_eq!(milk("2 garlic cloves, fried in butter"), Presence::MayContain);
    assert_eq!(milk("2 garlic cloves"), Presence::Free);
    assert_eq!(milk("1 cup soy milk"), Presence::Free);
    assert_eq!(milk("두유 또는 우유 200ml"), Presence::MayContain);
}

#[test]
fn a_stated_weight_counts_before_a_count_and_of_cans_each() {
    let grams = |text: &str| Written::read(text, 1.0, &TABLES).lines[0].grams.ok().map(f64::round);
    assert_eq!(grams("2 cans (400 g) black beans"), Some(800.0));
    assert_eq!(grams("3 eggs (about 150 g)"), Some(150.0));
    assert_eq!(grams("150g/5¼oz butter"), Some(150.0));
    assert_eq!(grams("2 eggs"), Some(100.0));
    assert_eq!(grams("3 medium eggs"), Some(150.0));
}

#[test]
fn cooked_rice_is_no_dry_rice() {
    let key = |text: &str| Written::read(text, 1.0, &TABLES).lines[0].key;
    assert_eq!(key("200 g cooked basmati rice"), Some("usda:20045"));
    assert_eq!(key("200 g quinoa, cooked"), Some("usda:20137"));
    assert_eq!(key("200 g basmati rice"), Some("usda:20444"));
}

#[test]
fn an_empty_recipe_promises_nothing() {
    let tables = &*TABLES;
    let empty = Written::read("\n \n", 1.0, tables);
    assert!(empty.allergens().values().all(|flag| flag.state == Presence::Unknown));
    assert!(empty.diets().values().all(|flag| flag.state == Presence::Unknown));
    assert_eq!(empty.serving_g(), None);
}

/// Every name of the table, in both languages.
fn names() -> Vec<&'static str> {
    let rows = include_str!("../foods/names.csv").lines().skip(1);
    let mut names: Vec<&str> = rows.flat_map(|row| row.split([',', '|']).skip(1)).collect();
    names.retain(|name| !name.is_empty());
    names
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Wherever a line names a food, none of the food's allergens is "free".
    #[test]
    fn no_allergen_of_a_named_food_is_free(
        at in any::<prop::sample::Index>(),
        frame in prop::sample::select(vec![
            "{}", "2 tbsp {}", "200g/7oz {}, chopped", "1 onion or {}", "2 garlic cloves (with {})",
            "3 eggs, fried in {}", "1 handful basil, {} and parsley", "{} 2큰술", "1 cup {} or olive oil",
        ]),
    ) {
        let names = names();
        let name = *at.get(&names);
        let Some(label) = FoodNames::built_in().find(name).and_then(|key| LABELS.get(key).cloned()) else {
            return Ok(());
        };
        let tables = &*TABLES;
        let text = frame.replace("{}", name);
        let flags = Written::read(&text, 1.0, tables).allergens();
        for allergen in Allergen::ALL {
            if label.allergen(*allergen) != Presence::Free {
                prop_assert_ne!(flags[allergen].state, Presence::Free, "{} in {:?}", allergen, text);
            }
        }
    }

    /// A line that nobody can read leaves nothing free.
    #[test]
    fn an_unread_line_leaves_no_free(line in "[a-z]{4,9} [a-z]{4,9}|[가-힣]{3,8}|[ -~]{1,20}") {
        let tables = &*TABLES;
        let recipe = Written::read(&format!("2 eggs\n{line}\n1 tbsp butter"), 2.0, tables);
        if recipe.lines.iter().any(|line| line.key.is_none()) {
            prop_assert!(recipe.allergens().values().all(|flag| flag.state != Presence::Free), "{:?}", line);
        }
    }

    /// A line more never calms.
    #[test]
    fn a_line_more_never_calms(first in any::<prop::sample::Index>(), more in any::<prop::sample::Index>()) {
        let (names, tables) = (names(), &*TABLES);
        let (first, more) = (*first.get(&names), *more.get(&names));
        let one = Written::read(first, 1.0, tables).allergens();
        let two = Written::read(&format!("{first}\n{more}"), 1.0, tables).allergens();
        for (allergen, flag) in one {
            prop_assert!(two[&allergen].state >= flag.state, "{}: {} and {}", allergen, first, more);
        }
    }
}

/// Lines whose food was checked by eye, one by one: none of another food is found, and hardly one is missed.
#[test]
fn checked_lines_find_their_food() {
    let mut reader = csv::Reader::from_reader(include_bytes!("matches.csv").as_slice());
    let (mut wrong, mut missed, mut count) = (Vec::new(), Vec::new(), 0);
    for row in reader.records() {
        let row = row.unwrap();
        let recipe = Written::read(&row[0], 1.0, &TABLES);
        let found = recipe.lines.first().and_then(|line| line.key).unwrap_or_default();
        count += 1;
        if found.is_empty() && !row[1].is_empty() {
            missed.push(row[0].to_owned());
        } else if found != &row[1] {
            wrong.push(format!("{}: {found}, not {}", &row[0], &row[1]));
        }
    }
    assert!(count >= 300, "{count}");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(missed.len() * 100 <= count * 3, "{missed:#?}");
}
