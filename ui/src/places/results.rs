//! What was found: one set, which list and map both show.

use dioxus::prelude::*;
use hnh_domain::calls::{CountPlaces, SearchPlaces};
use hnh_domain::geo::{Bounds, LatLon};
use hnh_domain::page::MAX_LIMIT;
use hnh_domain::places::{Accuracy, CellQuery, PlaceCell, PlaceDiet, PlaceHit, PlaceQuery, PlaceSort};
use hnh_domain::problem::Problem;

use super::list_sheet::Height;
use super::map::{Bubble, Point, Shown, View};
use crate::core::call;
use crate::format;
use crate::i18n::said;
use crate::needs::place_diets;
use crate::position::SEARCH_CENTER;

/// Seoul City Hall, where the product began: the middle of a search before anybody said where they are.
pub(super) const CITY_HALL: LatLon = LatLon { lat: 37.5663, lon: 126.9779 };
/// Within this distance a place is near, in metres: an hour on foot, some minutes by bus.
const NEAR_M: u32 = 5_000;
/// As far as one goes for a certain dish, in metres: across a city.
const REGION_M: u32 = 30_000;
/// What the map shows around a position where there is nothing else to show, in metres.
const STAY_M: f64 = 1_500.0;
/// With fewer places near, those farther away are listed too.
const ENOUGH: usize = 3;
/// Places of a page around a position.
const PAGE: u32 = 50;
/// The zoom of the map cells that are only counted and not drawn.
const COUNT_ZOOM: u8 = 8;

/// A search as it is carried out: the address's wishes, around a position or in a part of the map.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    /// What the address says.
    pub(super) wishes: PlaceQuery,
    /// The middle: what the address says, else the person's place, else that of the part of the map.
    pub(super) center: LatLon,
    /// Whether that middle is anybody's choice.
    pub(super) known: bool,
    /// What the person needs beside what the address says.
    pub(super) needs: Vec<PlaceDiet>,
}

impl Asked {
    pub(super) fn new(wishes: PlaceQuery) -> Self {
        let stated = wishes.center().ok().flatten().or_else(|| SEARCH_CENTER().map(|spot| spot.position));
        let center = stated.or_else(|| wishes.bbox.map(|bbox| bbox.center())).unwrap_or(CITY_HALL);
        let needs = place_diets().into_iter().filter(|diet| !wishes.diet.contains(diet)).collect();
        Self { known: stated.is_some() || wishes.bbox.is_some(), wishes, center, needs }
    }

    /// The query for the core, not farther than `radius_m`.
    fn query(&self, radius_m: Option<u32>, limit: u32) -> PlaceQuery {
        let found_by_words = self.wishes.q.is_some();
        let usual = if found_by_words { PlaceSort::Relevance } else { PlaceSort::Distance };
        PlaceQuery {
            lat: Some(self.center.lat),
            lon: Some(self.center.lon),
            radius_m: radius_m.filter(|_| self.wishes.bbox.is_none()),
            sort: Some(self.wishes.sort.unwrap_or(usual)),
            limit: Some(limit),
            diet: [&self.wishes.diet[..], &self.needs].concat().into(),
            ..self.wishes.clone()
        }
    }

    /// How many places the person's needs hide here; nothing where they hide none, or where that cannot be counted.
    pub(super) async fn hidden(&self) -> Option<u64> {
        if self.needs.is_empty() {
            return None;
        }
        let all = Self { needs: Vec::new(), ..self.clone() }.count().await.ok()?;
        Some(all.saturating_sub(self.count().await.ok()?))
    }

    /// The same part of the world with other wishes.
    pub(super) fn with(&self, wishes: PlaceQuery) -> Self {
        Self { wishes, ..self.clone() }
    }

    /// How many places there are in the part of the map, or near its middle.
    pub(super) async fn count(&self) -> Result<u64, Problem> {
        let near = self.query(Some(NEAR_M), PAGE);
        let bbox = near.bbox.or_else(|| Some(around(self.center, f64::from(NEAR_M))));
        let places = PlaceQuery { bbox, sort: None, limit: None, ..near };
        Ok(call(CountPlaces { query: CellQuery { places, zoom: COUNT_ZOOM } }).await?.total)
    }

    /// Those whose hours at the time asked for are not known, if a time is asked for.
    pub(super) fn of_unknown_hours(&self) -> Option<Self> {
        self.wishes.open.is_some().then(|| self.with(PlaceQuery { hours_unknown: true, ..self.wishes.clone() }))
    }

    /// Finds the set; `zoom` is the map's.
    pub(super) async fn find(&self, zoom: f64) -> Result<Results, Problem> {
        if self.wishes.bbox.is_some() {
            return self.find_in_box(zoom).await;
        }
        // Words are looked for as far as one goes for a dish; where there are hardly any near ones, all.
        let near = Some(if self.wishes.q.is_some() { REGION_M } else { NEAR_M });
        let mut query = self.query(near, PAGE);
        let mut page = call(SearchPlaces { query: query.clone() }).await?;
        if page.items.len() < ENOUGH {
            query = self.query(None, PAGE);
            page = call(SearchPlaces { query: query.clone() }).await?;
        }
        let total = page.total.filter(|_| page.next.is_none());
        Ok(Results { asked: self.clone(), query, hits: page.items, next: page.next, total, cells: Vec::new() })
    }

    async fn find_in_box(&self, zoom: f64) -> Result<Results, Problem> {
        let query = self.query(None, MAX_LIMIT);
        let page = call(SearchPlaces { query: query.clone() }).await?;
        let mut results = Results {
            asked: self.clone(),
            query,
            hits: page.items,
            next: page.next,
            total: page.total,
            cells: Vec::new(),
        };
        if results.next.is_some() {
            let places = PlaceQuery { sort: None, limit: None, ..results.query.clone() };
            let zoom = zoom.clamp(0.0, 22.0) as u8;
            let counted = call(CountPlaces { query: CellQuery { places, zoom } }).await?;
            results.total = Some(counted.total);
            results.cells = counted.cells;
        }
        Ok(results)
    }
}

/// The set.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Results {
    /// What was asked for.
    pub(super) asked: Asked,
    query: PlaceQuery,
    /// The places so far in the order asked for.
    pub(super) hits: Vec<PlaceHit>,
    next: Option<String>,
    /// How many there are in all, where that is known.
    pub(super) total: Option<u64>,
    /// Where they are when a part of the map has more than the list holds: their counts add up to `total`.
    cells: Vec<PlaceCell>,
}

impl Results {
    /// Whether there are more to ask for; a part of the map is looked at more closely instead.
    pub(super) fn has_more(&self) -> bool {
        self.next.is_some() && self.cells.is_empty()
    }

    /// The same with the next page.
    pub(super) async fn more(mut self) -> Result<Self, Problem> {
        let page = call(SearchPlaces { query: PlaceQuery { cursor: self.next.take(), ..self.query.clone() } }).await?;
        self.hits.extend(page.items);
        self.next = page.next;
        Ok(self)
    }

    fn near(&self) -> impl Iterator<Item = &PlaceHit> {
        let center = self.asked.center;
        let located = self.hits.iter().filter(|hit| hit.place.accuracy != Accuracy::District);
        located.filter(move |hit| center.distance_m(hit.place.position) <= f64::from(NEAR_M))
    }

    /// Whether nothing that was found is near, although near was meant.
    pub(super) fn nothing_near(&self) -> bool {
        self.asked.wishes.bbox.is_none() && self.near().next().is_none()
    }

    /// What the map draws: every place, or all of them counted by cells.
    pub(super) fn shown(&self, besides: &[PlaceHit]) -> Shown {
        let point = |hit: &PlaceHit| {
            let place = &hit.place;
            Point { id: place.id, name: said(&place.name), lat: place.position.lat, lon: place.position.lon }
        };
        let bubble = |cell: &PlaceCell| Bubble {
            lat: cell.position.lat,
            lon: cell.position.lon,
            count: cell.count,
            text: short_count(cell.count),
        };
        if self.cells.is_empty() {
            let located = |hit: &&PlaceHit| hit.place.accuracy != Accuracy::District;
            Shown { places: self.hits.iter().chain(besides).filter(located).map(point).collect(), cells: Vec::new() }
        } else {
            Shown { places: Vec::new(), cells: self.cells.iter().map(bubble).collect() }
        }
    }

    /// The box that the map shows of them: the middle with those that are near, else with the nearest; all that have the words.
    pub(super) fn bounds(&self, besides: &[PlaceHit]) -> Bounds {
        let center = self.asked.center;
        let start = Bounds { west: center.lon, south: center.lat, east: center.lon, north: center.lat };
        let wide = |b: Bounds, hit: &PlaceHit| {
            let p = hit.place.position;
            Bounds {
                west: b.west.min(p.lon),
                south: b.south.min(p.lat),
                east: b.east.max(p.lon),
                north: b.north.max(p.lat),
            }
        };
        if !self.nothing_near() || !besides.is_empty() {
            self.near().chain(besides).fold(start, wide)
        } else if self.asked.wishes.open.is_some() {
            // Those of unknown hours are here, and one that is open in another country is no reason to leave.
            around(center, STAY_M)
        } else {
            let located = self.hits.iter().filter(|hit| hit.place.accuracy != Accuracy::District);
            located.take(ENOUGH).fold(start, wide)
        }
    }
}

/// A box around a position whose sides are `metres` away.
fn around(center: LatLon, metres: f64) -> Bounds {
    const METRES_A_DEGREE: f64 = 111_195.0;
    let high = metres / METRES_A_DEGREE;
    let wide = high / center.lat.to_radians().cos().max(0.01);
    Bounds {
        west: (center.lon - wide).max(-180.0),
        south: (center.lat - high).max(-90.0),
        east: (center.lon + wide).min(180.0),
        north: (center.lat + high).min(90.0),
    }
}

/// A count that fits a bubble: `840`, `1.2k`, `54k`.
fn short_count(count: u32) -> String {
    match count {
        0..1_000 => count.to_string(),
        1_000..10_000 => format!("{}k", format::number(count as f32 / 1_000.0, 1)),
        _ => format!("{}k", count / 1_000),
    }
}

/// The page as it was left, so that coming back from a place finds it so.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Visit {
    /// The set shown last.
    pub(super) results: Option<Results>,
    /// Where the map looked.
    pub(super) view: Option<View>,
    /// How much of a phone's window the list took.
    pub(super) height: Height,
    /// How far the list was scrolled, in CSS pixels.
    pub(super) scrolled: i32,
}

/// The last visit.
pub(super) static VISIT: GlobalSignal<Visit> = Signal::global(Visit::default);

/// The set shown last, when it is what is asked for.
pub(super) fn known(asked: &Asked) -> Option<Results> {
    VISIT.peek().results.clone().filter(|results| results.asked == *asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_fit_their_bubbles() {
        assert_eq!(short_count(840), "840");
        assert_eq!(short_count(1_240), "1.2k");
        assert_eq!(short_count(54_196), "54k");
    }

    #[test]
    fn the_box_around_a_position_stays_on_the_earth() {
        for (lat, lon) in [(37.5, 127.0), (90.0, 180.0), (-90.0, -180.0)] {
            let b = around(LatLon { lat, lon }, 5_000.0);
            assert!(b.to_string().parse::<Bounds>().is_ok(), "{b}");
        }
    }
}
