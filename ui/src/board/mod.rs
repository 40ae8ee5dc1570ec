//! The boards: lists of posts, one post with its comments, writing.

mod list;
mod post;
mod seats;
mod write;

pub(crate) use list::BoardPage;
pub(crate) use post::PostPage;
pub(crate) use write::WritePage;

use dioxus::prelude::*;
use hnh_domain::account::Person;

use crate::format::moment;
use crate::i18n::t;

/// Who wrote something, and when.
#[component]
fn Byline(author: Option<Person>, at_ms: i64, #[props(default)] edited: bool) -> Element {
    rsx! {
        span { class: "byline",
            b { {author.map_or_else(|| t!("person-gone"), |author| author.name)} }
            span { {moment(at_ms)} }
            if edited {
                span { {t!("post-edited")} }
            }
        }
    }
}
