//! HnH's offline-first core: the local database and the calls of the port.
//!
//! A host (a browser's worker, the desktop, the phone) opens the database, gives the core a
//! transport, a clock and a way to tell of changes, and passes commands to [`dispatch`]. The rules
//! are the same everywhere: ask the server first; what it answers is kept; without it the device
//! answers with what it has and says so.
//!
//! To add a call: a line in the domain's `calls.rs`, a [`hnh_domain::port::Handle`] for it here.

mod catalogue;
mod favourites;
mod settings;
mod store;
mod transport;

pub use hnh_domain::calls::dispatch;
#[cfg(not(target_family = "wasm"))]
pub use transport::Http;
pub use transport::{TIME_LIMIT, Transport, interpret};

use hnh_domain::port::Json;
use hnh_domain::problem::{Problem, ProblemCode};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::value::RawValue;
use store::Store;

/// What the core takes from its host beside database and transport.
pub struct Host {
    /// Milliseconds since 1970, UTC.
    pub now_ms: Box<dyn Fn() -> i64>,
    /// Called with a topic when something changed: `favourites`, `online`, `offline`.
    pub changed: Box<dyn Fn(&str)>,
}

/// The core: answers every command of the port.
pub struct Core<T> {
    store: Store,
    transport: T,
    host: Host,
    online: std::cell::Cell<Option<bool>>,
}

impl<T: Transport> Core<T> {
    /// Takes over the database, bringing its schema up to date.
    ///
    /// # Errors
    /// When SQLite refuses or the database is from a newer version of the program.
    pub fn open(connection: Connection, transport: T, host: Host) -> Result<Self, Problem> {
        let store = Store::open(connection)?;
        Ok(Self { store, transport, host, online: std::cell::Cell::new(None) })
    }

    /// Asks the server, and tells the interface when it comes or goes.
    async fn fetch(&self, request: &str) -> Result<Box<RawValue>, Problem> {
        let outcome = self.transport.get(request).await;
        let online = !matches!(&outcome, Err(p) if p.code == ProblemCode::Offline);
        if self.online.replace(Some(online)) != Some(online) {
            (self.host.changed)(if online { "online" } else { "offline" });
        }
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
                self.store.keep_answer(request, answer.get(), (self.host.now_ms)())?;
                Ok(Json::written(Box::<str>::from(answer).into_string()))
            }
            Err(problem) if problem.code == ProblemCode::Offline => {
                self.store.answer(request)?.map(Json::written).ok_or(problem)
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
