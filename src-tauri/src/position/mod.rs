//! The device's position: asked of the system when the person asks for it, within a time limit.

#[cfg(target_os = "linux")]
mod geoclue;
#[cfg(mobile)]
mod phone;

use hnh_domain::geo::LatLon;
use serde::Serialize;
use tauri::AppHandle;

/// Why there is no position, by the name that the page has words for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Missing {
    /// The person or the system said no.
    Denied,
    /// It took too long.
    Slow,
    /// The device has no position to give.
    Absent,
}

/// The device's position.
#[tauri::command]
pub(crate) async fn position(_app: AppHandle) -> Result<LatLon, Missing> {
    #[cfg(target_os = "linux")]
    return geoclue::locate().await;
    #[cfg(mobile)]
    return phone::locate(_app).await;
    // The web view of the system knows it: `js/program.js` leaves it to that.
    #[cfg(all(desktop, not(target_os = "linux")))]
    Err(Missing::Absent)
}
