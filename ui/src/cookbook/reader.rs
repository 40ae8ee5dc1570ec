//! The ingredient engine, a module of its own that the host loads when it is first asked.

use hnh_domain::cookbook::BookLine;
use hnh_domain::reading::{FoodChoice, ReaderQuestion, Reading};
use hnh_domain::text::Lang;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = hnhRead)]
    async fn hnh_read(question: &str) -> Result<JsValue, JsValue>;
}

/// Asks the engine; nothing where it cannot be loaded, as before the first visit with a network has ended.
async fn ask<T: DeserializeOwned>(question: &ReaderQuestion) -> Option<T> {
    let question = serde_json::to_string(question).ok()?;
    let answer = hnh_read(&question).await.ok()?.as_string()?;
    serde_json::from_str(&answer).ok()
}

/// What lines mean, for so many servings.
pub(crate) async fn read(lines: Vec<BookLine>, servings: Option<f32>) -> Option<Reading> {
    ask(&ReaderQuestion::Read { lines, servings: servings.unwrap_or(1.0) }).await
}

/// Foods whose name has some words.
pub(super) async fn suggest(words: String, lang: Lang) -> Vec<FoodChoice> {
    ask(&ReaderQuestion::Suggest { words, lang }).await.unwrap_or_default()
}
