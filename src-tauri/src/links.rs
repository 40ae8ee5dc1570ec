//! Links that lead into the app: `hnh://recipe/ID` opens the page `/recipe/ID`.

use std::sync::{Mutex, PoisonError};

use tauri::{AppHandle, Manager, Url};

use crate::window;

/// The scheme that the system knows the program by.
const SCHEME: &str = "hnh";

/// The longest path that is opened; more is nonsense.
const LONGEST: usize = 2_000;

/// A page to open once the app is there to open it.
#[derive(Default)]
pub(crate) struct Waiting(Mutex<Option<String>>);

/// The page that an address leads to.
fn path_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|url| url.scheme() == SCHEME)?;
    let host = url.host_str().unwrap_or_default();
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    // One slash leads: two would be another site's address.
    let path = format!("/{}{query}", format!("{host}{}", url.path()).trim_matches('/'));
    (path.len() <= LONGEST).then_some(path)
}

/// Opens the page that the program was started with, if any, once the app is there.
pub(crate) fn follow<'given>(app: &AppHandle, mut given: impl Iterator<Item = &'given str>) {
    if let Some(path) = given.find_map(path_of) {
        let waiting = app.state::<Waiting>();
        let mut waiting = waiting.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The page says when it is there.
        *waiting = Some(path);
    }
}

/// The page is there: it opens what waits for it.
#[tauri::command]
pub(crate) fn ready(app: AppHandle) {
    let path = app.state::<Waiting>().0.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(path) = path {
        window::open_path(&app, &path);
    }
}

/// Opens a page in the window that is there.
pub(crate) fn follow_now<'given>(app: &AppHandle, mut given: impl Iterator<Item = &'given str>) {
    window::show(app);
    if let Some(path) = given.find_map(path_of) {
        window::open_path(app, &path);
    }
}

/// Follows what a phone's system hands over: what started the program waits for the page, later ones open at once.
///
/// # Errors
/// When the system's word for the first one cannot be read.
#[cfg(mobile)]
pub(crate) fn listen(app: &AppHandle) -> Result<(), tauri_plugin_deep_link::Error> {
    use tauri_plugin_deep_link::DeepLinkExt;

    let first = app.deep_link().get_current()?.unwrap_or_default();
    follow(app, first.iter().map(Url::as_str));
    let to = app.clone();
    app.deep_link().on_open_url(move |event| follow_now(&to, event.urls().iter().map(Url::as_str)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_a_page_of_the_app() {
        assert_eq!(path_of("hnh://recipe/0190-1?serve=4").unwrap(), "/recipe/0190-1?serve=4");
        assert_eq!(path_of("hnh://chat/").unwrap(), "/chat");
        assert_eq!(path_of("hnh:///board").unwrap(), "/board");
        assert_eq!(path_of("hnh:////evil.example/x").unwrap(), "/evil.example/x");
        assert_eq!(path_of("https://hnh.example/recipe/1"), None);
        assert_eq!(path_of(&format!("hnh://recipe/{}", "x".repeat(3_000))), None);
        assert_eq!(path_of("--flag"), None);
    }
}
