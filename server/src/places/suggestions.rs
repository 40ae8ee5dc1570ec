//! What one may mean while typing.

use axum::extract::State;
use axum::response::Response;
use hnh_catalog::places::words_beginning;
use hnh_domain::places::{PlaceCard, PlaceQuery, PlaceSort, PlaceSuggestion, SuggestionQuery};
use hnh_domain::problem::{FieldError, Problem};

use crate::app::AppState;
use crate::catalogue::{AtVersion, Cache, Version, json};
use crate::http::problem::Refusal;
use crate::http::query::{FromParameters, Parameters, ValidQuery};

/// How many of each kind: all fit above a phone's keyboard.
const AREAS: usize = 3;
const WORDS: usize = 2;
const PLACES: u32 = 4;

/// What a search for places may mean while it is typed
///
/// Areas and stations, dishes and cuisines, and places by name, the nearest first.
#[utoipa::path(get, path = "/api/v1/restaurants/suggestions", operation_id = "suggest_restaurants", tag = "restaurants",
    params(SuggestionQuery), responses((status = 200, body = Vec<PlaceSuggestion>)))]
pub(super) async fn suggest(
    at: AtVersion,
    State(app): State<AppState>,
    ValidQuery(query): ValidQuery<SuggestionQuery>,
) -> Result<Response, Refusal> {
    at.changing(Cache::Private, move |version| json(&suggestions(version, &query, app.now_ms())?)).await
}

fn suggestions(version: &Version, query: &SuggestionQuery, now_ms: i64) -> Result<Vec<PlaceSuggestion>, Problem> {
    let (q, center) = query.checked()?;
    if q.trim().is_empty() {
        return Ok(Vec::new());
    }
    let areas = version.areas.search(&q, AREAS).into_iter().map(|area| {
        let exact = version.areas.is_called(&area, &q);
        PlaceSuggestion::Area { area, exact }
    });
    let words = words_beginning(&q, WORDS).into_iter().map(PlaceSuggestion::Word);
    let by_name = PlaceQuery {
        q: Some(q.clone()),
        lat: center.map(|center| center.lat),
        lon: center.map(|center| center.lon),
        sort: Some(PlaceSort::Relevance),
        limit: Some(PLACES),
        ..PlaceQuery::default()
    };
    let found = version.places.search(&by_name, now_ms)?;
    // One that has the words elsewhere is what the search itself brings.
    let named = found.items.iter().filter(|hit| hit.found_in.is_none());
    let places = named.filter_map(|hit| {
        let card: PlaceCard = serde_json::from_str(hit.place.get()).ok()?;
        Some(PlaceSuggestion::Place { id: card.id, name: card.name, district: card.district })
    });
    Ok(areas.chain(words).chain(places).collect())
}

impl FromParameters for SuggestionQuery {
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError> {
        parameters.read()
    }
}
