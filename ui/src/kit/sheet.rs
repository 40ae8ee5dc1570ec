//! A sheet: from the bottom on a phone, where it can be dragged away, and from the side on a wide window.

use dioxus::prelude::*;

use super::dialog::{use_element_id, use_modal};
use super::{Icon, IconButton};
use crate::browser;
use crate::i18n::t;

/// How far down a sheet is dragged, in CSS pixels, before letting go closes it.
const LET_GO: f64 = 110.0;

/// A modal sheet with a title, a body that scrolls, and a foot that stays.
#[component]
pub(crate) fn Sheet(
    open: ReadSignal<bool>,
    title: String,
    onclose: EventHandler<()>,
    #[props(default)] foot: Option<Element>,
    children: Element,
) -> Element {
    let id = use_element_id("sheet");
    use_modal(id, open, onclose);
    let mut start = use_signal(|| None::<f64>);
    let mut offset = use_signal(|| 0.0);
    let let_go = move |_| {
        start.set(None);
        if offset() > LET_GO {
            onclose.call(());
        }
        offset.set(0.0);
    };
    rsx! {
        dialog {
            id: "{id}",
            class: "sheet",
            class: if start().is_some() { "sheet-dragged" },
            style: "--drag: {offset}px",
            "aria-labelledby": "{id}-title",
            "closedby": "any",
            if open() {
                div {
                    class: "sheet-handle",
                    onpointerdown: move |event| {
                        start.set(Some(event.client_coordinates().y));
                        browser::hold_pointer("dialog[open] .sheet-handle", event.pointer_id());
                    },
                    onpointermove: move |event| {
                        if let Some(start) = start() {
                            offset.set((event.client_coordinates().y - start).max(0.0));
                        }
                    },
                    onpointerup: let_go,
                    onpointercancel: let_go,
                    span { class: "sheet-grip" }
                }
                div { class: "sheet-head",
                    h2 { id: "{id}-title", "{title}" }
                    IconButton { icon: Icon::Close, label: t!("close"), onclick: move |_| onclose.call(()) }
                }
                div { class: "sheet-body", {children} }
                if let Some(foot) = foot {
                    div { class: "sheet-foot", {foot} }
                }
            }
        }
    }
}
