//! HnH's offline-first core: the local database and the calls of the port.
//!
//! A [`Host`] (a browser's worker, a thread of a native program, a test) opens the database, gives the core clock,
//! chance, sleep and the ways to the server, passes commands to [`dispatch`] and lets [`Core::run`] go on beside them.
//! The rules are the same everywhere: ask the server first; what it answers is stored; without it the device
//! answers with what it has and says so.
//!
//! To add a call: a line in the domain's `calls.rs`, a [`hnh_domain::port::Handle`] for it here.

mod account;
mod area_search;
mod areas;
mod board;
mod catalogue;
mod credentials;
mod favourites;
mod host;
mod kitchen;
mod live;
#[cfg(all(feature = "native", not(target_family = "wasm")))]
pub mod native;
mod notifications;
mod outbox;
mod photos;
mod recipe_search;
mod rooms;
mod run;
mod settings;
mod store;
mod sync;
mod words;

pub use hnh_domain::calls::dispatch;
pub use host::{Body, Host, HostEvent, Method, Request, Socket, TIME_LIMIT, interpret};

use std::cell::{Cell, RefCell, RefMut};

use hnh_domain::port::Json;
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;
use rusqlite::Connection;
use serde::Serialize;
use serde_json::value::RawValue;
use store::Store;
use tokio::sync::Notify;
use uuid::Uuid;

/// The core: answers every command of the port.
pub struct Core<H> {
    store: RefCell<Store>,
    host: H,
    online: Cell<Option<bool>>,
    /// The server said that the session ended; all stays on the device until the person signs in again.
    session_over: Cell<bool>,
    /// A change's number, and how often the server broke over it.
    broke_over: Cell<Option<(i64, u8)>>,
    /// Syncs once more, now.
    wake: Notify,
    /// Looks again at what is to be said over the socket, or whether to open one.
    attend: Notify,
    /// The socket belongs to somebody else now.
    hang_up: Cell<bool>,
    /// What is to be said over the socket, beside the feeds to follow.
    outgoing: RefCell<Vec<String>>,
    live: RefCell<live::LiveState>,
    /// An area is to be fetched.
    areas_wanted: Notify,
    /// The places of the areas that were searched last.
    read_areas: RefCell<Option<area_search::ReadAreas>>,
    /// The recipes that were searched last.
    read_recipes: RefCell<Option<recipe_search::ReadRecipes>>,
}

impl<H: Host> Core<H> {
    /// Takes over the database, bringing its schema up to date.
    ///
    /// # Errors
    /// When SQLite refuses or the database is from a newer version of the program.
    pub fn open(connection: Connection, host: H) -> Result<Self, Problem> {
        Ok(Self {
            store: RefCell::new(Store::open(connection)?),
            host,
            online: Cell::new(None),
            session_over: Cell::new(false),
            broke_over: Cell::new(None),
            wake: Notify::new(),
            attend: Notify::new(),
            hang_up: Cell::new(false),
            outgoing: RefCell::default(),
            live: RefCell::default(),
            areas_wanted: Notify::new(),
            read_areas: RefCell::default(),
            read_recipes: RefCell::default(),
        })
    }

    /// The database, for the length of a statement: never held across a wait.
    fn store(&self) -> RefMut<'_, Store> {
        self.store.borrow_mut()
    }

    /// A new id, which sorts by the device's time.
    fn new_id(&self) -> Uuid {
        let now_ms = self.host.now_ms().unsigned_abs();
        uuid::Builder::from_unix_timestamp_millis(now_ms, &self.host.random()).into_uuid()
    }

    /// Tells the interface what changed.
    fn emit(&self, topics: &[Topic]) {
        for topic in topics {
            self.host.emit(HostEvent::Changed(*topic));
        }
    }

    /// Sends a request as the person who is signed in, and tells the interface when the server comes or goes.
    async fn send(&self, method: Method, path: &str, body: Option<String>) -> Result<String, Problem> {
        self.send_body(method, path, body.map(Body::Json)).await
    }

    /// The same with any body.
    async fn send_body(&self, method: Method, path: &str, body: Option<Body>) -> Result<String, Problem> {
        let token = self.session_token()?;
        let outcome = self.host.send(Request { method, path: path.into(), body, token }).await;
        let online = !matches!(&outcome, Err(p) if p.code == ProblemCode::Offline);
        let before = self.online.replace(Some(online));
        if before != Some(online) {
            self.emit(&[Topic::Online, Topic::Sync]);
        }
        // A page that reached the server again need not wait for the next sync's turn.
        if online && before == Some(false) {
            self.wake();
        }
        outcome
    }

    /// The session's token, where no browser adds a cookie.
    fn session_token(&self) -> Result<Option<String>, Problem> {
        if H::COOKIES || !self.is_signed_in() {
            return Ok(None);
        }
        Ok(self.store().token()?.or_else(|| self.host.kept_token()))
    }

    /// Asks the server.
    async fn fetch(&self, request: &str) -> Result<Box<RawValue>, Problem> {
        let outcome = self.send(Method::Get, request, None).await;
        // A hotel's page for signing in is no answer to keep.
        RawValue::from_string(outcome?).map_err(|e| Problem::new(ProblemCode::NotUnderstood).with_detail(e.to_string()))
    }

    /// A search: the server's answer, else the last one to the same question.
    async fn ask<R: Serialize>(&self, request: &str) -> Result<Json<R>, Problem> {
        self.ask_or(request, || Ok(None)).await
    }

    /// The same, but what the device can answer by itself comes before an earlier answer.
    async fn ask_or<R: Serialize>(
        &self,
        request: &str,
        own: impl FnOnce() -> Result<Option<R>, Problem>,
    ) -> Result<Json<R>, Problem> {
        match self.fetch(request).await {
            Ok(answer) => {
                self.store().keep_answer(request, answer.get(), self.host.now_ms())?;
                Ok(Json::written(Box::<str>::from(answer).into_string()))
            }
            Err(problem) if problem.is_unavailable() => match own()? {
                Some(answer) => Json::of(&answer),
                None => self.store().answer(request)?.map(Json::written).ok_or(problem),
            },
            Err(problem) => Err(problem),
        }
    }
}

/// A request's path with its query's parameters.
fn request(path: &str, query: &impl Serialize) -> Result<String, Problem> {
    let parameters = serde_urlencoded::to_string(query)
        .map_err(|e| Problem::new(ProblemCode::InvalidInput).with_detail(e.to_string()))?;
    Ok(if parameters.is_empty() { path.into() } else { format!("{path}?{parameters}") })
}
