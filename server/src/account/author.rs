//! People as other slices show them.

use hnh_domain::account::Person;
use hnh_domain::feeds::{ItemKind, Visibility};
use hnh_domain::problem::ProblemCode;
use sqlx::FromRow;
use uuid::Uuid;

use crate::db::{DbError, Tx, args};
use crate::feeds::{Span, items_sql};
use crate::http::problem::Refusal;

/// The author's columns of a row that joins `person` as `p`, which [`author`] names.
#[derive(FromRow)]
pub(crate) struct Author {
    author_id: Option<Uuid>,
    author_handle: Option<String>,
    author_name: Option<String>,
    author_picture: Option<Uuid>,
}

/// The columns of [`Author`].
macro_rules! author {
    () => {
        "p.id AS author_id, p.handle AS author_handle, p.name AS author_name, p.picture AS author_picture"
    };
}
pub(crate) use author;

impl From<Author> for Option<Person> {
    fn from(row: Author) -> Self {
        let handle = row.author_handle?;
        let name = row.author_name.filter(|name| !name.is_empty()).unwrap_or_else(|| handle.clone());
        Some(Person { id: row.author_id?, handle, name, picture: row.author_picture })
    }
}

/// A condition: neither of two people blocked the other; `$viewer` is the viewer's parameter.
macro_rules! blocked_sql {
    ($viewer:literal, $other:expr) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM block b WHERE (b.blocker = ",
            $viewer,
            " AND b.blocked = ",
            $other,
            ") OR (b.blocker = ",
            $other,
            " AND b.blocked = ",
            $viewer,
            "))"
        )
    };
}
pub(crate) use blocked_sql;

/// Whether one of two people blocked the other.
pub(crate) async fn blocks(tx: &mut Tx, one: Uuid, other: Uuid) -> Result<bool, DbError> {
    let sql = "SELECT at_ms FROM block WHERE (blocker = $1 AND blocked = $2) OR (blocker = $2 AND blocked = $1)";
    Ok(tx.fetch_optional::<(i64,)>(sql, args![one, other]).await?.is_some())
}

/// Whether the viewer sees what the people write of whom a part of a person's feed tells.
pub(crate) async fn visibility_in(tx: &mut Tx, viewer: Uuid, span: &Span) -> Result<Vec<(Uuid, Visibility)>, DbError> {
    let sql = concat!("SELECT p.id, ", blocked_sql!("$1", "p.id"), " FROM person p WHERE p.id IN ", items_sql!());
    let rows: Vec<(Uuid, bool)> = tx.fetch_all(sql, span.args(viewer, ItemKind::Visibility)).await?;
    Ok(rows.into_iter().map(|(person, visible)| (person, Visibility { visible })).collect())
}

/// Refuses an id that no person has.
pub(crate) async fn exists(tx: &mut Tx, person: Uuid) -> Result<(), Refusal> {
    let found: Option<(Uuid,)> = tx.fetch_optional("SELECT id FROM person WHERE id = $1", args![person]).await?;
    found.map(drop).ok_or_else(|| ProblemCode::NotFound.into())
}
