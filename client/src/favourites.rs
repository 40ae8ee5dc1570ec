//! Favourites: whole records that stay on the device.

use hnh_domain::calls::{Favourites, KeepPlace, KeepRecipe, ListFavourites};
use hnh_domain::port::Handle;
use hnh_domain::problem::Problem;
use hnh_domain::recipes::{Recipe, RecipeCard};
use hnh_domain::restaurants::{PlaceCard, PlaceDetails};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::store::Kind;
use crate::{Core, Transport};

impl<T: Transport> Core<T> {
    /// Keeps a record, fetching it first where the device has not seen it, or lets it go.
    async fn set_kept<R: DeserializeOwned>(
        &self,
        kind: Kind,
        path: &str,
        id: Uuid,
        keep: bool,
    ) -> Result<bool, Problem> {
        if keep && self.store.record(kind, id)?.is_none() {
            self.record::<R>(kind, path, id).await?;
        }
        self.store.set_kept(kind, id, keep.then(|| (self.host.now_ms)()))?;
        (self.host.changed)("favourites");
        Ok(keep)
    }

    /// Favourites of a kind; one that a newer program cannot read is left out, not lost.
    fn kept<R: DeserializeOwned>(&self, kind: Kind) -> Result<Vec<R>, Problem> {
        Ok(self.store.kept(kind)?.iter().filter_map(|json| serde_json::from_str(json).ok()).collect())
    }
}

impl<T: Transport> Handle<KeepRecipe> for Core<T> {
    async fn handle(&self, call: KeepRecipe) -> Result<bool, Problem> {
        self.set_kept::<Recipe>(Kind::Recipe, "/recipes", call.id, call.keep).await
    }
}

impl<T: Transport> Handle<KeepPlace> for Core<T> {
    async fn handle(&self, call: KeepPlace) -> Result<bool, Problem> {
        self.set_kept::<PlaceDetails>(Kind::Place, "/restaurants", call.id, call.keep).await
    }
}

impl<T: Transport> Handle<ListFavourites> for Core<T> {
    async fn handle(&self, _call: ListFavourites) -> Result<Favourites, Problem> {
        let recipes: Vec<Recipe> = self.kept(Kind::Recipe)?;
        let places: Vec<PlaceDetails> = self.kept(Kind::Place)?;
        Ok(Favourites {
            recipes: recipes.iter().map(RecipeCard::from).collect(),
            places: places.iter().map(|details| PlaceCard::from(&details.place)).collect(),
        })
    }
}
