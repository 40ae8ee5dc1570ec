//! Opening hours as OpenStreetMap and Korean lists of places write them, read tolerantly and evaluated in local time.
//!
//! A text goes through four steps: `lexer` cuts it into tokens and understands the spellings
//! people use, `normalise` (with `reader`) orders the tokens into rules in the standard's form,
//! the grammar of the `opening-hours` crate parses each rule's selectors, and `rule` evaluates the
//! rules over the days that `days` selects, with that crate's holidays. To accept another
//! spelling, add it to `spellings` or `languages`; a change of meaning belongs in `rule`.
//!
//! The meaning is that of opening_hours.js, save where it would mislead: days after the times of
//! other days begin a rule of their own, an open end stays unknown until its guessed closing time,
//! and holidays of a part of the country are unknown where they matter.
//!
//! Opening hours are wall-clock times of the place, so nothing here needs a time zone; use
//! [`local_time`] to find the place's wall-clock time.

mod days;
mod error;
pub mod korean;
mod languages;
mod lexer;
mod normalise;
mod reader;
mod rule;
mod spellings;

use std::sync::Arc;

use chrono::{Datelike, NaiveDateTime, NaiveTime, Offset, TimeDelta, Timelike};

pub use error::HoursError;
pub use hnh_domain::places::OpenState;

use days::Calendar;
use rule::Rule;

/// The longest text that is read, in characters. OpenStreetMap's own limit is 255.
pub const MAX_CHARS: usize = 1000;

/// How far [`Hours::opening_at`] looks ahead for a change.
pub const LOOK_AHEAD: TimeDelta = TimeDelta::days(366);

/// Years outside of which everything is closed: those the standard can name.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9998;

/// Parsed opening hours; a clone shares the rules.
#[derive(Clone, Debug)]
pub struct Hours(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    rules: Vec<Rule>,
    calendar: Calendar,
    /// Minutes of the day at which the state may change, in order, the first 0.
    boundaries: Vec<u16>,
    /// The same every week.
    weekly: bool,
}

/// The state at an instant and when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The state now.
    pub state: OpenState,
    /// When the state becomes another one, in local time; `None` when it does not within
    /// [`LOOK_AHEAD`].
    pub until: Option<NaiveDateTime>,
}

impl Hours {
    /// Reads opening hours. `country` is an ISO 3166 alpha-2 code in either case; it decides which
    /// days are public and school holidays, and helps to understand words that mean different days
    /// in different languages. Without it, or with one whose holidays are not known, there are no
    /// holidays.
    ///
    /// # Errors
    /// When the text is longer than [`MAX_CHARS`] or does not say when the place is open; the error
    /// is one sentence for people.
    pub fn parse(text: &str, country: Option<&str>) -> Result<Self, HoursError> {
        if text.chars().nth(MAX_CHARS).is_some() {
            return Err(HoursError::too_long(MAX_CHARS));
        }
        if korean::is_korean(text)
            && let Some(form) = korean::standard_form(text, "")
        {
            return Self::read(&form, country);
        }
        Self::read(text, country)
    }

    /// Reads the standard's form, tolerantly.
    fn read(text: &str, country: Option<&str>) -> Result<Self, HoursError> {
        let country = country.map(str::to_ascii_uppercase);
        let tokens = lexer::lex(text, country.as_deref())?;
        let rules = rule::compile(&normalise::normalise(&tokens)?)?;
        let weekly = rules.iter().all(|rule| rule.days.is_weekly());
        let calendar = Calendar::of(country.as_deref().filter(|_| !weekly));
        let mut boundaries: Vec<u16> = rules
            .iter()
            .flat_map(|rule| &rule.spans)
            .flat_map(|span| [span.from % rule::DAY, span.to % rule::DAY])
            .chain([0])
            .collect();
        boundaries.sort_unstable();
        boundaries.dedup();
        Ok(Self(Arc::new(Inner { rules, calendar, boundaries, weekly })))
    }

    /// The state at a wall-clock time of the place; seconds do not count.
    ///
    /// Unknown where the text says so, where only a comment says when (`"by appointment"`), after
    /// an open end (`18:00+`), and on holidays of a part of the country where that matters.
    #[must_use]
    pub fn state_at(&self, local: NaiveDateTime) -> OpenState {
        if !YEARS.contains(&local.year()) {
            return OpenState::Closed;
        }
        let minute = (local.hour() * 60 + local.minute()) as u16;
        rule::state(&self.0.rules, &self.0.calendar, local.date(), minute)
    }

    /// The state at a wall-clock time of the place and when it changes next, at most
    /// [`LOOK_AHEAD`] later.
    #[must_use]
    pub fn opening_at(&self, local: NaiveDateTime) -> Opening {
        // What is the same every week and does not change within one never does.
        let horizon = if self.0.weekly { TimeDelta::days(8) } else { LOOK_AHEAD };
        let state = self.state_at(local);
        let until = local
            .checked_add_signed(horizon)
            .and_then(|limit| self.end_of(state, local, limit).filter(|end| *end < limit));
        Opening { state, until }
    }

    /// The states between two wall-clock times as intervals (start, end, state) that follow on each
    /// other without a gap, neighbours differing in state. Empty unless `from < to`.
    pub fn intervals(
        &self,
        from: NaiveDateTime,
        to: NaiveDateTime,
    ) -> impl Iterator<Item = (NaiveDateTime, NaiveDateTime, OpenState)> + use<> {
        let hours = self.clone();
        let mut start = from;
        std::iter::from_fn(move || {
            if start >= to {
                return None;
            }
            let state = hours.state_at(start);
            let end = hours.end_of(state, start, to).unwrap_or(to);
            Some((std::mem::replace(&mut start, end), end, state))
        })
    }

    /// The first instant after `start` whose state is not `state`, or `limit` when it is reached
    /// first.
    fn end_of(&self, state: OpenState, start: NaiveDateTime, limit: NaiveDateTime) -> Option<NaiveDateTime> {
        let mut instant = start;
        while instant < limit {
            instant = self.next_boundary(instant)?;
            if instant >= limit {
                return Some(limit);
            }
            if self.state_at(instant) != state {
                return Some(instant);
            }
        }
        Some(limit)
    }

    /// The first instant after the given one at which the state may change.
    fn next_boundary(&self, after: NaiveDateTime) -> Option<NaiveDateTime> {
        let minute = (after.hour() * 60 + after.minute()) as u16;
        let boundaries = &self.0.boundaries;
        match boundaries.get(boundaries.partition_point(|boundary| *boundary <= minute)) {
            Some(next) => {
                let next = u32::from(*next);
                Some(after.date().and_time(NaiveTime::from_hms_opt(next / 60, next % 60, 0)?))
            }
            None => Some(after.date().succ_opt()?.and_time(NaiveTime::MIN)),
        }
    }
}

/// Whether the public holidays of a country (ISO 3166 alpha-2, in either case) are known; where they are not, hours are told as
/// if there were none.
#[must_use]
pub fn knows_holidays(country: &str) -> bool {
    days::has_holidays(country)
}

/// The wall-clock time in a zone (IANA name such as `Europe/Berlin`) at an instant in milliseconds
/// after 1970-01-01 UTC; `None` for an unknown zone or an instant beyond the calendar.
#[must_use]
pub fn local_time(zone: &str, unix_ms: i64) -> Option<NaiveDateTime> {
    let zone: chrono_tz::Tz = zone.parse().ok()?;
    let instant = chrono::DateTime::from_timestamp_millis(unix_ms)?;
    let offset = instant.with_timezone(&zone).offset().fix();
    instant.naive_utc().checked_add_offset(offset)
}

#[cfg(test)]
mod tests;
