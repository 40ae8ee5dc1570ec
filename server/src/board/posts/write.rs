//! Writing, editing and deleting posts.

use hnh_domain::board::{Board, GatheringDraft, Post, PostDraft};
use hnh_domain::feeds::{Feed, ItemKind, NoticeKind};
use hnh_domain::problem::{FieldCode, FieldError, Problem, ProblemCode};
use uuid::Uuid;

use super::read::read;
use crate::account::CurrentUser;
use crate::app::App;
use crate::board::mentions::mention;
use crate::board::{markdown, seats};
use crate::db::args;
use crate::feeds::{WriteTx, changed_meanwhile};
use crate::http::problem::{Refusal, internal};
use crate::notices::take_back;

/// Writes a new post, or the next version of one's own.
pub(in crate::board) async fn write(
    app: &App,
    tx: &mut WriteTx,
    who: &CurrentUser,
    (id, board, version): (Uuid, Board, i64),
    draft: PostDraft,
) -> Result<(), Refusal> {
    let before = own_post(tx, who, id).await?;
    match &before {
        // The same new post again, as from a device that never heard that it arrived.
        Some(post) if version == 0 && post.draft == draft && post.board == board => return Ok(()),
        Some(post) if post.version != version => return Err(changed_meanwhile(post)),
        Some(post) if post.board != board => {
            return Err(FieldError::new("board", "must stay: a post does not move").into());
        }
        None if version != 0 => return Err(ProblemCode::NotFound.into()),
        _ => {}
    }
    // A meal that is over keeps its time when its text is mended.
    let same_time = before.as_ref().and_then(|post| post.draft.gathering.as_ref()).map(|g| g.starts_ms);
    if let Some(gathering) = draft.gathering.as_ref().filter(|new| Some(new.starts_ms) != same_time) {
        gathering.check_ahead(tx.now_ms)?;
    }
    crate::photos::owned(tx, who.id, &photo_ids(&draft)).await?;
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
        mention(tx, who, (id, id), &draft.body, &draft.title).await?;
    }
    tx.touch(Feed::Board(board), ItemKind::Post, id);
    Ok(())
}

fn photo_ids(draft: &PostDraft) -> Vec<Uuid> {
    draft.photos.iter().map(|photo| photo.id).collect()
}

/// The post, where it exists and is one's own.
async fn own_post(tx: &mut WriteTx, who: &CurrentUser, id: Uuid) -> Result<Option<Post>, Refusal> {
    // Holds the row, so that two edits take turns.
    tx.execute("UPDATE post SET version = version WHERE id = $1", args![id]).await?;
    let author: Option<(Option<Uuid>,)> = tx.fetch_optional("SELECT author FROM post WHERE id = $1", args![id]).await?;
    match author {
        None => Ok(None),
        Some((Some(author),)) if author == who.id => Ok(read(tx, who.id, id).await?),
        Some(_) => Err(ProblemCode::Forbidden.into()),
    }
}

/// Refuses a venue or an attached record that the catalogue does not have.
fn check_records(app: &App, draft: &PostDraft) -> Result<(), Refusal> {
    use hnh_domain::account::FavouriteKind;
    if draft.gathering.is_none() && draft.attached.is_none() {
        return Ok(());
    }
    let catalogue = app.catalogue.current().ok_or(ProblemCode::NotReady)?;
    if let Some(venue) = draft.gathering.as_ref().and_then(|gathering| gathering.venue)
        && catalogue.places.get(venue, app.now_ms()).is_none()
    {
        return Err(FieldError::coded("venue", FieldCode::Unknown, "must be a place of the catalogue").into());
    }
    if let Some(attached) = &draft.attached {
        let known = match attached.kind {
            FavouriteKind::Place => catalogue.places.get(attached.id, app.now_ms()).is_some(),
            FavouriteKind::Recipe => catalogue.recipes.get(attached.id).is_some(),
        };
        if !known {
            return Err(FieldError::coded(
                "attached",
                FieldCode::Unknown,
                "must be a place or recipe of the catalogue",
            )
            .into());
        }
    }
    Ok(())
}

/// Begin, end and seats of a gathering, as columns.
fn times(draft: &PostDraft) -> (Option<i64>, Option<i64>, Option<i64>) {
    let gathering = draft.gathering.as_ref();
    (gathering.map(|g| g.starts_ms), gathering.map(GatheringDraft::ends_ms), gathering.map(|g| g.seats.into()))
}

async fn insert(tx: &mut WriteTx, who: &CurrentUser, id: Uuid, board: Board, draft: &PostDraft) -> Result<(), Refusal> {
    let json = serde_json::to_string(draft).map_err(|error| internal(&error))?;
    let (starts, ends, seats) = times(draft);
    let room = match seats {
        Some(_) => Some(crate::chat::open_gathering(tx, who.id, id, &draft.title).await?),
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
            draft.searchable(),
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
            return Err(Problem::new(ProblemCode::FewerSeats).with_detail(detail).into());
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
        args![before.id, json, markdown::render(&draft.body), draft.searchable(), now_ms, starts, ends, seats],
    )
    .await?;
    let when_and_where = |g: &GatheringDraft| (g.starts_ms, g.minutes, g.venue, g.address.clone());
    let moved = |a: &GatheringDraft, b: &GatheringDraft| when_and_where(a) != when_and_where(b);
    if let (Some(old), Some(new)) = (old, new)
        && moved(old, new)
    {
        tx.execute("UPDATE post SET reminded = FALSE WHERE id = $1", args![before.id]).await?;
        seats::notify_all(tx, before.id, NoticeKind::Changed, &draft.title).await?;
    }
    seats::move_up(tx, before.id).await
}

/// Deletes one's own post with all that belongs to it.
pub(in crate::board) async fn delete(tx: &mut WriteTx, who: &CurrentUser, id: Uuid) -> Result<(), Refusal> {
    // What is gone already is as it should be.
    let Some(post) = own_post(tx, who, id).await? else { return Ok(()) };
    remove(tx, &post).await
}

async fn remove(tx: &mut WriteTx, post: &Post) -> Result<(), Refusal> {
    if post.gathering.as_ref().is_some_and(|gathering| gathering.cancelled.is_none()) {
        seats::notify_all(tx, post.id, NoticeKind::Cancelled, &post.draft.title).await?;
    }
    let feed = Feed::Board(post.board);
    let comments: Vec<(Uuid,)> = tx.fetch_all("SELECT id FROM comment WHERE post = $1", args![post.id]).await?;
    for (comment,) in comments {
        tx.execute("DELETE FROM reaction WHERE subject = $1", args![comment]).await?;
        take_back(tx, comment).await?;
        tx.touch(feed, ItemKind::Comment, comment);
    }
    tx.execute("DELETE FROM reaction WHERE subject = $1", args![post.id]).await?;
    take_back(tx, post.id).await?;
    tx.execute("DELETE FROM post WHERE id = $1", args![post.id]).await?;
    if let Some(author) = &post.author {
        crate::photos::let_go(tx, author.id, &photo_ids(&post.draft)).await?;
    }
    tx.touch(feed, ItemKind::Post, post.id);
    Ok(())
}

/// Deletes all of a person's posts.
pub(in crate::board) async fn forget_author(tx: &mut WriteTx, person: Uuid) -> Result<(), Refusal> {
    let posts: Vec<(Uuid,)> = tx.fetch_all("SELECT id FROM post WHERE author = $1", args![person]).await?;
    for (id,) in posts {
        if let Some(post) = read(tx, person, id).await? {
            remove(tx, &post).await?;
        }
    }
    Ok(())
}
