//! What can go wrong, as clients are told it (RFC 9457), from one table.

use serde::{Deserialize, Serialize};

crate::codes::coded! {
    /// What is wrong with an input, for words in the reader's language; figures are in [`FieldError`].
    pub enum FieldCode ("code") {
        Invalid = "invalid", "쓸 수 없는 값", "Not valid";
        Missing = "missing", "없음", "Missing";
        Empty = "empty", "비어 있음", "Empty";
        TooShort = "too_short", "너무 짧음", "Too short";
        TooLong = "too_long", "너무 김", "Too long";
        OutOfRange = "out_of_range", "범위를 벗어남", "Out of range";
        TooMany = "too_many", "너무 많음", "Too many";
        Unseen = "unseen", "보이지 않는 문자", "Characters that cannot be seen";
        Taken = "taken", "이미 있음", "Taken";
        Reserved = "reserved", "쓸 수 없는 이름", "Kept for the service";
        Weak = "weak", "추측하기 쉬움", "Easy to guess";
        NotAhead = "not_ahead", "지난 시간", "Not ahead";
        Unknown = "unknown", "없는 것", "Not in the catalogue";
        Yourself = "yourself", "나 자신", "Yourself";
    }
}

/// One input that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The parameter or field, as the client wrote it.
    pub field: String,
    /// What is wrong.
    #[serde(default = "FieldError::invalid")]
    pub code: FieldCode,
    /// The least that is taken, where that is the matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u64>,
    /// The most that is taken, where that is the matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u64>,
    /// The same in English, for those who program: what is wrong and what to do, without a full stop.
    pub message: String,
}

impl FieldError {
    /// A refusal of `field` that only a program's mistake leads to; what people enter has codes of its own below.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), code: FieldCode::Invalid, min: None, max: None, message: message.into() }
    }

    fn invalid() -> FieldCode {
        FieldCode::Invalid
    }

    /// A refusal with a code.
    pub fn coded(field: impl Into<String>, code: FieldCode, message: impl Into<String>) -> Self {
        Self { code, ..Self::new(field, message) }
    }

    /// Nothing that can be seen.
    pub fn empty(field: impl Into<String>) -> Self {
        Self::coded(field, FieldCode::Empty, "is empty: write something")
    }

    /// Fewer than `min` characters.
    pub fn too_short(field: impl Into<String>, min: usize) -> Self {
        let message = format!("must be at least {min} characters");
        Self { min: Some(min as u64), ..Self::coded(field, FieldCode::TooShort, message) }
    }

    /// More than `max` characters.
    pub fn too_long(field: impl Into<String>, max: usize) -> Self {
        let message = format!("must be at most {max} characters");
        Self { max: Some(max as u64), ..Self::coded(field, FieldCode::TooLong, message) }
    }

    /// A number outside of a range.
    pub fn out_of_range(field: impl Into<String>, min: u64, max: u64) -> Self {
        let message = format!("must be from {min} to {max}");
        Self { min: Some(min), max: Some(max), ..Self::coded(field, FieldCode::OutOfRange, message) }
    }

    /// More than `max` of something.
    pub fn too_many(field: impl Into<String>, max: usize) -> Self {
        let message = format!("must be at most {max}");
        Self { max: Some(max as u64), ..Self::coded(field, FieldCode::TooMany, message) }
    }

    /// Characters that cannot be seen.
    pub fn unseen(field: impl Into<String>) -> Self {
        Self::coded(field, FieldCode::Unseen, "has characters that cannot be seen: take them out")
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
    ($( $(#[$meta:meta])* $variant:ident = $code:tt, $status:literal, $title:literal; )+) => {
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
    InvalidCursor = "invalid-cursor", 409, "The cursor was not made for this request: start from the first page";
    InvalidToken = "invalid-token", 400, "The link is used up or too old: ask for a new one";
    SignInRequired = "sign-in-required", 401, "This is for people who are signed in";
    WrongCredentials = "wrong-credentials", 401, "Name or password is wrong";
    Forbidden = "forbidden", 403, "This is not yours to do";
    CrossSite = "cross-site", 403, "The request came from another site";
    NotFound = "not-found", 404, "There is nothing at this address";
    MethodNotAllowed = "method-not-allowed", 405, "This address does not answer that method";
    Taken = "taken", 409, "Somebody else has this already";
    NumberGap = "number-gap", 409, "A change before this one is missing: send it first";
    OwnGathering = "own-gathering", 409, "You are the host: your seat is there";
    GatheringCancelled = "gathering-cancelled", 409, "The gathering was cancelled";
    GatheringBegun = "gathering-begun", 409, "The gathering has begun already";
    GatheringOver = "gathering-over", 409, "The gathering is over";
    GatheringNotOver = "gathering-not-over", 409, "The gathering is not over yet";
    Declined = "declined", 409, "The host declined this time";
    FewerSeats = "fewer-seats", 409, "More people have a seat already";
    NotTogether = "not-together", 403, "Both must have been at the gathering";
    Unreachable = "unreachable", 403, "This person cannot be reached";
    LimitReached = "limit-reached", 409, "There are as many as there can be: take one out first";
    Deleted = "deleted", 409, "This was deleted";
    ChangedMeanwhile = "changed-meanwhile", 412, "Somebody changed this in the meantime";
    TooSlow = "too-slow", 408, "The request took too long to arrive: send it again";
    TooLarge = "too-large", 413, "The request is too large";
    UriTooLong = "uri-too-long", 414, "The address is too long";
    UnsupportedMedia = "unsupported-media", 415, "This kind of content is not taken here";
    NoRecipe = "no-recipe", 422, "No recipe was found there";
    PageUnreachable = "page-unreachable", 422, "The page could not be fetched";
    PageRefuses = "page-refuses", 422, "The site does not want its pages read by programs";
    TooMany = "too-many", 429, "Too many tries: wait a moment";
    Internal = "internal", 500, "Something broke on our side; nothing of yours was lost";
    NotReady = "not-ready", 503, "The server is starting or stopping: try again in a moment";
    NewerData = "newer-data", 0, "What is saved here is from a newer version of HnH: update the app";
    NotUnderstood = "not-understood", 0, "The answer could not be read: reload to get the newest app";
    Offline = "offline", 0, "The server cannot be reached";
    Storage = "storage", 0, "The device's storage refused";
    ChangesWaiting = "changes-waiting", 0, "Changes of somebody else wait on this device";
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

    /// Whether the server cannot be reached or is broken, so that what the device has is the best answer there is.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        matches!(self.code, ProblemCode::Offline | ProblemCode::Internal | ProblemCode::NotReady)
    }

    /// Whether the same request can never succeed, however often it is sent: a refusal, not a mishap.
    #[must_use]
    pub fn is_final(&self) -> bool {
        (400..500).contains(&self.status)
            && !matches!(
                self.code,
                ProblemCode::SignInRequired | ProblemCode::TooMany | ProblemCode::TooSlow | ProblemCode::NumberGap
            )
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
