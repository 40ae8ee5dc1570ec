//! The heart that makes a record a favourite.

use dioxus::prelude::*;
use hnh_domain::account::FavouriteKind;
use uuid::Uuid;

use super::state::{is_favourite, set_favourite};
use crate::i18n::t;
use crate::kit::{Glyph, Icon};

/// Makes a recipe or place a favourite, or no longer one. `name` is the record's, for those who hear the page.
#[component]
pub(crate) fn Heart(kind: FavouriteKind, id: Uuid, name: String) -> Element {
    let favourite = is_favourite(id);
    rsx! {
        button {
            r#type: "button",
            class: "icon-button heart",
            "aria-pressed": "{favourite}",
            "aria-label": t!("heart-label", name = name),
            title: if favourite { t!("heart-remove") } else { t!("heart-save") },
            onclick: move |event| {
                event.prevent_default();
                event.stop_propagation();
                async move { set_favourite(kind, id, !is_favourite(id)).await }
            },
            Glyph { icon: Icon::Heart, filled: favourite }
        }
    }
}
