//! Recipes written in [Cooklang](https://cooklang.org/docs/spec/), read by its canonical rules:
//! the parser's extensions are off.

mod canonical;

use std::sync::LazyLock;

use cooklang::error::{SourceDiag, SourceReport};
use cooklang::quantity::Value;
use cooklang::{Content, CooklangParser, Item, Quantity, Recipe};
use serde::Serialize;

use hnh_recipe_page::duration;

/// Largest text read, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// A recipe as its Cooklang text states it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CooklangRecipe {
    /// The title of the metadata, else the name the text came with.
    pub title: String,
    /// How much it makes, as written ("4", "1|2|3").
    pub servings: Option<String>,
    /// Minutes of preparation, at least 1.
    pub prep_minutes: Option<u32>,
    /// Minutes of cooking, at least 1.
    pub cook_minutes: Option<u32>,
    /// Minutes in all, at least 1; where the metadata gives none, preparation and cooking together.
    pub total_minutes: Option<u32>,
    /// Ingredients in the order they are named, once each time they are named.
    pub ingredients: Vec<Ingredient>,
    /// Pots and tools, likewise.
    pub cookware: Vec<Cookware>,
    /// Timers, likewise.
    pub timers: Vec<Timer>,
    /// The steps.
    pub steps: Vec<Step>,
    /// Paragraphs that are no steps (`> …`).
    pub notes: Vec<String>,
    /// All metadata. Keys that are no text are written as JSON.
    pub metadata: serde_json::Map<String, serde_json::Value>,
    /// What the parser passed over, each with its line ("line 2: Invalid YAML …").
    pub warnings: Vec<String>,
}

/// A quantity.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Amount {
    /// A number; a fraction is divided out.
    Number(f64),
    /// Anything else ("few", "2-3").
    Text(String),
}

/// An ingredient where a step names it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ingredient {
    /// Its name.
    pub name: String,
    /// How much; `None` where the text leaves it open ("some").
    pub quantity: Option<Amount>,
    /// Unit as written.
    pub unit: Option<String>,
    /// How it is prepared ("peeled").
    pub note: Option<String>,
}

/// A pot or tool where a step names it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cookware {
    /// Its name.
    pub name: String,
    /// How many; `None` means one.
    pub quantity: Option<Amount>,
}

/// A timer where a step sets it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timer {
    /// What it is for.
    pub name: Option<String>,
    /// How long.
    pub quantity: Option<Amount>,
    /// Unit as written.
    pub unit: Option<String>,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The section it belongs to, if the recipe has named ones.
    pub section: Option<String>,
    /// Its parts in order.
    pub items: Vec<StepItem>,
    /// Its plain text: names where ingredients and cookware stand, times where timers stand.
    pub text: String,
}

/// A part of a step; indices are places in the recipe's lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum StepItem {
    /// Words between the others.
    Text {
        /// The words, with their spaces.
        value: String,
    },
    /// An ingredient of [`CooklangRecipe::ingredients`].
    Ingredient {
        /// Its place.
        index: usize,
    },
    /// A tool of [`CooklangRecipe::cookware`].
    Cookware {
        /// Its place.
        index: usize,
    },
    /// A timer of [`CooklangRecipe::timers`].
    Timer {
        /// Its place.
        index: usize,
    },
}

/// Why a text is not Cooklang.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CooklangError {
    /// The text is larger than [`MAX_BYTES`].
    #[error("the recipe is {bytes} bytes long; at most {MAX_BYTES} are read")]
    TooLarge {
        /// Its length in bytes.
        bytes: usize,
    },
    /// A line breaks the grammar.
    #[error("line {line}: {message}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
}

static PARSER: LazyLock<CooklangParser> = LazyLock::new(CooklangParser::canonical);

/// Reads a recipe. `name` is its title where the metadata gives none.
///
/// # Errors
/// [`CooklangError::TooLarge`], and [`CooklangError::Syntax`] for the first line that is wrong.
pub fn read(text: &str, name: &str) -> Result<CooklangRecipe, CooklangError> {
    if text.len() > MAX_BYTES {
        return Err(CooklangError::TooLarge { bytes: text.len() });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = canonical::source(text);
    match PARSER.parse(&text).into_result() {
        Ok((recipe, warnings)) => Ok(CooklangRecipe::new(recipe, name, warnings_of(&text, &warnings))),
        Err(report) => Err(syntax_error(&text, &report)),
    }
}

/// The line a message is about, from 1.
fn line_of(text: &str, message: &SourceDiag) -> usize {
    let offset = message.labels.first().map_or(0, |(span, _)| span.start());
    let before = text.as_bytes().iter().take(offset);
    1 + before.filter(|byte| **byte == b'\n').count()
}

fn warnings_of(text: &str, report: &SourceReport) -> Vec<String> {
    report.warnings().map(|warning| format!("line {}: {warning}", line_of(text, warning))).collect()
}

fn syntax_error(text: &str, report: &SourceReport) -> CooklangError {
    let first = report.errors().min_by_key(|error| line_of(text, error));
    CooklangError::Syntax {
        line: first.map_or(1, |error| line_of(text, error)),
        message: first.map_or_else(|| "not Cooklang".to_owned(), ToString::to_string),
    }
}

impl CooklangRecipe {
    fn new(recipe: Recipe, name: &str, warnings: Vec<String>) -> Self {
        let metadata = metadata(recipe.metadata.map);
        let mut found = Self {
            title: stated(&metadata, &["title"]).unwrap_or_else(|| name.to_owned()),
            servings: stated(&metadata, &["servings", "serves", "yield"]),
            prep_minutes: minutes(&metadata, &["prep time", "time.prep"]),
            cook_minutes: minutes(&metadata, &["cook time", "time.cook"]),
            total_minutes: minutes(&metadata, &["time", "time required", "total time", "duration"]),
            metadata,
            warnings,
            ..Self::default()
        };
        if found.total_minutes.is_none() {
            let parts = [found.prep_minutes, found.cook_minutes];
            found.total_minutes = parts.into_iter().flatten().reduce(u32::saturating_add);
        }
        found.ingredients = recipe.ingredients.into_iter().map(Ingredient::from).collect();
        found.cookware = recipe.cookware.into_iter().map(Cookware::from).collect();
        found.timers = recipe.timers.into_iter().map(Timer::from).collect();
        for section in recipe.sections {
            for content in section.content {
                match content {
                    Content::Step(step) => {
                        let step = found.step(section.name.clone(), step.items);
                        // A rule of dashes between steps is none itself.
                        if step.text.contains(char::is_alphanumeric) || step.items.len() > 1 {
                            found.steps.push(step);
                        }
                    }
                    Content::Text(text) => found.notes.push(text.trim().to_owned()),
                }
            }
        }
        found
    }

    fn step(&self, section: Option<String>, parts: Vec<Item>) -> Step {
        let mut items: Vec<StepItem> = Vec::with_capacity(parts.len());
        for part in parts {
            match (items.last_mut(), part) {
                // The parser splits texts at marks that turn out to be none.
                (Some(StepItem::Text { value }), Item::Text { value: more }) => value.push_str(&more),
                (_, Item::Text { value }) => items.push(StepItem::Text { value }),
                (_, Item::Ingredient { index }) => items.push(StepItem::Ingredient { index }),
                (_, Item::Cookware { index }) => items.push(StepItem::Cookware { index }),
                (_, Item::Timer { index }) => items.push(StepItem::Timer { index }),
                // Only an extension that is off makes these.
                (_, Item::InlineQuantity { .. }) => {}
            }
        }
        let text = items.iter().map(|item| self.plain(item)).collect::<String>();
        Step { section, items, text: text.split_whitespace().collect::<Vec<_>>().join(" ") }
    }

    fn plain(&self, item: &StepItem) -> String {
        let found = match item {
            StepItem::Text { value } => Some(value.clone()),
            StepItem::Ingredient { index } => self.ingredients.get(*index).map(|found| found.name.clone()),
            StepItem::Cookware { index } => self.cookware.get(*index).map(|found| found.name.clone()),
            StepItem::Timer { index } => self.timers.get(*index).map(Timer::plain),
        };
        found.unwrap_or_default()
    }
}

impl Timer {
    /// "10 minutes", or its name where it has no time.
    fn plain(&self) -> String {
        let time = [self.quantity.as_ref().map(ToString::to_string), self.unit.clone()];
        let time: Vec<String> = time.into_iter().flatten().collect();
        if time.is_empty() { self.name.clone().unwrap_or_default() } else { time.join(" ") }
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// A quantity's amount and unit.
fn measured(quantity: Option<Quantity>) -> (Option<Amount>, Option<String>) {
    let amount = quantity.as_ref().map(|quantity| match quantity.value() {
        Value::Number(number) => Amount::Number(number.value()),
        Value::Range { start, end } => Amount::Text(format!("{start}-{end}")),
        Value::Text(text) => Amount::Text(text.clone()),
    });
    let unit = quantity.as_ref().and_then(Quantity::unit).map(str::to_owned);
    (amount, unit.filter(|unit| !unit.is_empty()))
}

impl From<cooklang::Ingredient> for Ingredient {
    fn from(found: cooklang::Ingredient) -> Self {
        let (quantity, unit) = measured(found.quantity);
        Self { name: found.name, quantity, unit, note: found.note }
    }
}

impl From<cooklang::Cookware> for Cookware {
    fn from(found: cooklang::Cookware) -> Self {
        Self { name: found.name, quantity: measured(found.quantity).0 }
    }
}

impl From<cooklang::Timer> for Timer {
    fn from(found: cooklang::Timer) -> Self {
        let (quantity, unit) = measured(found.quantity);
        Self { name: found.name, quantity, unit }
    }
}

fn metadata(map: serde_yaml::Mapping) -> serde_json::Map<String, serde_json::Value> {
    map.into_iter()
        .filter_map(|(key, value)| {
            let key = match serde_json::to_value(key).ok()? {
                serde_json::Value::String(key) => key,
                other => other.to_string(),
            };
            // What JSON cannot say (a map with keys that are no text) is left out.
            Some((key, serde_json::to_value(value).ok()?))
        })
        .collect()
}

/// The metadata entry under the first of the keys there is, whatever their case and whether words
/// are set apart by spaces or underscores. "time.prep" also finds `prep` within `time`.
fn entry<'a>(metadata: &'a serde_json::Map<String, serde_json::Value>, keys: &[&str]) -> Option<&'a serde_json::Value> {
    let under = |map: &'a serde_json::Map<String, serde_json::Value>, wanted: &str| {
        map.iter().find(|(key, _)| key.trim().replace('_', " ").eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    };
    keys.iter().find_map(|key| {
        under(metadata, key).or_else(|| {
            let (outer, inner) = key.split_once('.')?;
            under(under(metadata, outer)?.as_object()?, inner)
        })
    })
}

fn stated(metadata: &serde_json::Map<String, serde_json::Value>, keys: &[&str]) -> Option<String> {
    let text = match entry(metadata, keys)? {
        serde_json::Value::String(text) => text.trim().to_owned(),
        serde_json::Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn minutes(metadata: &serde_json::Map<String, serde_json::Value>, keys: &[&str]) -> Option<u32> {
    duration::minutes(&stated(metadata, keys)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RICE: &str = "---\ntitle: Egg rice\nservings: 2\ntime:\n  prep: 5 min\n  cook: 1/2 hour\ntags: [quick]\n---\n\
        > Use yesterday's rice.\n\n\
        == Rice ==\n\n\
        Rinse @rice{1 1/2%cups}(short grain) and boil it in a #pot{} for ~{20%minutes}.\n\n\
        == Egg ==\n\n\
        Fry @egg{2} in @sesame oil{} and serve.\n";

    #[test]
    fn a_recipe() {
        let recipe = read(RICE, "file name").unwrap();
        assert_eq!(recipe.title, "Egg rice");
        assert_eq!(recipe.servings.as_deref(), Some("2"));
        assert_eq!((recipe.prep_minutes, recipe.cook_minutes, recipe.total_minutes), (Some(5), Some(30), Some(35)));
        assert_eq!(recipe.metadata["tags"], serde_json::json!(["quick"]));
        assert_eq!(recipe.notes, ["Use yesterday's rice."]);
        let rice = &recipe.ingredients[0];
        assert_eq!((rice.name.as_str(), rice.unit.as_deref()), ("rice", Some("cups")));
        assert_eq!((&rice.quantity, rice.note.as_deref()), (&Some(Amount::Number(1.5)), Some("short grain")));
        assert_eq!(recipe.ingredients[2].quantity, None);
        assert_eq!(recipe.cookware[0].name, "pot");
        assert_eq!(recipe.steps[0].section.as_deref(), Some("Rice"));
        assert_eq!(recipe.steps[0].text, "Rinse rice and boil it in a pot for 20 minutes.");
        assert_eq!(recipe.steps[1].text, "Fry egg in sesame oil and serve.");
    }

    #[test]
    fn the_name_stands_in_for_a_title() {
        assert_eq!(read("Boil @eggs{2}.", "Boiled eggs").unwrap().title, "Boiled eggs");
    }

    #[test]
    fn extensions_are_off() {
        let recipe = read("Add @&salt{2-3%g} and wait 5 min.", "").unwrap();
        assert_eq!(recipe.steps[0].text, "Add &salt and wait 5 min.");
        assert_eq!(recipe.ingredients[0].quantity, Some(Amount::Text("2-3".into())));
    }

    #[test]
    fn a_rule_within_the_text_drops_nothing() {
        let recipe = read("Boil @rice{}.\n\n---\n\nFry @egg{}.\n\n---\n\nServe.\n", "").unwrap();
        let names: Vec<_> = recipe.ingredients.iter().map(|found| found.name.as_str()).collect();
        assert_eq!(names, ["rice", "egg"]);
        assert_eq!(recipe.steps.len(), 3);
    }

    #[test]
    fn errors_name_the_line() {
        let error = read("Boil it.\n\nAdd @salt{1%}\n\nAdd #pot{}{ and ~{}.\n", "").unwrap_err();
        assert!(error.to_string().starts_with("line 5: "), "{error}");
        let error = read("---\ntitle: Rice\n---\nWait ~{}.\n", "").unwrap_err();
        assert!(error.to_string().starts_with("line 4: "), "{error}");
    }

    #[test]
    fn metadata_that_cannot_be_read_is_told() {
        let recipe = read("---\ntitle: [\n---\nEat.\n", "Name").unwrap();
        assert_eq!(recipe.title, "Name");
        assert!(recipe.warnings[0].starts_with("line "), "{:?}", recipe.warnings);
    }

    #[test]
    fn long_texts_are_refused() {
        let long = "a".repeat(MAX_BYTES + 1);
        assert_eq!(read(&long, "").unwrap_err(), CooklangError::TooLarge { bytes: MAX_BYTES + 1 });
    }
}
