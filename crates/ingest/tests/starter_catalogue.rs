//! The starter catalogue that the repository ships: its recipes have figures and labels, and it builds.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must say where")]

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use hnh_catalog::areas::AreaIndex;
use hnh_catalog::versions::Versions;
use hnh_domain::calls::CatalogueInfo;
use hnh_domain::foods::Food;
use hnh_domain::label::{Allergen, Diet, Presence};
use hnh_domain::nutrient::Nutrient;
use hnh_domain::recipes::{CookUnit, NutritionBasis, Recipe};
use hnh_domain::source::Source;
use hnh_domain::text::{Lang, Text};
use hnh_ingest::builder::{BuildOptions, build};
use hnh_ingest::starter::Starter;
use hnh_nutrition::LabelTable;
use uuid::Uuid;

static STARTER: LazyLock<Starter> =
    LazyLock::new(|| Starter::find(Some(&Path::new(env!("CARGO_MANIFEST_DIR")).join("starter"))).unwrap());
static RECIPES: LazyLock<Vec<Recipe>> = LazyLock::new(|| {
    let foods: Vec<Food> = STARTER.foods().unwrap().map(Result::unwrap).collect();
    let by_id: HashMap<Uuid, &Food> = foods.iter().map(|f| (f.id, f)).collect();
    STARTER.recipes(&by_id).unwrap()
});

fn is_in_both(text: &Text) -> bool {
    let korean = text.ko.as_deref().is_some_and(|t| t.chars().any(hnh_domain::hangul::is_syllable));
    korean && text.en.as_deref().is_some_and(|t| !t.trim().is_empty())
}

fn recipe(slug: &str) -> &'static Recipe {
    RECIPES.iter().find(|r| r.provenance.source_id == slug).unwrap()
}

#[test]
fn every_recipe_is_in_both_languages_and_can_be_cooked() {
    assert!(RECIPES.len() >= 280, "{}", RECIPES.len());
    for r in RECIPES.iter() {
        let slug = &r.provenance.source_id;
        assert!(is_in_both(&r.title) && is_in_both(&r.summary), "{slug}");
        assert!(r.ingredients.iter().all(|i| is_in_both(&i.name) && i.grams.is_some() && i.food.is_some()), "{slug}");
        assert!(r.steps.len() >= 2 && r.steps.iter().all(|s| is_in_both(&s.text)), "{slug}");
        assert!(r.keywords.len() >= 4, "{slug}");
        assert_eq!(r.basis, NutritionBasis::Summed, "{slug}");
    }
    let titles: BTreeSet<&str> = RECIPES.iter().flat_map(|r| [r.title.get(Lang::Ko), r.title.get(Lang::En)]).collect();
    assert_eq!(titles.len(), RECIPES.len() * 2);
    let courses: BTreeSet<_> = RECIPES.iter().map(|r| r.course.code()).collect();
    let cuisines: BTreeSet<_> = RECIPES.iter().filter_map(|r| r.cuisine).map(|c| c.code()).collect();
    assert!(courses.len() >= 9 && cuisines.len() >= 12, "{courses:?} {cuisines:?}");
}

#[test]
fn every_recipe_has_its_figures() {
    use Nutrient::{Carbohydrate, Energy, Fat, Protein, Sodium};
    for r in RECIPES.iter() {
        let slug = &r.provenance.source_id;
        for nutrient in [Energy, Protein, Fat, Carbohydrate, Sodium] {
            assert!(r.nutrients.get(nutrient).is_some(), "{slug}: {nutrient} is unknown");
        }
        let (energy, grams) = (r.nutrients.get(Energy).unwrap(), r.serving_g.unwrap());
        assert!(
            (5.0..=900.0).contains(&energy) && (10.0..=1_000.0).contains(&grams),
            "{slug}: {energy} kcal, {grams} g"
        );
        // Energy and what it is made of must agree, roughly: fibre and alcohol shift it.
        let of = |n| r.nutrients.get(n).unwrap();
        let made_of = 4.0 * of(Protein) + 9.0 * of(Fat) + 4.0 * of(Carbohydrate);
        assert!((made_of - energy).abs() <= 0.25 * energy + 15.0, "{slug}: {energy} kcal, {made_of} by its parts");
    }
}

/// What no cook would believe of a recipe.
fn impossible(r: &Recipe) -> Vec<String> {
    let mut found = Vec::new();
    let sodium = r.nutrients.get(Nutrient::Sodium).unwrap();
    if sodium > 1_000.0 {
        found.push(format!("{sodium} mg of sodium a serving"));
    }
    for line in &r.ingredients {
        let one = line.grams.unwrap() / line.quantity.unwrap();
        let (least, most) = match line.unit {
            Some(CookUnit::Gram) => (0.99, 1.01),
            Some(CookUnit::Millilitre) => (0.85, 1.4),
            Some(CookUnit::Tablespoon) => (1.0, 22.0),
            Some(CookUnit::Teaspoon) => (0.4, 9.0),
            Some(CookUnit::Pinch) => (0.1, 15.0),
            Some(CookUnit::Clove) => (2.0, 8.0),
            Some(CookUnit::Cup) => (5.0, 320.0),
            _ => (0.05, 1_500.0),
        };
        if !(least..=most).contains(&one) {
            found.push(format!("{}: {one} g each", line.name.get(Lang::En)));
        }
    }
    let words = r.steps.iter().map(|step| step.text.get(Lang::En)).collect::<Vec<_>>().join(" ");
    if words.contains("oven") && !words.contains("°C") {
        found.push("an oven without its temperature".into());
    }
    // A step that waits is part of the time that the recipe takes.
    let longest = r.steps.iter().filter_map(|step| step.timer_s).max().unwrap_or(0).div_ceil(60);
    if longest > r.total_min.unwrap() {
        found.push(format!("a step of {longest} minutes in {:?}", r.total_min));
    }
    found
}

#[test]
fn no_recipe_is_impossible() {
    let of = |r: &Recipe| {
        impossible(r).into_iter().map(|what| format!("{}: {what}", r.provenance.source_id)).collect::<Vec<_>>()
    };
    let found: Vec<String> = RECIPES.iter().flat_map(of).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_ingredient_is_labelled() {
    for r in RECIPES.iter() {
        let slug = &r.provenance.source_id;
        assert_eq!((r.allergens.len(), r.diets.len()), (Allergen::ALL.len(), Diet::ALL.len()), "{slug}");
        let unknown: Vec<_> = r.allergens.iter().filter(|(_, f)| f.state == Presence::Unknown).collect();
        assert!(unknown.is_empty(), "{slug}: {unknown:?}");
        let vegan = r.diets[&Diet::Vegan].state;
        assert!(vegan != Presence::Unknown, "{slug}");
        if vegan == Presence::Free {
            for animal in [Allergen::Milk, Allergen::Egg, Allergen::Fish, Allergen::Crustacean, Allergen::Pork] {
                // Traces, as of crustaceans on seaweed, matter to an allergy and not to a diet.
                assert_ne!(r.allergens[&animal].state, Presence::Contains, "{slug}: vegan with {animal}");
            }
            assert_eq!(r.diets[&Diet::Vegetarian].state, Presence::Free, "{slug}");
        }
    }
}

#[test]
fn labels_are_those_a_cook_would_write() {
    let doenjang = recipe("dubu-doenjang-jjigae");
    assert_eq!(doenjang.allergens[&Allergen::Soy].state, Presence::Contains);
    assert_eq!(doenjang.diets[&Diet::Vegan].state, Presence::Free);
    assert_eq!(doenjang.allergens[&Allergen::Peanut].state, Presence::Free);
    let oyakodon = recipe("oyakodon-chicken-egg-rice");
    assert_eq!(oyakodon.allergens[&Allergen::Egg].state, Presence::Contains);
    assert_eq!(oyakodon.diets[&Diet::Vegetarian].state, Presence::Contains);
    let loaf = recipe("wholewheat-walnut-banana-loaf");
    assert_eq!(loaf.allergens[&Allergen::TreeNut].state, Presence::Contains);
    assert_eq!(loaf.diets[&Diet::NutFree].state, Presence::Contains);
    assert_eq!(loaf.diets[&Diet::GlutenFree].state, Presence::Contains);
}

#[test]
fn a_high_protein_meal_under_500_kcal_without_nuts_is_there() {
    let found = RECIPES.iter().filter(|r| {
        r.diets[&Diet::HighProtein].state == Presence::Free
            && r.diets[&Diet::NutFree].state == Presence::Free
            && r.nutrients.get(Nutrient::Energy).is_some_and(|e| e < 500.0)
            && r.nutrients.get(Nutrient::Protein).is_some_and(|p| p >= 20.0)
    });
    assert!(found.count() >= 10);
}

#[test]
fn it_builds_and_a_second_build_takes_its_place() {
    let data = tempfile::tempdir().unwrap();
    let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let options = |now| BuildOptions { data: data.path(), starter: Some(&STARTER), now };
    let first = build(&options(at(1_790_000_000)), &mut |_| {}).unwrap();
    assert_eq!((first.info.places, first.info.foods), (67_496, 24_698));
    assert_eq!(first.info.recipes, RECIPES.len() as u64);
    let info: CatalogueInfo = serde_json::from_slice(&fs::read(first.folder.join("catalog.json")).unwrap()).unwrap();
    assert_eq!((info.version.as_str(), &info.sources), (first.name.as_str(), &first.info.sources));
    assert!(info.sources.iter().any(|s| s.source == Source::Osm && s.licence == "ODbL 1.0"));

    let areas = AreaIndex::open(&first.folder).unwrap();
    let found =
        |q: &str| areas.search(q, 1).first().map(|a| a.name.iter().next().unwrap().to_owned()).unwrap_or_default();
    assert_eq!(found("강남구"), "서울특별시 강남구");
    assert_eq!(found("ㅌㅍㄹ1가"), "");
    assert_eq!(found("서울 태평로1가"), "서울특별시 중구 태평로1가");
    assert_eq!(found("seoul"), "서울특별시");
    assert_eq!(found("berlin"), "Berlin, DE");

    let second = build(&options(at(1_790_000_060)), &mut |_| {}).unwrap();
    assert_ne!(first.name, second.name);
    assert_eq!(first.name.split('-').nth(1), second.name.split('-').nth(1), "the same records have the same hash");
    assert_eq!(Versions::new(data.path()).current().unwrap(), Some(second.name));
}

#[test]
fn foods_are_found_in_both_languages() {
    let foods: Vec<Food> = STARTER.foods().unwrap().map(Result::unwrap).collect();
    let names = hnh_ingest::starter::names::FoodNames::load().unwrap();
    let named: Vec<Food> = foods
        .into_iter()
        .map(|mut food| {
            names.complete(&mut food);
            food
        })
        .collect();
    let share = |source: Source, has: fn(&Food) -> bool| {
        let of: Vec<_> = named.iter().filter(|f| f.provenance.source == source).collect();
        (of.iter().filter(|f| has(f)).count(), of.len())
    };
    let (english, all) = share(Source::Mfds, |f| f.name.en.is_some());
    assert!(english * 100 > all * 85, "{english} of {all}");
    assert!(share(Source::Usda, |f| f.name.ko.is_some()).0 >= 300);
    let kimchi = named.iter().find(|f| f.name.en.as_deref().is_some_and(|n| n.starts_with("napa cabbage kimchi")));
    assert!(kimchi.unwrap().name.ko.as_deref().unwrap().starts_with("배추김치"));
}

#[test]
fn where_a_general_allergen_may_be_no_kind_of_it_is_free() {
    let file = File::open(STARTER.folder().join("food_labels.csv")).unwrap();
    let table = LabelTable::read(file, "food_labels.csv").unwrap();
    for (food, label) in table.iter() {
        for general in Allergen::ALL.iter().filter(|a| label.allergen(**a) == Presence::MayContain) {
            for kind in general.kinds() {
                assert_ne!(label.allergen(*kind), Presence::Free, "{food}: {general} may be there, {kind} not?");
            }
        }
    }
}
