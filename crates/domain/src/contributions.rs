//! What members add to a place of the catalogue: corrections and reviews. They stay apart from the sources' own facts.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::Person;
use crate::codes::coded;
use crate::geo::LatLon;
use crate::places::{PlaceDiet, phone_numbers};
use crate::problem::{FieldCode, FieldError};
use crate::written;

/// The longest corrected text, in characters.
const MAX_VALUE: usize = 200;
/// The longest name of what was eaten, in characters.
const MAX_EATEN: usize = 120;
/// The longest review, in characters.
const MAX_REVIEW: usize = 2_000;

coded! {
    /// What a member puts right.
    pub enum CorrectedFact ("fact") {
        Closed = "closed", "폐업했어요", "Closed for good";
        Hours = "hours", "영업시간", "Opening hours";
        Phone = "phone", "전화", "Phone";
        Position = "position", "위치", "Position";
        Serves = "serves", "이런 메뉴가 있어요", "Serves";
        ServesNot = "serves_not", "이런 메뉴가 없어요", "Doesn’t serve";
    }
}

coded! {
    /// Whether an allergy or diet was understood.
    pub enum Understood ("understood") {
        Yes = "yes", "잘 챙겨 줬어요", "Understood and taken care of";
        Partly = "partly", "조금 아쉬웠어요", "Partly";
        No = "no", "챙겨 주지 않았어요", "Not taken care of";
    }
}

/// A correction as it stands: all members who say the same are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Correction {
    /// Its id, by which it is reported: the same for all who say the same.
    pub id: Uuid,
    /// What it is about.
    pub fact: CorrectedFact,
    /// What is right: opening hours, a phone number, `lat,lon`, a diet's code; empty for a place that closed.
    pub value: String,
    /// How many members say so.
    pub members: u32,
    /// When the last of them did, ms UTC.
    pub last_ms: i64,
    /// Whether the asking person is one of them.
    pub mine: bool,
    /// Whether a moderator is one of them.
    pub confirmed: bool,
}

/// What one member says of a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Review {
    /// Its id.
    pub id: Uuid,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Person>,
    /// What they ate.
    pub eaten: String,
    /// Whether their allergy or diet was understood, where they have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub understood: Option<Understood>,
    /// How it was.
    pub text: String,
    /// When it was last written, ms UTC.
    pub at_ms: i64,
    /// Whether a moderator hid it.
    #[serde(default)]
    pub hidden: bool,
}

/// What members say of a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contributions {
    /// Corrections; those that most members say first.
    pub corrections: Vec<Correction>,
    /// Reviews, the newest first.
    pub reviews: Vec<Review>,
}

/// A change of what one says of a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContributionChange {
    /// Says what is right, or takes it back. Of the facts that can be right once alone, one's last word counts.
    Correct {
        /// Which place.
        place: Uuid,
        /// About what.
        fact: CorrectedFact,
        /// As [`Correction::value`], at most 200 characters.
        value: String,
        /// Whether one says so from now on.
        on: bool,
    },
    /// Writes one's review of a place, in place of the last.
    WriteReview {
        /// Its id, made by the device.
        id: Uuid,
        /// Which place.
        place: Uuid,
        /// 1 to 120 characters.
        eaten: String,
        /// Whether one's allergy or diet was understood.
        understood: Option<Understood>,
        /// 1 to 2,000 characters.
        text: String,
    },
    /// Deletes one's own review.
    DeleteReview {
        /// Which.
        id: Uuid,
    },
}

/// The id of a correction: the same whoever says so.
#[must_use]
pub fn correction_id(place: Uuid, fact: CorrectedFact, value: &str) -> Uuid {
    Uuid::new_v5(&place, format!("{fact}:{value}").as_bytes())
}

impl CorrectedFact {
    /// Whether one member can say several things about it that are all right.
    #[must_use]
    pub const fn is_plural(self) -> bool {
        matches!(self, Self::Serves | Self::ServesNot)
    }

    /// The value as it is kept. Whether opening hours can be read is for the server, which has the reader.
    fn checked(self, value: &str) -> Result<String, FieldError> {
        let unknown = |message: &str| FieldError::coded("value", FieldCode::Invalid, message);
        match self {
            Self::Closed => Ok(String::new()),
            Self::Hours => written::line("value", value, 1, MAX_VALUE),
            Self::Phone => {
                let value = written::line("value", value, 1, MAX_VALUE)?;
                let dialled = phone_numbers(&value).into_iter().any(|number| number.dialled.is_some());
                if dialled { Ok(value) } else { Err(unknown("must be a phone number")) }
            }
            Self::Position => {
                let position = value.split_once(',').and_then(|(lat, lon)| {
                    Some(LatLon { lat: lat.trim().parse().ok()?, lon: lon.trim().parse().ok()? })
                });
                let on_earth = |p: &LatLon| (-90.0..=90.0).contains(&p.lat) && (-180.0..=180.0).contains(&p.lon);
                let LatLon { lat, lon } =
                    position.filter(on_earth).ok_or_else(|| unknown("must be lat,lon in degrees"))?;
                Ok(format!("{lat:.5},{lon:.5}"))
            }
            Self::Serves | Self::ServesNot => {
                let diet: PlaceDiet = value.parse().map_err(|_| unknown("must be a diet"))?;
                Ok(diet.code().to_owned())
            }
        }
    }
}

impl ContributionChange {
    /// Makes the change fit to be stored and made.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn checked(mut self) -> Result<Self, FieldError> {
        match &mut self {
            Self::Correct { fact, value, .. } => *value = fact.checked(value)?,
            Self::WriteReview { eaten, text, .. } => {
                *eaten = written::line("eaten", eaten, 1, MAX_EATEN)?;
                *text = written::lines("text", text, 1, MAX_REVIEW)?;
            }
            Self::DeleteReview { .. } => {}
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_says_what_it_can_be_or_is_refused() {
        let kept = |fact: CorrectedFact, value: &str| fact.checked(value).map_err(|error| error.field);
        assert_eq!(kept(CorrectedFact::Closed, "yesterday").as_deref(), Ok(""));
        assert_eq!(kept(CorrectedFact::Phone, " 02-123-4567 ").as_deref(), Ok("02-123-4567"));
        assert_eq!(kept(CorrectedFact::Phone, "call me"), Err("value".into()));
        assert_eq!(kept(CorrectedFact::Position, "37.4979123, 127.02764").as_deref(), Ok("37.49791,127.02764"));
        for wrong in ["", "37", "91,0", "NaN,1", "0,inf"] {
            assert!(kept(CorrectedFact::Position, wrong).is_err(), "{wrong}");
        }
        assert_eq!(kept(CorrectedFact::Serves, "vegan").as_deref(), Ok("vegan"));
        assert!(kept(CorrectedFact::ServesNot, "cake").is_err());
    }
}
