//! Changes of own recipes.

use hnh_domain::cookbook::{BookRecipe, CookbookChange};
use hnh_domain::feeds::{Feed, ItemKind};
use hnh_domain::problem::ProblemCode;
use uuid::Uuid;

use super::{Row, own_recipe};
use crate::account::CurrentUser;
use crate::db::args;
use crate::feeds::{WriteTx, changed_meanwhile};
use crate::http::problem::{Refusal, internal};
use crate::photos;

/// The most own recipes of one person.
const MAX_RECIPES: i64 = 10_000;

/// Makes the change, or refuses it.
pub(crate) async fn apply(tx: &mut WriteTx, who: &CurrentUser, change: CookbookChange) -> Result<(), Refusal> {
    let id = match change {
        CookbookChange::WriteRecipe { id, recipe, version } => {
            write(tx, who, id, &recipe, version).await?;
            id
        }
        CookbookChange::DeleteRecipe { id } => {
            delete(tx, who, id).await?;
            id
        }
        CookbookChange::ShareRecipe { id, on } => {
            let sql = "UPDATE own_recipe SET shared = $3 WHERE id = $1 AND person = $2";
            if tx.execute(sql, args![id, who.id, on]).await? == 0 {
                return Err(ProblemCode::NotFound.into());
            }
            id
        }
    };
    tx.touch(Feed::Person(who.id), ItemKind::OwnRecipe, id);
    Ok(())
}

fn photos_of(recipe: &BookRecipe) -> Vec<Uuid> {
    recipe.photos.iter().map(|photo| photo.id).collect()
}

async fn stored(tx: &mut WriteTx, id: Uuid) -> Result<Option<(Uuid, hnh_domain::cookbook::OwnRecipe)>, Refusal> {
    let sql = "SELECT person, title, body, version, changed_ms, shared FROM own_recipe WHERE id = $1";
    let row: Option<(Uuid, String, String, i64, i64, bool)> = tx.fetch_optional(sql, args![id]).await?;
    Ok(row.map(|(person, title, body, version, changed_ms, shared)| {
        let row: Row = (id, title, body, version, changed_ms, shared);
        (person, own_recipe(row))
    }))
}

async fn write(
    tx: &mut WriteTx,
    who: &CurrentUser,
    id: Uuid,
    recipe: &BookRecipe,
    version: i64,
) -> Result<(), Refusal> {
    let mut before = Vec::new();
    match stored(tx, id).await? {
        Some((person, _)) if person != who.id => return Err(ProblemCode::Forbidden.into()),
        // The same new recipe again, as from a device that never heard that it arrived.
        Some((_, own)) if version == 0 && own.recipe == *recipe => return Ok(()),
        Some((_, own)) if own.version != version => return Err(changed_meanwhile(&own)),
        Some((_, own)) => before = photos_of(&own.recipe),
        None if version != 0 => return Err(ProblemCode::NotFound.into()),
        None => {
            let sql = "SELECT COUNT(*) FROM own_recipe WHERE person = $1";
            let (count,): (i64,) = tx.fetch_one(sql, args![who.id]).await?;
            if count >= MAX_RECIPES {
                return Err(ProblemCode::LimitReached.into());
            }
        }
    }
    photos::owned(tx, who.id, &photos_of(recipe)).await?;
    let (body, now_ms) = (serde_json::to_string(recipe).map_err(|error| internal(&error))?, tx.now_ms);
    tx.execute(
        "INSERT INTO own_recipe (id, person, title, body, version, changed_ms, shared) VALUES ($1, $2, $3, $4, 1, $5, FALSE)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body,
         version = own_recipe.version + 1, changed_ms = excluded.changed_ms",
        args![id, who.id, &recipe.title, body, now_ms],
    )
    .await?;
    Ok(photos::let_go(tx, who.id, &before).await?)
}

async fn delete(tx: &mut WriteTx, who: &CurrentUser, id: Uuid) -> Result<(), Refusal> {
    // What is gone already is as it should be.
    let Some((_, own)) = stored(tx, id).await?.filter(|(person, _)| *person == who.id) else { return Ok(()) };
    tx.execute("DELETE FROM own_recipe WHERE id = $1 AND person = $2", args![id, who.id]).await?;
    Ok(photos::let_go(tx, who.id, &photos_of(&own.recipe)).await?)
}
