//! What was found: one set, which list and map both show.

use dioxus::prelude::*;
use hnh_domain::calls::{CountPlaces, SearchPlaces};
use hnh_domain::geo::Bounds;
use hnh_domain::page::MAX_LIMIT;
use hnh_domain::problem::Problem;
use hnh_domain::restaurants::{CellQuery, PlaceCell, PlaceHit, PlaceQuery};

use super::map::{Bubble, Point, Shown};
use crate::core::call;
use crate::format;
use crate::i18n::said;

/// The set.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Results {
    /// The first places in the order asked for: all of them, or as many as a list can use.
    pub(super) hits: Vec<PlaceHit>,
    /// How many there are in all.
    pub(super) total: u64,
    /// Where they are when they are more than the list holds: their counts add up to `total`.
    cells: Vec<PlaceCell>,
}

impl Results {
    /// What the map draws: every place, or all of them counted by cells.
    pub(super) fn shown(&self) -> Shown {
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
            Shown { places: self.hits.iter().map(point).collect(), cells: Vec::new() }
        } else {
            Shown { places: Vec::new(), cells: self.cells.iter().map(bubble).collect() }
        }
    }

    /// The smallest box around the places of the list.
    pub(super) fn bounds(&self) -> Option<Bounds> {
        let mut positions = self.hits.iter().map(|hit| hit.place.position);
        let first = positions.next()?;
        let start = Bounds { west: first.lon, south: first.lat, east: first.lon, north: first.lat };
        Some(positions.fold(start, |b, p| Bounds {
            west: b.west.min(p.lon),
            south: b.south.min(p.lat),
            east: b.east.max(p.lon),
            north: b.north.max(p.lat),
        }))
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

/// Asks for the set of a query; `zoom` is the map's.
pub(super) async fn find(query: PlaceQuery, zoom: f64) -> Result<Results, Problem> {
    let asked = PlaceQuery { limit: Some(MAX_LIMIT), ..query.clone() };
    let page = call(SearchPlaces { query: asked }).await?;
    let held = page.items.len() as u64;
    if page.next.is_none() || query.bbox.is_none() {
        return Ok(Results { hits: page.items, total: page.total.unwrap_or(held).max(held), cells: Vec::new() });
    }
    let places = PlaceQuery { sort: None, ..query };
    let zoom = zoom.clamp(0.0, 22.0) as u8;
    let counted = call(CountPlaces { query: CellQuery { places, zoom } }).await?;
    Ok(Results { hits: page.items, total: counted.total, cells: counted.cells })
}

/// The set shown last, so that coming back from a place finds the list as it was.
pub(super) static LAST: GlobalSignal<Option<(PlaceQuery, Results)>> = Signal::global(|| None);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_fit_their_bubbles() {
        assert_eq!(short_count(840), "840");
        assert_eq!(short_count(1_240), "1.2k");
        assert_eq!(short_count(54_196), "54k");
    }
}
