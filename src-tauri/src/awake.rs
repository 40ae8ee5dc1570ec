//! Keeps the screen awake while somebody cooks.

use std::sync::{Mutex, PoisonError};

use keepawake::KeepAwake;
use tauri::State;

/// What holds the screen awake, if anything does.
#[derive(Default)]
pub(crate) struct Awake(Mutex<Option<KeepAwake>>);

/// Keeps the screen awake, or lets it sleep again; whether the system does so.
#[tauri::command]
pub(crate) fn keep_awake(awake: State<'_, Awake>, on: bool) -> bool {
    let mut held = awake.0.lock().unwrap_or_else(PoisonError::into_inner);
    // A page that was left without a word holds nothing twice.
    *held = None;
    if on {
        let asked = keepawake::Builder::default()
            .display(true)
            .reason("Cooking")
            .app_name("HnH")
            .app_reverse_domain("app.hnh.HnH")
            .create();
        *held = asked.inspect_err(|error| tracing::info!(%error, "this system does not stay awake")).ok();
    }
    held.is_some() == on
}
