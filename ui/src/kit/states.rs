//! What a page shows when there is nothing to show: not yet, nothing, or not to be had.

use dioxus::prelude::*;
use hnh_domain::problem::{Problem, ProblemCode};

use super::{Button, ButtonKind, Glyph, Icon};
use crate::i18n::t;
use crate::refusals;

/// The shape of what comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SkeletonShape {
    /// Cards with pictures.
    Cards,
    /// Rows of a list.
    Rows,
    /// A page with a picture, a title and text.
    Details,
}

/// Stands in for `count` things that are being fetched; heard once, not one by one.
#[component]
pub(crate) fn Skeleton(shape: SkeletonShape, #[props(default = 8)] count: usize) -> Element {
    let class = match shape {
        SkeletonShape::Cards => "skeleton-cards",
        SkeletonShape::Rows => "skeleton-rows",
        SkeletonShape::Details => "skeleton-details",
    };
    rsx! {
        div { class: "skeleton {class}", role: "status",
            span { class: "hidden", {t!("loading")} }
            for i in 0..count {
                div { key: "{i}", class: "bone", "aria-hidden": "true",
                    span { class: "bone-picture" }
                    span { class: "bone-line" }
                    span { class: "bone-line bone-short" }
                }
            }
        }
    }
}

/// A page whose record is on its way. It has no heading yet, so that the focus waits for the real one.
#[component]
pub(crate) fn Waiting(shape: SkeletonShape, #[props(default = 1)] count: usize) -> Element {
    rsx! {
        div { class: "page",
            Skeleton { shape, count }
        }
    }
}

/// Nothing here yet, and what to do about it.
#[component]
pub(crate) fn EmptyState(icon: Icon, title: String, #[props(default)] text: String, children: Element) -> Element {
    rsx! {
        div { class: "empty",
            span { class: "empty-mark", Glyph { icon, size: 32 } }
            p { class: "empty-title", "{title}" }
            if !text.is_empty() {
                p { class: "empty-text", "{text}" }
            }
            div { class: "empty-ways", {children} }
        }
    }
}

/// What happened, what is safe, and the way on.
#[component]
pub(crate) fn ErrorState(
    problem: Problem,
    #[props(default)] onretry: Option<EventHandler<()>>,
    children: Element,
) -> Element {
    let (icon, title, text) = match problem.code {
        ProblemCode::Offline | ProblemCode::TooSlow => (Icon::WifiOff, t!("error-offline"), t!("error-offline-text")),
        ProblemCode::NotFound => (Icon::Search, t!("error-not-found"), t!("error-not-found-text")),
        ProblemCode::NotReady => (Icon::Clock, t!("error-not-ready"), t!("error-not-ready-text")),
        ProblemCode::Storage => (Icon::CircleAlert, t!("error-storage"), t!("error-storage-text")),
        ProblemCode::InvalidInput | ProblemCode::InvalidCursor | ProblemCode::TooLarge | ProblemCode::UriTooLong => {
            (Icon::CircleAlert, t!("error-input"), refusals::words(&problem))
        }
        ProblemCode::SignInRequired => (Icon::CircleAlert, t!("error-sign-in"), t!("error-sign-in-text")),
        ProblemCode::Internal | ProblemCode::MethodNotAllowed | ProblemCode::NumberGap => {
            (Icon::CircleAlert, t!("error-internal"), t!("error-internal-text"))
        }
        _ => (Icon::CircleAlert, t!("error-refused"), refusals::words(&problem)),
    };
    rsx! {
        div { class: "empty", role: "alert",
            span { class: "empty-mark empty-error", Glyph { icon, size: 32 } }
            p { class: "empty-title", "{title}" }
            p { class: "empty-text", "{text}" }
            div { class: "empty-ways",
                if let Some(onretry) = onretry {
                    Button { kind: ButtonKind::Primary, icon: Icon::RefreshCw, onclick: move |_| onretry.call(()), {t!("retry")} }
                }
                {children}
            }
        }
    }
}
