//! From rows to what a reply shows.

use hnh_domain::geo::walking_minutes;
use hnh_domain::local_time::LocalTime;
use hnh_domain::page::Page;
use hnh_domain::places::{Accuracy, FoundIn, OpenState, Place, PlaceDetails, PlaceHit};
use hnh_hours::knows_holidays;
use serde_json::value::RawValue;

use super::PlaceIndex;
use super::days::days_from;
use super::found_in::Wanted;
use super::schedule::{QueryTime, Shown};
use crate::page_json::{write_number, write_page};

/// Days of hours that a place's page shows.
const WEEK: i32 = 7;

/// Bytes that come from memory together.
const CACHE_LINE: usize = 64;

/// What a search found, before it is put into words.
pub(super) struct Listed<'i> {
    /// The rows in order, with their distance in metres where there is a centre.
    pub(super) rows: Vec<(usize, Option<f64>)>,
    pub(super) next: Option<String>,
    pub(super) total: Option<u64>,
    pub(super) clock: QueryTime<'i>,
    /// The words that were looked for.
    pub(super) wanted: Option<Wanted>,
}

impl PlaceIndex {
    /// The page as a value. A card that a damaged file holds is logged and left out.
    pub(super) fn page(&self, listed: Listed<'_>) -> Page<PlaceHit<&RawValue>> {
        let hit = |&(row, distance_m): &(usize, Option<f64>)| {
            let place = serde_json::from_slice(self.cards.get(row)).inspect_err(|error| damaged(row, error)).ok()?;
            let (distance_m, walk_minutes) = self.way(row, distance_m);
            Some(PlaceHit {
                place,
                distance_m,
                walk_minutes,
                opening: Shown::opening(self.shown(&listed.clock, row)),
                found_in: self.found_in(&listed, row),
            })
        };
        let items = listed.rows.iter().filter_map(hit).collect();
        Page { items, next: listed.next, total: listed.total }
    }

    /// Appends the page as JSON: byte for byte what serialising [`Self::page`] gives, without reading
    /// the cards again, which were written by a JSON writer when the index was built.
    pub(super) fn write_page(&self, listed: &Listed<'_>, out: &mut Vec<u8>) {
        // Cards lie all over a large file: begun together, line by line, the reads from memory overlap.
        let lines = listed.rows.iter().flat_map(|(row, _)| self.cards.get(*row).chunks(CACHE_LINE));
        let begun = lines.fold(0, |sum: u8, line| sum ^ line[0]);
        std::hint::black_box(begun);
        write_page(
            out,
            &listed.rows,
            |out, (row, distance_m)| {
                out.extend_from_slice(br#"{"place":"#);
                out.extend_from_slice(self.cards.get(*row));
                let (distance_m, walk_minutes) = self.way(*row, *distance_m);
                if let Some(distance_m) = distance_m {
                    write_number(out, br#","distance_m":"#, distance_m.into());
                }
                if let Some(walk_minutes) = walk_minutes {
                    write_number(out, br#","walk_minutes":"#, walk_minutes.into());
                }
                write_opening(out, self.shown(&listed.clock, *row).as_ref());
                if let Some(json) = self.found_in(listed, *row).and_then(|found| serde_json::to_vec(&found).ok()) {
                    out.extend_from_slice(br#","found_in":"#);
                    out.extend_from_slice(&json);
                }
                out.push(b'}');
            },
            (listed.next.as_deref(), listed.total),
        );
        out.push(b'}');
    }

    /// How far it is and how long one walks, as far as its position is good for that.
    fn way(&self, row: usize, distance_m: Option<f64>) -> (Option<u32>, Option<u32>) {
        let (leaf, slot) = self.tree().slot(row);
        let accuracy = Accuracy::ALL.get(usize::from(leaf.accuracies[slot])).copied().unwrap_or_default();
        let known = distance_m.filter(|_| accuracy != Accuracy::District);
        (known.map(whole_metres), known.filter(|_| accuracy.is_exact()).map(walking_minutes))
    }

    fn found_in(&self, listed: &Listed<'_>, row: usize) -> Option<FoundIn> {
        let wanted = listed.wanted.as_ref()?;
        let place: Place =
            serde_json::from_slice(self.places.get(row)).inspect_err(|error| damaged(row, error)).ok()?;
        wanted.found_in(&place)
    }

    fn shown(&self, clock: &QueryTime<'_>, row: usize) -> Option<Shown> {
        let (leaf, slot) = self.tree().slot(row);
        clock.shown(leaf.hours[slot].get(), leaf.zones[slot].get())
    }

    /// A row as a whole place.
    pub(super) fn details(&self, row: usize, now_unix_ms: i64) -> Option<PlaceDetails> {
        let place: Place =
            serde_json::from_slice(self.places.get(row)).inspect_err(|error| damaged(row, error)).ok()?;
        let (leaf, slot) = self.tree().slot(row);
        let hours = self.schedule.hours(leaf.hours[slot].get());
        let today = self.schedule.local_time(leaf.zones[slot].get(), now_unix_ms).map(|local| local.date());
        let week = hours.zip(today).map(|(hours, today)| days_from(hours, today, WEEK)).unwrap_or_default();
        let clock = QueryTime::new(&self.schedule, None, now_unix_ms);
        let holidays_unknown = place.hours.is_some() && !place.country.as_deref().is_some_and(knows_holidays);
        Some(PlaceDetails { place, opening: Shown::opening(self.shown(&clock, row)), week, holidays_unknown })
    }
}

fn whole_metres(distance_m: f64) -> u32 {
    distance_m.round() as u32
}

fn write_opening(out: &mut Vec<u8>, shown: Option<&Shown>) {
    out.extend_from_slice(match shown.map(|shown| shown.state).unwrap_or_default() {
        OpenState::Open => br#","opening":{"state":"open""#.as_slice(),
        OpenState::Closed => br#","opening":{"state":"closed""#,
        OpenState::Unknown => br#","opening":{"state":"unknown""#,
    });
    let mut text = |before: &[u8], time: LocalTime| {
        out.extend_from_slice(before);
        out.extend_from_slice(&time.to_bytes());
        out.push(b'"');
    };
    if let Some(Shown { at, until, .. }) = shown {
        text(br#","at":""#, *at);
        if let Some(until) = until {
            text(br#","until":""#, *until);
        }
    }
    out.push(b'}');
}

pub(super) fn damaged(row: usize, error: &serde_json::Error) {
    tracing::error!(row, %error, "the place index is damaged: build the catalogue again");
}
