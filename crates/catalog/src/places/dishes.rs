//! Dishes by their Korean and their English word: either finds what the other is written on.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use hnh_domain::hangul;
use hnh_domain::places::CUISINES;
use hnh_domain::text::Text;

/// `비빔밥,bibimbap`; Korean words of one syllable stand in too many others to be there.
static PAIRS: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| include_str!("dishes.csv").lines().filter_map(|line| line.split_once(',')).collect());

/// All words of [`PAIRS`], the Korean one of pair `n` at `2 n`.
static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = PAIRS.iter().flat_map(|(korean, english)| [*korean, *english]);
    AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(words).ok()
});

/// The words in the other language for the dishes that a text names.
pub(super) fn translations(text: &str) -> impl Iterator<Item = &'static str> {
    let found = WORDS.as_ref().into_iter().flat_map(move |words| words.find_overlapping_iter(text));
    found.filter_map(move |word| {
        let (korean, english) = *PAIRS.get(word.pattern().as_usize() / 2)?;
        if word.pattern().as_usize().is_multiple_of(2) {
            return Some(english);
        }
        // An English word is a whole one, or its plural: "steak" is not in "mistake".
        let before = text[..word.start()].chars().next_back();
        let after = text[word.end()..].trim_start_matches('s').chars().next();
        let apart = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        (apart(before) && apart(after)).then_some(korean)
    })
}

/// Dishes and cuisines one of whose names begins with what was typed, also by its initial consonants.
pub fn words_beginning(typed: &str, limit: usize) -> Vec<Text> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Vec::new();
    }
    let by_initials = typed.chars().all(hangul::is_initial);
    let begins = |korean: &str, english: &str| {
        korean.starts_with(&typed)
            || english.to_lowercase().starts_with(&typed)
            || by_initials && hangul::initials(korean).starts_with(&typed)
    };
    let dishes = PAIRS.iter().map(|(korean, english)| (*korean, *english));
    let cuisines = CUISINES.iter().map(|(_, korean, english)| (*korean, *english));
    let mut found: Vec<Text> = Vec::new();
    for (korean, english) in dishes.chain(cuisines).filter(|(korean, english)| begins(korean, english)) {
        let known = |text: &Text| text.ko.as_deref() == Some(korean) || text.en.as_deref() == Some(english);
        if found.len() < limit && !found.iter().any(known) {
            found.push(Text::both(korean, english));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&'static str> {
        translations(text).collect()
    }

    #[test]
    fn a_dish_has_its_word_in_the_other_language() {
        assert_eq!(of("전주 비빔밥"), ["bibimbap"]);
        assert_eq!(of("Bibimbap House"), ["비빔밥"]);
        assert_eq!(of("Green Salads & more"), ["샐러드"]);
        assert!(of("Steakhouse mistake").is_empty());
        assert!(of("").is_empty());
    }

    #[test]
    fn what_is_typed_is_completed_in_either_language() {
        let first = |typed: &str| words_beginning(typed, 1).into_iter().next().unwrap_or_default();
        assert_eq!(first("비빔"), Text::both("비빔밥", "bibimbap"));
        assert_eq!(first("ㅂㅂㅂ"), Text::both("비빔밥", "bibimbap"));
        assert_eq!(first("Sal"), Text::both("샐러드", "salad"));
        assert_eq!(first("vietn"), Text::both("베트남", "Vietnamese"));
        assert_eq!(words_beginning("", 3), []);
        assert_eq!(words_beginning("김밥", 3).len(), 1, "the same word twice is one");
    }
}
