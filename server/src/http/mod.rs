//! HTTP plumbing: the router and what every reply has in common; reading requests (`query`, `body`, `record_id`), refusing them
//! (`problem`, `limits`), replying again (`etag`) or privately (`no_store`), the built app (`app_files`), the socket (`listen`, `tls`), the document (`openapi`).

pub mod app_files;
pub(crate) mod body;
pub(crate) mod etag;
pub mod limits;
pub mod listen;
pub(crate) mod no_store;
pub mod openapi;
pub mod problem;
pub mod query;
pub(crate) mod record_id;
pub mod tls;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, MatchedPath, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use hnh_domain::problem::{Problem, ProblemCode};
use tower::util::option_layer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::cors::CorsLayer;
use tracing::Instrument;

use crate::app::AppState;
use crate::catalogue::VERSION_HEADER;
use crate::config::{Config, origin_of};
use crate::cookbook::FILES;
use crate::http::problem::Refusal;
use crate::photos::MAX_PHOTO;
use app_files::is_api;

/// The longest address that is looked at, in bytes; the longest honest query has some hundreds.
const MAX_URI: usize = 8 * 1024;
/// The largest body that is looked at, in bytes; a photo's may be larger.
pub(crate) const MAX_BODY: u64 = 1024 * 1024;
/// The header that names a request, as the log does.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Where photos are uploaded.
const PHOTOS: &str = "/api/v1/photos/";
/// Replies smaller than this stay as they are: they fit a packet anyway.
const COMPRESS_ABOVE: u16 = 860;

/// Everything the server answers.
pub fn router(app: AppState, config: &Config) -> Router {
    let (routes, document) = openapi::routes_and_document();
    let router = routes
        .merge(openapi::pages(document))
        .fallback(app_files::serve)
        .method_not_allowed_fallback(async || Refusal::from(ProblemCode::MethodNotAllowed));
    let compressed = SizeAbove::new(COMPRESS_ABOVE)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("font/"))
        // Such as the map's tiles, which are packed already.
        .and(NotForContentType::const_new("application/octet-stream"));
    let cors = (!config.allowed_origins.is_empty()).then(|| {
        CorsLayer::new()
            .allow_origin(config.allowed_origins.clone())
            .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
            .allow_headers([header::IF_NONE_MATCH, header::AUTHORIZATION, header::CONTENT_TYPE])
            .expose_headers([header::ETAG, VERSION_HEADER])
    });
    let frame = Arc::new(Frame {
        requests: AtomicU64::new(app.now_ms().unsigned_abs() << 12),
        app: app.clone(),
        policies: Policies::new(config),
    });
    // As one layer: each of its own would be a box more to make for every request.
    let layers = (
        middleware::from_fn_with_state(frame, every_request),
        option_layer(cors),
        CompressionLayer::new().compress_when(compressed),
    );
    router.layer(layers).layer(DefaultBodyLimit::max(MAX_PHOTO as usize)).with_state(app)
}

struct Frame {
    app: AppState,
    /// Numbers of requests, from a start that differs from process to process.
    requests: AtomicU64,
    policies: Policies,
}

/// One layer around everything: refuses what is too large, counts, and secures the reply.
#[expect(clippy::disallowed_methods, reason = "how long a reply took is measured")]
async fn every_request(State(frame): State<Arc<Frame>>, request: Request<Body>, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let policy = frame.policies.of(request.uri().path());
    let route = route.as_ref().map_or("app", MatchedPath::as_str);
    // What a handler logs names the request; the reply names it too, for who asks about it.
    let id = frame.requests.fetch_add(1, Ordering::Relaxed);
    let span = tracing::info_span!("request", %method, route, id);
    let mut response = match refuse_size(&request) {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).instrument(span).await,
    };
    secure(response.headers_mut(), policy);
    response.headers_mut().insert(REQUEST_ID, HeaderValue::from(id));
    let took = began.elapsed();
    frame.app.metrics.request(&method, route, response.status(), took);
    tracing::debug!(%method, route, id, status = response.status().as_u16(), took_us = took.as_micros(), "answered");
    response
}

fn refuse_size(request: &Request<Body>) -> Option<Refusal> {
    let uri = request.uri();
    if uri.path().len() + uri.query().map_or(0, str::len) > MAX_URI {
        let detail = format!("an address has at most {MAX_URI} bytes");
        return Some(Problem::new(ProblemCode::UriTooLong).with_detail(detail).into());
    }
    let length = request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse::<u64>().ok()?;
    let is_file = uri.path().starts_with(PHOTOS) || uri.path() == FILES;
    let most = if is_file { MAX_PHOTO } else { MAX_BODY };
    (length > most).then(|| {
        let detail = format!("a request's body has at most {most} bytes");
        Problem::new(ProblemCode::TooLarge).with_detail(detail).into()
    })
}

/// The content security policies: one for pages of the app, one for data, one for the API's own page.
struct Policies {
    app: HeaderValue,
    data: HeaderValue,
    docs: HeaderValue,
}

impl Policies {
    fn new(config: &Config) -> Self {
        let tiles = config.tiles().ok().flatten();
        let tiles = tiles.as_ref().and_then(|tiles| origin_of(&tiles.url)).unwrap_or_default();
        let app = format!(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
             img-src 'self' data: blob:; connect-src 'self' {tiles}; worker-src 'self' blob:; object-src 'none'; \
             frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
        );
        let data = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
        Self {
            // The configuration admits only plain characters; should that ever fail, nothing is allowed.
            app: HeaderValue::try_from(app.replace(" ;", ";")).unwrap_or_else(|_| data.clone()),
            data,
            docs: HeaderValue::from_static(
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                 connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
            ),
        }
    }

    fn of(&self, path: &str) -> HeaderValue {
        let policy = if path.starts_with(openapi::DOCS) {
            &self.docs
        } else if is_api(path) {
            &self.data
        } else {
            &self.app
        };
        policy.clone()
    }
}

const SECURITY: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // An address of ours may hold a position: other sites learn the origin alone, which tile servers ask for.
    (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("geolocation=(self), camera=(), microphone=(), payment=(), usb=()"),
    ),
];

fn secure(headers: &mut HeaderMap, policy: HeaderValue) {
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in SECURITY {
        headers.insert(name, value);
    }
}
