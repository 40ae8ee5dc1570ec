//! A recipe in what the page's own program starts from: `__NEXT_DATA__`, `__NUXT__`, `window.… = {…}`, `data-` attributes.
//!
//! No vocabulary names its fields, so an object counts as a recipe when it has a title, a list of ingredients and steps
//! under names that say so. It becomes a node as JSON-LD would have it.

use super::dom;
use super::lenient_json;
use scraper::{Html, Node};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The longest state read, in bytes.
const LONGEST: usize = 3_000_000;
/// Recipes taken from one page's state at most.
const MOST: usize = 20;

const TITLES: &[&str] = &["title", "name", "headline", "recipename", "recipetitle"];
const STEPS: &[&str] = &[
    "instructions",
    "steps",
    "directions",
    "method",
    "methods",
    "preparation",
    "recipeinstructions",
    "methodsteps",
    "preparationsteps",
    "instructionsteps",
    "recipesteps",
    "cookingsteps",
    "stepsgroups",
    "instructiongroups",
];
/// A name of schema.org's and the names that states give it.
const FIELDS: &[(&str, &[&str])] = &[
    (
        "recipeYield",
        &["recipeyield", "servings", "yield", "yields", "portions", "serves", "servingsize", "numberofservings"],
    ),
    ("prepTime", &["preptime", "prepminutes", "preptimeminutes", "preparationtime"]),
    ("cookTime", &["cooktime", "cookminutes", "cooktimeminutes", "cookingtime"]),
    ("totalTime", &["totaltime", "totalminutes", "totaltimeminutes", "readyinminutes"]),
    ("description", &["description", "summary", "intro", "excerpt"]),
];
/// What a step's text is called.
const STEP_TEXTS: &[&str] =
    &["text", "instruction", "description", "body", "content", "html", "direction", "step", "value"];

/// The recipes of a page's state, in its order.
pub(super) fn recipes(page: &Html) -> Vec<Map<String, Value>> {
    let mut found = Vec::new();
    let mut pushed = String::new();
    for node in page.tree.root().descendants() {
        let Some(element) = node.value().as_element() else { continue };
        if element.name() == "script" {
            let is_data = element.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
            let text = text_of(node);
            for value in state(&text, is_data) {
                collect(&joined(value), &mut found);
            }
            push_pieces(&text, &mut pushed);
            continue;
        }
        for (name, text) in element.attrs().filter(|(name, _)| name.starts_with("data-")) {
            let text = text.trim();
            if !text.starts_with(['{', '[']) {
                continue;
            }
            for value in state(text, true) {
                // `data-ingredients='[…]'` has its own name outside.
                let whole = match &value {
                    Value::Array(_) => Value::Object(Map::from_iter([(name.replace("data-", ""), value.clone())])),
                    _ => value,
                };
                collect(&whole, &mut found);
            }
        }
    }
    for line in pushed.lines() {
        let value = line.split_once(':').map_or(line, |(_, value)| value);
        for value in state(value, true) {
            collect(&value, &mut found);
        }
    }
    found
}

/// Adds the texts that a script pushes on the page's queue, `self.__next_f.push([1,"…"])`; a value may end in the next one.
fn push_pieces(script: &str, pushed: &mut String) {
    for piece in script.split("__next_f.push(").skip(1) {
        if let Some(Ok(Value::Array(parts))) = first(piece)
            && let [Value::Number(_), Value::String(text)] = &parts[..]
            && pushed.len() + text.len() <= LONGEST
        {
            pushed.push_str(text);
        }
    }
}

/// The value with its references, `{"__ref": "Step:1"}`, replaced by the parts they name.
fn joined(value: Value) -> Value {
    /// Values that the replacing may make in all, and parts of parts.
    const MOST_VALUES: usize = 200_000;
    const DEEPEST: usize = 4;

    fn gather<'a>(value: &'a Value, parts: &mut HashMap<&'a str, &'a Value>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| gather(item, parts)),
            Value::Object(object) => object.iter().for_each(|(name, inner)| {
                if name.contains(':') && inner.is_object() {
                    parts.entry(name).or_insert(inner);
                }
                gather(inner, parts);
            }),
            _ => {}
        }
    }
    fn replaced(value: &Value, parts: &HashMap<&str, &Value>, deep: usize, left: &mut usize) -> Value {
        *left = left.saturating_sub(1);
        match value {
            _ if *left == 0 => Value::Null,
            Value::Array(items) => items.iter().map(|item| replaced(item, parts, deep, left)).collect(),
            Value::Object(object) => {
                let named = object.get("__ref").and_then(Value::as_str).and_then(|name| parts.get(name));
                match named {
                    Some(part) if deep < DEEPEST => replaced(part, parts, deep + 1, left),
                    Some(_) => Value::Null,
                    None => {
                        let fields =
                            object.iter().map(|(name, inner)| (name.clone(), replaced(inner, parts, deep, left)));
                        Value::Object(fields.collect())
                    }
                }
            }
            _ => value.clone(),
        }
    }
    let mut parts = HashMap::new();
    gather(&value, &mut parts);
    if parts.is_empty() {
        return value;
    }
    let mut left = MOST_VALUES;
    replaced(&value, &parts, 0, &mut left)
}

fn text_of(script: dom::NodeRef<'_>) -> String {
    let texts = script.children().filter_map(|child| match child.value() {
        Node::Text(text) => Some(&**text),
        _ => None,
    });
    texts.collect()
}

/// The values in a text that speaks of ingredients: all of it, or what a program gives a name to.
fn state(text: &str, is_data: bool) -> Vec<Value> {
    if text.len() > LONGEST || !text.contains("ngredient") {
        return Vec::new();
    }
    if is_data {
        return lenient_json::values(text);
    }
    let mut values = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('=') {
        rest = rest[at + 1..].trim_start();
        if let Some(quoted) = rest.strip_prefix("JSON.parse(").filter(|quoted| quoted.starts_with('"')) {
            if let Some(Ok(Value::String(inner))) = first(quoted) {
                values.extend(lenient_json::values(&inner));
            }
        } else if rest.starts_with(['{', '['])
            && let Some(Ok(value)) = first(rest)
        {
            values.push(value);
        }
    }
    values
}

fn first(text: &str) -> Option<serde_json::Result<Value>> {
    serde_json::Deserializer::from_str(text).into_iter().next()
}

/// A name without what writers set between its words.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn named<'a>(object: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    object
        .iter()
        .find(|(name, value)| !is_empty(value) && names.contains(&plain(name).as_str()))
        .map(|(_, value)| value)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    }
}

/// Walks a value, whose depth the JSON reader bounds.
fn collect(value: &Value, found: &mut Vec<Map<String, Value>>) {
    if found.len() >= MOST {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(object) => match recipe(object) {
            Some(recipe) => found.push(recipe),
            None => object.values().for_each(|inner| collect(inner, found)),
        },
        _ => {}
    }
}

/// The object as a Recipe node, where it is one.
fn recipe(object: &Map<String, Value>) -> Option<Map<String, Value>> {
    let title = named(object, TITLES).filter(|title| title.is_string())?;
    let is_ingredients = |name: &str| plain(name).contains("ingredient");
    let lists = object
        .iter()
        .filter(|(name, value)| is_ingredients(name) && matches!(value, Value::Array(_) | Value::Object(_)));
    let mut ingredients = Vec::new();
    for (_, list) in lists {
        let mut lines = Vec::new();
        flatten(list, &mut lines);
        // One list under two names is one list.
        if lines.len() > ingredients.len() {
            ingredients = lines;
        }
    }
    let steps = named(object, STEPS).filter(|steps| !steps.is_number())?;
    if ingredients.is_empty() {
        return None;
    }
    let mut node = Map::from_iter([
        ("name".to_owned(), title.clone()),
        ("recipeIngredient".to_owned(), Value::Array(ingredients)),
        ("recipeInstructions".to_owned(), with_text(steps)),
    ]);
    for (name, names) in FIELDS {
        if let Some(value) = named(object, names) {
            node.insert((*name).to_owned(), value.clone());
        }
    }
    Some(node)
}

/// The ingredients of a list, of its groups too.
fn flatten(value: &Value, lines: &mut Vec<Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| flatten(item, lines)),
        Value::Object(object) => {
            let is_group =
                |name: &str| matches!(name, "items" | "ingredients" | "ingredientlist" | "list" | "ingredientlines");
            let inner = object.iter().find(|(name, value)| is_group(&plain(name)) && value.is_array());
            match inner {
                Some((_, items)) => flatten(items, lines),
                None => lines.push(value.clone()),
            }
        }
        Value::String(_) => lines.push(value.clone()),
        _ => {}
    }
}

/// Steps whose text is called as the vocabulary calls it.
fn with_text(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(with_text).collect(),
        Value::Object(object) => {
            if let Some(parts) = named(object, STEPS).filter(|parts| parts.is_array()) {
                let name = named(object, TITLES).cloned().unwrap_or(Value::Null);
                return Value::Object(Map::from_iter([
                    ("name".to_owned(), name),
                    ("itemListElement".to_owned(), with_text(parts)),
                ]));
            }
            match named(object, STEP_TEXTS) {
                Some(text) if text.is_string() => Value::Object(Map::from_iter([("text".to_owned(), text.clone())])),
                Some(inner) => with_text(inner),
                None => value.clone(),
            }
        }
        _ => value.clone(),
    }
}
