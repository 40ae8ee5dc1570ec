//! HnH on a desktop.

// No console beside the window on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    hnh_desktop::run(tauri::generate_context!());
}
