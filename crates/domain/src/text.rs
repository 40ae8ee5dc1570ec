//! Texts in several languages.

use serde::{Deserialize, Serialize};

/// The languages the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Korean.
    #[default]
    Ko,
    /// English.
    En,
}

impl Lang {
    /// The BCP 47 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
        }
    }
}

impl std::str::FromStr for Lang {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        match code {
            "ko" => Ok(Self::Ko),
            "en" => Ok(Self::En),
            _ => Err("must be ko or en".into()),
        }
    }
}

/// A text in the languages in which it is known; `local` is the text as its place or source has it
/// when that is neither Korean nor English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Text {
    /// Korean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ko: Option<String>,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// Another language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local: Option<String>,
}

impl Text {
    /// A text known in both languages.
    pub fn both(ko: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ko: Some(ko.into()), en: Some(en.into()), local: None }
    }

    /// A text of unstated language: Korean when it has Hangul, English when it is plain ASCII, else local.
    pub fn detect(text: impl Into<String>) -> Self {
        let text = text.into();
        let mut out = Self::default();
        if text.chars().any(crate::hangul::is_hangul) {
            out.ko = Some(text);
        } else if text.is_ascii() {
            out.en = Some(text);
        } else {
            out.local = Some(text);
        }
        out
    }

    /// The text to show a reader of `lang`: that language, else the local one, else any; empty when none.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        let (first, last) = match lang {
            Lang::Ko => (&self.ko, &self.en),
            Lang::En => (&self.en, &self.ko),
        };
        first.as_deref().or(self.local.as_deref()).or(last.as_deref()).unwrap_or("")
    }

    /// Every form that is known.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        [&self.ko, &self.en, &self.local].into_iter().filter_map(|t| t.as_deref())
    }

    /// Whether no language has it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().all(str::is_empty)
    }
}
