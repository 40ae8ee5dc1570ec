//! What operators and orchestrators ask: alive, ready, measured.

pub mod logs;
pub mod metrics;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use hnh_domain::problem::{Problem, ProblemCode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;
use crate::http::problem::{Refusal, internal};

/// How long the database has to answer.
const DATABASE_PATIENCE: std::time::Duration = std::time::Duration::from_millis(1_500);

/// `/healthz`, `/readyz`, `/metrics`.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(healthz)).routes(routes!(readyz)).routes(routes!(scrape))
}

/// The process lives
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, body = String)))]
async fn healthz() -> &'static str {
    "ok"
}

/// The server can answer: the catalogue is loaded, the database answers, and it is not stopping
#[utoipa::path(get, path = "/readyz", tag = "operation",
    responses((status = 200, body = String), (status = 503, body = Problem, content_type = "application/problem+json")))]
async fn readyz(State(app): State<AppState>) -> Result<&'static str, Refusal> {
    if app.draining() {
        return Err(Problem::new(ProblemCode::NotReady).with_detail("the server is stopping").into());
    }
    if app.catalogue.current().is_none() {
        return Err(Problem::new(ProblemCode::NotReady).with_detail("no catalogue is loaded yet").into());
    }
    match tokio::time::timeout(DATABASE_PATIENCE, app.db.answers()).await {
        Ok(Ok(())) => Ok("ready"),
        _ => Err(Problem::new(ProblemCode::NotReady).with_detail("the database does not answer").into()),
    }
}

/// Counters and durations for Prometheus
#[utoipa::path(get, path = "/metrics", tag = "operation",
    responses((status = 200, body = String, content_type = "application/openmetrics-text")))]
async fn scrape(State(app): State<AppState>) -> Result<impl IntoResponse, Refusal> {
    let version = app.catalogue.current();
    let text = app.metrics.encode(version.as_ref().map(|v| v.name())).map_err(|error| internal(&error))?;
    Ok(([(header::CONTENT_TYPE, metrics::OPEN_METRICS)], text))
}
