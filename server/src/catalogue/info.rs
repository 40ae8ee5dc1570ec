//! What the catalogue holds.

use axum::extract::State;
use axum::response::Response;
use hnh_domain::calls::CatalogueInfo;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;
use crate::catalogue::{AtVersion, Cache, json};
use crate::http::problem::Refusal;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(describe))
}

/// The version being served, its size, its sources with their credit lines, and the map's tiles
#[utoipa::path(get, path = "/api/v1/catalogue", operation_id = "describe_catalogue", tag = "catalogue", responses((status = 200, body = CatalogueInfo)))]
async fn describe(at: AtVersion, State(app): State<AppState>) -> Result<Response, Refusal> {
    at.changing(Cache::Public, move |version| {
        json(&CatalogueInfo { version: version.name().to_owned(), tiles: app.tiles.clone(), ..version.info.clone() })
    })
    .await
}
