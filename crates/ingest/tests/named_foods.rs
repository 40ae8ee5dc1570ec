//! The foods that cooks name, as the ingredient engine carries them into the browser.

use std::fs;
use std::path::Path;

use hnh_domain::foods::{Food, FoodBasis};
use hnh_ingest::starter::Starter;
use hnh_nutrition::FoodNames;

/// Set to write the file anew, as after a change of names or of the starter's foods.
const UPDATE: &str = "HNH_UPDATE_NAMED_FOODS";

#[test]
fn the_engines_foods_are_those_of_the_starter() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let starter = Starter::find(Some(&root.join("starter"))).unwrap();
    let wanted = FoodNames::built_in().figures();
    let named = |food: &Food| {
        let key = format!("{}:{}", food.provenance.source, food.provenance.source_id);
        food.basis == FoodBasis::Per100g && wanted.contains(key.as_str())
    };
    let mut lines: Vec<String> = starter
        .foods()
        .unwrap()
        .map(Result::unwrap)
        .filter(named)
        .map(|food| serde_json::to_string(&food).unwrap() + "\n")
        .collect();
    lines.sort();
    let file = root.join("../nutrition/foods/foods.jsonl");
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&file, lines.concat()).unwrap();
    }
    let current = fs::read_to_string(&file).unwrap_or_default() == lines.concat();
    assert!(current, "crates/nutrition/foods/foods.jsonl is old: run this test with {UPDATE}=1");
}
