//! Areas that a device keeps: the places of a circle, whole, with their hours of the coming weeks, so that a search
//! there needs no network.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{DayHours, OpenState, Opening, Place, PlaceDetails};
use crate::geo::LatLon;
use crate::local_time::{LocalDate, LocalTime};
use crate::problem::FieldError;
use crate::text::Text;

/// The greatest radius of an area in metres.
pub const MAX_AREA_RADIUS_M: u32 = 30_000;

/// Days whose hours an area has: the day before yesterday for its night, yesterday, today, and four weeks.
pub const AREA_DAYS: i32 = 31;

/// Places on one page of an area.
pub const AREA_PAGE: usize = 200;

/// A part of the world to be kept, and which page of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct AreaQuery {
    /// Latitude of the middle in degrees.
    #[cfg_attr(feature = "openapi", param(minimum = -90, maximum = 90))]
    pub lat: f64,
    /// Longitude of the middle in degrees.
    #[cfg_attr(feature = "openapi", param(minimum = -180, maximum = 180))]
    pub lon: f64,
    /// Metres around it, 1 to 30,000.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 30000))]
    pub radius_m: u32,
    /// Where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(min_length = 12, max_length = 1024, pattern = "^[A-Za-z0-9_-]*$"))]
    pub cursor: Option<String>,
}

impl AreaQuery {
    /// The middle.
    ///
    /// # Errors
    /// Names the field that is out of range.
    pub fn checked(&self) -> Result<LatLon, FieldError> {
        if !(1..=MAX_AREA_RADIUS_M).contains(&self.radius_m) {
            return Err(FieldError::new("radius_m", format!("must be from 1 to {MAX_AREA_RADIUS_M} metres")));
        }
        LatLon::new(self.lat, self.lon)
    }
}

/// A part of an area's places, the nearest to its middle first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AreaPage<P = AreaPlace> {
    /// The version of the catalogue; one that is another on the next page asks to begin anew.
    pub version: String,
    /// The places.
    pub places: Vec<P>,
    /// The next page, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A place with what is needed to say later whether it is open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AreaPlace {
    /// The place.
    pub place: Place,
    /// Its clock against UTC in minutes, when it was fetched.
    pub utc_offset: i32,
    /// [`AREA_DAYS`] of hours, the day before yesterday first; none where nothing is known of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<DayHours>,
}

/// What an area will take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AreaSize {
    /// Places in it.
    pub places: u64,
    /// Bytes to download, compressed, as the places of this catalogue take them on average.
    pub bytes: u64,
}

/// An area that the device keeps, or is about to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfflineArea {
    /// Its id on this device.
    pub id: Uuid,
    /// Its name; none for a circle around where the person was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Its middle.
    pub position: LatLon,
    /// Metres around it.
    pub radius_m: u32,
    /// Places that are here.
    pub places: u64,
    /// Places that it has in all.
    pub total: u64,
    /// Bytes that it takes on the device.
    pub bytes: u64,
    /// When all of it was fetched last, ms UTC; none while the first time goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched_ms: Option<i64>,
    /// Whether the person stopped it for now.
    pub paused: bool,
}

const MINUTES_A_DAY: i64 = 24 * 60;

/// Days of hours that a place's page shows.
const WEEK: usize = 7;

impl AreaPlace {
    /// The place's clock at an instant in ms UTC.
    #[must_use]
    pub fn local_time(&self, unix_ms: i64) -> LocalTime {
        let minutes = unix_ms.div_euclid(60_000) + i64::from(self.utc_offset);
        let day = i32::try_from(minutes.div_euclid(MINUTES_A_DAY)).unwrap_or_default();
        LocalTime::new(LocalDate::from_days(day), u32::try_from(minutes.rem_euclid(MINUTES_A_DAY)).unwrap_or_default())
    }

    /// Open or not at a time of the place's clock, as far as its days reach.
    #[must_use]
    pub fn opening(&self, at: LocalTime) -> Opening {
        // The first day is there for its night alone.
        let Some(today) = self.days.iter().skip(1).find(|day| day.date == at.date()) else { return Opening::default() };
        let now = minute_of(at.date(), at.minute().into());
        let spans = || self.days.iter().flat_map(|day| day.open.iter().filter_map(|span| span_of(day.date, span)));
        let time = |minute: i64| {
            let day = i32::try_from(minute.div_euclid(MINUTES_A_DAY)).unwrap_or_default();
            LocalTime::new(
                LocalDate::from_days(day),
                u32::try_from(minute.rem_euclid(MINUTES_A_DAY)).unwrap_or_default(),
            )
        };
        let (state, until) = match spans().find(|(from, to)| *from <= now && now < *to) {
            Some((_, end)) => {
                // What never closes is written day by day.
                let end = spans().fold(end, |end, (from, to)| if from <= end { end.max(to) } else { end });
                let reached = self.days.last().map(|day| minute_of(day.date, MINUTES_A_DAY));
                (OpenState::Open, Some(end).filter(|end| Some(*end) != reached))
            }
            None if today.unknown => (OpenState::Unknown, None),
            None => (OpenState::Closed, spans().map(|(from, _)| from).filter(|from| *from > now).min()),
        };
        Opening { state, at: Some(at), until: until.map(time) }
    }

    /// The place's page at an instant in ms UTC.
    #[must_use]
    pub fn details(&self, now_ms: i64) -> PlaceDetails {
        let now = self.local_time(now_ms);
        let week = self.days.iter().skip(1).skip_while(|day| day.date < now.date()).take(WEEK).cloned().collect();
        PlaceDetails { place: self.place.clone(), opening: self.opening(now), week, holidays_unknown: false }
    }
}

fn minute_of(date: LocalDate, minute: i64) -> i64 {
    i64::from(date.days()) * MINUTES_A_DAY + minute
}

/// The first minute of a span and the one after its last; one that ends before it begins ends on the next day.
fn span_of(date: LocalDate, (from, to): &(String, String)) -> Option<(i64, i64)> {
    let minutes = |clock: &str| {
        let (hours, minutes) = clock.split_once(':')?;
        Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
    };
    let (from, to) = (minutes(from)?, minutes(to)?);
    let to = if to <= from { to + MINUTES_A_DAY } else { to };
    Some((minute_of(date, from), minute_of(date, to)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A day's spans, and whether what is beside them is not known.
    type Day<'a> = (&'a [(&'a str, &'a str)], bool);

    /// A place in Seoul from Sunday 2026-10-04 on, with these spans on each day.
    fn place(days: &[Day<'_>]) -> AreaPlace {
        let first: LocalDate = "2026-10-04".parse().unwrap();
        let day = |(n, (open, unknown)): (i32, &Day<'_>)| DayHours {
            date: LocalDate::from_days(first.days() + n),
            open: open.iter().map(|(from, to)| ((*from).into(), (*to).into())).collect(),
            unknown: *unknown,
        };
        let place = serde_json::from_value(json!({
            "id": Uuid::nil(), "name": {"ko": "가게"}, "kind": "cafe", "position": {"lat": 37.5, "lon": 127.0},
            "provenance": {"source": "osm", "source_id": "node/1"},
        }));
        AreaPlace { place: place.unwrap(), utc_offset: 540, days: (0..).zip(days).map(day).collect() }
    }

    fn at(place: &AreaPlace, time: &str) -> (OpenState, Option<String>) {
        let opening = place.opening(time.parse().unwrap());
        (opening.state, opening.until.map(|until| until.to_string()))
    }

    #[test]
    fn a_night_goes_on_and_days_off_are_skipped() {
        let bar = place(&[
            (&[("18:00", "02:00")], false),
            (&[("18:00", "02:00")], false),
            (&[], false),
            (&[("12:00", "14:00")], false),
        ]);
        assert_eq!(at(&bar, "2026-10-05T01:30"), (OpenState::Open, Some("2026-10-05T02:00".into())));
        assert_eq!(at(&bar, "2026-10-05T02:00"), (OpenState::Closed, Some("2026-10-05T18:00".into())));
        assert_eq!(at(&bar, "2026-10-06T03:00"), (OpenState::Closed, Some("2026-10-07T12:00".into())));
        assert_eq!(at(&bar, "2026-10-08T12:00"), (OpenState::Unknown, None), "beyond the days that it has");
    }

    #[test]
    fn what_never_closes_does_not_close_at_midnight() {
        let all_day: (&[(&str, &str)], bool) = (&[("00:00", "24:00")], false);
        let always = place(&[all_day; 4]);
        assert_eq!(at(&always, "2026-10-06T23:59"), (OpenState::Open, None));
    }

    #[test]
    fn unknown_is_not_closed() {
        let unsure = place(&[(&[], false), (&[("10:00", "12:00")], true)]);
        assert_eq!(at(&unsure, "2026-10-05T11:00").0, OpenState::Open);
        assert_eq!(at(&unsure, "2026-10-05T13:00").0, OpenState::Unknown);
        assert_eq!(place(&[]).opening("2026-10-05T11:00".parse().unwrap()), Opening::default());
    }

    #[test]
    fn its_clock_is_its_own() {
        let seoul = place(&[]);
        // 2026-10-04T15:30 UTC.
        assert_eq!(seoul.local_time(1_791_127_800_000).to_string(), "2026-10-05T00:30");
    }
}
