//! Open or not, in words.

use hnh_domain::local_time::{LocalDate, LocalTime};
use hnh_domain::places::{OpenState, Opening};

use crate::i18n::t;

/// The name of a date's weekday, short.
pub(super) fn weekday(date: LocalDate) -> String {
    match date.weekday() {
        0 => t!("day-mon"),
        1 => t!("day-tue"),
        2 => t!("day-wed"),
        3 => t!("day-thu"),
        4 => t!("day-fri"),
        5 => t!("day-sat"),
        _ => t!("day-sun"),
    }
}

/// The name of a date's weekday, in full where there is room.
pub(super) fn weekday_name(date: LocalDate) -> String {
    t!("weekday", day = weekday(date))
}

/// A wall-clock time as one says it: `Fri 19:30`.
pub(super) fn weekday_and_hour(time: LocalTime) -> String {
    format!("{} {}", weekday(time.date()), time.clock())
}

/// When the state changes, as one says it: the hour today, the weekday and hour later.
fn when(at: LocalTime, until: LocalTime) -> String {
    match until.date().days() - at.date().days() {
        // A bar that closes at two at night closes "today".
        0 => until.clock(),
        1 if until.minute() < 6 * 60 => until.clock(),
        _ => weekday_and_hour(until),
    }
}

/// One short sentence: open until, opens at, or not known.
pub(super) fn sentence(opening: &Opening) -> String {
    let change = opening.at.zip(opening.until).map(|(at, until)| when(at, until));
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
    match opening.at {
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
