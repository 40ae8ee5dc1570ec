//! `hnh-server tool recipe`.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use hnh_domain::label::{Allergen, Diet, Flag, Presence};
use hnh_domain::nutrient::{KJ_PER_KCAL, Nutrient};
use hnh_domain::text::Text;
use hnh_ingest::starter::Starter;
use hnh_nutrition::{Figure, Line, Missing, Tables, Written};
use serde::Serialize;

/// The longest recipe, in bytes.
const MAX_RECIPE: u64 = 256 * 1024;

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
    serving_g: Option<f64>,
    kj_per_serving: f64,
    lines: Vec<LineAnswer>,
    nutrients: BTreeMap<&'static str, FigureAnswer>,
    allergens: BTreeMap<&'static str, State>,
    /// The presence of what breaks the diet: `free` suits it.
    diets: BTreeMap<&'static str, State>,
}

#[derive(Serialize)]
struct LineAnswer {
    line: String,
    name: String,
    /// The food that is meant, as its source numbers it.
    food: Option<&'static str>,
    food_name: Option<String>,
    grams: Option<f64>,
    /// Why there is no weight, or no food.
    why: Option<&'static str>,
}

#[derive(Serialize)]
struct FigureAnswer {
    unit: &'static str,
    per_serving: f64,
    per_recipe: f64,
    per_100g: Option<f64>,
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
        let words = |text: &Text| text.iter().next().unwrap_or_default().to_owned();
        Self { state: flag.state, because: flag.because.iter().map(words).collect() }
    }
}

impl From<&Line<'_>> for LineAnswer {
    fn from(line: &Line<'_>) -> Self {
        Self {
            line: line.text.clone(),
            name: line.read.name.clone(),
            food: line.key,
            food_name: line.food.and_then(|food| food.name.en.clone().or_else(|| food.name.ko.clone())),
            grams: line.grams.ok().map(|grams| rounded(grams, 10.0)),
            why: line.missing().map(Missing::words),
        }
    }
}

fn rounded(value: f64, steps: f64) -> f64 {
    (value * steps).round() / steps
}

/// The foods and labels of a starter catalogue.
pub(super) fn tables(starter: &Starter) -> anyhow::Result<Tables> {
    Tables::new(starter.foods()?, starter.labels()?)
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    ensure!(args.servings > 0.0 && args.servings <= 1_000.0, "--servings must be above 0, at most 1000");
    let mut text = String::new();
    let stdin = std::io::stdin().lock();
    stdin.take(MAX_RECIPE).read_to_string(&mut text).context("standard input cannot be read")?;
    let tables = tables(&Starter::find(args.starter.as_deref())?)?;
    let recipe = Written::read(&text, args.servings, &tables);
    let serving_g = recipe.serving_g();
    let figure = |nutrient: Nutrient, figure: Figure| FigureAnswer {
        unit: nutrient.unit(),
        per_serving: rounded(figure.per_serving, 100.0),
        per_recipe: rounded(figure.per_serving * args.servings, 100.0),
        per_100g: serving_g
            .filter(|grams| *grams > 0.0)
            .map(|grams| rounded(figure.per_serving * 100.0 / grams, 100.0)),
        coverage: rounded(figure.coverage, 1_000.0),
        at_least: figure.at_least,
        missing: figure.missing,
    };
    let figures = recipe.figures();
    let answer = Answer {
        servings: args.servings,
        serving_g: serving_g.map(|grams| rounded(grams, 10.0)),
        kj_per_serving: figures
            .get(&Nutrient::Energy)
            .map_or(0.0, |energy| (energy.per_serving * f64::from(KJ_PER_KCAL)).round()),
        lines: recipe.lines.iter().map(LineAnswer::from).collect(),
        nutrients: figures.into_iter().map(|(nutrient, of)| (nutrient.code(), figure(nutrient, of))).collect(),
        allergens: recipe.allergens().iter().map(|(allergen, flag)| (Allergen::code(*allergen), flag.into())).collect(),
        diets: recipe.diets().iter().map(|(diet, flag)| (Diet::code(*diet), flag.into())).collect(),
    };
    println!("{}", serde_json::to_string_pretty(&answer)?);
    Ok(())
}
