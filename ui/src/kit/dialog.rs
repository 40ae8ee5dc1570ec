//! A native modal dialog: the browser keeps the focus inside, gives it back, and closes on Escape.

use dioxus::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::{Button, ButtonKind, Icon, IconButton};
use crate::browser::{self, Listener};
use crate::i18n::t;

/// Opens or closes the native dialog with an id as `open` says, and tells when the browser closed it.
pub(super) fn use_modal(id: Signal<String>, open: ReadSignal<bool>, onclose: EventHandler<()>) {
    let mut closing = use_signal(|| None::<Listener>);
    use_effect(move || {
        let open = open();
        let Some(dialog) = browser::element(&id.peek()).and_then(|e| e.dyn_into::<HtmlDialogElement>().ok()) else {
            return;
        };
        if closing.peek().is_none() {
            // Dioxus has no event of this name.
            closing.set(Some(Listener::new(&dialog, "close", move |_| onclose.call(()))));
        }
        if open && !dialog.open() {
            // Refused only for a dialog that is not on the page.
            dialog.show_modal().ok();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
}

/// A button whose decision cannot be undone: it asks first.
#[component]
pub(crate) fn ConfirmButton(
    /// What happens, on the button and again where one says yes.
    label: String,
    /// What is asked.
    question: String,
    /// What follows from it.
    text: String,
    onconfirm: EventHandler<()>,
) -> Element {
    let mut open = use_signal(|| false);
    rsx! {
        Button { kind: ButtonKind::Quiet, onclick: move |_| open.set(true), "{label}" }
        Dialog { open, title: question, onclose: move |()| open.set(false),
            p { class: "confirm-text", "{text}" }
            div { class: "form-ways",
                Button { onclick: move |_| open.set(false), {t!("confirm-no")} }
                Button {
                    kind: ButtonKind::Danger,
                    onclick: move |_| {
                        open.set(false);
                        onconfirm.call(());
                    },
                    "{label}"
                }
            }
        }
    }
}

/// An id for an element that scripts must find again, unique on the page.
pub(super) fn use_element_id(prefix: &'static str) -> Signal<String> {
    use_signal(|| format!("{prefix}-{}", dioxus::core::current_scope_id().0))
}

/// A dialog in the middle of the window.
#[component]
pub(crate) fn Dialog(open: ReadSignal<bool>, title: String, onclose: EventHandler<()>, children: Element) -> Element {
    let id = use_element_id("dialog");
    use_modal(id, open, onclose);
    rsx! {
        dialog {
            id: "{id}",
            class: "dialog",
            "aria-labelledby": "{id}-title",
            "closedby": "any",
            if open() {
                div { class: "dialog-head",
                    h2 { id: "{id}-title", "{title}" }
                    IconButton { icon: Icon::Close, label: t!("close"), onclick: move |_| onclose.call(()) }
                }
                div { class: "dialog-body", {children} }
            }
        }
    }
}
