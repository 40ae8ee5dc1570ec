//! The frame around every page: side bar or bottom bar, shortcuts, messages, the offline mark.

mod keys;
mod navigation;
mod standing;
mod transitions;

use std::sync::atomic::{AtomicBool, Ordering};

use dioxus::prelude::*;

use crate::account::SyncMark;
use crate::chat::use_unread;
use crate::favourites::use_favourites;
use crate::i18n::t;
use crate::kit::{EmptyState, Icon, LinkButton, Page, Toasts};
use crate::needs::use_synced_needs;
use crate::notices::use_unseen;
use crate::notifications::use_subscription;
use crate::recipes::{TimerDock, use_timers};
use crate::routes::Route;
use keys::{KeysHelp, use_shortcuts};
use navigation::{BottomBar, SideBar, TopBar};
use standing::Standing;
use transitions::use_view_transitions;

/// Set by a move to another page until that page's heading has taken the focus.
static ARRIVING: AtomicBool = AtomicBool::new(false);

/// Whether a page was just moved to, told once.
pub(crate) fn take_arrival() -> bool {
    ARRIVING.swap(false, Ordering::Relaxed)
}

/// The frame.
#[component]
pub(crate) fn Shell() -> Element {
    use_favourites();
    use_unread();
    use_unseen();
    use_synced_needs();
    use_subscription();
    use_timers();
    use_arrivals();
    use_view_transitions();
    let help = use_signal(|| false);
    use_shortcuts(help);
    // Cooking has the whole window.
    let framed = !matches!(use_route::<Route>(), Route::CookPage { .. });
    rsx! {
        a { class: "skip", href: "#content", {t!("skip")} }
        div { class: "shell",
            if framed {
                SideBar { help }
            }
            div { class: "shell-main",
                if framed {
                    TopBar {}
                }
                Standing {}
                SyncMark {}
                main { id: "content", tabindex: "-1", Outlet::<Route> {} }
            }
        }
        if framed {
            BottomBar {}
        }
        TimerDock {}
        Toasts {}
        KeysHelp { open: help }
    }
}

/// Notices moves between pages; a changed filter is none.
fn use_arrivals() {
    let mut last = use_signal(|| None::<String>);
    let path = use_route::<Route>().address();
    let path = path.split('?').next().unwrap_or_default().to_owned();
    let before = last.peek().clone();
    if before.as_ref() != Some(&path) {
        if before.is_some() {
            ARRIVING.store(true, Ordering::Relaxed);
        }
        last.set(Some(path));
    }
}

/// An address that leads nowhere, with ways on.
#[component]
pub(crate) fn NotFoundPage(segments: Vec<String>) -> Element {
    rsx! {
        Page { title: t!("not-found-title"),
            EmptyState {
                icon: Icon::MapPin,
                title: t!("not-found-lead"),
                text: format!("/{}", segments.join("/")),
                LinkButton { to: Route::HomePage {}, icon: Icon::Home, {t!("not-found-home")} }
                LinkButton { to: Route::recipes(), icon: Icon::ChefHat, {t!("nav-recipes")} }
            }
        }
    }
}
