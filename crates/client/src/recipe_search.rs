//! Searches among the recipes that the device has: the favourites and those seen last.
//!
//! Recipes are read as plain JSON: a reader for the whole record would be the largest part of this file in the browser.

use std::cmp::Ordering;
use std::rc::Rc;

use hnh_domain::nutrient::Nutrient;
use hnh_domain::page::Page;
use hnh_domain::problem::Problem;
use hnh_domain::recipes::{RecipeQuery, RecipeResults, RecipeSort};
use serde_json::{Map, Value};

use crate::store::{Store, storage_error};
use crate::words::{Words, typed};
use crate::{Core, Host};

/// What a card shows as the record has it.
const ON_A_CARD: [&str; 7] = ["id", "title", "summary", "course", "cuisine", "method", "total_min"];
/// Main ingredients of a card.
const MAIN: usize = 5;

/// A recipe that was read, with its words ready to be looked through.
pub(crate) struct KnownRecipe {
    recipe: Value,
    title: Words,
    /// Title, ingredients and keywords.
    words: Words,
}

/// The recipes that were searched last, and the state of the store that they are from.
pub(crate) struct ReadRecipes {
    state: (i64, i64),
    recipes: Rc<[KnownRecipe]>,
}

/// The texts of a [`hnh_domain::text::Text`].
fn texts(text: &Value) -> impl Iterator<Item = &str> {
    text.as_object().into_iter().flat_map(Map::values).filter_map(Value::as_str)
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

impl KnownRecipe {
    fn of(recipe: Value) -> Self {
        let title = Words::of(texts(&recipe["title"]));
        let ingredients = items(&recipe["ingredients"]).flat_map(|ingredient| texts(&ingredient["name"]));
        let keywords = items(&recipe["keywords"]).filter_map(Value::as_str);
        let words = Words::of(texts(&recipe["title"]).chain(ingredients).chain(keywords));
        Self { recipe, title, words }
    }

    fn amount(&self, nutrient: Nutrient) -> Option<f32> {
        self.recipe["nutrients"][nutrient.code()].as_f64().map(|amount| amount as f32)
    }

    fn minutes(&self) -> Option<u64> {
        self.recipe["total_min"].as_u64()
    }

    /// Whether it is known to be free of an allergen or of what breaks a diet.
    fn is_free(&self, flags: &str, code: &str) -> bool {
        self.recipe[flags][code]["state"] == "free"
    }

    /// Whether every condition of a query holds for certain.
    fn fits(&self, query: &RecipeQuery, words: &[String]) -> bool {
        let is = |field: &str, code: &str| self.recipe[field] == code;
        self.words.have_all(words)
            && query.diet.iter().all(|diet| self.is_free("diets", diet.code()))
            && query.without.iter().all(|allergen| self.is_free("allergens", allergen.code()))
            && query.kcal.is_none_or(|range| self.amount(Nutrient::Energy).is_some_and(|kcal| range.contains(kcal)))
            && query
                .nutrients
                .iter()
                .all(|asked| self.amount(asked.nutrient).is_some_and(|known| asked.range.contains(known)))
            && (query.course.is_empty() || query.course.iter().any(|course| is("course", course.code())))
            && (query.cuisine.is_empty() || query.cuisine.iter().any(|cuisine| is("cuisine", cuisine.code())))
            && (query.effort.is_empty() || query.effort.iter().any(|effort| is("effort", effort.code())))
            && query.max_min.is_none_or(|most| self.minutes().is_some_and(|minutes| minutes <= u64::from(most)))
    }

    /// A [`hnh_domain::recipes::RecipeCard`].
    fn card(&self) -> Value {
        let recipe = &self.recipe;
        let shown = ON_A_CARD.into_iter().filter(|field| !recipe[field].is_null());
        let mut card: Map<String, Value> = shown.map(|field| (field.to_owned(), recipe[field].clone())).collect();
        let amounts = [("energy", Nutrient::Energy, 1.0_f32), ("protein", Nutrient::Protein, 10.0)];
        for (field, nutrient, steps) in amounts {
            if let Some(amount) = self.amount(nutrient) {
                card.insert(field.to_owned(), Value::from((amount * steps).round() / steps));
            }
        }
        for (field, flags, state) in [("suits", "diets", "free"), ("contains", "allergens", "contains")] {
            let flags = recipe[flags].as_object().into_iter().flatten();
            let codes = flags.filter(|(_, flag)| flag["state"] == state).map(|(code, _)| Value::from(code.as_str()));
            card.insert(field.to_owned(), codes.collect());
        }
        let mut heavy: Vec<&Value> = items(&recipe["ingredients"]).collect();
        let grams = |ingredient: &Value| ingredient["grams"].as_f64().unwrap_or_default();
        heavy.sort_by(|a, b| grams(b).total_cmp(&grams(a)));
        let names = heavy.iter().take(MAIN).filter_map(|ingredient| ingredient["name"]["en"].as_str());
        card.insert("main".to_owned(), names.map(Value::from).collect());
        Value::Object(card)
    }
}

/// The recipes that match, in the query's order.
fn find<'recipes>(recipes: &'recipes [KnownRecipe], query: &RecipeQuery) -> Vec<&'recipes KnownRecipe> {
    let words: Vec<String> = query.q.iter().flat_map(|chip| typed(chip)).collect();
    let mut found: Vec<&KnownRecipe> = recipes.iter().filter(|known| known.fits(query, &words)).collect();
    // What comes first has the least key; unknown amounts come last.
    let key = |known: &KnownRecipe| -> f32 {
        let least = |nutrient| known.amount(nutrient).unwrap_or(f32::INFINITY);
        let most = |nutrient| known.amount(nutrient).map_or(f32::INFINITY, |amount| -amount);
        match query.sort.unwrap_or(RecipeSort::Relevance) {
            RecipeSort::Relevance => f32::from(u8::from(!known.title.have_all(&words))),
            RecipeSort::Energy => least(Nutrient::Energy),
            RecipeSort::Protein => most(Nutrient::Protein),
            RecipeSort::Sodium => least(Nutrient::Sodium),
            RecipeSort::Fibre => most(Nutrient::Fibre),
            RecipeSort::Sugar => least(Nutrient::Sugar),
            RecipeSort::Time => known.minutes().map_or(f32::INFINITY, |minutes| minutes as f32),
            RecipeSort::Title => 0.0,
        }
    };
    found.sort_by(|a, b| -> Ordering {
        key(a).total_cmp(&key(b)).then_with(|| a.title.as_text().cmp(b.title.as_text()))
    });
    found
}

impl Store {
    /// How many recipes there are and when one was seen last: the same as long as none came or went.
    fn recipes_state(&self) -> Result<(i64, i64), Problem> {
        let sql = "SELECT COUNT(*), COALESCE(MAX(seen_ms), 0) FROM record WHERE kind = 'recipe'";
        self.connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).map_err(storage_error)
    }

    /// All recipes here; what cannot be read is left out.
    fn known_recipes(&self) -> Result<Vec<KnownRecipe>, Problem> {
        let sql = "SELECT json FROM record WHERE kind = 'recipe'";
        let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).map_err(storage_error)?;
        let json: Vec<String> = rows.collect::<Result<_, _>>().map_err(storage_error)?;
        Ok(json.iter().filter_map(|json| serde_json::from_str(json).ok()).map(KnownRecipe::of).collect())
    }
}

impl<H: Host> Core<H> {
    /// A search without a network, where the device has any recipe.
    pub(crate) fn search_known_recipes(&self, query: &RecipeQuery) -> Result<Option<RecipeResults<Value>>, Problem> {
        let state = self.store().recipes_state()?;
        if state.0 == 0 {
            return Ok(None);
        }
        let read =
            self.read_recipes.borrow().as_ref().filter(|read| read.state == state).map(|read| read.recipes.clone());
        let recipes = match read {
            Some(recipes) => recipes,
            None => {
                let recipes: Rc<[KnownRecipe]> = self.store().known_recipes()?.into();
                self.read_recipes.replace(Some(ReadRecipes { state, recipes: Rc::clone(&recipes) }));
                recipes
            }
        };
        let found = find(&recipes, query);
        let limit = query.limit()?;
        // A cursor of the server's begins anew.
        let start = query.cursor.as_deref().and_then(|cursor| cursor.parse().ok()).unwrap_or(0_usize);
        let items = found.iter().skip(start).take(limit).map(|known| known.card()).collect();
        let next = (start + limit < found.len()).then(|| (start + limit).to_string());
        Ok(Some(RecipeResults { page: Page { items, next, total: Some(found.len() as u64) }, facets: None }))
    }
}
