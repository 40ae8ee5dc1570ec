//! Which days a rule selects.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use opening_hours::ContextHolidays;
use opening_hours::localization::Country;
use opening_hours_syntax::rules::day::{
    Date, DateOffset, DaySelector, HolidayKind, MonthdayRange, WeekDayRange, WeekNum, WeekRange, Year, YearRange,
};

/// The holidays of a country.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    national: ContextHolidays,
    /// Days that are a holiday in a part of the country only.
    regional: ContextHolidays,
    /// Holidays of a fixed date that the tables have moved to the next working day alone where they fall on a weekend.
    fixed: &'static [(u32, u32)],
}

impl Calendar {
    /// The calendar of a country (ISO 3166, upper case); without a country, or for one whose
    /// holidays are not known, no day is a holiday.
    pub(super) fn of(country: Option<&str>) -> Self {
        match country.and_then(|code| code.parse::<Country>().ok()) {
            Some(known) => Self {
                national: known.holidays(),
                regional: known.holidays_regional(),
                fixed: country.map_or(&[], fixed_holidays),
            },
            None => Self { national: ContextHolidays::default(), regional: ContextHolidays::default(), fixed: &[] },
        }
    }

    /// Whether a day is a holiday everywhere in the country.
    fn is_national(&self, kind: HolidayKind, date: NaiveDate) -> bool {
        self.national.get_for_kind(kind).contains(date)
            // A substitute comes beside the day itself, which stays a holiday.
            || kind == HolidayKind::Public && self.fixed.contains(&(date.month(), date.day()))
    }

    /// Whether a day may be a holiday: in a part of the country, or as nobody told us.
    fn may_be(&self, kind: HolidayKind, date: NaiveDate) -> bool {
        self.regional.get_for_kind(kind).contains(date) || kind == HolidayKind::School && !self.knows_schools(date)
    }

    /// Whether there are any school holidays for the year of a day.
    fn knows_schools(&self, date: NaiveDate) -> bool {
        [&self.national, &self.regional].iter().any(|holidays| {
            holidays.get_for_kind(HolidayKind::School).year_for(date).is_some_and(|year| year.count() > 0)
        })
    }

    fn is_uncertain(&self, kind: HolidayKind, date: NaiveDate) -> bool {
        self.may_be(kind, date) && !self.is_national(kind, date)
    }
}

/// Whether the public holidays of a country (ISO 3166 alpha-2, in either case) are known.
pub(super) fn has_holidays(country: &str) -> bool {
    country.to_ascii_uppercase().parse::<Country>().is_ok()
}

/// Holidays of a fixed date in countries whose law gives another day where they fall on a weekend: there the tables have only
/// that one. Korea: 관공서의 공휴일에 관한 규정; the others: their public holidays acts.
fn fixed_holidays(country: &str) -> &'static [(u32, u32)] {
    match country {
        "KR" => &[(1, 1), (3, 1), (5, 5), (6, 6), (8, 15), (10, 3), (10, 9), (12, 25)],
        "US" => &[(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)],
        "GB" => &[(1, 1), (12, 25), (12, 26)],
        "IE" => &[(1, 1), (3, 17), (12, 25), (12, 26)],
        "JP" => &[(1, 1), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (11, 3), (11, 23)],
        "AU" => &[(1, 1), (1, 26), (4, 25), (12, 25), (12, 26)],
        "NZ" => &[(1, 1), (1, 2), (2, 6), (4, 25), (12, 25), (12, 26)],
        "SG" => &[(1, 1), (5, 1), (8, 9), (12, 25)],
        "CA" => &[(1, 1), (7, 1), (12, 25)],
        _ => &[],
    }
}

/// Days a rule holds on: those that each non-empty kind of selector accepts.
#[derive(Clone, Debug, Default)]
pub(super) struct Days {
    years: Vec<YearRange>,
    dates: Vec<MonthdayRange>,
    weeks: Vec<WeekRange>,
    /// Bit 0 is Monday.
    weekdays: u8,
    /// Weekdays of some weeks of the month only, or moved by days.
    occurrences: Vec<Occurrence>,
    /// Holidays and by how many days the selected day comes after them.
    holidays: Vec<(HolidayKind, i16)>,
    holidays_on_weekdays: bool,
}

#[derive(Clone, Debug)]
struct Occurrence {
    weekdays: u8,
    offset: i16,
    from_start: [bool; 5],
    from_end: [bool; 5],
}

impl Days {
    pub(super) fn new(selector: DaySelector, holidays_on_weekdays: bool) -> Self {
        let mut days = Self {
            years: selector.year,
            dates: selector.monthday,
            weeks: selector.week,
            holidays_on_weekdays,
            ..Self::default()
        };
        for range in selector.weekday {
            match range {
                WeekDayRange::Fixed { range, offset, nth_from_start, nth_from_end } => {
                    let weekdays = weekday_bits(&range);
                    let every_week = !nth_from_start.contains(&false);
                    if every_week && offset == 0 {
                        days.weekdays |= weekdays;
                    } else {
                        days.occurrences.push(Occurrence {
                            weekdays,
                            offset,
                            from_start: nth_from_start,
                            from_end: nth_from_end,
                        });
                    }
                }
                WeekDayRange::Holiday { kind, offset } => days.holidays.push((kind, offset)),
            }
        }
        days
    }

    /// Whether every day is selected because nothing is said about days.
    pub(super) fn is_unrestricted(&self) -> bool {
        self.years.is_empty()
            && self.dates.is_empty()
            && self.weeks.is_empty()
            && self.weekdays == 0
            && self.occurrences.is_empty()
            && self.holidays.is_empty()
    }

    /// Whether the same days are selected every week.
    pub(super) fn is_weekly(&self) -> bool {
        self.years.is_empty()
            && self.dates.is_empty()
            && self.weeks.is_empty()
            && self.occurrences.is_empty()
            && self.holidays.is_empty()
    }

    /// Whether it is not known for this day, because it depends on the part of the country.
    pub(super) fn depends_on_region(&self, date: NaiveDate, calendar: &Calendar) -> bool {
        self.holidays
            .iter()
            .any(|(kind, offset)| moved(date, -*offset).is_some_and(|date| calendar.is_uncertain(*kind, date)))
    }

    /// Whether the day is selected; `regional` says whether holidays of parts of the country count.
    pub(super) fn contain(&self, date: NaiveDate, calendar: &Calendar, regional: bool) -> bool {
        (self.years.is_empty() || self.years.iter().any(|range| year_matches(range, date)))
            && (self.dates.is_empty() || self.dates.iter().any(|range| date_matches(range, date)))
            && (self.weeks.is_empty() || self.weeks.iter().any(|range| week_matches(range, date)))
            && self.small_matches(date, calendar, regional)
    }

    fn small_matches(&self, date: NaiveDate, calendar: &Calendar, regional: bool) -> bool {
        let any_weekday = self.weekdays == 0 && self.occurrences.is_empty();
        if any_weekday && self.holidays.is_empty() {
            return true;
        }
        let weekday = self.weekdays & weekday_bit(date.weekday()) != 0
            || self.occurrences.iter().any(|occurrence| occurrence.matches(date));
        let holiday = || {
            self.holidays.iter().any(|(kind, offset)| {
                moved(date, -*offset)
                    .is_some_and(|date| calendar.is_national(*kind, date) || regional && calendar.may_be(*kind, date))
            })
        };
        if self.holidays_on_weekdays { weekday && holiday() } else { weekday || holiday() }
    }
}

impl Occurrence {
    fn matches(&self, date: NaiveDate) -> bool {
        let Some(date) = moved(date, -self.offset) else { return false };
        let from_start = date.day0() as usize / 7;
        let from_end = (date.num_days_in_month() as usize - date.day() as usize) / 7;
        self.weekdays & weekday_bit(date.weekday()) != 0 && (self.from_start[from_start] || self.from_end[from_end])
    }
}

fn weekday_bit(day: Weekday) -> u8 {
    1 << day.num_days_from_monday()
}

/// The days of a range that may run over the end of the week.
fn weekday_bits(range: &RangeInclusive<Weekday>) -> u8 {
    let mut day = *range.start();
    let mut bits = weekday_bit(day);
    while day != *range.end() {
        day = day.succ();
        bits |= weekday_bit(day);
    }
    bits
}

fn moved(date: NaiveDate, days: i16) -> Option<NaiveDate> {
    if days == 0 { Some(date) } else { date.checked_add_signed(TimeDelta::days(days.into())) }
}

fn year_matches(range: &YearRange, date: NaiveDate) -> bool {
    let (years, step) = range.into_parts();
    let year = date.year();
    years.contains(&Year(year)) && (year - years.start().0) % i32::from(step.max(1)) == 0
}

fn week_matches(range: &WeekRange, date: NaiveDate) -> bool {
    let (weeks, step) = range.into_parts();
    let week = date.iso_week().week() as u8;
    weeks.contains(&WeekNum(week)) && (week - weeks.start().0).is_multiple_of(step.max(1))
}

fn date_matches(range: &MonthdayRange, date: NaiveDate) -> bool {
    match range {
        MonthdayRange::Month { range, year } => {
            let month = date.month();
            let (first, last) = (*range.start() as u32, *range.end() as u32);
            if first <= last {
                (first..=last).contains(&month) && year.is_none_or(|year| year.0 == date.year())
            } else {
                // Over New Year: a stated year is that of the first months.
                month >= first && year.is_none_or(|year| year.0 == date.year())
                    || month <= last && year.is_none_or(|year| year.0 + 1 == date.year())
            }
        }
        MonthdayRange::Date { start, end } => {
            if let Some(year) = start.0.year().or(end.0.year()) {
                return span(start, end, year.0).is_some_and(|span| span.contains(&date));
            }
            // A range may begin the year before, and offsets may move it over New Year.
            (-1..=1).any(|shift| span(start, end, date.year() + shift).is_some_and(|span| span.contains(&date)))
        }
    }
}

/// The days between two dates, the first of them in `year` unless it says its own.
fn span(start: &(Date, DateOffset), end: &(Date, DateOffset), year: i32) -> Option<RangeInclusive<NaiveDate>> {
    let first_year = start.0.year().map_or(year, |year| year.0);
    let last_year = end.0.year().map_or(first_year, |year| year.0);
    if start == end {
        let day = start.1.apply(day_of(start.0, first_year, Missing::No)?);
        return Some(day..=day);
    }
    let first = start.1.apply(day_of(start.0, first_year, Missing::DayAfter)?);
    let last = end.1.apply(day_of(end.0, last_year, Missing::DayBefore)?);
    if first <= last {
        return Some(first..=last);
    }
    match (start.0.year(), end.0.year()) {
        (_, None) => Some(first..=end.1.apply(day_of(end.0, last_year + 1, Missing::DayBefore)?)),
        (None, Some(_)) => Some(start.1.apply(day_of(start.0, first_year - 1, Missing::DayAfter)?)..=last),
        (Some(_), Some(_)) => None,
    }
}

/// What a day that the month does not have, such as 29 February, stands for.
#[derive(Clone, Copy)]
enum Missing {
    No,
    DayBefore,
    DayAfter,
}

fn day_of(date: Date, year: i32, missing: Missing) -> Option<NaiveDate> {
    match date {
        Date::Fixed { month, day, .. } => {
            let month = month as u32;
            NaiveDate::from_ymd_opt(year, month, day.into()).or_else(|| {
                let last = NaiveDate::from_ymd_opt(year, month, 1)?;
                let last = last.with_day(last.num_days_in_month().into())?;
                match missing {
                    Missing::No => None,
                    Missing::DayBefore => Some(last),
                    Missing::DayAfter => last.succ_opt(),
                }
            })
        }
        Date::Weekday { month, wday, nth, .. } => {
            let month = month as u32;
            if nth > 0 {
                return NaiveDate::from_weekday_of_month_opt(year, month, wday, nth.unsigned_abs());
            }
            let occurrences = if NaiveDate::from_weekday_of_month_opt(year, month, wday, 5).is_some() { 5 } else { 4 };
            let nth = (occurrences + 1_u8).checked_sub(nth.unsigned_abs())?;
            NaiveDate::from_weekday_of_month_opt(year, month, wday, nth)
        }
        Date::Easter { .. } => easter(year),
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).
fn easter(year: i32) -> Option<NaiveDate> {
    let (golden, century, of_century) = (year % 19, year / 100, year % 100);
    let correction = (century + 8) / 25;
    let epact = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let day = epact + to_sunday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(day / 31).ok()?, u32::try_from(day % 31).ok()? + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(selectors: &str) -> Days {
        let mut rules = opening_hours_syntax::parse(selectors).unwrap().rules;
        Days::new(rules.remove(0).day_selector, false)
    }

    /// Which of the given days are selected in Germany.
    fn selected<'a>(selectors: &str, dates: &[&'a str]) -> Vec<&'a str> {
        let (days, calendar) = (days(selectors), Calendar::of(Some("DE")));
        dates.iter().copied().filter(|date| days.contain(day(date), &calendar, false)).collect()
    }

    #[test]
    fn weekday_ranges_run_over_the_end_of_the_week() {
        let week = ["2026-10-05", "2026-10-07", "2026-10-09", "2026-10-11"];
        assert_eq!(selected("Fr-Mo", &week), ["2026-10-05", "2026-10-09", "2026-10-11"]);
    }

    #[test]
    fn occurrences_count_from_either_end_of_the_month() {
        let sundays = ["2026-10-04", "2026-10-11", "2026-10-18", "2026-10-25"];
        assert_eq!(selected("Su[1]", &sundays), ["2026-10-04"]);
        assert_eq!(selected("Su[-1]", &sundays), ["2026-10-25"]);
        assert_eq!(selected("Su[2,3]", &sundays), ["2026-10-11", "2026-10-18"]);
        assert_eq!(selected("Su[1] +1 days", &["2026-10-04", "2026-10-05"]), ["2026-10-05"]);
    }

    #[test]
    fn months_and_dates_run_over_new_year() {
        let dates = ["2026-01-03", "2026-07-01", "2026-12-30"];
        assert_eq!(selected("Oct-Mar", &dates), ["2026-01-03", "2026-12-30"]);
        assert_eq!(selected("Dec 24-Jan 6", &dates), ["2026-01-03", "2026-12-30"]);
        assert_eq!(selected("2025Nov-Feb", &dates), ["2026-01-03"]);
    }

    #[test]
    fn a_year_of_one_end_counts_for_the_other() {
        let dates = ["2025-06-01", "2026-06-01", "2027-01-02"];
        assert_eq!(selected("2026May 1-Sep 30", &dates), ["2026-06-01"]);
        assert_eq!(selected("2026May 1-Jan 5", &dates), ["2026-06-01", "2027-01-02"]);
    }

    #[test]
    fn a_leap_day_is_kept_to_its_month() {
        assert_eq!(selected("Feb 29", &["2027-02-28", "2027-03-01"]), Vec::<&str>::new());
        assert_eq!(selected("Feb 1-Feb 29", &["2027-02-28", "2027-03-01"]), ["2027-02-28"]);
    }

    #[test]
    fn easter_moves() {
        for sunday in ["1943-04-25", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25"] {
            assert_eq!(easter(day(sunday).year()), Some(day(sunday)));
        }
        assert_eq!(selected("easter -2 days", &["2026-04-03", "2026-04-05"]), ["2026-04-03"]);
    }

    #[test]
    fn weeks_and_years_have_steps() {
        let dates = ["2026-10-05", "2026-10-12"];
        assert_eq!(selected("week 01-53/2", &dates), ["2026-10-05"]);
        assert_eq!(selected("2024-2030/2", &["2026-01-01", "2027-01-01"]), ["2026-01-01"]);
    }

    #[test]
    fn holidays_are_those_of_the_country() {
        let dates = ["2026-05-01", "2026-05-02", "2026-12-25"];
        assert_eq!(selected("PH", &dates), ["2026-05-01", "2026-12-25"]);
        assert_eq!(selected("PH +1 days", &dates), ["2026-05-02"]);
        let nowhere = Calendar::of(Some("XX"));
        assert!(!days("PH").contain(day("2026-12-25"), &nowhere, true));
    }

    #[test]
    fn a_substitute_comes_beside_the_holiday_itself() {
        for (country, days_off) in [
            ("KR", ["2026-10-03", "2026-10-05"]),
            ("US", ["2026-07-03", "2026-07-04"]),
            ("GB", ["2026-12-26", "2026-12-28"]),
            ("NZ", ["2026-04-25", "2026-04-27"]),
        ] {
            let calendar = Calendar::of(Some(country));
            for date in days_off {
                assert!(days("PH").contain(day(date), &calendar, false), "{country} {date}");
            }
        }
    }

    #[test]
    fn school_holidays_that_nobody_told_us_are_uncertain() {
        let calendar = Calendar::of(Some("DE"));
        assert!(days("SH").depends_on_region(day("2025-12-23"), &calendar));
        assert!(!days("Mo").depends_on_region(day("2025-12-23"), &calendar));
    }

    #[test]
    fn a_holiday_of_some_states_depends_on_the_region() {
        let calendar = Calendar::of(Some("DE"));
        let epiphany = day("2026-01-06");
        assert!(days("PH").depends_on_region(epiphany, &calendar));
        assert!(!days("PH").contain(epiphany, &calendar, false));
        assert!(days("PH").contain(epiphany, &calendar, true));
        assert!(!days("PH").depends_on_region(day("2026-12-25"), &calendar));
    }
}
