//! The browser's host of the core: a Web Worker that owns SQLite on the origin private file system.
//!
//! JavaScript (`ui/js/worker.js`) starts this module, calls [`open`] once and passes commands on.

mod fetch;

use fetch::Fetch;
use hnh_client::{Core, Host, dispatch};
use hnh_domain::problem::{Problem, ProblemCode};
use rusqlite::Connection;
use sqlite_wasm_rs::WasmOsCallback;
use sqlite_wasm_vfs::sahpool::{OpfsSAHPoolCfg, install};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::WorkerGlobalScope;

fn to_js(error: impl std::fmt::Display) -> JsValue {
    js_sys::Error::new(&error.to_string()).into()
}

/// The core as JavaScript holds it.
#[wasm_bindgen]
pub struct Worker {
    core: Core<Fetch>,
}

/// Random bytes of the browser's own source.
fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    let worker: WorkerGlobalScope = js_sys::global().unchecked_into();
    // Every browser that has workers and WebAssembly has it; without, ids are as unique as the clock.
    if let Ok(crypto) = worker.crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// Opens the core: on durable files, or in memory where the browser has none. `changed` is called
/// with the topic of each change.
///
/// # Errors
/// When the browser has no origin private file system, or another worker holds its files.
#[wasm_bindgen]
pub async fn open(server: String, durable: bool, changed: js_sys::Function) -> Result<Worker, JsValue> {
    let connection = if durable {
        install::<WasmOsCallback>(&OpfsSAHPoolCfg::default(), true).await.map_err(to_js)?;
        Connection::open("hnh.db")
    } else {
        Connection::open_in_memory()
    };
    let host = Host {
        now_ms: Box::new(|| js_sys::Date::now() as i64),
        random: Box::new(random),
        changed: Box::new(move |topic| {
            // The listener is ours and only posts a message; it has nothing to refuse.
            let _ = changed.call1(&JsValue::NULL, &topic.into());
        }),
    };
    let core = Core::open(connection.map_err(to_js)?, Fetch::new(server), host).map_err(to_js)?;
    Ok(Worker { core })
}

#[wasm_bindgen]
impl Worker {
    /// Sends what waits and fetches what is new; true when the server answered.
    pub async fn sync(&self) -> bool {
        self.core.sync().await.is_ok()
    }

    /// Whether a socket to the server is wanted.
    pub fn wants_socket(&self) -> bool {
        self.core.wants_socket()
    }

    /// What is to be said over the socket now.
    pub fn subscriptions(&self) -> Vec<String> {
        // What cannot be read now is said after the next sync.
        self.core.subscriptions().unwrap_or_default()
    }

    /// Takes note of what the server said; true when there is something to fetch.
    pub fn on_message(&self, text: &str) -> bool {
        self.core.on_message(text)
    }

    /// The socket ended.
    pub fn on_disconnect(&self) {
        self.core.on_disconnect();
    }

    /// Answers one command: `{"Ok": reply}` or `{"Err": problem}`.
    pub async fn call(&self, command: String) -> String {
        let outcome = match serde_json::from_str(&command) {
            Ok(command) => dispatch(&self.core, command).await,
            Err(e) => Err(Problem::new(ProblemCode::InvalidInput).with_detail(e.to_string())),
        };
        match outcome {
            Ok(reply) => format!("{{\"Ok\":{reply}}}"),
            Err(problem) => serde_json::json!({ "Err": problem }).to_string(),
        }
    }
}
