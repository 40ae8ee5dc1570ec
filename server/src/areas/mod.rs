//! Named areas, to stand in for a position that the person keeps to themselves.

use axum::response::Response;
use hnh_domain::calls::Area;
use hnh_domain::problem::FieldError;
use hnh_domain::written;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;
use crate::catalogue::{AtVersion, Cache, json};
use crate::http::problem::Refusal;
use crate::http::query::{FromParameters, Parameters, ValidQuery};

/// The longest name that is looked for, in characters.
const MAX_NAME: usize = 200;
/// The areas in a reply: a list to pick from.
const MAX_AREAS: usize = 20;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(search))
}

/// A search for areas.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AreaQuery {
    /// A part of the area's name; Korean also by initial consonants. Without one, the popular areas.
    #[param(
        max_length = 200,
        pattern = "^[^\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"
    )]
    q: String,
}

/// Districts and neighbourhoods by name, best match first
#[utoipa::path(get, path = "/api/v1/areas", operation_id = "search_areas", tag = "areas", params(AreaQuery),
    responses((status = 200, body = Vec<Area>)))]
async fn search(at: AtVersion, ValidQuery(query): ValidQuery<AreaQuery>) -> Result<Response, Refusal> {
    at.fixed(Cache::Public, move |version| {
        let areas = &version.areas;
        json(&if query.q.trim().is_empty() { areas.popular() } else { areas.search(&query.q, MAX_AREAS) })
    })
    .await
}

impl FromParameters for AreaQuery {
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError> {
        let query: Self = parameters.read()?;
        Ok(Self { q: written::line("q", &query.q, 0, MAX_NAME)? })
    }
}
