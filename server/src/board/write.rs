//! Writing, editing and deleting posts and comments.

use hnh_domain::board::{Board, MAX_COMMENT, Post, PostDraft, between};
use hnh_domain::feeds::{Feed, NoticeKind};
use hnh_domain::problem::{FieldError, Problem, ProblemCode};
use uuid::Uuid;

use super::{markdown, read, seats};
use crate::account::CurrentUser;
use crate::app::App;
use crate::db::{DbError, Tx, args};
use crate::feeds::{ItemKind, WriteTx, changed_meanwhile};
use crate::http::problem::{Refusal, internal};
use crate::notices::{About, tell};

/// Writes a new post, or the next version of one's own.
pub(super) async fn post(
    app: &App,
    tx: &mut WriteTx,
    who: &CurrentUser,
    (id, board, version): (Uuid, Board, i64),
    mut draft: PostDraft,
) -> Result<(), Refusal> {
    draft.title = draft.title.trim().to_owned();
    let before = own_post(tx, who, id).await?;
    match &before {
        Some(post) if post.version != version => return Err(changed_meanwhile(post)),
        Some(post) if post.board != board => {
            return Err(FieldError::new("board", "must stay: a post does not move").into());
        }
        None if version != 0 => return Err(ProblemCode::NotFound.into()),
        _ => {}
    }
    // A meal that is over keeps its time when its text is mended.
    let same_time = before.as_ref().and_then(|post| post.draft.gathering.as_ref()).map(|g| g.starts_ms);
    let judged_at = match (&draft.gathering, same_time) {
        (Some(gathering), Some(starts_ms)) if gathering.starts_ms == starts_ms => starts_ms.min(tx.now_ms),
        _ => tx.now_ms,
    };
    draft.validate(board, judged_at)?;
    crate::photos::owned(tx, who.id, &draft.photos).await?;
    check_records(app, &draft)?;
    match before {
        None => insert(tx, who, id, board, &draft).await?,
        Some(before) => update(tx, before, &draft).await?,
    }
    tx.execute("DELETE FROM tag WHERE post = $1", args![id]).await?;
    for tag in &draft.tags {
        let sql = "INSERT INTO tag (post, tag) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        tx.execute(sql, args![id, tag.to_lowercase()]).await?;
    }
    if version == 0 {
        mention(tx, who, (id, &draft.body), &draft.title).await?;
    }
    tx.touch(Feed::Board(board), ItemKind::Post, id);
    Ok(())
}

/// The post, where it exists and is one's own.
async fn own_post(tx: &mut WriteTx, who: &CurrentUser, id: Uuid) -> Result<Option<Post>, Refusal> {
    // Holds the row, so that two edits take turns.
    tx.execute("UPDATE post SET version = version WHERE id = $1", args![id]).await?;
    let author: Option<(Option<Uuid>,)> = tx.fetch_optional("SELECT author FROM post WHERE id = $1", args![id]).await?;
    match author {
        None => Ok(None),
        Some((Some(author),)) if author == who.id => Ok(read::post(tx, who.id, id).await?),
        Some(_) => Err(ProblemCode::Forbidden.into()),
    }
}

/// Refuses a venue or an attached record that the catalogue does not have.
fn check_records(app: &App, draft: &PostDraft) -> Result<(), Refusal> {
    use hnh_domain::account::SavedKind;
    if draft.gathering.is_none() && draft.attached.is_none() {
        return Ok(());
    }
    let catalogue = app.catalogue.current().ok_or(ProblemCode::NotReady)?;
    if let Some(gathering) = &draft.gathering
        && catalogue.places.get(gathering.venue, app.now_ms()).is_none()
    {
        return Err(FieldError::new("venue", "must be a place of the catalogue").into());
    }
    if let Some(attached) = &draft.attached {
        let known = match attached.kind {
            SavedKind::Place => catalogue.places.get(attached.id, app.now_ms()).is_some(),
            SavedKind::Recipe => catalogue.recipes.get(attached.id).is_some(),
        };
        if !known {
            return Err(FieldError::new("attached", "must be a place or recipe of the catalogue").into());
        }
    }
    Ok(())
}

fn words(draft: &PostDraft) -> String {
    let tags = draft.tags.iter().map(String::as_str);
    markdown::searchable([draft.title.as_str(), draft.body.as_str()].into_iter().chain(tags))
}

/// Begin, end and seats of a gathering, as columns.
fn times(draft: &PostDraft) -> (Option<i64>, Option<i64>, Option<i64>) {
    let gathering = draft.gathering.as_ref();
    let ends = gathering.map(|g| g.starts_ms + i64::from(g.minutes) * 60_000);
    (gathering.map(|g| g.starts_ms), ends, gathering.map(|g| g.seats.into()))
}

async fn insert(tx: &mut WriteTx, who: &CurrentUser, id: Uuid, board: Board, draft: &PostDraft) -> Result<(), Refusal> {
    let json = serde_json::to_string(draft).map_err(|error| internal(&error))?;
    let (starts, ends, seats) = times(draft);
    let room = match seats {
        Some(_) => Some(crate::chat::open_meal(tx, who.id, id, &draft.title).await?),
        None => None,
    };
    let now_ms = tx.now_ms;
    tx.execute(
        "INSERT INTO post (id, board, author, draft, html, words, version, created_ms, comments, hidden, starts_ms, \
         ends_ms, seats, room, reminded) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, 0, FALSE, $8, $9, $10, $11, FALSE)",
        args![
            id,
            board.code(),
            who.id,
            json,
            markdown::render(&draft.body),
            words(draft),
            now_ms,
            starts,
            ends,
            seats,
            room
        ],
    )
    .await?;
    Ok(())
}

async fn update(tx: &mut WriteTx, before: Post, draft: &PostDraft) -> Result<(), Refusal> {
    let (old, new) = (&before.draft.gathering, &draft.gathering);
    if let (Some(state), Some(new)) = (&before.gathering, new) {
        let seated = old.as_ref().map_or(0, |old| old.seats.saturating_sub(state.left));
        if new.seats < seated {
            let detail = format!("{seated} people have a seat already: there must be at least as many seats");
            return Err(Problem::new(ProblemCode::NotNow).with_detail(detail).into());
        }
    }
    let old_json = serde_json::to_string(&before.draft).map_err(|error| internal(&error))?;
    let json = serde_json::to_string(draft).map_err(|error| internal(&error))?;
    let (starts, ends, seats) = times(draft);
    let now_ms = tx.now_ms;
    tx.execute(
        "INSERT INTO revision (post, version, draft, at_ms) VALUES ($1, $2, $3, $4)",
        args![before.id, before.version, old_json, before.edited_ms.unwrap_or(before.created_ms)],
    )
    .await?;
    tx.execute(
        "UPDATE post SET draft = $2, html = $3, words = $4, version = version + 1, edited_ms = $5, starts_ms = $6, \
         ends_ms = $7, seats = $8 WHERE id = $1",
        args![before.id, json, markdown::render(&draft.body), words(draft), now_ms, starts, ends, seats],
    )
    .await?;
    let moved = |a: &hnh_domain::board::GatheringDraft, b: &hnh_domain::board::GatheringDraft| {
        (a.starts_ms, a.minutes, a.venue) != (b.starts_ms, b.minutes, b.venue)
    };
    if let (Some(old), Some(new)) = (old, new)
        && moved(old, new)
    {
        tx.execute("UPDATE post SET reminded = FALSE WHERE id = $1", args![before.id]).await?;
        seats::tell_all(tx, before.id, NoticeKind::Changed, &draft.title).await?;
    }
    seats::move_up(tx, before.id).await
}

/// Tells those whom a text mentions.
async fn mention(tx: &mut WriteTx, who: &CurrentUser, (post, text): (Uuid, &str), words: &str) -> Result<(), Refusal> {
    // Nobody calls more people than that together.
    for handle in markdown::mentions(text).into_iter().take(20) {
        let found: Option<(Uuid,)> =
            tx.fetch_optional("SELECT id FROM person WHERE handle = $1", args![handle]).await?;
        if let Some((person,)) = found {
            let about = About { by: Some(who.id), post: Some(post), words };
            tell(tx, person, NoticeKind::Mention, about).await?;
        }
    }
    Ok(())
}

/// Deletes one's own post with all that belongs to it.
pub(super) async fn delete_post(tx: &mut WriteTx, who: &CurrentUser, id: Uuid) -> Result<(), Refusal> {
    // What is gone already is as it should be.
    let Some(post) = own_post(tx, who, id).await? else { return Ok(()) };
    remove(tx, &post).await
}

async fn remove(tx: &mut WriteTx, post: &Post) -> Result<(), Refusal> {
    if post.gathering.as_ref().is_some_and(|gathering| gathering.cancelled.is_none()) {
        seats::tell_all(tx, post.id, NoticeKind::Cancelled, &post.draft.title).await?;
    }
    let feed = Feed::Board(post.board);
    let comments: Vec<(Uuid,)> = tx.fetch_all("SELECT id FROM comment WHERE post = $1", args![post.id]).await?;
    for (comment,) in comments {
        tx.execute("DELETE FROM reaction WHERE subject = $1", args![comment]).await?;
        tx.touch(feed, ItemKind::Comment, comment);
    }
    tx.execute("DELETE FROM reaction WHERE subject = $1", args![post.id]).await?;
    tx.execute("DELETE FROM post WHERE id = $1", args![post.id]).await?;
    tx.touch(feed, ItemKind::Post, post.id);
    Ok(())
}

/// Writes a comment, or the next version of one's own.
pub(super) async fn comment(
    tx: &mut WriteTx,
    who: &CurrentUser,
    (id, version): (Uuid, i64),
    (post, parent): (Uuid, Option<Uuid>),
    text: &str,
) -> Result<(), Refusal> {
    between("text", text, 1, MAX_COMMENT)?;
    let on = read::post(tx, who.id, post).await?.ok_or(ProblemCode::NotFound)?;
    let (text, html, now_ms) = (text.trim(), markdown::render(text), tx.now_ms);
    let feed = Feed::Board(on.board);
    let stored: Option<(Option<Uuid>, Uuid, i64)> =
        tx.fetch_optional("SELECT author, post, version FROM comment WHERE id = $1 AND NOT deleted", args![id]).await?;
    match stored {
        Some((author, at, _)) if author != Some(who.id) || at != post => return Err(ProblemCode::Forbidden.into()),
        Some((_, _, now)) if now != version => {
            return Err(changed_meanwhile(&read::comment(tx, who.id, id).await?));
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
                return Err(Problem::new(ProblemCode::Taken).with_detail("This comment was deleted").into());
            }
            tx.execute("UPDATE post SET comments = comments + 1 WHERE id = $1", args![post]).await?;
            let author = on.author.map(|author| author.id);
            for person in [author, above.and_then(|(author,)| author)].into_iter().flatten() {
                tell(tx, person, NoticeKind::Comment, About { by: Some(who.id), post: Some(post), words: text })
                    .await?;
            }
            mention(tx, who, (post, text), text).await?;
            tx.touch(feed, ItemKind::Post, post);
        }
    }
    tx.touch(feed, ItemKind::Comment, id);
    Ok(())
}

/// Deletes one's own comment; where others answered to it, its place stays.
pub(super) async fn delete_comment(tx: &mut WriteTx, who: &CurrentUser, id: Uuid) -> Result<(), Refusal> {
    let sql = "SELECT author, post FROM comment WHERE id = $1 AND NOT deleted";
    let stored: Option<(Option<Uuid>, Uuid)> = tx.fetch_optional(sql, args![id]).await?;
    match stored {
        // What is gone already is as it should be.
        None => Ok(()),
        Some((author, _)) if author != Some(who.id) => Err(ProblemCode::Forbidden.into()),
        Some((_, post)) => forget_comment(tx, id, post).await,
    }
}

async fn forget_comment(tx: &mut WriteTx, id: Uuid, post: Uuid) -> Result<(), Refusal> {
    let (board,): (String,) = tx.fetch_one("SELECT board FROM post WHERE id = $1", args![post]).await?;
    let feed = Feed::Board(board.parse().map_err(|error: String| internal(&error))?);
    let sql = "UPDATE comment SET deleted = TRUE, body = '', html = '', author = NULL WHERE id = $1";
    tx.execute(sql, args![id]).await?;
    tx.execute("DELETE FROM reaction WHERE subject = $1", args![id]).await?;
    tx.execute(
        "DELETE FROM comment WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM comment c WHERE c.parent = $1)",
        args![id],
    )
    .await?;
    tx.execute("UPDATE post SET comments = comments - 1 WHERE id = $1", args![post]).await?;
    tx.touch(feed, ItemKind::Comment, id);
    tx.touch(feed, ItemKind::Post, post);
    Ok(())
}

/// A person's posts.
pub(crate) async fn posts_of(tx: &mut Tx, author: Uuid) -> Result<Vec<(Uuid,)>, DbError> {
    tx.fetch_all("SELECT id FROM post WHERE author = $1 ORDER BY created_ms DESC LIMIT 2000", args![author]).await
}

/// A person's comments.
pub(crate) async fn comments_of(tx: &mut Tx, author: Uuid) -> Result<Vec<(Uuid,)>, DbError> {
    tx.fetch_all("SELECT id FROM comment WHERE author = $1 ORDER BY created_ms DESC LIMIT 2000", args![author]).await
}

/// Deletes what a person wrote on the boards, and gives up their seats.
pub(crate) async fn forget_author(tx: &mut WriteTx, person: Uuid) -> Result<(), Refusal> {
    for (id,) in posts_of(tx, person).await? {
        if let Some(post) = read::post(tx, person, id).await? {
            remove(tx, &post).await?;
        }
    }
    let comments: Vec<(Uuid, Uuid)> =
        tx.fetch_all("SELECT id, post FROM comment WHERE author = $1 AND NOT deleted", args![person]).await?;
    for (id, post) in comments {
        forget_comment(tx, id, post).await?;
    }
    seats::give_up_all(tx, person).await
}
