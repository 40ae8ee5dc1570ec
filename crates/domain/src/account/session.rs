//! Signing up, in and out.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Email, Handle, Password, Role};
use crate::text::Lang;

/// Asks for an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignUpForm {
    /// The unique name.
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[a-z][a-z0-9_]{2,23}$", example = "mina"))]
    pub handle: Handle,
    /// Where to write to; unproven until the mailed link is opened.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Email, example = "mina@example.com"))]
    pub email: Email,
    /// The password.
    #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 10, max_length = 200, pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]*$"))]
    pub password: Password,
    /// What the device calls itself: "Chromium on Linux".
    #[serde(default)]
    pub device: String,
    /// Whether the reply carries the session's token, for apps; a browser gets a cookie alone.
    #[serde(default)]
    pub token: bool,
    /// The language in which the person is written to.
    #[serde(default)]
    pub lang: Lang,
}

/// Asks for a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInForm {
    /// Handle, or proven email.
    #[cfg_attr(feature = "openapi", schema(max_length = 254, pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]*$"))]
    pub login: String,
    /// The password.
    #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 10, max_length = 200, pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]*$"))]
    pub password: Password,
    /// What the device calls itself.
    #[serde(default)]
    pub device: String,
    /// As in [`SignUpForm::token`].
    #[serde(default)]
    pub token: bool,
}

/// Who signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// The account.
    pub account: Account,
    /// The session's token, to be sent as `Authorization: Bearer …`; only where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// One's own account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// The person's id.
    pub id: Uuid,
    /// The unique name.
    pub handle: String,
    /// The name to greet with: the profile's, else the handle.
    pub name: String,
    /// Where we write to.
    pub email: String,
    /// Whether the address was proven by the mailed link.
    pub email_verified: bool,
    /// What the person may do.
    pub role: Role,
}

/// A device that is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The session's id; not its token.
    pub id: Uuid,
    /// What the device called itself.
    pub device: String,
    /// When it signed in, ms UTC.
    pub created_ms: i64,
    /// When it was last heard of, ms UTC, to the minute.
    pub seen_ms: i64,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Changes the password; all other sessions end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePassword {
    /// The one until now.
    #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 10, max_length = 200, pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]*$"))]
    pub old: Password,
    /// The one from now on.
    #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 10, max_length = 200, pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]*$"))]
    pub new: Password,
}

/// Asks for a mail with a link to set a new password. The reply is the same for every address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskReset {
    /// The account's address.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Email, example = "mina@example.com"))]
    pub email: Email,
}

/// Sets a new password by a mailed token; all sessions end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResetPassword {
    /// The token of the mailed link.
    pub token: String,
    /// The password from now on.
    #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 10, max_length = 200, pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]*$"))]
    pub password: Password,
}

/// Proves an address by a mailed token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VerifyEmail {
    /// The token of the mailed link.
    pub token: String,
}

/// Deletes the account and all that is the person's alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CloseAccount {
    /// The password, so that an unlocked phone is not enough.
    #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 10, max_length = 200, pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]*$"))]
    pub password: Password,
}
