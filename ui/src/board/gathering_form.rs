//! When, where and for how many one eats together.

use dioxus::prelude::*;
use hnh_domain::board::{Board, GatheringDraft};
use hnh_domain::calls::{GetPlace, SearchPlaces};
use hnh_domain::places::{PlaceQuery, PlaceSort};
use hnh_domain::problem::{FieldCode, FieldError};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::browser;
use crate::core::call;
use crate::format;
use crate::i18n::{lang, said, t};
use crate::kit::{Button, Glyph, Icon, Segment, Segmented, Select, TextField};
use crate::places::distance;
use crate::position::SEARCH_CENTER;

/// Venues offered for some words.
const VENUES: u32 = 8;
/// Not farther than this from where one searches, in metres, where enough are.
const NEAR_M: u32 = 30_000;

/// What was typed of a gathering.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct GatheringFields {
    /// `2026-10-09T19:30`, by the device's clock.
    when: String,
    minutes: u32,
    venue: Option<Uuid>,
    address: String,
    seats: u32,
    needs_approval: bool,
}

impl Default for GatheringFields {
    fn default() -> Self {
        Self { when: String::new(), minutes: 90, venue: None, address: String::new(), seats: 3, needs_approval: false }
    }
}

impl From<&GatheringDraft> for GatheringFields {
    fn from(draft: &GatheringDraft) -> Self {
        Self {
            when: browser::local_input(draft.starts_ms as f64),
            minutes: draft.minutes,
            venue: draft.venue,
            address: draft.address.clone(),
            seats: draft.seats,
            needs_approval: draft.needs_approval,
        }
    }
}

impl GatheringFields {
    /// At a venue that is known already, or at one to be picked.
    pub(super) fn at(venue: Option<Uuid>) -> Self {
        Self { venue, ..Self::default() }
    }

    /// What they say.
    ///
    /// # Errors
    /// Names the first field that is missing.
    pub(super) fn read(&self) -> Result<GatheringDraft, FieldError> {
        let starts_ms = js_sys::Date::parse(&self.when);
        if starts_ms.is_nan() {
            return Err(FieldError::coded("starts_ms", FieldCode::Missing, "is missing"));
        }
        let (minutes, seats, needs_approval) = (self.minutes, self.seats, self.needs_approval);
        Ok(GatheringDraft {
            starts_ms: starts_ms as i64,
            minutes,
            venue: self.venue,
            address: self.address.clone(),
            seats,
            diets: Vec::new().into(),
            needs_approval,
        })
    }
}

/// Seats of an event to choose from; 3 is what the form begins with.
const EVENT_SEATS: [u32; 12] = [3, 5, 10, 20, 30, 50, 100, 200, 500, 1_000, 5_000, 10_000];

fn counts(numbers: &[u32]) -> Vec<(String, String)> {
    numbers.iter().map(|n| (n.to_string(), n.to_string())).collect()
}

/// How long it can be: a meal by half hours, an event up to two weeks.
fn lengths(board: Board) -> Vec<(String, String)> {
    let hours = (1..=8).map(|half| half * 30);
    let minutes: Vec<u32> = match board {
        Board::Event => hours.chain([360, 480, 720]).chain((1..=14).map(|days| days * 1_440)).collect(),
        Board::Buddy | Board::Info => hours.collect(),
    };
    let words = |n: u32| if n.is_multiple_of(1_440) { t!("write-days", count = n / 1_440) } else { format::minutes(n) };
    minutes.into_iter().map(|n| (n.to_string(), words(n))).collect()
}

/// The fields.
#[component]
pub(super) fn GatheringForm(
    board: Board,
    gathering: Signal<GatheringFields>,
    when: Option<String>,
    venue: Option<String>,
) -> Element {
    let mut gathering = gathering;
    let now = gathering();
    let numbers = |from: u32, to: u32, step: usize| {
        (from..=to).step_by(step).map(|n| (n.to_string(), n.to_string())).collect::<Vec<_>>()
    };
    rsx! {
        div {
            TextField {
                label: t!("write-when"),
                kind: "datetime-local",
                value: now.when.clone(),
                error: when,
                oninput: move |text| gathering.write().when = text,
            }
        }
        VenuePicker { venue: now.venue, error: venue, onpick: move |venue| gathering.write().venue = venue }
        if board == Board::Event {
            div {
                TextField {
                    label: t!("write-address"),
                    hint: t!("write-address-hint"),
                    value: now.address.clone(),
                    oninput: move |text| gathering.write().address = text,
                }
            }
        }
        div { class: "form-ways",
            Select {
                label: t!("write-seats"),
                value: now.seats.to_string(),
                options: if board == Board::Event { counts(&EVENT_SEATS) } else { numbers(1, 20, 1) },
                onchange: move |n: String| gathering.write().seats = n.parse().unwrap_or(3),
            }
            Select {
                label: t!("write-minutes"),
                value: now.minutes.to_string(),
                options: lengths(board),
                onchange: move |n: String| gathering.write().minutes = n.parse().unwrap_or(90),
            }
        }
        div {
            Segmented {
                label: t!("write-answer"),
                segments: vec![Segment::new(t!("write-open")), Segment::new(t!("write-asks"))],
                chosen: usize::from(now.needs_approval),
                onchoose: move |i| gathering.write().needs_approval = i == 1,
            }
        }
    }
}

/// The place: the one that was picked, or those to pick from, the nearest first.
#[component]
fn VenuePicker(venue: Option<Uuid>, error: Option<String>, onpick: EventHandler<Option<Uuid>>) -> Element {
    let mut words = use_signal(String::new);
    let picked = use_resource(use_reactive!(|venue| async move {
        let place = call(GetPlace { id: venue? }).await.ok()?.record.place;
        Some((said(&place.name), place.district.unwrap_or_default()))
    }));
    let found = use_resource(move || async move {
        let q = Some(words()).filter(|q| !q.trim().is_empty());
        let center = SEARCH_CENTER().map(|spot| spot.position);
        let sort = if q.is_some() { PlaceSort::Relevance } else { PlaceSort::Distance };
        let query = PlaceQuery {
            q,
            lat: center.map(|c| c.lat),
            lon: center.map(|c| c.lon),
            radius_m: center.map(|_| NEAR_M),
            sort: center.map(|_| sort),
            limit: Some(VENUES),
            ..PlaceQuery::default()
        };
        let near = call(SearchPlaces { query: query.clone() }).await.map(|page| page.items).unwrap_or_default();
        if !near.is_empty() || center.is_none() {
            return near;
        }
        call(SearchPlaces { query: PlaceQuery { radius_m: None, ..query } })
            .await
            .map(|page| page.items)
            .unwrap_or_default()
    });
    if venue.is_some() {
        let (name, district) = picked.read().clone().flatten().unwrap_or_else(|| (t!("meal-venue"), String::new()));
        return rsx! {
            div { class: "venue",
                span { class: "text-field-label", {t!("write-venue")} }
                p { class: "venue-picked", Glyph { icon: Icon::MapPin, size: 18 } b { "{name}" } span { "{district}" } }
                Button { onclick: move |_| onpick.call(None), {t!("write-venue-other")} }
            }
        };
    }
    rsx! {
        div { class: "venue",
            TextField {
                label: t!("write-venue-search"),
                value: words(),
                error,
                oninput: move |text| words.set(text),
            }
            ul { class: "area-list", "aria-label": t!("write-venue"),
                for hit in found.read().clone().unwrap_or_default() {
                    li { key: "{hit.place.id}",
                        button {
                            r#type: "button",
                            class: "area-choice",
                            onclick: move |_| onpick.call(Some(hit.place.id)),
                            Glyph { icon: Icon::MapPin, size: 18 }
                            span { class: "venue-name", {said(&hit.place.name)} }
                            span { class: "venue-beside",
                                match hit.distance_m {
                                    Some(metres) => distance(metres),
                                    None => hit.place.district.clone().unwrap_or_else(|| hit.place.kind.name(lang()).to_owned()),
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
