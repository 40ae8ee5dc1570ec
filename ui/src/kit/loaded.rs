//! What a page shows of something that is being fetched: a skeleton, then the thing, or what went wrong.

use dioxus::prelude::*;
use hnh_domain::problem::Problem;

use super::{ErrorState, Page, Skeleton, SkeletonShape, Waiting};

type Fetched<T> = Resource<Result<T, Problem>>;

/// A part of a page. A refusal has a button to try again, and `ways` on beside it.
pub(crate) fn loaded<T: 'static>(
    mut fetched: Fetched<T>,
    (shape, count): (SkeletonShape, usize),
    ways: Element,
    show: impl FnOnce(&T) -> Element,
) -> Element {
    match &*fetched.read() {
        None => rsx! { Skeleton { shape, count } },
        Some(Err(problem)) => rsx! {
            ErrorState { problem: problem.clone(), onretry: move |()| fetched.restart(), {ways} }
        },
        Some(Ok(thing)) => show(thing),
    }
}

/// A whole page, whose title is the thing's own; `title` is the page's while there is only a refusal to show.
pub(crate) fn loaded_page<T: 'static>(
    mut fetched: Fetched<T>,
    (shape, count): (SkeletonShape, usize),
    title: String,
    ways: Element,
    show: impl FnOnce(&T) -> Element,
) -> Element {
    match &*fetched.read() {
        None => rsx! { Waiting { shape, count } },
        Some(Err(problem)) => rsx! {
            Page { title, class: "page-narrow",
                ErrorState { problem: problem.clone(), onretry: move |()| fetched.restart(), {ways} }
            }
        },
        Some(Ok(thing)) => show(thing),
    }
}
