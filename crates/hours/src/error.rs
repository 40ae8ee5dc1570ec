//! Why a text could not be read.

use super::lexer::Token;

/// Why an opening-hours text could not be read, as one sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursError(String);

impl std::fmt::Display for HoursError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for HoursError {}

impl HoursError {
    pub(super) fn too_long(limit: usize) -> Self {
        Self(format!("Opening hours may be at most {limit} characters long."))
    }

    pub(super) fn empty() -> Self {
        Self("There are no opening hours in the text.".into())
    }

    pub(super) fn unknown_word(word: &str) -> Self {
        let word: String = word.chars().take(40).collect();
        Self(format!("The word “{word}” means nothing in opening hours."))
    }

    pub(super) fn unknown_sign(sign: char) -> Self {
        Self(format!("The sign “{}” means nothing in opening hours.", sign.escape_debug()))
    }

    pub(super) fn open_quote(quote: char) -> Self {
        Self(format!("The quote “{quote}” is never closed."))
    }

    pub(super) fn number_too_large(digits: &str) -> Self {
        let digits: String = digits.chars().take(40).collect();
        Self(format!("The number {digits} is too large for a time, a day or a year."))
    }

    pub(super) fn misplaced(tokens: &[Token], at: usize) -> Self {
        let name = |at: usize| tokens.get(at).map(|token| name(*token));
        Self(match (name(at), at.checked_sub(1).and_then(name)) {
            (Some(token), Some(before)) => format!("{token} makes no sense after {before}."),
            (Some(token), None) => format!("Opening hours cannot begin with {token}."),
            (None, _) => "The opening hours end too early.".into(),
        })
    }

    pub(super) fn bad_weeks(from: u32, to: u32) -> Self {
        Self(format!("Weeks run from 1 to 53, which {from} to {to} do not."))
    }

    pub(super) fn bad_day(day: u32) -> Self {
        Self(format!("No month has a day {day}."))
    }

    pub(super) fn bad_time(hour: u32, minute: u32) -> Self {
        Self(format!("{hour}:{minute:02} is not a time of day."))
    }

    pub(super) fn bad_start() -> Self {
        Self("A time range must begin before 24:00.".into())
    }

    pub(super) fn bad_end() -> Self {
        Self("A time range may end at most 48 hours after the midnight before it.".into())
    }

    pub(super) fn no_end() -> Self {
        Self("A point in time is no opening time: a range such as 10:00-12:00 was expected.".into())
    }

    pub(super) fn not_a_rule(selectors: &str) -> Self {
        let selectors: String = selectors.chars().take(120).collect();
        Self(format!("“{selectors}” does not say when."))
    }
}

/// A token as the reader of a message knows it.
fn name(token: Token) -> String {
    match token {
        Token::Number(number) | Token::Year(number) => format!("the number {number}"),
        Token::Weekday(_) => "a weekday".into(),
        Token::Month(_) => "a month".into(),
        Token::PublicHoliday | Token::SchoolHoliday => "a holiday".into(),
        Token::Easter => "Easter".into(),
        Token::Sun(event) => format!("“{event}”"),
        Token::Week => "“week”".into(),
        Token::Days => "“days”".into(),
        Token::State(_) => "“open”, “closed” or “unknown”".into(),
        Token::Comment => "a comment".into(),
        Token::Always => "“24/7”".into(),
        Token::Colon => "“:”".into(),
        Token::Comma => "“,”".into(),
        Token::Dash => "“-”".into(),
        Token::Plus => "“+”".into(),
        Token::Slash => "“/”".into(),
        Token::OpenBracket => "“[”".into(),
        Token::CloseBracket => "“]”".into(),
        Token::OpenParenthesis => "“(”".into(),
        Token::CloseParenthesis => "“)”".into(),
        Token::Semicolon => "“;”".into(),
        Token::Fallback => "“||”".into(),
    }
}
