//! What is said in rooms.

use axum::extract::State;
use hnh_domain::chat::Message;
use hnh_domain::feeds::{Feed, ItemKind};
use hnh_domain::problem::{FieldError, ProblemCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sqlx::FromRow;
use utoipa::IntoParams;
use uuid::Uuid;

use super::rooms::is_inside;
use crate::account::{Author, CurrentUser, author, blocked_sql};
use crate::app::AppState;
use crate::board::reactions_in;
use crate::db::{DbError, Tx, args};
use crate::feeds::{Span, WriteTx, items_sql};
use crate::http::no_store::NoStore;
use crate::http::problem::Refusal;
use crate::http::query::{FromParameters, Parameters, ValidQuery};
use crate::http::record_id::RecordId;

#[derive(FromRow)]
pub(super) struct MessageRow {
    id: Uuid,
    room: Uuid,
    number: i64,
    body: String,
    photo: Option<Uuid>,
    card: Option<String>,
    reply_to: Option<Uuid>,
    version: i64,
    created_ms: i64,
    edited_ms: Option<i64>,
    deleted: bool,
    #[sqlx(flatten)]
    author: Author,
}

/// Selects [`MessageRow`]s of `message x` that the viewer `$1` may see: not of people who blocked one another.
macro_rules! message_sql {
    ($($which:tt)+) => {
        concat!(
            "SELECT x.id, x.room, x.number, x.body, x.photo, x.card, x.reply_to, x.version, x.created_ms, x.edited_ms, \
             x.deleted, ",
            author!(),
            " FROM message x LEFT JOIN person p ON p.id = x.author WHERE ",
            blocked_sql!("$1", "x.author"),
            " AND ",
            $($which)+
        )
    };
}

pub(super) use message_sql;

pub(super) fn message(row: MessageRow) -> Message {
    // What was taken back is gone for all, and keeps its place.
    let (text, photo, card) = if row.deleted { (String::new(), None, None) } else { (row.body, row.photo, row.card) };
    Message {
        id: row.id,
        room: row.room,
        number: row.number,
        author: row.author.into(),
        text,
        photo,
        card: card.and_then(|card| serde_json::from_str(&card).ok()),
        reply_to: row.reply_to,
        version: row.version,
        created_ms: row.created_ms,
        edited_ms: row.edited_ms,
        deleted: row.deleted,
        reactions: Vec::new(),
    }
}

/// The messages that a part of a room's feed tells of.
pub(crate) async fn messages_in(tx: &mut Tx, viewer: Uuid, span: &Span) -> Result<Vec<Message>, DbError> {
    let sql = message_sql!("x.id IN ", items_sql!());
    let rows: Vec<MessageRow> = tx.fetch_all(sql, span.args(viewer, ItemKind::Message)).await?;
    let mut given = reactions_in(tx, viewer, span, ItemKind::Message).await?;
    let whole = |row| {
        let mut message = message(row);
        message.reactions = given.remove(&message.id).unwrap_or_default();
        message
    };
    Ok(rows.into_iter().map(whole).collect())
}

/// The room of a message that the viewer may see.
pub(crate) async fn room_of(tx: &mut Tx, id: Uuid, viewer: Uuid) -> Result<Option<Uuid>, DbError> {
    let found: Option<(Uuid,)> = tx.fetch_optional("SELECT room FROM message WHERE id = $1", args![id]).await?;
    match found {
        Some((room,)) if is_inside(tx, room, viewer).await? => Ok(Some(room)),
        _ => Ok(None),
    }
}

/// One message as the viewer may see it.
pub(super) async fn one(tx: &mut Tx, viewer: Uuid, id: Uuid) -> Result<Option<Message>, DbError> {
    let row: Option<MessageRow> = tx.fetch_optional(message_sql!("x.id = $2"), args![viewer, id]).await?;
    Ok(row.map(message))
}

/// A moderator hides a message, or shows it again.
pub(crate) async fn hide(tx: &mut WriteTx, id: Uuid, hidden: bool) -> Result<(), Refusal> {
    // What its author took back is empty, and stays taken back.
    let sql = "UPDATE message SET deleted = $2 WHERE id = $1
               AND (body <> '' OR photo IS NOT NULL OR card IS NOT NULL) RETURNING room";
    let (room,): (Uuid,) = tx.fetch_optional(sql, args![id, hidden]).await?.ok_or(ProblemCode::NotFound)?;
    tx.touch(Feed::Room(room), ItemKind::Message, id);
    Ok(())
}

/// A person's messages by their name in the export.
pub(crate) async fn export(tx: &mut Tx, person: Uuid) -> Result<Map<String, Value>, DbError> {
    let messages: Vec<(Uuid, String, i64)> = tx
        .fetch_all("SELECT room, body, created_ms FROM message WHERE author = $1 ORDER BY created_ms", args![person])
        .await?;
    let messages = messages.iter().map(|(room, text, at)| json!({"room": room, "text": text, "created_ms": at}));
    Ok(Map::from_iter([("messages".to_owned(), messages.collect())]))
}

/// A person's messages lose their words and their name, and the person leaves all rooms.
pub(crate) async fn forget(tx: &mut WriteTx, person: Uuid) -> Result<(), Refusal> {
    let gone: Vec<(Uuid, Uuid)> = tx
        .fetch_all(
            "UPDATE message SET deleted = TRUE, body = '', photo = NULL, card = NULL, author = NULL
             WHERE author = $1 RETURNING id, room",
            args![person],
        )
        .await?;
    for (id, room) in gone {
        tx.touch(Feed::Room(room), ItemKind::Message, id);
    }
    let rooms: Vec<(Uuid,)> =
        tx.fetch_all("SELECT room FROM room_person WHERE person = $1 AND inside", args![person]).await?;
    for (room,) in rooms {
        super::rooms::set_inside(tx, room, person, false).await?;
    }
    Ok(())
}

/// Which part of a room's history.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub(super) struct OlderQuery {
    /// Messages with a smaller number; without it, the newest.
    before: Option<i64>,
    /// Messages at most, 1 to 200; 50 by default.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
}

impl FromParameters for OlderQuery {
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError> {
        let query: Self = parameters.read()?;
        if query.limit.is_some_and(|limit| !(1..=200).contains(&limit)) {
            return Err(FieldError::new("limit", "must be from 1 to 200"));
        }
        Ok(query)
    }
}

/// A room's messages before a number, the oldest first
#[utoipa::path(get, path = "/api/v1/rooms/{id}/messages", operation_id = "list_messages", tag = "chat", params(("id" = Uuid, Path), OlderQuery),
    responses((status = 200, body = Vec<Message>)))]
pub(super) async fn older(
    State(app): State<AppState>,
    who: CurrentUser,
    RecordId(room): RecordId,
    ValidQuery(query): ValidQuery<OlderQuery>,
) -> Result<NoStore<axum::Json<Vec<Message>>>, Refusal> {
    let mut tx = app.db.read().await?;
    if !is_inside(&mut tx, room, who.id).await? {
        return Err(ProblemCode::NotFound.into());
    }
    let sql = message_sql!("x.room = $2 AND x.number < $3 ORDER BY x.number DESC LIMIT $4");
    let (before, limit) = (query.before.unwrap_or(i64::MAX), query.limit.unwrap_or(50));
    let rows: Vec<MessageRow> = tx.fetch_all(sql, args![who.id, room, before, limit]).await?;
    let messages: Vec<Message> = rows.into_iter().rev().map(message).collect();
    Ok(NoStore(axum::Json(messages)))
}
