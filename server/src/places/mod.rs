//! Places: search, counts for the map, one place, areas for devices.

mod area;
mod suggestions;

use axum::extract::State;
use axum::response::Response;
use hnh_domain::page::Page;
use hnh_domain::places::{CellQuery, Cells, PlaceDetails, PlaceHit, PlaceQuery};
use hnh_domain::problem::{FieldError, ProblemCode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;
use crate::catalogue::{AtVersion, Cache, json, written};
use crate::http::problem::Refusal;
use crate::http::query::{FromParameters, Parameters, ValidQuery};
use crate::http::record_id::RecordId;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(search))
        .routes(routes!(cells))
        .routes(routes!(suggestions::suggest))
        .routes(routes!(area::page))
        .routes(routes!(area::size))
        .routes(routes!(get_one))
}

/// Places that match
#[utoipa::path(get, path = "/api/v1/restaurants", operation_id = "search_restaurants", tag = "restaurants", params(PlaceQuery),
    responses((status = 200, body = Page<PlaceHit>)))]
async fn search(
    at: AtVersion,
    State(app): State<AppState>,
    ValidQuery(query): ValidQuery<PlaceQuery>,
) -> Result<Response, Refusal> {
    // Each hit says whether it is open now: the reply changes with time.
    at.changing(Cache::Private, move |version| written(|out| version.places.search_json(&query, app.now_ms(), out)))
        .await
}

/// Places counted by map cell
#[utoipa::path(get, path = "/api/v1/restaurants/cells", operation_id = "count_restaurants", tag = "restaurants",
    params(PlaceQuery, ("zoom" = u8, Query, description = "The map's zoom, 0 to 22")),
    responses((status = 200, body = Cells)))]
async fn cells(
    at: AtVersion,
    State(app): State<AppState>,
    ValidQuery(query): ValidQuery<CellQuery>,
) -> Result<Response, Refusal> {
    at.changing(Cache::Private, move |version| json(&version.places.count(&query, app.now_ms())?)).await
}

/// One place, and whether it is open
#[utoipa::path(get, path = "/api/v1/restaurants/{id}", operation_id = "get_restaurant", tag = "restaurants", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = PlaceDetails)))]
async fn get_one(at: AtVersion, State(app): State<AppState>, RecordId(id): RecordId) -> Result<Response, Refusal> {
    at.changing(Cache::Public, move |version| json(&version.places.get(id, app.now_ms()).ok_or(ProblemCode::NotFound)?))
        .await
}

impl FromParameters for PlaceQuery {
    /// Read here; the index checks it.
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError> {
        parameters.read()
    }
}

impl FromParameters for CellQuery {
    fn from_parameters(mut parameters: Parameters<'_>) -> Result<Self, FieldError> {
        let zoom = parameters.take("zoom")?.ok_or_else(|| FieldError::new("zoom", "is missing"))?;
        let zoom = zoom.parse().ok().filter(|zoom| *zoom <= MAX_ZOOM);
        let zoom =
            zoom.ok_or_else(|| FieldError::new("zoom", format!("must be a whole number from 0 to {MAX_ZOOM}")))?;
        let places = PlaceQuery::from_parameters(parameters)?;
        if places.bbox.is_none() {
            return Err(FieldError::new("bbox", "is missing: cells are counted in a box"));
        }
        Ok(Self { places, zoom })
    }
}

const MAX_ZOOM: u8 = 22;
