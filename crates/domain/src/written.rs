//! The one rule for texts that people write: titles, names, tags, comments, messages, searches, passwords.
//!
//! Characters are composed (NFC), so that Hangul typed on one system is found from another; lines end in LF; nothing that
//! cannot be seen is let in, but line ends and tabs where a text has lines; a text of invisible characters alone is empty.
//! Composing needs the tables of Unicode, which a browser is spared: the server, which stores, composes (feature `nfc`).

use crate::problem::FieldError;

/// Whether a text has lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lines {
    /// A title or a name: one line, and nothing that turns the direction of what stands beside it.
    One,
    /// Words of any length.
    Many,
}

/// Makes a title, a name or a tag fit to store.
///
/// # Errors
/// Names the field: it has characters that cannot be seen, is empty though `least` is not 0, or is longer than `most`
/// characters.
pub fn line(field: &str, text: &str, least: usize, most: usize) -> Result<String, FieldError> {
    fit(field, text, Lines::One, least, most)
}

/// Makes a text of several lines fit to store.
///
/// # Errors
/// As [`line`].
pub fn lines(field: &str, text: &str, least: usize, most: usize) -> Result<String, FieldError> {
    fit(field, text, Lines::Many, least, most)
}

/// Composes characters, where the program has the tables for it.
#[must_use]
pub fn composed(text: &str) -> String {
    #[cfg(feature = "nfc")]
    {
        unicode_normalization::UnicodeNormalization::nfc(text).collect()
    }
    #[cfg(not(feature = "nfc"))]
    {
        text.to_owned()
    }
}

fn fit(field: &str, text: &str, lines: Lines, least: usize, most: usize) -> Result<String, FieldError> {
    // Bounded before anything is done for each character.
    if text.len() > most.saturating_mul(4).saturating_add(1_024) {
        return Err(FieldError::too_long(field, most));
    }
    let text = composed(text.trim()).replace("\r\n", "\n").replace('\r', "\n");
    let allowed = |c: char| match c {
        '\n' | '\t' => lines == Lines::Many,
        c if turns_direction(c) => lines == Lines::Many,
        c => !c.is_control(),
    };
    if !text.chars().all(allowed) {
        return Err(FieldError::unseen(field));
    }
    if least > 0 && text.chars().all(is_invisible) {
        return Err(FieldError::empty(field));
    }
    match text.chars().count() {
        n if n > most => Err(FieldError::too_long(field, most)),
        n if n < least => Err(FieldError::too_short(field, least)),
        _ => Ok(text),
    }
}

/// Characters that change the direction of the text around them (Unicode Annex 9).
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Characters that show nothing: blanks, joiners, fillers, marks of direction.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || turns_direction(c)
        || matches!(
            c,
            '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
                | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}' | '\u{FFA0}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::FieldCode;

    #[test]
    fn what_shows_nothing_is_empty_and_what_cannot_be_seen_is_refused() {
        for nothing in ["", "  ", "\u{200B}", "\u{3164}", "\u{FEFF}\u{2060} ", "\u{202E}"] {
            let refused = lines("text", nothing, 1, 10).unwrap_err();
            assert_eq!((refused.field.as_str(), refused.code), ("text", FieldCode::Empty), "{nothing:?}");
            assert_eq!(lines("text", nothing, 0, 10).map(drop), Ok(()));
        }
        for unseen in ["a\0b", "a\u{1B}[0m", "\u{7}", "a\u{85}b"] {
            assert_eq!(lines("text", unseen, 1, 10).unwrap_err().code, FieldCode::Unseen, "{unseen:?}");
        }
        for turned in ["Mina\u{202E}anim", "a\nb", "a\tb"] {
            assert_eq!(line("name", turned, 1, 20).unwrap_err().code, FieldCode::Unseen, "{turned:?}");
            assert!(lines("text", turned, 1, 20).is_ok(), "{turned:?}");
        }
    }

    #[test]
    fn lines_end_alike_and_lengths_count_characters() {
        assert_eq!(lines("text", " 두부\r\n집\r끝 ", 1, 10).unwrap(), "두부\n집\n끝");
        assert_eq!(line("title", "가나다", 1, 3).unwrap(), "가나다");
        let long = line("title", "가나다라", 1, 3).unwrap_err();
        assert_eq!((long.code, long.max), (FieldCode::TooLong, Some(3)));
        assert_eq!(line("title", &"x".repeat(100_000), 1, 3).unwrap_err().code, FieldCode::TooLong);
        // Family emoji are joined by what shows nothing by itself.
        assert!(line("name", "👩‍👩‍👧 미나", 1, 20).is_ok());
    }

    #[cfg(feature = "nfc")]
    #[test]
    fn hangul_is_composed() {
        assert_eq!(line("title", "\u{1103}\u{116E}\u{1107}\u{116E}", 1, 2).unwrap(), "두부");
    }
}
