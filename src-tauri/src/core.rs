//! The core in the process: the page's commands go to it, and what changed comes back as an event.

use std::sync::{PoisonError, RwLock};

use hnh_client::HostEvent;
use hnh_client::native::{NativeCore, NativeOptions, TokenStore};
use hnh_domain::port;
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;
use tauri::{AppHandle, Emitter, State};

use crate::keys::Keys;
use crate::notify;
use crate::servers::Servers;

/// The event that tells the page of a topic that changed.
const CHANGE: &str = "hnh-change";

/// The running core; choosing another server puts another in its place.
pub(crate) struct CoreSlot(RwLock<NativeCore>);

impl CoreSlot {
    /// Starts the core for the chosen server.
    ///
    /// # Errors
    /// When the database cannot be opened or is from a newer version of the program.
    pub(crate) fn start(app: &AppHandle, servers: &Servers) -> Result<Self, Problem> {
        Ok(Self(RwLock::new(start(app, servers)?)))
    }

    /// Starts the core anew, for a server that was chosen just now.
    ///
    /// # Errors
    /// As [`CoreSlot::start`]; then the core before goes on.
    pub(crate) fn restart(&self, app: &AppHandle, servers: &Servers) -> Result<(), Problem> {
        let started = start(app, servers)?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = started;
        Ok(())
    }

    /// The core that runs now.
    pub(crate) fn now(&self) -> NativeCore {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn start(app: &AppHandle, servers: &Servers) -> Result<NativeCore, Problem> {
    let server = servers.current();
    let tokens = Some(Box::new(Keys::of(&server)) as Box<dyn TokenStore>);
    let options = NativeOptions { database: servers.database()?, server, tokens };
    let app = app.clone();
    NativeCore::start(options, move |HostEvent::Changed(topic)| {
        // A page that is gone hears nothing and needs nothing.
        let _ = app.emit(CHANGE, topic.code());
        if matches!(topic, Topic::Rooms | Topic::Notices) {
            let app = app.clone();
            tauri::async_runtime::spawn(async move { notify::changed(&app).await });
        }
    })
}

/// Has the core answer one command: `{"Ok": reply}` or `{"Err": problem}`.
#[tauri::command]
pub(crate) async fn call(core: State<'_, CoreSlot>, command: String) -> Result<String, ()> {
    let core = core.now();
    let outcome = match serde_json::from_str(&command) {
        Ok(command) => core.call(command).await,
        Err(e) => Err(Problem::new(ProblemCode::InvalidInput).with_detail(e.to_string())),
    };
    Ok(port::written(outcome))
}
