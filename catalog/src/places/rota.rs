//! Open or not, in nanoseconds: each distinct opening-hours text is evaluated once a calendar week.
//!
//! Opening hours are wall-clock times, so a week of them is the same for all places that share the
//! text and the country, whatever their zone. Weeks are made when first asked for and kept for the
//! few weeks that are asked about.

use std::cell::{Cell, RefCell};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use hnh_domain::hours::{Hours, local_time};
use hnh_domain::restaurants::{OpenAt, OpenState, Opening};

use super::format::{NO_HOURS, NO_ZONE, Traits};

/// Weeks kept: this and the next for "now" on both sides of the date line, and some that people ask about.
const KEPT_WEEKS: usize = 8;

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

    /// The state at a minute of the week, and the minute from the week's beginning at which it changes.
    fn at(&self, at: u16) -> Option<(OpenState, Option<u32>)> {
        let next = self.spans.partition_point(|span| minute(*span) <= at);
        let state = match *self.spans.get(next.checked_sub(1)?)? >> MINUTE_BITS {
            v if v == OpenState::Open as u16 => OpenState::Open,
            v if v == OpenState::Closed as u16 => OpenState::Closed,
            _ => OpenState::Unknown,
        };
        let until = self.spans.get(next).map(|span| u32::from(minute(*span)));
        Some((state, until.or((self.end > 0).then_some(self.end))))
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

/// The opening hours of an index.
#[derive(Debug)]
pub(super) struct Rota {
    texts: Vec<(String, Option<String>)>,
    zones: Vec<String>,
    parsed: Box<[OnceLock<Option<Hours>>]>,
    tables: RwLock<Vec<Arc<WeekTable>>>,
}

impl Rota {
    pub(super) fn new(texts: Vec<(String, Option<String>)>, zones: Vec<String>) -> Self {
        let parsed = texts.iter().map(|_| OnceLock::new()).collect();
        Self { texts, zones, parsed, tables: RwLock::default() }
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
        let table = self.table(monday_of(local.date()));
        for text in 0..self.texts.len() as u32 {
            self.week(&table, text);
        }
    }

    fn table(&self, monday: NaiveDate) -> Arc<WeekTable> {
        let find = |tables: &[Arc<WeekTable>]| tables.iter().find(|t| t.monday == monday).cloned();
        // A table is only ever added whole, so one that a panicking thread left is good.
        let found = find(&self.tables.read().unwrap_or_else(PoisonError::into_inner));
        found.unwrap_or_else(|| {
            let mut tables = self.tables.write().unwrap_or_else(PoisonError::into_inner);
            find(&tables).unwrap_or_else(|| {
                let table = Arc::new(WeekTable { monday, weeks: self.texts.iter().map(|_| OnceLock::new()).collect() });
                tables.insert(0, Arc::clone(&table));
                tables.truncate(KEPT_WEEKS);
                table
            })
        })
    }

    fn week<'t>(&self, table: &'t WeekTable, text: u32) -> Option<&'t Week> {
        let slot = table.weeks.get(text as usize)?;
        Some(slot.get_or_init(|| self.hours(text).map(|hours| Week::of(hours, table.monday)).unwrap_or_default()))
    }
}

fn monday_of(date: NaiveDate) -> NaiveDate {
    let days = date.weekday().num_days_from_monday();
    date.checked_sub_days(chrono::Days::new(days.into())).unwrap_or(date)
}

/// A wall-clock minute.
#[derive(Debug)]
struct Moment {
    local: NaiveDateTime,
    table: Arc<WeekTable>,
    minute: u16,
}

impl Moment {
    fn new(rota: &Rota, local: NaiveDateTime) -> Self {
        let monday = monday_of(local.date());
        let minute = local.weekday().num_days_from_monday() * 24 * 60 + local.hour() * 60 + local.minute();
        Self { local, table: rota.table(monday), minute: minute as u16 }
    }
}

/// The instant that a query asks about, as the places' clocks show it.
pub(super) struct Clock<'r> {
    rota: &'r Rota,
    /// The same wall-clock time everywhere, or an instant.
    at: Result<Moment, i64>,
    /// Wall-clock times by zone, as they are met; rows come sorted by where they are, so the last is
    /// mostly the next.
    met: RefCell<Vec<(u16, Option<Moment>)>>,
    last: Cell<usize>,
}

impl<'r> Clock<'r> {
    pub(super) fn new(rota: &'r Rota, open: Option<&OpenAt>, now_unix_ms: i64) -> Self {
        let local = match open {
            Some(OpenAt::Local(text)) => NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok(),
            Some(OpenAt::Now) | None => None,
        };
        let at = local.map(|local| Moment::new(rota, local)).ok_or(now_unix_ms);
        Self { rota, at, met: RefCell::default(), last: Cell::new(0) }
    }

    /// Whether the place is open.
    pub(super) fn is_open(&self, traits: &Traits) -> bool {
        let text = traits.hours.get();
        let state = |m: &Moment| self.rota.week(&m.table, text).and_then(|week| week.at(m.minute));
        text != NO_HOURS
            && self.with_moment(traits.zone.get(), |m| state(m).is_some_and(|(state, _)| state == OpenState::Open))
    }

    /// Open or not and until when.
    pub(super) fn opening(&self, traits: &Traits) -> Opening {
        let text = traits.hours.get();
        if text == NO_HOURS {
            return Opening::default();
        }
        self.with_moment(traits.zone.get(), |moment| {
            let week = self.rota.week(&moment.table, text).and_then(|week| week.at(moment.minute));
            let Some((state, until)) = week else { return Opening::default() };
            let start = moment.table.monday.and_time(NaiveTime::MIN);
            let until = until.map(|minutes| stamp(start + TimeDelta::minutes(minutes.into())));
            Opening { state, at: Some(stamp(moment.local)), until }
        })
    }

    /// Hands the wall-clock minute of a zone over; the default where the zone is not known.
    fn with_moment<T: Default>(&self, zone: u16, then: impl FnOnce(&Moment) -> T) -> T {
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
                let moment = self.rota.local_time(zone, unix_ms).map(|local| Moment::new(self.rota, local));
                met.push((zone, moment));
                met.len() - 1
            });
            self.last.set(at);
        }
        met.get(self.last.get()).and_then(|(_, moment)| moment.as_ref()).map(then).unwrap_or_default()
    }
}

/// `2026-10-09T19:30`.
pub(super) fn stamp(local: NaiveDateTime) -> String {
    let mut text = *b"0000-00-00T00:00";
    let mut put = |at: usize, digits: usize, mut value: u32| {
        for digit in text[at..at + digits].iter_mut().rev() {
            *digit = b'0' + (value % 10) as u8;
            value /= 10;
        }
    };
    put(0, 4, local.year().unsigned_abs());
    put(5, 2, local.month());
    put(8, 2, local.day());
    put(11, 2, local.hour());
    put(14, 2, local.minute());
    String::from_utf8_lossy(&text).into_owned()
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
        let rota = Rota::new(texts.map(|t| (t.to_owned(), None)).to_vec(), vec!["Europe/Berlin".into()]);
        for text in 0..texts.len() as u32 {
            for minutes in (0..3 * 7 * 24 * 60).step_by(97) {
                let local = at("2026-09-28T00:00") + TimeDelta::minutes(minutes);
                let clock = Clock::new(&rota, Some(&OpenAt::Local(stamp(local))), 0);
                let expected = rota.hours(text).unwrap().opening_at(local);
                let found = clock.opening(&traits(text, NO_ZONE));
                assert_eq!(found.state, expected.state, "{} at {local}", texts[text as usize]);
                assert_eq!(found.until, expected.until.map(stamp), "{} at {local}", texts[text as usize]);
                assert_eq!(found.at, Some(stamp(local)));
                assert_eq!(clock.is_open(&traits(text, NO_ZONE)), found.state == OpenState::Open);
            }
        }
    }

    #[test]
    fn now_is_the_places_own_time() {
        let rota = Rota::new(
            vec![("12:00-13:00".into(), None)],
            vec!["Asia/Seoul".into(), "Pacific/Honolulu".into(), "Nowhere/Atoll".into()],
        );
        // Monday 12:30 in Seoul is Sunday 17:30 in Honolulu.
        let clock = Clock::new(&rota, Some(&OpenAt::Now), 1_791_171_000_000);
        let seoul = clock.opening(&traits(0, 0));
        assert_eq!((seoul.state, seoul.at.as_deref()), (OpenState::Open, Some("2026-10-05T12:30")));
        assert_eq!(seoul.until.as_deref(), Some("2026-10-05T13:00"));
        let honolulu = clock.opening(&traits(0, 1));
        assert_eq!((honolulu.state, honolulu.until.as_deref()), (OpenState::Closed, Some("2026-10-05T12:00")));
        assert_eq!(clock.opening(&traits(0, 2)), Opening::default());
        assert_eq!(clock.opening(&traits(0, NO_ZONE)), Opening::default());
        assert_eq!(clock.opening(&traits(NO_HOURS, 0)), Opening::default());
    }

    #[test]
    fn what_is_not_understood_is_unknown_and_not_open() {
        let rota = Rota::new(vec![("ask the cat".into(), None)], vec!["Asia/Seoul".into()]);
        let clock = Clock::new(&rota, None, 0);
        assert_eq!(clock.opening(&traits(0, 0)), Opening::default());
        assert!(!clock.is_open(&traits(0, 0)));
    }

    fn traits(hours: u32, zone: u16) -> Traits {
        let (cuisines, padding) = (0.into(), 0.into());
        Traits { serves: 0, only: 0, kind: 0, unused: 0, cuisines, hours: hours.into(), zone: zone.into(), padding }
    }
}
