//! A server for a test: what it answers, without a socket.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use clap::Parser;
use hnh_server::app::{App, AppState};
use hnh_server::app_files::AppFiles;
use hnh_server::catalogue::Catalogue;
use hnh_server::config::Config;
use hnh_server::http;
use http_body_util::BodyExt;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::tiny;

/// Friday, 9 October 2026, 19:30 in Berlin.
pub(crate) const NOW_MS: i64 = 1_791_567_000_000;

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    config: Config,
}

/// A server with a folder of its own.
pub(crate) struct TestApp {
    pub(crate) state: AppState,
    pub(crate) router: Router,
    pub(crate) folder: TempDir,
}

impl TestApp {
    /// Serves the tiny catalogue.
    pub(crate) fn start() -> Self {
        Self::with_flags(&[])
    }

    /// The same with flags.
    pub(crate) fn with_flags(flags: &[&str]) -> Self {
        let server = Self::without_catalogue(flags);
        tiny::build(&server.folder.path().join("catalog"), "v1");
        assert!(server.state.catalogue.refresh().unwrap(), "the first version is new");
        server
    }

    /// A server that has nothing to search yet. Its app folder is `app`.
    pub(crate) fn without_catalogue(flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Flags::try_parse_from([&["hnh-server"], flags].concat()).unwrap().config;
        let files = AppFiles::new(&folder.path().join("app"));
        let catalogue = Catalogue::new(folder.path().join("catalog"));
        let state = App::new(catalogue, Some(files), config.tiles(), || NOW_MS);
        Self { router: http::router(state.clone(), &config), state, folder }
    }

    /// GET.
    pub(crate) async fn get(&self, address: &str) -> Reply {
        self.send(Request::get(address)).await
    }

    /// Any request without a body.
    pub(crate) async fn send(&self, request: axum::http::request::Builder) -> Reply {
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }
}

/// A whole reply.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// A header's text, empty when it is absent.
    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.text()))
    }
}
