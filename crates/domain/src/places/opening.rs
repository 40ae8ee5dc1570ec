//! Open or not.

use serde::{Deserialize, Serialize};

use crate::local_time::LocalTime;

/// Whether a place is open at an instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OpenState {
    /// Open.
    Open,
    /// Closed.
    Closed,
    /// Not stated, not readable, or "by appointment".
    #[default]
    Unknown,
}

/// The state at an instant and when it changes, in the place's own wall-clock time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Opening {
    /// The state.
    pub state: OpenState,
    /// The instant judged, `2026-10-09T19:30`; absent when nothing is known of the hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub at: Option<LocalTime>,
    /// When the state changes next, `2026-10-09T22:00`; absent when it is not known to change soon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub until: Option<LocalTime>,
}
