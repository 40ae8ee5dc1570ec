//! People: who they are, what they tell of themselves, and what they keep.

mod change;
mod names;
mod notify;
mod profile;
mod session;

pub use change::{AccountChange, FavouriteKind};
pub use names::{Email, Handle, Password};
pub use notify::{NotifyKind, NotifySettings, PushDevice, PushKey, QuietHours};
pub use profile::{FreeTime, Goal, Profile, ProfileDraft, ProfilePart, Spoken};
pub use session::{
    Account, AskReset, ChangePassword, CloseAccount, ResetPassword, Session, SignInForm, SignUpForm, SignedIn,
    VerifyEmail,
};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::coded;

coded! {
    /// What a person may do beside what everybody may.
    pub enum Role ("role") {
        Member = "member", "회원", "Member";
        Moderator = "moderator", "운영자", "Moderator";
        Admin = "admin", "관리자", "Administrator";
    }
}

impl Role {
    /// Whether reports are this person's to decide.
    #[must_use]
    pub const fn moderates(self) -> bool {
        matches!(self, Self::Moderator | Self::Admin)
    }
}

/// A person as others see them beside what they wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// The person's id.
    pub id: Uuid,
    /// The unique name, without `@`.
    pub handle: String,
    /// The name to show.
    pub name: String,
    /// The picture's id, see `GET /api/v1/photos/{id}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Uuid>,
}
