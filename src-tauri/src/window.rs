//! The window: its page, and the rule that other sites open in the browser.

use tauri::webview::{NewWindowResponse, PermissionKind, PermissionResponse};
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindowBuilder};
#[cfg(desktop)]
use tauri::{WindowEvent, Wry};
use tauri_plugin_opener::OpenerExt;

use crate::scheme;
#[cfg(desktop)]
use crate::tray;

/// The label of the one window.
pub(crate) const MAIN: &str = "main";

/// Opens the window with the app's first page.
///
/// # Errors
/// When the system has no window to give.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    let address = Url::parse(&format!("{}://localhost/", scheme::NAME)).map_err(tauri::Error::InvalidUrl)?;
    let (outside, outside_new) = (app.clone(), app.clone());
    let builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::CustomProtocol(address))
        .initialization_script(script())
        .on_navigation(move |url| {
            let own = is_own(url);
            if !own {
                open_outside(&outside, url);
            }
            own
        })
        .on_new_window(move |url, _| {
            open_outside(&outside_new, &url);
            NewWindowResponse::Deny
        })
        .on_permission_request(|_, kind| match kind {
            PermissionKind::Geolocation => PermissionResponse::Allow,
            _ => PermissionResponse::Default,
        });
    #[cfg(desktop)]
    return on_a_desk(app, builder);
    #[cfg(mobile)]
    return builder.build().map(drop);
}

/// A window among others: with a title and a size, hidden rather than closed while the tray has its symbol.
#[cfg(desktop)]
fn on_a_desk(app: &AppHandle, builder: WebviewWindowBuilder<'_, Wry, AppHandle>) -> tauri::Result<()> {
    let window = builder
        .title("HnH")
        .inner_size(1180.0, 820.0)
        .min_inner_size(320.0, 480.0)
        // Files that are dropped belong to the page.
        .disable_drag_drop_handler()
        .on_document_title_changed(|window, title| {
            // A title that cannot be shown is no reason to stop.
            let _ = window.set_title(&title);
        })
        .build()?;
    let app = app.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event
            && tray::is_shown(&app)
        {
            api.prevent_close();
            // A window that cannot be hidden stays.
            let _ = app.get_webview_window(MAIN).map(|window| window.hide());
        }
    });
    Ok(())
}

/// What runs before the page's own scripts. Where the system's view of pages knows the position itself, it is asked.
fn script() -> String {
    let by_the_webview = cfg!(any(windows, target_os = "macos"));
    include_str!("../js/program.js")
        .replace("POSITION_BY_THE_WEBVIEW", &by_the_webview.to_string())
        .replace("ON_A_DESK", &cfg!(desktop).to_string())
}

/// Whether an address is the app's own; on Windows and Android `app://localhost` is written `http://app.localhost`.
fn is_own(url: &Url) -> bool {
    url.scheme() == scheme::NAME || url.host_str() == Some("app.localhost") || url.scheme() == "about"
}

/// Opens an address of the web or of mail in the program that the system has for it; any other is left alone.
fn open_outside(app: &AppHandle, url: &Url) {
    if matches!(url.scheme(), "http" | "https" | "mailto" | "tel") {
        let opened = app.opener().open_url(url.as_str(), None::<&str>);
        if let Err(error) = opened {
            tracing::warn!(%error, "no program opens this address");
        }
    }
}

/// Opens a page of the app in the window, and brings it to the front.
pub(crate) fn open_path(app: &AppHandle, path: &str) {
    show(app);
    if let (Some(window), Ok(path)) = (app.get_webview_window(MAIN), serde_json::to_string(path)) {
        // A page that is gone opens nothing.
        let _ = window.eval(format!("hnhOpen({path})"));
    }
}

/// Brings the window to the front, also from the tray.
pub(crate) fn show(app: &AppHandle) {
    #[cfg(desktop)]
    if let Some(window) = app.get_webview_window(MAIN) {
        // A window manager may refuse any of these.
        let _ = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    }
    // A phone's system brings the program to the front before it hands anything over.
    #[cfg(mobile)]
    let _ = app;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_app_opens_in_the_window() {
        let own = |address: &str| is_own(&Url::parse(address).unwrap());
        assert!(own("app://localhost/recipes"));
        assert!(own("http://app.localhost/recipes"));
        assert!(!own("https://www.openstreetmap.org/copyright"));
        assert!(!own("file:///etc/passwd"));
    }
}
