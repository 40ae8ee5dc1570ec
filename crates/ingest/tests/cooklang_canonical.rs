//! Cooklang's canonical cases, run through our reader. They are read from the reference data
//! beside the workspace (`HNH_SHARED` names another place) and skipped where it is absent.

mod shared_data;

use std::collections::BTreeMap;

use hnh_ingest::import::cooklang::{Amount, CooklangRecipe, StepItem, read};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    tests: BTreeMap<String, Case>,
}

#[derive(Deserialize)]
struct Case {
    source: String,
    result: Expected,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Expected {
    steps: Vec<Vec<Part>>,
    metadata: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Part {
    Text { value: String },
    Ingredient { name: String, quantity: Measure, units: String },
    Cookware { name: String, quantity: Measure },
    Timer { name: String, quantity: Measure, units: String },
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Measure {
    Number(f64),
    Text(String),
}

/// An open quantity is written the canonical way: "some" of an ingredient, one tool, no time.
fn measure(amount: Option<&Amount>, open: Measure) -> Measure {
    match amount {
        Some(Amount::Number(number)) => Measure::Number(*number),
        Some(Amount::Text(text)) => Measure::Text(text.clone()),
        None => open,
    }
}

fn part(item: &StepItem, recipe: &CooklangRecipe) -> Part {
    match item {
        StepItem::Text { value } => Part::Text { value: value.clone() },
        StepItem::Ingredient { index } => {
            let found = &recipe.ingredients[*index];
            Part::Ingredient {
                name: found.name.clone(),
                quantity: measure(found.quantity.as_ref(), Measure::Text("some".into())),
                units: found.unit.clone().unwrap_or_default(),
            }
        }
        StepItem::Cookware { index } => {
            let found = &recipe.cookware[*index];
            Part::Cookware {
                name: found.name.clone(),
                quantity: measure(found.quantity.as_ref(), Measure::Number(1.0)),
            }
        }
        StepItem::Timer { index } => {
            let found = &recipe.timers[*index];
            Part::Timer {
                name: found.name.clone().unwrap_or_default(),
                quantity: measure(found.quantity.as_ref(), Measure::Text(String::new())),
                units: found.unit.clone().unwrap_or_default(),
            }
        }
    }
}

#[test]
fn all_canonical_cases() {
    let Some(file) = shared_data::file("tests/cooklang/canonical.yaml") else {
        return;
    };
    let text = std::fs::read_to_string(&file).expect("the cases can be read");
    let cases: Cases = serde_yaml::from_str(&text).expect("the cases are YAML");
    assert!(cases.tests.len() >= 60, "only {} cases", cases.tests.len());
    let mut failures = Vec::new();
    for (name, case) in &cases.tests {
        match read(&case.source, name) {
            Ok(recipe) => {
                let steps = recipe.steps.iter().map(|step| step.items.iter().map(|item| part(item, &recipe)).collect());
                let got = Expected { steps: steps.collect(), metadata: recipe.metadata.clone() };
                if got != case.result {
                    failures.push(format!("{name}: expected {:?}, got {got:?}", case.result));
                }
            }
            Err(error) => failures.push(format!("{name}: {error}")),
        }
    }
    assert!(failures.is_empty(), "{} of {} fail:\n{}", failures.len(), cases.tests.len(), failures.join("\n"));
}
