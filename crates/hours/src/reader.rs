//! Reads the selectors, states and comments of a rule from tokens and writes them as the grammar
//! wants them.

use std::fmt::Write;

use super::HoursError;
use super::lexer::Token::{self, *};
use super::normalise::{Draft, Part};
use hnh_domain::places::OpenState;

const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// What an end of a date range turned out to be.
enum DateEnd {
    Month,
    /// A day of the month kept here, as the grammar writes it.
    Day(String),
    Movable,
}

/// Reads selectors from tokens.
pub(super) struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(tokens: &'a [Token]) -> Self {
        Self { tokens, at: 0 }
    }

    pub(super) fn skip(&mut self) {
        self.at += 1;
    }

    pub(super) fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    fn ahead(&self, distance: usize) -> Option<Token> {
        self.tokens.get(self.at + distance).copied()
    }

    fn take(&mut self, token: Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    /// Reads one selector, state or comment into the draft.
    pub(super) fn part(&mut self, draft: &mut Draft) -> Result<(), HoursError> {
        let Some(token) = self.peek() else { return Ok(()) };
        let last = std::mem::replace(&mut draft.last, Part::Days);
        // "Mo-Fr: 10:00-12:00", "Monday - closed": a sign between selectors says nothing; after a
        // time it would be a broken time.
        if matches!(token, Colon | Dash) && last != Part::Times {
            self.at += 1;
            return Ok(());
        }
        draft.is_empty = false;
        match token {
            Weekday(_) | PublicHoliday | SchoolHoliday => self.days(draft),
            Month(_) | Easter => self.dates(draft),
            Year(_) if matches!(self.ahead(1), Some(Month(_) | Easter)) => self.dates(draft),
            Year(_) => self.years(draft),
            Week => self.weeks(draft),
            Always => {
                self.at += 1;
                draft.times.item().push_str("00:00-24:00");
                draft.last = Part::Times;
                Ok(())
            }
            State(state) => {
                self.at += 1;
                draft.state = Some(state);
                draft.last = Part::State;
                Ok(())
            }
            Comment => {
                self.at += 1;
                // A comment alone says that somebody knows more than the value does.
                draft.state.get_or_insert(OpenState::Unknown);
                draft.last = Part::State;
                Ok(())
            }
            Number(_) | Sun(_) | OpenParenthesis => {
                draft.last = Part::Times;
                self.times(draft)
            }
            _ => Err(self.misplaced()),
        }
    }

    fn misplaced(&self) -> HoursError {
        HoursError::misplaced(self.tokens, self.at)
    }

    fn days(&mut self, draft: &mut Draft) -> Result<(), HoursError> {
        let alone = matches!(self.peek(), Some(PublicHoliday | SchoolHoliday)) && !matches!(self.ahead(1), Some(Comma));
        loop {
            match self.peek() {
                Some(Weekday(day)) => {
                    self.at += 1;
                    let item = draft.weekdays.item();
                    item.push_str(WEEKDAYS[usize::from(day)]);
                    if self.take(OpenBracket) {
                        self.occurrences(item)?;
                        self.day_offset(item, 6)?;
                    } else if let (Some(Dash), Some(Weekday(end))) = (self.peek(), self.ahead(1)) {
                        self.at += 2;
                        item.push('-');
                        item.push_str(WEEKDAYS[usize::from(end)]);
                    }
                }
                Some(PublicHoliday) => {
                    self.at += 1;
                    let list = if alone { &mut draft.holidays } else { &mut draft.listed_holidays };
                    let item = list.item();
                    item.push_str("PH");
                    self.day_offset(item, 1)?;
                }
                Some(SchoolHoliday) => {
                    self.at += 1;
                    let list = if alone { &mut draft.holidays } else { &mut draft.listed_holidays };
                    list.item().push_str("SH");
                }
                _ => return Err(self.misplaced()),
            }
            let more = matches!(self.peek(), Some(Comma | Plus | Slash))
                && matches!(self.ahead(1), Some(Weekday(_) | PublicHoliday | SchoolHoliday));
            if !more || alone {
                return Ok(());
            }
            self.at += 1;
        }
    }

    /// `[1,3]`, `[-1]`, `[2-4]` after a weekday; the bracket is read already.
    fn occurrences(&mut self, item: &mut String) -> Result<(), HoursError> {
        item.push('[');
        let mut first = true;
        loop {
            let negative = self.take(Dash);
            let from = self.occurrence()?;
            let to = if !negative && self.take(Dash) { self.occurrence()? } else { from };
            for number in from..=to {
                let sign = if negative { "-" } else { "" };
                let comma = if std::mem::take(&mut first) { "" } else { "," };
                _ = write!(item, "{comma}{sign}{number}");
            }
            if self.take(CloseBracket) {
                item.push(']');
                return if first { Err(self.misplaced()) } else { Ok(()) };
            }
            if !self.take(Comma) {
                return Err(self.misplaced());
            }
        }
    }

    fn occurrence(&mut self) -> Result<u32, HoursError> {
        match self.peek() {
            Some(Number(number @ 1..=5)) => {
                self.at += 1;
                Ok(number)
            }
            _ => Err(self.misplaced()),
        }
    }

    /// `+1 day` after a day that moves it, at most `limit` days.
    fn day_offset(&mut self, item: &mut String, limit: u32) -> Result<(), HoursError> {
        let sign = match self.peek() {
            Some(Plus) => '+',
            Some(Dash) => '-',
            _ => return Ok(()),
        };
        let (Some(Number(days)), Some(Days)) = (self.ahead(1), self.ahead(2)) else { return Ok(()) };
        if days > limit {
            return Err(self.misplaced());
        }
        self.at += 3;
        if days > 0 {
            _ = write!(item, " {sign}{days} days");
        }
        Ok(())
    }

    fn years(&mut self, draft: &mut Draft) -> Result<(), HoursError> {
        while let Some(Year(from)) = self.peek() {
            self.at += 1;
            let item = draft.years.item();
            if self.take(Plus) {
                _ = write!(item, "{from}+");
            } else {
                let to = match (self.peek(), self.ahead(1)) {
                    (Some(Dash), Some(Year(to))) => {
                        self.at += 2;
                        to
                    }
                    _ => from,
                };
                // A year alone is written as a range, or the grammar takes it for a date's year.
                _ = write!(item, "{from}-{to}");
                if let (Some(Slash), Some(Number(step))) = (self.peek(), self.ahead(1)) {
                    self.at += 2;
                    _ = write!(item, "/{step}");
                }
            }
            if let (Some(Comma), Some(Year(_))) = (self.peek(), self.ahead(1)) {
                self.at += 1;
            } else {
                break;
            }
        }
        Ok(())
    }

    fn weeks(&mut self, draft: &mut Draft) -> Result<(), HoursError> {
        self.at += 1;
        while let Some(Number(from)) = self.peek() {
            self.at += 1;
            let to = match (self.peek(), self.ahead(1)) {
                (Some(Dash), Some(Number(to))) => {
                    self.at += 2;
                    to
                }
                _ => from,
            };
            if from == 0 || to > 53 || from > to {
                return Err(HoursError::bad_weeks(from, to));
            }
            let item = draft.weeks.item();
            _ = write!(item, "{from:02}-{to:02}");
            if let (Some(Slash), Some(Number(step))) = (self.peek(), self.ahead(1)) {
                self.at += 2;
                _ = write!(item, "/{step}");
            }
            let more = self.peek() == Some(Comma)
                && match self.ahead(1) {
                    Some(Week) => {
                        self.at += 1;
                        true
                    }
                    // "week 5,10:00-12:00": a time, not a week.
                    Some(Number(_)) => self.ahead(2) != Some(Colon),
                    _ => false,
                };
            if !more {
                return Ok(());
            }
            self.at += 1;
        }
        Err(self.misplaced())
    }

    fn dates(&mut self, draft: &mut Draft) -> Result<(), HoursError> {
        loop {
            let item = draft.dates.item();
            let start = self.date(item, true)?;
            let month = if let DateEnd::Day(month) = &start { Some(month) } else { None };
            let exact = !matches!(start, DateEnd::Month);
            match (self.peek(), self.ahead(1)) {
                (Some(Dash), Some(Month(_) | Easter)) => {
                    self.at += 1;
                    item.push('-');
                    self.date(item, exact)?;
                }
                (Some(Dash), Some(Year(_))) if matches!(self.ahead(2), Some(Month(_) | Easter)) => {
                    self.at += 1;
                    item.push('-');
                    self.date(item, exact)?;
                }
                // The end in the same month.
                (Some(Dash), Some(Number(day))) if month.is_some() && !self.clock_at(1) => {
                    self.at += 2;
                    _ = write!(item, "-{day}");
                }
                _ => {}
            }
            // "Dec 24,26-28": further days of the month.
            while let (Some(month), Some(Comma), Some(Number(day))) = (month, self.peek(), self.ahead(1)) {
                if self.clock_at(1) {
                    break;
                }
                self.at += 2;
                let item = draft.dates.item();
                _ = write!(item, "{month} {day}");
                if let (Some(Dash), Some(Number(end))) = (self.peek(), self.ahead(1)) {
                    self.at += 2;
                    _ = write!(item, "-{end}");
                }
            }
            let more = self.peek() == Some(Comma)
                && match self.ahead(1) {
                    Some(Month(_) | Easter) => true,
                    Some(Year(_)) => matches!(self.ahead(2), Some(Month(_) | Easter)),
                    _ => false,
                };
            if !more {
                return Ok(());
            }
            self.at += 1;
        }
    }

    /// Whether a time of day begins `distance` tokens ahead, rather than a day of the month.
    fn clock_at(&self, distance: usize) -> bool {
        let pair =
            |distance| self.ahead(distance) == Some(Colon) && matches!(self.ahead(distance + 1), Some(Number(_)));
        // "Dec 24: 10:00-14:00" has a colon too, but then another pair.
        pair(distance + 1) && !pair(distance + 3)
    }

    /// One end of a date range. Where only a month may stand (`exact` is false), a number after it
    /// is an hour: `Mar-Oct 10-14`.
    fn date(&mut self, item: &mut String, exact: bool) -> Result<DateEnd, HoursError> {
        let start = item.len();
        if let Some(Year(year)) = self.peek() {
            self.at += 1;
            // The grammar wants no space between a year and a month.
            _ = write!(item, "{year}");
        }
        match self.peek() {
            Some(Easter) => {
                self.at += 1;
                item.push_str("easter");
                self.day_offset(item, 366)?;
                Ok(DateEnd::Movable)
            }
            Some(Month(month)) => {
                self.at += 1;
                item.push_str(MONTHS[usize::from(month) - 1]);
                match self.peek() {
                    Some(Number(day)) if exact && !self.clock_at(0) => {
                        self.at += 1;
                        if !(1..=31).contains(&day) {
                            return Err(HoursError::bad_day(day));
                        }
                        let month = item[start..].to_owned();
                        _ = write!(item, " {day}");
                        Ok(DateEnd::Day(month))
                    }
                    Some(Weekday(day)) if exact && self.ahead(1) == Some(OpenBracket) => {
                        self.at += 2;
                        _ = write!(item, " {}[", WEEKDAYS[usize::from(day)]);
                        if self.take(Dash) {
                            item.push('-');
                        }
                        _ = write!(item, "{}]", self.occurrence()?);
                        if !self.take(CloseBracket) {
                            return Err(self.misplaced());
                        }
                        self.day_offset(item, 6)?;
                        Ok(DateEnd::Movable)
                    }
                    _ => Ok(DateEnd::Month),
                }
            }
            _ => Err(self.misplaced()),
        }
    }

    fn times(&mut self, draft: &mut Draft) -> Result<(), HoursError> {
        loop {
            self.span(draft.times.item())?;
            let more =
                self.peek() == Some(Comma) && matches!(self.ahead(1), Some(Number(_) | Sun(_) | OpenParenthesis));
            if !more {
                return Ok(());
            }
            self.at += 1;
        }
    }

    fn span(&mut self, item: &mut String) -> Result<(), HoursError> {
        let start = self.moment(item, false)?;
        if start.is_some_and(|minutes| minutes >= DAY) {
            return Err(HoursError::bad_start());
        }
        if self.take(Plus) {
            item.push('+');
            return Ok(());
        }
        if !self.take(Dash) {
            return Err(HoursError::no_end());
        }
        // "18:00-", "18:00-+" and "18:00-?" leave the end open.
        let ends = matches!(self.peek(), Some(Number(_) | Year(_) | Sun(_) | OpenParenthesis));
        if !ends {
            let closed_by_rule =
                matches!(self.peek(), None | Some(Semicolon | Comma | Plus | Fallback | Comment | State(_)));
            if !closed_by_rule {
                return Err(self.misplaced());
            }
            self.take(Plus);
            item.push('+');
            return Ok(());
        }
        item.push('-');
        let end = self.moment(item, true)?;
        if end.is_some_and(|minutes| minutes > 2 * DAY) {
            return Err(HoursError::bad_end());
        }
        if self.take(Plus) {
            // "10:00-24:00+" would be the grammar's reading of "10:00+".
            if end == Some(DAY) {
                item.truncate(item.len() - "24:00".len());
                item.push_str("00:00");
            }
            item.push('+');
        }
        if self.peek() == Some(Slash) {
            return Err(HoursError::no_end());
        }
        Ok(())
    }

    /// A time of day or a moment of the sun; gives the minutes when they are fixed.
    fn moment(&mut self, item: &mut String, is_end: bool) -> Result<Option<u32>, HoursError> {
        match self.peek() {
            Some(Sun(event)) => {
                self.at += 1;
                item.push_str(event);
                Ok(None)
            }
            Some(OpenParenthesis) => {
                let Some(Sun(event)) = self.ahead(1) else { return Err(self.misplaced()) };
                let sign = match self.ahead(2) {
                    Some(Plus) => '+',
                    Some(Dash) => '-',
                    _ => return Err(self.misplaced()),
                };
                self.at += 3;
                _ = write!(item, "({event}{sign}");
                self.clock(item)?;
                if !self.take(CloseParenthesis) {
                    return Err(self.misplaced());
                }
                item.push(')');
                Ok(None)
            }
            Some(Year(number)) if is_end && number % 100 < 60 => {
                self.at += 1;
                _ = write!(item, "{:02}:{:02}", number / 100, number % 100);
                Ok(Some(number / 100 * 60 + number % 100))
            }
            _ => self.clock(item).map(Some),
        }
    }

    /// `9:30` or `9`, written out as `09:30`; gives the minutes.
    fn clock(&mut self, item: &mut String) -> Result<u32, HoursError> {
        let Some(Number(hour)) = self.peek() else { return Err(self.misplaced()) };
        self.at += 1;
        let minute = match (self.peek(), self.ahead(1)) {
            (Some(Colon), Some(Number(minute))) => {
                self.at += 2;
                minute
            }
            _ => 0,
        };
        if minute > 59 || hour > 48 {
            return Err(HoursError::bad_time(hour, minute));
        }
        _ = write!(item, "{hour:02}:{minute:02}");
        Ok(hour * 60 + minute)
    }
}
