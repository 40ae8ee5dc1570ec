//! HnH's offline-first core: the local database and the calls of the port.
//!
//! A host (a browser's worker, the desktop, the phone) opens the database, gives the core a
//! transport, a clock and a way to tell of changes, and passes commands to [`dispatch`]. The rules
//! are the same everywhere: ask the server first; what it answers is kept; without it the device
//! answers with what it has and says so.
//!
//! To add a call: a line in the domain's `calls.rs`, a [`hnh_domain::port::Handle`] for it here.

mod account;
mod board;
mod catalogue;
mod favourites;
mod live;
mod outbox;
mod rooms;
mod settings;
mod store;
mod sync;
mod transport;

pub use hnh_domain::calls::dispatch;
#[cfg(not(target_family = "wasm"))]
pub use transport::Http;
pub use transport::{Method, Request, TIME_LIMIT, Transport, interpret};

use std::cell::{Cell, RefCell, RefMut};

use hnh_domain::port::Json;
use hnh_domain::problem::{Problem, ProblemCode};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::value::RawValue;
use store::Store;
use uuid::Uuid;

/// What the core takes from its host beside database and transport.
pub struct Host {
    /// Milliseconds since 1970, UTC.
    pub now_ms: Box<dyn Fn() -> i64>,
    /// Random bytes, for ids.
    pub random: Box<dyn Fn() -> [u8; 10]>,
    /// Called with a topic when something changed: `account`, `board`, `favourites`, `notices`, `offline`, `online`,
    /// `rooms`, `sync`; `wake` asks for [`Core::sync`] soon, `say:TEXT` to say a text over the socket.
    pub changed: Box<dyn Fn(&str)>,
}

/// The core: answers every command of the port.
pub struct Core<T> {
    store: RefCell<Store>,
    transport: T,
    host: Host,
    online: Cell<Option<bool>>,
    syncing: Cell<bool>,
    sync_again: Cell<bool>,
    live: RefCell<live::LiveState>,
}

impl<T: Transport> Core<T> {
    /// Takes over the database, bringing its schema up to date.
    ///
    /// # Errors
    /// When SQLite refuses or the database is from a newer version of the program.
    pub fn open(connection: Connection, transport: T, host: Host) -> Result<Self, Problem> {
        let store = RefCell::new(Store::open(connection)?);
        let (syncing, sync_again) = (Cell::new(false), Cell::new(false));
        Ok(Self { store, transport, host, online: Cell::new(None), syncing, sync_again, live: RefCell::default() })
    }

    /// The database, for the length of a statement: never held across a wait.
    fn store(&self) -> RefMut<'_, Store> {
        self.store.borrow_mut()
    }

    /// A new id, which sorts by the device's time.
    fn new_id(&self) -> Uuid {
        let now_ms = (self.host.now_ms)().unsigned_abs();
        uuid::Builder::from_unix_timestamp_millis(now_ms, &(self.host.random)()).into_uuid()
    }

    /// Tells the interface what changed.
    fn tell(&self, topics: &[&str]) {
        for topic in topics {
            (self.host.changed)(topic);
        }
    }

    /// Sends a request as the person who is signed in, and tells the interface when the server comes or goes.
    async fn send(&self, method: Method, path: &str, body: Option<String>) -> Result<String, Problem> {
        let token = if T::COOKIES { None } else { self.store().token()? };
        let outcome = self.transport.send(Request { method, path: path.into(), body, token }).await;
        let online = !matches!(&outcome, Err(p) if p.code == ProblemCode::Offline);
        if self.online.replace(Some(online)) != Some(online) {
            self.tell(&[if online { "online" } else { "offline" }, "sync"]);
        }
        outcome
    }

    /// Asks the server.
    async fn fetch(&self, request: &str) -> Result<Box<RawValue>, Problem> {
        let outcome = self.send(Method::Get, request, None).await;
        // A hotel's page for signing in is no answer to keep.
        RawValue::from_string(outcome?).map_err(|e| {
            let detail = format!("The server's answer could not be read ({e}): try again, or sign in to this network");
            Problem::new(ProblemCode::Internal).with_detail(detail)
        })
    }

    /// A search: the server's answer, else the last one to the same question.
    async fn ask<R>(&self, request: &str) -> Result<Json<R>, Problem> {
        match self.fetch(request).await {
            Ok(answer) => {
                self.store().keep_answer(request, answer.get(), (self.host.now_ms)())?;
                Ok(Json::written(Box::<str>::from(answer).into_string()))
            }
            Err(problem) if problem.code == ProblemCode::Offline => {
                self.store().answer(request)?.map(Json::written).ok_or(problem)
            }
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
