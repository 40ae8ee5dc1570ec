//! An own recipe as text that other programs read: schema.org's JSON-LD, Cooklang.

use serde_json::{Value, json};

use super::{BookRecipe, BookStep};

/// A recipe as schema.org describes one.
#[must_use]
pub fn json_ld(recipe: &BookRecipe) -> Value {
    let duration = |minutes: Option<u32>| minutes.map(|minutes| format!("PT{minutes}M"));
    let step = |step: &BookStep| json!({"@type": "HowToStep", "text": step.text});
    let mut ingredients = Vec::new();
    let mut part = "";
    for line in &recipe.ingredients {
        if line.part != part {
            part = &line.part;
            if !part.is_empty() {
                ingredients.push(format!("{part}:"));
            }
        }
        ingredients.push(line.text.clone());
    }
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": recipe.title,
        "description": recipe.summary,
        "recipeYield": recipe.servings.map(|servings| format!("{servings} servings")),
        "prepTime": duration(recipe.prep_min),
        "cookTime": duration(recipe.cook_min),
        "totalTime": duration(recipe.total_min),
        "recipeIngredient": ingredients,
        "recipeInstructions": recipe.steps.iter().map(step).collect::<Vec<_>>(),
        "keywords": recipe.lists.join(", "),
        "url": recipe.source,
    });
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|_, value| !value.is_null() && value.as_str() != Some(""));
    }
    value
}

/// A recipe in Cooklang: the lines first, each as an ingredient of a step of its own kind, then the steps in words.
#[must_use]
pub fn cooklang(recipe: &BookRecipe) -> String {
    let mut front = serde_json::Map::new();
    let mut set = |key: &str, value: Value| {
        if !value.is_null() && value.as_str() != Some("") {
            front.insert(key.to_owned(), value);
        }
    };
    set("title", json!(recipe.title));
    set("servings", json!(recipe.servings));
    set("description", json!(recipe.summary));
    set("prep time", json!(recipe.prep_min.map(|minutes| format!("{minutes} minutes"))));
    set("cook time", json!(recipe.cook_min.map(|minutes| format!("{minutes} minutes"))));
    set("time required", json!(recipe.total_min.map(|minutes| format!("{minutes} minutes"))));
    set("source", json!(recipe.source));
    if !recipe.lists.is_empty() {
        set("tags", json!(recipe.lists));
    }
    // JSON's values are YAML's.
    let front: Vec<String> = front.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    // Marks that begin something in Cooklang are words here.
    let plain = |text: &str| text.replace(['@', '#', '~', '{', '}'], " ").replace('\n', " ");
    let lines: Vec<String> = recipe.ingredients.iter().map(|line| format!("@{}{{}}", plain(&line.text))).collect();
    let steps = recipe.steps.iter().map(|step| {
        let timer = step.timer_s.map(|seconds| format!(" ~{{{seconds}%seconds}}")).unwrap_or_default();
        format!("{}{timer}", plain(&step.text))
    });
    let notes = recipe.notes.lines().filter(|row| !row.trim().is_empty()).map(|row| format!("> {row}"));
    let body: Vec<String> =
        [lines.join(", ")].into_iter().filter(|row| !row.is_empty()).chain(steps).chain(notes).collect();
    format!("---\n{}\n---\n\n{}\n", front.join("\n"), body.join("\n\n"))
}
