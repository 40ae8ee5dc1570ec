//! The places of a circle, whole, for devices to keep.

use chrono::{DateTime, Days};
use hnh_domain::places::{AREA_DAYS, AREA_PAGE, AreaPlace, AreaQuery, PlaceQuery, PlaceSort};
use hnh_domain::problem::FieldError;

use super::PlaceIndex;
use super::days::days_from;
use super::hits::damaged;

impl PlaceIndex {
    /// A page of an area's places, the nearest to its middle first, and where the next page begins.
    ///
    /// # Errors
    /// Names the field of the query that is wrong.
    pub fn area(&self, query: &AreaQuery, now_unix_ms: i64) -> Result<(Vec<AreaPlace>, Option<String>), FieldError> {
        let mut wanted = around(query)?;
        wanted.limit = u32::try_from(AREA_PAGE).ok();
        wanted.cursor.clone_from(&query.cursor);
        let listed = self.list(&wanted, now_unix_ms)?;
        let places = listed.rows.iter().filter_map(|(row, _)| self.area_place(*row, now_unix_ms)).collect();
        Ok((places, listed.next))
    }

    /// How many places an area has.
    ///
    /// # Errors
    /// Names the field of the query that is wrong.
    pub fn area_len(&self, query: &AreaQuery, now_unix_ms: i64) -> Result<u64, FieldError> {
        // Lists by name know how many they are.
        let all = PlaceQuery { sort: Some(PlaceSort::Name), limit: Some(1), ..around(query)? };
        Ok(self.list(&all, now_unix_ms)?.total.unwrap_or_default())
    }

    fn area_place(&self, row: usize, now_unix_ms: i64) -> Option<AreaPlace> {
        let place = serde_json::from_slice(self.places.get(row)).inspect_err(|error| damaged(row, error)).ok()?;
        let (leaf, slot) = self.tree().slot(row);
        let local = self.schedule.local_time(leaf.zones[slot].get(), now_unix_ms);
        let utc = DateTime::from_timestamp_millis(now_unix_ms)?.naive_utc();
        let first = local.and_then(|local| local.date().checked_sub_days(Days::new(2)));
        let hours = self.schedule.hours(leaf.hours[slot].get());
        Some(AreaPlace {
            place,
            utc_offset: local.map_or(0, |local| i32::try_from((local - utc).num_minutes()).unwrap_or_default()),
            days: hours.zip(first).map(|(hours, first)| days_from(hours, first, AREA_DAYS)).unwrap_or_default(),
        })
    }
}

fn around(query: &AreaQuery) -> Result<PlaceQuery, FieldError> {
    let center = query.checked()?;
    Ok(PlaceQuery {
        lat: Some(center.lat),
        lon: Some(center.lon),
        radius_m: Some(query.radius_m),
        ..PlaceQuery::default()
    })
}
