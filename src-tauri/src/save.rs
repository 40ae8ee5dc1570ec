//! Files that the page gives away, saved where the person says.

use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;

use crate::core::CoreSlot;

/// Fetches what the server has under `path` and writes it where the person says; whether that was done. A person who
/// changes their mind is no error.
#[tauri::command]
pub(crate) async fn save_file(app: AppHandle, path: String, name: String) -> Result<bool, String> {
    // The core prefixes nothing and goes nowhere but to its server; this rule keeps the page to the API all the same.
    if !path.starts_with("/api/") {
        return Err(format!("{path} is no file of the server's"));
    }
    let file = app.state::<CoreSlot>().now().download(&path).await.map_err(|problem| problem.to_string())?;
    let name: String = name.chars().filter(|c| !matches!(c, '/' | '\\' | '\0')).take(100).collect();
    let (say, said) = tokio::sync::oneshot::channel();
    app.dialog().file().set_file_name(name).save_file(move |chosen| {
        // The command may have been given up.
        let _ = say.send(chosen);
    });
    let Some(chosen) = said.await.ok().flatten() else { return Ok(false) };
    let chosen = chosen.into_path().map_err(|e| e.to_string())?;
    tokio::fs::write(chosen, file.body).await.map_err(|e| e.to_string())?;
    Ok(true)
}
