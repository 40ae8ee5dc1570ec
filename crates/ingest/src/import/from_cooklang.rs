//! Recipes written in Cooklang as catalogue records. What the text does not state stays unknown.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use hnh_domain::recipes::{CookUnit, Ingredient, Recipe, RecipeCuisine, Step};
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::{Lang, Text};
use serde_json::Value;

use hnh_nutrition::ingredient;
use hnh_recipe_page::duration;

use super::RecordSink;
use super::cooklang::{self, Amount, CooklangRecipe, StepItem};
use super::from_page::{MOST_LINES, course, in_language, servings};
use super::sanitize::{LINE, NAME, PARAGRAPH, clean};

/// Units that mean the same in Cooklang and here, and how many of ours one is. A cup is not among them:
/// it holds 240 ml where most Cooklang is written, and 200 ml here.
const UNITS: &[(&[&str], CookUnit, f64)] = &[
    (&["g", "gram", "grams"], CookUnit::Gram, 1.0),
    (&["kg", "kilogram", "kilograms"], CookUnit::Gram, 1000.0),
    (&["ml", "millilitre", "milliliter", "millilitres", "milliliters"], CookUnit::Millilitre, 1.0),
    (&["l", "litre", "liter", "litres", "liters"], CookUnit::Millilitre, 1000.0),
    (&["tbsp", "tablespoon", "tablespoons"], CookUnit::Tablespoon, 1.0),
    (&["tsp", "teaspoon", "teaspoons"], CookUnit::Teaspoon, 1.0),
    (&["clove", "cloves"], CookUnit::Clove, 1.0),
    (&["slice", "slices"], CookUnit::Slice, 1.0),
    (&["can", "cans"], CookUnit::Can, 1.0),
    (&["bunch", "bunches"], CookUnit::Bunch, 1.0),
    (&["pinch", "pinches"], CookUnit::Pinch, 1.0),
    (&["handful", "handfuls"], CookUnit::Handful, 1.0),
    (&["stalk", "stalks"], CookUnit::Stalk, 1.0),
];

/// Reads `.cook` files, a recipe each.
///
/// # Errors
/// When a file cannot be read.
pub fn read(paths: &[PathBuf], sink: &mut RecordSink<'_>) -> Result<()> {
    for path in paths {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        // One byte more than a text may have, so that the reader can say that it is too large.
        sink.open(path)?
            .take(cooklang::MAX_BYTES as u64 + 1)
            .read_to_end(&mut bytes)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        match read_text(&bytes, &name) {
            Ok(found) => sink.recipe(&file, &recipe(&found, path))?,
            Err(reason) => sink.refuse(&file, &reason)?,
        }
    }
    Ok(())
}

fn read_text(bytes: &[u8], name: &str) -> Result<CooklangRecipe, String> {
    let text = std::str::from_utf8(bytes).map_err(|e| format!("not UTF-8 text from byte {} on", e.valid_up_to()))?;
    let found = cooklang::read(text, name).map_err(|e| e.to_string())?;
    if found.ingredients.is_empty() && found.steps.is_empty() {
        return Err("neither ingredients nor steps".into());
    }
    Ok(found)
}

/// The record of a recipe in the file at `path`, whose name is its id: a folder of recipes has each once.
fn recipe(found: &CooklangRecipe, path: &Path) -> Recipe {
    let stated = |key: &str| found.metadata.get(key).and_then(Value::as_str).unwrap_or("");
    let language = [stated("locale"), stated("language"), stated("lang")].concat().to_ascii_lowercase();
    let text = |text: &str, longest| clean(text, longest).map(|t| in_language(t, &language));
    let list = |key: &str| -> Vec<String> {
        match found.metadata.get(key) {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).filter_map(|t| clean(t, 40)).collect(),
            // A list or map comes as its JSON.
            Some(Value::String(text)) => text.split([',', '[', ']', '"']).filter_map(|t| clean(t, 40)).collect(),
            _ => Vec::new(),
        }
    };
    let cuisine = stated("cuisine").trim();
    let provenance =
        Provenance::new(Source::Cooklang, path.file_name().unwrap_or_default().to_string_lossy().into_owned());
    Recipe {
        summary: ["description", "introduction"].iter().find_map(|k| text(stated(k), LINE)).unwrap_or_default(),
        course: course(&[list("course"), list("category"), list("tags")].concat()),
        cuisine: RecipeCuisine::ALL.iter().copied().find(|c| c.name(Lang::En).eq_ignore_ascii_case(cuisine)),
        servings: found.servings.as_deref().and_then(servings),
        prep_min: found.prep_minutes,
        cook_min: found.cook_minutes,
        total_min: found.total_minutes,
        keywords: list("tags").into_iter().take(20).collect(),
        ingredients: found
            .ingredients
            .iter()
            .filter_map(|i| ingredient(i, &|t, longest| text(t, longest)))
            .take(MOST_LINES)
            .collect(),
        steps: found
            .steps
            .iter()
            .filter_map(|s| Some(Step { text: text(&s.text, PARAGRAPH)?, timer_s: timer(found, &s.items) }))
            .take(MOST_LINES)
            .collect(),
        ..Recipe::new(provenance, text(&found.title, NAME).unwrap_or_default())
    }
}

/// A shopping line: with amount and unit of ours where they fit, else in words.
fn ingredient(found: &cooklang::Ingredient, text: &dyn Fn(&str, usize) -> Option<Text>) -> Option<Ingredient> {
    let unit = found.unit.as_deref().unwrap_or("").trim().to_lowercase();
    let prep = found.note.as_deref().and_then(|n| text(n, LINE));
    let number = match &found.quantity {
        Some(Amount::Number(number)) => Some(*number),
        // "½", "1 1/2".
        Some(Amount::Text(text)) => ingredient::number(text),
        None => None,
    };
    let ours = match number {
        Some(n) if unit.is_empty() => Some((n, CookUnit::Piece)),
        Some(n) => {
            UNITS.iter().find(|(names, ..)| names.contains(&unit.as_str())).map(|(_, ours, times)| (n * times, *ours))
        }
        _ => None,
    };
    if let Some((quantity, unit)) = ours {
        let grams = (unit == CookUnit::Gram).then_some(quantity as f32);
        return Some(Ingredient {
            name: text(&found.name, NAME)?,
            quantity: Some(quantity as f32),
            unit: Some(unit),
            grams,
            prep,
            ..Ingredient::default()
        });
    }
    let amount = match &found.quantity {
        Some(Amount::Number(n)) => n.to_string(),
        Some(Amount::Text(words)) => words.clone(),
        None => String::new(),
    };
    let line = [amount.as_str(), found.unit.as_deref().unwrap_or(""), &found.name].join(" ");
    Some(Ingredient { name: text(&line, NAME)?, prep, ..Ingredient::default() })
}

/// The seconds of the step's longest timer.
pub(crate) fn timer(found: &CooklangRecipe, items: &[StepItem]) -> Option<u32> {
    let seconds = items.iter().filter_map(|item| {
        let StepItem::Timer { index } = item else { return None };
        let timer = found.timers.get(*index)?;
        let unit = timer.unit.as_deref()?.trim().to_lowercase();
        let quantity = match timer.quantity.as_ref()? {
            Amount::Number(number) => number.to_string(),
            // Of "4-5" the shorter: who looks too early can wait.
            Amount::Text(text) => text.split(['-', '–', '~', ' ']).next()?.to_owned(),
        };
        let unit = match unit.as_str() {
            "m" => "min",
            "s" | "sec" | "secs" | "second" | "seconds" | "초" => {
                return quantity.parse::<f64>().ok().map(|seconds| seconds.round() as u32).filter(is_timer);
            }
            unit => unit,
        };
        duration::minutes(&format!("{quantity} {unit}")).and_then(|minutes| minutes.checked_mul(60)).filter(is_timer)
    });
    seconds.max()
}

/// Whether somebody waits for it in the kitchen: a timer of more than a week is nobody's.
fn is_timer(seconds: &u32) -> bool {
    (1..=7 * 24 * 3_600).contains(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str) -> Recipe {
        recipe(&read_text(text.as_bytes(), "soup").unwrap(), Path::new("a/soup.cook"))
    }

    #[test]
    fn amounts_become_ours_where_they_mean_the_same() {
        let r = record(
            "---\nservings: 4\ntags: soup, quick\n---\nBoil @lentils{0.5%kg} in @stock{2%cups} for ~{1%hour}.\n\nAdd @salt.",
        );
        assert_eq!((r.servings, r.title.en.as_deref()), (Some(4.0), Some("soup")));
        assert_eq!((r.ingredients[0].grams, r.ingredients[0].unit), (Some(500.0), Some(CookUnit::Gram)));
        assert_eq!((r.ingredients[1].quantity, r.ingredients[1].name.en.as_deref()), (None, Some("2 cups stock")));
        assert_eq!(r.ingredients[2].name.en.as_deref(), Some("salt"));
        assert_eq!((r.steps[0].timer_s, r.steps[1].timer_s), (Some(3_600), None));
        assert!(r.allergens.is_empty() && r.diets.is_empty());
    }

    #[test]
    fn ranges_fractions_and_yields_are_read() {
        let r = record(
            "---\nservings: 450 g\n---\nRub with @salt{½%tsp} and @sugar{1½%tbsp} for ~{4-5%minutes}.\n\nWait ~{1%Stunde}.",
        );
        assert_eq!(r.servings, None);
        assert_eq!((r.ingredients[0].quantity, r.ingredients[1].quantity), (Some(0.5), Some(1.5)));
        assert_eq!((r.steps[0].timer_s, r.steps[1].timer_s), (Some(240), Some(3_600)));
    }

    #[test]
    fn half_a_minute_is_no_minute() {
        assert_eq!(record("Shake for ~{30%seconds}.").steps[0].timer_s, Some(30));
    }

    #[test]
    fn an_empty_text_is_no_recipe() {
        assert_eq!(read_text(b"", "x").unwrap_err(), "neither ingredients nor steps");
        assert!(read_text(&[0xff, 0xfe, 0x00], "x").unwrap_err().starts_with("not UTF-8"));
    }
}
