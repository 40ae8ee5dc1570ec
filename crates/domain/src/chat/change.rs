//! What people change in rooms.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::board::Attachment;
use crate::problem::FieldError;
use crate::written;

/// The longest message, in characters.
const MAX_MESSAGE: usize = 4_000;
/// The longest name of a group, in characters.
const MAX_NAME: usize = 60;
/// The most people of a group.
pub const MAX_PEOPLE: usize = 100;

/// A change in the rooms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChatChange {
    /// Opens a room with one person; where there is one already, its messages go there.
    OpenDirect {
        /// The room's id, as [`direct_room`] makes it.
        id: Uuid,
        /// With whom.
        person: Uuid,
    },
    /// Opens a group.
    OpenGroup {
        /// The room's id, made by the device.
        id: Uuid,
        /// Its name, 1 to 60 characters.
        name: String,
        /// Who is in it beside oneself, at most 99.
        people: Vec<Uuid>,
    },
    /// Takes a person into a group one is in.
    Invite {
        /// Which group.
        room: Uuid,
        /// Whom.
        person: Uuid,
    },
    /// Leaves a room.
    LeaveRoom {
        /// Which.
        room: Uuid,
    },
    /// Keeps a room quiet, or lets it tell of messages again.
    Mute {
        /// Which.
        room: Uuid,
        /// Whether from now on.
        on: bool,
    },
    /// Sends a message: words, a photo or a card.
    Send {
        /// Its id, made by the device.
        id: Uuid,
        /// Where.
        room: Uuid,
        /// At most 4,000 characters.
        text: String,
        /// A photo's id, uploaded before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        photo: Option<Uuid>,
        /// A place or recipe.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        card: Option<Attachment>,
        /// The message it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<Uuid>,
    },
    /// Rewrites one's own message.
    EditMessage {
        /// Which.
        id: Uuid,
        /// The new words, 1 to 4,000 characters.
        text: String,
        /// The version it was made from.
        version: i64,
    },
    /// Takes one's own message back.
    DeleteMessage {
        /// Which.
        id: Uuid,
    },
    /// Read up to a number.
    MarkRead {
        /// Where.
        room: Uuid,
        /// The last number read.
        number: i64,
    },
}

/// The id of the room of two people: the same whoever opens it first, so that there is one.
#[must_use]
pub fn direct_room(one: Uuid, other: Uuid) -> Uuid {
    let (low, high) = if one < other { (one, other) } else { (other, one) };
    Uuid::new_v5(&low, high.as_bytes())
}

impl ChatChange {
    /// Makes the change fit to be stored and made.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn checked(mut self) -> Result<Self, FieldError> {
        match &mut self {
            Self::OpenGroup { name, people, .. } => {
                *name = written::line("name", name, 1, MAX_NAME)?;
                if people.len() >= MAX_PEOPLE {
                    return Err(FieldError::too_many("people", MAX_PEOPLE - 1));
                }
            }
            Self::Send { text, photo, card, .. } => {
                let least = usize::from(photo.is_none() && card.is_none());
                *text = written::lines("text", text, least, MAX_MESSAGE)?;
            }
            Self::EditMessage { text, .. } => *text = written::lines("text", text, 1, MAX_MESSAGE)?,
            Self::OpenDirect { .. }
            | Self::Invite { .. }
            | Self::LeaveRoom { .. }
            | Self::Mute { .. }
            | Self::DeleteMessage { .. }
            | Self::MarkRead { .. } => {}
        }
        Ok(self)
    }
}
