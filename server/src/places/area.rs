//! Areas for devices to keep.

use axum::extract::State;
use axum::response::Response;
use hnh_domain::places::{AreaPage, AreaQuery, AreaSize};
use hnh_domain::problem::FieldError;

use crate::app::AppState;
use crate::catalogue::{AtVersion, Cache, json};
use crate::http::problem::Refusal;
use crate::http::query::{FromParameters, Parameters, ValidQuery};

/// Bytes of a place on the way, compressed: 114 for the 1,015 places within 15 km of Seoul's middle, 154 for Berlin's 2,029.
const BYTES_A_PLACE: u64 = 150;

/// Places of a circle, whole, with their hours of the coming weeks
///
/// For a device that keeps them for when it has no network.
#[utoipa::path(get, path = "/api/v1/restaurants/area", operation_id = "get_area", tag = "restaurants", params(AreaQuery),
    responses((status = 200, body = AreaPage)))]
pub(super) async fn page(
    at: AtVersion,
    State(app): State<AppState>,
    ValidQuery(query): ValidQuery<AreaQuery>,
) -> Result<Response, Refusal> {
    at.changing(Cache::Private, move |version| {
        let (places, next) = version.places.area(&query, app.now_ms())?;
        json(&AreaPage { version: version.name().to_owned(), places, next })
    })
    .await
}

/// How much such an area would take
#[utoipa::path(get, path = "/api/v1/restaurants/area/size", operation_id = "get_area_size", tag = "restaurants", params(AreaQuery),
    responses((status = 200, body = AreaSize)))]
pub(super) async fn size(
    at: AtVersion,
    State(app): State<AppState>,
    ValidQuery(query): ValidQuery<AreaQuery>,
) -> Result<Response, Refusal> {
    at.changing(Cache::Private, move |version| {
        let places = version.places.area_len(&query, app.now_ms())?;
        json(&AreaSize { places, bytes: places * BYTES_A_PLACE })
    })
    .await
}

impl FromParameters for AreaQuery {
    /// Read here; the index checks it.
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError> {
        parameters.read()
    }
}
