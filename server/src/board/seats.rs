//! Gatherings: who has a seat, who waits, who comes next.

use hnh_domain::board::{PostDraft, SeatState};
use hnh_domain::feeds::{Feed, ItemKind, NoticeKind};
use hnh_domain::problem::{FieldCode, FieldError, ProblemCode};
use sqlx::FromRow;
use uuid::Uuid;

use crate::account::{CurrentUser, blocks};
use crate::db::{Tx, args};
use crate::feeds::WriteTx;
use crate::http::problem::{Refusal, internal};
use crate::notices::{About, notify};

/// A gathering, locked until the transaction ends.
#[derive(FromRow)]
struct LockedRow {
    board: String,
    author: Option<Uuid>,
    draft: String,
    starts_ms: Option<i64>,
    ends_ms: Option<i64>,
    seats: Option<i64>,
    cancelled: Option<String>,
    room: Option<Uuid>,
    hidden: bool,
}

/// What decides over a seat.
struct LockedGathering {
    id: Uuid,
    feed: Feed,
    host: Uuid,
    draft: PostDraft,
    starts_ms: i64,
    ends_ms: i64,
    seats: i64,
    cancelled: bool,
    room: Option<Uuid>,
}

/// Locks a gathering, so that two who want the last seat take turns.
async fn lock(tx: &mut WriteTx, id: Uuid) -> Result<LockedGathering, Refusal> {
    let locked: Option<LockedRow> = tx
        .fetch_optional(
            "UPDATE post SET version = version WHERE id = $1
             RETURNING board, author, draft, starts_ms, ends_ms, seats, cancelled, room, hidden",
            args![id],
        )
        .await?;
    let Some(LockedRow {
        board,
        author,
        draft,
        starts_ms: Some(starts_ms),
        ends_ms: Some(ends_ms),
        seats: Some(seats),
        cancelled,
        room,
        hidden: false,
    }) = locked
    else {
        return Err(ProblemCode::NotFound.into());
    };
    Ok(LockedGathering {
        id,
        feed: Feed::Board(board.parse().map_err(|error: String| internal(&error))?),
        host: author.ok_or(ProblemCode::NotFound)?,
        draft: serde_json::from_str(&draft).map_err(|error| internal(&error))?,
        starts_ms,
        ends_ms,
        seats,
        cancelled: cancelled.is_some(),
        room,
    })
}

impl LockedGathering {
    /// Refuses what comes too late.
    fn still_open(&self, now_ms: i64) -> Result<(), Refusal> {
        if self.cancelled {
            return Err(ProblemCode::GatheringCancelled.into());
        }
        if now_ms >= self.starts_ms {
            return Err(ProblemCode::GatheringBegun.into());
        }
        Ok(())
    }

    fn needs_approval(&self) -> bool {
        self.draft.gathering.as_ref().is_some_and(|gathering| gathering.needs_approval)
    }

    fn about(&self, by: Option<Uuid>) -> About<'_> {
        About { by, post: Some(self.id), told: None, words: &self.draft.title }
    }

    async fn free(&self, tx: &mut Tx) -> Result<i64, Refusal> {
        let sql = "SELECT COUNT(*) FROM seat WHERE post = $1 AND state = 'seated'";
        let (seated,): (i64,) = tx.fetch_one(sql, args![self.id]).await?;
        Ok(self.seats - seated)
    }

    async fn state_of(&self, tx: &mut Tx, person: Uuid) -> Result<Option<SeatState>, Refusal> {
        let sql = "SELECT state FROM seat WHERE post = $1 AND person = $2";
        let found: Option<(String,)> = tx.fetch_optional(sql, args![self.id, person]).await?;
        Ok(found.and_then(|(state,)| state.parse().ok()))
    }

    /// Sets a request's state, and lets the person into the chat or out of it.
    async fn set(&self, tx: &mut WriteTx, person: Uuid, state: SeatState) -> Result<(), Refusal> {
        let sql = "UPDATE seat SET state = $3 WHERE post = $1 AND person = $2";
        tx.execute(sql, args![self.id, person, state.code()]).await?;
        if let Some(room) = self.room {
            crate::chat::set_inside(tx, room, person, state == SeatState::Seated).await?;
        }
        Ok(())
    }
}

/// Asks for a seat: at once where the host lets it be, and after the others where all are taken.
pub(super) async fn join(tx: &mut WriteTx, who: &CurrentUser, post: Uuid, note: &str) -> Result<(), Refusal> {
    let gathering = lock(tx, post).await?;
    gathering.still_open(tx.now_ms)?;
    if gathering.host == who.id {
        return Err(ProblemCode::OwnGathering.into());
    }
    if blocks(tx, who.id, gathering.host).await? {
        return Err(ProblemCode::NotFound.into());
    }
    match gathering.state_of(tx, who.id).await? {
        None => {}
        Some(SeatState::Declined) => return Err(ProblemCode::Declined.into()),
        // A second request is the first one.
        Some(_) => return Ok(()),
    }
    let state = match (gathering.needs_approval(), gathering.free(tx).await? > 0) {
        (true, _) => SeatState::Asked,
        (false, true) => SeatState::Seated,
        (false, false) => SeatState::Waiting,
    };
    tx.execute(
        "INSERT INTO seat (post, person, state, note, queue_position) VALUES ($1, $2, 'asked', $3, \
         (SELECT COALESCE(MAX(s.queue_position), 0) + 1 FROM seat s WHERE s.post = $1))",
        args![post, who.id, note],
    )
    .await?;
    gathering.set(tx, who.id, state).await?;
    notify(tx, gathering.host, NoticeKind::Asked, gathering.about(Some(who.id))).await?;
    tx.touch(gathering.feed, ItemKind::Post, post);
    Ok(())
}

/// Gives a seat up; the next who waits gets it.
pub(super) async fn leave(tx: &mut WriteTx, who: &CurrentUser, post: Uuid) -> Result<(), Refusal> {
    let gathering = lock(tx, post).await?;
    match gathering.state_of(tx, who.id).await? {
        // A host's no is not undone by asking anew.
        None | Some(SeatState::Declined) => return Ok(()),
        Some(_) => {}
    }
    if tx.now_ms >= gathering.ends_ms {
        return Err(ProblemCode::GatheringOver.into());
    }
    gathering.set(tx, who.id, SeatState::Asked).await?;
    tx.execute("DELETE FROM seat WHERE post = $1 AND person = $2", args![post, who.id]).await?;
    notify(tx, gathering.host, NoticeKind::Left, gathering.about(Some(who.id))).await?;
    fill(tx, &gathering).await?;
    tx.touch(gathering.feed, ItemKind::Post, post);
    Ok(())
}

/// The host's answer; accepted with no seat left, a person waits.
pub(super) async fn answer(
    tx: &mut WriteTx,
    who: &CurrentUser,
    post: Uuid,
    person: Uuid,
    accept: bool,
) -> Result<(), Refusal> {
    let gathering = lock(tx, post).await?;
    if gathering.host != who.id {
        return Err(ProblemCode::Forbidden.into());
    }
    gathering.still_open(tx.now_ms)?;
    let before = gathering.state_of(tx, person).await?.ok_or(ProblemCode::NotFound)?;
    let state = match (accept, before) {
        (false, _) => SeatState::Declined,
        (true, SeatState::Seated | SeatState::Waiting) => return Ok(()),
        (true, _) if gathering.free(tx).await? > 0 => SeatState::Seated,
        (true, _) => SeatState::Waiting,
    };
    gathering.set(tx, person, state).await?;
    let what = if accept { NoticeKind::Accepted } else { NoticeKind::Declined };
    notify(tx, person, what, gathering.about(Some(who.id))).await?;
    fill(tx, &gathering).await?;
    tx.touch(gathering.feed, ItemKind::Post, post);
    Ok(())
}

/// Seats those who wait as long as there are seats.
async fn fill(tx: &mut WriteTx, gathering: &LockedGathering) -> Result<(), Refusal> {
    if gathering.cancelled || tx.now_ms >= gathering.starts_ms {
        return Ok(());
    }
    let free = gathering.free(tx).await?.max(0);
    let sql = "SELECT person FROM seat WHERE post = $1 AND state = 'waiting' ORDER BY queue_position LIMIT $2";
    let next: Vec<(Uuid,)> = tx.fetch_all(sql, args![gathering.id, free]).await?;
    for (person,) in next {
        gathering.set(tx, person, SeatState::Seated).await?;
        notify(tx, person, NoticeKind::MovedUp, gathering.about(None)).await?;
    }
    Ok(())
}

/// After a post changed: more seats may be there.
pub(super) async fn move_up(tx: &mut WriteTx, post: Uuid) -> Result<(), Refusal> {
    let sql = "SELECT seats FROM post WHERE id = $1 AND seats IS NOT NULL AND NOT hidden";
    if tx.fetch_optional::<(i64,)>(sql, args![post]).await?.is_some() {
        let gathering = lock(tx, post).await?;
        fill(tx, &gathering).await?;
    }
    Ok(())
}

/// Tells all who have a seat, asked or wait.
pub(super) async fn notify_all(tx: &mut WriteTx, post: Uuid, what: NoticeKind, title: &str) -> Result<(), Refusal> {
    let sql = "SELECT person FROM seat WHERE post = $1 AND state <> 'declined'";
    let people: Vec<(Uuid,)> = tx.fetch_all(sql, args![post]).await?;
    for (person,) in people {
        notify(tx, person, what, About { by: None, post: Some(post), told: None, words: title }).await?;
    }
    Ok(())
}

/// Tells those who have a seat.
pub(super) async fn notify_seated(tx: &mut WriteTx, post: Uuid, what: NoticeKind, title: &str) -> Result<(), Refusal> {
    let people: Vec<(Uuid,)> =
        tx.fetch_all("SELECT person FROM seat WHERE post = $1 AND state = 'seated'", args![post]).await?;
    for (person,) in people {
        notify(tx, person, what, About { by: None, post: Some(post), told: None, words: title }).await?;
    }
    Ok(())
}

/// Cancels a gathering.
pub(super) async fn cancel(tx: &mut WriteTx, who: &CurrentUser, post: Uuid, reason: &str) -> Result<(), Refusal> {
    let gathering = lock(tx, post).await?;
    if gathering.host != who.id {
        return Err(ProblemCode::Forbidden.into());
    }
    if gathering.cancelled {
        return Ok(());
    }
    if tx.now_ms >= gathering.ends_ms {
        return Err(ProblemCode::GatheringOver.into());
    }
    tx.execute("UPDATE post SET cancelled = $2 WHERE id = $1", args![post, reason]).await?;
    notify_all(tx, post, NoticeKind::Cancelled, &gathering.draft.title).await?;
    tx.touch(gathering.feed, ItemKind::Post, post);
    Ok(())
}

/// A few words about somebody after a meal together.
pub(super) async fn write_reference(
    tx: &mut WriteTx,
    who: &CurrentUser,
    post: Uuid,
    person: Uuid,
    text: &str,
) -> Result<(), Refusal> {
    let gathering = lock(tx, post).await?;
    if gathering.cancelled || tx.now_ms < gathering.ends_ms {
        return Err(ProblemCode::GatheringNotOver.into());
    }
    for someone in [who.id, person] {
        if someone != gathering.host && gathering.state_of(tx, someone).await? != Some(SeatState::Seated) {
            return Err(ProblemCode::NotTogether.into());
        }
    }
    if person == who.id {
        return Err(FieldError::coded("person", FieldCode::Yourself, "is yourself").into());
    }
    let now_ms = tx.now_ms;
    tx.execute(
        "INSERT INTO meal_reference (post, author, about, body, at_ms) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (post, author, about) DO UPDATE SET body = excluded.body, at_ms = excluded.at_ms",
        args![post, who.id, person, text, now_ms],
    )
    .await?;
    notify(tx, person, NoticeKind::Reference, About { by: Some(who.id), post: Some(post), told: None, words: text })
        .await?;
    Ok(())
}

/// Gives all seats of a person up.
pub(super) async fn give_up_all(tx: &mut WriteTx, person: Uuid) -> Result<(), Refusal> {
    let posts: Vec<(Uuid,)> =
        tx.fetch_all("SELECT post FROM seat WHERE person = $1 ORDER BY post", args![person]).await?;
    for (post,) in posts {
        tx.execute("DELETE FROM seat WHERE post = $1 AND person = $2", args![post, person]).await?;
        if let Ok(gathering) = lock(tx, post).await {
            fill(tx, &gathering).await?;
            tx.touch(gathering.feed, ItemKind::Post, post);
        }
    }
    Ok(())
}
