//! What is typed of a recipe, and drafts that come from elsewhere.

use std::collections::HashMap;

use dioxus::prelude::*;
use hnh_domain::board::PostPhoto;
use hnh_domain::cookbook::{BookLine, BookRecipe, BookStep, ImportedRecipe, timer_in};
use hnh_domain::recipes::Recipe;
use serde::{Deserialize, Serialize};

use crate::browser;
use crate::i18n::{lang, said};
use crate::recipes::amount_in_words;

/// Where what was typed and not kept waits.
const KEPT: &str = "hnh.draft.recipe";

/// A recipe that was read from elsewhere, on its way to the editor.
static HANDED_OVER: GlobalSignal<Option<ImportedRecipe>> = Signal::global(|| None);

/// Gives a recipe to the editor that opens next.
pub(super) fn hand_over(recipe: ImportedRecipe) {
    *HANDED_OVER.write() = Some(recipe);
}

/// Takes what was given to the editor.
pub(super) fn handed_over() -> Option<ImportedRecipe> {
    HANDED_OVER.write().take()
}

/// What stands in the editor's fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) servings: String,
    pub(super) prep: String,
    pub(super) cook: String,
    pub(super) total: String,
    /// A line each; one that ends in a colon heads a part.
    pub(super) ingredients: String,
    /// A step a line.
    pub(super) steps: String,
    pub(super) notes: String,
    pub(super) lists: String,
    pub(super) source: String,
    pub(super) rating: Option<u8>,
    pub(super) photos: Vec<PostPhoto>,
    /// The foods that the person says are meant, by line.
    pub(super) foods: HashMap<String, String>,
    /// Timers that are not those of the words, by step.
    timers: HashMap<String, Option<u32>>,
}

fn number(value: Option<u32>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

impl Typed {
    /// What was typed before and not kept.
    pub(super) fn kept() -> Option<Self> {
        let kept: Self = serde_json::from_str(&browser::remembered(KEPT)?).ok()?;
        Some(kept).filter(|kept| *kept != Self::default())
    }

    pub(super) fn keep(&self) {
        if let Ok(json) = serde_json::to_string(self) {
            browser::remember(KEPT, &json);
        }
    }

    /// The lines of ingredients with their parts.
    pub(super) fn lines(&self) -> Vec<BookLine> {
        let mut part = String::new();
        let mut lines = Vec::new();
        for text in self.ingredients.lines().map(str::trim).filter(|text| !text.is_empty()) {
            match text.strip_suffix([':', '：']) {
                Some(heading) => heading.trim().clone_into(&mut part),
                None => {
                    let food = self.foods.get(text).cloned();
                    lines.push(BookLine { text: text.to_owned(), part: part.clone(), food });
                }
            }
        }
        lines
    }

    /// How many it serves, as typed.
    pub(super) fn serves(&self) -> Option<f32> {
        self.servings.trim().replace(',', ".").parse().ok()
    }

    /// The recipe; what the fields do not show stays as it was `before`.
    pub(super) fn recipe(&self, before: &BookRecipe) -> BookRecipe {
        let minutes = |text: &str| text.trim().parse().ok();
        let step = |text: &str| BookStep {
            timer_s: self.timers.get(text).copied().unwrap_or_else(|| timer_in(text)),
            text: text.to_owned(),
        };
        let steps = self.steps.lines().map(str::trim).filter(|text| !text.is_empty());
        let lists = self.lists.split(',').map(str::trim).filter(|list| !list.is_empty());
        BookRecipe {
            title: self.title.clone(),
            summary: self.summary.clone(),
            servings: self.serves(),
            prep_min: minutes(&self.prep),
            cook_min: minutes(&self.cook),
            total_min: minutes(&self.total),
            ingredients: self.lines(),
            steps: steps.map(step).collect(),
            notes: self.notes.clone(),
            lists: lists.map(str::to_owned).collect(),
            rating: self.rating,
            photos: self.photos.clone(),
            source: self.source.clone(),
            made_on: before.made_on.clone(),
        }
    }
}

impl From<&BookRecipe> for Typed {
    fn from(recipe: &BookRecipe) -> Self {
        let mut ingredients = Vec::new();
        let mut part = "";
        for line in &recipe.ingredients {
            if line.part != part {
                part = &line.part;
                ingredients.push(format!("{part}:"));
            }
            ingredients.push(line.text.clone());
        }
        let plain = |step: &BookStep| step.text.replace('\n', " ");
        let foods = recipe.ingredients.iter().filter_map(|line| Some((line.text.clone(), line.food.clone()?)));
        let timers = recipe.steps.iter().map(|step| (plain(step), step.timer_s));
        Self {
            title: recipe.title.clone(),
            summary: recipe.summary.clone(),
            servings: recipe.servings.map(|servings| servings.to_string()).unwrap_or_default(),
            prep: number(recipe.prep_min),
            cook: number(recipe.cook_min),
            total: number(recipe.total_min),
            ingredients: ingredients.join("\n"),
            steps: recipe.steps.iter().map(plain).collect::<Vec<_>>().join("\n"),
            notes: recipe.notes.clone(),
            lists: recipe.lists.join(", "),
            source: recipe.source.clone(),
            rating: recipe.rating,
            photos: recipe.photos.clone(),
            foods: foods.collect(),
            timers: timers.filter(|(text, timer)| timer_in(text) != *timer).collect(),
        }
    }
}

/// A recipe of the catalogue as one's own, in the reader's language.
pub(crate) fn copied(recipe: &Recipe) -> BookRecipe {
    let lang = lang();
    let line = |line: &hnh_domain::recipes::Ingredient| {
        let (amount, name) = (amount_in_words(line, 1.0, lang), said(&line.name));
        let prep = line.prep.as_ref().map(|prep| format!(", {}", said(prep))).unwrap_or_default();
        // Korean tells the amount behind the name.
        let text = match lang {
            hnh_domain::text::Lang::Ko => format!("{name} {amount}{prep}"),
            hnh_domain::text::Lang::En => format!("{amount} {name}{prep}"),
        };
        BookLine { text: text.trim().to_owned(), part: line.part.as_ref().map(said).unwrap_or_default(), food: None }
    };
    let step = |step: &hnh_domain::recipes::Step| BookStep { text: said(&step.text), timer_s: step.timer_s };
    BookRecipe {
        title: said(&recipe.title),
        summary: said(&recipe.summary),
        servings: recipe.servings,
        prep_min: recipe.prep_min,
        cook_min: recipe.cook_min,
        total_min: recipe.total_min,
        ingredients: recipe.ingredients.iter().map(line).collect(),
        steps: recipe.steps.iter().map(step).collect(),
        source: recipe.provenance.url.clone().unwrap_or_else(|| recipe.provenance.source.name(lang).to_owned()),
        ..BookRecipe::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_recipe_say_the_same() {
        let recipe = BookRecipe {
            title: "Soup".into(),
            servings: Some(2.5),
            total_min: Some(30),
            ingredients: vec![
                BookLine { text: "1 onion".into(), ..BookLine::default() },
                BookLine { text: "2 eggs".into(), part: "Topping".into(), food: Some("usda:01123".into()) },
            ],
            steps: vec![
                BookStep { text: "Boil for 20 minutes.".into(), timer_s: Some(1_200) },
                BookStep { text: "Rest.".into(), timer_s: Some(90) },
            ],
            lists: vec!["Quick".into(), "Winter".into()],
            ..BookRecipe::default()
        };
        let typed = Typed::from(&recipe);
        assert_eq!(typed.ingredients, "1 onion\nTopping:\n2 eggs");
        assert_eq!(typed.recipe(&recipe), recipe);
    }
}
