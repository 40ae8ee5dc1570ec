//! Shopping lists and who shares them.

mod apply;

pub(crate) use apply::apply;

use hnh_domain::account::Person;
use hnh_domain::feeds::ItemKind;
use hnh_domain::shopping::{ShoppingItem, ShoppingLine, ShoppingList};
use serde_json::{Value, json};
use sqlx::FromRow;
use uuid::Uuid;

use crate::account::{Author, author};
use crate::db::{DbError, Tx, args};
use crate::feeds::{Span, WriteTx, items_sql};

/// Whether a person shares a list now.
pub(crate) async fn is_inside(tx: &mut Tx, list: Uuid, person: Uuid) -> Result<bool, DbError> {
    let sql = "SELECT inside FROM shopping_person WHERE list = $1 AND person = $2";
    Ok(tx.fetch_optional::<(bool,)>(sql, args![list, person]).await?.is_some_and(|(inside,)| inside))
}

/// Who shares a list now.
async fn people(tx: &mut Tx, list: Uuid) -> Result<Vec<Uuid>, DbError> {
    let sql = "SELECT person FROM shopping_person WHERE list = $1 AND inside ORDER BY person";
    let rows: Vec<(Uuid,)> = tx.fetch_all(sql, args![list]).await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

#[derive(FromRow)]
struct MemberRow {
    list: Uuid,
    #[sqlx(flatten)]
    person: Author,
}

/// The lists that a part of a person's feed tells of.
pub(crate) async fn lists_in(tx: &mut Tx, person: Uuid, span: &Span) -> Result<Vec<ShoppingList>, DbError> {
    let sql = concat!(
        "SELECT l.id, l.name, x.inside FROM shopping_list l JOIN shopping_person x ON x.list = l.id AND x.person = $1 \
         WHERE l.id IN ",
        items_sql!()
    );
    let rows: Vec<(Uuid, String, bool)> = tx.fetch_all(sql, span.args(person, ItemKind::ShoppingList)).await?;
    let sql = concat!(
        "SELECT x.list, ",
        author!(),
        " FROM shopping_person x JOIN person p ON p.id = x.person JOIN shopping_person own ON own.list = x.list \
         AND own.person = $1 AND own.inside WHERE x.inside AND x.list IN ",
        items_sql!(),
        " ORDER BY p.handle"
    );
    let members: Vec<MemberRow> = tx.fetch_all(sql, span.args(person, ItemKind::ShoppingList)).await?;
    let list = |(id, name, inside)| ShoppingList { id, name, people: Vec::new(), inside };
    let mut lists: Vec<ShoppingList> = rows.into_iter().map(list).collect();
    for MemberRow { list, person } in members {
        let person: Option<Person> = person.into();
        if let (Some(list), Some(person)) = (lists.iter_mut().find(|known| known.id == list), person) {
            list.people.push(person);
        }
    }
    Ok(lists)
}

/// The lines that a part of a list's feed tells of.
pub(crate) async fn items_in(tx: &mut Tx, viewer: Uuid, span: &Span) -> Result<Vec<ShoppingItem>, DbError> {
    // Who asks was let in before; the statement has the parameter all the same.
    let sql = concat!("SELECT id, list, body, ticked FROM shopping_item WHERE $1 = $1 AND id IN ", items_sql!());
    let rows: Vec<(Uuid, Uuid, String, bool)> = tx.fetch_all(sql, span.args(viewer, ItemKind::ShoppingItem)).await?;
    let read = |(id, list, body, ticked): (Uuid, Uuid, String, bool)| {
        let what: ShoppingLine = serde_json::from_str(&body).ok()?;
        Some(ShoppingItem { id, list, what, ticked })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// A person's lists, to take along.
pub(crate) async fn export(tx: &mut Tx, person: Uuid) -> Result<Vec<Value>, DbError> {
    let sql = "SELECT l.name, i.body, i.ticked FROM shopping_person x JOIN shopping_list l ON l.id = x.list \
               JOIN shopping_item i ON i.list = l.id WHERE x.person = $1 AND x.inside ORDER BY l.id, i.created_ms";
    let rows: Vec<(String, String, bool)> = tx.fetch_all(sql, args![person]).await?;
    let read = |(list, body, ticked): (String, String, bool)| {
        let what: Option<ShoppingLine> = serde_json::from_str(&body).ok();
        json!({"list": list, "what": what, "ticked": ticked})
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Takes a person who leaves for good out of their lists.
pub(crate) async fn forget(tx: &mut WriteTx, person: Uuid) -> Result<(), DbError> {
    let sql = "SELECT list FROM shopping_person WHERE person = $1 AND inside";
    let lists: Vec<(Uuid,)> = tx.fetch_all(sql, args![person]).await?;
    for (list,) in lists {
        apply::leave(tx, list, person).await?;
    }
    Ok(())
}
