//! Changes of shopping lists.

use hnh_domain::feeds::{Feed, ItemKind};
use hnh_domain::problem::ProblemCode;
use hnh_domain::shopping::{MAX_ITEMS, MAX_PEOPLE, ShoppingChange, ShoppingLine};
use uuid::Uuid;

use super::{is_inside, people};
use crate::account::{CurrentUser, blocks, exists};
use crate::db::{DbError, args};
use crate::feeds::WriteTx;
use crate::http::problem::{Refusal, internal};

/// The most lists of one person.
const MAX_LISTS: i64 = 200;

/// Makes the change, or refuses it.
pub(crate) async fn apply(tx: &mut WriteTx, who: &CurrentUser, change: ShoppingChange) -> Result<(), Refusal> {
    match change {
        ShoppingChange::OpenList { id, name } => open(tx, who, id, &name).await,
        ShoppingChange::ShareList { list, person } => {
            shared(tx, who, list).await?;
            share(tx, who, list, person).await
        }
        ShoppingChange::LeaveList { list } => Ok(leave(tx, list, who.id).await?),
        ShoppingChange::PutItem { id, list, what } => {
            shared(tx, who, list).await?;
            put(tx, id, list, &what).await
        }
        ShoppingChange::TickItem { id, list, on } => {
            shared(tx, who, list).await?;
            // A line that somebody took out meanwhile needs no tick.
            let sql = "UPDATE shopping_item SET ticked = $3 WHERE id = $1 AND list = $2";
            if tx.execute(sql, args![id, list, on]).await? > 0 {
                tx.touch(Feed::List(list), ItemKind::ShoppingItem, id);
            }
            Ok(())
        }
        ShoppingChange::RemoveItem { id, list } => {
            shared(tx, who, list).await?;
            let sql = "DELETE FROM shopping_item WHERE id = $1 AND list = $2";
            if tx.execute(sql, args![id, list]).await? > 0 {
                tx.touch(Feed::List(list), ItemKind::ShoppingItem, id);
            }
            Ok(())
        }
    }
}

/// Refuses who does not share the list, as if there were none.
async fn shared(tx: &mut WriteTx, who: &CurrentUser, list: Uuid) -> Result<(), Refusal> {
    if is_inside(tx, list, who.id).await? { Ok(()) } else { Err(ProblemCode::NotFound.into()) }
}

/// Tells all who share a list that it changed.
async fn touch(tx: &mut WriteTx, list: Uuid) -> Result<(), DbError> {
    for person in people(tx, list).await? {
        tx.touch(Feed::Person(person), ItemKind::ShoppingList, list);
    }
    Ok(())
}

async fn let_in(tx: &mut WriteTx, list: Uuid, person: Uuid) -> Result<(), DbError> {
    let sql = "INSERT INTO shopping_person (list, person, inside) VALUES ($1, $2, TRUE)
               ON CONFLICT (list, person) DO UPDATE SET inside = TRUE";
    tx.execute(sql, args![list, person]).await?;
    touch(tx, list).await
}

async fn open(tx: &mut WriteTx, who: &CurrentUser, id: Uuid, name: &str) -> Result<(), Refusal> {
    let known: Option<(Uuid,)> = tx.fetch_optional("SELECT id FROM shopping_list WHERE id = $1", args![id]).await?;
    if known.is_some() {
        if !is_inside(tx, id, who.id).await? {
            return Err(ProblemCode::Taken.into());
        }
        tx.execute("UPDATE shopping_list SET name = $2 WHERE id = $1", args![id, name]).await?;
        return Ok(touch(tx, id).await?);
    }
    let sql = "SELECT COUNT(*) FROM shopping_person WHERE person = $1 AND inside";
    let (count,): (i64,) = tx.fetch_one(sql, args![who.id]).await?;
    if count >= MAX_LISTS {
        return Err(ProblemCode::LimitReached.into());
    }
    let now_ms = tx.now_ms;
    let sql = "INSERT INTO shopping_list (id, name, created_ms) VALUES ($1, $2, $3)";
    tx.execute(sql, args![id, name, now_ms]).await?;
    Ok(let_in(tx, id, who.id).await?)
}

async fn share(tx: &mut WriteTx, who: &CurrentUser, list: Uuid, person: Uuid) -> Result<(), Refusal> {
    exists(tx, person).await?;
    if blocks(tx, who.id, person).await? {
        return Err(ProblemCode::NotFound.into());
    }
    let sql = "SELECT inside FROM shopping_person WHERE list = $1 AND person = $2";
    match tx.fetch_optional::<(bool,)>(sql, args![list, person]).await? {
        Some((true,)) => return Ok(()),
        // Who left is not dragged in again.
        Some((false,)) => return Err(ProblemCode::Unreachable.into()),
        None => {}
    }
    if people(tx, list).await?.len() >= MAX_PEOPLE {
        return Err(ProblemCode::LimitReached.into());
    }
    Ok(let_in(tx, list, person).await?)
}

/// Takes a person out of a list; one that nobody shares is deleted.
pub(super) async fn leave(tx: &mut WriteTx, list: Uuid, person: Uuid) -> Result<(), DbError> {
    let sql = "UPDATE shopping_person SET inside = FALSE WHERE list = $1 AND person = $2 AND inside";
    if tx.execute(sql, args![list, person]).await? == 0 {
        return Ok(());
    }
    tx.touch(Feed::Person(person), ItemKind::ShoppingList, list);
    if people(tx, list).await?.is_empty() {
        tx.execute("DELETE FROM shopping_list WHERE id = $1", args![list]).await?;
        return tx.forget_feed(Feed::List(list)).await;
    }
    touch(tx, list).await
}

async fn put(tx: &mut WriteTx, id: Uuid, list: Uuid, what: &ShoppingLine) -> Result<(), Refusal> {
    let (count,): (i64,) = tx.fetch_one("SELECT COUNT(*) FROM shopping_item WHERE list = $1", args![list]).await?;
    if count >= i64::try_from(MAX_ITEMS).unwrap_or(i64::MAX) {
        return Err(ProblemCode::LimitReached.into());
    }
    let (body, now_ms) = (serde_json::to_string(what).map_err(|error| internal(&error))?, tx.now_ms);
    let written = tx
        .execute(
            "INSERT INTO shopping_item (id, list, body, ticked, created_ms) VALUES ($1, $2, $3, FALSE, $4)
             ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE shopping_item.list = $2",
            args![id, list, body, now_ms],
        )
        .await?;
    if written == 0 {
        return Err(ProblemCode::Taken.into());
    }
    tx.touch(Feed::List(list), ItemKind::ShoppingItem, id);
    Ok(())
}
