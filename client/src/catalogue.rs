//! Searches and records: the server's answer, else what the device has.

use hnh_domain::calls::{
    Area, CatalogueInfo, CountPlaces, FindAreas, GetCatalogue, GetFood, GetPlace, GetRecipe, Saved, SearchFoods,
    SearchPlaces, SearchRecipes,
};
use hnh_domain::foods::{Food, FoodCard};
use hnh_domain::page::Page;
use hnh_domain::port::Handle;
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::recipes::{Recipe, RecipeResults};
use hnh_domain::restaurants::{Cells, Opening, PlaceDetails, PlaceHit};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::store::Kind;
use crate::{Core, Transport, request};

impl<T: Transport> Core<T> {
    /// A record: from the server and then kept as seen, else from the device.
    pub(crate) async fn record<R: DeserializeOwned>(
        &self,
        kind: Kind,
        path: &str,
        id: Uuid,
    ) -> Result<Saved<R>, Problem> {
        match self.fetch(&format!("{path}/{id}")).await {
            Ok((record, json)) => {
                let favourite = self.store.see(kind, id, &json, (self.host.now_ms)())?;
                Ok(Saved { record, favourite, offline: false })
            }
            Err(problem) if problem.code == ProblemCode::Offline => {
                let kept = self.store.record(kind, id)?.ok_or(problem)?;
                let record = serde_json::from_str(&kept.json).map_err(|e| {
                    let detail = format!("What was saved of this cannot be read ({e}): open it again with a network");
                    Problem::new(ProblemCode::Storage).with_detail(detail)
                })?;
                Ok(Saved { record, favourite: kept.favourite, offline: true })
            }
            Err(problem) => Err(problem),
        }
    }
}

impl<T: Transport> Handle<SearchPlaces> for Core<T> {
    async fn handle(&self, call: SearchPlaces) -> Result<Page<PlaceHit>, Problem> {
        call.query.validate()?;
        self.ask(&request("/restaurants", &call.query)?).await
    }
}

impl<T: Transport> Handle<CountPlaces> for Core<T> {
    async fn handle(&self, call: CountPlaces) -> Result<Cells, Problem> {
        let places = request("/restaurants/cells", &call.query.places)?;
        let join = if places.contains('?') { '&' } else { '?' };
        self.ask(&format!("{places}{join}zoom={}", call.query.zoom)).await
    }
}

impl<T: Transport> Handle<GetPlace> for Core<T> {
    async fn handle(&self, call: GetPlace) -> Result<Saved<PlaceDetails>, Problem> {
        let mut saved: Saved<PlaceDetails> = self.record(Kind::Place, "/restaurants", call.id).await?;
        if saved.offline {
            // It was true when the device saw it; by now it may be wrong.
            saved.record.opening = Opening::default();
        }
        Ok(saved)
    }
}

impl<T: Transport> Handle<SearchRecipes> for Core<T> {
    async fn handle(&self, call: SearchRecipes) -> Result<RecipeResults, Problem> {
        call.query.validate()?;
        self.ask(&request("/recipes", &call.query)?).await
    }
}

impl<T: Transport> Handle<GetRecipe> for Core<T> {
    async fn handle(&self, call: GetRecipe) -> Result<Saved<Recipe>, Problem> {
        self.record(Kind::Recipe, "/recipes", call.id).await
    }
}

impl<T: Transport> Handle<SearchFoods> for Core<T> {
    async fn handle(&self, call: SearchFoods) -> Result<Page<FoodCard>, Problem> {
        call.query.validate()?;
        self.ask(&request("/foods", &call.query)?).await
    }
}

impl<T: Transport> Handle<GetFood> for Core<T> {
    async fn handle(&self, call: GetFood) -> Result<Saved<Food>, Problem> {
        self.record(Kind::Food, "/foods", call.id).await
    }
}

impl<T: Transport> Handle<FindAreas> for Core<T> {
    async fn handle(&self, call: FindAreas) -> Result<Vec<Area>, Problem> {
        self.ask(&request("/areas", &call)?).await
    }
}

impl<T: Transport> Handle<GetCatalogue> for Core<T> {
    async fn handle(&self, _call: GetCatalogue) -> Result<CatalogueInfo, Problem> {
        self.ask("/catalogue").await
    }
}
