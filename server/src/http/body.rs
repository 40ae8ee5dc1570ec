//! A request's body as a value; every refusal names its field.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use hnh_domain::problem::{FieldError, Problem, ProblemCode};
use serde::de::DeserializeOwned;

use crate::http::problem::Refusal;

/// A JSON body.
#[derive(Debug)]
pub(crate) struct Json<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        // A form of another site cannot send this type without asking first.
        if kind.split(';').next().map(str::trim) != Some("application/json") {
            let detail = "send JSON with Content-Type: application/json";
            return Err(Problem::new(ProblemCode::UnsupportedMedia).with_detail(detail).into());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|_| Refusal::from(ProblemCode::TooLarge))?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let path = error.path().to_string();
            let field = if path == "." { "body".to_owned() } else { path };
            FieldError::new(field, error.into_inner().to_string())
        })?;
        Ok(Self(value))
    }
}
