//! Favourites: whole records that stay on the device.

use hnh_domain::account::{AccountChange, FavouriteKind};
use hnh_domain::calls::{Favourites, ListFavourites, SetFavourite};
use hnh_domain::feeds::Change;
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::store::{Kind, Store, storage_error};
use crate::{Core, Host};

/// [`Favourites`] as they were stored.
#[derive(Serialize)]
struct StoredFavourites<'a> {
    recipes: Vec<&'a RawValue>,
    places: Vec<&'a RawValue>,
}

impl Store {
    /// One of the records that are to be fetched.
    fn wanted(&self) -> Result<Option<(FavouriteKind, Uuid)>, Problem> {
        let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
        let found = self.connection.query_row("SELECT kind, id FROM wanted LIMIT 1", [], read).optional();
        let Some((kind, id)) = found.map_err(storage_error)? else { return Ok(None) };
        Ok(Some((kind.parse().map_err(storage_error)?, id.parse().map_err(storage_error)?)))
    }

    /// Makes a record a favourite or none, and where somebody is signed in leaves the change to be sent, both or neither;
    /// whether it is to be sent.
    fn wish_favourite(
        &mut self,
        (kind, id): (FavouriteKind, Uuid),
        on: bool,
        change: &Json<Change>,
        now_ms: i64,
    ) -> Result<bool, Problem> {
        let tx = self.connection.transaction().map_err(storage_error)?;
        set_kept(&tx, kind.into(), &id.to_string(), on.then_some(now_ms))?;
        let sql = "INSERT INTO outbox (change, made_ms) SELECT ?1, ?2 FROM me";
        let sent = tx.execute(sql, params![change.text(), now_ms]).map_err(storage_error)?;
        tx.commit().map_err(storage_error)?;
        Ok(sent > 0)
    }

    fn forget_wanted(&self, kind: FavouriteKind, id: Uuid) -> Result<(), Problem> {
        let sql = "DELETE FROM wanted WHERE kind = ?1 AND id = ?2";
        let done = self.connection.execute(sql, params![kind.code(), id.to_string()]);
        done.map(drop).map_err(storage_error)
    }
}

/// Makes a record that the device has a favourite, or none.
pub(crate) fn set_kept(connection: &Connection, kind: Kind, id: &str, since_ms: Option<i64>) -> Result<(), Problem> {
    let sql = "UPDATE record SET kept_ms = ?3 WHERE kind = ?1 AND id = ?2";
    connection.execute(sql, params![kind.code(), id, since_ms]).map(drop).map_err(storage_error)
}

/// A wish that was given up: the record is a favourite again if it is one on the server.
pub(crate) fn undo_wish(tx: &Transaction<'_>, change: &str) -> Result<(), Problem> {
    // Changes of another kind, also of a newer program's, are none of this.
    let Ok(Change::Account(AccountChange::SetFavourite { kind, id, .. })) = serde_json::from_str(change) else {
        return Ok(());
    };
    let sql = "SELECT json_extract(json, '$.kept_ms') FROM item
               WHERE kind = 'favourite' AND json_extract(json, '$.what') = ?1 AND json_extract(json, '$.of') = ?2";
    let kept = tx.query_row(sql, params![kind.code(), id.to_string()], |row| row.get(0)).optional();
    set_kept(tx, kind.into(), &id.to_string(), kept.map_err(storage_error)?)
}

impl<H: Host> Core<H> {
    /// Fetches what other devices of the person made favourites. What the catalogue no longer has is left alone.
    pub(crate) async fn fetch_wanted(&self, client: Uuid) -> Result<(), Problem> {
        loop {
            let Some((kind, id)) = self.store().wanted()? else { return Ok(()) };
            let fetched = match self.record(kind.into(), id).await {
                Ok(_) => true,
                Err(problem) if problem.code == ProblemCode::NotFound => false,
                Err(problem) => return Err(problem),
            };
            // Who signed out meanwhile has no favourites here.
            if !self.store().is_sign_in(client)? {
                return Ok(());
            }
            if fetched {
                set_kept(&self.store().connection, kind.into(), &id.to_string(), Some(self.host.now_ms()))?;
                self.emit(&[Topic::Favourites]);
            }
            self.store().forget_wanted(kind, id)?;
        }
    }
}

impl<H: Host> Handle<SetFavourite> for Core<H> {
    async fn handle(&self, call: SetFavourite) -> Result<Json<bool>, Problem> {
        let SetFavourite { kind, id, on } = call;
        // A favourite is there without a network: what the device has not seen is fetched first.
        if on && self.store().stored(kind.into(), id)?.is_none() {
            self.record(kind.into(), id).await?;
        }
        let change = Json::of(&Change::from(AccountChange::SetFavourite { kind, id, on }))?;
        if self.store().wish_favourite((kind, id), on, &change, self.host.now_ms())? {
            self.emit(&[Topic::Sync, Topic::Account]);
            self.wake();
        }
        self.emit(&[Topic::Favourites]);
        Json::of(&on)
    }
}

impl<H: Host> Handle<ListFavourites> for Core<H> {
    async fn handle(&self, _call: ListFavourites) -> Result<Json<Favourites>, Problem> {
        let recipes = self.store().favourites(Kind::Recipe)?;
        let places = self.store().favourites(Kind::Place)?;
        Json::of(&StoredFavourites { recipes: raw(&recipes), places: raw(&places) })
    }
}

fn raw(records: &[String]) -> Vec<&RawValue> {
    records.iter().filter_map(|record| serde_json::from_str(record).ok()).collect()
}
