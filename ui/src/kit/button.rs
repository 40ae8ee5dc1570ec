//! Buttons. A button says what happens; an icon alone still has a name.

use dioxus::prelude::*;

use super::{Glyph, Icon};
use crate::browser;
use crate::i18n::t;

/// How much a button calls for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ButtonKind {
    /// The one thing to do here.
    Primary,
    /// Something to do.
    #[default]
    Plain,
    /// Something that can be left alone.
    Quiet,
    /// Something that cannot be undone.
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Plain => "button",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// A button with words and, before them, an icon.
#[component]
pub(crate) fn Button(
    #[props(default)] kind: ButtonKind,
    #[props(default)] icon: Option<Icon>,
    onclick: EventHandler<MouseEvent>,
    #[props(extends = GlobalAttributes, extends = button)] attributes: Vec<Attribute>,
    children: Element,
) -> Element {
    rsx! {
        button { r#type: "button", class: kind.class(), onclick: move |event| onclick.call(event), ..attributes,
            if let Some(icon) = icon {
                Glyph { icon }
            }
            {children}
        }
    }
}

/// The button that sends a form.
#[component]
pub(crate) fn SubmitButton(#[props(default)] busy: bool, children: Element) -> Element {
    rsx! {
        button { r#type: "submit", class: ButtonKind::Primary.class(), disabled: busy, {children} }
    }
}

/// A link that looks like a button.
#[component]
pub(crate) fn LinkButton(
    #[props(default)] kind: ButtonKind,
    #[props(default)] icon: Option<Icon>,
    to: crate::routes::Route,
    children: Element,
) -> Element {
    rsx! {
        Link { class: kind.class(), to: to.address(),
            if let Some(icon) = icon {
                Glyph { icon }
            }
            {children}
        }
    }
}

/// A button that is an icon alone; `label` is its name and its tooltip.
#[component]
pub(crate) fn IconButton(
    icon: Icon,
    label: String,
    onclick: EventHandler<MouseEvent>,
    #[props(default)] filled: bool,
    #[props(extends = GlobalAttributes, extends = button)] attributes: Vec<Attribute>,
) -> Element {
    rsx! {
        button {
            r#type: "button",
            class: "icon-button",
            "aria-label": "{label}",
            title: "{label}",
            onclick: move |event| onclick.call(event),
            ..attributes,
            Glyph { icon, filled }
        }
    }
}

/// The way back to where one was, or to `otherwise` for those who came from outside. An installed app has no other.
#[component]
pub(crate) fn BackButton(otherwise: String) -> Element {
    rsx! {
        IconButton {
            icon: Icon::ArrowLeft,
            label: t!("back"),
            onclick: move |_| {
                if !browser::go_back() {
                    navigator().push(otherwise.clone());
                }
            },
        }
    }
}
