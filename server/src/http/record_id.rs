//! A record's id in an address.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use hnh_domain::problem::FieldError;
use uuid::Uuid;

use crate::http::problem::Refusal;

/// The `{id}` of the route.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordId(pub(crate) Uuid);

impl<S: Send + Sync> FromRequestParts<S> for RecordId {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match Path::<Uuid>::from_request_parts(parts, state).await {
            Ok(Path(id)) => Ok(Self(id)),
            Err(_) => Err(FieldError::new("id", "must be a UUID as replies have it").into()),
        }
    }
}
