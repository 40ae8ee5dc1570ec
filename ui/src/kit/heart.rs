//! The heart that keeps a record on the device.

use dioxus::prelude::*;
use uuid::Uuid;

use super::{Glyph, Icon};
use crate::i18n::t;
use crate::kept::{Kind, is_kept, keep};

/// Keeps a recipe or place, or lets it go. `name` is the record's, for those who hear the page.
#[component]
pub(crate) fn Heart(kind: Kind, id: Uuid, name: String) -> Element {
    let kept = is_kept(id);
    rsx! {
        button {
            r#type: "button",
            class: "icon-button heart",
            "aria-pressed": "{kept}",
            "aria-label": t!("heart-label", name = name),
            title: if kept { t!("heart-remove") } else { t!("heart-save") },
            onclick: move |event| {
                event.prevent_default();
                event.stop_propagation();
                async move { keep(kind, id, !is_kept(id)).await }
            },
            Glyph { icon: Icon::Heart, filled: kept }
        }
    }
}
