//! From rows to what a reply shows.

use hnh_domain::geo::walking_minutes;
use hnh_domain::restaurants::{Place, PlaceDetails, PlaceHit};
use serde_json::value::RawValue;

use super::PlaceIndex;
use super::days::week_from;
use super::rota::Clock;

impl PlaceIndex {
    /// A row as a hit; a card that a damaged file holds is logged and left out.
    pub(super) fn hit(&self, clock: &Clock<'_>, row: usize, distance_m: Option<f64>) -> Option<PlaceHit<&RawValue>> {
        let place = serde_json::from_slice(self.cards.get(row)).inspect_err(|error| damaged(row, error)).ok()?;
        Some(PlaceHit {
            place,
            distance_m: distance_m.map(|metres| metres.round() as u32),
            walk_minutes: distance_m.map(walking_minutes),
            opening: clock.opening(&self.traits[row]),
        })
    }

    /// A row as a whole place.
    pub(super) fn details(&self, row: usize, now_unix_ms: i64) -> Option<PlaceDetails> {
        let place: Place =
            serde_json::from_slice(self.places.get(row)).inspect_err(|error| damaged(row, error)).ok()?;
        let traits = self.traits.get(row)?;
        let hours = self.rota.hours(traits.hours.get());
        let today = self.rota.local_time(traits.zone.get(), now_unix_ms).map(|local| local.date());
        let week = hours.zip(today).map(|(hours, today)| week_from(hours, today)).unwrap_or_default();
        Some(PlaceDetails { place, opening: Clock::new(&self.rota, None, now_unix_ms).opening(traits), week })
    }
}

fn damaged(row: usize, error: &serde_json::Error) {
    tracing::error!(row, %error, "the place index is damaged: build the catalogue again");
}
