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
use hnh_domain::board::Board;

use crate::account::PersonLink;
use crate::format::ago;
use crate::i18n::t;

/// What writing on a board is called: a post, a meal or an event.
fn write_words(board: Board) -> String {
    match board {
        Board::Info => t!("board-write"),
        Board::Buddy => t!("write-invite"),
        Board::Event => t!("write-event"),
    }
}

/// Who wrote something, which leads to their page, and when.
#[component]
fn Byline(author: Option<Person>, at_ms: i64, #[props(default)] edited: bool) -> Element {
    rsx! {
        span { class: "byline",
            PersonLink { person: author }
            span { {ago(at_ms)} }
            if edited {
                span { {t!("post-edited")} }
            }
        }
    }
}
