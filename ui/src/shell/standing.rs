//! How things stand, in a sentence with the way on: no network, an address or browser that lacks something, a session
//! that ended.

use dioxus::prelude::*;
use hnh_domain::calls::GetSync;
use hnh_domain::topic::Topic;

use crate::browser::{self, use_window_event};
use crate::core::{call, use_topic};
use crate::i18n::t;
use crate::kit::{Glyph, Icon};
use crate::routes::Route;

/// What stands in the frame above the page.
#[component]
pub(super) fn Standing() -> Element {
    let offline = use_offline();
    let changes = use_topic(Topic::Sync);
    let state = use_resource(move || {
        changes();
        call(GetSync {})
    });
    let state = state.read().as_ref().and_then(|state| state.as_ref().ok()).copied();
    rsx! {
        if !browser::is_secure() {
            Line { icon: Icon::CircleAlert, {t!("missing-secure")} }
        } else if state.is_some_and(|state| !state.keeps) {
            Line { icon: Icon::CircleAlert, {t!("missing-storage")} }
        }
        if state.is_some_and(|state| state.session_over) {
            Line { icon: Icon::CircleAlert,
                Link { to: Route::AccountPage {}.address(), {t!("session-over")} }
            }
        }
        if offline() {
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
