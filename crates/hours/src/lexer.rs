//! Cuts an opening-hours text into tokens, reading what people write as what they mean: other
//! dashes and quotes, words of other languages, `9 am`, `10.30`, `11h30`.
//!
//! The spellings are in the tables of [`super::spellings`], names of days and months in
//! [`super::languages`].

use super::HoursError;
use super::languages::{self, Language};
use super::spellings;
use hnh_domain::places::OpenState;

/// One token of opening-hours text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A number up to 1900.
    Number(u32),
    /// A number above 1900, which no hour or day can be.
    Year(u32),
    /// 0 is Monday.
    Weekday(u8),
    /// 1 is January.
    Month(u8),
    PublicHoliday,
    SchoolHoliday,
    Easter,
    /// A moment of the sun's day, by its English name.
    Sun(&'static str),
    Week,
    /// `day` or `days`, as in `+2 days`.
    Days,
    State(OpenState),
    /// A quoted text. What it says is not kept: nobody can evaluate it.
    Comment,
    /// `24/7`.
    Always,
    Colon,
    Comma,
    Dash,
    Plus,
    Slash,
    OpenBracket,
    CloseBracket,
    OpenParenthesis,
    CloseParenthesis,
    /// Ends a rule.
    Semicolon,
    /// `||`: what follows holds where nothing before does.
    Fallback,
}

use Token::{
    Always, CloseBracket, CloseParenthesis, Colon, Comma, Comment, Dash, Days, Easter, Fallback, Month, Number,
    OpenBracket, OpenParenthesis, Plus, PublicHoliday, SchoolHoliday, Semicolon, Slash, State, Sun, Week, Weekday,
    Year,
};

/// Quotes that may open and close a comment besides the straight double quote.
const OPENING_QUOTES: &[char] = &['"', '\'', '„', '“', '‚', '‘', '’', '«', '「', '『'];
const CLOSING_QUOTES: &[char] = &['"', '\'', '“', '”', '‘', '’', '»', '」', '』'];

/// Cuts `text` into tokens; `country` (ISO 3166, upper case) helps with words of several languages.
///
/// # Errors
/// Names the first word or sign that means nothing in opening hours.
pub(super) fn lex(text: &str, country: Option<&str>) -> Result<Vec<Token>, HoursError> {
    let text = narrow(text).to_lowercase();
    let mut lexer = Lexer { text: &text, country, language: None, tokens: Vec::with_capacity(32) };
    lexer.run(&text)?;
    Ok(lexer.tokens)
}

/// Full-width forms of ASCII, which East Asian keyboards type, to ASCII.
fn narrow(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains(|c| matches!(c, '\u{ff01}'..='\u{ff5e}')) {
        return text.into();
    }
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xff01 + u32::from('!')).unwrap_or(c),
            other => other,
        })
        .collect::<String>()
        .into()
}

struct Lexer<'a> {
    /// The whole text, for finding out its language.
    text: &'a str,
    country: Option<&'a str>,
    /// Known once a word needed it: the language and how many of its words the text has.
    language: Option<Option<(&'static Language, usize)>>,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn run(&mut self, text: &str) -> Result<(), HoursError> {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            rest = if first.is_whitespace() {
                &rest[first.len_utf8()..]
            } else if first.is_alphabetic() {
                self.word(rest)?
            } else if first.is_ascii_digit() {
                self.number(rest)?
            } else {
                self.sign(rest, first)?
            };
        }
        Ok(())
    }

    fn word<'t>(&mut self, rest: &'t str) -> Result<&'t str, HoursError> {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let word = &rest[..end];
        let after = &rest[end..];
        if let Some(token) = standard(word) {
            // Most texts hold nothing else, so no table is looked at for them.
            let alone = !after.strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_alphabetic));
            if alone || spellings::phrase(rest).is_none() {
                let token = self.unless_foreign(word, token);
                self.tokens.push(token);
                return Ok(skip_stop(after));
            }
        }
        if let Some((length, replacement)) = spellings::phrase(rest) {
            self.run(replacement)?;
            return Ok(&rest[length..]);
        }
        if let Some(after) = self.after_number(word, after) {
            return Ok(after);
        }
        let foreign = self.foreign(word);
        if let Some((token, 2..)) = foreign {
            self.tokens.push(token);
        } else if let Some(replacement) = spellings::word(word) {
            self.run(replacement)?;
        } else if let Some((token, _)) = foreign {
            self.tokens.push(token);
        } else {
            return Err(HoursError::unknown_word(word));
        }
        Ok(skip_stop(after))
    }

    /// A standard word keeps its meaning unless the text is plainly in a language where it differs
    /// (`mar` among `lun` and `mer`). Only `mar` is such a word.
    fn unless_foreign(&mut self, word: &str, token: Token) -> Token {
        match word {
            "mar" => match self.foreign(word) {
                Some((foreign, 2..)) => foreign,
                _ => token,
            },
            _ => token,
        }
    }

    /// The day or month a word names in the text's language, and how many words of the text that
    /// language explains.
    fn foreign(&mut self, word: &str) -> Option<(Token, usize)> {
        let (language, known) = self.language()?;
        Some((language.token(&languages::fold(word))?, known))
    }

    fn language(&mut self) -> Option<(&'static Language, usize)> {
        let (text, country) = (self.text, self.country);
        *self.language.get_or_insert_with(|| {
            // Every second piece between double quotes is a comment.
            let words =
                text.split('"').step_by(2).flat_map(|piece| piece.split(|c: char| !c.is_alphabetic())).filter(|word| {
                    !word.is_empty() && (standard(word).is_none() || *word == "mar") && spellings::word(word).is_none()
                });
            languages::detect(words, country)
        })
    }

    /// Words that belong to the number before them: `9 am`, `11h30`, `10시 30분`.
    fn after_number<'t>(&mut self, word: &str, after: &'t str) -> Option<&'t str> {
        let Some(Number(last)) = self.tokens.last().copied() else { return None };
        let afternoon = match word {
            "am" | "ам" => false,
            "pm" | "рм" => true,
            "a" | "p" if after.starts_with(".m.") => {
                self.set_half(word == "p");
                return Some(&after[3..]);
            }
            "a" if last <= 12 && !after.starts_with(' ') => false,
            "p" if last <= 12 => true,
            "h" | "시" if after.trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
                self.tokens.push(Colon);
                return Some(after);
            }
            "분" => return Some(after),
            _ => return None,
        };
        self.set_half(afternoon);
        Some(skip_stop(after))
    }

    /// Puts the hour before the current place into the morning or the afternoon.
    fn set_half(&mut self, afternoon: bool) {
        let count = self.tokens.len();
        let at = match self.tokens.as_slice() {
            [.., Number(_), Colon, Number(_)] => count - 3,
            _ => count - 1,
        };
        if let Some(Number(hour)) = self.tokens.get_mut(at) {
            match (afternoon, *hour) {
                (true, 0..12) => *hour += 12,
                (false, 12) => *hour = 0,
                _ => {}
            }
        }
    }

    fn number<'t>(&mut self, rest: &'t str) -> Result<&'t str, HoursError> {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let after = &rest[end..];
        if after.starts_with("/7") && &rest[..end] == "24" {
            self.tokens.push(Always);
            return Ok(&after[2..]);
        }
        let starts_word = after.starts_with(|c: char| c.is_alphabetic() || c == ' ' || c == '/');
        if starts_word
            && !matches!(self.tokens.last(), Some(Colon | Plus | Dash))
            && let Some((length, replacement)) = spellings::phrase(rest)
        {
            self.run(replacement)?;
            return Ok(&rest[length..]);
        }
        let digits = &rest[..end];
        let value: u32 = digits.parse().map_err(|_| HoursError::number_too_large(digits))?;
        match digits.len() {
            // A time of day without a separator, as in 0930-1700; above 1900 it may be a year.
            4 if value <= 1900 => self.tokens.extend([Number(value / 100), Colon, Number(value % 100)]),
            _ if value > 1900 => self.tokens.push(Year(value)),
            _ => self.tokens.push(Number(value)),
        }
        // "12. " is an ordinal or the end of a sentence; "12.30" is a time.
        Ok(match after.strip_prefix('.') {
            Some(next) if !next.starts_with(|c: char| c.is_ascii_digit()) => next,
            _ => after,
        })
    }

    fn sign<'t>(&mut self, rest: &'t str, first: char) -> Result<&'t str, HoursError> {
        let after = &rest[first.len_utf8()..];
        if OPENING_QUOTES.contains(&first) {
            return self.comment(first, after);
        }
        if let Some(digit) = raised_digit(first) {
            return Ok(self.raised(digit, after));
        }
        if let Some(after) = rest.strip_prefix("||") {
            self.tokens.push(Fallback);
            return Ok(after);
        }
        let plain = spellings::sign(first);
        let token = match plain {
            '-' => Dash,
            ':' => Colon,
            '.' if after.starts_with(|c: char| c.is_ascii_digit()) => Colon,
            '.' | ' ' => return Ok(after),
            ',' => Comma,
            ';' => Semicolon,
            '+' => Plus,
            '/' => Slash,
            '[' => OpenBracket,
            ']' => CloseBracket,
            '(' => OpenParenthesis,
            ')' => CloseParenthesis,
            _ => return Err(HoursError::unknown_sign(first)),
        };
        self.tokens.push(token);
        Ok(after)
    }

    fn comment<'t>(&mut self, quote: char, after: &'t str) -> Result<&'t str, HoursError> {
        let straight = (quote == '"').then(|| after.find('"')).flatten();
        let loose = || {
            let end = after.find(CLOSING_QUOTES)?;
            (!after[..end].contains([';', '|'])).then_some(end)
        };
        let end = straight.or_else(loose).ok_or_else(|| HoursError::open_quote(quote))?;
        self.tokens.push(Comment);
        let closing = after[end..].chars().next().map_or(0, char::len_utf8);
        Ok(&after[end + closing..])
    }

    /// Minutes written as raised digits after the hour, as in 10³⁰.
    fn raised<'t>(&mut self, digit: u32, after: &'t str) -> &'t str {
        let second = after.chars().next().and_then(|c| Some((c, raised_digit(c)?)));
        let (value, after) = match second {
            Some((sign, second)) => (digit * 10 + second, &after[sign.len_utf8()..]),
            None => (digit, after),
        };
        if matches!(self.tokens.last(), Some(Number(_))) {
            self.tokens.push(Colon);
        }
        self.tokens.push(Number(value));
        after
    }
}

/// The words of the standard itself.
fn standard(word: &str) -> Option<Token> {
    Some(match word {
        "mo" => Weekday(0),
        "tu" => Weekday(1),
        "we" => Weekday(2),
        "th" => Weekday(3),
        "fr" => Weekday(4),
        "sa" => Weekday(5),
        "su" => Weekday(6),
        "ph" => PublicHoliday,
        "sh" => SchoolHoliday,
        "jan" => Month(1),
        "feb" => Month(2),
        "mar" => Month(3),
        "apr" => Month(4),
        "may" => Month(5),
        "jun" => Month(6),
        "jul" => Month(7),
        "aug" => Month(8),
        "sep" => Month(9),
        "oct" => Month(10),
        "nov" => Month(11),
        "dec" => Month(12),
        "off" | "closed" => State(OpenState::Closed),
        "open" => State(OpenState::Open),
        "unknown" => State(OpenState::Unknown),
        "easter" => Easter,
        "week" => Week,
        "day" | "days" => Days,
        "dawn" => Sun("dawn"),
        "sunrise" => Sun("sunrise"),
        "sunset" => Sun("sunset"),
        "dusk" => Sun("dusk"),
        _ => return None,
    })
}

/// The full stop of an abbreviation says nothing.
fn skip_stop(after: &str) -> &str {
    after.strip_prefix('.').unwrap_or(after)
}

fn raised_digit(sign: char) -> Option<u32> {
    match sign {
        '°' | '⁰' => Some(0),
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁴'..='⁹' => Some(u32::from(sign) - 0x2070),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both texts must give the same tokens.
    #[track_caller]
    fn same(written: &str, meant: &str) {
        assert_eq!(lex(written, Some("DE")), lex(meant, Some("DE")), "{written} | {meant}");
        assert!(lex(meant, None).is_ok_and(|tokens| !tokens.is_empty()), "{meant}");
    }

    #[test]
    fn letter_case_and_spaces_do_not_matter() {
        same("MO-fr 9:00 - 17:00 OFF", "Mo-Fr 09:00-17:00 off");
        same("Mo-Fr\t09:00\u{a0}-17:00", "Mo-Fr 09:00-17:00");
    }

    #[test]
    fn other_dashes_and_signs_are_understood() {
        same("Mo–Fr 10:00—12:00", "Mo-Fr 10:00-12:00");
        same("10:00~12:00", "10:00-12:00");
        same("Fr & Sa 10：00-12：00", "Fr,Sa 10:00-12:00");
        same("Mo 10:00-12:00 | Tu 10:00-12:00", "Mo 10:00-12:00; Tu 10:00-12:00");
        same("8³⁰-12°°", "08:30-12:00");
    }

    #[test]
    fn a_dot_separates_hours_from_minutes_and_ends_abbreviations() {
        same("Mo. 10.30-12.00", "Mo 10:30-12:00");
        same("Dec. 24. off", "Dec 24 off");
    }

    #[test]
    fn halves_of_the_day_become_hours() {
        same("9AM-5PM", "9-17");
        same("9:30 a.m. - 12:15 p.m.", "9:30-12:15");
        same("12am-12pm", "0-12");
        same("10a-10p", "10-22");
    }

    #[test]
    fn hour_words_are_dropped_or_separate() {
        same("10-14 Uhr", "10-14");
        same("11h30-14h", "11:30-14");
        same("10시 30분 - 22시", "10:30-22");
    }

    #[test]
    fn times_may_lack_the_separator() {
        same("0930-1700", "09:30-17:00");
    }

    #[test]
    fn words_of_other_languages_are_understood() {
        same("Montag bis Freitag 10:00 bis 12:00", "Mo-Fr 10:00-12:00");
        same("lundi au vendredi 10h-12h", "Mo-Fr 10-12");
        same("lun, mar, mer 10:00-12:00", "Mo,Tu,We 10:00-12:00");
        same("월~금 10:00~22:00, 공휴일 휴무", "Mo-Fr 10:00-22:00, PH off");
        same("Di geschlossen", "Tu off");
        same("mars-mai", "Mar-May");
        same("Sonn- und Feiertage 10:00-12:00", "PH,Su 10:00-12:00");
        same("every day, all day", "Mo-Su, 00:00-24:00");
        same("by appointment", "\"by appointment\"");
        same("18:00 - open end", "18:00-+");
    }

    #[test]
    fn a_march_stays_a_march_in_english() {
        same("Mar-Oct 10:00-12:00", "March-October 10:00-12:00");
    }

    #[test]
    fn comments_may_have_other_quotes() {
        same("Mo „nur abends“", "Mo \"x\"");
        same("Mo 'call'", "Mo \"x\"");
        same("Mo \"it’s; open\"", "Mo \"x\"");
    }

    #[test]
    fn what_means_nothing_is_named() {
        let message = |text| lex(text, None).map_err(|error| error.to_string());
        assert_eq!(message("Mo telefon"), Err("The word “telefon” means nothing in opening hours.".into()));
        assert_eq!(message("Mo !"), Err("The sign “!” means nothing in opening hours.".into()));
        assert_eq!(message("Mo \"call"), Err("The quote “\"” is never closed.".into()));
        assert_eq!(
            message("99999999999999"),
            Err("The number 99999999999999 is too large for a time, a day or a year.".into())
        );
    }
}
