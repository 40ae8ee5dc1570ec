//! Recipes a page carries as JSON-LD.

use super::{dom, lenient_json};
use scraper::{Html, Node};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The Recipe nodes of all JSON-LD scripts, in the page's order, with the nodes their fields only
/// refer to (`{"@id": …}`) put in place.
pub(super) fn recipes(page: &Html) -> Vec<Map<String, Value>> {
    let documents: Vec<Value> = page
        .tree
        .root()
        .descendants()
        .filter(|node| is_json_ld(*node))
        .flat_map(|script| lenient_json::values(&script_text(script)))
        .collect();
    let mut recipes = Vec::new();
    let mut by_id = HashMap::new();
    for document in &documents {
        collect(document, &mut recipes, &mut by_id);
    }
    recipes.into_iter().map(|recipe| with_references(recipe, &by_id)).collect()
}

fn is_json_ld(node: dom::NodeRef<'_>) -> bool {
    node.value().as_element().is_some_and(|element| {
        element.name() == "script"
            && element.attr("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
    })
}

fn script_text(script: dom::NodeRef<'_>) -> String {
    script
        .children()
        .filter_map(|child| match child.value() {
            Node::Text(text) => Some(&**text),
            _ => None,
        })
        .collect()
}

/// Walks a document for Recipe nodes and for nodes with an `@id`. The depth is what the JSON
/// reader allows (128).
fn collect<'a>(
    value: &'a Value,
    recipes: &mut Vec<&'a Map<String, Value>>,
    by_id: &mut HashMap<&'a str, &'a Map<String, Value>>,
) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, recipes, by_id)),
        Value::Object(object) => {
            if is_a(object, "Recipe") {
                recipes.push(object);
            }
            if object.len() > 1
                && let Some(id) = object.get("@id").and_then(Value::as_str)
            {
                by_id.entry(id).or_insert(object);
            }
            object.values().for_each(|inner| collect(inner, recipes, by_id));
        }
        _ => {}
    }
}

/// Whether a node's `@type` is, or lists, the schema.org type of that name.
pub(super) fn is_a(object: &Map<String, Value>, name: &str) -> bool {
    let is_name = |value: &Value| value.as_str().is_some_and(|kind| local_name(kind).eq_ignore_ascii_case(name));
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is_name),
        Some(kind) => is_name(kind),
        None => false,
    }
}

/// The last part of a name in a vocabulary: `https://schema.org/Recipe`, `schema:Recipe`.
pub(super) fn local_name(name: &str) -> &str {
    let name = name.trim().trim_end_matches('/');
    name.rsplit(['/', '#', ':']).next().unwrap_or(name)
}

fn with_references(recipe: &Map<String, Value>, by_id: &HashMap<&str, &Map<String, Value>>) -> Map<String, Value> {
    recipe.iter().map(|(key, value)| (local_name(key).to_owned(), resolved(value, by_id))).collect()
}

fn resolved(value: &Value, by_id: &HashMap<&str, &Map<String, Value>>) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| resolved(item, by_id)).collect(),
        Value::Object(object) if object.len() == 1 => object
            .get("@id")
            .and_then(Value::as_str)
            .and_then(|id| by_id.get(id))
            .map_or_else(|| value.clone(), |target| Value::Object((*target).clone())),
        _ => value.clone(),
    }
}
