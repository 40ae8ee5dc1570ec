//! A server for a test: what it answers, without a socket.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use clap::Parser;
use hnh_domain::account::Handle;
use hnh_domain::feeds::Change;
use hnh_server::app::{App, AppState};
use hnh_server::config::Config;
use hnh_server::http;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;

use crate::test_db::{self, TestDb};
use crate::tiny;

/// Friday, 9 October 2026, 19:30 in Berlin.
pub(crate) const NOW_MS: i64 = 1_791_567_000_000;

/// What people of tests choose.
pub(crate) const PASSWORD: &str = "otter-eats-13-barley";

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
    /// The server's time, ms UTC.
    pub(crate) clock: Arc<AtomicI64>,
    _database: Option<TestDb>,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Someone {
    pub(crate) id: Uuid,
    pub(crate) handle: String,
    pub(crate) token: String,
}

impl TestApp {
    /// Serves the tiny catalogue.
    pub(crate) async fn start() -> Self {
        Self::with_flags(&[]).await
    }

    /// The same with flags.
    pub(crate) async fn with_flags(flags: &[&str]) -> Self {
        Self::without_catalogue(flags).await.with_tiny()
    }

    /// One on each database, for what people write.
    pub(crate) async fn on_each() -> Vec<Self> {
        let mut servers = vec![Self::with_flags(&[]).await];
        if let Some(database) = test_db::postgres().await {
            let mut server = Self::without_catalogue(&["--database-url", &database.url]).await.with_tiny();
            server._database = Some(database);
            servers.push(server);
        }
        servers
    }

    fn with_tiny(self) -> Self {
        tiny::build(&self.folder.path().join("catalog"), "v1");
        assert!(self.state.catalogue.refresh().unwrap(), "the first version is new");
        self
    }

    /// A server that has nothing to search yet. Its app folder is `app`.
    pub(crate) async fn without_catalogue(flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (data, app) = (folder.path().to_owned(), folder.path().join("app"));
        let paths = ["hnh-server", "--data", data.to_str().unwrap(), "--app", app.to_str().unwrap()];
        let config = Flags::try_parse_from([&paths, flags].concat()).unwrap().config;
        let clock = Arc::new(AtomicI64::new(NOW_MS));
        let time = Arc::clone(&clock);
        let state = App::open(&config, move || time.load(Ordering::SeqCst)).await.unwrap();
        Self { router: http::router(state.clone(), &config), state, folder, clock, _database: None }
    }

    /// Lets time go on.
    pub(crate) fn wait(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::SeqCst);
    }

    /// GET.
    pub(crate) async fn get(&self, address: &str) -> Reply {
        self.send(Request::get(address)).await
    }

    /// GET as somebody.
    pub(crate) async fn get_as(&self, who: &Someone, address: &str) -> Reply {
        self.send(Request::get(address).header(header::AUTHORIZATION, format!("Bearer {}", who.token))).await
    }

    /// Any request without a body.
    pub(crate) async fn send(&self, request: axum::http::request::Builder) -> Reply {
        self.answer(request.body(Body::empty()).unwrap()).await
    }

    /// Any request.
    pub(crate) async fn answer(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// A JSON request, as somebody or nobody.
    pub(crate) async fn json(&self, who: Option<&Someone>, method: Method, address: &str, body: Value) -> Reply {
        let mut request =
            Request::builder().method(method).uri(address).header(header::CONTENT_TYPE, "application/json");
        if let Some(who) = who {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", who.token));
        }
        self.answer(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// A new account, signed in.
    pub(crate) async fn person(&self, handle: &str) -> Someone {
        let handle: Handle = handle.parse().unwrap();
        let form =
            json!({"handle": handle, "email": format!("{handle}@example.com"), "password": PASSWORD, "token": true});
        let reply = self.json(None, Method::POST, "/api/v1/accounts", form).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        let told = reply.json();
        let id = told["account"]["id"].as_str().unwrap().parse().unwrap();
        Someone { id, handle: handle.to_string(), token: told["token"].as_str().unwrap().to_owned() }
    }

    /// Makes a change and says what it was refused with: a code, or nothing.
    pub(crate) async fn change(&self, who: &Someone, change: impl Into<Change>) -> Result<(), Value> {
        // A client of its own for each change: what numbers do is tested elsewhere.
        let body = json!({"client": Uuid::now_v7(), "mutations": [{"number": 1, "change": change.into()}]});
        let reply = self.json(Some(who), Method::POST, "/api/v1/mutations", body).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        match reply.json()["results"][0]["refused"].take() {
            Value::Null => Ok(()),
            refused => Err(refused),
        }
    }

    /// The items of a feed from its beginning, in their order, as somebody.
    pub(crate) async fn feed(&self, who: &Someone, feed: &str) -> Vec<Value> {
        let reply = self.get_as(who, &format!("/api/v1/feeds/{feed}?after=0&limit=500")).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        reply.json()["entries"].as_array().unwrap().clone()
    }

    /// The notices of a person, the oldest first, as what they tell.
    pub(crate) async fn notices(&self, who: &Someone) -> Vec<String> {
        let entries = self.feed(who, &format!("person:{}", who.id)).await;
        let told = entries.iter().filter(|entry| entry["item"]["kind"] == "notice");
        told.map(|entry| entry["item"]["what"].as_str().unwrap().to_owned()).collect()
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
