//! Words of scripts that are searched by parts: which dictionary words contain a part.
//!
//! The text index stores whole words. For Korean and scripts without spaces this list of the
//! dictionary's words, with every position in it sorted twice (by what follows, and by the initial
//! consonants of what follows), gives all words that contain 치찌, begin ㄱㅊ somewhere, or mix both
//! as 김ㅊ does while it is being typed. It costs a few bytes a distinct word, and nothing a row.

use std::cmp::Ordering;
use std::path::Path;

use anyhow::{Context, Result};
use hnh_domain::hangul;
use zerocopy::little_endian::U32;

use crate::mapped::{Mapped, MappedSlice};

const WORDS: &str = "parts.words";
const BY_TEXT: &str = "parts.text";
const BY_INITIALS: &str = "parts.initials";

/// Where in a word a part may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    Anywhere,
    AtStart,
    AtEnd,
}

/// The words and the two orders.
pub(super) struct Parts {
    /// Every word after a line feed.
    words: Mapped,
    by_text: MappedSlice<U32>,
    by_initials: MappedSlice<U32>,
}

impl Parts {
    /// Writes the list of `words`, each given once.
    ///
    /// # Errors
    /// When the words exceed 4 GB or a file cannot be written.
    pub(super) fn write(dir: &Path, words: impl Iterator<Item = String>) -> Result<()> {
        let mut list = String::new();
        let mut places = Vec::new();
        for word in words {
            list.push('\n');
            let start = list.len();
            list.push_str(&word);
            for (i, _) in word.char_indices() {
                places.push(u32::try_from(start + i).context("the dictionary is too large")?);
            }
        }
        places.sort_by(|a, b| rest(&list, *a).cmp(rest(&list, *b)));
        MappedSlice::write(dir, BY_TEXT, places.iter().map(|p| U32::new(*p)))?;
        places.retain(|p| rest(&list, *p).starts_with(hangul::is_syllable));
        places.sort_by(|a, b| initials(rest(&list, *a)).cmp(initials(rest(&list, *b))));
        MappedSlice::write(dir, BY_INITIALS, places.iter().map(|p| U32::new(*p)))?;
        std::fs::write(dir.join(WORDS), list).context("cannot write the dictionary")
    }

    /// Maps the list.
    ///
    /// # Errors
    /// When a file is absent or cut off.
    pub(super) fn open(dir: &Path) -> Result<Self> {
        let words = Mapped::open(dir, WORDS)?;
        std::str::from_utf8(words.bytes()).context("the dictionary is damaged: build the catalogue again")?;
        Ok(Self { words, by_text: MappedSlice::open(dir, BY_TEXT)?, by_initials: MappedSlice::open(dir, BY_INITIALS)? })
    }

    /// The words that contain `pattern`, in which a single initial consonant stands for any syllable
    /// that begins with it. Each once, in no particular order.
    pub(super) fn containing(&self, pattern: &str, stands: Stands) -> Vec<&str> {
        // Checked on opening.
        let list = std::str::from_utf8(self.words.bytes()).unwrap_or_default();
        let exact = pattern.find(hangul::is_initial).unwrap_or(pattern.len());
        let places = if exact > 0 {
            let prefix = &pattern[..exact];
            equal_range(&self.by_text, |p| {
                let rest = rest(list, p);
                if rest.starts_with(prefix) { Ordering::Equal } else { rest.cmp(prefix) }
            })
        } else {
            let wanted: Vec<char> = pattern.chars().map_while(|c| Some(c).filter(|c| hangul::is_initial(*c))).collect();
            equal_range(&self.by_initials, |p| initials(rest(list, p)).take(wanted.len()).cmp(wanted.iter().copied()))
        };
        let mut starts: Vec<usize> = places
            .iter()
            .map(|p| p.get())
            .filter(|p| stands_at(rest(list, *p), pattern, stands == Stands::AtEnd))
            .filter(|p| stands != Stands::AtStart || list[..*p as usize].ends_with('\n'))
            .map(|p| list[..p as usize].rfind('\n').map_or(0, |i| i + 1))
            .collect();
        starts.sort_unstable();
        starts.dedup();
        starts.into_iter().map(|s| list[s..].split('\n').next().unwrap_or_default()).collect()
    }

    /// The words that contain the pattern with one letter of one syllable changed, as 비밤밥 is 비빔밥. Reads all of them: a
    /// few milliseconds, for words that nothing has.
    pub(super) fn nearly_containing(&self, pattern: &[char]) -> Vec<&str> {
        let list = std::str::from_utf8(self.words.bytes()).unwrap_or_default();
        let mut letters = Vec::new();
        let nearly = |word: &&str| {
            letters.clear();
            letters.extend(word.chars());
            letters.windows(pattern.len().max(1)).any(|window| {
                let mut wrong = window.iter().zip(pattern).filter(|(a, b)| a != b);
                wrong.next().is_some_and(|(a, b)| one_letter_apart(*a, *b)) && wrong.next().is_none()
            })
        };
        list.split('\n').filter(nearly).collect()
    }
}

/// Whether two syllables differ in one letter: in their beginning, their vowel or their end.
fn one_letter_apart(a: char, b: char) -> bool {
    if !hangul::is_syllable(a) || !hangul::is_syllable(b) {
        return false;
    }
    let letters = |c: char| {
        let at = c as usize - '가' as usize;
        [at / 588, at / 28 % 21, at % 28]
    };
    letters(a).iter().zip(letters(b)).filter(|(a, b)| **a != *b).count() == 1
}

/// The word from this place to its end.
fn rest(list: &str, place: u32) -> &str {
    list.get(place as usize..).and_then(|t| t.split('\n').next()).unwrap_or_default()
}

/// The initial consonants of the syllables that a text begins with.
fn initials(text: &str) -> impl Iterator<Item = char> {
    text.chars().map_while(hangul::initial)
}

/// Whether the text begins with the pattern, and ends with it where that is asked for.
fn stands_at(text: &str, pattern: &str, whole: bool) -> bool {
    let mut text = text.chars();
    let begins = pattern.chars().all(|p| text.next().is_some_and(|t| t == p || hangul::initial(t) == Some(p)));
    begins && (!whole || text.next().is_none())
}

/// The places that compare equal, given an order in which they stand together.
fn equal_range(places: &[U32], order: impl Fn(u32) -> Ordering) -> &[U32] {
    let from = places.partition_point(|p| order(p.get()) == Ordering::Less);
    let to = from + places[from..].partition_point(|p| order(p.get()) == Ordering::Equal);
    &places[from..to]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_initials_and_mixtures() {
        let dir = tempfile::tempdir().unwrap();
        let words = ["김치", "배추김치", "김치찌개", "갈치", "감자", "저염김치만두", "寿司屋"];
        Parts::write(dir.path(), words.iter().map(|w| (*w).to_owned())).unwrap();
        let parts = Parts::open(dir.path()).unwrap();
        let found = |pattern| {
            let mut found = parts.containing(pattern, Stands::Anywhere);
            found.sort_unstable();
            found
        };
        assert_eq!(found("김치"), ["김치", "김치찌개", "배추김치", "저염김치만두"]);
        assert_eq!(found("치찌"), ["김치찌개"]);
        assert_eq!(found("ㄱㅊ"), ["갈치", "김치", "김치찌개", "배추김치", "저염김치만두"]);
        assert_eq!(found("김ㅊㅉ"), ["김치찌개"]);
        assert_eq!(found("ㅂ추ㄱ"), ["배추김치"]);
        assert_eq!(found("司"), ["寿司屋"]);
        assert_eq!(found("치김"), Vec::<&str>::new());
        assert_eq!(found("가"), Vec::<&str>::new());
        assert_eq!(parts.containing("김치", Stands::AtStart), ["김치", "김치찌개"]);
        assert_eq!(parts.containing("ㄱ치", Stands::AtEnd), ["김치", "배추김치", "갈치"]);
    }
}
