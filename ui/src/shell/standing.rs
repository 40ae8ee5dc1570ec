//! How things stand, in a sentence with the way on: no network, an address or browser that lacks something, a session
//! that ended.

use dioxus::prelude::*;
use hnh_domain::calls::GetSync;
use hnh_domain::topic::Topic;

use crate::browser::{self, use_window_event};
use crate::core::{call, use_topic};
use crate::i18n::t;
use crate::kit::{Glyph, Icon};
use crate::program;
use crate::routes::Route;
use crate::webapp::{self, Version, use_version};

/// What stands in the frame above the page.
#[component]
pub(super) fn Standing() -> Element {
    let offline = use_offline();
    let version = use_version();
    let changes = use_topic(Topic::Sync);
    let state = use_resource(move || {
        changes();
        call(GetSync {})
    });
    // The desktop program says which server it is that does not answer.
    let servers = use_resource(program::servers);
    let server = servers.read().clone().flatten().map(|servers| servers.current);
    let state = state.read().as_ref().and_then(|state| state.as_ref().ok()).copied();
    rsx! {
        if !browser::is_secure() {
            Line { icon: Icon::CircleAlert, {t!("missing-secure")} }
        } else if state.is_some_and(|state| !state.keeps) {
            Line { icon: Icon::CircleAlert, {t!("missing-storage")} }
        }
        match version() {
            Version::Current => rsx! {},
            newer => rsx! {
                Line { icon: Icon::RefreshCw,
                    {if newer == Version::NewerWaits { t!("version-waits") } else { t!("version-taken") }}
                    " "
                    button { r#type: "button", class: "line-button", onclick: move |_| webapp::take_version(), {t!("version-take")} }
                }
            },
        }
        if state.is_some_and(|state| state.session_over) {
            Line { icon: Icon::CircleAlert,
                Link { to: Route::AccountPage {}.address(), {t!("session-over")} }
            }
        }
        if let Some(server) = server.filter(|_| state.is_some_and(|state| !state.online)) {
            Line { icon: Icon::WifiOff,
                Link { to: Route::SettingsPage {}.address(), {t!("server-silent", server = server)} }
            }
        } else if offline() {
            Line { icon: Icon::WifiOff, {t!("offline-mark")} }
        }
    }
}

#[component]
fn Line(icon: Icon, children: Element) -> Element {
    rsx! {
        p { class: "offline", role: "status",
            Glyph { icon, size: 16 }
            span { {children} }
        }
    }
}

/// Whether the browser says that there is no network.
fn use_offline() -> ReadSignal<bool> {
    let mut offline = use_signal(|| browser::window().is_some_and(|w| !w.navigator().on_line()));
    use_window_event("offline", move |_| offline.set(true));
    use_window_event("online", move |_| offline.set(false));
    offline.into()
}
