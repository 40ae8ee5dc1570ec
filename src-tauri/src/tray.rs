//! The symbol beside the clock, if the person wants one: how much is unread, and the way back to the window.

use tauri::menu::{Menu, MenuItem};
use tauri::tray::{TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager};

use crate::window;
use crate::words::{Word, system_language};

const ID: &str = "main";

/// Shows the symbol, or takes it away.
///
/// # Errors
/// When the system has no place for one.
pub(crate) fn set(app: &AppHandle, on: bool) -> tauri::Result<()> {
    if !on {
        app.remove_tray_by_id(ID);
        return Ok(());
    }
    if app.tray_by_id(ID).is_some() {
        return Ok(());
    }
    let lang = system_language();
    let open = MenuItem::with_id(app, "open", Word::Open.said(lang), true, None::<&str>)?;
    let quit = MenuItem::with_id(app, "quit", Word::Quit.said(lang), true, None::<&str>)?;
    let mut tray = TrayIconBuilder::with_id(ID)
        .tooltip("HnH")
        .menu(&Menu::with_items(app, &[&open, &quit])?)
        .on_menu_event(|app, event| match event.id().as_ref() {
            "open" => window::show(app),
            "quit" => app.exit(0),
            _ => {}
        })
        .on_tray_icon_event(|tray, event| {
            if matches!(event, TrayIconEvent::DoubleClick { .. }) {
                window::show(tray.app_handle());
            }
        });
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(app)?;
    Ok(())
}

/// Whether the symbol is there; then closing the window leaves the program running.
pub(crate) fn is_shown(app: &AppHandle) -> bool {
    app.tray_by_id(ID).is_some()
}

/// Shows how many messages are unread.
pub(crate) fn show_unread(app: &AppHandle, unread: u32) {
    if let Some(tray) = app.tray_by_id(ID) {
        let title = (unread > 0).then(|| unread.to_string());
        // A desktop that shows no text beside the symbol has the tooltip.
        let _ = tray.set_title(title.as_deref());
        let _ = tray.set_tooltip(Some(title.map_or("HnH".into(), |count| format!("HnH ({count})"))));
    }
    if let Some(window) = app.get_webview_window(window::MAIN) {
        // Docks that have no badge show none.
        let _ = window.set_badge_count((unread > 0).then_some(i64::from(unread)));
    }
}
