//! A schema.org Recipe node, from whatever syntax, to the recipe it states.

use super::json_ld::is_a;
use super::microdata::TEXT_KEY;
use super::{PageRecipe, duration, head, instructions, text};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Reads what the node states; of a missing title, an empty one.
///
/// Old names are read too: `ingredients` of schema.org before 2016, and data-vocabulary.org's
/// `ingredient`, `instructions`, `yield`, `photo`, `summary` and `recipeType`.
pub(super) fn read(node: &Map<String, Value>) -> PageRecipe {
    let field = |names: &[&str]| names.iter().find_map(|name| stated(node.get(*name)));
    let one_line = |names: &[&str]| field(names).and_then(first_line);
    let minutes = |names: &[&str]| names.iter().find_map(|name| duration::minutes_of(node.get(*name)?));
    PageRecipe {
        title: one_line(&["name", "headline", "title", "fn"])
            .map(|title| head::dish_name(&title, None))
            .unwrap_or_default(),
        ingredients: all_ingredients(node),
        steps: field(&["recipeInstructions", "instructions", "step"])
            .map(instructions::steps)
            .map(once)
            .unwrap_or_default(),
        servings: field(&["recipeYield", "yield", "yields", "servings"]).and_then(servings),
        prep_minutes: minutes(&["prepTime"]),
        cook_minutes: minutes(&["cookTime", "performTime"]),
        total_minutes: minutes(&["totalTime", "duration"]),
        image: field(&["image", "photo", "thumbnailUrl"]).and_then(address),
        description: one_line(&["description", "summary"]),
        author: field(&["author", "creator"]).and_then(author),
        keywords: field(&["keywords"]).map(names).unwrap_or_default(),
        cuisine: field(&["recipeCuisine", "cuisine"]).map(names).unwrap_or_default(),
        category: field(&["recipeCategory", "recipeType"]).map(names).unwrap_or_default(),
        nutrition: field(&["nutrition"]).map(nutrition).unwrap_or_default(),
        language: one_line(&["inLanguage"]),
        url: field(&["url", "mainEntityOfPage"]).and_then(address),
    }
}

/// The ingredients of the dish and of the recipes within its instructions, which are parts of it.
fn all_ingredients(node: &Map<String, Value>) -> Vec<String> {
    fn parts<'a>(value: &'a Value, found: &mut Vec<&'a Map<String, Value>>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| parts(item, found)),
            Value::Object(object) => {
                if is_a(object, "Recipe") {
                    found.push(object);
                }
                object.values().for_each(|inner| parts(inner, found));
            }
            _ => {}
        }
    }
    let own = |node: &Map<String, Value>| {
        let named = ["recipeIngredient", "ingredients", "ingredient", "supply"];
        named.iter().find_map(|name| stated(node.get(*name))).map(ingredients).unwrap_or_default()
    };
    let mut within = Vec::new();
    node.get("recipeInstructions").into_iter().for_each(|steps| parts(steps, &mut within));
    let mut lines = own(node);
    for line in within.into_iter().flat_map(own) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// The items of a list that is written as an object with numbers for keys, in their order.
pub(super) fn numbered(object: &Map<String, Value>) -> Option<Vec<&Value>> {
    let mut items: Vec<(u32, &Value)> =
        object.iter().map(|(key, value)| Some((key.parse().ok()?, value))).collect::<Option<_>>()?;
    items.sort_by_key(|(key, _)| *key);
    (!items.is_empty()).then(|| items.into_iter().map(|(_, value)| value).collect())
}

/// A value that says something: not null, not an empty text or list.
fn stated(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| match value {
        Value::Null | Value::Bool(_) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => items.iter().any(|item| stated(Some(item)).is_some()),
        Value::Object(object) => !object.is_empty(),
        Value::Number(_) => true,
    })
}

/// Every text in a value, as lines: of objects, their name, text or value.
fn text_lines(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => text::lines(text),
        Value::Number(number) => vec![number.to_string()],
        Value::Array(items) => items.iter().flat_map(text_lines).collect(),
        Value::Object(object) if numbered(object).is_some() => {
            numbered(object).unwrap_or_default().into_iter().flat_map(text_lines).collect()
        }
        Value::Object(object) => ["name", "text", "@value", "value", "alternateName", TEXT_KEY]
            .iter()
            .filter_map(|key| object.get(*key))
            .map(text_lines)
            .find(|lines| !lines.is_empty())
            .unwrap_or_default(),
        Value::Null | Value::Bool(_) => Vec::new(),
    }
}

fn first_line(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => items.iter().find_map(first_line),
        _ => {
            let line = text_lines(value).join(" ");
            (!line.is_empty()).then_some(line)
        }
    }
}

/// Ingredient lines. Of several values each is one line; a single text is split at its lines.
fn ingredients(value: &Value) -> Vec<String> {
    fn collect(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            Value::Object(object) => match (object.get("itemListElement"), numbered(object)) {
                (Some(parts), _) => collect(parts, found),
                (None, Some(items)) => items.into_iter().for_each(|item| collect(item, found)),
                (None, None) => found.extend(ingredient_object(object)),
            },
            _ => found.push(text_lines(value).join(" ")),
        }
    }
    let single = match value {
        Value::Array(items) if items.len() == 1 => items.first(),
        single => Some(single),
    };
    let mut found = match single {
        Some(Value::String(text)) => text::lines(text),
        _ => Vec::new(),
    };
    if found.is_empty() {
        collect(value, &mut found);
    }
    found.iter_mut().for_each(drop_bullet);
    // A number alone is no ingredient.
    found.retain(|line| line.contains(char::is_alphabetic));
    once(found)
}

/// Takes off the box to tick, or the dot, that stands before an ingredient.
pub(super) fn drop_bullet(line: &mut String) {
    let bare = line.trim_start_matches(['▢', '☐', '□', '•', '·', '◦', '▪', '✓', '✔', '*', '-', '–', ' ']);
    *line = bare.to_owned();
}

/// An ingredient in parts: amount, unit, name.
fn ingredient_object(object: &Map<String, Value>) -> Option<String> {
    let part = |keys: &[&str]| {
        keys.iter()
            .filter_map(|key| object.get(*key))
            .map(|value| text_lines(value).join(" "))
            .find(|text| !text.is_empty())
    };
    if let Some(whole) = part(&["display", "originalText", "original", "originalString", "raw", "raw_text"]) {
        return Some(whole);
    }
    let name = part(&["name", "item", "food", "ingredient", "title", "text", "@value", TEXT_KEY]);
    let note = part(&["note", "notes", "comment", "preparation"]).filter(|note| Some(note) != name.as_ref());
    let parts = [
        part(&["amount", "quantity", "requiredQuantity", "value"]),
        part(&["unitText", "unit", "unitCode"]),
        name,
        note,
    ];
    let line = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// A list without its repetition: pages mark the same list for wide and for narrow screens.
fn once(mut lines: Vec<String>) -> Vec<String> {
    let half = lines.len() / 2;
    if half >= 2 && lines.len().is_multiple_of(2) && lines[..half] == lines[half..] {
        lines.truncate(half);
    }
    lines
}

/// The yield: of several statements, the first with a number and a word ("12 cookies"), else the
/// first with a number, else the first.
fn servings(value: &Value) -> Option<String> {
    let statements: Vec<String> = match value {
        Value::Array(items) => items.iter().filter_map(servings).collect(),
        Value::Object(object) => vec![ingredient_object(object)?],
        _ => vec![text_lines(value).join(" ")],
    };
    let cleaned: Vec<String> = statements
        .iter()
        .map(|text| text.replace("undefined", "").replace("null", "").trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    let has_number = |text: &&String| text.contains(|sign: char| sign.is_numeric());
    cleaned
        .iter()
        .filter(has_number)
        .find(|text| text.contains(char::is_alphabetic))
        .or_else(|| cleaned.iter().find(has_number))
        .or(cleaned.first())
        .cloned()
}

/// An absolute web address: a text, or an object's `url`, `contentUrl` or `@id`; the first of many.
fn address(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => absolute(text),
        Value::Array(items) => items.iter().find_map(address),
        Value::Object(object) => {
            ["url", "contentUrl", "src", "@id"].iter().filter_map(|key| object.get(*key)).find_map(address)
        }
        _ => None,
    }
}

/// The address with its scheme, if it is absolute.
pub(super) fn absolute(address: &str) -> Option<String> {
    let address = text::line(address);
    if let Some(rest) = address.strip_prefix("//") {
        return Some(format!("https://{rest}"));
    }
    (address.starts_with("https://") || address.starts_with("http://")).then_some(address)
}

fn author(value: &Value) -> Option<String> {
    let names: Vec<String> = match value {
        Value::Array(items) => items.iter().filter_map(author).collect(),
        _ => first_line(value).filter(|name| !name.starts_with("http")).into_iter().collect(),
    };
    let mut told = Vec::with_capacity(names.len());
    for name in names {
        if !told.contains(&name) {
            told.push(name);
        }
    }
    (!told.is_empty()).then(|| told.join(", "))
}

/// Names in a value: a list, or a text with commas between them; each once.
fn names(value: &Value) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in text_lines(value) {
        for name in line.split([',', ';']).map(str::trim) {
            if !name.is_empty() && !found.iter().any(|known| known == name) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

fn nutrition(value: &Value) -> BTreeMap<String, String> {
    let object = match value {
        Value::Array(items) => items.iter().find_map(Value::as_object),
        value => value.as_object(),
    };
    object
        .into_iter()
        .filter(|object| !is_a(object, "Recipe"))
        .flatten()
        .filter(|(name, _)| !name.starts_with('@'))
        .filter_map(|(name, value)| Some((name.clone(), first_line(value)?)))
        .collect()
}
