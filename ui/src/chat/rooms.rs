//! The list of rooms.

use dioxus::prelude::*;
use hnh_domain::board::{Board, PostQuery};
use hnh_domain::calls::{ListRooms, RoomRow};
use hnh_domain::chat::Message;
use hnh_domain::topic::Topic;
use uuid::Uuid;

use super::group::NewGroup;
use super::name;
use super::search::FoundMessages;
use crate::account::{SignInLink, use_me};
use crate::core::{use_call, use_topic};
use crate::format::ago;
use crate::i18n::{lang, t};
use crate::kit::{Chip, ChipKind, EmptyState, ErrorState, Icon, LinkButton, Page, SearchField, SkeletonShape, Waiting};
use crate::routes::{InUrl, Route};

/// The rooms one is in.
#[component]
pub(crate) fn ChatPage() -> Element {
    let changes = use_topic(Topic::Rooms);
    let me = use_me();
    let mut rows = use_call(move || {
        changes();
        ListRooms {}
    });
    let mut words = use_signal(String::new);
    let buddies = Route::BoardPage { query: InUrl(PostQuery { board: Some(Board::Buddy), ..PostQuery::default() }) };
    rsx! {
        Page {
            title: t!("chat-title"),
            class: "page-narrow",
            beside: rsx! {
                if let Some(Some(me)) = &*me.read() {
                    NewGroup { me: me.id }
                }
            },
            match (&*me.read(), &*rows.read()) {
                (None, _) | (_, None) => rsx! { Waiting { shape: SkeletonShape::Rows } },
                (Some(None), _) => rsx! {
                    EmptyState { icon: Icon::MessagesSquare, title: t!("chat-sign-in"), text: t!("chat-empty-text"),
                        SignInLink {}
                        LinkButton { to: buddies, icon: Icon::MessageSquare, {t!("chat-find")} }
                    }
                },
                (_, Some(Err(problem))) => rsx! {
                    ErrorState { problem: problem.clone(), onretry: move |()| rows.restart() }
                },
                (_, Some(Ok(rows))) if rows.is_empty() => rsx! {
                    EmptyState { icon: Icon::MessagesSquare, title: t!("chat-empty"), text: t!("chat-empty-text"),
                        LinkButton { to: buddies, icon: Icon::MessageSquare, {t!("chat-find")} }
                    }
                },
                (Some(Some(me)), Some(Ok(rows))) => rsx! {
                    SearchField { label: t!("chat-search"), value: words(), oninput: move |text| words.set(text) }
                    if !words.read().trim().is_empty() {
                        FoundMessages { words: words(), rooms: rows.clone(), me: me.id }
                    } else {
                    ul { class: "posts",
                        for row in rows.iter().cloned() {
                            li { key: "{row.room.id}", Row { row, me: me.id } }
                        }
                    }
                    }
                },
            }
        }
    }
}

/// A message in a line, with who said it where that was somebody else.
pub(super) fn said_by(message: &Message, me: Uuid) -> String {
    match (&message.author, message.deleted) {
        (_, true) => t!("chat-deleted"),
        (Some(author), _) if author.id != me => format!("{}: {}", author.name, words_of(message)),
        _ => words_of(message),
    }
}

/// What a message says, also where it has no words.
fn words_of(message: &Message) -> String {
    match (message.text.as_str(), message.photo, message.card) {
        ("", Some(_), _) => t!("photo"),
        ("", None, Some(card)) => card.kind.name(lang()).to_owned(),
        (text, ..) => text.to_owned(),
    }
}

#[component]
fn Row(row: RoomRow, me: Uuid) -> Element {
    let last = row.last.as_ref().map(|message| said_by(message, me));
    rsx! {
        Link { class: "card post-row room-row", to: Route::RoomPage { id: row.room.id }.address(),
            div { class: "post-facts",
                bdi { class: "post-title", {name(&row.room, me)} }
                if row.unread > 0 {
                    Chip { text: t!("chat-unread", count = row.unread), kind: ChipKind::Tomato }
                }
                if row.room.muted {
                    Chip { text: t!("chat-muted") }
                }
            }
            span { class: "room-last", dir: "auto", {last.unwrap_or_else(|| t!("chat-nothing"))} }
            if let Some(last) = &row.last {
                span { class: "note", {ago(last.created_ms)} }
            }
        }
    }
}
