//! Keyboard shortcuts: `/` searches, `g` and a letter goes to a page, `?` tells them all.

use dioxus::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use crate::browser::{self, now_ms, use_window_event};
use crate::i18n::t;
use crate::kit::Dialog;
use crate::routes::Route;

/// The second key of a pair must come within this many milliseconds.
const PAIR_MS: f64 = 1_500.0;

fn page_for(key: &str) -> Option<Route> {
    Some(match key {
        "h" => Route::HomePage {},
        "m" => Route::map(),
        "r" => Route::recipes(),
        "f" => Route::foods(),
        "b" => Route::board(),
        "s" => Route::FavouritesPage {},
        "a" => Route::AccountPage {},
        _ => return None,
    })
}

/// Listens for shortcuts while nothing is being typed.
pub(super) fn use_shortcuts(help: Signal<bool>) {
    let mut help = help;
    let mut g_pressed = use_signal(|| f64::MIN);
    let mut search_next = use_signal(|| false);
    let navigator = use_navigator();
    let route = use_route::<Route>();
    // A search asked for on a page without one goes on once the recipes are shown.
    use_effect(use_reactive!(|route| {
        if matches!(route, Route::RecipesPage { .. }) && *search_next.peek() {
            search_next.set(false);
            focus_search();
        }
    }));
    use_window_event("keydown", move |event| {
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else { return };
        if pressed.ctrl_key() || pressed.meta_key() || pressed.alt_key() || browser::typing(&event) {
            return;
        }
        let paired = now_ms() - *g_pressed.peek() < PAIR_MS;
        g_pressed.set(f64::MIN);
        match pressed.key().as_str() {
            "/" => {
                event.prevent_default();
                if !focus_search() {
                    search_next.set(true);
                    navigator.push(Route::recipes().address());
                }
            }
            "?" => help.set(true),
            "g" => g_pressed.set(now_ms()),
            key if paired => {
                if let Some(page) = page_for(key) {
                    event.prevent_default();
                    navigator.push(page.address());
                }
            }
            _ => {}
        }
    });
}

fn focus_search() -> bool {
    let field = browser::first("main [data-search]");
    field.is_some_and(|field| field.focus().is_ok())
}

/// The list of shortcuts.
#[component]
pub(super) fn KeysHelp(open: Signal<bool>) -> Element {
    let mut open = open;
    let keys = [
        (vec!["/"], t!("keys-search")),
        (vec!["g", "h"], t!("nav-home")),
        (vec!["g", "m"], t!("nav-map")),
        (vec!["g", "r"], t!("nav-recipes")),
        (vec!["g", "f"], t!("nav-foods")),
        (vec!["g", "s"], t!("nav-saved")),
        (vec!["←", "→"], t!("keys-cook")),
        (vec!["?"], t!("keys-help")),
    ];
    rsx! {
        Dialog { open, title: t!("keys-title"), onclose: move |()| open.set(false),
            dl { class: "keys",
                for (pressed , what) in keys {
                    div { key: "{what}",
                        dt {
                            for key in pressed {
                                kbd { "{key}" }
                            }
                        }
                        dd { "{what}" }
                    }
                }
            }
        }
    }
}
