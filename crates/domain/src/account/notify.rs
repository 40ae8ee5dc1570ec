//! What a person wants to be told of while they look elsewhere, and where a browser's notifications go.

use serde::{Deserialize, Serialize};

use crate::codes::{List, coded};
use crate::feeds::NoticeKind;
use crate::problem::FieldError;

/// Minutes of a day.
const DAY_MIN: u16 = 24 * 60;
/// The longest address of a push service, in bytes; the longest seen has some 500.
const MAX_ENDPOINT: usize = 1_000;
/// The longest name of a time zone or key, in bytes.
const MAX_NAME: usize = 100;

coded! {
    /// What a notification tells of; each can be switched off by itself.
    pub enum NotifyKind ("kind") {
        Messages = "messages", "채팅 메시지", "Chat messages";
        Meals = "meals", "자리 신청과 모임 변경", "Requests to join and changes to meals";
        Answers = "answers", "댓글과 언급", "Comments and mentions";
        Reminders = "reminders", "다가오는 모임", "Upcoming meals";
    }
}

impl From<NoticeKind> for NotifyKind {
    fn from(notice: NoticeKind) -> Self {
        match notice {
            NoticeKind::Comment | NoticeKind::Mention | NoticeKind::Reference | NoticeKind::Moderated => Self::Answers,
            NoticeKind::Reminder | NoticeKind::CheckIn | NoticeKind::NotBack => Self::Reminders,
            NoticeKind::Asked
            | NoticeKind::Accepted
            | NoticeKind::Declined
            | NoticeKind::MovedUp
            | NoticeKind::Left
            | NoticeKind::Cancelled
            | NoticeKind::Changed => Self::Meals,
        }
    }
}

/// A part of the day without notifications, by the clock where the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuietHours {
    /// The minute of the day at which they begin, 0 to 1439.
    pub from: u16,
    /// The first minute after them, 0 to 1439; before `from` they last over midnight.
    pub to: u16,
}

impl QuietHours {
    /// Whether a minute of the day is within them.
    #[must_use]
    pub const fn contain(self, minute: u16) -> bool {
        if self.from <= self.to {
            self.from <= minute && minute < self.to
        } else {
            self.from <= minute || minute < self.to
        }
    }
}

/// What a device tells of, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotifySettings {
    /// What it tells of, by code.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "messages,meals"))]
    pub kinds: List<NotifyKind>,
    /// When it tells of nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<QuietHours>,
}

impl Default for NotifySettings {
    /// Everything, at any time.
    fn default() -> Self {
        Self { kinds: NotifyKind::ALL.to_vec().into(), quiet: None }
    }
}

impl NotifySettings {
    /// Whether to tell of something at a minute of the day, by the clock where the person is.
    #[must_use]
    pub fn tell(&self, kind: NotifyKind, minute: u16) -> bool {
        self.kinds.contains(&kind) && !self.quiet.is_some_and(|quiet| quiet.contain(minute))
    }
}

/// A browser that wants notifications: its push subscription (Push API, W3C) and what it tells of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushDevice {
    /// The address at the browser's push service.
    pub endpoint: String,
    /// The browser's public key: P-256, uncompressed, in base64url.
    pub p256dh: String,
    /// The secret shared with the browser: 16 bytes in base64url.
    pub auth: String,
    /// Where the person is, as the IANA names it, for quiet hours: `Asia/Seoul`.
    pub zone: String,
    /// What it tells of.
    pub settings: NotifySettings,
}

impl PushDevice {
    /// Refuses what no browser sends.
    ///
    /// # Errors
    /// Names the field.
    pub fn checked(self) -> Result<Self, FieldError> {
        let fields = [
            ("endpoint", &self.endpoint, MAX_ENDPOINT),
            ("p256dh", &self.p256dh, MAX_NAME),
            ("auth", &self.auth, MAX_NAME),
            ("zone", &self.zone, MAX_NAME),
        ];
        for (name, value, max) in fields {
            if value.len() > max {
                return Err(FieldError::too_long(name, max));
            }
        }
        if self.settings.kinds.len() > NotifyKind::ALL.len() {
            return Err(FieldError::too_many("settings.kinds", NotifyKind::ALL.len()));
        }
        if self.settings.quiet.is_some_and(|quiet| quiet.from.max(quiet.to) >= DAY_MIN) {
            return Err(FieldError::out_of_range("settings.quiet", 0, u64::from(DAY_MIN) - 1));
        }
        Ok(self)
    }
}

/// The key with which the server signs what it sends to push services; absent where it sends nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushKey {
    /// The public key: P-256, uncompressed, in base64url.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_last_over_midnight() {
        let night = QuietHours { from: 22 * 60, to: 7 * 60 };
        assert!(night.contain(23 * 60) && night.contain(0) && night.contain(7 * 60 - 1));
        assert!(!night.contain(7 * 60) && !night.contain(22 * 60 - 1));
        let noon = QuietHours { from: 12 * 60, to: 13 * 60 };
        assert!(noon.contain(12 * 60) && !noon.contain(13 * 60) && !noon.contain(0));
        assert!(!QuietHours { from: 60, to: 60 }.contain(60), "from a time to itself is never");
    }

    #[test]
    fn a_kind_is_switched_off_by_itself() {
        let settings =
            NotifySettings { kinds: vec![NotifyKind::Messages].into(), quiet: Some(QuietHours { from: 0, to: 60 }) };
        assert!(settings.tell(NotifyKind::Messages, 60));
        assert!(!settings.tell(NotifyKind::Messages, 59), "quiet");
        assert!(!settings.tell(NotifyKind::Reminders, 60));
        assert_eq!(serde_json::from_str::<NotifySettings>(r#"{"kinds":""}"#).unwrap().kinds.len(), 0);
    }
}
