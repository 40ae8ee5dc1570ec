//! The recipes: real ones recombined.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use fastrand::Rng;
use hnh_catalog::text::analysis::{Script, each_word, singular};
use hnh_domain::label::{Allergen, AllergenFlags, Diet, DietFlags, Flag, Presence};
use hnh_domain::nutrient::{Nutrient, Nutrients};
use hnh_domain::recipes::{Course, Effort, Ingredient, NutritionBasis, Recipe, RecipeCuisine, Step};
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::Text;
use serde_json::Value;

/// What is taken of a real recipe.
struct Original {
    title: String,
    ingredients: Vec<String>,
    steps: Vec<String>,
}

/// The originals by language, and how many recipes to make of them.
pub(crate) struct Corpus {
    pub(crate) rows: u32,
    korean: Vec<Original>,
    english: Vec<Original>,
}

impl Corpus {
    /// Reads the reference data; none, with one line, where it is absent.
    pub(crate) fn read(rows: u32) -> Result<Option<Self>> {
        let folder = std::env::var_os("HNH_SHARED")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from)
            .join("recipes");
        if !folder.exists() {
            println!("nothing measured: {} is absent", folder.display());
            return Ok(None);
        }
        let json = |path: &str| -> Result<Value> {
            let text = std::fs::read_to_string(folder.join(path)).with_context(|| format!("cannot read {path}"))?;
            Ok(serde_json::from_str(&text)?)
        };
        let korean = json("mfds/COOKRCP01.json")?;
        let korean = korean["COOKRCP01"]["row"].as_array().context("no rows")?.iter().map(cookrcp).collect();
        let wikibooks = json("wikibooks/recipes_en-us.json")?;
        let mut english: Vec<_> = wikibooks.as_object().context("no recipes")?.values().map(wikibook).collect();
        let mut files: Vec<_> = folder.join("public_domain").read_dir()?.collect::<Result<_, _>>()?;
        files.sort_by_key(std::fs::DirEntry::file_name);
        for file in files {
            english.push(markdown(&std::fs::read_to_string(file.path())?));
        }
        english.retain(|o| !o.title.is_empty() && !o.ingredients.is_empty());
        Ok(Some(Self { rows, korean, english }))
    }

    pub(crate) fn originals(&self) -> usize {
        self.korean.len() + self.english.len()
    }

    /// All recipes, the same in every run.
    pub(crate) fn recipes(&self) -> impl Iterator<Item = Recipe> {
        (0..self.rows).map(|number| self.recipe(number))
    }

    /// One of them: a third is Korean.
    fn recipe(&self, number: u32) -> Recipe {
        let mut rng = Rng::with_seed(u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let originals = if rng.u8(..3) == 0 { &self.korean } else { &self.english };
        let [a, b] = [(); 2].map(|()| &originals[rng.usize(..originals.len())]);
        let half = |text: &str, first: bool| {
            let words: Vec<&str> = text.split_whitespace().collect();
            let middle = words.len().div_ceil(2);
            if first { words[..middle].join(" ") } else { words[middle.min(words.len() - 1)..].join(" ") }
        };
        let some = |list: &[String], rng: &mut Rng| -> Vec<String> {
            list.iter().filter(|_| rng.u8(..10) < 6).cloned().collect()
        };
        let mut names = some(&a.ingredients, &mut rng);
        names.extend(some(&b.ingredients, &mut rng));
        let ingredient = |name: String| Ingredient { name: Text::detect(name), ..Ingredient::default() };
        let step = |text: &String| Step { text: Text::detect(text), timer_s: None };
        let provenance = Provenance::new(Source::Web, format!("made/{number}"));
        Recipe {
            course: Course::ALL[rng.usize(..Course::ALL.len())],
            cuisine: (rng.u8(..4) > 0).then(|| RecipeCuisine::ALL[rng.usize(..RecipeCuisine::ALL.len())]),
            effort: (rng.u8(..4) > 0).then(|| Effort::ALL[rng.usize(..Effort::ALL.len())]),
            servings: Some(f32::from(rng.u8(1..7))),
            total_min: (rng.u8(..5) > 0).then(|| rng.u32(1..25) * 5),
            ingredients: names.into_iter().map(ingredient).collect(),
            steps: a.steps.iter().map(step).collect(),
            nutrients: nutrients(&mut rng),
            basis: NutritionBasis::Stated,
            allergens: allergens(&mut rng),
            diets: diets(&mut rng),
            ..Recipe::new(provenance, Text::detect(format!("{} {}", half(&a.title, true), half(&b.title, false))))
        }
    }
}

/// Amounts a serving: two thirds of the recipes state some, a third of those all.
fn nutrients(rng: &mut Rng) -> Nutrients {
    let mut nutrients = Nutrients::default();
    let known = match rng.u8(..9) {
        0..3 => 0,
        3..7 => 12,
        _ => Nutrient::ALL.len(),
    };
    for nutrient in &Nutrient::ALL[..known] {
        let usual = match nutrient {
            Nutrient::Energy => 400.0,
            Nutrient::Sodium | Nutrient::Potassium | Nutrient::Calcium => 500.0,
            _ => 15.0,
        };
        // A sum of three is near enough to how amounts spread.
        let spread = rng.f32() + rng.f32() + rng.f32();
        nutrients.set(*nutrient, Some((usual * spread * spread * 10.0).round() / 20.0));
    }
    nutrients
}

fn allergens(rng: &mut Rng) -> AllergenFlags {
    labels(Allergen::ALL, rng, |_| 60)
}

fn diets(rng: &mut Rng) -> DietFlags {
    labels(Diet::ALL, rng, |diet| match diet {
        Diet::Vegan | Diet::LowCarb | Diet::HighProtein => 12,
        Diet::Vegetarian | Diet::GlutenFree | Diet::LowSodium => 30,
        _ => 45,
    })
}

/// A label each: free in so many of a hundred, else unknown or not free.
fn labels<T: Copy + Ord>(all: &[T], rng: &mut Rng, free: impl Fn(T) -> u8) -> BTreeMap<T, Flag> {
    let mut labels = BTreeMap::new();
    for label in all {
        let state = match rng.u8(..100) {
            n if n < free(*label) => Presence::Free,
            n if n % 2 == 0 => continue,
            n if n % 3 == 0 => Presence::MayContain,
            _ => Presence::Contains,
        };
        labels.insert(*label, Flag { state, because: Vec::new() });
    }
    labels
}

/// The words of a recipe as our index folds them, each once: what the rivals index.
pub(crate) fn folded_words(recipe: &Recipe) -> String {
    let mut words = std::collections::BTreeSet::new();
    for text in recipe.title.iter().chain(recipe.ingredients.iter().flat_map(|i| i.name.iter())) {
        each_word(text, |word, script| {
            let mut word = word.to_owned();
            if script == Script::Spaced {
                singular(&mut word);
            }
            words.insert(word);
        });
    }
    words.into_iter().collect::<Vec<_>>().join(" ")
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn cookrcp(row: &Value) -> Original {
    let text = |field: &str| row[field].as_str().unwrap_or_default().trim().to_owned();
    let ingredients = text("RCP_PARTS_DTLS");
    let ingredients = ingredients.split([',', '\n']).map(str::trim).filter(|i| !i.is_empty()).map(str::to_owned);
    let steps = (1..=20).map(|n| text(&format!("MANUAL{n:02}"))).filter(|s| !s.is_empty());
    Original { title: text("RCP_NM"), ingredients: ingredients.collect(), steps: steps.collect() }
}

fn wikibook(recipe: &Value) -> Original {
    Original {
        title: recipe["title"].as_str().unwrap_or_default().to_owned(),
        ingredients: texts(&recipe["ingredients"]),
        steps: texts(&recipe["steps"]),
    }
}

fn markdown(text: &str) -> Original {
    let title = text.lines().find_map(|l| l.strip_prefix("title:")).unwrap_or_default();
    let title = title.trim().trim_matches(['"', '\'']).to_owned();
    let (mut ingredients, mut steps, mut heading) = (Vec::new(), Vec::new(), "");
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            heading = name.trim();
        } else if let Some(item) = line.trim_start().strip_prefix("- ").filter(|_| heading == "Ingredients") {
            ingredients.push(item.to_owned());
        } else if heading == "Directions" && !line.trim().is_empty() {
            steps.push(line.trim().to_owned());
        }
    }
    Original { title, ingredients, steps }
}
