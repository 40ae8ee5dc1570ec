//! JSON: schema.org's recipes, single or many, and what recipe keepers export.

use serde_json::Value;

use super::{Found, keepers, page};

/// How deep lists within lists are looked into.
const DEEPEST: u32 = 4;

/// The recipes of a text of JSON; none where it is none.
pub(super) fn read(bytes: &[u8]) -> Vec<Found> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut found = Vec::new();
    if let Ok(value) = serde_json::from_slice(bytes) {
        collect(&value, DEEPEST, &mut found);
    }
    found
}

fn collect(value: &Value, depth: u32, found: &mut Vec<Found>) {
    if let Some(recipe) = keepers::read(value).or_else(|| schema_org(value)) {
        found.push(recipe);
        return;
    }
    if depth == 0 {
        return;
    }
    let lists = ["recipes", "@graph", "itemListElement", "items", "data"];
    match value {
        Value::Array(all) => all.iter().for_each(|one| collect(one, depth - 1, found)),
        Value::Object(fields) if fields.contains_key("recipes_ingredients") => {
            found.extend(keepers::mealie_backup(value))
        }
        Value::Object(fields) => {
            lists.iter().filter_map(|list| fields.get(*list)).for_each(|list| collect(list, depth - 1, found));
        }
        _ => {}
    }
}

/// A recipe by schema.org's names, with its type or without: pages have a reader for it.
fn schema_org(value: &Value) -> Option<Found> {
    let fields = value.as_object()?;
    let is_typed = match fields.get("@type")? {
        Value::String(kind) => kind.ends_with("Recipe"),
        Value::Array(kinds) => kinds.iter().any(|kind| kind.as_str().is_some_and(|kind| kind.ends_with("Recipe"))),
        _ => false,
    };
    // A script cannot end within its text.
    let json = serde_json::to_string(value).ok().filter(|_| is_typed)?.replace("</", "<\\/");
    page::read(format!("<script type=\"application/ld+json\">{json}</script>").as_bytes())
}
