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

use hnh_domain::problem::{Problem, ProblemCode};
use rusqlite::Connection;
use serde::Serialize;
use serde::de::DeserializeOwned;
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
    async fn fetch<R: DeserializeOwned>(&self, request: &str) -> Result<(R, String), Problem> {
        let outcome = self.transport.get(request).await;
        let online = !matches!(&outcome, Err(p) if p.code == ProblemCode::Offline);
        if self.online.replace(Some(online)) != Some(online) {
            (self.host.changed)(if online { "online" } else { "offline" });
        }
        let json = outcome?;
        let reply = serde_json::from_str(&json).map_err(|e| {
            let detail = format!("The server's answer could not be read ({e}): reload to get the newest app");
            Problem::new(ProblemCode::Internal).with_detail(detail)
        })?;
        Ok((reply, json))
    }

    /// A search: the server's answer, else the last one to the same question.
    async fn ask<R: DeserializeOwned>(&self, request: &str) -> Result<R, Problem> {
        match self.fetch(request).await {
            Ok((reply, json)) => {
                self.store.keep_answer(request, &json, (self.host.now_ms)())?;
                Ok(reply)
            }
            Err(problem) if problem.code == ProblemCode::Offline => {
                let kept = self.store.answer(request)?;
                kept.and_then(|json| serde_json::from_str(&json).ok()).ok_or(problem)
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
