//! Brings tokens into the form the grammar knows: rules, each with its selectors in the standard's
//! order (years, dates, weeks, weekdays, times) and its state apart.
//!
//! People put the time before the day, leave out commas and minutes, and write the state anywhere.
//! The tolerance follows opening_hours.js, which most OpenStreetMap editors use to check values:
//! whitespace never matters, selectors of a rule come in any order, and a comma after a time or a
//! state begins an additional rule unless a time follows the time. Beyond it, days after the times
//! of other days begin a rule of their own, and `18:00-` leaves the end open.

use super::HoursError;
use super::lexer::Token::{self, *};
use super::reader::Reader;
use hnh_domain::places::OpenState;

/// How a rule stands to the rules before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// `;`: on the days it selects it replaces what was said before.
    Normal,
    /// `,`: it adds to what was said before.
    Additional,
    /// `||`: it holds where nothing before does.
    Fallback,
}

/// One rule, its selectors as standard text for the grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NormalRule {
    pub(super) join: Join,
    /// Empty when the rule holds always.
    pub(super) selectors: String,
    pub(super) state: OpenState,
    /// `PH Mo-Fr` means holidays that are also one of the weekdays; `PH,Mo-Fr` means either.
    pub(super) holidays_on_weekdays: bool,
}

/// Splits the tokens into rules.
///
/// # Errors
/// When tokens stand where they mean nothing, or a time, day or week is out of range.
pub(super) fn normalise(tokens: &[Token]) -> Result<Vec<NormalRule>, HoursError> {
    let mut reader = Reader::new(tokens);
    let mut rules = Vec::new();
    let mut draft = Draft::new(Join::Normal);
    while let Some(token) = reader.peek() {
        match token {
            Semicolon => {
                reader.skip();
                draft.finish(&mut rules);
                draft = Draft::new(Join::Normal);
            }
            Fallback => {
                reader.skip();
                draft.finish(&mut rules);
                draft = Draft::new(Join::Fallback);
            }
            Comma => {
                reader.skip();
                // "7-21 Tu-Fr, 8-21 Sa": with the time first, the next time begins the next rule.
                let time_first =
                    !draft.times.0.is_empty() && matches!(reader.peek(), Some(Number(_) | Sun(_) | OpenParenthesis));
                if draft.last != Part::Days || time_first {
                    draft = draft.continued(&mut rules);
                }
            }
            _ if draft.is_complete_before(token) => draft = draft.continued(&mut rules),
            _ => reader.part(&mut draft)?,
        }
    }
    draft.finish(&mut rules);
    if rules.is_empty() {
        return Err(HoursError::empty());
    }
    Ok(rules)
}

/// A rule being read: each kind of selector as standard text.
pub(super) struct Draft {
    pub(super) join: Join,
    pub(super) years: List,
    pub(super) dates: List,
    pub(super) weeks: List,
    /// Holidays that stand alone.
    pub(super) holidays: List,
    /// Holidays in a list with weekdays or other holidays.
    pub(super) listed_holidays: List,
    pub(super) weekdays: List,
    pub(super) times: List,
    pub(super) state: Option<OpenState>,
    pub(super) is_empty: bool,
    pub(super) last: Part,
}

/// What was read last into a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Days,
    Times,
    State,
}

/// Comma-separated items.
#[derive(Default)]
pub(super) struct List(String);

impl List {
    /// The text to write another item to.
    pub(super) fn item(&mut self) -> &mut String {
        if !self.0.is_empty() {
            self.0.push(',');
        }
        &mut self.0
    }
}

impl Draft {
    fn new(join: Join) -> Self {
        Self {
            join,
            years: List::default(),
            dates: List::default(),
            weeks: List::default(),
            holidays: List::default(),
            listed_holidays: List::default(),
            weekdays: List::default(),
            times: List::default(),
            state: None,
            is_empty: true,
            last: Part::Days,
        }
    }

    /// Whether `token` begins another rule although nothing separates the two, as in
    /// `Mo-Fr 10:00-18:00 Sa 10:00-14:00`. Here opening_hours.js reads one rule that gives every
    /// day both times, which would send people to closed doors.
    fn is_complete_before(&self, token: Token) -> bool {
        let names_days =
            [&self.dates, &self.weekdays, &self.holidays, &self.listed_holidays].iter().any(|list| !list.0.is_empty());
        names_days
            && self.last != Part::Days
            && matches!(token, Weekday(_) | PublicHoliday | SchoolHoliday | Month(_) | Easter | Year(_))
    }

    /// Ends the rule and begins one that adds to it.
    fn continued(self, rules: &mut Vec<NormalRule>) -> Self {
        let join = match self.join {
            Join::Fallback => Join::Fallback,
            Join::Normal | Join::Additional => Join::Additional,
        };
        self.finish(rules);
        Self::new(join)
    }

    fn finish(self, rules: &mut Vec<NormalRule>) {
        if self.is_empty {
            return;
        }
        let holidays_on_weekdays = !self.holidays.0.is_empty() && !self.weekdays.0.is_empty();
        let mut wide = self.years.0;
        for (keyword, list) in [("", self.dates), ("week ", self.weeks)] {
            if !list.0.is_empty() {
                if !wide.is_empty() {
                    wide.push(' ');
                }
                wide.push_str(keyword);
                wide.push_str(&list.0);
            }
        }
        let mut days = self.holidays;
        for list in [self.listed_holidays, self.weekdays] {
            if !list.0.is_empty() {
                days.item().push_str(&list.0);
            }
        }
        let mut selectors = wide;
        let mut separator = ": ";
        for text in [days.0, self.times.0] {
            if !text.is_empty() {
                if !selectors.is_empty() {
                    selectors.push_str(separator);
                }
                selectors.push_str(&text);
                separator = " ";
            }
        }
        rules.push(NormalRule {
            join: self.join,
            selectors,
            state: self.state.unwrap_or(OpenState::Open),
            holidays_on_weekdays,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexer::lex;

    /// The rules as the grammar gets them, one a line.
    fn rules(text: &str) -> Vec<String> {
        let tokens = lex(text, Some("DE")).unwrap();
        let join = |join| match join {
            Join::Normal => "",
            Join::Additional => ", ",
            Join::Fallback => "|| ",
        };
        let state = |state| match state {
            OpenState::Open => "",
            OpenState::Closed => " closed",
            OpenState::Unknown => " unknown",
        };
        normalise(&tokens)
            .unwrap()
            .iter()
            .map(|rule| format!("{}{}{}", join(rule.join), rule.selectors, state(rule.state)))
            .collect()
    }

    #[test]
    fn selectors_get_the_order_of_the_standard() {
        assert_eq!(rules("9-12 Mo week 1-10 Jan"), ["Jan week 01-10: Mo 09:00-12:00"]);
        assert_eq!(rules("We,PH,Mo 9-12"), ["PH,We,Mo 09:00-12:00"]);
    }

    #[test]
    fn a_comma_after_a_time_or_a_state_adds_a_rule() {
        assert_eq!(rules("Mo 9-12,Tu 9-13"), ["Mo 09:00-12:00", ", Tu 09:00-13:00"]);
        assert_eq!(rules("Mo 9-12,13-15"), ["Mo 09:00-12:00,13:00-15:00"]);
        assert_eq!(rules("Mo off,Tu 9-13"), ["Mo closed", ", Tu 09:00-13:00"]);
        assert_eq!(rules("Mo 9-12 || Tu 9-12,We off"), ["Mo 09:00-12:00", "|| Tu 09:00-12:00", "|| We closed"]);
    }

    #[test]
    fn a_year_alone_is_not_the_year_of_the_dates_after_it() {
        assert_eq!(rules("2026: 9-12"), ["2026-2026: 09:00-12:00"]);
        assert_eq!(rules("2026 Jan 3-2026 Feb 4"), ["2026Jan 3-2026Feb 4"]);
        assert_eq!(rules("2024-2026,2030+"), ["2024-2026,2030+"]);
    }

    #[test]
    fn further_days_of_a_month_get_its_name() {
        assert_eq!(rules("Dec 24,26-28,31 off"), ["Dec 24,Dec 26-28,Dec 31 closed"]);
        assert_eq!(rules("Dec 24,9:00-12:00"), ["Dec 24: 09:00-12:00"]);
    }

    #[test]
    fn numbers_are_written_out() {
        assert_eq!(rules("Mo 7:5-9:00"), ["Mo 07:05-09:00"]);
        assert_eq!(rules("Sa[1-3]"), ["Sa[1,2,3]"]);
        assert_eq!(rules("easter +1 day-Oct 3"), ["easter +1 days-Oct 3"]);
        assert_eq!(rules("9:00-24:00+"), ["09:00-00:00+"]);
    }

    #[test]
    fn a_single_holiday_beside_weekdays_is_marked() {
        let joint = |text| normalise(&lex(text, None).unwrap()).unwrap()[0].holidays_on_weekdays;
        assert!(joint("PH Mo-Fr 9-12"));
        assert!(joint("Mo-Fr SH 9-12"));
        assert!(!joint("PH,Mo-Fr 9-12"));
        assert!(!joint("Mo-Fr,PH 9-12"));
    }

    #[test]
    fn signs_alone_are_no_rule() {
        assert_eq!(rules("Mo 9-12; -"), ["Mo 09:00-12:00"]);
        assert!(normalise(&lex("- : ;", None).unwrap()).is_err());
    }
}
