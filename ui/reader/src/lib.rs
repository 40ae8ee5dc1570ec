//! The ingredient engine in the browser, a module of its own: it comes when an own recipe is first shown, and works without a
//! network from then on. JavaScript (`ui/js/reader.js`) passes questions and answers on as JSON.

use hnh_domain::foods::Food;
use hnh_domain::reading::ReaderQuestion;
use hnh_nutrition::{LabelTable, Tables, reading};
use wasm_bindgen::prelude::*;

/// The foods that cooks name, a JSON object a line.
const FOODS: &str = include_str!("../../../crates/nutrition/foods/foods.jsonl");

/// What those foods contain.
const LABELS: &str = include_str!("../../../crates/ingest/starter/food_labels.csv");

fn to_js(error: impl std::fmt::Display) -> JsValue {
    JsValue::from_str(&error.to_string())
}

/// The engine with its tables read.
#[wasm_bindgen]
pub struct Reader {
    tables: Tables,
}

#[wasm_bindgen]
impl Reader {
    /// Reads the tables.
    ///
    /// # Errors
    /// When they were built wrong.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Reader, JsValue> {
        let labels = LabelTable::read(LABELS.as_bytes(), "food_labels.csv").map_err(to_js)?;
        let foods = FOODS.lines().map(serde_json::from_str::<Food>);
        Ok(Self { tables: Tables::new(foods, labels).map_err(to_js)? })
    }

    /// Answers a question.
    ///
    /// # Errors
    /// When it is none.
    pub fn ask(&self, question: &str) -> Result<String, JsValue> {
        let answer = match serde_json::from_str(question).map_err(to_js)? {
            ReaderQuestion::Read { lines, servings } => {
                serde_json::to_string(&reading::read(&lines, servings, &self.tables))
            }
            ReaderQuestion::Suggest { words, lang } => serde_json::to_string(&reading::suggest(&words, lang)),
        };
        answer.map_err(to_js)
    }
}
