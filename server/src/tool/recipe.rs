//! `hnh-server tool recipe`.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use hnh_domain::foods::{Food, FoodBasis};
use hnh_domain::label::{Allergen, Diet, Flag, Presence};
use hnh_domain::nutrient::Nutrient;
use hnh_domain::text::Text;
use hnh_ingest::starter::Starter;
use hnh_nutrition::ingredient::{Ingredient, Reader, lines};
use hnh_nutrition::{FoodNames, Labelled, Measured, NoGrams, allergens, diets, grams};
use serde::Serialize;

/// The longest recipe, in bytes.
const MAX_RECIPE: u64 = 256 * 1024;
/// From this share of the weight on, a figure is told without "at least".
const COVERED: f64 = 0.9;

/// How the recipe is shared out.
#[derive(clap::Args)]
pub struct Args {
    /// How many the recipe serves
    #[arg(long, default_value_t = 1.0)]
    servings: f64,
    /// The starter catalogue's folder, which has the foods
    #[arg(long)]
    starter: Option<PathBuf>,
}

#[derive(Serialize)]
struct Answer {
    servings: f64,
    lines: Vec<LineAnswer>,
    nutrients: BTreeMap<&'static str, Figure>,
    allergens: BTreeMap<&'static str, State>,
    /// The presence of what breaks the diet: `free` suits it.
    diets: BTreeMap<&'static str, State>,
}

#[derive(Serialize)]
struct LineAnswer {
    line: String,
    name: String,
    /// The food that is meant, as its source numbers it.
    food: Option<String>,
    grams: Option<f64>,
    /// Why there is no weight, or no food.
    why: Option<&'static str>,
}

#[derive(Serialize)]
struct Figure {
    unit: &'static str,
    per_serving: f64,
    /// The share of the known weight whose amount is known.
    coverage: f64,
    /// Whether it may be more: too little of the weight is known, or a line has none.
    at_least: bool,
    missing: Vec<String>,
}

#[derive(Serialize)]
struct State {
    state: Presence,
    because: Vec<String>,
}

impl From<&Flag> for State {
    fn from(flag: &Flag) -> Self {
        let words = |text: &Text| text.en.clone().or_else(|| text.ko.clone()).unwrap_or_default();
        Self { state: flag.state, because: flag.because.iter().map(words).collect() }
    }
}

/// The foods that the names mean, by the names' spelling of them: `usda:01001`.
fn foods(starter: &Starter) -> anyhow::Result<HashMap<String, Food>> {
    let wanted: std::collections::HashSet<&str> = FoodNames::built_in().foods().collect();
    let mut foods = HashMap::new();
    for food in starter.foods()? {
        let food = food?;
        let key = format!("{}:{}", food.provenance.source, food.provenance.source_id);
        if wanted.contains(key.as_str()) {
            foods.insert(key, food);
        }
    }
    Ok(foods)
}

/// A line with what is known of it.
struct Known<'a> {
    line: String,
    read: Ingredient,
    key: Option<&'a str>,
    food: Option<&'a Food>,
    grams: Result<f64, NoGrams>,
}

impl Known<'_> {
    fn why(&self) -> Option<&'static str> {
        match (self.key, self.grams) {
            (None, _) => Some("missing food"),
            (_, Err(NoGrams::NoQuantity)) => Some("no quantity"),
            (_, Err(NoGrams::UnknownUnit)) => Some("missing unit"),
            (_, Ok(_)) if self.food.is_none() => Some("missing nutrient"),
            _ => None,
        }
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    ensure!(args.servings > 0.0 && args.servings <= 1_000.0, "--servings must be above 0, at most 1000");
    let mut text = String::new();
    let stdin = std::io::stdin().lock();
    stdin.take(MAX_RECIPE).read_to_string(&mut text).context("standard input cannot be read")?;
    let starter = Starter::find(args.starter.as_deref())?;
    let (labels, foods) = (starter.labels()?, foods(&starter)?);
    let mut reader = Reader::default();
    let known: Vec<Known<'_>> = split(&text)
        .into_iter()
        .map(|line| {
            let read = reader.read(&line);
            let key = FoodNames::built_in().find(&read.name);
            let food = key.and_then(|key| foods.get(key)).filter(|food| food.basis == FoodBasis::Per100g);
            let measured = food.map(|food| Measured { portions: &food.portions, is_liquid: is_liquid(food) });
            let no_amount = Err(NoGrams::NoQuantity);
            let grams = read
                .amounts
                .iter()
                .map(|amount| grams(amount, read.size.as_deref(), measured))
                .fold(no_amount, Result::or);
            Known { line, read, key, food, grams }
        })
        .collect();
    let names: Vec<Text> = known.iter().map(|known| Text { en: Some(shown(known)), ..Text::default() }).collect();
    let labelled: Vec<Labelled<'_>> = known
        .iter()
        .zip(&names)
        .map(|(known, name)| Labelled { name, label: known.key.and_then(|key| labels.get(key)) })
        .collect();
    let answer = Answer {
        servings: args.servings,
        nutrients: nutrients(&known, args.servings),
        allergens: allergens(&labelled)
            .iter()
            .map(|(allergen, flag)| (Allergen::code(*allergen), flag.into()))
            .collect(),
        diets: diets(&labelled).iter().map(|(diet, flag)| (Diet::code(*diet), flag.into())).collect(),
        lines: known
            .iter()
            .map(|known| LineAnswer {
                line: known.line.clone(),
                name: known.read.name.clone(),
                food: known.key.map(str::to_owned),
                grams: known.grams.ok().map(|grams| (grams * 10.0).round() / 10.0),
                why: known.why(),
            })
            .collect(),
    };
    println!("{}", serde_json::to_string_pretty(&answer)?);
    Ok(())
}

/// The lines of a recipe: Korean lists are taken apart at their commas.
fn split(text: &str) -> Vec<String> {
    let rows = text.lines().map(str::trim).filter(|row| !row.is_empty());
    rows.flat_map(|row| {
        if row.contains(|c| matches!(c, '가'..='힣')) {
            lines(row).into_iter().map(|(_, line)| line).collect()
        } else {
            vec![row.to_owned()]
        }
    })
    .collect()
}

/// The name by which a line is told; the whole line where no name was read.
fn shown(known: &Known<'_>) -> String {
    if known.read.name.is_empty() { known.line.clone() } else { known.read.name.clone() }
}

/// What is poured: its millilitre weighs about a gram. Nine parts of ten of water, or of fat.
fn is_liquid(food: &Food) -> bool {
    let of = |nutrient| food.nutrients.get(nutrient).unwrap_or_default();
    of(Nutrient::Fat) > 90.0
        || food.name.en.as_deref().is_some_and(|name| {
            ["Water", "Milk", "Beverages", "Soup", "Vinegar", "Alcoholic", "Sauce", "Soy sauce"]
                .iter()
                .any(|begin| name.starts_with(begin))
        })
}

fn nutrients(known: &[Known<'_>], servings: f64) -> BTreeMap<&'static str, Figure> {
    let weighed = |known: &Known<'_>| known.grams.ok();
    let total: f64 = known.iter().filter_map(weighed).sum();
    // A pinch without a number weighs nothing that matters.
    let without: Vec<String> = known
        .iter()
        .filter(|known| known.grams.is_err_and(|why| why == NoGrams::UnknownUnit) || known.key.is_none())
        .map(shown)
        .collect();
    let figure = |nutrient: Nutrient| {
        let (mut sum, mut covered) = (0.0, 0.0);
        let mut missing = without.clone();
        for known in known {
            let Some(grams) = weighed(known) else { continue };
            match known.food.and_then(|food| food.nutrients.get(nutrient)) {
                Some(amount) => {
                    sum += f64::from(amount) * grams / 100.0;
                    covered += grams;
                }
                None if known.key.is_some() => missing.push(shown(known)),
                None => {}
            }
        }
        let coverage = if total > 0.0 { covered / total } else { 0.0 };
        Figure {
            unit: nutrient.unit(),
            per_serving: (sum / servings * 100.0).round() / 100.0,
            coverage: (coverage * 1_000.0).round() / 1_000.0,
            at_least: coverage < COVERED || !without.is_empty(),
            missing,
        }
    };
    Nutrient::ALL.iter().map(|nutrient| (nutrient.code(), figure(*nutrient))).collect()
}
