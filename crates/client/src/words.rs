//! Words that a search on the device looks through.

use hnh_domain::hangul::{initials, is_initial};

/// Texts in small letters, with the initials of their Korean syllables.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// One text a line: a word is found within one, not across two.
    text: String,
    initials: String,
}

impl Words {
    /// Takes texts in.
    pub(crate) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut words = Self::default();
        for text in texts {
            words.text.push_str(&text.to_lowercase());
            words.text.push('\n');
            words.initials.push_str(&initials(text));
            words.initials.push('\n');
        }
        words
    }

    /// The texts in small letters, to sort by.
    pub(crate) fn as_text(&self) -> &str {
        &self.text
    }

    /// Whether a word in small letters is in one of the texts, or is the initials of Korean syllables that are.
    pub(crate) fn have(&self, word: &str) -> bool {
        self.text.contains(word) || (word.chars().all(is_initial) && self.initials.contains(word))
    }

    /// Whether every one of some words is.
    pub(crate) fn have_all(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.have(word))
    }
}

/// The words of what a person typed, in small letters.
pub(crate) fn typed(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_in_part_and_by_their_initials() {
        let words = Words::of(["김치찌개", "Tofu House"]);
        for found in ["김치", "찌개", "tofu", "ㄱㅊㅉㄱ", "ㅊㅉ"] {
            assert!(words.have(found), "{found}");
        }
        for absent in ["개tofu", "ㄱㄱ", "된장"] {
            assert!(!words.have(absent), "{absent}");
        }
        assert!(words.have_all(&typed("TOFU 김치")) && !words.have_all(&typed("tofu 된장")));
    }
}
