//! Comments as a viewer may see them; writing and deleting them.

use hnh_domain::board::Comment;
use hnh_domain::feeds::{Feed, ItemKind, NoticeKind};
use hnh_domain::problem::ProblemCode;
use sqlx::FromRow;
use uuid::Uuid;

use super::mentions::mention;
use super::reactions::{Reactions, reactions_below, reactions_in};
use super::visibility::visible_sql;
use super::{markdown, posts};
use crate::account::{Author, CurrentUser, author, blocked_sql};
use crate::db::{DbError, Tx, args};
use crate::feeds::{Span, WriteTx, changed_meanwhile, items_sql};
use crate::http::problem::{Refusal, internal};
use crate::notices::{About, notify, take_back};

#[derive(FromRow)]
struct CommentRow {
    id: Uuid,
    post: Uuid,
    parent: Option<Uuid>,
    body: String,
    html: String,
    version: i64,
    created_ms: i64,
    edited_ms: Option<i64>,
    hidden: bool,
    deleted: bool,
    #[sqlx(flatten)]
    author: Author,
}

/// Selects [`CommentRow`]s of `comment x` that the viewer `$1` may see.
macro_rules! comment_sql {
    ($($which:tt)+) => {
        concat!(
            "SELECT x.id, x.post, x.parent, x.body, x.html, x.version, x.created_ms, x.edited_ms, x.hidden, x.deleted, ",
            author!(),
            " FROM comment x LEFT JOIN person p ON p.id = x.author WHERE ",
            visible_sql!(),
            " ",
            $($which)+
        )
    };
}

/// The post that a comment is on.
pub(super) async fn post_of(tx: &mut Tx, id: Uuid) -> Result<Option<Uuid>, DbError> {
    let found: Option<(Uuid,)> = tx.fetch_optional("SELECT post FROM comment WHERE id = $1", args![id]).await?;
    Ok(found.map(|(post,)| post))
}

fn comments(rows: Vec<CommentRow>, mut given: Reactions) -> Vec<Comment> {
    let read = |row: CommentRow| Comment {
        id: row.id,
        post: row.post,
        parent: row.parent,
        author: if row.deleted { None } else { row.author.into() },
        text: row.body,
        html: row.html,
        version: row.version,
        created_ms: row.created_ms,
        edited_ms: row.edited_ms,
        reactions: given.remove(&row.id).unwrap_or_default(),
        hidden: row.hidden,
    };
    rows.into_iter().map(read).collect()
}

/// The comments that a part of a feed tells of.
pub(crate) async fn comments_in(tx: &mut Tx, viewer: Uuid, span: &Span) -> Result<Vec<Comment>, DbError> {
    let sql = comment_sql!("AND x.id IN ", items_sql!());
    let rows = tx.fetch_all(sql, span.args(viewer, ItemKind::Comment)).await?;
    let given = reactions_in(tx, viewer, span, ItemKind::Comment).await?;
    Ok(comments(rows, given))
}

/// The comments of a post, the oldest first.
pub(super) async fn comments_on(tx: &mut Tx, viewer: Uuid, post: Uuid) -> Result<Vec<Comment>, DbError> {
    let rows = tx.fetch_all(comment_sql!("AND x.post = $2 ORDER BY x.created_ms, x.id"), args![viewer, post]).await?;
    let given = reactions_below(tx, viewer, post).await?;
    Ok(comments(rows, given))
}

/// One comment, where the viewer may see it.
pub(super) async fn read(tx: &mut Tx, viewer: Uuid, id: Uuid) -> Result<Option<Comment>, DbError> {
    let rows = tx.fetch_all(comment_sql!("AND x.id = $2"), args![viewer, id]).await?;
    Ok(comments(rows, Reactions::new()).pop())
}

/// Writes a comment, or the next version of one's own.
pub(super) async fn write(
    tx: &mut WriteTx,
    who: &CurrentUser,
    (id, version): (Uuid, i64),
    (post, parent): (Uuid, Option<Uuid>),
    text: &str,
) -> Result<(), Refusal> {
    let on = posts::read(tx, who.id, post).await?.ok_or(ProblemCode::NotFound)?;
    let (html, now_ms) = (markdown::render(text), tx.now_ms);
    let feed = Feed::Board(on.board);
    let sql = "SELECT author, post, version, body FROM comment WHERE id = $1 AND NOT deleted";
    let stored: Option<(Option<Uuid>, Uuid, i64, String)> = tx.fetch_optional(sql, args![id]).await?;
    match stored {
        Some((author, at, ..)) if author != Some(who.id) || at != post => return Err(ProblemCode::Forbidden.into()),
        // The same new comment again, as from a device that never heard that it arrived.
        Some((_, _, _, body)) if version == 0 && body == text => return Ok(()),
        Some((_, _, now, _)) if now != version => {
            return Err(changed_meanwhile(&read(tx, who.id, id).await?));
        }
        Some(_) => {
            let sql = "UPDATE comment SET body = $2, html = $3, version = version + 1, edited_ms = $4 WHERE id = $1";
            tx.execute(sql, args![id, text, html, now_ms]).await?;
        }
        None if version != 0 => return Err(ProblemCode::NotFound.into()),
        None => {
            let above: Option<(Option<Uuid>,)> = match parent {
                Some(parent) => {
                    let sql = "SELECT author FROM comment WHERE id = $1 AND post = $2 AND NOT deleted";
                    Some(tx.fetch_optional(sql, args![parent, post]).await?.ok_or(ProblemCode::NotFound)?)
                }
                None => None,
            };
            let added = tx
                .execute(
                    "INSERT INTO comment (id, post, parent, author, body, html, version, created_ms, hidden, deleted) \
                     VALUES ($1, $2, $3, $4, $5, $6, 1, $7, FALSE, FALSE) ON CONFLICT (id) DO NOTHING",
                    args![id, post, parent, who.id, text, html, now_ms],
                )
                .await?;
            if added == 0 {
                return Err(ProblemCode::Deleted.into());
            }
            let author = on.author.map(|author| author.id);
            for person in [author, above.and_then(|(author,)| author)].into_iter().flatten() {
                notify(
                    tx,
                    person,
                    NoticeKind::Comment,
                    About { by: Some(who.id), post: Some(post), told: Some(id), words: text },
                )
                .await?;
            }
            mention(tx, who, (post, id), text, text).await?;
            tx.touch(feed, ItemKind::PostCounts, post);
        }
    }
    tx.touch(feed, ItemKind::Comment, id);
    Ok(())
}

/// Deletes one's own comment; where others answered to it, its place stays.
pub(super) async fn delete(tx: &mut WriteTx, who: &CurrentUser, id: Uuid) -> Result<(), Refusal> {
    let sql = "SELECT author, post FROM comment WHERE id = $1 AND NOT deleted";
    let stored: Option<(Option<Uuid>, Uuid)> = tx.fetch_optional(sql, args![id]).await?;
    match stored {
        // What is gone already is as it should be.
        None => Ok(()),
        Some((author, _)) if author != Some(who.id) => Err(ProblemCode::Forbidden.into()),
        Some((_, post)) => remove(tx, id, post).await,
    }
}

async fn remove(tx: &mut WriteTx, id: Uuid, post: Uuid) -> Result<(), Refusal> {
    let (board,): (String,) = tx.fetch_one("SELECT board FROM post WHERE id = $1", args![post]).await?;
    let feed = Feed::Board(board.parse().map_err(|error: String| internal(&error))?);
    let sql = "UPDATE comment SET deleted = TRUE, body = '', html = '', author = NULL WHERE id = $1";
    tx.execute(sql, args![id]).await?;
    tx.execute("DELETE FROM reaction WHERE subject = $1", args![id]).await?;
    take_back(tx, id).await?;
    tx.execute(
        "DELETE FROM comment WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM comment c WHERE c.parent = $1)",
        args![id],
    )
    .await?;
    tx.touch(feed, ItemKind::Comment, id);
    tx.touch(feed, ItemKind::PostCounts, post);
    Ok(())
}

/// Deletes a person's comments.
pub(super) async fn forget_author(tx: &mut WriteTx, person: Uuid) -> Result<(), Refusal> {
    let comments: Vec<(Uuid, Uuid)> =
        tx.fetch_all("SELECT id, post FROM comment WHERE author = $1 AND NOT deleted", args![person]).await?;
    for (id, post) in comments {
        remove(tx, id, post).await?;
    }
    Ok(())
}
