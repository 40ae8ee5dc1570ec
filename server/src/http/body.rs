//! A request's body as a value; every refusal names its field.

use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use hnh_domain::problem::{FieldError, Problem, ProblemCode};
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use crate::http::MAX_BODY;
use crate::http::problem::Refusal;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// A JSON body.
#[derive(Debug)]
pub(crate) struct Json<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Refusal> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        // A form of another site cannot send this type without asking first.
        if kind.split(';').next().map(str::trim) != Some("application/json") {
            let detail = "send JSON with Content-Type: application/json";
            return Err(Problem::new(ProblemCode::UnsupportedMedia).with_detail(detail).into());
        }
        // A body without a length has the same limit as one that tells it.
        let received = timeout(PATIENCE, to_bytes(request.into_body(), MAX_BODY as usize)).await;
        let received = received.map_err(|_| {
            let detail = format!("A request's body must arrive within {} seconds", PATIENCE.as_secs());
            Refusal::from(Problem::new(ProblemCode::TooSlow).with_detail(detail))
        })?;
        let bytes = received.map_err(|_| Refusal::from(ProblemCode::TooLarge))?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let path = error.path().to_string();
            let field = if path == "." { "body".to_owned() } else { path };
            FieldError::new(field, error.into_inner().to_string())
        })?;
        Ok(Self(value))
    }
}
