//! Searches among the recipes that the device has: the favourites and those seen last.

use std::cmp::Ordering;
use std::rc::Rc;

use hnh_domain::label::Presence;
use hnh_domain::nutrient::Nutrient;
use hnh_domain::page::Page;
use hnh_domain::problem::Problem;
use hnh_domain::recipes::{Recipe, RecipeCard, RecipeQuery, RecipeResults, RecipeSort};
use hnh_domain::text::Lang;

use crate::store::{Store, storage_error};
use crate::words::{Words, typed};
use crate::{Core, Host};

/// A recipe that was read, with its words ready to be looked through.
pub(crate) struct KnownRecipe {
    recipe: Recipe,
    title: Words,
    /// Title, ingredients and keywords.
    words: Words,
}

/// The recipes that were searched last, and the state of the store that they are from.
pub(crate) struct ReadRecipes {
    state: (i64, i64),
    recipes: Rc<[KnownRecipe]>,
}

impl From<Recipe> for KnownRecipe {
    fn from(recipe: Recipe) -> Self {
        let ingredients = recipe.ingredients.iter().flat_map(|ingredient| ingredient.name.iter());
        let all = recipe.title.iter().chain(ingredients).chain(recipe.keywords.iter().map(String::as_str));
        Self { title: Words::of(recipe.title.iter()), words: Words::of(all), recipe }
    }
}

impl KnownRecipe {
    /// Whether every condition of a query holds for certain.
    fn fits(&self, query: &RecipeQuery, words: &[String]) -> bool {
        let recipe = &self.recipe;
        let amount = |nutrient| recipe.nutrients.get(nutrient);
        let any = |chosen: bool, none_asked: bool| none_asked || chosen;
        self.words.have_all(words)
            && query.diet.iter().all(|diet| recipe.diets.get(diet).is_some_and(|flag| flag.state == Presence::Free))
            && query
                .without
                .iter()
                .all(|allergen| recipe.allergens.get(allergen).is_some_and(|flag| flag.state == Presence::Free))
            && query.kcal.is_none_or(|range| amount(Nutrient::Energy).is_some_and(|kcal| range.contains(kcal)))
            && query
                .nutrients
                .iter()
                .all(|asked| amount(asked.nutrient).is_some_and(|known| asked.range.contains(known)))
            && any(query.course.contains(&recipe.course), query.course.is_empty())
            && any(recipe.cuisine.is_some_and(|cuisine| query.cuisine.contains(&cuisine)), query.cuisine.is_empty())
            && any(recipe.effort.is_some_and(|effort| query.effort.contains(&effort)), query.effort.is_empty())
            && query.max_min.is_none_or(|most| recipe.total_min.is_some_and(|minutes| minutes <= most))
    }
}

/// The recipes that match, in the query's order.
fn find<'recipes>(recipes: &'recipes [KnownRecipe], query: &RecipeQuery) -> Vec<&'recipes KnownRecipe> {
    let words: Vec<String> = query.q.iter().flat_map(|chip| typed(chip)).collect();
    let mut found: Vec<&KnownRecipe> = recipes.iter().filter(|known| known.fits(query, &words)).collect();
    let title = |known: &KnownRecipe| known.recipe.title.get(Lang::Ko).to_owned();
    let least = |known: &KnownRecipe, nutrient| known.recipe.nutrients.get(nutrient).unwrap_or(f32::INFINITY);
    let most = |known: &KnownRecipe, nutrient| -known.recipe.nutrients.get(nutrient).unwrap_or(f32::NEG_INFINITY);
    let order = |a: &KnownRecipe, b: &KnownRecipe| -> Ordering {
        let by = |key: &dyn Fn(&KnownRecipe) -> f32| key(a).total_cmp(&key(b));
        match query.sort.unwrap_or(RecipeSort::Relevance) {
            RecipeSort::Relevance => b.title.have_all(&words).cmp(&a.title.have_all(&words)),
            RecipeSort::Energy => by(&|known| least(known, Nutrient::Energy)),
            RecipeSort::Protein => by(&|known| most(known, Nutrient::Protein)),
            RecipeSort::Sodium => by(&|known| least(known, Nutrient::Sodium)),
            RecipeSort::Fibre => by(&|known| most(known, Nutrient::Fibre)),
            RecipeSort::Sugar => by(&|known| least(known, Nutrient::Sugar)),
            RecipeSort::Time => a.recipe.total_min.unwrap_or(u32::MAX).cmp(&b.recipe.total_min.unwrap_or(u32::MAX)),
            RecipeSort::Title => Ordering::Equal,
        }
    };
    found.sort_by(|a, b| order(a, b).then_with(|| title(a).cmp(&title(b))));
    found
}

impl Store {
    /// How many recipes there are and when one was seen last: the same as long as none came or went.
    fn recipes_state(&self) -> Result<(i64, i64), Problem> {
        let sql = "SELECT COUNT(*), COALESCE(MAX(seen_ms), 0) FROM record WHERE kind = 'recipe'";
        self.connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).map_err(storage_error)
    }

    /// All recipes here; one that a newer program wrote is left out.
    fn known_recipes(&self) -> Result<Vec<KnownRecipe>, Problem> {
        let sql = "SELECT json FROM record WHERE kind = 'recipe'";
        let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).map_err(storage_error)?;
        let json: Vec<String> = rows.collect::<Result<_, _>>().map_err(storage_error)?;
        let read = json.iter().filter_map(|json| serde_json::from_str::<Recipe>(json).ok());
        Ok(read.map(KnownRecipe::from).collect())
    }
}

impl<H: Host> Core<H> {
    /// A search without a network, where the device has any recipe.
    pub(crate) fn search_known_recipes(&self, query: &RecipeQuery) -> Result<Option<RecipeResults>, Problem> {
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
        let items = found.iter().skip(start).take(limit).map(|known| RecipeCard::from(&known.recipe)).collect();
        let next = (start + limit < found.len()).then(|| (start + limit).to_string());
        Ok(Some(RecipeResults { page: Page { items, next, total: Some(found.len() as u64) }, facets: None }))
    }
}
