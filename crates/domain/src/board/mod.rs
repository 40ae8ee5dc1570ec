//! The boards: information, meal buddies, events; posts, comments, gatherings.

mod change;
mod gathering;
mod query;
mod selection;

pub use change::{BoardChange, Decision, GatheringDraft, MAX_PHOTOS, PostDraft, PostPhoto, Subject, SubjectKind};
pub use gathering::{CheckIn, Gathering, Seat, SeatState, Suggestion};
pub use query::{PostQuery, PostSort, Posts};
pub use selection::PostFacts;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::Person;
use crate::codes::coded;

coded! {
    /// A board.
    pub enum Board ("board") {
        Info = "info", "정보 게시판", "Information";
        Buddy = "buddy", "밥친구", "Meal buddies";
        Event = "event", "행사", "Events";
    }
}

coded! {
    /// A quick answer to what somebody wrote.
    pub enum Reaction ("reaction") {
        Like = "like", "좋아요", "Like";
        Yum = "yum", "맛있겠다", "Yum";
        Thanks = "thanks", "고마워요", "Thanks";
        Cheer = "cheer", "응원해요", "Cheer";
    }
}

/// How often a reaction was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReactionCount {
    /// Which.
    pub reaction: Reaction,
    /// How often.
    pub count: u32,
    /// Whether the asking person gave it.
    pub mine: bool,
}

/// A record of the catalogue that is shown as a live card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attachment {
    /// What it is.
    #[serde(rename = "what")]
    pub kind: crate::account::FavouriteKind,
    /// Its id in the catalogue.
    pub id: Uuid,
}

/// A post.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Post {
    /// Its id.
    pub id: Uuid,
    /// Where it is.
    pub board: Board,
    /// Who wrote it; absent when the account is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Person>,
    /// What it says.
    pub draft: PostDraft,
    /// The body as HTML that is safe to show.
    pub html: String,
    /// Grows with each change of the text; an edit names the one it was made from.
    pub version: i64,
    /// When it was written, ms UTC.
    pub created_ms: i64,
    /// When its text was last changed, ms UTC; absent when never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_ms: Option<i64>,
    /// How many comments there are.
    pub comments: u32,
    /// Reactions that were given at least once.
    pub reactions: Vec<ReactionCount>,
    /// The meal, where the post invites to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gathering: Option<Gathering>,
    /// Whether a moderator hid it: its author and moderators still see it.
    #[serde(default)]
    pub hidden: bool,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comment {
    /// Its id.
    pub id: Uuid,
    /// On what.
    pub post: Uuid,
    /// The comment it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Uuid>,
    /// Who wrote it; absent when the account is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Person>,
    /// The words as written; empty when it was deleted but has answers.
    pub text: String,
    /// The words as HTML that is safe to show.
    pub html: String,
    /// Grows with each change.
    pub version: i64,
    /// When it was written, ms UTC.
    pub created_ms: i64,
    /// When it was last changed, ms UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_ms: Option<i64>,
    /// Reactions that were given at least once.
    pub reactions: Vec<ReactionCount>,
    /// Whether a moderator hid it.
    #[serde(default)]
    pub hidden: bool,
}

/// A post with what was said about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostDetails {
    /// The post.
    pub post: Post,
    /// Its comments, the oldest first; answers name their parent.
    pub comments: Vec<Comment>,
}

/// What a post said before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revision {
    /// Which version.
    pub version: i64,
    /// What it said.
    pub draft: PostDraft,
    /// When it was written, ms UTC.
    pub at_ms: i64,
}

/// Something that a person reported, for moderators.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    /// Its id.
    pub id: Uuid,
    /// What was reported.
    pub subject: Subject,
    /// Who reported it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Person>,
    /// Who wrote what was reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Person>,
    /// Why.
    pub reason: String,
    /// What was reported, in its words.
    pub words: String,
    /// When, ms UTC.
    pub at_ms: i64,
}

/// What moderators did, for everybody to see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LogEntry {
    /// Its id.
    pub id: Uuid,
    /// What was done.
    pub decision: Decision,
    /// To a post, a comment or a message.
    pub kind: SubjectKind,
    /// Why.
    pub reason: String,
    /// When, ms UTC.
    pub at_ms: i64,
}
