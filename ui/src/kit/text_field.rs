//! Fields of forms: a label above, what is wrong below.

use dioxus::prelude::*;

use super::{Glyph, Icon};

/// A line to type; `error` says what is wrong with it.
#[component]
pub(crate) fn TextField(
    label: String,
    value: String,
    oninput: EventHandler<String>,
    /// The input's type: text, email, password.
    #[props(default = "text")]
    kind: &'static str,
    /// Which keys a phone shows.
    #[props(default = "text")]
    inputmode: &'static str,
    /// What a password manager fills in.
    #[props(default = "off")]
    autocomplete: &'static str,
    #[props(default)] hint: String,
    #[props(default)] error: Option<String>,
) -> Element {
    let id = use_hook(|| format!("field-{}", dioxus::core::current_scope_id().0));
    let wrong = error.is_some();
    rsx! {
        label { class: "text-field", r#for: "{id}",
            span { class: "text-field-label", "{label}" }
            input {
                id: "{id}",
                r#type: kind,
                inputmode,
                autocomplete,
                autocapitalize: "none",
                "aria-describedby": "{id}-more",
                "aria-invalid": wrong,
                value: "{value}",
                oninput: move |event| oninput.call(event.value()),
            }
        }
        FieldNote { id: "{id}-more", hint, error }
    }
}

/// Several lines to type.
#[component]
pub(crate) fn TextArea(
    label: String,
    value: String,
    oninput: EventHandler<String>,
    #[props(default = 6)] rows: u32,
    #[props(default)] hint: String,
    #[props(default)] error: Option<String>,
    /// Whether it takes the focus when it comes.
    #[props(default)]
    focused: bool,
) -> Element {
    let id = use_hook(|| format!("field-{}", dioxus::core::current_scope_id().0));
    let wrong = error.is_some();
    rsx! {
        label { class: "text-field", r#for: "{id}",
            span { class: "text-field-label", "{label}" }
            textarea {
                id: "{id}",
                onmounted: move |element| async move {
                    if focused {
                        element.set_focus(true).await.ok();
                    }
                },
                rows: "{rows}",
                "aria-describedby": "{id}-more",
                "aria-invalid": wrong,
                value: "{value}",
                oninput: move |event| oninput.call(event.value()),
            }
        }
        FieldNote { id: "{id}-more", hint, error }
    }
}

#[component]
fn FieldNote(id: String, hint: String, error: Option<String>) -> Element {
    rsx! {
        p { id, class: if error.is_some() { "field-note field-wrong" } else { "field-note" },
            if let Some(error) = &error {
                Glyph { icon: Icon::CircleAlert, size: 15 }
                "{error}"
            } else {
                "{hint}"
            }
        }
    }
}
