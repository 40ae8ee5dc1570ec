//! Open or not, in words.

use hnh_domain::places::{OpenState, Opening};

use crate::i18n::t;

/// The hour of a wall-clock time such as `2026-10-09T22:00`.
fn hour(time: &str) -> &str {
    time.get(11..16).unwrap_or(time)
}

/// The date of a wall-clock time.
fn date(time: &str) -> &str {
    time.get(..10).unwrap_or(time)
}

/// Whole days since 0000-03-01 of a date such as `2026-10-09` (Howard Hinnant, "chrono-compatible
/// low-level date algorithms").
fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.split('-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    Some(
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day - 1,
    )
}

/// A date's weekday, Monday being 0.
fn weekday_number(date: &str) -> Option<i64> {
    // 0000-03-01 was a Wednesday in the calendar that the formula extends backwards.
    day_number(date).map(|n| (n + 2).rem_euclid(7))
}

/// The name of a date's weekday, short.
pub(super) fn weekday(date: &str) -> String {
    match weekday_number(date) {
        Some(0) => t!("day-mon"),
        Some(1) => t!("day-tue"),
        Some(2) => t!("day-wed"),
        Some(3) => t!("day-thu"),
        Some(4) => t!("day-fri"),
        Some(5) => t!("day-sat"),
        Some(6) => t!("day-sun"),
        _ => String::new(),
    }
}

/// The name of a date's weekday, in full where there is room.
pub(super) fn weekday_name(date: &str) -> String {
    t!("weekday", day = weekday(date))
}

/// A wall-clock time as one says it: `Fri 19:30`.
pub(super) fn weekday_and_hour(time: &str) -> String {
    format!("{} {}", weekday(date(time)), hour(time))
}

/// When the state changes, as one says it: the hour today, the weekday and hour later.
fn when(at: &str, until: &str) -> String {
    let (today, day) = (day_number(date(at)), day_number(date(until)));
    match today.zip(day).map(|(a, b)| b - a) {
        // A bar that closes at two at night closes "today".
        Some(0) => hour(until).to_owned(),
        Some(1) if hour(until) < "06:00" => hour(until).to_owned(),
        _ => weekday_and_hour(until),
    }
}

/// One short sentence: open until, opens at, or not known.
pub(super) fn sentence(opening: &Opening) -> String {
    let change = opening.at.as_deref().zip(opening.until.as_deref()).map(|(at, until)| when(at, until));
    match (opening.state, change) {
        (OpenState::Open, Some(time)) => t!("place-open-until", time = time),
        (OpenState::Open, None) => t!("place-open"),
        (OpenState::Closed, Some(time)) => t!("place-opens-at", time = time),
        (OpenState::Closed, None) => t!("place-closed"),
        (OpenState::Unknown, _) => t!("place-hours-unknown"),
    }
}

/// The same of a time that somebody asked about, which it names: `Fri 19:30: open until 22:00`.
pub(super) fn sentence_then(opening: &Opening) -> String {
    match &opening.at {
        Some(at) => t!("place-then", time = weekday_and_hour(at), state = sentence(opening)),
        None => sentence(opening),
    }
}

/// The class that colours the sentence; the words carry the meaning.
pub(super) const fn class(state: OpenState) -> &'static str {
    match state {
        OpenState::Open => "opening opening-open",
        OpenState::Closed => "opening opening-closed",
        OpenState::Unknown => "opening",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let days = |a: &str, b: &str| day_number(b).unwrap() - day_number(a).unwrap();
        assert_eq!(days("2026-10-09", "2026-10-10"), 1);
        assert_eq!(days("2028-02-28", "2028-03-01"), 2);
        assert_eq!(days("2026-12-31", "2027-01-01"), 1);
        // 2026-10-09 is a Friday: four days after a Monday.
        assert_eq!(weekday_number("2026-10-09"), Some(4));
    }
}
