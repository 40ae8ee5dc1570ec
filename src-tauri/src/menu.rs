//! The window's menu and its shortcuts.

use tauri::menu::{Menu, MenuBuilder, MenuItemBuilder, PredefinedMenuItem, SubmenuBuilder};
use tauri::{AppHandle, Manager, Wry};

use crate::window::{self, MAIN};
use crate::words::{Word, system_language};

/// The menu, in the system's language.
///
/// # Errors
/// When the system refuses an item.
pub(crate) fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let lang = system_language();
    let item =
        |id: &str, word: Word, keys: &str| MenuItemBuilder::with_id(id, word.said(lang)).accelerator(keys).build(app);
    let file = SubmenuBuilder::new(app, Word::File.said(lang))
        .item(&item("new-post", Word::NewPost, "CmdOrCtrl+N")?)
        .item(&item("print", Word::Print, "CmdOrCtrl+P")?)
        .separator()
        .item(&item("quit", Word::Quit, "CmdOrCtrl+Q")?)
        .build()?;
    let edit = SubmenuBuilder::new(app, Word::Edit.said(lang))
        .item(&PredefinedMenuItem::undo(app, None)?)
        .item(&PredefinedMenuItem::redo(app, None)?)
        .separator()
        .item(&PredefinedMenuItem::cut(app, None)?)
        .item(&PredefinedMenuItem::copy(app, None)?)
        .item(&PredefinedMenuItem::paste(app, None)?)
        .item(&PredefinedMenuItem::select_all(app, None)?)
        .build()?;
    let go = SubmenuBuilder::new(app, Word::Go.said(lang))
        .item(&item("search", Word::Search, "CmdOrCtrl+K")?)
        .separator()
        .item(&item("back", Word::Back, "Alt+Left")?)
        .item(&item("forward", Word::Forward, "Alt+Right")?)
        .item(&item("reload", Word::Reload, "CmdOrCtrl+R")?)
        .build()?;
    MenuBuilder::new(app).items(&[&file, &edit, &go]).build()
}

/// Does what an item says.
pub(crate) fn chosen(app: &AppHandle, id: &str) {
    let Some(page) = app.get_webview_window(MAIN) else { return };
    // A page that is gone does nothing.
    let _ = match id {
        "new-post" => return window::open_path(app, "/board/info/new"),
        "search" => page.eval("document.querySelector('input[type=search]')?.focus() ?? hnhOpen('/recipes')"),
        "print" => page.print(),
        "back" => page.eval("history.back()"),
        "forward" => page.eval("history.forward()"),
        "reload" => page.eval("location.reload()"),
        "quit" => return app.exit(0),
        _ => return,
    };
}
