//! Foods: search, one food with its nutrients.

use axum::response::Response;
use hnh_domain::foods::{Food, FoodCard, FoodQuery};
use hnh_domain::page::Page;
use hnh_domain::problem::{FieldError, ProblemCode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;
use crate::catalogue::{AtVersion, Cache, json};
use crate::http::problem::Refusal;
use crate::http::query::{FromParameters, Parameters, ValidQuery};
use crate::http::record_id::RecordId;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(search)).routes(routes!(get_one))
}

/// Foods that match
#[utoipa::path(get, path = "/api/v1/foods", operation_id = "search_foods", tag = "foods", params(FoodQuery),
    responses((status = 200, body = Page<FoodCard>)))]
async fn search(at: AtVersion, ValidQuery(query): ValidQuery<FoodQuery>) -> Result<Response, Refusal> {
    at.fixed(Cache::Public, move |version| json(&version.foods.search(&query)?)).await
}

/// One food
#[utoipa::path(get, path = "/api/v1/foods/{id}", operation_id = "get_food", tag = "foods", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Food)))]
async fn get_one(at: AtVersion, RecordId(id): RecordId) -> Result<Response, Refusal> {
    at.fixed(Cache::Public, move |version| json(&version.foods.get(id).ok_or(ProblemCode::NotFound)?)).await
}

impl FromParameters for FoodQuery {
    /// Read here; the index checks it.
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError> {
        parameters.read()
    }
}
