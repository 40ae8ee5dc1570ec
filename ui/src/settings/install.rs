//! Putting the app on the device's screen.

use dioxus::prelude::*;

use crate::i18n::t;
use crate::kit::{Button, Glyph, Icon, PageSection};
use crate::webapp::{self, Install, use_install};

/// What installing brings and the way to do it; nothing where it is done or cannot be.
#[component]
pub(crate) fn InstallSection() -> Element {
    let install = use_install();
    if install() == Install::Nothing {
        return rsx! {};
    }
    rsx! {
        PageSection { title: t!("install-title"),
            p { {t!("install-text")} }
            if install() == Install::ByShare {
                p { class: "note", Glyph { icon: Icon::Info, size: 16 } {t!("install-by-share")} }
            } else {
                div {
                    Button {
                        icon: Icon::Download,
                        onclick: move |_| async move {
                            webapp::install().await;
                        },
                        {t!("install-do")}
                    }
                }
            }
        }
    }
}
