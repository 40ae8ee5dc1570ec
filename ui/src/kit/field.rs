//! Fields to type and choose in, each with a label that is read aloud.

use dioxus::prelude::*;

use super::{Glyph, Icon, IconButton};
use crate::i18n::t;

/// The list that belongs to a search field, as the keyboard and a screen reader meet it.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Combobox {
    /// The list's id.
    pub(crate) list: String,
    /// Whether it is shown.
    pub(crate) open: bool,
    /// The id of the line that the arrow keys are at.
    pub(crate) active: Option<String>,
}

/// A search field. `/` on the keyboard leads to the page's first.
#[component]
pub(crate) fn SearchField(
    label: String,
    value: String,
    oninput: EventHandler<String>,
    #[props(default)] onsubmit: Option<EventHandler<()>>,
    #[props(default)] combobox: Option<Combobox>,
) -> Element {
    let expanded = combobox.as_ref().map(|list| if list.open { "true" } else { "false" });
    rsx! {
        form {
            class: "search-field",
            role: "search",
            onsubmit: move |event| {
                event.prevent_default();
                if let Some(onsubmit) = onsubmit {
                    onsubmit.call(());
                }
            },
            Glyph { icon: Icon::Search, size: 20 }
            input {
                // A search field cannot have the role of a combobox (ARIA in HTML).
                r#type: if combobox.is_some() { "text" } else { "search" },
                "data-search": "true",
                "aria-label": "{label}",
                placeholder: "{label}",
                autocomplete: "off",
                enterkeyhint: "search",
                role: combobox.as_ref().map(|_| "combobox"),
                "aria-expanded": expanded,
                "aria-autocomplete": combobox.as_ref().map(|_| "list"),
                "aria-controls": combobox.as_ref().filter(|list| list.open).map(|list| list.list.clone()),
                "aria-activedescendant": combobox.as_ref().and_then(|list| list.active.clone()),
                value: "{value}",
                oninput: move |event| oninput.call(event.value()),
            }
            if !value.is_empty() {
                IconButton { icon: Icon::Close, label: t!("clear"), onclick: move |_| oninput.call(String::new()) }
            }
        }
    }
}

/// A choice of one from a list of codes and names.
#[component]
pub(crate) fn Select(
    label: String,
    value: String,
    options: Vec<(String, String)>,
    onchange: EventHandler<String>,
    #[props(default)] quiet: bool,
) -> Element {
    rsx! {
        label { class: if quiet { "select select-quiet" } else { "select" },
            span { class: if quiet { "hidden" } else { "select-label" }, "{label}" }
            span { class: "select-box",
                select { onchange: move |event| onchange.call(event.value()),
                    for (code , name) in options {
                        option { key: "{code}", value: "{code}", selected: code == value, "{name}" }
                    }
                }
                Glyph { icon: Icon::ChevronDown, size: 18 }
            }
        }
    }
}

/// Something to switch on or off.
#[component]
pub(crate) fn Checkbox(label: String, checked: bool, onchange: EventHandler<bool>) -> Element {
    rsx! {
        label { class: "checkbox",
            input { r#type: "checkbox", checked, onchange: move |event| onchange.call(event.checked()) }
            span { "{label}" }
        }
    }
}
