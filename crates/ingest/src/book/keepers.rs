//! The exports of other recipe keepers: Mealie 1 to 3 (recipe JSON and backups), Tandoor 1 and 2 (`recipe.json`), Paprika 3
//! (`.paprikarecipe`), RecipeSage 3 (JSON-LD, which [`super::json`] reads by itself).

use std::collections::HashMap;

use hnh_recipe_page::duration;
use serde_json::Value;

use super::{BookLine, Found, Parts, line, step};
use crate::import::from_page::servings;

/// The recipe of one of the keepers, told by its fields.
pub(super) fn read(value: &Value) -> Option<Found> {
    let fields = value.as_object()?;
    let has = |name: &str| fields.contains_key(name);
    if has("steps") && has("name") && value["steps"].get(0).is_some_and(|step| step.get("instruction").is_some()) {
        return Some(tandoor(value));
    }
    if value["ingredients"].is_string() && (value["directions"].is_string() || has("photo_hash")) {
        return Some(paprika(value));
    }
    let ingredients = value["recipeIngredient"].as_array();
    if !has("@type") && has("name") && (has("slug") || ingredients.is_some_and(|all| all.iter().any(Value::is_object)))
    {
        return Some(mealie(value));
    }
    None
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn joined<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn minutes(value: &Value) -> Option<u32> {
    let stated = text(value);
    match value {
        Value::Number(number) => number.as_u64().and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0),
        _ => duration::minutes(&stated),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A number as a person writes it: 2 for `2.0`; nothing for none.
fn quantity(value: &Value) -> String {
    match value.as_f64() {
        Some(0.0) | None => value.as_str().unwrap_or_default().trim().to_owned(),
        Some(number) => ((number * 100.0).round() / 100.0).to_string(),
    }
}

fn named(value: &Value) -> String {
    if value.is_object() { text(&value["name"]) } else { text(value) }
}

fn mealie(value: &Value) -> Found {
    let mut part = String::new();
    let mut ingredients = Vec::new();
    for one in list(&value["recipeIngredient"]) {
        if let Some(words) = one.as_str() {
            ingredients.push(line(words));
            continue;
        }
        // A title stands at the first line of its part.
        if let Some(title) = one["title"].as_str().filter(|title| !title.trim().is_empty()) {
            title.trim().clone_into(&mut part);
        }
        let original = [&one["display"], &one["originalText"], &one["original_text"]];
        let written = original.into_iter().map(text).find(|words| !words.is_empty());
        let built =
            || joined([quantity(&one["quantity"]), named(&one["unit"]), named(&one["food"]), text(&one["note"])]);
        ingredients.push(BookLine { part: part.clone(), ..line(written.unwrap_or_else(built)) });
    }
    let steps = list(&value["recipeInstructions"]).map(|one| {
        let words = if one.is_object() { text(&one["text"]) } else { text(one) };
        step(words)
    });
    let categories = list(&value["recipeCategory"]).chain(list(&value["tags"])).map(named);
    let notes = list(&value["notes"]).map(|note| joined([text(&note["title"]), text(&note["text"])]));
    let stated = value["recipeServings"].as_f64().filter(|servings| *servings > 0.0).map(|servings| servings as f32);
    Parts {
        title: text(&value["name"]),
        summary: text(&value["description"]),
        servings: stated.or_else(|| servings(&text(&value["recipeYield"]))),
        times: [
            minutes(&value["prepTime"]),
            minutes(&value["performTime"]).or(minutes(&value["cookTime"])),
            minutes(&value["totalTime"]),
        ],
        ingredients,
        steps: steps.collect(),
        notes: notes.collect::<Vec<_>>().join("\n"),
        lists: categories.collect(),
        rating: rating(&value["rating"]),
        source: text(&value["orgURL"]),
        has_picture: !text(&value["image"]).is_empty(),
        has_figures: value["nutrition"].as_object().is_some_and(|all| all.values().any(|one| !text(one).is_empty())),
    }
    .into_found()
}

/// The recipes of Mealie's backup, whose `database.json` has its tables.
pub(super) fn mealie_backup(value: &Value) -> Vec<Found> {
    let names = |table: &str| -> HashMap<String, String> {
        list(&value[table]).map(|row| (text(&row["id"]), text(&row["name"]))).collect()
    };
    let (foods, units) = (names("ingredient_foods"), names("ingredient_units"));
    let rows = |table: &str, recipe: &str| {
        let mut rows: Vec<&Value> = list(&value[table]).filter(|row| text(&row["recipe_id"]) == recipe).collect();
        rows.sort_by_key(|row| row["position"].as_i64());
        rows
    };
    let recipe = |of: &Value| {
        let id = text(&of["id"]);
        let mut part = String::new();
        let ingredients = rows("recipes_ingredients", &id).into_iter().map(|row| {
            if let Some(title) = row["title"].as_str().filter(|title| !title.is_empty()) {
                title.clone_into(&mut part);
            }
            let name = |of: &Value, names: &HashMap<String, String>| names.get(&text(of)).cloned().unwrap_or_default();
            let built = joined([
                quantity(&row["quantity"]),
                name(&row["unit_id"], &units),
                name(&row["food_id"], &foods),
                text(&row["note"]),
            ]);
            let original = text(&row["original_text"]);
            BookLine { part: part.clone(), ..line(if original.is_empty() { built } else { original }) }
        });
        let ingredients = ingredients.collect();
        let stated = of["recipe_servings"].as_f64().filter(|servings| *servings > 0.0).map(|servings| servings as f32);
        Parts {
            title: text(&of["name"]),
            summary: text(&of["description"]),
            servings: stated.or_else(|| servings(&text(&of["recipe_yield"]))),
            times: [
                minutes(&of["prep_time"]),
                minutes(&of["perform_time"]).or(minutes(&of["cook_time"])),
                minutes(&of["total_time"]),
            ],
            ingredients,
            steps: rows("recipe_instructions", &id).into_iter().map(|row| step(text(&row["text"]))).collect(),
            rating: rating(&of["rating"]),
            source: text(&of["org_url"]),
            has_picture: !text(&of["image"]).is_empty(),
            ..Parts::default()
        }
        .into_found()
    };
    list(&value["recipes"]).map(recipe).collect()
}

fn rating(value: &Value) -> Option<u8> {
    value.as_f64().map(|rating| rating.round() as u8).filter(|rating| (1..=5).contains(rating))
}

fn tandoor(value: &Value) -> Found {
    let mut ingredients = Vec::new();
    let mut steps = Vec::new();
    let several = list(&value["steps"]).filter(|one| !text(&one["name"]).is_empty()).count() > 1;
    for one in list(&value["steps"]) {
        let mut part = if several { text(&one["name"]) } else { String::new() };
        for of in list(&one["ingredients"]) {
            if of["is_header"].as_bool() == Some(true) {
                part = text(&of["note"]);
                continue;
            }
            let amount = if of["no_amount"].as_bool() == Some(true) { String::new() } else { quantity(&of["amount"]) };
            let mut words = joined([amount, named(&of["unit"]), named(&of["food"])]);
            let note = text(&of["note"]);
            if !note.is_empty() {
                words = format!("{words}, {note}");
            }
            ingredients.push(BookLine { part: part.clone(), ..line(words) });
        }
        let minutes =
            one["time"].as_u64().and_then(|minutes| u32::try_from(minutes).ok()).filter(|minutes| *minutes > 0);
        for paragraph in text(&one["instruction"]).split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            let read = step(paragraph.replace('\n', " "));
            let timer_s = read.timer_s.or(minutes.map(|minutes| minutes.saturating_mul(60)));
            steps.push(super::BookStep { timer_s, ..read });
        }
    }
    let (working, waiting) = (minutes(&value["working_time"]), minutes(&value["waiting_time"]));
    let total = [working, waiting].into_iter().flatten().reduce(u32::saturating_add);
    Parts {
        title: text(&value["name"]),
        summary: text(&value["description"]),
        servings: value["servings"].as_f64().map(|servings| servings as f32),
        times: [working, None, total],
        ingredients,
        steps,
        lists: list(&value["keywords"]).map(named).collect(),
        source: text(&value["source_url"]),
        ..Parts::default()
    }
    .into_found()
}

fn paprika(value: &Value) -> Found {
    let mut part = String::new();
    let mut ingredients = Vec::new();
    for row in text(&value["ingredients"]).lines().map(str::trim).filter(|row| !row.is_empty()) {
        match row.strip_suffix(':') {
            Some(heading) => part = heading.to_owned(),
            None => ingredients.push(BookLine { part: part.clone(), ..line(row) }),
        }
    }
    let directions = text(&value["directions"]);
    let stated = [text(&value["source_url"]), text(&value["source"])].into_iter().find(|source| !source.is_empty());
    Parts {
        title: text(&value["name"]),
        summary: text(&value["description"]),
        servings: servings(&text(&value["servings"])),
        times: [minutes(&value["prep_time"]), minutes(&value["cook_time"]), minutes(&value["total_time"])],
        ingredients,
        steps: directions.lines().filter(|row| !row.trim().is_empty()).map(step).collect(),
        notes: text(&value["notes"]),
        lists: list(&value["categories"]).map(text).collect(),
        rating: rating(&value["rating"]),
        source: stated.unwrap_or_default(),
        has_picture: !text(&value["photo_data"]).is_empty(),
        has_figures: !text(&value["nutritional_info"]).is_empty(),
    }
    .into_found()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn lines(found: &Found) -> Vec<(&str, &str)> {
        found.recipe.ingredients.iter().map(|line| (line.part.as_str(), line.text.as_str())).collect()
    }

    #[test]
    fn mealie_has_lines_as_objects_with_parts() {
        let found = read(&json!({
            "slug": "soup", "name": "Soup", "recipeYield": "4 servings", "totalTime": "40 minutes", "orgURL": "https://soup.example/",
            "recipeIngredient": [
                {"title": "Base", "quantity": 2.0, "unit": {"name": "cup"}, "food": {"name": "lentils"}, "note": "rinsed"},
                {"title": null, "quantity": 0.0, "unit": null, "food": null, "note": "salt", "display": "salt"},
            ],
            "recipeInstructions": [{"title": "", "text": "Simmer for 30 minutes."}],
            "tags": [{"name": "Weeknights"}], "rating": 4,
        }))
        .unwrap();
        assert_eq!(lines(&found), [("Base", "2 cup lentils rinsed"), ("Base", "salt")]);
        assert_eq!(
            (found.recipe.servings, found.recipe.total_min, found.recipe.rating),
            (Some(4.0), Some(40), Some(4))
        );
        assert_eq!(
            (found.recipe.steps[0].timer_s, found.recipe.lists.as_slice()),
            (Some(1_800), &["Weeknights".to_owned()][..])
        );
    }

    #[test]
    fn mealies_backup_joins_its_tables() {
        let found = mealie_backup(&json!({
            "recipes": [{"id": "r1", "name": "Rice", "recipe_servings": 2}],
            "recipes_ingredients": [
                {"recipe_id": "r1", "position": 1, "quantity": 1, "unit_id": null, "food_id": "f2", "note": ""},
                {"recipe_id": "r1", "position": 0, "quantity": 200, "unit_id": "u1", "food_id": "f1", "note": ""},
            ],
            "recipe_instructions": [{"recipe_id": "r1", "position": 0, "text": "Boil."}],
            "ingredient_foods": [{"id": "f1", "name": "rice"}, {"id": "f2", "name": "lemon"}],
            "ingredient_units": [{"id": "u1", "name": "g"}],
        }));
        assert_eq!(lines(&found[0]), [("", "200 g rice"), ("", "1 lemon")]);
        assert_eq!((found[0].recipe.servings, found[0].recipe.steps.len()), (Some(2.0), 1));
    }

    #[test]
    fn tandoor_has_its_ingredients_at_the_steps() {
        let found = read(&json!({
            "name": "Curry", "description": "Hot", "servings": 3, "working_time": 20, "waiting_time": 10,
            "keywords": [{"name": "Dinner"}],
            "steps": [{"name": "", "instruction": "Fry.\n\nServe.", "time": 5, "ingredients": [
                {"food": null, "unit": null, "amount": 0, "note": "Sauce", "is_header": true},
                {"food": {"name": "coconut milk"}, "unit": {"name": "ml"}, "amount": 400.0, "note": "light", "no_amount": false},
                {"food": {"name": "salt"}, "unit": null, "amount": 0, "note": "", "no_amount": true},
            ]}],
        }))
        .unwrap();
        assert_eq!(lines(&found), [("Sauce", "400 ml coconut milk, light"), ("Sauce", "salt")]);
        assert_eq!(
            (found.recipe.total_min, found.recipe.steps.len(), found.recipe.steps[0].timer_s),
            (Some(30), 2, Some(300))
        );
    }

    #[test]
    fn paprika_has_texts_of_lines() {
        let found = read(&json!({
            "name": "Bread", "ingredients": "500 g flour\nTopping:\n1 tbsp seeds", "directions": "Knead.\nBake 40 min.",
            "servings": "Serves 8", "prep_time": "20 mins", "cook_time": "", "notes": "Good.", "source": "Grandmother",
            "source_url": "", "categories": ["Baking"], "rating": 5, "photo_data": "aGk=",
        }))
        .unwrap();
        assert_eq!(lines(&found), [("", "500 g flour"), ("Topping", "1 tbsp seeds")]);
        assert_eq!((found.recipe.servings, found.recipe.prep_min, found.recipe.cook_min), (Some(8.0), Some(20), None));
        assert_eq!((found.recipe.source.as_str(), found.lost.len()), ("Grandmother", 1));
    }
}
