//! The browser's host of the core: a Web Worker that owns SQLite on the origin private file system.
//!
//! JavaScript (`ui/js/worker.js`) starts this module, calls [`open`] once and passes commands on.

mod browser;
mod socket;

use std::rc::Rc;

use browser::Browser;
use hnh_client::{Core, dispatch};
use hnh_domain::port;
use hnh_domain::problem::{Problem, ProblemCode};
use rusqlite::Connection;
use sqlite_wasm_rs::WasmOsCallback;
use sqlite_wasm_vfs::sahpool::{OpfsSAHPoolCfg, install};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

fn to_js(error: impl std::fmt::Display) -> JsValue {
    js_sys::Error::new(&error.to_string()).into()
}

/// The core as JavaScript holds it.
#[wasm_bindgen]
pub struct Worker {
    core: Rc<Core<Browser>>,
}

/// Opens the core and lets it run: on durable files, or in memory where the browser has none. `changed` is called with
/// the topic of each change.
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
    let core = Core::open(connection.map_err(to_js)?, Browser::new(server, durable, changed)).map_err(to_js)?;
    let core = Rc::new(core);
    let running = Rc::clone(&core);
    spawn_local(async move { running.run().await });
    Ok(Worker { core })
}

#[wasm_bindgen]
impl Worker {
    /// Asks the server at once, as when the network came back.
    pub fn wake(&self) {
        self.core.wake();
    }

    /// Answers one command: `{"Ok": reply}` or `{"Err": problem}`.
    pub async fn call(&self, command: String) -> String {
        let outcome = match serde_json::from_str(&command) {
            Ok(command) => dispatch(&*self.core, command).await,
            Err(e) => Err(Problem::new(ProblemCode::InvalidInput).with_detail(e.to_string())),
        };
        port::written(outcome)
    }
}
