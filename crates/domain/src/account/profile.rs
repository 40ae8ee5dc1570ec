//! What a person tells of themselves.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Person;
use crate::codes::{List, coded};
use crate::label::{Allergen, Diet};
use crate::problem::FieldError;
use crate::written;

coded! {
    /// A language spoken at the table.
    pub enum Spoken ("language") {
        Korean = "ko", "한국어", "Korean";
        English = "en", "영어", "English";
        Chinese = "zh", "중국어", "Chinese";
        Japanese = "ja", "일본어", "Japanese";
        Spanish = "es", "스페인어", "Spanish";
        French = "fr", "프랑스어", "French";
        German = "de", "독일어", "German";
        Vietnamese = "vi", "베트남어", "Vietnamese";
        Thai = "th", "태국어", "Thai";
        Russian = "ru", "러시아어", "Russian";
        Arabic = "ar", "아랍어", "Arabic";
    }
}

coded! {
    /// What a person wants of their food.
    pub enum Goal ("goal") {
        EatMoreVegetables = "vegetables", "채소 더 먹기", "Eat more vegetables";
        LessSalt = "less_salt", "덜 짜게", "Less salt";
        LessSugar = "less_sugar", "덜 달게", "Less sugar";
        MoreProtein = "more_protein", "단백질 더", "More protein";
        LoseWeight = "lose_weight", "체중 줄이기", "Lose weight";
        EatTogether = "together", "함께 먹기", "Eat together";
    }
}

coded! {
    /// When a person likes to eat with others.
    pub enum FreeTime ("time") {
        WeekdayLunch = "weekday_lunch", "평일 점심", "Weekday lunch";
        WeekdayDinner = "weekday_dinner", "평일 저녁", "Weekday dinner";
        WeekendLunch = "weekend_lunch", "주말 점심", "Weekend lunch";
        WeekendDinner = "weekend_dinner", "주말 저녁", "Weekend dinner";
    }
}

coded! {
    /// A part of a profile that is private unless it is shared.
    pub enum ProfilePart ("part") {
        About = "about", "소개", "About me";
        Languages = "languages", "언어", "Languages";
        Allergies = "allergies", "알레르기", "Allergies";
        Diets = "diets", "식단", "Diets";
        Goals = "goals", "목표", "Goals";
        District = "district", "동네", "District";
        Free = "free", "시간", "Free times";
    }
}

/// The longest name to show, in characters.
const MAX_NAME: usize = 40;
/// The longest text about oneself, in characters.
const MAX_ABOUT: usize = 500;
/// The longest name of a district, in characters.
const MAX_DISTRICT: usize = 100;

/// A profile as its owner writes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ProfileDraft {
    /// The name to show, 1 to 40 characters; empty stands for the handle.
    pub name: String,
    /// The picture's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<Uuid>,
    /// A few words, at most 500 characters.
    pub about: String,
    /// Languages, by code.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "ko,en"))]
    pub languages: List<Spoken>,
    /// Allergies, by code.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub allergies: List<Allergen>,
    /// Diets, by code.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub diets: List<Diet>,
    /// Goals, by code.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub goals: List<Goal>,
    /// When meals with others fit, by code.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub free: List<FreeTime>,
    /// The district's name, as `GET /api/v1/areas` has it; at most 100 characters.
    pub district: String,
    /// What others see of it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "about,diets"))]
    pub shared: List<ProfilePart>,
}

impl ProfileDraft {
    /// Makes the profile fit to store.
    ///
    /// # Errors
    /// Names the field that is wrong.
    pub fn checked(mut self) -> Result<Self, FieldError> {
        // An empty name stands for the handle; one that shows nothing does not.
        let least = usize::from(!self.name.trim().is_empty());
        self.name = written::line("name", &self.name, least, MAX_NAME)?;
        self.about = written::lines("about", &self.about, 0, MAX_ABOUT)?;
        self.district = written::line("district", &self.district, 0, MAX_DISTRICT)?;
        Ok(self)
    }

    /// The profile as others see it: what is not shared is left out.
    #[must_use]
    pub fn shared_part(mut self) -> Self {
        for part in ProfilePart::ALL.iter().filter(|part| !self.shared.contains(part)) {
            match part {
                ProfilePart::About => self.about.clear(),
                ProfilePart::Languages => self.languages.clear(),
                ProfilePart::Allergies => self.allergies.clear(),
                ProfilePart::Diets => self.diets.clear(),
                ProfilePart::Goals => self.goals.clear(),
                ProfilePart::District => self.district.clear(),
                ProfilePart::Free => self.free.clear(),
            }
        }
        self
    }
}

/// A person's profile: whole for its owner, else what is shared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    /// Whose.
    pub person: Person,
    /// What it says.
    pub says: ProfileDraft,
    /// Grows with each change; an edit names the one it was made from.
    pub version: i64,
    /// Meals had with others, as their references say.
    #[serde(default)]
    pub references: u32,
    /// Whether the asking person blocked this one.
    #[serde(default)]
    pub blocked: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_shared_is_left_out() {
        let draft = ProfileDraft {
            name: "미나".into(),
            about: "비건".into(),
            allergies: vec![Allergen::ALL[0]].into(),
            district: "중구".into(),
            shared: vec![ProfilePart::About].into(),
            ..ProfileDraft::default()
        };
        let seen = draft.shared_part();
        assert_eq!((seen.name.as_str(), seen.about.as_str(), seen.district.as_str()), ("미나", "비건", ""));
        assert!(seen.allergies.is_empty());
    }
}
