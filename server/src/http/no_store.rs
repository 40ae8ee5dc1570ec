//! Replies that are one person's: no cache on the way keeps them.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// The reply with `Cache-Control: no-store`.
pub(crate) struct NoStore<T>(pub(crate) T);

impl<T: IntoResponse> IntoResponse for NoStore<T> {
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}
