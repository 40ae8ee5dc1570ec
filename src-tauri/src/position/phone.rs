//! Phones: the system's own service, after the person allowed it. Approximate is enough for what is near.

use hnh_domain::geo::LatLon;
use tauri::AppHandle;
use tauri::plugin::PermissionState;
use tauri_plugin_geolocation::{GeolocationExt, PermissionType, PositionOptions};

use super::Missing;

/// Nobody waits longer for a position, in milliseconds.
const PATIENCE_MS: u32 = 10_000;

/// A position of the last minute is the position.
const FRESH_MS: u32 = 60_000;

/// Asks the system, and before that the person where they were not asked yet.
pub(super) async fn locate(app: AppHandle) -> Result<LatLon, Missing> {
    // The plugin waits for the person's answer on the thread that asks.
    let asked = tauri::async_runtime::spawn_blocking(move || ask(&app)).await;
    asked.map_err(|_| Missing::Absent)?
}

fn ask(app: &AppHandle) -> Result<LatLon, Missing> {
    let service = app.geolocation();
    // Location services that are off are an error here already.
    let mut allowed = service.check_permissions().map_err(|_| Missing::Absent)?;
    if allowed.coarse_location != PermissionState::Granted {
        allowed =
            service.request_permissions(Some(vec![PermissionType::CoarseLocation])).map_err(|_| Missing::Absent)?;
    }
    if allowed.coarse_location != PermissionState::Granted {
        return Err(Missing::Denied);
    }
    let options = PositionOptions { enable_high_accuracy: false, timeout: PATIENCE_MS, maximum_age: FRESH_MS };
    let found = service.get_current_position(Some(options)).map_err(|error| {
        tracing::info!(%error, "no position from the system");
        Missing::Slow
    })?;
    LatLon::new(found.coords.latitude, found.coords.longitude).map_err(|_| Missing::Absent)
}
