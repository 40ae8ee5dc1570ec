//! The built app: files by name, compressed beforehand.
//!
//! Everything below `/assets/` is named by its content and never changes. Whatever else there is keeps
//! its name, so clients ask each time and are told when it is still the same. Addresses without an
//! extension belong to the app's own pages and get `index.html`.

use std::path::Path;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Method, Request, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use hnh_domain::problem::{Problem, ProblemCode};
use http_body_util::BodyExt;
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::app::AppState;
use crate::http::etag::{Tag, not_modified};
use crate::http::problem::{Refusal, internal};

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// A folder with the built app.
pub struct AppFiles {
    folder: ServeDir,
}

impl AppFiles {
    /// The app in this folder; files may be replaced while serving.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        let folder =
            ServeDir::new(folder).append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
        Self { folder }
    }

    async fn file(&self, request: Request<Body>) -> Result<Response, Refusal> {
        match self.folder.clone().oneshot(request).await {
            Ok(response) => Ok(response.map(Body::new)),
            Err(never) => match never {},
        }
    }
}

/// Answers every address that no route has.
pub(crate) async fn serve(State(app): State<AppState>, mut request: Request<Body>) -> Result<Response, Refusal> {
    let path = request.uri().path();
    let Some(files) = app.files.as_ref().filter(|_| !is_api(path)) else {
        return Err(ProblemCode::NotFound.into());
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(ProblemCode::MethodNotAllowed.into());
    }
    if path.starts_with("/assets/") {
        let mut response = files.file(request).await?;
        return match response.status() {
            StatusCode::NOT_FOUND => Err(ProblemCode::NotFound.into()),
            status => {
                if status.is_success() || status == StatusCode::NOT_MODIFIED {
                    response.headers_mut().insert(header::CACHE_CONTROL, FOR_EVER);
                }
                Ok(response)
            }
        };
    }
    if is_page(path) {
        *request.uri_mut() = Uri::from_static("/index.html");
    }
    named(files, request).await
}

/// A file that keeps its name, with a tag of its bytes. These files are few and small.
async fn named(files: &AppFiles, mut request: Request<Body>) -> Result<Response, Refusal> {
    // The tag says more than a time to the second, and a part of a file has no tag.
    for condition in [header::IF_MODIFIED_SINCE, header::IF_UNMODIFIED_SINCE, header::RANGE] {
        request.headers_mut().remove(condition);
    }
    // Hyper leaves the body away for HEAD; the tag needs it.
    *request.method_mut() = Method::GET;
    let asked = request.headers().clone();
    let (mut parts, body) = files.file(request).await?.into_parts();
    if parts.status == StatusCode::NOT_FOUND {
        return Err(Problem::new(ProblemCode::NotFound).into());
    }
    let bytes = body.collect().await.map_err(|error| internal(&error))?.to_bytes();
    let tag = Tag::of_bytes(&bytes);
    if tag.is_known(&asked) {
        return Ok(not_modified(&tag, ASK_AGAIN));
    }
    parts.headers.remove(header::ACCEPT_RANGES);
    parts.headers.insert(header::CACHE_CONTROL, ASK_AGAIN);
    parts.headers.insert(header::ETAG, tag.header());
    Ok((parts, bytes).into_response())
}

/// Whether an address is the API's or the operator's, never the app's.
pub(crate) fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/") || matches!(path, "/healthz" | "/readyz" | "/metrics")
}

/// Whether an address is one of the app's own pages.
fn is_page(path: &str) -> bool {
    !path.rsplit('/').next().is_some_and(|last| last.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_no_extension() {
        for page in ["/", "/recipes", "/recipes/0c3f", "/v1.2/about"] {
            assert!(is_page(page), "{page}");
        }
        for file in ["/sw.js", "/old/app.css", "/.env"] {
            assert!(!is_page(file), "{file}");
        }
    }
}
