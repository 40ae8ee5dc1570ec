//! Own recipes, the plan of meals and shopping lists: what the server told last, with what waits to be sent on top. Without an
//! account all of it waits here.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hnh_domain::calls::{
    GetOwnRecipe, GetSharedRecipe, ImportRecipeFile, ImportRecipePage, ImportRecipeText, ListMeals, ListOwnRecipes,
    ListShopping, ReadShopping, Stored,
};
use hnh_domain::cookbook::{BookRecipe, CookbookChange, Imported, OwnRecipe};
use hnh_domain::feeds::{Change, Feed, ItemKind};
use hnh_domain::meal_plan::{MealPlanChange, PlannedMeal};
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::recipes::Recipe;
use hnh_domain::shopping::{ShoppingChange, ShoppingItem, ShoppingList};
use rusqlite::{Connection, Transaction, params};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::store::{Store, corrupt_data, storage_error};
use crate::{Body, Core, Host, Method, request};

/// The items of a kind that this program understands, in the order in which the server told of them last.
fn told<T: DeserializeOwned>(connection: &Connection, kind: ItemKind) -> Result<Vec<T>, Problem> {
    let sql = "SELECT json FROM item WHERE kind = ?1 ORDER BY number";
    let mut statement = connection.prepare_cached(sql).map_err(storage_error)?;
    let rows = statement.query_map([kind.code()], |row| row.get::<_, String>(0)).map_err(storage_error)?;
    let texts: Vec<String> = rows.collect::<Result<_, _>>().map_err(storage_error)?;
    Ok(texts.iter().filter_map(|json| serde_json::from_str(json).ok()).collect())
}

impl Store {
    /// The changes of a kind, by its name in JSON, that go by themselves, in their order, each with the time when it was made.
    fn waiting(&self, kind: &str) -> Result<Vec<(Change, i64)>, Problem> {
        let sql = "SELECT change, made_ms FROM outbox WHERE stuck IS NULL AND change LIKE ?1 ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
        let like = format!("{{\"{kind}\"%");
        let rows =
            statement.query_map([like], |row| Ok((row.get::<_, String>(0)?, row.get(1)?))).map_err(storage_error)?;
        let texts: Vec<(String, i64)> = rows.collect::<Result<_, _>>().map_err(storage_error)?;
        Ok(texts.iter().filter_map(|(json, at)| Some((serde_json::from_str(json).ok()?, *at))).collect())
    }

    /// Own recipes, those last changed first.
    fn own_recipes(&self) -> Result<Vec<OwnRecipe>, Problem> {
        let told: Vec<OwnRecipe> = told(&self.connection, ItemKind::OwnRecipe)?;
        let mut all: BTreeMap<Uuid, OwnRecipe> = told.into_iter().map(|own| (own.id, own)).collect();
        for (change, changed_ms) in self.waiting("cookbook")? {
            let Change::Cookbook(change) = change else { continue };
            match change {
                CookbookChange::WriteRecipe { id, recipe, version } => {
                    let shared = all.get(&id).is_some_and(|own| own.shared);
                    all.insert(id, OwnRecipe { id, recipe: *recipe, version: version + 1, changed_ms, shared });
                }
                CookbookChange::DeleteRecipe { id } => drop(all.remove(&id)),
                CookbookChange::ShareRecipe { id, on } => {
                    all.entry(id).and_modify(|own| own.shared = on);
                }
            }
        }
        let mut recipes: Vec<OwnRecipe> = all.into_values().collect();
        recipes.sort_by_key(|own| std::cmp::Reverse(own.changed_ms));
        Ok(recipes)
    }

    /// One of the own recipes.
    pub(crate) fn own_recipe(&self, id: Uuid) -> Result<Option<OwnRecipe>, Problem> {
        Ok(self.own_recipes()?.into_iter().find(|own| own.id == id))
    }

    /// The meals of the plan.
    fn meals(&self) -> Result<Vec<PlannedMeal>, Problem> {
        let told: Vec<PlannedMeal> = told(&self.connection, ItemKind::PlannedMeal)?;
        let mut all: BTreeMap<Uuid, PlannedMeal> = told.into_iter().map(|meal| (meal.id, meal)).collect();
        for (change, _) in self.waiting("meal_plan")? {
            match change {
                Change::MealPlan(MealPlanChange::PlanMeal { meal }) => drop(all.insert(meal.id, meal)),
                Change::MealPlan(MealPlanChange::UnplanMeal { id }) => drop(all.remove(&id)),
                _ => {}
            }
        }
        Ok(all.into_values().collect())
    }

    /// The lists that the server lets the person follow.
    pub(crate) fn lists_inside(&self) -> Result<Vec<Uuid>, Problem> {
        let lists: Vec<ShoppingList> = told(&self.connection, ItemKind::ShoppingList)?;
        Ok(lists.into_iter().filter(|list| list.inside).map(|list| list.id).collect())
    }

    /// The lists that the person shares, in the order in which they began.
    fn lists(&self) -> Result<Vec<ShoppingList>, Problem> {
        let mut lists: Vec<ShoppingList> = told(&self.connection, ItemKind::ShoppingList)?;
        lists.retain(|list| list.inside);
        for (change, _) in self.waiting("shopping")? {
            match change {
                Change::Shopping(ShoppingChange::OpenList { id, name }) => {
                    match lists.iter_mut().find(|list| list.id == id) {
                        Some(list) => list.name = name,
                        None => lists.push(ShoppingList { id, name, people: Vec::new(), inside: true }),
                    }
                }
                Change::Shopping(ShoppingChange::LeaveList { list }) => lists.retain(|known| known.id != list),
                _ => {}
            }
        }
        lists.sort_by_key(|list| list.id);
        Ok(lists)
    }

    /// The lines of a list.
    fn shopping_items(&self, of: Uuid) -> Result<Vec<ShoppingItem>, Problem> {
        let mut items: Vec<ShoppingItem> = told(&self.connection, ItemKind::ShoppingItem)?;
        items.retain(|item| item.list == of);
        for (change, _) in self.waiting("shopping")? {
            let Change::Shopping(change) = change else { continue };
            match change {
                ShoppingChange::PutItem { id, list, what } if list == of => {
                    match items.iter_mut().find(|item| item.id == id) {
                        Some(item) => item.what = what,
                        None => items.push(ShoppingItem { id, list, what, ticked: false }),
                    }
                }
                ShoppingChange::TickItem { id, on, .. } => {
                    items.iter_mut().filter(|item| item.id == id).for_each(|item| item.ticked = on);
                }
                ShoppingChange::RemoveItem { id, .. } => items.retain(|item| item.id != id),
                _ => {}
            }
        }
        Ok(items)
    }
}

/// Writes what the server has made of a change of the kitchen into what it told, as it will tell it itself.
pub(crate) fn settle(tx: &Transaction<'_>, change: &str, now_ms: i64) -> Result<(), Problem> {
    // Changes of another kind, also of a newer program's, are none of this.
    let Ok(change) = serde_json::from_str::<Change>(change) else { return Ok(()) };
    let text = |value: serde_json::Result<String>| value.map_err(corrupt_data);
    let put = |kind: ItemKind, feed: Option<Uuid>, id: Uuid, json: String| {
        let own = "(SELECT 'person:' || json_extract(account, '$.id') FROM me)";
        let feed = feed.map_or_else(|| own.to_owned(), |list| format!("'{}'", Feed::List(list)));
        let sql = format!(
            "INSERT INTO item (id, feed, kind, number, json)
             SELECT ?1, {feed}, ?2, (SELECT COALESCE(MAX(number), 0) + 1 FROM item), ?3 FROM me WHERE true
             ON CONFLICT (id) DO UPDATE SET json = excluded.json"
        );
        tx.execute(&sql, params![id.to_string(), kind.code(), json]).map(drop).map_err(storage_error)
    };
    let set = |kind: ItemKind, id: Uuid, field: &str, json: String| {
        let sql = "UPDATE item SET json = json_set(json, ?3, json(?4)) WHERE id = ?1 AND kind = ?2";
        let done = tx.execute(sql, params![id.to_string(), kind.code(), field, json]).map_err(storage_error)?;
        Ok::<bool, Problem>(done > 0)
    };
    let remove = |kind: ItemKind, id: Uuid| {
        let sql = "DELETE FROM item WHERE id = ?1 AND kind = ?2";
        tx.execute(sql, params![id.to_string(), kind.code()]).map(drop).map_err(storage_error)
    };
    match change {
        Change::Cookbook(CookbookChange::WriteRecipe { id, recipe, version }) => {
            let shared = told::<OwnRecipe>(tx, ItemKind::OwnRecipe)?.iter().any(|own| own.id == id && own.shared);
            let own = OwnRecipe { id, recipe: *recipe, version: version + 1, changed_ms: now_ms, shared };
            put(ItemKind::OwnRecipe, None, id, text(serde_json::to_string(&own))?)
        }
        Change::Cookbook(CookbookChange::DeleteRecipe { id }) => remove(ItemKind::OwnRecipe, id),
        Change::Cookbook(CookbookChange::ShareRecipe { id, on }) => {
            set(ItemKind::OwnRecipe, id, "$.shared", on.to_string()).map(drop)
        }
        Change::MealPlan(MealPlanChange::PlanMeal { meal }) => {
            put(ItemKind::PlannedMeal, None, meal.id, text(serde_json::to_string(&meal))?)
        }
        Change::MealPlan(MealPlanChange::UnplanMeal { id }) => remove(ItemKind::PlannedMeal, id),
        Change::Shopping(ShoppingChange::OpenList { id, name }) => {
            if set(ItemKind::ShoppingList, id, "$.name", text(serde_json::to_string(&name))?)? {
                return Ok(());
            }
            let list = ShoppingList { id, name, people: Vec::new(), inside: true };
            put(ItemKind::ShoppingList, None, id, text(serde_json::to_string(&list))?)
        }
        Change::Shopping(ShoppingChange::LeaveList { list }) => {
            set(ItemKind::ShoppingList, list, "$.inside", "false".into()).map(drop)
        }
        Change::Shopping(ShoppingChange::PutItem { id, list, what }) => {
            if set(ItemKind::ShoppingItem, id, "$.what", text(serde_json::to_string(&what))?)? {
                return Ok(());
            }
            let item = ShoppingItem { id, list, what, ticked: false };
            put(ItemKind::ShoppingItem, Some(list), id, text(serde_json::to_string(&item))?)
        }
        Change::Shopping(ShoppingChange::TickItem { id, on, .. }) => {
            set(ItemKind::ShoppingItem, id, "$.ticked", on.to_string()).map(drop)
        }
        Change::Shopping(ShoppingChange::RemoveItem { id, .. }) => remove(ItemKind::ShoppingItem, id),
        _ => Ok(()),
    }
}

/// Leaves own recipes, the plan and lists to be sent again, as after a restore that lost them.
pub(crate) fn submit_kitchen(tx: &Transaction<'_>, now_ms: i64) -> Result<(), Problem> {
    let mut changes: Vec<Change> = Vec::new();
    for OwnRecipe { id, recipe, shared, .. } in told(tx, ItemKind::OwnRecipe)? {
        changes.push(CookbookChange::WriteRecipe { id, recipe: Box::new(recipe), version: 0 }.into());
        if shared {
            changes.push(CookbookChange::ShareRecipe { id, on: true }.into());
        }
    }
    changes.extend(told(tx, ItemKind::PlannedMeal)?.into_iter().map(|meal| MealPlanChange::PlanMeal { meal }.into()));
    let lists: Vec<ShoppingList> = told(tx, ItemKind::ShoppingList)?;
    for list in lists.into_iter().filter(|list| list.inside) {
        changes.push(ShoppingChange::OpenList { id: list.id, name: list.name }.into());
        let share =
            |person: &hnh_domain::account::Person| ShoppingChange::ShareList { list: list.id, person: person.id };
        changes.extend(list.people.iter().map(share).map(Change::from));
    }
    for ShoppingItem { id, list, what, ticked } in told(tx, ItemKind::ShoppingItem)? {
        changes.push(ShoppingChange::PutItem { id, list, what }.into());
        if ticked {
            changes.push(ShoppingChange::TickItem { id, list, on: true }.into());
        }
    }
    for change in changes {
        let json = serde_json::to_string(&change).map_err(corrupt_data)?;
        tx.execute("INSERT INTO outbox (change, made_ms) VALUES (?1, ?2)", params![json, now_ms])
            .map_err(storage_error)?;
    }
    Ok(())
}

impl<H: Host> Handle<ListOwnRecipes> for Core<H> {
    async fn handle(&self, _call: ListOwnRecipes) -> Result<Json<Vec<OwnRecipe>>, Problem> {
        Json::of(&self.store().own_recipes()?)
    }
}

impl<H: Host> Handle<GetOwnRecipe> for Core<H> {
    async fn handle(&self, call: GetOwnRecipe) -> Result<Json<OwnRecipe>, Problem> {
        Json::of(&self.store().own_recipe(call.id)?.ok_or_else(|| Problem::new(ProblemCode::NotFound))?)
    }
}

impl<H: Host> Handle<GetSharedRecipe> for Core<H> {
    async fn handle(&self, call: GetSharedRecipe) -> Result<Json<BookRecipe>, Problem> {
        self.ask(&format!("/shared-recipes/{}", call.id)).await
    }
}

impl<H: Host> Handle<ImportRecipePage> for Core<H> {
    async fn handle(&self, call: ImportRecipePage) -> Result<Json<Imported>, Problem> {
        let body = serde_json::to_string(&call.form).map_err(corrupt_data)?;
        Ok(Json::written(self.send(Method::Post, "/recipe-imports/address", Some(body)).await?))
    }
}

impl<H: Host> Handle<ImportRecipeText> for Core<H> {
    async fn handle(&self, call: ImportRecipeText) -> Result<Json<Imported>, Problem> {
        let body = Body::File(call.text.into_bytes());
        Ok(Json::written(self.send_body(Method::Post, "/recipe-imports/file", Some(body)).await?))
    }
}

impl<H: Host> Handle<ImportRecipeFile> for Core<H> {
    async fn handle(&self, call: ImportRecipeFile) -> Result<Json<Imported>, Problem> {
        let bytes = STANDARD.decode(&call.data).map_err(|_| Problem::new(ProblemCode::NotUnderstood))?;
        let path = request("/recipe-imports/file", &[("name", &call.name)])?;
        Ok(Json::written(self.send_body(Method::Post, &path, Some(Body::File(bytes))).await?))
    }
}

impl<H: Host> Handle<ListMeals> for Core<H> {
    async fn handle(&self, call: ListMeals) -> Result<Json<Vec<PlannedMeal>>, Problem> {
        let mut meals = self.store().meals()?;
        meals.retain(|meal| (call.from..=call.to).contains(&meal.day));
        Json::of(&meals)
    }
}

impl<H: Host> Handle<ListShopping> for Core<H> {
    async fn handle(&self, _call: ListShopping) -> Result<Json<Vec<ShoppingList>>, Problem> {
        Json::of(&self.store().lists()?)
    }
}

impl<H: Host> Handle<ReadShopping> for Core<H> {
    async fn handle(&self, call: ReadShopping) -> Result<Json<Vec<ShoppingItem>>, Problem> {
        Json::of(&self.store().shopping_items(call.list)?)
    }
}

impl<H: Host> Core<H> {
    /// An own recipe as pages for recipes show it.
    pub(crate) fn own_as_recipe(&self, id: Uuid) -> Result<Option<Stored<Recipe>>, Problem> {
        let own = self.store().own_recipe(id)?;
        Ok(own.map(|own| Stored { record: own.recipe.as_recipe(id), favourite: false, offline: false }))
    }
}
