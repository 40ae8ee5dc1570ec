//! Being home after a meal: who does not say so has a friend told.

use hnh_domain::account::Person;
use hnh_domain::board::{CheckIn, PostDraft};
use hnh_domain::feeds::{Feed, ItemKind, NoticeKind};
use hnh_domain::problem::{FieldCode, FieldError, ProblemCode};
use sqlx::FromRow;
use uuid::Uuid;

use crate::account::{Author, CurrentUser, author};
use crate::chat::shared_rooms;
use crate::db::{DbError, Tx, args};
use crate::feeds::WriteTx;
use crate::http::problem::Refusal;
use crate::notices::{About, notify};

/// How long after a meal's end the friend is told, in ms: an hour.
const PATIENCE_MS: i64 = 3_600_000;

#[derive(FromRow)]
struct CheckInRow {
    done: bool,
    ends_ms: i64,
    #[sqlx(flatten)]
    friend: Author,
}

/// A person's own check-in of a gathering.
pub(super) async fn of(tx: &mut Tx, post: Uuid, person: Uuid) -> Result<Option<CheckIn>, DbError> {
    let sql = concat!(
        "SELECT c.done, x.ends_ms, ",
        author!(),
        " FROM check_in c JOIN post x ON x.id = c.post JOIN person p ON p.id = c.friend WHERE c.post = $1 AND c.person = $2"
    );
    let row: Option<CheckInRow> = tx.fetch_optional(sql, args![post, person]).await?;
    Ok(row.and_then(|row| {
        let friend: Person = Option::from(row.friend)?;
        Some(CheckIn { friend, due_ms: row.ends_ms + PATIENCE_MS, done: row.done })
    }))
}

/// A gathering that the person has a part in and that is not over: its board.
async fn taking_part(tx: &mut WriteTx, who: &CurrentUser, post: Uuid) -> Result<Feed, Refusal> {
    let sql = "SELECT x.board FROM post x WHERE x.id = $1 AND x.ends_ms > $3 AND x.cancelled IS NULL AND (x.author = $2 \
               OR EXISTS (SELECT 1 FROM seat s WHERE s.post = x.id AND s.person = $2 AND s.state = 'seated'))";
    let now_ms = tx.now_ms;
    let found: Option<(String,)> = tx.fetch_optional(sql, args![post, who.id, now_ms]).await?;
    let (board,) = found.ok_or(ProblemCode::NotFound)?;
    board.parse().map(Feed::Board).map_err(|_| ProblemCode::NotFound.into())
}

/// Chooses the friend, or none.
pub(super) async fn set(tx: &mut WriteTx, who: &CurrentUser, post: Uuid, friend: Option<Uuid>) -> Result<(), Refusal> {
    let feed = taking_part(tx, who, post).await?;
    tx.execute("DELETE FROM check_in WHERE post = $1 AND person = $2", args![post, who.id]).await?;
    if let Some(friend) = friend {
        if friend == who.id {
            return Err(FieldError::coded("friend", FieldCode::Yourself, "must be somebody else").into());
        }
        // Nobody is told of strangers' evenings.
        if shared_rooms(tx, who.id, friend).await?.is_empty() || crate::account::blocks(tx, who.id, friend).await? {
            return Err(FieldError::new("friend", "must be somebody you share a chat with").into());
        }
        tx.execute(
            "INSERT INTO check_in (post, person, friend, done, asked, told) VALUES ($1, $2, $3, FALSE, FALSE, FALSE)",
            args![post, who.id, friend],
        )
        .await?;
    }
    tx.touch(feed, ItemKind::Post, post);
    Ok(())
}

/// The person is home.
pub(super) async fn confirm(tx: &mut WriteTx, who: &CurrentUser, post: Uuid) -> Result<(), Refusal> {
    let sql = "UPDATE check_in SET done = TRUE WHERE post = $1 AND person = $2 \
               RETURNING (SELECT x.board FROM post x WHERE x.id = check_in.post)";
    let found: Option<(String,)> = tx.fetch_optional(sql, args![post, who.id]).await?;
    let (board,) = found.ok_or(ProblemCode::NotFound)?;
    let board = board.parse().map_err(|_| ProblemCode::NotFound)?;
    tx.touch(Feed::Board(board), ItemKind::Post, post);
    Ok(())
}

/// Asks those whose meal is over, and tells the friends of those who did not answer within an hour.
pub(super) async fn ask_and_tell(tx: &mut WriteTx) -> Result<(), DbError> {
    let now_ms = tx.now_ms;
    let sql = "UPDATE check_in SET asked = TRUE WHERE NOT done AND NOT asked AND EXISTS (SELECT 1 FROM post x \
               WHERE x.id = check_in.post AND x.ends_ms <= $1 AND x.cancelled IS NULL) RETURNING post, person";
    let asked: Vec<(Uuid, Uuid)> = tx.fetch_all(sql, args![now_ms]).await?;
    for (post, person) in asked {
        let words = title(tx, post).await?;
        let about = About { by: None, post: Some(post), told: None, words: &words };
        notify(tx, person, NoticeKind::CheckIn, about).await?;
    }
    let sql = "UPDATE check_in SET told = TRUE WHERE NOT done AND NOT told AND EXISTS (SELECT 1 FROM post x \
               WHERE x.id = check_in.post AND x.ends_ms <= $1 AND x.cancelled IS NULL) RETURNING post, person, friend";
    let late: Vec<(Uuid, Uuid, Uuid)> = tx.fetch_all(sql, args![now_ms - PATIENCE_MS]).await?;
    for (post, person, friend) in late {
        let words = title(tx, post).await?;
        let about = About { by: Some(person), post: Some(post), told: None, words: &words };
        notify(tx, friend, NoticeKind::NotBack, about).await?;
    }
    Ok(())
}

async fn title(tx: &mut WriteTx, post: Uuid) -> Result<String, DbError> {
    let (draft,): (String,) = tx.fetch_one("SELECT draft FROM post WHERE id = $1", args![post]).await?;
    Ok(serde_json::from_str::<PostDraft>(&draft).map(|draft| draft.title).unwrap_or_default())
}
