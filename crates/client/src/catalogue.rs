//! Searches and records: the server's answer, else what the device has.

use std::collections::BTreeMap;

use hnh_domain::calls::{
    Area, CatalogueInfo, CountPlaces, FindAreas, GetCatalogue, GetContributions, GetFood, GetPlace, GetRecipe,
    SearchFoods, SearchPlaces, SearchRecipes, Stored, SuggestPlaces,
};
use hnh_domain::contributions::Contributions;
use hnh_domain::foods::{Food, FoodCard};
use hnh_domain::geo::{LatLon, walking_minutes};
use hnh_domain::page::Page;
use hnh_domain::places::{
    Cells, Opening, PlaceDetails, PlaceHit, PlaceQuery, PlaceSort, PlaceSuggestion, SuggestionQuery,
};
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::recipes::{Recipe, RecipeResults};
use serde::Deserialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::store::Kind;
use crate::{Core, Host, request};

impl<H: Host> Core<H> {
    /// A record: from the server and then stored as seen, else from the device.
    pub(crate) async fn record(&self, kind: Kind, id: Uuid) -> Result<Stored<Box<RawValue>>, Problem> {
        match self.fetch(&format!("{}/{id}", kind.path())).await {
            Ok(record) => {
                let favourite = self.store().see(kind, id, record.get(), self.host.now_ms())?;
                Ok(Stored { record, favourite, offline: false })
            }
            Err(problem) if problem.is_unavailable() => {
                let stored = self.store().stored(kind, id)?.ok_or(problem)?;
                let record = RawValue::from_string(stored.json).map_err(unreadable_record)?;
                Ok(Stored { record, favourite: stored.favourite, offline: true })
            }
            Err(problem) => Err(problem),
        }
    }
}

fn unreadable_record(error: serde_json::Error) -> Problem {
    Problem::new(ProblemCode::NotUnderstood).with_detail(error.to_string())
}

/// A place's details, known to be open or not at no time.
fn without_opening(details: &RawValue) -> Result<Box<RawValue>, serde_json::Error> {
    let mut fields: BTreeMap<&str, &RawValue> = serde_json::from_str(details.get())?;
    let unknown = to_raw_value(&Opening::default())?;
    fields.insert("opening", &unknown);
    to_raw_value(&fields)
}

/// A query without a person's exact position: its address stands in the logs of every proxy on the way.
fn coarse(query: &PlaceQuery) -> PlaceQuery {
    match (query.lat, query.lon) {
        (Some(lat), Some(lon)) => {
            let LatLon { lat, lon } = LatLon { lat, lon }.coarse();
            PlaceQuery { lat: Some(lat), lon: Some(lon), ..query.clone() }
        }
        _ => query.clone(),
    }
}

impl<H: Host> Handle<SearchPlaces> for Core<H> {
    async fn handle(&self, call: SearchPlaces) -> Result<Json<Page<PlaceHit>>, Problem> {
        call.query.validate()?;
        let asked = request("/restaurants", &coarse(&call.query))?;
        let found = self.ask_or(&asked, || self.search_areas(&call.query)).await?;
        match call.query.center()? {
            Some(center) if center != center.coarse() => from_exactly(center, &call.query, &found),
            _ => Ok(found),
        }
    }
}

/// A page with the distances from where the person really is, which the server was not told, and in their order. What a newer
/// server says of a place stays as it is.
fn from_exactly(
    center: LatLon,
    query: &PlaceQuery,
    found: &Json<Page<PlaceHit>>,
) -> Result<Json<Page<PlaceHit>>, Problem> {
    let mut page: Value = serde_json::from_str(found.text()).map_err(unreadable_record)?;
    let metres = |item: &Value| {
        // Of a place that is known by its district the server tells none.
        if item.get("distance_m").is_none() {
            return f64::INFINITY;
        }
        LatLon::deserialize(&item["place"]["position"]).map_or(f64::INFINITY, |position| center.distance_m(position))
    };
    if let Some(items) = page.get_mut("items").and_then(Value::as_array_mut) {
        for item in items.iter_mut().filter(|item| item.get("distance_m").is_some()) {
            let metres = metres(item);
            item["distance_m"] = json!(metres.round() as u32);
            if item.get("walk_minutes").is_some() {
                item["walk_minutes"] = json!(walking_minutes(metres));
            }
        }
        if query.sort() == PlaceSort::Distance {
            items.sort_by(|a, b| metres(a).total_cmp(&metres(b)));
        }
    }
    Ok(Json::written(page.to_string()))
}

impl<H: Host> Handle<CountPlaces> for Core<H> {
    async fn handle(&self, call: CountPlaces) -> Result<Json<Cells>, Problem> {
        let places = request("/restaurants/cells", &coarse(&call.query.places))?;
        let join = if places.contains('?') { '&' } else { '?' };
        let counted = format!("{places}{join}zoom={}", call.query.zoom);
        self.ask_or(&counted, || self.count_areas(&call.query)).await
    }
}

impl<H: Host> Handle<GetPlace> for Core<H> {
    async fn handle(&self, call: GetPlace) -> Result<Json<Stored<PlaceDetails>>, Problem> {
        let found = self.record(Kind::Place, call.id).await;
        let offline = match &found {
            Ok(place) => place.offline,
            Err(problem) => problem.is_unavailable(),
        };
        // An area knows the hours of the coming weeks.
        if offline && let Some(record) = self.place_of_areas(call.id)? {
            let favourite = found.is_ok_and(|place| place.favourite);
            return Json::of(&Stored { record, favourite, offline });
        }
        let mut place = found?;
        if place.offline {
            // It was true when the device saw it; by now it may be wrong.
            place.record = without_opening(&place.record).map_err(unreadable_record)?;
        }
        Json::of(&place)
    }
}

impl<H: Host> Handle<SearchRecipes> for Core<H> {
    async fn handle(&self, call: SearchRecipes) -> Result<Json<RecipeResults>, Problem> {
        call.query.validate()?;
        let request = request("/recipes", &call.query)?;
        match self.ask(&request).await {
            // The whole catalogue's earlier answer to the same question comes first.
            Err(problem) if problem.is_unavailable() => {
                Json::of(&self.search_known_recipes(&call.query)?.ok_or(problem)?)
            }
            answered => answered,
        }
    }
}

impl<H: Host> Handle<GetRecipe> for Core<H> {
    async fn handle(&self, call: GetRecipe) -> Result<Json<Stored<Recipe>>, Problem> {
        if let Some(own) = self.own_as_recipe(call.id)? {
            return Json::of(&own);
        }
        Json::of(&self.record(Kind::Recipe, call.id).await?)
    }
}

impl<H: Host> Handle<SearchFoods> for Core<H> {
    async fn handle(&self, call: SearchFoods) -> Result<Json<Page<FoodCard>>, Problem> {
        call.query.validate()?;
        self.ask(&request("/foods", &call.query)?).await
    }
}

impl<H: Host> Handle<GetFood> for Core<H> {
    async fn handle(&self, call: GetFood) -> Result<Json<Stored<Food>>, Problem> {
        Json::of(&self.record(Kind::Food, call.id).await?)
    }
}

impl<H: Host> Handle<SuggestPlaces> for Core<H> {
    async fn handle(&self, call: SuggestPlaces) -> Result<Json<Vec<PlaceSuggestion>>, Problem> {
        let (_, center) = call.query.checked()?;
        // Where exactly somebody types is nobody's affair.
        let center = center.map(LatLon::coarse);
        let query = SuggestionQuery { lat: center.map(|c| c.lat), lon: center.map(|c| c.lon), q: call.query.q };
        // Not kept: half a word is no question that anybody asks again offline.
        let answer = self.fetch(&request("/restaurants/suggestions", &query)?).await?;
        Ok(Json::written(Box::<str>::from(answer).into_string()))
    }
}

impl<H: Host> Handle<FindAreas> for Core<H> {
    async fn handle(&self, call: FindAreas) -> Result<Json<Vec<Area>>, Problem> {
        self.ask(&request("/areas", &call)?).await
    }
}

impl<H: Host> Handle<GetCatalogue> for Core<H> {
    async fn handle(&self, _call: GetCatalogue) -> Result<Json<CatalogueInfo>, Problem> {
        self.ask("/catalogue").await
    }
}

impl<H: Host> Handle<GetContributions> for Core<H> {
    async fn handle(&self, call: GetContributions) -> Result<Json<Contributions>, Problem> {
        self.ask(&format!("/restaurants/{}/contributions", call.place)).await
    }
}
