//! Recipes a page marks by class names: h-recipe and its elder hRecipe (microformats.org/wiki/h-recipe).
//!
//! As in `microdata`, what is found becomes a node as JSON-LD would have it.

use super::{dom, text};
use scraper::{Html, Node};
use serde_json::{Map, Value};

/// Class names of a recipe, newer first.
const ROOTS: [&str; 2] = ["h-recipe", "hrecipe"];

/// A name of schema.org's, the classes that carry it, and whether each line of it counts for one.
const PROPERTIES: [(&str, &[&str], bool); 8] = [
    ("name", &["p-name", "fn"], false),
    ("recipeIngredient", &["p-ingredient", "ingredient"], false),
    ("recipeInstructions", &["e-instructions", "instructions"], true),
    ("recipeYield", &["p-yield", "yield"], false),
    ("totalTime", &["dt-duration", "duration"], false),
    ("author", &["p-author", "author"], false),
    ("description", &["p-summary", "summary"], false),
    ("recipeCategory", &["p-category"], false),
];

/// The recipes of a page, in its order.
pub(super) fn recipes(page: &Html) -> Vec<Map<String, Value>> {
    let roots = page.tree.root().descendants().filter(|node| has_class(*node, &ROOTS));
    roots.take(super::MOST_NODES).map(recipe).collect()
}

fn has_class(node: dom::NodeRef<'_>, wanted: &[&str]) -> bool {
    node.value().as_element().is_some_and(|element| element.classes().any(|class| wanted.contains(&class)))
}

fn recipe(root: dom::NodeRef<'_>) -> Map<String, Value> {
    let mut node = Map::from_iter([("@type".to_owned(), Value::from("Recipe"))]);
    for (name, classes, by_line) in PROPERTIES {
        let marked = root.descendants().skip(1).filter(|inner| has_class(*inner, classes));
        let values: Vec<Value> = marked.flat_map(|inner| values(inner, by_line)).map(Value::from).collect();
        if !values.is_empty() {
            // A dish has one name; the others are those of its author and the like.
            let value = if name == "name" { values[0].clone() } else { Value::Array(values) };
            node.insert(name.to_owned(), value);
        }
    }
    node
}

fn values(node: dom::NodeRef<'_>, by_line: bool) -> Vec<String> {
    let stated = match node.value() {
        Node::Element(element) => ["datetime", "title"].iter().find_map(|name| element.attr(name)),
        _ => None,
    };
    let lines = stated.map_or_else(|| text::lines_of(node), |stated| vec![stated.to_owned()]);
    if by_line { lines } else { vec![lines.join(" ")] }
}
