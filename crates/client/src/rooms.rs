//! Rooms and messages as the device has them.

use hnh_domain::calls::{Conversation, CountUnread, ListRooms, OlderMessages, ReadRoom, RoomRow, SearchMessages};
use hnh_domain::chat::Message;
use hnh_domain::feeds::ItemKind;
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use rusqlite::params;
use uuid::Uuid;

use crate::store::{Store, storage_error};
use crate::{Core, Host, request};

/// Messages shown at once; older ones are asked for.
const NEWEST: u32 = 100;
/// Messages of one step back.
const OLDER: u32 = 50;

/// Tables of all messages and of the rooms that the person `?1` is in, each with how many of others they have not read. A mark
/// that is still on its way counts. The column is `item.json`: a bare `json` would mean `json_each`'s own.
const ROOMS: &str = "
    message AS (
        SELECT feed, json, json_extract(json, '$.number') AS number, json_extract(json, '$.author.id') AS author
        FROM item WHERE kind = 'message'
    ), mark AS (
        SELECT json_extract(change, '$.chat.mark_read.room') AS room,
            MAX(json_extract(change, '$.chat.mark_read.number')) AS read
        FROM outbox WHERE json_extract(change, '$.chat.mark_read.room') IS NOT NULL GROUP BY 1
    ), seen AS (
        SELECT 'room:' || id AS feed, json, MAX(
            COALESCE((SELECT json_extract(value, '$.read') FROM json_each(item.json, '$.people')
                WHERE json_extract(value, '$.person.id') = ?1), 0),
            COALESCE((SELECT mark.read FROM mark WHERE mark.room = item.id), 0)) AS read
        FROM item WHERE kind = 'room' AND json_extract(json, '$.inside')
    ), room AS (
        SELECT feed, json, (SELECT COUNT(*) FROM message m
            WHERE m.feed = seen.feed AND m.number > seen.read AND m.author IS NOT ?1) AS unread
        FROM seen
    )";

impl Store {
    /// The rooms the person is in.
    pub(crate) fn rooms_inside(&self) -> Result<Vec<Uuid>, Problem> {
        let sql = "SELECT id FROM item WHERE kind = 'room' AND json_extract(json, '$.inside') ORDER BY number DESC";
        let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).map_err(storage_error)?;
        rows.map(|id| id.map_err(storage_error)?.parse().map_err(storage_error)).collect()
    }

    /// The rows of the list of rooms, as JSON: items pass as they were written.
    fn room_rows(&self, me: Uuid) -> Result<Vec<String>, Problem> {
        let sql = format!(
            "WITH {ROOMS}, row AS (
                SELECT room.json, unread,
                    (SELECT m.json FROM message m WHERE m.feed = room.feed ORDER BY m.number DESC LIMIT 1) AS last
                FROM room
            )
            SELECT json, last, unread FROM row ORDER BY json_extract(last, '$.created_ms') DESC"
        );
        let mut statement = self.connection.prepare_cached(&sql).map_err(storage_error)?;
        let row = |row: &rusqlite::Row<'_>| {
            let (room, last, unread): (String, Option<String>, u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let last = last.unwrap_or_else(|| "null".into());
            Ok(format!("{{\"room\":{room},\"last\":{last},\"unread\":{unread}}}"))
        };
        statement
            .query_map([&me.to_string()], row)
            .map_err(storage_error)?
            .collect::<Result<_, _>>()
            .map_err(storage_error)
    }

    fn unread(&self, me: Uuid) -> Result<u32, Problem> {
        let sql =
            format!("WITH {ROOMS} SELECT COALESCE(SUM(unread), 0) FROM room WHERE NOT json_extract(json, '$.muted')");
        let mut statement = self.connection.prepare_cached(&sql).map_err(storage_error)?;
        statement.query_row([&me.to_string()], |row| row.get(0)).map_err(storage_error)
    }

    fn room(&self, id: Uuid) -> Result<Option<String>, Problem> {
        self.item(ItemKind::Room, id)
    }

    /// The newest messages of a room as JSON, the oldest first.
    fn messages(&self, room: Uuid) -> Result<Vec<String>, Problem> {
        let sql = "SELECT json FROM item WHERE kind = 'message' AND feed = 'room:' || ?1
                   ORDER BY json_extract(json, '$.number') DESC LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
        let rows = statement.query_map(params![room.to_string(), NEWEST], |row| row.get(0)).map_err(storage_error)?;
        let mut messages: Vec<String> = rows.collect::<Result<_, _>>().map_err(storage_error)?;
        messages.reverse();
        Ok(messages)
    }

    /// The newest messages with some words, as JSON.
    fn messages_with(&self, words: &str) -> Result<Vec<String>, Problem> {
        let sql = "SELECT json FROM item WHERE kind = 'message' AND instr(lower(json_extract(json, '$.text')), ?1)
                   ORDER BY json_extract(json, '$.created_ms') DESC LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
        let rows =
            statement.query_map(params![words.to_lowercase(), OLDER], |row| row.get(0)).map_err(storage_error)?;
        rows.collect::<Result<_, _>>().map_err(storage_error)
    }

    /// One's own messages to a room that are not on the server, in their order, as JSON.
    fn waiting_messages(&self, room: Uuid) -> Result<Vec<String>, Problem> {
        let sql = "SELECT json_object('id', json_extract(change, '$.chat.send.id'), 'number', id,
                       'text', json_extract(change, '$.chat.send.text'), 'photo', json_extract(change, '$.chat.send.photo'),
                       'card', json_extract(change, '$.chat.send.card'), 'blocked', json(stuck))
                   FROM outbox WHERE json_extract(change, '$.chat.send.room') = ?1 ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
        let rows = statement.query_map([room.to_string()], |row| row.get(0)).map_err(storage_error)?;
        rows.collect::<Result<_, _>>().map_err(storage_error)
    }
}

impl<H: Host> Handle<ListRooms> for Core<H> {
    async fn handle(&self, _call: ListRooms) -> Result<Json<Vec<RoomRow>>, Problem> {
        let Some(me) = self.store().me()? else { return Ok(Json::written("[]".into())) };
        let rows = self.store().room_rows(me.account.id)?;
        Ok(Json::written(format!("[{}]", rows.join(","))))
    }
}

impl<H: Host> Handle<CountUnread> for Core<H> {
    async fn handle(&self, _call: CountUnread) -> Result<Json<u32>, Problem> {
        let me = self.store().me()?;
        Json::of(&me.map_or(Ok(0), |me| self.store().unread(me.account.id))?)
    }
}

impl<H: Host> Handle<ReadRoom> for Core<H> {
    async fn handle(&self, call: ReadRoom) -> Result<Json<Conversation>, Problem> {
        let room = self.store().room(call.id)?.ok_or_else(|| Problem::new(ProblemCode::NotFound))?;
        let messages = self.store().messages(call.id)?;
        let waiting = self.store().waiting_messages(call.id)?;
        let heard = self.live.borrow();
        let json = |value| serde_json::to_string(value).map_err(storage_error);
        let (here, typing) = (json(&heard.here())?, json(&heard.typing(call.id, self.host.now_ms()))?);
        let (messages, waiting) = (messages.join(","), waiting.join(","));
        Ok(Json::written(format!(
            "{{\"room\":{room},\"messages\":[{messages}],\"waiting\":[{waiting}],\"here\":{here},\"typing\":{typing}}}"
        )))
    }
}

impl<H: Host> Handle<OlderMessages> for Core<H> {
    async fn handle(&self, call: OlderMessages) -> Result<Json<Vec<Message>>, Problem> {
        self.ask(&format!("/rooms/{}/messages?before={}&limit={OLDER}", call.room, call.before)).await
    }
}

impl<H: Host> Handle<SearchMessages> for Core<H> {
    async fn handle(&self, call: SearchMessages) -> Result<Json<Vec<Message>>, Problem> {
        call.query.validate()?;
        match self.fetch(&request("/messages", &call.query)?).await {
            Ok(found) => Ok(Json::written(Box::<str>::from(found).into_string())),
            Err(problem) if problem.is_unavailable() => {
                let messages = self.store().messages_with(call.query.q.trim())?;
                Ok(Json::written(format!("[{}]", messages.join(","))))
            }
            Err(problem) => Err(problem),
        }
    }
}
