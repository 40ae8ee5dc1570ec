//! What goes over the WebSocket `GET /api/v1/live`, as JSON texts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a client says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum FromClient {
    /// Wants to hear of a feed from now on; it is answered by its head.
    Follow {
        /// The feed's name.
        feed: String,
    },
    /// Types in a room; heard by the others for a few seconds.
    Typing {
        /// Where.
        room: Uuid,
    },
    /// Is still there; answered by `heads`.
    Ping,
}

/// What the server says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum FromServer {
    /// The newest numbers of followed feeds: of those that grew, and in each heartbeat of all.
    Heads {
        /// By the feed's name.
        heads: BTreeMap<String, i64>,
        /// Which log they are of; older servers do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        epoch: Option<Uuid>,
    },
    /// Somebody types.
    Typing {
        /// Where.
        room: Uuid,
        /// Who.
        person: Uuid,
    },
    /// Somebody of a followed room came or went.
    Presence {
        /// Who.
        person: Uuid,
        /// Whether they have a device connected.
        here: bool,
    },
    /// The server stops: connect again, to another one, after a moment.
    Closing,
    /// A feed may not be followed.
    Refused {
        /// The feed's name as it was asked for.
        feed: String,
    },
}
