//! What can go wrong, as clients are told it (RFC 9457), from one table.

use serde::{Deserialize, Serialize};

/// One input that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The parameter or field, as the client wrote it.
    pub field: String,
    /// What is wrong and what to do, without a full stop.
    pub message: String,
}

impl FieldError {
    /// A refusal of `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl std::fmt::Display for FieldError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}

impl std::error::Error for FieldError {}

/// The table: code, HTTP status, title.
macro_rules! problems {
    ($( $(#[$meta:meta])* $variant:ident = $code:literal, $status:literal, $title:literal; )+) => {
        /// Every kind of problem a reply can report.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum ProblemCode {
            $( $(#[$meta])* #[doc = $title] #[serde(rename = $code)] $variant, )+
        }

        impl ProblemCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code, the last part of the problem's `type`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The HTTP status; 0 for problems that never come over HTTP.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }

            /// One sentence that is the same for every problem of this kind.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }
        }
    };
}

problems! {
    InvalidInput = "invalid-input", 400, "Something in the request is not valid";
    InvalidCursor = "invalid-cursor", 400, "The cursor was not made for this request: start from the first page";
    InvalidToken = "invalid-token", 400, "The link is used up or too old: ask for a new one";
    SignInRequired = "sign-in-required", 401, "This is for people who are signed in";
    WrongCredentials = "wrong-credentials", 401, "Name or password is wrong";
    Forbidden = "forbidden", 403, "This is not yours to do";
    CrossSite = "cross-site", 403, "The request came from another site";
    NotFound = "not-found", 404, "There is nothing at this address";
    MethodNotAllowed = "method-not-allowed", 405, "This address does not answer that method";
    Taken = "taken", 409, "Somebody else has this already";
    NotNow = "not-now", 409, "This cannot be done as things stand";
    NumberGap = "number-gap", 409, "A change before this one is missing: send it first";
    ChangedMeanwhile = "changed-meanwhile", 412, "Somebody changed this in the meantime";
    TooLarge = "too-large", 413, "The request is too large";
    UriTooLong = "uri-too-long", 414, "The address is too long";
    UnsupportedMedia = "unsupported-media", 415, "This kind of content is not taken here";
    TooMany = "too-many", 429, "Too many tries: wait a moment";
    Internal = "internal", 500, "Something broke on our side; nothing of yours was lost";
    NotReady = "not-ready", 503, "The server is starting or stopping: try again in a moment";
    Offline = "offline", 0, "The server cannot be reached";
    Storage = "storage", 0, "The device's storage refused";
}

/// A problem, as `application/problem+json` and as the port's error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `https://hnh.example/problems/CODE`, stable.
    #[serde(rename = "type")]
    pub kind: String,
    /// Which kind.
    pub code: ProblemCode,
    /// The kind's sentence.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong this time and what to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The refused inputs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// What it is now, where somebody changed it in the meantime.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub current: Option<Box<serde_json::Value>>,
    /// Seconds to wait before the next try.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

impl Problem {
    /// A problem without details.
    #[must_use]
    pub fn new(code: ProblemCode) -> Self {
        Self {
            kind: format!("https://hnh.example/problems/{}", code.code()),
            code,
            title: code.title().into(),
            status: code.status(),
            detail: None,
            errors: Vec::new(),
            current: None,
            retry_after: None,
        }
    }

    /// The same with a sentence for this case.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Whether the same request can never succeed, however often it is sent: a refusal, not a mishap.
    #[must_use]
    pub fn is_final(&self) -> bool {
        (400..500).contains(&self.status)
            && !matches!(self.code, ProblemCode::SignInRequired | ProblemCode::TooMany | ProblemCode::NumberGap)
    }
}

impl From<FieldError> for Problem {
    fn from(error: FieldError) -> Self {
        let code = if error.field == "cursor" { ProblemCode::InvalidCursor } else { ProblemCode::InvalidInput };
        Self { detail: Some(error.to_string()), errors: vec![error], ..Self::new(code) }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.detail.as_deref().unwrap_or(&self.title))
    }
}

impl std::error::Error for Problem {}
