//! Days and times as calendars and clocks at a place show them, without a zone.

use std::fmt;
use std::str::FromStr;

use crate::codes::serde_as_text;

/// Years that are taken; nobody asks when a place is open in another.
const YEARS: std::ops::Range<i32> = 2000..2200;

/// A day of the Gregorian calendar: `2026-10-09`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalDate {
    /// Days since 1970-01-01.
    days: i32,
}

/// A minute of a day: `2026-10-09T19:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalTime {
    date: LocalDate,
    /// Since midnight.
    minute: u16,
}

impl LocalDate {
    /// The day so many days after 1970-01-01.
    #[must_use]
    pub const fn from_days(days: i32) -> Self {
        Self { days }
    }

    /// How many days after 1970-01-01 it is.
    #[must_use]
    pub const fn days(self) -> i32 {
        self.days
    }

    /// The weekday, Monday being 0.
    #[must_use]
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        u8::try_from((self.days + 3).rem_euclid(7)).unwrap_or_default()
    }

    /// Year, month and day of the month; days to the calendar and back by Howard Hinnant, "chrono-compatible low-level
    /// date algorithms".
    #[must_use]
    pub fn year_month_day(self) -> (i32, u32, u32) {
        let shifted = self.days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month.unsigned_abs(), day.unsigned_abs())
    }

    fn from_year_month_day(year: i32, month: i32, day: i32) -> Option<Self> {
        let shifted = if month <= 2 { year - 1 } else { year };
        let (era, year_of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let date = Self { days: era * 146_097 + day_of_era - 719_468 };
        // The 30th of February comes back as another day.
        let back = date.year_month_day();
        (back == (year, month.unsigned_abs(), day.unsigned_abs()) && YEARS.contains(&year)).then_some(date)
    }
}

impl LocalTime {
    /// A minute of a day, counted from midnight; one beyond the day's end is on a later day.
    #[must_use]
    pub fn new(date: LocalDate, minute: u32) -> Self {
        const DAY: u32 = 24 * 60;
        let later = i32::try_from(minute / DAY).unwrap_or_default();
        let minute = u16::try_from(minute % DAY).unwrap_or_default();
        Self { date: LocalDate { days: date.days + later }, minute }
    }

    /// The day.
    #[must_use]
    pub const fn date(self) -> LocalDate {
        self.date
    }

    /// Minutes since midnight.
    #[must_use]
    pub const fn minute(self) -> u16 {
        self.minute
    }

    /// The time of day: `19:30`.
    #[must_use]
    pub fn clock(self) -> String {
        format!("{:02}:{:02}", self.minute / 60, self.minute % 60)
    }

    /// The text's bytes, for those who write many.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 16] {
        let mut text = *b"0000-00-00T00:00";
        let (year, month, day) = self.date.year_month_day();
        let mut put = |at: std::ops::Range<usize>, mut value: u32| {
            for digit in text[at].iter_mut().rev() {
                *digit = b'0' + (value % 10) as u8;
                value /= 10;
            }
        };
        put(0..4, year.unsigned_abs());
        put(5..7, month);
        put(8..10, day);
        put(11..13, u32::from(self.minute / 60));
        put(14..16, u32::from(self.minute % 60));
        text
    }
}

/// A number of so many digits.
fn digits(text: &str, count: usize) -> Option<i32> {
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

impl FromStr for LocalDate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parse = || {
            let (year, rest) = text.split_once('-')?;
            let (month, day) = rest.split_once('-')?;
            Self::from_year_month_day(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?)
        };
        parse().ok_or_else(|| "must be a date such as 2026-10-09".into())
    }
}

impl FromStr for LocalTime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parse = || {
            let (date, clock) = text.split_once('T')?;
            let (hour, minute) = clock.split_once(':')?;
            let (hour, minute) = (digits(hour, 2)?, digits(minute, 2)?);
            let date = date.parse().ok()?;
            (hour < 24 && minute < 60).then(|| Self::new(date, (hour * 60 + minute).unsigned_abs()))
        };
        parse().ok_or_else(|| "must be a local time such as 2026-10-09T19:30".into())
    }
}

impl fmt::Display for LocalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.year_month_day();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.clock())
    }
}

serde_as_text!(LocalDate);
serde_as_text!(LocalTime);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_reads_as_it_is_written_and_weekdays_follow_each_other() {
        let first: LocalDate = "2000-01-01".parse().unwrap();
        // A Saturday.
        assert_eq!((first.days(), first.weekday()), (10_957, 5));
        let last: LocalDate = "2199-12-31".parse().unwrap();
        for days in first.days()..=last.days() {
            let date = LocalDate::from_days(days);
            assert_eq!(date.to_string().parse(), Ok(date));
            assert_eq!(LocalDate::from_days(days + 1).weekday(), (date.weekday() + 1) % 7, "{date}");
        }
        assert_eq!("2026-10-09".parse::<LocalDate>().unwrap().weekday(), 4);
    }

    #[test]
    fn times_read_as_they_are_written() {
        for text in ["2026-10-09T19:30", "2028-02-29T00:00", "2199-12-31T23:59"] {
            let time: LocalTime = text.parse().unwrap();
            assert_eq!((time.to_string().as_str(), &time.to_bytes()[..]), (text, text.as_bytes()));
        }
        let date = "2026-12-31".parse().unwrap();
        assert_eq!(LocalTime::new(date, 25 * 60 + 5).to_string(), "2027-01-01T01:05");
        for wrong in [
            "",
            "now",
            "2026-10-09",
            "2026-02-29T10:00",
            "2026-13-01T10:00",
            "2026-10-09T24:00",
            "2026-10-09T10:60",
            "2026-1-09T10:00",
            "1999-01-01T00:00",
            "2026-10-09t10:00",
            "2026-10-09T10:00:00",
            "2026-10-0-1T10:00",
        ] {
            assert!(wrong.parse::<LocalTime>().is_err(), "{wrong}");
        }
    }
}
