//! Opening hours day by day, as a place's page shows them.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use hnh_domain::places::{DayHours, OpenState};
use hnh_hours::Hours;

use super::schedule::{local_date, local_minute};

/// Until when in the morning an opening counts as the night of the day before.
const NIGHT: TimeDelta = TimeDelta::hours(12);

/// The hours of so many days, `first` first. A span is listed on the day on which it begins, with its
/// end perhaps past midnight; one that goes on beyond the next noon is cut at every midnight.
pub(super) fn days_from(hours: &Hours, first: NaiveDate, count: i32) -> Vec<DayHours> {
    let count = i64::from(count);
    // From the day before, so that last night's hours are not taken for this morning's.
    let start = first.and_time(NaiveTime::MIN) - TimeDelta::days(1);
    let intervals: Vec<_> = hours.intervals(start, start + TimeDelta::days(count + 3)).collect();
    let day = |date: NaiveDate| {
        let (from, to) = (date.and_time(NaiveTime::MIN), date.and_time(NaiveTime::MIN) + TimeDelta::days(1));
        let on_day = intervals.iter().filter(|(start, end, _)| *start < to && from < *end);
        let open = on_day.clone().filter(|(.., state)| *state == OpenState::Open);
        DayHours {
            date: local_date(date),
            open: open.filter_map(|(start, end, _)| span_on(from, *start, *end)).collect(),
            unknown: on_day.clone().any(|(.., state)| *state == OpenState::Unknown),
        }
    };
    (0..count).map(|days| day(first + TimeDelta::days(days))).collect()
}

/// The part of an opening that is listed on the day beginning at `midnight`.
fn span_on(midnight: NaiveDateTime, start: NaiveDateTime, end: NaiveDateTime) -> Option<(String, String)> {
    let next = midnight + TimeDelta::days(1);
    let night_of = start.date().and_time(NaiveTime::MIN) + TimeDelta::days(1) + NIGHT;
    let one_piece = end <= night_of;
    if one_piece && start < midnight {
        return None;
    }
    let from = start.max(midnight);
    let to = if one_piece { end } else { end.min(next) };
    Some((time(from), if to == next { "24:00".into() } else { time(to) }))
}

fn time(local: NaiveDateTime) -> String {
    local_minute(local).clock()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The spans from Monday 5 October 2026 on, as text.
    fn week(hours: &str) -> Vec<String> {
        let monday = NaiveDate::from_ymd_opt(2026, 10, 5).unwrap();
        let days = days_from(&Hours::parse(hours, Some("DE")).unwrap(), monday, 7);
        assert_eq!(days[0].date.to_string(), "2026-10-05");
        assert_eq!(days.len(), 7);
        let spans =
            |day: &DayHours| day.open.iter().map(|(from, to)| format!("{from}-{to}")).collect::<Vec<_>>().join(",");
        days.iter().map(spans).collect()
    }

    #[test]
    fn a_night_belongs_to_the_day_it_begins_on() {
        let expected = ["", "", "18:00-24:00", "", "18:00-02:00", "", "18:00-02:00"];
        assert_eq!(week("Fr,Su 18:00-02:00; We 18:00-24:00"), expected);
    }

    #[test]
    fn what_never_closes_is_open_all_of_each_day() {
        assert_eq!(week("24/7"), ["00:00-24:00"; 7]);
        let expected = ["09:00-24:00", "00:00-24:00", "00:00-18:00", "", "", "", ""];
        assert_eq!(week("Mo 09:00-24:00; Tu 00:00-24:00; We 00:00-18:00"), expected);
    }

    #[test]
    fn several_spans_a_day_and_days_unknown() {
        assert_eq!(week("Mo-Fr 11:30-14:00,17:00-22:00")[0], "11:30-14:00,17:00-22:00");
        let monday = NaiveDate::from_ymd_opt(2026, 10, 5).unwrap();
        let days = days_from(&Hours::parse("Mo 10:00-12:00; Tu unknown", None).unwrap(), monday, 7);
        assert_eq!(
            days.iter().map(|d| d.unknown).collect::<Vec<_>>(),
            [false, true, false, false, false, false, false]
        );
    }
}
