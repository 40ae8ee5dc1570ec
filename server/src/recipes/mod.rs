//! Recipes: search with facets, one recipe.

use axum::response::Response;
use hnh_domain::problem::{FieldError, ProblemCode};
use hnh_domain::recipes::{Recipe, RecipeQuery, RecipeResults};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;
use crate::catalogue::{AtVersion, Cache, json, written};
use crate::http::problem::Refusal;
use crate::http::query::{FromParameters, Parameters, ValidQuery};
use crate::http::record_id::RecordId;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(search)).routes(routes!(get_one))
}

/// Recipes that match
#[utoipa::path(get, path = "/api/v1/recipes", operation_id = "search_recipes", tag = "recipes", params(RecipeQuery),
    responses((status = 200, body = RecipeResults)))]
async fn search(at: AtVersion, ValidQuery(query): ValidQuery<RecipeQuery>) -> Result<Response, Refusal> {
    at.fixed(Cache::Public, move |version| written(|out| version.recipes.search_json(&query, out))).await
}

/// One recipe
#[utoipa::path(get, path = "/api/v1/recipes/{id}", operation_id = "get_recipe", tag = "recipes", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Recipe)))]
async fn get_one(at: AtVersion, RecordId(id): RecordId) -> Result<Response, Refusal> {
    at.fixed(Cache::Public, move |version| json(&version.recipes.get(id).ok_or(ProblemCode::NotFound)?)).await
}

impl FromParameters for RecipeQuery {
    /// Read here; the index checks it.
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError> {
        parameters.read()
    }
}
