//! Recipes a page carries as JSON-LD.

use super::{dom, lenient_json};
use scraper::{Html, Node};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Values copied in place of references, at most: a small page could else refer to a large node
/// over and over.
const MOST_COPIED: usize = 20_000;

/// The Recipe nodes of all JSON-LD scripts, in the page's order, with the nodes their fields only
/// refer to (`{"@id": …}`) put in place. Recipes within recipes are other dishes and left out.
pub(super) fn recipes(page: &Html) -> Vec<Map<String, Value>> {
    let documents: Vec<Value> = page
        .tree
        .root()
        .descendants()
        .filter(|node| is_json_ld(*node))
        .flat_map(|script| lenient_json::values(&script_text(script)))
        .collect();
    let mut nodes = Nodes::default();
    for document in &documents {
        nodes.collect(document, false);
    }
    let mut budget = MOST_COPIED;
    let recipes = nodes.recipes.iter().take(super::MOST_NODES);
    recipes.map(|recipe| nodes.with_references(recipe, &mut budget)).collect()
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

/// What the documents hold.
#[derive(Default)]
struct Nodes<'a> {
    recipes: Vec<&'a Map<String, Value>>,
    by_id: HashMap<&'a str, &'a Map<String, Value>>,
}

impl<'a> Nodes<'a> {
    /// Walks a document. Its depth is what the JSON reader allows (128).
    fn collect(&mut self, value: &'a Value, in_recipe: bool) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.collect(item, in_recipe)),
            Value::Object(object) => {
                let is_recipe = is_a(object, "Recipe");
                if is_recipe && !in_recipe {
                    self.recipes.push(object);
                }
                if object.len() > 1
                    && let Some(id) = object.get("@id").and_then(Value::as_str)
                {
                    self.by_id.entry(id).or_insert(object);
                }
                object.values().for_each(|inner| self.collect(inner, in_recipe || is_recipe));
            }
            _ => {}
        }
    }

    fn with_references(&self, recipe: &Map<String, Value>, budget: &mut usize) -> Map<String, Value> {
        recipe.iter().map(|(key, value)| (local_name(key).to_owned(), self.resolved(value, budget))).collect()
    }

    fn resolved(&self, value: &Value, budget: &mut usize) -> Value {
        match value {
            Value::Array(items) => items.iter().map(|item| self.resolved(item, budget)).collect(),
            Value::Object(object) if object.len() == 1 => {
                let id = object.get("@id").and_then(Value::as_str);
                let target = id.and_then(|id| self.by_id.get(id));
                match target {
                    Some(target) if target.values().all(|inner| pay(inner, budget)) => Value::Object((*target).clone()),
                    _ => value.clone(),
                }
            }
            _ => value.clone(),
        }
    }
}

/// Takes the number of a value's parts from the budget; false when it does not suffice.
fn pay(value: &Value, budget: &mut usize) -> bool {
    let Some(left) = budget.checked_sub(1) else {
        return false;
    };
    *budget = left;
    match value {
        Value::Array(items) => items.iter().all(|item| pay(item, budget)),
        Value::Object(object) => object.values().all(|inner| pay(inner, budget)),
        _ => true,
    }
}
