//! Meals with others.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::Person;
use crate::codes::{List, coded};
use crate::label::Diet;

coded! {
    /// Where a request stands.
    pub enum SeatState ("seat") {
        Asked = "asked", "신청함", "Asked";
        Seated = "seated", "확정", "Seated";
        Waiting = "waiting", "대기", "Waiting";
        Declined = "declined", "거절됨", "Declined";
    }
}

/// Somebody's request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Seat {
    /// Whose.
    pub person: Person,
    /// Where it stands.
    pub state: SeatState,
    /// The word to the host; only the host and the person see it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// How a gathering stands, as the asking person may know it. When and where is in the post's draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Gathering {
    /// Seats still free.
    pub left: u32,
    /// How many wait.
    pub waiting: u32,
    /// Whether it was cancelled, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<String>,
    /// The asking person's turn among those who wait, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
    /// Where the asking person's own request stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mine: Option<SeatState>,
    /// Whom the asking person chose to be told if they do not check in afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_in: Option<CheckIn>,
    /// The chat of host and seated people, for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<Uuid>,
    /// Those seated, for host and seated people; for the host all requests, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seats: Vec<Seat>,
}

/// A friend who is told if somebody does not say that they are home after a meal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckIn {
    /// Who is told.
    pub friend: Person,
    /// When they are told, ms UTC: an hour after the meal ends.
    pub due_ms: i64,
    /// Whether the person said that they are home.
    pub done: bool,
}

/// Somebody who might be good company, by what both share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Suggestion {
    /// Who.
    pub person: Person,
    /// Diets both keep.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub diets: List<Diet>,
    /// Languages both speak.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub languages: List<crate::account::Spoken>,
    /// Times that fit both.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub free: List<crate::account::FreeTime>,
    /// The district both named, if it is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
}
