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
const MAX_PHOTOS: usize = 10;

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
    /// Photos by id, uploaded before by `POST /api/v1/photos`; at most 10.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Uuid>,
    /// A place or recipe, shown as a live card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attached: Option<Attachment>,
    /// When, where and for how many, where the post invites to a meal; the buddy and event boards need it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gathering: Option<GatheringDraft>,
}

/// When, where and for how many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GatheringDraft {
    /// The beginning, ms UTC.
    pub starts_ms: i64,
    /// How long, in minutes, 15 to 1,440.
    pub minutes: u32,
    /// A public place of the catalogue.
    pub venue: Uuid,
    /// Seats beside the host's, 1 to 500.
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
        match (&self.gathering, board) {
            (None, Board::Info) => {}
            (Some(_), Board::Info) => {
                return Err(FieldError::new("gathering", "belongs on the buddy or event board"));
            }
            (None, _) => {
                let message = "is missing: say when, where and for how many";
                return Err(FieldError::coded("gathering", FieldCode::Missing, message));
            }
            (Some(gathering), _) => gathering.check()?,
        }
        Ok(self)
    }
}

impl GatheringDraft {
    /// A year ahead is as far as anybody plans a meal.
    const HORIZON_MS: i64 = 366 * 24 * 3_600_000;

    fn check(&self) -> Result<(), FieldError> {
        if !(15..=1_440).contains(&self.minutes) {
            return Err(FieldError::out_of_range("minutes", 15, 1_440));
        }
        if !(1..=500).contains(&self.seats) {
            return Err(FieldError::out_of_range("seats", 1, 500));
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
            | Self::SeeNotices { .. } => {}
        }
        Ok(self)
    }
}
