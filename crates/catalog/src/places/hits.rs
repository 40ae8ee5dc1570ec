//! From rows to what a reply shows.

use hnh_domain::geo::walking_minutes;
use hnh_domain::local_time::LocalTime;
use hnh_domain::page::Page;
use hnh_domain::places::{OpenState, Place, PlaceDetails, PlaceHit};
use serde_json::value::RawValue;

use super::PlaceIndex;
use super::days::days_from;
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
}

impl PlaceIndex {
    /// The page as a value. A card that a damaged file holds is logged and left out.
    pub(super) fn page(&self, listed: Listed<'_>) -> Page<PlaceHit<&RawValue>> {
        let hit = |(row, distance_m): (usize, Option<f64>)| {
            let place = serde_json::from_slice(self.cards.get(row)).inspect_err(|error| damaged(row, error)).ok()?;
            Some(PlaceHit {
                place,
                distance_m: distance_m.map(whole_metres),
                walk_minutes: distance_m.map(walking_minutes),
                opening: Shown::opening(self.shown(&listed.clock, row)),
            })
        };
        Page { items: listed.rows.into_iter().filter_map(hit).collect(), next: listed.next, total: listed.total }
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
                if let Some(distance_m) = *distance_m {
                    write_number(out, br#","distance_m":"#, whole_metres(distance_m).into());
                    write_number(out, br#","walk_minutes":"#, walking_minutes(distance_m).into());
                }
                write_opening(out, self.shown(&listed.clock, *row).as_ref());
                out.push(b'}');
            },
            (listed.next.as_deref(), listed.total),
        );
        out.push(b'}');
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
        Some(PlaceDetails { place, opening: Shown::opening(self.shown(&clock, row)), week })
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
