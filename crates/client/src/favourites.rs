//! Favourites: whole records that stay on the device.

use hnh_domain::account::{AccountChange, FavouriteKind};
use hnh_domain::calls::{Favourites, ListFavourites, SetFavourite};
use hnh_domain::feeds::Change;
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::store::Kind;
use crate::{Core, Host};

/// [`Favourites`] as they were stored.
#[derive(Serialize)]
struct StoredFavourites<'a> {
    recipes: Vec<&'a RawValue>,
    places: Vec<&'a RawValue>,
}

impl<H: Host> Core<H> {
    /// Fetches what another device of the person made a favourite. What the catalogue no longer has is left alone.
    pub(crate) async fn fetch_favourite(&self, kind: FavouriteKind, id: Uuid) -> Result<(), Problem> {
        match self.record(kind.into(), id).await {
            Ok(_) => {
                self.store().set_favourite(kind.into(), id, Some(self.host.now_ms()))?;
                self.emit(&[Topic::Favourites]);
                Ok(())
            }
            Err(problem) if problem.code == ProblemCode::NotFound => Ok(()),
            Err(problem) => Err(problem),
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
