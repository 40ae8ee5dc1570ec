//! Favourites: whole records that stay on the device.

use hnh_domain::account::{AccountChange, SavedKind};
use hnh_domain::calls::{Favourites, KeepPlace, KeepRecipe, ListFavourites};
use hnh_domain::feeds::Change;
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::store::Kind;
use crate::{Core, Transport};

/// [`Favourites`] as they were saved.
#[derive(Serialize)]
struct Kept<'a> {
    recipes: Vec<&'a RawValue>,
    places: Vec<&'a RawValue>,
}

impl<T: Transport> Core<T> {
    /// Keeps a record, fetching it first where the device has not seen it, or lets it go.
    async fn set_kept(&self, kind: Kind, path: &str, id: Uuid, keep: bool) -> Result<Json<bool>, Problem> {
        if keep && self.store().record(kind, id)?.is_none() {
            self.record(kind, path, id).await?;
        }
        self.store().set_kept(kind, id, keep.then(|| (self.host.now_ms)()))?;
        if self.store().me()?.is_some() {
            let kind = if kind == Kind::Place { SavedKind::Place } else { SavedKind::Recipe };
            self.submit(&Json::of(&Change::from(AccountChange::SetFavourite { kind, id, kept: keep }))?)?;
        }
        self.tell(&["favourites"]);
        Json::of(&keep)
    }

    /// Keeps what another device of the person keeps. What the catalogue no longer has is left alone.
    pub(crate) async fn keep_from_elsewhere(&self, kind: Kind, id: Uuid) -> Result<(), Problem> {
        let path = if kind == Kind::Place { "/restaurants" } else { "/recipes" };
        match self.record(kind, path, id).await {
            Ok(_) => {
                self.store().set_kept(kind, id, Some((self.host.now_ms)()))?;
                self.tell(&["favourites"]);
                Ok(())
            }
            Err(problem) if problem.code == ProblemCode::NotFound => Ok(()),
            Err(problem) => Err(problem),
        }
    }
}

impl<T: Transport> Handle<KeepRecipe> for Core<T> {
    async fn handle(&self, call: KeepRecipe) -> Result<Json<bool>, Problem> {
        self.set_kept(Kind::Recipe, "/recipes", call.id, call.keep).await
    }
}

impl<T: Transport> Handle<KeepPlace> for Core<T> {
    async fn handle(&self, call: KeepPlace) -> Result<Json<bool>, Problem> {
        self.set_kept(Kind::Place, "/restaurants", call.id, call.keep).await
    }
}

impl<T: Transport> Handle<ListFavourites> for Core<T> {
    async fn handle(&self, _call: ListFavourites) -> Result<Json<Favourites>, Problem> {
        let recipes = self.store().kept(Kind::Recipe)?;
        let places = self.store().kept(Kind::Place)?;
        Json::of(&Kept { recipes: raw(&recipes), places: raw(&places) })
    }
}

fn raw(records: &[String]) -> Vec<&RawValue> {
    records.iter().filter_map(|record| serde_json::from_str(record).ok()).collect()
}
