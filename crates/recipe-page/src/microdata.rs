//! Recipes a page marks in its visible text: microdata (`itemprop`) and RDFa Lite (`property`).
//!
//! Both become nodes as JSON-LD would have them, so that one reader serves all three.

use super::json_ld::local_name;
use super::{dom, text};
use scraper::node::Element;
use scraper::{Html, Node};
use serde_json::{Map, Value};

/// The attributes that carry a vocabulary.
struct Attributes {
    /// Names a property of the item around it.
    property: &'static str,
    /// Names an item's type.
    kind: &'static str,
    /// Starts an item.
    scope: &'static str,
}

const MICRODATA: Attributes = Attributes { property: "itemprop", kind: "itemtype", scope: "itemscope" };

const RDFA: Attributes = Attributes { property: "property", kind: "typeof", scope: "typeof" };

/// Items within items deeper than this are left out.
const DEEPEST_ITEM: usize = 16;

/// An item's own text, for items that name none of their properties.
pub(super) const TEXT_KEY: &str = "@text";

/// The Recipe items of a page, microdata before RDFa, each in the page's order.
pub(super) fn recipes(page: &Html) -> Vec<Map<String, Value>> {
    [MICRODATA, RDFA]
        .iter()
        .flat_map(|attributes| {
            page.tree
                .root()
                .descendants()
                .filter(|node| is_recipe(*node, attributes))
                .take(super::MOST_NODES)
                .map(|node| attributes.item(page, node, 0))
        })
        .collect()
}

fn is_recipe(node: dom::NodeRef<'_>, attributes: &Attributes) -> bool {
    node.value()
        .as_element()
        .and_then(|element| element.attr(attributes.kind))
        .is_some_and(|kinds| kinds.split_whitespace().any(|kind| local_name(kind).eq_ignore_ascii_case("Recipe")))
}

impl Attributes {
    fn item(&self, page: &Html, scope: dom::NodeRef<'_>, depth: usize) -> Map<String, Value> {
        let mut item = Map::new();
        let Some(element) = scope.value().as_element() else {
            return item;
        };
        let mut waiting: Vec<dom::NodeRef<'_>> = scope.children().collect();
        if depth == 0 {
            // Deeper down, items could refer to what they stand in.
            waiting.extend(referred(page, element));
        }
        waiting.reverse();
        while let Some(node) = waiting.pop() {
            let Node::Element(element) = node.value() else {
                continue;
            };
            let is_scope = element.attr(self.scope).is_some();
            if let Some(names) = element.attr(self.property) {
                for name in names.split_whitespace().map(local_name) {
                    if let Some(value) = self.value(page, node, element, name, depth) {
                        add(&mut item, name, value);
                    }
                }
            }
            if !is_scope {
                let first = waiting.len();
                waiting.extend(node.children());
                waiting[first..].reverse();
            }
        }
        if item.is_empty() {
            let own_text = text::lines_of(scope).join("\n");
            item.insert(TEXT_KEY.to_owned(), own_text.into());
        }
        if let Some(kind) = element.attr(self.kind) {
            item.insert("@type".to_owned(), local_name(kind).into());
        }
        item
    }

    fn value(&self, page: &Html, node: dom::NodeRef<'_>, element: &Element, name: &str, depth: usize) -> Option<Value> {
        if element.attr(self.scope).is_some() {
            return (depth < DEEPEST_ITEM).then(|| Value::Object(self.item(page, node, depth + 1)));
        }
        if self.is_repeated_within(node, name) {
            return None;
        }
        let stated = match element.name() {
            "img" | "audio" | "embed" | "iframe" | "source" | "track" | "video" => attr(element, &["src", "data-src"]),
            "link" => attr(element, &["href"]),
            "a" | "area" if is_address(name) => attr(element, &["href"]),
            "object" => attr(element, &["data"]),
            "data" | "meter" => attr(element, &["value"]),
            _ => attr(element, &["content", "datetime"]),
        };
        let value = match stated {
            Some(stated) => stated.to_owned(),
            None => text::lines_of(node).join("\n"),
        };
        (!value.is_empty()).then(|| value.into())
    }

    /// Whether a list carries the property that each of its entries carries again.
    fn is_repeated_within(&self, node: dom::NodeRef<'_>, name: &str) -> bool {
        node.descendants().skip(1).any(|inner| {
            inner
                .value()
                .as_element()
                .and_then(|element| element.attr(self.property))
                .is_some_and(|names| names.split_whitespace().any(|other| local_name(other) == name))
        })
    }
}

fn attr<'a>(element: &'a Element, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| element.attr(name)).map(str::trim).filter(|value| !value.is_empty())
}

/// Properties whose value is an address; of others marked on a link, its text is meant.
fn is_address(name: &str) -> bool {
    matches!(name, "url" | "image" | "photo" | "mainEntityOfPage" | "sameAs")
}

/// The elements `itemref` adds to an item from elsewhere on the page.
fn referred<'a>(page: &'a Html, element: &'a Element) -> Vec<dom::NodeRef<'a>> {
    let Some(ids) = element.attr("itemref") else {
        return Vec::new();
    };
    let ids: Vec<&str> = ids.split_whitespace().collect();
    page.tree
        .root()
        .descendants()
        .filter(|node| {
            let id = node.value().as_element().and_then(Element::id);
            id.is_some_and(|id| ids.contains(&id))
        })
        .collect()
}

/// Adds a value; a property stated several times becomes an array.
fn add(item: &mut Map<String, Value>, name: &str, value: Value) {
    match item.get_mut(name) {
        None => {
            item.insert(name.to_owned(), value);
        }
        Some(Value::Array(values)) => values.push(value),
        Some(single) => {
            let first = single.take();
            *single = Value::Array(vec![first, value]);
        }
    }
}
