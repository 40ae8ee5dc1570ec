//! Hangul for search: initial consonants (초성), so that ㄱㅊ finds 김치.

/// The nineteen initial consonants in the order of Unicode's syllable block.
const INITIALS: [char; 19] =
    ['ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];

/// Whether the character is a Hangul syllable.
#[must_use]
pub fn is_syllable(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Whether the character is a Hangul syllable or a single letter (자모).
#[must_use]
pub fn is_hangul(c: char) -> bool {
    is_syllable(c) || ('ㄱ'..='ㅣ').contains(&c)
}

/// Whether the character is an initial consonant standing alone, as typed for a search by initials.
#[must_use]
pub fn is_initial(c: char) -> bool {
    INITIALS.contains(&c)
}

/// The initial consonant of a syllable (Unicode 15, section 3.12: a block of 588 syllables shares one).
#[must_use]
pub fn initial(c: char) -> Option<char> {
    is_syllable(c).then(|| INITIALS[(c as usize - '가' as usize) / 588])
}

/// The initials of a text's syllables; everything else falls away: "김치 찌개" gives "ㄱㅊㅉㄱ".
#[must_use]
pub fn initials(text: &str) -> String {
    text.chars().filter_map(initial).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kimchi_by_its_initials() {
        assert_eq!(initials("김치 찌개 stew"), "ㄱㅊㅉㄱ");
        assert_eq!(initial('힣'), Some('ㅎ'));
        assert!(is_initial('ㄱ') && !is_initial('ㅏ') && !is_initial('가'));
    }
}
