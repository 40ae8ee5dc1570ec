//! What a person is told: answers, mentions, reminders.

use hnh_domain::account::Person;
use hnh_domain::feeds::{Feed, ItemKind, Notice, NoticeKind};
use sqlx::FromRow;
use uuid::Uuid;

use crate::account::{Author, author, blocked_sql};
use crate::db::{DbError, Tx, Value, args};
use crate::feeds::{Span, WriteTx, items_sql};
use crate::ids::new_id;
use crate::push::News;

/// The words of a notice, at most, in characters.
const MAX_WORDS: usize = 140;

/// What a notice is about.
pub(crate) struct About<'a> {
    /// Who did it.
    pub(crate) by: Option<Uuid>,
    /// The post.
    pub(crate) post: Option<Uuid>,
    /// The post or comment whose words it tells: where that goes, so does the notice.
    pub(crate) told: Option<Uuid>,
    /// A title, or the first words of what was written.
    pub(crate) words: &'a str,
}

/// Notifies a person, unless it is they who did it or one blocked the other.
pub(crate) async fn notify(tx: &mut WriteTx, person: Uuid, what: NoticeKind, about: About<'_>) -> Result<(), DbError> {
    if let Some(by) = about.by
        && (by == person || crate::account::blocks(tx, by, person).await?)
    {
        return Ok(());
    }
    let (id, now_ms) = (new_id(tx.now_ms), tx.now_ms);
    let words: String = about.words.chars().take(MAX_WORDS).collect();
    tx.execute(
        "INSERT INTO notice (id, person, what, actor, post, told, words, at_ms, seen) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE)",
        args![id, person, what.code(), about.by, about.post, about.told, words, now_ms],
    )
    .await?;
    tx.touch(Feed::Person(person), ItemKind::Notice, id);
    tx.tell(News::Notice(id));
    Ok(())
}

/// Takes back the notices that tell a post's or comment's words.
pub(crate) async fn take_back(tx: &mut WriteTx, told: Uuid) -> Result<(), DbError> {
    remove(tx, "DELETE FROM notice WHERE told = $1 RETURNING person, id", &args![told]).await
}

/// Deletes notices from before a moment, some at a time.
pub(crate) async fn prune(tx: &mut WriteTx, before_ms: i64) -> Result<(), DbError> {
    let sql = "DELETE FROM notice WHERE id IN (SELECT n.id FROM notice n WHERE n.at_ms < $1 LIMIT 1000) \
               RETURNING person, id";
    remove(tx, sql, &args![before_ms]).await
}

async fn remove(tx: &mut WriteTx, sql: &'static str, which: &[Value]) -> Result<(), DbError> {
    let gone: Vec<(Uuid, Uuid)> = tx.fetch_all(sql, which.to_vec()).await?;
    for (person, id) in gone {
        tx.touch(Feed::Person(person), ItemKind::Notice, id);
    }
    Ok(())
}

/// Marks a person's notices as read.
pub(crate) async fn mark_read(tx: &mut WriteTx, person: Uuid, up_to_ms: i64) -> Result<(), DbError> {
    let sql = "UPDATE notice SET seen = TRUE WHERE person = $1 AND at_ms <= $2 AND NOT seen RETURNING id";
    let seen: Vec<(Uuid,)> = tx.fetch_all(sql, args![person, up_to_ms]).await?;
    for (id,) in seen {
        tx.touch(Feed::Person(person), ItemKind::Notice, id);
    }
    Ok(())
}

#[derive(FromRow)]
struct NoticeRow {
    id: Uuid,
    what: String,
    #[sqlx(flatten)]
    by: Author,
    post: Option<Uuid>,
    room: Option<Uuid>,
    words: String,
    at_ms: i64,
    seen: bool,
}

/// The columns of [`NoticeRow`], and which rows.
macro_rules! notice_sql {
    ($which:literal) => {
        concat!(
            "SELECT n.id, n.what, n.post, n.room, n.words, n.at_ms, n.seen, ",
            author!(),
            " FROM notice n LEFT JOIN person p ON p.id = n.actor WHERE ",
            $which
        )
    };
}

/// What a row says; a notice of a kind that a newer program wrote says nothing to this one.
fn notice(row: NoticeRow) -> Option<Notice> {
    let by: Option<Person> = row.by.into();
    let what: NoticeKind = row.what.parse().ok()?;
    let NoticeRow { id, post, room, words, at_ms, seen, .. } = row;
    Some(Notice { id, what, by, post, room, words, at_ms, seen })
}

/// A notice and whose it is.
pub(crate) async fn one(tx: &mut Tx, id: Uuid) -> Result<Option<(Uuid, Notice)>, DbError> {
    let person: Option<(Uuid,)> = tx.fetch_optional("SELECT person FROM notice WHERE id = $1", args![id]).await?;
    let row: Option<NoticeRow> = tx.fetch_optional(notice_sql!("n.id = $1"), args![id]).await?;
    Ok(person.zip(row.and_then(notice)).map(|((person,), notice)| (person, notice)))
}

/// The notices that a part of a person's feed tells of.
pub(crate) async fn notices_in(tx: &mut Tx, person: Uuid, span: &Span) -> Result<Vec<Notice>, DbError> {
    let sql = concat!(
        notice_sql!("n.person = $1 AND (n.actor IS NULL OR "),
        blocked_sql!("$1", "n.actor"),
        ") AND n.id IN ",
        items_sql!()
    );
    let rows: Vec<NoticeRow> = tx.fetch_all(sql, span.args(person, ItemKind::Notice)).await?;
    Ok(rows.into_iter().filter_map(notice).collect())
}
