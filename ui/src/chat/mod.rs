//! Rooms and what is said in them, from the device; the server tells when there is more.

mod card;
mod compose;
mod group;
mod message;
mod room;
mod rooms;
mod search;
mod unread;

pub(crate) use card::CardLink;
pub(crate) use group::{AddByHandle, acquaintances};
pub(crate) use room::RoomPage;
pub(crate) use rooms::ChatPage;
pub(crate) use unread::{unread, use_unread};

use hnh_domain::chat::{Room, RoomKind};
use uuid::Uuid;

use crate::i18n::{lang, t};

/// A room's name as one of its people calls it: a direct one is named after the other.
fn name(room: &Room, me: Uuid) -> String {
    let other = room.people.iter().find(|reader| reader.person.id != me);
    match (room.kind, other) {
        (RoomKind::Direct, Some(reader)) => reader.person.name.clone(),
        (RoomKind::Direct, None) => t!("person-gone"),
        _ if room.name.is_empty() => room.kind.name(lang()).to_owned(),
        _ => room.name.clone(),
    }
}
