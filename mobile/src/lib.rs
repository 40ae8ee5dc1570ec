//! HnH on a phone: the shell of the desktop program (`src-tauri`) with the app's files inside it. Empty for other systems.

/// Started by the phone's system.
#[cfg(mobile)]
#[tauri::mobile_entry_point]
fn run() {
    hnh_desktop::run(tauri::generate_context!());
}
