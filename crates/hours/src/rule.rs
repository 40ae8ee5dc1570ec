//! Rules ready to be evaluated, and the state they give an instant.
//!
//! The evaluation follows opening_hours.js, the implementation OpenStreetMap's editors check values
//! with. Rules are gone through in order and the last that holds decides, with these twists:
//!
//! - A normal rule that opens (or leaves unknown) a day it names forgets everything said before
//!   about that day. Hours that run into it from the night before are forgotten, too, by the letter; they are unknown here.
//!   A rule that closes only closes its own times.
//! - A rule without days replaces an earlier one without days, but only adds to one with days.
//! - A fallback rule counts only where everything before it is closed.
//! - Times after midnight belong to the day on which they began.
//! - An open end (`18:00+`) is unknown, not open, until a guessed closing time.

use chrono::NaiveDate;
use opening_hours_syntax::ExtendedTime;
use opening_hours_syntax::rules::time::{Time, TimeEvent, TimeSpan};

use super::HoursError;
use super::days::{Calendar, Days};
use super::normalise::{Join, NormalRule};
use hnh_domain::places::OpenState;

/// Minutes of a day.
pub(super) const DAY: u16 = 24 * 60;

/// One rule.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) days: Days,
    /// Never empty; the whole day when the rule names no times.
    pub(super) spans: Vec<Span>,
    join: Join,
    state: OpenState,
    /// Whether it makes earlier rules forgotten on its days.
    overrides: bool,
    runs_past_midnight: bool,
}

/// Minutes after the midnight of a day, the end possibly on the next day; `from < to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: u16,
    pub(super) to: u16,
    /// The end is a guess.
    open_end: bool,
}

/// Parses the selectors of normalised rules with the grammar.
///
/// # Errors
/// When the grammar refuses a selector, such as a range of years that runs backwards.
pub(super) fn compile(normal: &[NormalRule]) -> Result<Vec<Rule>, HoursError> {
    let mut rules: Vec<Rule> = Vec::with_capacity(normal.len());
    for rule in normal {
        let (days, spans) = selectors(rule)?;
        let after_daily_rule = rules.last().is_some_and(|last| last.days.is_unrestricted());
        let names_days = !days.is_unrestricted();
        let overrides = rule.join == Join::Normal
            && match rule.state {
                OpenState::Open => names_days || after_daily_rule,
                OpenState::Unknown => names_days,
                OpenState::Closed => false,
            };
        rules.push(Rule {
            runs_past_midnight: spans.iter().any(|span| span.to > DAY),
            days,
            spans,
            join: rule.join,
            state: rule.state,
            overrides,
        });
    }
    Ok(rules)
}

fn selectors(rule: &NormalRule) -> Result<(Days, Vec<Span>), HoursError> {
    if rule.selectors.is_empty() {
        return Ok((Days::default(), vec![Span { from: 0, to: DAY, open_end: false }]));
    }
    let refused = || HoursError::not_a_rule(&rule.selectors);
    let parsed = opening_hours_syntax::parse(&rule.selectors).map_err(|_| refused())?.rules;
    let [sequence]: [_; 1] = parsed.try_into().map_err(|_| refused())?;
    let mut spans = Vec::with_capacity(sequence.time_selector.spans.len());
    for span in &sequence.time_selector.spans {
        add_spans(span, &mut spans)?;
    }
    Ok((Days::new(sequence.day_selector, rule.holidays_on_weekdays), spans))
}

/// Adds the minutes of a time span; a stated end that is open gives two.
fn add_spans(span: &TimeSpan, spans: &mut Vec<Span>) -> Result<(), HoursError> {
    let from = minutes(&span.range.start);
    if !(0..i32::from(DAY)).contains(&from) {
        return Err(HoursError::bad_start());
    }
    let from = from as u16;
    let end_is_stated = !(span.open_end && span.range.end == Time::Fixed(ExtendedTime::MIDNIGHT_24));
    if !end_is_stated {
        spans.push(guessed(from));
        return Ok(());
    }
    let mut to = minutes(&span.range.end).max(0);
    if to <= i32::from(from) {
        to += i32::from(DAY);
    }
    let to = u16::try_from(to).ok().filter(|to| *to <= 2 * DAY).ok_or_else(HoursError::bad_end)?;
    if span.open_end {
        spans.push(guessed(to));
    }
    spans.push(Span { from, to, open_end: false });
    Ok(())
}

/// A span with an open end: people who begin in the evening stay into the night.
fn guessed(from: u16) -> Span {
    let to = if from >= 22 * 60 {
        from + 8 * 60
    } else if from >= 17 * 60 {
        from + 10 * 60
    } else {
        DAY
    };
    // From midnight with no end is the whole day, and nothing in it is a guess.
    Span { from, to: to.min(2 * DAY), open_end: from > 0 }
}

/// Minutes after midnight. Without coordinates the sun keeps fixed times, the same all year.
fn minutes(time: &Time) -> i32 {
    match time {
        Time::Fixed(time) => time.mins_from_midnight().into(),
        Time::Variable(variable) => {
            let event = match variable.event {
                TimeEvent::Dawn => 5 * 60 + 30,
                TimeEvent::Sunrise => 6 * 60,
                TimeEvent::Sunset => 18 * 60,
                TimeEvent::Dusk => 18 * 60 + 30,
            };
            event + i32::from(variable.offset)
        }
    }
}

/// The state the rules give a minute of a day.
///
/// When the day is a holiday in parts of the country only and that matters, the state is unknown.
pub(super) fn state(rules: &[Rule], calendar: &Calendar, date: NaiveDate, minute: u16) -> OpenState {
    let state = state_in(rules, calendar, date, minute, false);
    let yesterday = date.pred_opt();
    let depends_on_region = rules.iter().any(|rule| {
        rule.days.depends_on_region(date, calendar)
            || yesterday.is_some_and(|day| rule.days.depends_on_region(day, calendar))
    });
    if depends_on_region && state != state_in(rules, calendar, date, minute, true) {
        return OpenState::Unknown;
    }
    state
}

/// The state where holidays of parts of the country count (`regional`) or do not.
fn state_in(rules: &[Rule], calendar: &Calendar, date: NaiveDate, minute: u16, regional: bool) -> OpenState {
    let yesterday = date.pred_opt();
    let mut state = OpenState::Closed;
    // Hours of the night before, which a rule for this day would have forgotten.
    let mut from_the_night_before = false;
    for rule in rules {
        if rule.days.contain(date, calendar, regional) {
            if rule.overrides {
                // By the letter they are; but whoever writes `Fr 10:00-03:00; Sa 12:00-03:00` does not close at midnight.
                let still_open = from_the_night_before && state == OpenState::Open;
                state = if still_open { OpenState::Unknown } else { OpenState::Closed };
            }
            for span in &rule.spans {
                let applies = rule.join != Join::Fallback || state == OpenState::Closed;
                if applies && (span.from..span.to).contains(&minute) {
                    state = rule.state_of(*span);
                    from_the_night_before = false;
                }
            }
        }
        if rule.runs_past_midnight && yesterday.is_some_and(|day| rule.days.contain(day, calendar, regional)) {
            for span in &rule.spans {
                if (span.from..span.to).contains(&(minute + DAY)) {
                    state = rule.state_of(*span);
                    from_the_night_before = true;
                }
            }
        }
    }
    state
}

impl Rule {
    fn state_of(&self, span: Span) -> OpenState {
        if span.open_end && self.state == OpenState::Open { OpenState::Unknown } else { self.state }
    }
}
