//! The browser's host of the core: a Web Worker that owns SQLite on the origin private file system.
//!
//! JavaScript (`ui/js/worker.js`) starts this module, calls [`open`] once and passes messages on.

use std::cell::RefCell;

use rusqlite::Connection;
use sqlite_wasm_rs::WasmOsCallback;
use sqlite_wasm_vfs::sahpool::{OpfsSAHPoolCfg, install};
use wasm_bindgen::prelude::*;

thread_local! {
    /// A worker has one thread and the pool allows one connection.
    static DATABASE: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

fn to_js(error: impl std::fmt::Display) -> JsValue {
    js_sys::Error::new(&error.to_string()).into()
}

/// Opens the durable database, creating it on the first visit.
///
/// # Errors
/// When the browser has no origin private file system, or another worker holds its files.
#[wasm_bindgen]
pub async fn open() -> Result<(), JsValue> {
    install::<WasmOsCallback>(&OpfsSAHPoolCfg::default(), true).await.map_err(to_js)?;
    let connection = Connection::open("hnh.db").map_err(to_js)?;
    connection.execute_batch("CREATE TABLE IF NOT EXISTS visit (at INTEGER NOT NULL)").map_err(to_js)?;
    DATABASE.set(Some(connection));
    Ok(())
}

/// Records a visit at `now` (milliseconds since 1970, UTC) and answers how many there were.
///
/// # Errors
/// Before [`open`] has succeeded, or when SQLite refuses.
#[wasm_bindgen]
pub fn visit(now: f64) -> Result<u32, JsValue> {
    DATABASE.with_borrow(|database| {
        let connection = database.as_ref().ok_or_else(|| to_js("the database is not open"))?;
        connection.execute("INSERT INTO visit (at) VALUES (?1)", [now as i64]).map_err(to_js)?;
        connection.query_row("SELECT count(*) FROM visit", [], |row| row.get(0)).map_err(to_js)
    })
}
