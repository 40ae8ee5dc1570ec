//! Cooklang.

use super::{BookStep, Found, Parts, line};
use crate::import::cooklang::{self, Amount, StepItem};
use crate::import::from_cooklang::timer;
use crate::import::from_page::servings;

/// Whether a text marks ingredients or timers as Cooklang does.
pub(super) fn is_cooklang(text: &str) -> bool {
    let marked = |mark: char| {
        text.match_indices(mark).any(|(at, _)| {
            let rest: String = text[at + 1..].chars().take(60).collect();
            rest.find('{').is_some_and(|open| rest[open..].contains('}') && !rest[..open].contains('\n'))
        })
    };
    marked('@') || text.contains("~{")
}

/// The recipe of a text; `name` is its file's, a title where the text has none.
pub(super) fn read(text: &str, name: &str) -> Option<Found> {
    let stem = name.rsplit('/').next().unwrap_or(name);
    let found = cooklang::read(text, stem.strip_suffix(".cook").unwrap_or(stem)).ok()?;
    let words = |amount: &Amount| match amount {
        Amount::Number(number) => number.to_string(),
        Amount::Text(text) => text.clone(),
    };
    let ingredient = |of: &cooklang::Ingredient| {
        let parts = [of.quantity.as_ref().map(words), of.unit.clone(), Some(of.name.clone())];
        let text: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let note = of.note.as_deref().map(|note| format!(", {note}")).unwrap_or_default();
        line(text.join(" ") + &note)
    };
    let has_timer = |items: &[StepItem]| items.iter().any(|item| matches!(item, StepItem::Timer { .. }));
    let step = |of: &cooklang::Step| BookStep {
        timer_s: if has_timer(&of.items) { timer(&found, &of.items) } else { None },
        text: of.text.clone(),
    };
    let stated = |key: &str| found.metadata.get(key).and_then(serde_json::Value::as_str).unwrap_or("").to_owned();
    let tags = match found.metadata.get("tags") {
        Some(serde_json::Value::Array(tags)) => tags.iter().filter_map(|tag| tag.as_str().map(str::to_owned)).collect(),
        _ => stated("tags").split(',').map(|tag| tag.trim().to_owned()).collect(),
    };
    Some(
        Parts {
            title: found.title.clone(),
            summary: stated("description"),
            servings: found.servings.as_deref().and_then(servings),
            times: [found.prep_minutes, found.cook_minutes, found.total_minutes],
            ingredients: found.ingredients.iter().map(ingredient).collect(),
            steps: found.steps.iter().map(step).collect(),
            notes: found.notes.join("\n"),
            lists: tags,
            source: stated("source"),
            ..Parts::default()
        }
        .into_found(),
    )
}
