//! Meanings of whole values, in the week from Monday 2026-10-05.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn hours(text: &str) -> Hours {
    Hours::parse(text, Some("DE")).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The state on a day of October 2026 (5 is a Monday) at `HH:MM`.
fn on(text: &str, day: u32, time: &str) -> OpenState {
    hours(text).state_at(at(&format!("2026-10-{day:02} {time}")))
}

/// The intervals of an October day that are not closed, as `09:00-12:00` or `18:00-24:00?`.
fn day(text: &str, day: u32) -> Vec<String> {
    let start = at(&format!("2026-10-{day:02} 00:00"));
    let end = start + TimeDelta::days(1);
    let clock = |time: NaiveDateTime| if time == end { "24:00".into() } else { time.format("%H:%M").to_string() };
    hours(text)
        .intervals(start, end)
        .filter(|(_, _, state)| *state != OpenState::Closed)
        .map(|(from, to, state)| {
            let mark = if state == OpenState::Unknown { "?" } else { "" };
            format!("{}-{}{mark}", clock(from), clock(to))
        })
        .collect()
}

const MO: u32 = 5;
const TU: u32 = 6;
const WE: u32 = 7;
const FR: u32 = 9;
const SA: u32 = 10;
const SU: u32 = 11;
const NEVER: [&str; 0] = [];

#[test]
fn plain_weekly_hours() {
    let text = "Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-14:00";
    assert_eq!(day(text, MO), ["09:00-12:00", "14:00-18:00"]);
    assert_eq!(day(text, SA), ["10:00-14:00"]);
    assert_eq!(day(text, SU), NEVER);
}

#[test]
fn an_instant_belongs_to_the_interval_it_begins() {
    assert_eq!(on("Mo 09:00-12:00", MO, "08:59"), OpenState::Closed);
    assert_eq!(on("Mo 09:00-12:00", MO, "09:00"), OpenState::Open);
    assert_eq!(on("Mo 09:00-12:00", MO, "12:00"), OpenState::Closed);
}

#[test]
fn always_and_never() {
    assert_eq!(day("24/7", SU), ["00:00-24:00"]);
    assert_eq!(day("open", SU), ["00:00-24:00"]);
    assert_eq!(day("off", SU), NEVER);
    assert_eq!(day("Mo-Fr", MO), ["00:00-24:00"]);
    assert_eq!(day("Mo 00:00+", MO), ["00:00-24:00"]);
}

#[test]
fn hours_run_past_midnight() {
    assert_eq!(day("Fr 22:00-03:00", FR), ["22:00-24:00"]);
    assert_eq!(day("Fr 22:00-03:00", SA), ["00:00-03:00"]);
    assert_eq!(day("Fr 22:00-27:00", SA), ["00:00-03:00"]);
    assert_eq!(day("Fr 08:00-08:00", SA), ["00:00-08:00"]);
}

#[test]
fn a_day_named_later_forgets_the_night_before() {
    // By the letter the night before is over at midnight; whoever wrote it may not have meant that.
    assert_eq!(day("Mo-Su 18:00-02:00; Tu 10:00-12:00", TU), ["00:00-02:00?", "10:00-12:00"]);
    assert_eq!(day("Mo-Su 18:00-02:00; Tu off", TU), NEVER);
    // The other order, and adding instead of replacing, keep the night.
    assert_eq!(day("Sa 12:00-15:00; Fr 22:00-02:00", SA), ["00:00-02:00", "12:00-15:00"]);
    assert_eq!(day("Fr 22:00-02:00, Sa 12:00-15:00", SA), ["00:00-02:00", "12:00-15:00"]);
}

#[test]
fn a_rule_without_days_replaces_only_rules_without_days() {
    assert_eq!(day("10:00-12:00; 14:00-16:00", MO), ["14:00-16:00"]);
    assert_eq!(day("Mo 10:00-12:00; 14:00-16:00", MO), ["10:00-12:00", "14:00-16:00"]);
}

#[test]
fn closing_takes_only_its_own_times() {
    assert_eq!(day("Mo-Fr 09:00-18:00; We 12:00-13:00 off", WE), ["09:00-12:00", "13:00-18:00"]);
    assert_eq!(day("Mo-Fr 09:00-18:00; We off", WE), NEVER);
}

#[test]
fn a_comment_alone_leaves_the_state_unknown() {
    assert_eq!(day("\"by appointment\"", MO), ["00:00-24:00?"]);
    assert_eq!(day("Mo 10:00-12:00 \"on request\"", MO), ["10:00-12:00?"]);
    assert_eq!(day("Mo 10:00-12:00 open \"ring the bell\"", MO), ["10:00-12:00"]);
    assert_eq!(day("Mo off \"holiday\"", MO), NEVER);
    assert_eq!(day("Mo unknown", MO), ["00:00-24:00?"]);
    assert_eq!(day("\"in term\": Mo 10:00-12:00", MO), ["10:00-12:00?"]);
}

#[test]
fn an_open_end_is_unknown_until_a_guess() {
    assert_eq!(day("Mo 12:00+", MO), ["12:00-24:00?"]);
    assert_eq!(day("Mo 18:00+", MO), ["18:00-24:00?"]);
    assert_eq!(day("Mo 18:00+", TU), ["00:00-04:00?"]);
    assert_eq!(day("Mo 23:00+", TU), ["00:00-07:00?"]);
    assert_eq!(day("Mo 10:00-18:00+", MO), ["10:00-18:00", "18:00-24:00?"]);
    assert_eq!(day("Mo 10:00-24:00+", MO), ["10:00-24:00"]);
    assert_eq!(day("Mo 10:00-24:00+", TU), ["00:00-08:00?"]);
    assert_eq!(day("Mo 20:00-02:00+", TU), ["00:00-02:00", "02:00-10:00?"]);
    assert_eq!(day("Mo 12:00+; Mo 20:00-24:00 off", MO), ["12:00-20:00?"]);
}

#[test]
fn an_end_left_out_is_open() {
    assert_eq!(day("Mo 12:00-", MO), day("Mo 12:00+", MO));
    assert_eq!(day("Mo 12:00-?", MO), day("Mo 12:00+", MO));
    assert_eq!(day("Mo from 12:00 till late", MO), day("Mo 12:00+", MO));
}

#[test]
fn a_fallback_holds_where_all_else_is_closed() {
    let text = "Mo 10:00-12:00 || \"by appointment\"";
    assert_eq!(day(text, MO), ["00:00-10:00?", "10:00-12:00", "12:00-24:00?"]);
    assert_eq!(day(text, TU), ["00:00-24:00?"]);
}

#[test]
fn the_sun_keeps_fixed_times() {
    assert_eq!(day("sunrise-sunset", MO), ["06:00-18:00"]);
    assert_eq!(day("dawn-dusk", MO), ["05:30-18:30"]);
    assert_eq!(day("(sunrise+01:00)-(sunset-00:30)", MO), ["07:00-17:30"]);
    assert_eq!(day("sunset-sunrise", TU), ["00:00-06:00", "18:00-24:00"]);
}

#[test]
fn selectors_may_come_in_any_order() {
    assert_eq!(day("10:00-12:00 Mo", MO), ["10:00-12:00"]);
    assert_eq!(day("10:00-12:00 Mo", TU), NEVER);
    assert_eq!(day("off Mo", MO), NEVER);
    assert_eq!(day("7AM-9PM Mo-Fr, 8AM-6PM Sa", FR), ["07:00-21:00"]);
    assert_eq!(day("7AM-9PM Mo-Fr, 8AM-6PM Sa", SA), ["08:00-18:00"]);
}

#[test]
fn days_after_times_begin_a_rule() {
    let text = "Mo-Fr 07:00-15:00 Sa 09:00-12:00 Su closed";
    assert_eq!(day(text, FR), ["07:00-15:00"]);
    assert_eq!(day(text, SA), ["09:00-12:00"]);
    assert_eq!(day(text, SU), NEVER);
    assert_eq!(day("Mo 12:00-14:00 Mo 18:00-22:00", MO), ["12:00-14:00", "18:00-22:00"]);
}

#[test]
fn separators_may_be_sloppy() {
    for text in [
        "Mo-Fr: 10:00-12:00",
        "Mo-Fr, 10:00-12:00",
        "Mo-Fr - 10:00-12:00",
        "Mo-Fr 10-12;",
        "; Mo-Fr 10.00-12.00",
        "Mo-Fr 10:00-12:00,",
        "Mo-Fr10:00-12:00",
        "Mo to Fr 10 a.m. until noon",
        "Mo-Fr 1000-1200",
    ] {
        assert_eq!(day(text, FR), ["10:00-12:00"], "{text}");
        assert_eq!(day(text, SA), NEVER, "{text}");
    }
    assert_eq!(day("Fr+Sa 10:00-12:00", SA), ["10:00-12:00"]);
    assert_eq!(day("Mo 10:00-12:00 14:00-16:00", MO), ["10:00-12:00", "14:00-16:00"]);
}

#[test]
fn dates_and_times_are_told_apart() {
    assert_eq!(day("Oct 10:00-12:00", MO), ["10:00-12:00"]);
    assert_eq!(day("Oct 5 10:00-12:00", MO), ["10:00-12:00"]);
    assert_eq!(day("Oct 5: 10:00-12:00", MO), ["10:00-12:00"]);
    assert_eq!(day("Oct 5 10:00-12:00", TU), NEVER);
    assert_eq!(day("Oct 5,7-9 10:00-12:00", WE), ["10:00-12:00"]);
    assert_eq!(day("Oct 5,7-9 10:00-12:00", TU), NEVER);
    assert_eq!(day("Mar-Oct 10-14", TU), ["10:00-14:00"]);
    assert_eq!(day("2026 Oct 5-2026 Nov 3 10:00-12:00", TU), ["10:00-12:00"]);
    assert_eq!(day("2027: 10:00-12:00", TU), NEVER);
    assert_eq!(day("2026+ 10:00-12:00", TU), ["10:00-12:00"]);
    assert_eq!(day("2026 Sep,Oct 10:00-12:00", TU), ["10:00-12:00"]);
    assert_eq!(day("week 41 Mo 10:00-12:00", MO), ["10:00-12:00"]);
    assert_eq!(day("week 42 Mo 10:00-12:00", MO), NEVER);
    assert_eq!(day("Oct Su[2]-Dec 31 10:00-12:00", SA), NEVER);
    assert_eq!(day("Oct Su[2]-Dec 31 10:00-12:00", SU), ["10:00-12:00"]);
    assert_eq!(day("Su[2] 10:00-12:00", SU), ["10:00-12:00"]);
    assert_eq!(day("Su[1,-1] 10:00-12:00", SU), NEVER);
}

#[test]
fn public_holidays_may_stand_anywhere_in_a_list() {
    for text in ["Sa,PH 10:00-12:00", "PH,Sa 10:00-12:00", "Mo-Su off; PH 10:00-12:00"] {
        assert_eq!(hours(text).state_at(at("2026-12-25 11:00")), OpenState::Open, "{text}");
        assert_eq!(hours(text).state_at(at("2026-12-24 11:00")), OpenState::Closed, "{text}");
    }
    // Christmas 2026 falls on a Friday and a Saturday.
    let on_weekdays = hours("PH Mo-Fr 10:00-12:00");
    assert_eq!(on_weekdays.state_at(at("2026-12-25 11:00")), OpenState::Open);
    assert_eq!(on_weekdays.state_at(at("2026-12-26 11:00")), OpenState::Closed);
    assert_eq!(on_weekdays.state_at(at("2026-12-28 11:00")), OpenState::Closed);
}

#[test]
fn a_holiday_of_some_states_is_unknown_where_it_matters() {
    // Epiphany is a holiday in three of Germany's sixteen states.
    let text = hours("10:00-18:00; PH off");
    assert_eq!(text.state_at(at("2026-01-06 12:00")), OpenState::Unknown);
    assert_eq!(text.state_at(at("2026-01-06 09:00")), OpenState::Closed);
    assert_eq!(text.state_at(at("2026-12-25 12:00")), OpenState::Closed);
}

#[test]
fn holidays_need_a_country_that_is_known() {
    let christmas = at("2026-12-25 12:00");
    for country in [None, Some("ZZ"), Some("")] {
        let hours = Hours::parse("10:00-18:00; PH off", country).unwrap();
        assert_eq!(hours.state_at(christmas), OpenState::Open);
    }
    // Lower case will do; 5 October 2026 replaces a holiday that fell on a Saturday in Korea.
    let seoul = Hours::parse("매일 10:00-18:00; 공휴일 휴무", Some("kr")).unwrap();
    assert_eq!(seoul.state_at(at("2026-10-05 12:00")), OpenState::Closed);
    assert_eq!(seoul.state_at(at("2026-10-06 12:00")), OpenState::Open);
}

#[test]
fn the_country_decides_between_languages() {
    let sunday = at("2026-10-11 12:00");
    let state = |country| Hours::parse("Do 10:00-18:00", Some(country)).unwrap().state_at(sunday);
    assert_eq!(state("ES"), OpenState::Open);
    assert_eq!(state("DE"), OpenState::Closed);
}

#[test]
fn the_next_change_is_found() {
    let next = |text: &str, time| hours(text).opening_at(at(time));
    let weekly = "Mo-Fr 09:00-12:00,13:00-18:00";
    assert_eq!(
        next(weekly, "2026-10-05 10:30"),
        Opening { state: OpenState::Open, until: Some(at("2026-10-05 12:00")) }
    );
    // Over the weekend.
    assert_eq!(
        next(weekly, "2026-10-09 18:00"),
        Opening { state: OpenState::Closed, until: Some(at("2026-10-12 09:00")) }
    );
    // Midnight between two open days is no change.
    assert_eq!(next("Mo-Tu", "2026-10-05 10:00").until, Some(at("2026-10-07 00:00")));
    // Over the winter.
    assert_eq!(next("Apr-Sep 10:00-12:00", "2026-10-05 10:00").until, Some(at("2027-04-01 10:00")));
    assert_eq!(next("24/7", "2026-10-05 10:00"), Opening { state: OpenState::Open, until: None });
    assert_eq!(next("2019: 10:00-12:00", "2026-10-05 10:00").until, None);
}

#[test]
fn intervals_cover_the_time_asked_for() {
    let found: Vec<_> = hours("Mo 09:00-12:00").intervals(at("2026-10-05 10:00"), at("2026-10-06 10:00")).collect();
    assert_eq!(
        found,
        [
            (at("2026-10-05 10:00"), at("2026-10-05 12:00"), OpenState::Open),
            (at("2026-10-05 12:00"), at("2026-10-06 10:00"), OpenState::Closed),
        ]
    );
    assert_eq!(hours("24/7").intervals(at("2026-10-05 10:00"), at("2026-10-05 10:00")).count(), 0);
}

#[test]
fn refusals_say_why() {
    let refused = |text: &str| Hours::parse(text, Some("DE")).map_err(|error| error.to_string()).err();
    for (text, why) in [
        ("", "There are no opening hours in the text."),
        (" ; ; ", "There are no opening hours in the text."),
        ("11:00", "A point in time is no opening time: a range such as 10:00-12:00 was expected."),
        ("Mo 10:75-12:00", "10:75 is not a time of day."),
        ("Mo 25:00-26:00", "A time range must begin before 24:00."),
        ("Oct 32", "No month has a day 32."),
        ("week 41-5", "Weeks run from 1 to 53, which 41 to 5 do not."),
        ("Su[9]", "the number 9 makes no sense after “[”."),
        ("/ 10:00", "Opening hours cannot begin with “/”."),
        ("Mo[1", "The opening hours end too early."),
        ("2027-2025", "“2027-2025” does not say when."),
        ("summer 10:00-12:00", "The word “summer” means nothing in opening hours."),
    ] {
        assert_eq!(refused(text).as_deref(), Some(why), "{text}");
    }
    let long = "Mo 10:00-12:00; ".repeat(100);
    assert_eq!(refused(&long).as_deref(), Some("Opening hours may be at most 1000 characters long."));
}

#[test]
fn local_time_follows_the_zone() {
    // 2026-07-01T12:00Z.
    let noon = 1_782_907_200_000;
    assert_eq!(local_time("Asia/Seoul", noon), Some(at("2026-07-01 21:00")));
    assert_eq!(local_time("Europe/Berlin", noon), Some(at("2026-07-01 14:00")));
    assert_eq!(local_time("Mars/Olympus", noon), None);
    assert_eq!(local_time("Asia/Seoul", i64::MAX), None);
}

/// Words and signs that occur in opening hours, to reach deep into the reader.
const PIECES: &[&str] = &[
    "Mo",
    "Tu",
    "Su",
    "PH",
    "SH",
    "Jan",
    "Feb",
    "Dec",
    "easter",
    "week",
    "day",
    "days",
    "off",
    "open",
    "unknown",
    "\"x\"",
    "24/7",
    "sunset",
    "dawn",
    "-",
    ",",
    ";",
    "||",
    ":",
    "+",
    "/",
    "[",
    "]",
    "(",
    ")",
    "0",
    "1",
    "5",
    "9",
    "12",
    "29",
    "30",
    "31",
    "53",
    "59",
    "00",
    "24:00",
    "10:00",
    "18:00",
    "48:00",
    "0930",
    "2026",
    "2100",
    "9999",
    "am",
    "pm",
    "Uhr",
    "h",
    "mar",
    "lun",
    "so",
    "월",
    "휴무",
    "bis",
    "every day",
    "–",
    "³⁰",
    "?",
    "'",
    "„",
    "|",
];

fn evaluate(text: &str, instant: NaiveDateTime) {
    let Ok(hours) = Hours::parse(text, Some("DE")) else { return };
    let opening = hours.opening_at(instant);
    assert_eq!(opening.state, hours.state_at(instant));
    if let Some(until) = opening.until {
        assert!(until > instant);
        assert_ne!(hours.state_at(until), opening.state);
    }
    let end = instant.checked_add_signed(TimeDelta::days(9)).unwrap_or(NaiveDateTime::MAX);
    let mut reached = instant;
    for (from, to, state) in hours.intervals(instant, end) {
        assert!(from == reached && from < to && state == hours.state_at(from));
        reached = to;
    }
    assert_eq!(reached, end);
}

fn instants() -> impl Strategy<Value = NaiveDateTime> {
    let near = (0..20_000_i64, 0..1440_i64).prop_map(|(day, minute)| {
        NaiveDate::from_ymd_opt(2000, 1, 1).unwrap().and_time(NaiveTime::MIN)
            + TimeDelta::days(day)
            + TimeDelta::minutes(minute)
    });
    let edges = prop::sample::select(vec![
        NaiveDateTime::MIN,
        NaiveDateTime::MAX - TimeDelta::days(10),
        at("1900-01-01 00:00"),
        at("9998-12-31 23:59"),
    ]);
    prop_oneof![9 => near, 1 => edges]
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,60}", instant in instants()) {
        evaluate(&text, instant);
    }

    #[test]
    fn no_sequence_of_pieces_panics(
        pieces in prop::collection::vec((prop::sample::select(PIECES), prop::bool::ANY), 0..14),
        instant in instants(),
    ) {
        let text: String =
            pieces.iter().map(|(piece, space)| format!("{piece}{}", if *space { " " } else { "" })).collect();
        evaluate(&text, instant);
    }
}
