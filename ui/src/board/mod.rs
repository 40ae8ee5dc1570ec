//! The boards: lists of posts, one post with its comments, writing.

mod after;
mod calendar;
mod check_in;
mod comments;
mod gathering_form;
mod history;
mod list;
mod post;
mod reaction;
mod report;
mod seats;
mod suggestions;
mod write;

pub(crate) use calendar::{CalendarPage, Month};
pub(crate) use list::BoardPage;
pub(crate) use post::PostPage;
pub(crate) use report::Report;
pub(crate) use write::{EditPage, WritePage};

use dioxus::prelude::*;
use hnh_domain::account::Person;
use hnh_domain::board::{Board, PostQuery};

use crate::account::PersonLink;
use crate::format::ago;
use crate::i18n::t;
use crate::photos::Avatar;
use crate::routes::{InUrl, Route};

/// All posts with a tag.
fn tagged(tag: &str) -> Route {
    Route::BoardPage { query: InUrl(PostQuery { tag: Some(tag.to_owned()), ..PostQuery::default() }) }
}

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
            if let Some(author) = author.clone() {
                Avatar { person: author }
            }
            PersonLink { person: author }
            span { {ago(at_ms)} }
            if edited {
                span { {t!("post-edited")} }
            }
        }
    }
}
