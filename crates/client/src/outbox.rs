//! Changes that wait: made at once on the device, sent in their order.
//!
//! A change gets its number just before it is first sent, and both are stored before the request leaves: a
//! repeat, even after a crash, is the same change under the same number, which the server makes once.

use hnh_domain::calls::{Blocked, Discard, GetSync, ListPending, Pending, SendAgain, Submit, SyncState};
use hnh_domain::feeds::{Change, Pushed};
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{FieldError, Problem, ProblemCode};
use hnh_domain::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::favourites::undo_wish;
use crate::kitchen::settle;
use crate::store::{Store, corrupt_data, storage_error};
use crate::sync::note_log;
use crate::{Core, Host};

/// A change that was not sent for so long is sent only when the person still means it, in ms: a day.
const OLD_MS: i64 = 24 * 3_600_000;

/// The changes of one request together, in bytes, unless one alone is larger; the server takes a megabyte.
const BATCH_BYTES: usize = 256 * 1024;

/// [`hnh_domain::feeds::Mutation`] with the change as it was written.
#[derive(Serialize)]
pub(crate) struct RawMutation {
    pub(crate) number: i64,
    change: Box<RawValue>,
}

fn pending(row: &Row<'_>) -> rusqlite::Result<(i64, String, i64, Option<String>)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

impl Store {
    fn submit(&self, change: &Json<Change>, now_ms: i64) -> Result<(), Problem> {
        let sql = "INSERT INTO outbox (change, made_ms) VALUES (?1, ?2)";
        self.connection.execute(sql, params![change.text(), now_ms]).map(drop).map_err(storage_error)
    }

    /// All that waits, in the order in which it was made.
    pub(crate) fn pending(&self) -> Result<Vec<Pending>, Problem> {
        let sql = "SELECT id, change, made_ms, stuck FROM outbox ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
        let rows = statement.query_map([], pending).map_err(storage_error)?;
        let mut all = Vec::new();
        for row in rows {
            let (number, change, made_ms, blocked) = row.map_err(storage_error)?;
            let change = Json::written(change);
            let blocked = blocked.map(|blocked| serde_json::from_str(&blocked)).transpose().map_err(corrupt_data)?;
            all.push(Pending { number, change, made_ms, blocked });
        }
        Ok(all)
    }

    /// Replaces a change that waits for the person by another that goes by itself, or by none.
    fn resolve(&mut self, id: i64, again: Option<(&Json<Change>, i64)>) -> Result<(), Problem> {
        let tx = self.connection.transaction().map_err(storage_error)?;
        let sql = "DELETE FROM outbox WHERE id = ?1 AND stuck IS NOT NULL RETURNING change";
        let taken: Option<String> = tx.query_row(sql, [id], |row| row.get(0)).optional().map_err(storage_error)?;
        let taken = taken.ok_or_else(|| Problem::new(ProblemCode::NotFound))?;
        match again {
            Some((change, now_ms)) => {
                let sql = "INSERT INTO outbox (change, made_ms) VALUES (?1, ?2)";
                tx.execute(sql, params![change.text(), now_ms]).map_err(storage_error)?;
            }
            None => undo_wish(&tx, &taken)?,
        }
        tx.commit().map_err(storage_error)
    }

    /// Sets aside what is too old to go by itself; what has a number may be on the server already and goes on.
    pub(crate) fn hold_stale(&self, now_ms: i64) -> Result<bool, Problem> {
        let old = serde_json::to_string(&Blocked::Old).map_err(corrupt_data)?;
        // What is one's own alone is meant whenever it was written.
        let sql = "UPDATE outbox SET stuck = ?1 WHERE stuck IS NULL AND number IS NULL AND made_ms < ?2
                   AND change NOT LIKE '{\"cookbook\"%' AND change NOT LIKE '{\"meal_plan\"%'
                   AND change NOT LIKE '{\"shopping\"%'";
        Ok(self.connection.execute(sql, params![old, now_ms - OLD_MS]).map_err(storage_error)? > 0)
    }

    /// The next changes to send, each with its number, which is stored.
    pub(crate) fn next_batch(&mut self, most: usize) -> Result<Vec<RawMutation>, Problem> {
        let tx = self.connection.transaction().map_err(storage_error)?;
        let rows: Vec<(i64, String, Option<i64>)> = {
            // In their order, up to the first that shows a photo which the server does not have yet.
            let sql = "SELECT id, change, number FROM outbox WHERE stuck IS NULL AND id < COALESCE(
                           (SELECT MIN(o.id) FROM outbox o, photo p WHERE o.stuck IS NULL AND instr(o.change, p.id)), id + 1)
                       ORDER BY number IS NULL, number, id LIMIT ?1";
            let mut statement = tx.prepare_cached(sql).map_err(storage_error)?;
            let rows = statement.query_map([most as i64], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
            rows.map_err(storage_error)?.collect::<Result<_, _>>().map_err(storage_error)?
        };
        let (mut batch, mut bytes) = (Vec::with_capacity(rows.len()), 0);
        for (id, change, number) in rows {
            let number = match number {
                Some(number) => number,
                None => {
                    let sql = "UPDATE me SET sent = sent + 1 RETURNING sent";
                    let number = tx.query_row(sql, [], |row| row.get(0)).map_err(storage_error)?;
                    tx.execute("UPDATE outbox SET number = ?2 WHERE id = ?1", [id, number]).map_err(storage_error)?;
                    number
                }
            };
            bytes += change.len();
            if bytes > BATCH_BYTES && !batch.is_empty() {
                break;
            }
            batch.push(RawMutation { number, change: RawValue::from_string(change).map_err(corrupt_data)? });
        }
        tx.commit().map_err(storage_error)?;
        Ok(batch)
    }

    /// Takes note of what became of changes: done ones go, refused ones wait for the person.
    pub(crate) fn acknowledge(&mut self, pushed: &Pushed, now_ms: i64) -> Result<(), Problem> {
        let tx = self.connection.transaction().map_err(storage_error)?;
        note_log(&tx, pushed.epoch, now_ms)?;
        for result in &pushed.results {
            match &result.refused {
                None => {
                    let sql = "DELETE FROM outbox WHERE number = ?1 AND stuck IS NULL RETURNING change";
                    let change = tx.query_row(sql, [result.number], |row| row.get::<_, String>(0)).optional();
                    // What is one's own is seen on until the feed tells of it.
                    if let Some(change) = change.map_err(storage_error)? {
                        settle(&tx, &change, now_ms)?;
                    }
                    continue;
                }
                Some(problem) => {
                    let blocked = serde_json::to_string(&Blocked::Refused(problem.clone())).map_err(corrupt_data)?;
                    // Its number is used up.
                    let sql = "UPDATE outbox SET stuck = ?2, number = NULL WHERE number = ?1 AND stuck IS NULL";
                    tx.execute(sql, params![result.number, blocked])
                }
            }
            .map_err(storage_error)?;
        }
        tx.commit().map_err(storage_error)
    }

    /// Sets a change aside for the person, of which the server would not even decide. Its number and those after it are
    /// not known there: they are given anew, under another client's name.
    pub(crate) fn set_aside(&mut self, number: i64, problem: &Problem, client: Uuid) -> Result<(), Problem> {
        let blocked = serde_json::to_string(&Blocked::Refused(problem.clone())).map_err(corrupt_data)?;
        let sql = "UPDATE outbox SET stuck = ?2, number = NULL WHERE number = ?1 AND stuck IS NULL";
        self.connection.execute(sql, params![number, blocked]).map_err(storage_error)?;
        self.reset_client_id(client)
    }

    /// How many changes are not on the server.
    pub(crate) fn count_pending(&self) -> Result<u32, Problem> {
        self.connection.query_row("SELECT COUNT(*) FROM outbox", [], |row| row.get(0)).map_err(storage_error)
    }

    /// Begins to number anew as another client, for a server that lost what came before.
    pub(crate) fn reset_client_id(&mut self, client: Uuid) -> Result<(), Problem> {
        let tx = self.connection.transaction().map_err(storage_error)?;
        tx.execute("UPDATE outbox SET number = NULL", []).map_err(storage_error)?;
        tx.execute("UPDATE me SET client = ?1, sent = 0", [client.to_string()]).map_err(storage_error)?;
        tx.commit().map_err(storage_error)
    }

    fn counts(&self) -> Result<(u32, u32, u32), Problem> {
        self.connection
            .query_row(
                "SELECT (SELECT COUNT(*) FROM outbox WHERE stuck IS NULL),
                        (SELECT COUNT(*) FROM outbox WHERE stuck IS NOT NULL),
                        (SELECT COUNT(*) FROM item WHERE kind = 'notice' AND json_extract(json, '$.seen') = 0)",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()
            .map(Option::unwrap_or_default)
            .map_err(storage_error)
    }
}

impl<H: Host> Core<H> {
    /// Stores a change of the person's; the host then has [`Core::sync`] send it.
    pub(crate) fn submit(&self, change: &Json<Change>) -> Result<(), Problem> {
        let topic = topic(change);
        // Recipes, plan and lists need no account: they wait here until somebody signs in.
        let own = matches!(topic, Topic::Cookbook | Topic::MealPlan | Topic::Shopping);
        if !own && self.store().me()?.is_none() {
            return Err(Problem::new(ProblemCode::SignInRequired));
        }
        self.store().submit(change, self.host.now_ms())?;
        self.emit(&[Topic::Sync, topic]);
        self.wake();
        Ok(())
    }
}

/// What a change is about, for those who show it.
fn topic(change: &Json<Change>) -> Topic {
    // A change is an object with one key, which names its kind: the rest need not be read.
    match change.text().split('"').nth(1) {
        Some("chat") => Topic::Rooms,
        Some("account") => Topic::Account,
        Some("contribution") => Topic::Contributions,
        Some("cookbook") => Topic::Cookbook,
        Some("meal_plan") => Topic::MealPlan,
        Some("shopping") => Topic::Shopping,
        _ => Topic::Board,
    }
}

impl<H: Host> Handle<Submit> for Core<H> {
    async fn handle(&self, call: Submit) -> Result<Json<()>, Problem> {
        self.submit(&call.change)?;
        Json::of(&())
    }
}

impl<H: Host> Handle<ListPending> for Core<H> {
    async fn handle(&self, _call: ListPending) -> Result<Json<Vec<Pending>>, Problem> {
        Json::of(&self.store().pending()?)
    }
}

impl<H: Host> Handle<SendAgain> for Core<H> {
    async fn handle(&self, call: SendAgain) -> Result<Json<()>, Problem> {
        self.store().resolve(call.number, Some((&call.change, self.host.now_ms())))?;
        self.emit(&[Topic::Sync, topic(&call.change)]);
        self.wake();
        Json::of(&())
    }
}

impl<H: Host> Handle<Discard> for Core<H> {
    async fn handle(&self, call: Discard) -> Result<Json<()>, Problem> {
        if call.number < 1 {
            return Err(FieldError::new("number", "must be one of the waiting changes").into());
        }
        self.store().resolve(call.number, None)?;
        self.emit(&[
            Topic::Sync,
            Topic::Board,
            Topic::Rooms,
            Topic::Favourites,
            Topic::Cookbook,
            Topic::MealPlan,
            Topic::Shopping,
        ]);
        Json::of(&())
    }
}

impl<H: Host> Handle<GetSync> for Core<H> {
    async fn handle(&self, _call: GetSync) -> Result<Json<SyncState>, Problem> {
        let (waiting, blocked, notices) = self.store().counts()?;
        let signed_in = self.store().me()?.is_some();
        Json::of(&SyncState {
            signed_in,
            online: self.online.get().unwrap_or(true),
            session_over: self.session_over.get(),
            keeps: self.host.keeps(),
            // Without an account nothing is on its way anywhere.
            waiting: if signed_in { waiting } else { 0 },
            blocked,
            notices,
        })
    }
}
