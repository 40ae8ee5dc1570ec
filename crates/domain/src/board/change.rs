//! What people change on the boards.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Attachment, Board, Reaction};
use crate::codes::{List, coded};
use crate::label::Diet;
use crate::problem::{FieldCode, FieldError};
use crate::written;

/// The longest title, in characters.
const MAX_TITLE: usize = 120;
/// The longest body, in characters.
const MAX_BODY: usize = 20_000;
/// The longest comment, in characters.
const MAX_COMMENT: usize = 4_000;
/// The longest reason of a report or of moderation, in characters.
const MAX_REASON: usize = 1_000;
/// The most tags.
const MAX_TAGS: usize = 8;
/// The longest tag, in characters.
const MAX_TAG: usize = 24;
/// The longest word to a host, in characters.
const MAX_NOTE: usize = 500;
/// The most photos of a post.
pub const MAX_PHOTOS: usize = 10;
/// The longest address of an event, in characters.
const MAX_ADDRESS: usize = 200;
/// The longest description of a photo, in characters.
const MAX_ALT: usize = 200;

/// What a person writes as a post.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostDraft {
    /// 1 to 120 characters.
    pub title: String,
    /// Markdown, at most 20,000 characters.
    pub body: String,
    /// Words to find it by, at most 8 of 24 characters, without `#`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Photos in their order, uploaded before by `PUT /api/v1/photos/{id}`; at most 10.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PostPhoto>,
    /// A place or recipe, shown as a live card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attached: Option<Attachment>,
    /// When, where and for how many, where the post invites to a meal; the buddy and event boards need it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gathering: Option<GatheringDraft>,
}

/// A photo of a post.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(from = "PhotoOrId")]
pub struct PostPhoto {
    /// Its id.
    pub id: Uuid,
    /// What is on it, for who cannot see it; at most 200 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
}

/// Photos were ids alone once, and posts of then are read still.
#[derive(Deserialize)]
#[serde(untagged)]
enum PhotoOrId {
    Id(Uuid),
    Photo {
        id: Uuid,
        #[serde(default)]
        alt: String,
    },
}

impl From<PhotoOrId> for PostPhoto {
    fn from(written: PhotoOrId) -> Self {
        match written {
            PhotoOrId::Id(id) => Self { id, alt: String::new() },
            PhotoOrId::Photo { id, alt } => Self { id, alt },
        }
    }
}

/// When, where and for how many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GatheringDraft {
    /// The beginning, ms UTC.
    pub starts_ms: i64,
    /// How long, in minutes: 15 to 1,440 for a meal, to 20,160 (two weeks) for an event.
    pub minutes: u32,
    /// A public place of the catalogue; a meal needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub venue: Option<Uuid>,
    /// Where an event is that is at no place of the catalogue, at most 200 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Seats beside the host's: 1 to 500 for a meal, to 10,000 for an event.
    pub seats: u32,
    /// Diets that are welcome, by code.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub diets: List<Diet>,
    /// Whether the host answers each request; else a free seat is given at once.
    #[serde(default, alias = "asks")]
    pub needs_approval: bool,
}

impl GatheringDraft {
    /// When it ends, ms UTC.
    #[must_use]
    pub fn ends_ms(&self) -> i64 {
        self.starts_ms + i64::from(self.minutes) * 60_000
    }
}

impl PostDraft {
    /// Makes the draft fit to store: texts by the one rule for them, and what the board needs. Whether a gathering is ahead
    /// is told by the server's clock, see [`GatheringDraft::check_ahead`].
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn checked(mut self, board: Board) -> Result<Self, FieldError> {
        self.title = written::line("title", &self.title, 1, MAX_TITLE)?;
        self.body = written::lines("body", &self.body, 0, MAX_BODY)?;
        if self.tags.len() > MAX_TAGS {
            return Err(FieldError::too_many("tags", MAX_TAGS));
        }
        for tag in &mut self.tags {
            *tag = written::line("tags", tag, 1, MAX_TAG)?;
            if tag.contains([',', '#']) {
                return Err(FieldError::new("tags", "must be words without # and commas"));
            }
        }
        if self.photos.len() > MAX_PHOTOS {
            return Err(FieldError::too_many("photos", MAX_PHOTOS));
        }
        for photo in &mut self.photos {
            photo.alt = written::line("photos", &photo.alt, 0, MAX_ALT)?;
        }
        match (&mut self.gathering, board) {
            (None, Board::Info) => {}
            (Some(_), Board::Info) => {
                return Err(FieldError::new("gathering", "belongs on the buddy or event board"));
            }
            (None, _) => {
                let message = "is missing: say when, where and for how many";
                return Err(FieldError::coded("gathering", FieldCode::Missing, message));
            }
            (Some(gathering), _) => gathering.check(board)?,
        }
        Ok(self)
    }
}

impl GatheringDraft {
    /// A year ahead is as far as anybody plans a meal.
    const HORIZON_MS: i64 = 366 * 24 * 3_600_000;

    /// The longest and the fullest: an organiser's event lasts for days and has many seats, a meal is eaten at a table.
    const fn most(board: Board) -> (u32, u32) {
        match board {
            Board::Event => (14 * 1_440, 10_000),
            Board::Buddy | Board::Info => (1_440, 500),
        }
    }

    fn check(&mut self, board: Board) -> Result<(), FieldError> {
        let (minutes, seats) = Self::most(board);
        if !(15..=minutes).contains(&self.minutes) {
            return Err(FieldError::out_of_range("minutes", 15, minutes.into()));
        }
        if !(1..=seats).contains(&self.seats) {
            return Err(FieldError::out_of_range("seats", 1, seats.into()));
        }
        self.address = written::line("address", &self.address, 0, MAX_ADDRESS)?;
        let elsewhere = board == Board::Event && !self.address.is_empty();
        if self.venue.is_none() && !elsewhere {
            return Err(FieldError::coded("venue", FieldCode::Missing, "is missing: say where"));
        }
        Ok(())
    }

    /// Refuses a beginning that is past or farther ahead than a year; `now_ms` is the server's time.
    ///
    /// # Errors
    /// Names `starts_ms`.
    pub fn check_ahead(&self, now_ms: i64) -> Result<(), FieldError> {
        if (now_ms..now_ms + Self::HORIZON_MS).contains(&self.starts_ms) {
            return Ok(());
        }
        Err(FieldError::coded("starts_ms", FieldCode::NotAhead, "must be ahead, within a year"))
    }
}

coded! {
    /// What can be answered to or reported.
    pub enum SubjectKind ("subject") {
        Post = "post", "글", "Post";
        Comment = "comment", "댓글", "Comment";
        Message = "message", "메시지", "Message";
        Person = "person", "사람", "Person";
        Correction = "correction", "장소 정보", "Place fact";
        Review = "review", "후기", "Review";
    }
}

/// A thing that somebody answers to or reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Subject {
    /// What it is.
    pub kind: SubjectKind,
    /// Its id.
    pub id: Uuid,
}

coded! {
    /// What a moderator decides.
    pub enum Decision ("decision") {
        Hide = "hide", "가림", "Hidden";
        Restore = "restore", "되돌림", "Restored";
        Dismiss = "dismiss", "문제 없음", "Nothing wrong";
    }
}

/// A change on the boards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BoardChange {
    /// Writes a post, or rewrites one's own.
    WritePost {
        /// Its id, made by the device.
        id: Uuid,
        /// Where; a post does not move.
        board: Board,
        /// What it says.
        draft: Box<PostDraft>,
        /// The version it was made from; 0 for a new one.
        version: i64,
    },
    /// Deletes one's own post; a gathering is cancelled by it.
    DeletePost {
        /// Which.
        id: Uuid,
    },
    /// Writes a comment, or rewrites one's own.
    WriteComment {
        /// Its id, made by the device.
        id: Uuid,
        /// On what.
        post: Uuid,
        /// The comment it answers.
        parent: Option<Uuid>,
        /// 1 to 4,000 characters; `@handle` mentions a person.
        text: String,
        /// The version it was made from; 0 for a new one.
        version: i64,
    },
    /// Deletes one's own comment.
    DeleteComment {
        /// Which.
        id: Uuid,
    },
    /// Gives a reaction to a post, comment or message, or takes it back.
    React {
        /// To what.
        to: Subject,
        /// Which.
        reaction: Reaction,
        /// Whether it is given from now on.
        on: bool,
    },
    /// Asks for a seat, or joins the waiting list.
    Join {
        /// At which gathering.
        post: Uuid,
        /// A word to the host, at most 500 characters.
        note: String,
    },
    /// Gives the seat or the place on the waiting list up.
    Leave {
        /// At which gathering.
        post: Uuid,
    },
    /// The host's answer to a request.
    Answer {
        /// At which gathering.
        post: Uuid,
        /// Whose request.
        person: Uuid,
        /// Whether they are seated.
        accept: bool,
    },
    /// Cancels a gathering; all who asked are told.
    Cancel {
        /// Which.
        post: Uuid,
        /// Why, at most 1,000 characters.
        reason: String,
    },
    /// Chooses a friend to be told of a meal where one does not check in after it, or nobody.
    SetCheckIn {
        /// At which gathering one has a seat, or is the host.
        post: Uuid,
        /// Somebody one shares a chat with; absent to take it back.
        friend: Option<Uuid>,
    },
    /// Says that one is home after a meal.
    CheckIn {
        /// Which.
        post: Uuid,
    },
    /// A few words about somebody after a meal together.
    WriteReference {
        /// Which meal; it must be over, and both must have been seated.
        post: Uuid,
        /// About whom.
        person: Uuid,
        /// 1 to 1,000 characters.
        text: String,
    },
    /// Tells the moderators.
    Report {
        /// Of what.
        subject: Subject,
        /// Why, 1 to 1,000 characters.
        reason: String,
    },
    /// A moderator's decision; all reports of the subject are closed by it.
    Moderate {
        /// About what.
        subject: Subject,
        /// What.
        decision: Decision,
        /// Why, 1 to 1,000 characters; everybody can read it.
        reason: String,
    },
    /// Notices up to this time were seen.
    SeeNotices {
        /// ms UTC, of the newest notice seen.
        up_to_ms: i64,
    },
}

impl BoardChange {
    /// Makes the change fit to be stored and made.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn checked(mut self) -> Result<Self, FieldError> {
        match &mut self {
            Self::WritePost { board, draft, .. } => **draft = std::mem::take(&mut **draft).checked(*board)?,
            Self::WriteComment { text, .. } => *text = written::lines("text", text, 1, MAX_COMMENT)?,
            Self::Join { note, .. } => *note = written::lines("note", note, 0, MAX_NOTE)?,
            Self::Cancel { reason, .. } => *reason = written::lines("reason", reason, 0, MAX_REASON)?,
            Self::WriteReference { text, .. } => *text = written::lines("text", text, 1, MAX_REASON)?,
            Self::Report { reason, .. } | Self::Moderate { reason, .. } => {
                *reason = written::lines("reason", reason, 1, MAX_REASON)?;
            }
            Self::DeletePost { .. }
            | Self::DeleteComment { .. }
            | Self::React { .. }
            | Self::Leave { .. }
            | Self::Answer { .. }
            | Self::SetCheckIn { .. }
            | Self::CheckIn { .. }
            | Self::SeeNotices { .. } => {}
        }
        Ok(self)
    }
}
