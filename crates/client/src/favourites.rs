//! Favourites: whole records that stay on the device.

use hnh_domain::account::{AccountChange, FavouriteKind};
use hnh_domain::calls::{Favourites, ListFavourites, SetFavourite};
use hnh_domain::feeds::Change;
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};
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

    fn forget_wanted(&self, kind: FavouriteKind, id: Uuid) -> Result<(), Problem> {
        let sql = "DELETE FROM wanted WHERE kind = ?1 AND id = ?2";
        let done = self.connection.execute(sql, params![kind.code(), id.to_string()]);
        done.map(drop).map_err(storage_error)
    }
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
                self.store().set_favourite(kind.into(), id, Some(self.host.now_ms()))?;
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
        self.store().set_favourite(kind.into(), id, on.then(|| self.host.now_ms()))?;
        if self.store().me()?.is_some() {
            self.submit(&Json::of(&Change::from(AccountChange::SetFavourite { kind, id, on }))?)?;
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
