//! Finding what was said, in all rooms.

use dioxus::prelude::*;
use hnh_domain::calls::{RoomRow, SearchMessages};
use hnh_domain::chat::MessageQuery;
use uuid::Uuid;

use super::name;
use super::rooms::said_by;
use crate::core::call;
use crate::format::ago;
use crate::i18n::t;
use crate::kit::{SkeletonShape, loaded};
use crate::routes::Route;

/// The messages with some words, the newest first; each leads to its room.
#[component]
pub(super) fn FoundMessages(words: String, rooms: Vec<RoomRow>, me: Uuid) -> Element {
    let found = use_resource(use_reactive!(|words| call(SearchMessages { query: MessageQuery { q: words } })));
    let room_name = move |id: Uuid| rooms.iter().find(|row| row.room.id == id).map(|row| name(&row.room, me));
    loaded(found, (SkeletonShape::Rows, 4), rsx! {}, |messages| {
        rsx! {
            if messages.is_empty() {
                p { class: "note", role: "status", {t!("chat-search-none")} }
            }
            ul { class: "posts",
                for message in messages.iter().cloned() {
                    li { key: "{message.id}",
                        Link { class: "card post-row room-row", to: Route::RoomPage { id: message.room }.address(),
                            bdi { class: "post-title", {room_name(message.room).unwrap_or_default()} }
                            span { class: "room-last", dir: "auto", {said_by(&message, me)} }
                            span { class: "note", {ago(message.created_ms)} }
                        }
                    }
                }
            }
        }
    })
}
