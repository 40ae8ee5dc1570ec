//! Open or not, in nanoseconds: each distinct opening-hours text is evaluated once a calendar week.
//!
//! Opening hours are wall-clock times, so a week of them is the same for all places that share the
//! text and the country, whatever their zone. Weeks are made text by text when first asked for, and
//! kept for the few weeks that are asked about; what they say of a minute is kept as well, in a table
//! small enough for the processor's cache.

use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use hnh_domain::local_time::{LocalDate, LocalTime};
use hnh_domain::places::{OpenAt, OpenState, Opening};
use hnh_hours::{Hours, local_time};

use super::format::{NO_HOURS, NO_ZONE};

/// Weeks kept: this and the next for "now" on both sides of the date line, and some that people ask about.
const KEPT_WEEKS: usize = 8;

/// Minutes kept: a "now" is another minute of the day in each of 38 time offsets.
const KEPT_MINUTES: usize = 48;

/// Bits of a span that hold the minute of the week at which it begins; the others hold its state.
const MINUTE_BITS: u32 = 14;

/// One text's week.
#[derive(Debug, Default)]
struct Week {
    /// State and first minute of each span, in order; the first begins at minute 0. Empty where the
    /// text is not understood.
    spans: Box<[u16]>,
    /// Minutes from the week's beginning to the change that ends its last span; 0 when none is near.
    end: u32,
}

impl Week {
    fn of(hours: &Hours, monday: NaiveDate) -> Self {
        let start = monday.and_time(NaiveTime::MIN);
        let limit = start + TimeDelta::days(7);
        let spans: Box<[u16]> = hours
            .intervals(start, limit)
            .map(|(from, _, state)| (state as u16) << MINUTE_BITS | (from - start).num_minutes() as u16)
            .collect();
        let last = spans.last().map_or(0, |span| minute(*span));
        let end = hours.opening_at(start + TimeDelta::minutes(last.into())).until;
        Self { spans, end: end.map_or(0, |end| (end - start).num_minutes().try_into().unwrap_or(0)) }
    }

    /// What is known of a minute of the week.
    fn at(&self, at: u16) -> Known {
        let next = self.spans.partition_point(|span| minute(*span) <= at);
        let Some(span) = next.checked_sub(1).and_then(|at| self.spans.get(at)) else { return Known::NOTHING };
        let until = self.spans.get(next).map_or(self.end, |span| minute(*span).into());
        Known::new(*span >> MINUTE_BITS, until)
    }
}

/// The state at a minute and when it ends, in one number that is never 0.
#[derive(Clone, Copy)]
struct Known(u32);

impl Known {
    /// Of a text that is not understood.
    const NOTHING: Self = Self(1 << 31);

    /// Bits of the minute at which the state ends, counted from the week's beginning: a year and a week fit.
    const UNTIL_BITS: u32 = 24;

    fn new(state: u16, until: u32) -> Self {
        Self(1 << 30 | u32::from(state) << Self::UNTIL_BITS | until & ((1 << Self::UNTIL_BITS) - 1))
    }

    fn state(self) -> Option<OpenState> {
        let state = self.0 >> Self::UNTIL_BITS & 0b11;
        let states = [OpenState::Open, OpenState::Closed, OpenState::Unknown];
        (self.0 != Self::NOTHING.0).then(|| states.into_iter().find(|s| *s as u32 == state).unwrap_or_default())
    }

    fn is_open(self) -> bool {
        self.state() == Some(OpenState::Open)
    }

    /// The minute at which the state ends; none when it does not soon.
    fn until(self) -> Option<u32> {
        Some(self.0 & ((1 << Self::UNTIL_BITS) - 1)).filter(|until| *until > 0)
    }
}

fn minute(span: u16) -> u16 {
    span & ((1 << MINUTE_BITS) - 1)
}

/// The weeks of all texts.
#[derive(Debug)]
struct WeekTable {
    monday: NaiveDate,
    weeks: Box<[OnceLock<Week>]>,
}

/// What all texts say of a minute; 0 where that was not asked yet.
#[derive(Debug)]
struct MinuteTable {
    week: Arc<WeekTable>,
    minute: u16,
    known: Box<[AtomicU32]>,
}

/// The opening hours of an index.
#[derive(Debug)]
pub(super) struct ScheduleCache {
    texts: Vec<(String, Option<String>)>,
    zones: Vec<String>,
    parsed: Box<[OnceLock<Option<Hours>>]>,
    weeks: Recent<WeekTable>,
    minutes: Recent<MinuteTable>,
}

/// The tables asked for, the newest first.
type Recent<T> = RwLock<Vec<Arc<T>>>;

/// The table that is wanted; made, in place of the oldest of `keep`, when it is not there.
fn recent<T>(tables: &Recent<T>, keep: usize, wanted: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> Arc<T> {
    let find = |tables: &[Arc<T>]| tables.iter().find(|table| wanted(table)).cloned();
    // A table is only ever added whole, so the list that a panicking thread leaves is good.
    let found = find(&tables.read().unwrap_or_else(PoisonError::into_inner));
    found.unwrap_or_else(|| {
        let mut tables = tables.write().unwrap_or_else(PoisonError::into_inner);
        find(&tables).unwrap_or_else(|| {
            tables.insert(0, Arc::new(make()));
            tables.truncate(keep);
            Arc::clone(&tables[0])
        })
    })
}

impl ScheduleCache {
    pub(super) fn new(texts: Vec<(String, Option<String>)>, zones: Vec<String>) -> Self {
        let parsed = texts.iter().map(|_| OnceLock::new()).collect();
        Self { texts, zones, parsed, weeks: RwLock::default(), minutes: RwLock::default() }
    }

    /// The hours of a text; none when it is not understood.
    pub(super) fn hours(&self, text: u32) -> Option<&Hours> {
        let (slot, (text, country)) = (self.parsed.get(text as usize)?, self.texts.get(text as usize)?);
        slot.get_or_init(|| Hours::parse(text, country.as_deref()).ok()).as_ref()
    }

    /// The wall-clock time in the zone with this number.
    pub(super) fn local_time(&self, zone: u16, unix_ms: i64) -> Option<NaiveDateTime> {
        local_time(self.zones.get(usize::from(zone))?, unix_ms)
    }

    /// Evaluates every text for the week of the instant, so that no search has to.
    pub(super) fn warm(&self, now_unix_ms: i64) {
        let Some(local) = chrono::DateTime::from_timestamp_millis(now_unix_ms).map(|t| t.naive_utc()) else { return };
        let table = self.week_table(monday_of(local.date()));
        for text in 0..self.texts.len() as u32 {
            self.week(&table, text);
        }
    }

    fn week_table(&self, monday: NaiveDate) -> Arc<WeekTable> {
        let make = || WeekTable { monday, weeks: self.texts.iter().map(|_| OnceLock::new()).collect() };
        recent(&self.weeks, KEPT_WEEKS, |table| table.monday == monday, make)
    }

    fn minute_table(&self, local: NaiveDateTime) -> Arc<MinuteTable> {
        let monday = monday_of(local.date());
        let minute = local.weekday().num_days_from_monday() * 24 * 60 + local.hour() * 60 + local.minute();
        let minute = minute as u16;
        let make = || MinuteTable {
            week: self.week_table(monday),
            minute,
            known: self.texts.iter().map(|_| AtomicU32::new(0)).collect(),
        };
        recent(&self.minutes, KEPT_MINUTES, |table| table.minute == minute && table.week.monday == monday, make)
    }

    fn week<'t>(&self, table: &'t WeekTable, text: u32) -> Option<&'t Week> {
        let slot = table.weeks.get(text as usize)?;
        Some(slot.get_or_init(|| self.hours(text).map(|hours| Week::of(hours, table.monday)).unwrap_or_default()))
    }

    fn known(&self, table: &MinuteTable, text: u32) -> Known {
        let Some(slot) = table.known.get(text as usize) else { return Known::NOTHING };
        // Whoever comes first writes, and all write the same, so no order is needed.
        match slot.load(Ordering::Relaxed) {
            0 => {
                let known = self.week(&table.week, text).map_or(Known::NOTHING, |week| week.at(table.minute));
                slot.store(known.0, Ordering::Relaxed);
                known
            }
            known => Known(known),
        }
    }
}

fn monday_of(date: NaiveDate) -> NaiveDate {
    let days = date.weekday().num_days_from_monday();
    date.checked_sub_days(chrono::Days::new(days.into())).unwrap_or(date)
}

/// A wall-clock minute.
struct AskedMinute {
    local: LocalTime,
    table: Arc<MinuteTable>,
}

impl AskedMinute {
    fn new(schedule: &ScheduleCache, local: NaiveDateTime) -> Self {
        Self { local: local_minute(local), table: schedule.minute_table(local) }
    }
}

/// Open or not as it is shown.
pub(super) struct Shown {
    pub(super) state: OpenState,
    pub(super) at: LocalTime,
    pub(super) until: Option<LocalTime>,
}

impl Shown {
    /// As replies have it; the default where nothing is known.
    pub(super) fn opening(shown: Option<Self>) -> Opening {
        let opening = |Self { state, at, until }: Self| Opening { state, at: Some(at), until };
        shown.map(opening).unwrap_or_default()
    }
}

/// The instant that a query asks about, as the places' clocks show it.
pub(super) struct QueryTime<'r> {
    schedule: &'r ScheduleCache,
    /// The same wall-clock time everywhere, or an instant.
    at: Result<AskedMinute, i64>,
    /// Wall-clock times by zone, as they are met; rows come sorted by where they are, so the last is
    /// mostly the next.
    met: RefCell<Vec<(u16, Option<AskedMinute>)>>,
    last: Cell<usize>,
}

impl<'r> QueryTime<'r> {
    pub(super) fn new(schedule: &'r ScheduleCache, open: Option<&OpenAt>, now_unix_ms: i64) -> Self {
        let local = match open {
            Some(OpenAt::Local(time)) => chrono_minute(*time),
            Some(OpenAt::Now) | None => None,
        };
        let at = local.map(|local| AskedMinute::new(schedule, local)).ok_or(now_unix_ms);
        Self { schedule, at, met: RefCell::default(), last: Cell::new(0) }
    }

    /// Whether a place with these hours in this zone is open.
    pub(super) fn is_open(&self, hours: u32, zone: u16) -> bool {
        hours != NO_HOURS && self.with_minute(zone, |moment| self.schedule.known(&moment.table, hours).is_open())
    }

    /// Whether it is not known if a place with these hours in this zone is open.
    pub(super) fn is_unknown(&self, hours: u32, zone: u16) -> bool {
        self.shown(hours, zone).is_none_or(|shown| shown.state == OpenState::Unknown)
    }

    /// Open or not and until when; none where nothing is known of it.
    pub(super) fn shown(&self, hours: u32, zone: u16) -> Option<Shown> {
        if hours == NO_HOURS {
            return None;
        }
        self.with_minute(zone, |moment| {
            let known = self.schedule.known(&moment.table, hours);
            let monday = local_date(moment.table.week.monday);
            let until = known.until().map(|minutes| LocalTime::new(monday, minutes));
            Some(Shown { state: known.state()?, at: moment.local, until })
        })
    }

    /// Hands the wall-clock minute of a zone over; the default where the zone is not known.
    fn with_minute<T: Default>(&self, zone: u16, then: impl FnOnce(&AskedMinute) -> T) -> T {
        let unix_ms = match &self.at {
            Ok(moment) => return then(moment),
            Err(unix_ms) => *unix_ms,
        };
        if zone == NO_ZONE {
            return T::default();
        }
        let mut met = self.met.borrow_mut();
        if met.get(self.last.get()).is_none_or(|(z, _)| *z != zone) {
            let at = met.iter().position(|(z, _)| *z == zone).unwrap_or_else(|| {
                let moment =
                    self.schedule.local_time(zone, unix_ms).map(|local| AskedMinute::new(self.schedule, local));
                met.push((zone, moment));
                met.len() - 1
            });
            self.last.set(at);
        }
        met.get(self.last.get()).and_then(|(_, moment)| moment.as_ref()).map(then).unwrap_or_default()
    }
}

/// A day of chrono's in the domain's calendar.
pub(super) fn local_date(date: NaiveDate) -> LocalDate {
    /// chrono counts from the first day of our era.
    const EPOCH: i32 = 719_163;
    LocalDate::from_days(date.num_days_from_ce() - EPOCH)
}

/// A minute of chrono's in the domain's calendar.
pub(super) fn local_minute(local: NaiveDateTime) -> LocalTime {
    LocalTime::new(local_date(local.date()), local.hour() * 60 + local.minute())
}

fn chrono_minute(time: LocalTime) -> Option<NaiveDateTime> {
    let (year, month, day) = time.date().year_month_day();
    let midnight = NaiveDate::from_ymd_opt(year, month, day)?.and_time(NaiveTime::MIN);
    Some(midnight + TimeDelta::minutes(time.minute().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
    }

    #[test]
    fn a_week_says_what_the_hours_say_at_every_minute() {
        let texts = ["Mo-Fr 11:30-22:00; Sa 18:00-02:00", "24/7", "Su 10:00-12:00", "Mar 20-Oct 07 08:00-20:00", "off"];
        let schedule = ScheduleCache::new(texts.map(|t| (t.to_owned(), None)).to_vec(), vec!["Europe/Berlin".into()]);
        for text in 0..texts.len() as u32 {
            for minutes in (0..3 * 7 * 24 * 60).step_by(97) {
                let local = at("2026-09-28T00:00") + TimeDelta::minutes(minutes);
                let clock = QueryTime::new(&schedule, Some(&OpenAt::Local(local_minute(local))), 0);
                let expected = schedule.hours(text).unwrap().opening_at(local);
                let found = opening(&clock, (text, NO_ZONE));
                assert_eq!(found.state, expected.state, "{} at {local}", texts[text as usize]);
                assert_eq!(found.until, expected.until.map(local_minute), "{} at {local}", texts[text as usize]);
                assert_eq!(found.at, Some(local_minute(local)));
                assert_eq!(clock.is_open(text, NO_ZONE), found.state == OpenState::Open);
            }
        }
    }

    #[test]
    fn now_is_the_places_own_time() {
        let schedule = ScheduleCache::new(
            vec![("12:00-13:00".into(), None)],
            vec!["Asia/Seoul".into(), "Pacific/Honolulu".into(), "Nowhere/Atoll".into()],
        );
        // Monday 12:30 in Seoul is Sunday 17:30 in Honolulu.
        let clock = QueryTime::new(&schedule, Some(&OpenAt::Now), 1_791_171_000_000);
        let seoul = opening(&clock, (0, 0));
        assert_eq!((seoul.state, seoul.at), (OpenState::Open, Some("2026-10-05T12:30".parse().unwrap())));
        assert_eq!(seoul.until, Some("2026-10-05T13:00".parse().unwrap()));
        let honolulu = opening(&clock, (0, 1));
        assert_eq!((honolulu.state, honolulu.until), (OpenState::Closed, Some("2026-10-05T12:00".parse().unwrap())));
        assert_eq!(opening(&clock, (0, 2)), Opening::default());
        assert_eq!(opening(&clock, (0, NO_ZONE)), Opening::default());
        assert_eq!(opening(&clock, (NO_HOURS, 0)), Opening::default());
    }

    #[test]
    fn what_is_not_understood_is_unknown_and_not_open() {
        let schedule = ScheduleCache::new(vec![("ask the cat".into(), None)], vec!["Asia/Seoul".into()]);
        let clock = QueryTime::new(&schedule, None, 0);
        assert_eq!(opening(&clock, (0, 0)), Opening::default());
        assert!(!clock.is_open(0, 0));
    }

    fn opening(clock: &QueryTime<'_>, (hours, zone): (u32, u16)) -> Opening {
        Shown::opening(clock.shown(hours, zone))
    }
}
