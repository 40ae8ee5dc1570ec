//! The frame of a page: its title, which the browser's tab shows and the focus moves to, and its parts.

use dioxus::prelude::*;

use super::BackButton;
use crate::browser;
use crate::chat::unread;
use crate::shell::take_arrival;

/// A page. `title` is its main heading and the tab's title.
#[component]
pub(crate) fn Page(
    title: String,
    /// Words for the tab when the heading alone would not do.
    #[props(default)]
    tab: Option<String>,
    /// What stands before the heading, where the way back is another than `back`.
    #[props(default)]
    before: Option<Element>,
    /// Where the way back leads those who came from outside, such as by a link.
    #[props(default)]
    back: Option<String>,
    /// What stands beside the heading.
    #[props(default)]
    beside: Option<Element>,
    #[props(default)] class: String,
    children: Element,
) -> Element {
    use_tab_title(tab.unwrap_or_else(|| title.clone()));
    rsx! {
        div { class: "page {class}",
            header { class: "page-head",
                {before}
                if let Some(otherwise) = back {
                    BackButton { otherwise }
                }
                Heading { title }
                {beside}
            }
            {children}
        }
    }
}

/// The page's main heading. After a move to another page the focus is put on it, so that screen
/// readers say where one is and the keyboard goes on from the top.
#[component]
pub(crate) fn Heading(title: String) -> Element {
    rsx! {
        h1 {
            tabindex: "-1",
            dir: "auto",
            onmounted: move |_| {
                if let Some(heading) = take_arrival().then(|| browser::first("main h1")).flatten() {
                    browser::focus_in_place(&heading);
                }
            },
            "{title}"
        }
    }
}

/// Sets the tab's title, with how many messages are not read.
pub(crate) fn use_tab_title(title: String) {
    let mut shown = use_signal(String::new);
    let unread = unread();
    let title = if unread > 0 { format!("({unread}) {title} · HnH") } else { format!("{title} · HnH") };
    if *shown.peek() != title {
        if let Some(document) = browser::document() {
            document.set_title(&title);
        }
        shown.set(title);
    }
}

/// A part of a page with its heading.
#[component]
pub(crate) fn PageSection(
    title: String,
    #[props(default)] class: String,
    #[props(default)] beside: Option<Element>,
    children: Element,
) -> Element {
    rsx! {
        section { class: "section {class}",
            div { class: "section-head",
                h2 { "{title}" }
                {beside}
            }
            {children}
        }
    }
}
