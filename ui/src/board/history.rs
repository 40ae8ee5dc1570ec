//! What a post said before.

use dioxus::prelude::*;
use hnh_domain::board::Revision;
use hnh_domain::calls::GetHistory;
use uuid::Uuid;

use crate::core::call;
use crate::format::ago;
use crate::i18n::t;
use crate::kit::{Button, ButtonKind};
use crate::refusals;

/// A button that shows earlier versions, the newest first.
#[component]
pub(super) fn History(post: Uuid) -> Element {
    let mut open = use_signal(|| false);
    let found = use_resource(move || {
        let shown = open();
        async move { if shown { Some(call(GetHistory { id: post }).await) } else { None } }
    });
    rsx! {
        Button { kind: ButtonKind::Quiet, "aria-expanded": "{open}", onclick: move |_| open.toggle(), {t!("post-history")} }
        if open() {
            match &*found.read() {
                Some(Some(Ok(versions))) => rsx! {
                    ul { class: "history",
                        for version in versions.iter().cloned() {
                            li { key: "{version.version}", Version { version } }
                        }
                    }
                },
                Some(Some(Err(problem))) => rsx! { p { class: "note", role: "alert", {refusals::words(problem)} } },
                _ => rsx! {},
            }
        }
    }
}

#[component]
fn Version(version: Revision) -> Element {
    rsx! {
        article { class: "card history-version",
            span { class: "post-facts", {ago(version.at_ms)} }
            b { dir: "auto", "{version.draft.title}" }
            p { class: "history-text", dir: "auto", "{version.draft.body}" }
        }
    }
}
