//! Chips: a fact, a choice, or something that can be taken away.

use dioxus::prelude::*;

use super::{Glyph, Icon};
use crate::i18n::t;

/// What a chip tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ChipKind {
    /// A fact.
    #[default]
    Plain,
    /// A fact that somebody looks for.
    Leaf,
    /// The same, wholly so.
    LeafFull,
    /// A fact to notice.
    Honey,
    /// A warning.
    Tomato,
}

impl ChipKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "chip",
            Self::Leaf => "chip chip-leaf",
            Self::LeafFull => "chip chip-leaf-full",
            Self::Honey => "chip chip-honey",
            Self::Tomato => "chip chip-tomato",
        }
    }
}

/// A word or two; with `onremove` it can be taken away.
#[component]
pub(crate) fn Chip(
    text: String,
    #[props(default)] kind: ChipKind,
    #[props(default)] icon: Option<Icon>,
    #[props(default)] onremove: Option<EventHandler<()>>,
) -> Element {
    rsx! {
        span { class: kind.class(),
            if let Some(icon) = icon {
                Glyph { icon, size: 15 }
            }
            "{text}"
            if let Some(onremove) = onremove {
                button {
                    r#type: "button",
                    class: "chip-remove",
                    "aria-label": t!("chip-remove", name = text.clone()),
                    onclick: move |_| onremove.call(()),
                    Glyph { icon: Icon::Close, size: 15 }
                }
            }
        }
    }
}

/// A choice that is on or off, with how many there are behind it.
#[component]
pub(crate) fn ToggleChip(
    text: String,
    on: bool,
    #[props(default)] count: Option<u64>,
    onclick: EventHandler<()>,
) -> Element {
    rsx! {
        button {
            r#type: "button",
            class: "chip chip-toggle",
            "aria-pressed": "{on}",
            onclick: move |_| onclick.call(()),
            if on {
                Glyph { icon: Icon::Check, size: 15 }
            }
            "{text}"
            if let Some(count) = count {
                span { class: "chip-count", "{count}" }
            }
        }
    }
}
