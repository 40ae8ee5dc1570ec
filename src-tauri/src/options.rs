//! What the person can switch on: the symbol beside the clock, and starting with the session.

use std::fs;

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager};
use tauri_plugin_autostart::ManagerExt;

use crate::tray;

/// What is switched on.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Options {
    /// The symbol beside the clock.
    tray: bool,
    /// The system knows this one; the file's word for it is not read.
    #[serde(skip_deserializing)]
    autostart: bool,
}

fn file(app: &AppHandle) -> tauri::Result<std::path::PathBuf> {
    Ok(app.path().app_data_dir()?.join("options.json"))
}

fn read(app: &AppHandle) -> Options {
    let kept = file(app).ok().and_then(|file| fs::read(file).ok());
    let mut options: Options = kept.and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default();
    options.autostart = app.autolaunch().is_enabled().unwrap_or(false);
    options
}

/// Shows what was switched on the last time.
pub(crate) fn restore(app: &AppHandle) {
    if let Err(error) = tray::set(app, read(app).tray) {
        tracing::warn!(%error, "no symbol beside the clock");
    }
}

/// What is switched on.
#[tauri::command]
pub(crate) fn options(app: AppHandle) -> Options {
    read(&app)
}

/// Switches something on or off; what is on then.
#[tauri::command]
pub(crate) fn set_option(app: AppHandle, name: &str, on: bool) -> Options {
    let done = match name {
        "tray" => tray::set(&app, on).map_err(|e| e.to_string()).and_then(|()| {
            let json = serde_json::to_vec(&Options { tray: on, autostart: false }).map_err(|e| e.to_string())?;
            file(&app).map_err(|e| e.to_string()).and_then(|file| fs::write(file, json).map_err(|e| e.to_string()))
        }),
        "autostart" if on => app.autolaunch().enable().map_err(|e| e.to_string()),
        "autostart" => app.autolaunch().disable().map_err(|e| e.to_string()),
        _ => Ok(()),
    };
    if let Err(error) = done {
        tracing::warn!(error, name, "not switched");
    }
    read(&app)
}
