//! Rooms and messages.

mod change;
mod live;

pub use change::{ChatChange, MAX_PEOPLE, direct_room};
pub use live::{FromClient, FromServer};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::Person;
use crate::board::{Attachment, ReactionCount};
use crate::codes::coded;
use crate::limits::check_words;
use crate::problem::{FieldCode, FieldError};

coded! {
    /// What a room is for.
    pub enum RoomKind ("room") {
        Direct = "direct", "1:1 대화", "Direct";
        Group = "group", "그룹", "Group";
        Gathering = "meal", "밥모임", "Meal";
    }
}

/// A room, as one of its people sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Room {
    /// Its id.
    pub id: Uuid,
    /// What it is for.
    #[serde(rename = "what")]
    pub kind: RoomKind,
    /// A group's name; empty for a direct one.
    pub name: String,
    /// The meal's post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Uuid>,
    /// Who is in it, the asking person too.
    pub people: Vec<Reader>,
    /// Whether the asking person is still in it.
    pub inside: bool,
    /// Whether it keeps quiet about new messages.
    pub muted: bool,
    /// The newest number of its feed when this was read.
    pub head: i64,
}

/// Somebody in a room, and how far they have read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reader {
    /// Who.
    pub person: Person,
    /// The number of the last message read; the larger of two devices' wins.
    pub read: i64,
}

/// Asks for messages with some words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct MessageQuery {
    /// The words as they stand in the message, 1 to 200 characters.
    #[cfg_attr(
        feature = "openapi",
        param(
            min_length = 1,
            max_length = 200,
            pattern = "^[^\\x00-\\x20\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+$"
        )
    )]
    pub q: String,
}

impl MessageQuery {
    /// Checks the length.
    ///
    /// # Errors
    /// Names the parameter.
    pub fn validate(&self) -> Result<(), FieldError> {
        if self.q.trim().is_empty() {
            return Err(FieldError::coded("q", FieldCode::Empty, "must have at least one character"));
        }
        check_words("q", &self.q)
    }
}

/// A message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// Its id, made by the device that sent it.
    pub id: Uuid,
    /// Where.
    pub room: Uuid,
    /// Its place in the room's order; it keeps it when it is edited.
    pub number: i64,
    /// Who sent it; absent when the account is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Person>,
    /// The words; empty with a photo or card alone, and when it was deleted.
    pub text: String,
    /// A photo's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<Uuid>,
    /// A place or recipe, shown as a card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Attachment>,
    /// The message it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Uuid>,
    /// Grows with each change.
    pub version: i64,
    /// When the server took it, ms UTC.
    pub created_ms: i64,
    /// When it was last changed, ms UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_ms: Option<i64>,
    /// Whether its author took it back, or a moderator hid it.
    #[serde(default)]
    pub deleted: bool,
    /// Reactions that were given at least once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<ReactionCount>,
}
