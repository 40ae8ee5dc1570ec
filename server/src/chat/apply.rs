//! Changes in rooms.

use hnh_domain::board::Attachment;
use hnh_domain::chat::{ChatChange, MAX_PEOPLE, RoomKind, direct_room};
use hnh_domain::feeds::{Feed, ItemKind};
use hnh_domain::problem::{FieldError, Problem, ProblemCode};
use uuid::Uuid;

use super::{messages, rooms};
use crate::account::{CurrentUser, blocks, exists};
use crate::db::args;
use crate::feeds::{WriteTx, changed_meanwhile};
use crate::http::problem::Refusal;
use crate::push::News;

/// Makes the change, or refuses it.
pub(crate) async fn apply(tx: &mut WriteTx, who: &CurrentUser, change: ChatChange) -> Result<(), Refusal> {
    match change {
        ChatChange::OpenDirect { id, person } => open_direct(tx, who, id, person).await,
        ChatChange::OpenGroup { id, name, people } => open_group(tx, who, id, &name, &people).await,
        ChatChange::Invite { room, person } => invite(tx, who, room, person).await,
        ChatChange::LeaveRoom { room } => Ok(rooms::set_inside(tx, room, who.id, false).await?),
        ChatChange::Mute { room, on } => {
            let sql = "UPDATE room_person SET muted = $3 WHERE room = $1 AND person = $2";
            tx.execute(sql, args![room, who.id, on]).await?;
            tx.touch(Feed::Person(who.id), ItemKind::Room, room);
            Ok(())
        }
        ChatChange::Send { id, room, text, photo, card, reply_to } => {
            send(tx, who, Sent { id, room, text: &text, photo, card, reply_to }).await
        }
        ChatChange::EditMessage { id, text, version } => edit(tx, who, id, &text, version).await,
        ChatChange::DeleteMessage { id } => delete(tx, who, id).await,
        ChatChange::MarkRead { room, number } => mark_read(tx, who, room, number).await,
    }
}

/// Refuses to reach a person who blocked this one, as if there were none.
async fn reachable(tx: &mut WriteTx, who: &CurrentUser, person: Uuid) -> Result<(), Refusal> {
    exists(tx, person).await?;
    if blocks(tx, who.id, person).await? {
        return Err(ProblemCode::NotFound.into());
    }
    Ok(())
}

async fn open_direct(tx: &mut WriteTx, who: &CurrentUser, id: Uuid, person: Uuid) -> Result<(), Refusal> {
    if person == who.id || id != direct_room(who.id, person) {
        return Err(FieldError::new("id", "must be the room of you and another person").into());
    }
    reachable(tx, who, person).await?;
    rooms::open(tx, id, RoomKind::Direct, "", None).await?;
    rooms::set_inside(tx, id, who.id, true).await?;
    Ok(rooms::set_inside(tx, id, person, true).await?)
}

async fn open_group(tx: &mut WriteTx, who: &CurrentUser, id: Uuid, name: &str, people: &[Uuid]) -> Result<(), Refusal> {
    if rooms::kind(tx, id).await?.is_some() {
        // The same group twice is one group; another's id is nobody's to take.
        let mine = rooms::is_inside(tx, id, who.id).await?;
        return if mine { Ok(()) } else { Err(ProblemCode::Taken.into()) };
    }
    rooms::open(tx, id, RoomKind::Group, name, None).await?;
    rooms::set_inside(tx, id, who.id, true).await?;
    for person in people {
        reachable(tx, who, *person).await?;
        rooms::set_inside(tx, id, *person, true).await?;
    }
    Ok(())
}

async fn invite(tx: &mut WriteTx, who: &CurrentUser, room: Uuid, person: Uuid) -> Result<(), Refusal> {
    let left = rooms::has_left(tx, room, person).await?;
    // Who left comes back by themselves, and is not dragged in again.
    let back = left && person == who.id;
    if rooms::kind(tx, room).await? != Some(RoomKind::Group) || !(back || rooms::is_inside(tx, room, who.id).await?) {
        return Err(ProblemCode::NotFound.into());
    }
    if left && !back {
        return Err(ProblemCode::Unreachable.into());
    }
    reachable(tx, who, person).await?;
    if rooms::people(tx, room).await?.len() >= MAX_PEOPLE {
        return Err(ProblemCode::LimitReached.into());
    }
    Ok(rooms::set_inside(tx, room, person, true).await?)
}

/// A message as it was sent.
struct Sent<'a> {
    id: Uuid,
    room: Uuid,
    text: &'a str,
    photo: Option<Uuid>,
    card: Option<Attachment>,
    reply_to: Option<Uuid>,
}

async fn send(tx: &mut WriteTx, who: &CurrentUser, sent: Sent<'_>) -> Result<(), Refusal> {
    let Sent { id, room, text, photo, card, reply_to } = sent;
    if !rooms::is_inside(tx, room, who.id).await? {
        return Err(ProblemCode::NotFound.into());
    }
    if rooms::kind(tx, room).await? == Some(RoomKind::Direct) {
        answerable(tx, who, room).await?;
    }
    if let Some(photo) = photo {
        crate::photos::owned(tx, who.id, &[photo]).await?;
    }
    if let Some(answered) = reply_to
        && messages::room_of(tx, answered, who.id).await? != Some(room)
    {
        return Err(FieldError::new("reply_to", "must be a message of this room").into());
    }
    let (card, now_ms) = (card.and_then(|card| serde_json::to_string(&card).ok()), tx.now_ms);
    let added = tx
        .execute(
            "INSERT INTO message (id, room, author, body, photo, card, reply_to, version, created_ms, deleted) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, FALSE) ON CONFLICT (id) DO NOTHING",
            args![id, room, who.id, text, photo, card, reply_to, now_ms],
        )
        .await?;
    if added == 0 {
        let sql = "SELECT id FROM message WHERE id = $1 AND room = $2 AND author = $3 AND (body = $4 OR edited_ms IS NOT NULL)";
        let same: Option<(Uuid,)> = tx.fetch_optional(sql, args![id, room, who.id, text]).await?;
        // The same message again, as from a device that never heard that it arrived, is that message.
        return same.map(drop).ok_or_else(|| {
            Problem::new(ProblemCode::Taken).with_detail("There is a message with this id already").into()
        });
    }
    tx.touch(Feed::Room(room), ItemKind::Message, id);
    tx.tell(News::Message(id));
    Ok(())
}

/// Refuses a direct message where one blocked the other; one who left the room is called back into it.
async fn answerable(tx: &mut WriteTx, who: &CurrentUser, room: Uuid) -> Result<(), Refusal> {
    let sql = "SELECT person FROM room_person WHERE room = $1 AND person <> $2";
    let others: Vec<(Uuid,)> = tx.fetch_all(sql, args![room, who.id]).await?;
    for (other,) in others {
        if blocks(tx, who.id, other).await? {
            return Err(ProblemCode::Unreachable.into());
        }
        rooms::set_inside(tx, room, other, true).await?;
    }
    Ok(())
}

/// One's own message that is not taken back.
async fn own(tx: &mut WriteTx, who: &CurrentUser, id: Uuid) -> Result<Option<(Uuid, i64)>, Refusal> {
    let sql = "SELECT author, room, version FROM message WHERE id = $1 AND NOT deleted";
    let found: Option<(Option<Uuid>, Uuid, i64)> = tx.fetch_optional(sql, args![id]).await?;
    match found {
        Some((author, ..)) if author != Some(who.id) => Err(ProblemCode::Forbidden.into()),
        found => Ok(found.map(|(_, room, version)| (room, version))),
    }
}

async fn edit(tx: &mut WriteTx, who: &CurrentUser, id: Uuid, text: &str, version: i64) -> Result<(), Refusal> {
    let (room, now) = own(tx, who, id).await?.ok_or(ProblemCode::NotFound)?;
    // Who left, or was asked to, says nothing more there; what they said they may still take back.
    if !rooms::is_inside(tx, room, who.id).await? {
        return Err(ProblemCode::NotFound.into());
    }
    let now_ms = tx.now_ms;
    let sql = "UPDATE message SET body = $2, version = version + 1, edited_ms = $3 WHERE id = $1 AND version = $4";
    if tx.execute(sql, args![id, text, now_ms, version]).await? == 0 {
        debug_assert_ne!(now, version);
        return Err(changed_meanwhile(&messages::one(tx, who.id, id).await?));
    }
    tx.touch(Feed::Room(room), ItemKind::Message, id);
    Ok(())
}

async fn delete(tx: &mut WriteTx, who: &CurrentUser, id: Uuid) -> Result<(), Refusal> {
    // What is gone already is as it should be.
    let Some((room, _)) = own(tx, who, id).await? else { return Ok(()) };
    let (photo,): (Option<Uuid>,) = tx.fetch_one("SELECT photo FROM message WHERE id = $1", args![id]).await?;
    let sql = "UPDATE message SET deleted = TRUE, body = '', photo = NULL, card = NULL WHERE id = $1";
    tx.execute(sql, args![id]).await?;
    crate::photos::let_go(tx, who.id, photo.as_slice()).await?;
    tx.execute("DELETE FROM reaction WHERE subject = $1", args![id]).await?;
    tx.touch(Feed::Room(room), ItemKind::Message, id);
    Ok(())
}

async fn mark_read(tx: &mut WriteTx, who: &CurrentUser, room: Uuid, number: i64) -> Result<(), Refusal> {
    let sql = "UPDATE room_person SET read_to = $3 WHERE room = $1 AND person = $2 AND inside AND read_to < $3";
    let head = crate::feeds::head(tx, Feed::Room(room)).await?;
    // Nobody has read what is not written yet.
    if tx.execute(sql, args![room, who.id, number.min(head)]).await? > 0 {
        rooms::touch(tx, room).await?;
    }
    Ok(())
}
