//! Runs the core's suite (`crates/client/tests/suite`) in a browser's worker; `e2e/suite-worker.js` calls it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends its worker, which the browser test reports")]

#[path = "../../../../crates/client/tests/suite/mod.rs"]
mod suite;

use rusqlite::Connection;
use sqlite_wasm_rs::WasmOsCallback;
use sqlite_wasm_vfs::sahpool::{OpfsSAHPoolCfg, install};
use wasm_bindgen::prelude::*;

/// Makes the worker's files ready; comes before [`run`].
///
/// # Errors
/// When the browser has no origin private file system.
#[wasm_bindgen]
pub async fn open_files() -> Result<(), JsValue> {
    let pool = OpfsSAHPoolCfg { directory: ".suite".into(), initial_capacity: 64, ..OpfsSAHPoolCfg::default() };
    install::<WasmOsCallback>(&pool, true).await.map_err(|e| js_sys::Error::new(&e.to_string()))?;
    Ok(())
}

macro_rules! in_worker {
    ($($name:ident)*) => {
        /// The names of all tests.
        #[wasm_bindgen]
        pub fn names() -> Vec<String> {
            vec![$( stringify!($name).to_owned() ),*]
        }

        /// Runs one test; whether there is one of that name. A test that fails ends the module by a trap.
        #[wasm_bindgen]
        pub async fn run(name: String) -> bool {
            let file = format!("{name}.db");
            let database = suite::Database::new(move || Connection::open(&file).unwrap());
            match name.as_str() {
                $( stringify!($name) => suite::$name(database).await, )*
                _ => return false,
            }
            true
        }
    };
}
suite::each_test!(in_worker);
