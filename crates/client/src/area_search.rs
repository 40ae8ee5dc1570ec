//! Searches in the areas that the device keeps: every condition of a query.
//!
//! All places of the areas around the query are looked at one by one; read once, ten thousand take a few milliseconds.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::rc::Rc;

use hnh_domain::geo::{Bounds, LatLon, walking_minutes};
use hnh_domain::page::Page;
use hnh_domain::places::{
    AreaPlace, CellQuery, Cells, Offer, OpenAt, OpenState, Opening, Place, PlaceCard, PlaceCell, PlaceDetails,
    PlaceHit, PlaceQuery, PlaceSort, cuisine_name,
};
use hnh_domain::problem::Problem;
use rusqlite::Row;
use uuid::Uuid;

use crate::store::{Store, corrupt_data, storage_error};
use crate::words::{Words, typed};
use crate::{Core, Host};

/// The cells of a map view are about 64 pixels of a 512-pixel tile wide.
const CELLS_A_TILE: f64 = 8.0;

/// A place that was read, with its words ready to be looked through.
pub(crate) struct KnownPlace {
    place: AreaPlace,
    title: Words,
    /// Name, dishes, cuisines and address.
    words: Words,
}

/// The places of the areas that were searched last.
pub(crate) struct ReadAreas {
    areas: Vec<Uuid>,
    places: Rc<[KnownPlace]>,
}

impl KnownPlace {
    fn of(place: AreaPlace) -> Self {
        let Place { name, menu, cuisines, address, district, .. } = &place.place;
        let cuisines: Vec<_> = cuisines.iter().map(|code| cuisine_name(code)).collect();
        let dishes = menu.iter().map(|dish| dish.name.as_str());
        let more = [address, district].into_iter().flatten().map(String::as_str);
        let all = name.iter().chain(dishes).chain(cuisines.iter().flat_map(|name| name.iter())).chain(more);
        Self { title: Words::of(name.iter()), words: Words::of(all), place }
    }

    fn fits(&self, query: &PlaceQuery, words: &[String]) -> bool {
        let place = &self.place.place;
        let serves = |diet| place.diets.get(diet).copied().is_some_and(Offer::serves);
        let alone = |diet| place.diets.get(diet) == Some(&Offer::Only);
        self.words.have_all(words)
            && query.diet.iter().all(serves)
            && query.only.iter().all(alone)
            && (query.kind.is_empty() || query.kind.contains(&place.kind))
            && (query.cuisine.is_empty() || query.cuisine.iter().any(|code| place.cuisines.contains(code)))
            && query.bbox.is_none_or(|bounds| bounds.contains(place.position))
    }

    /// Open or not when the query asks.
    fn opening(&self, query: &PlaceQuery, now_ms: i64) -> Opening {
        let at = match query.open {
            Some(OpenAt::Local(time)) => time,
            Some(OpenAt::Now) | None => self.place.local_time(now_ms),
        };
        self.place.opening(at)
    }
}

/// What a search found: the place, its distance and whether it is open.
struct Found<'places> {
    known: &'places KnownPlace,
    distance_m: Option<f64>,
    opening: Opening,
    in_title: bool,
}

/// The places that match, in the query's order.
fn find<'places>(
    places: &'places [KnownPlace],
    query: &PlaceQuery,
    now_ms: i64,
) -> Result<Vec<Found<'places>>, Problem> {
    let center = query.center()?;
    let words = typed(query.q.as_deref().unwrap_or_default());
    let found = places.iter().filter(|known| known.fits(query, &words)).filter_map(|known| {
        let distance_m = center.map(|center| center.distance_m(known.place.place.position));
        if distance_m.zip(query.radius_m).is_some_and(|(distance, radius)| distance > f64::from(radius)) {
            return None;
        }
        let opening = known.opening(query, now_ms);
        let wanted = if query.hours_unknown { OpenState::Unknown } else { OpenState::Open };
        if query.open.is_some() && opening.state != wanted {
            return None;
        }
        let in_title = known.title.have_all(&words);
        Some(Found { known, distance_m, opening, in_title })
    });
    let mut found: Vec<_> = found.collect();
    let nearest = |a: &Found<'_>, b: &Found<'_>| a.distance_m.partial_cmp(&b.distance_m).unwrap_or(Ordering::Equal);
    let by_name = |a: &Found<'_>, b: &Found<'_>| a.known.title.as_text().cmp(b.known.title.as_text());
    match query.sort() {
        PlaceSort::Distance => found.sort_by(nearest),
        PlaceSort::Name => found.sort_by(by_name),
        PlaceSort::Relevance => {
            found.sort_by(|a, b| b.in_title.cmp(&a.in_title).then_with(|| nearest(a, b)).then_with(|| by_name(a, b)));
        }
    }
    Ok(found)
}

/// A page of what a search found; the cursor is where it begins.
fn page(found: &[Found<'_>], query: &PlaceQuery) -> Result<Page<PlaceHit>, Problem> {
    let limit = query.limit()?;
    // A cursor of the server's begins anew.
    let start = query.cursor.as_deref().and_then(|cursor| cursor.parse().ok()).unwrap_or(0_usize);
    let hits = found.iter().skip(start).take(limit).map(|found| PlaceHit {
        place: PlaceCard::from(&found.known.place.place),
        distance_m: found.distance_m.map(|metres| metres.round() as u32),
        walk_minutes: found.distance_m.filter(|_| found.known.place.place.accuracy.is_exact()).map(walking_minutes),
        opening: found.opening,
        found_in: None,
    });
    let next = (start + limit < found.len()).then(|| (start + limit).to_string());
    Ok(Page { items: hits.collect(), next, total: Some(found.len() as u64) })
}

/// Counts what was found by map cell.
fn cells(found: &[Found<'_>], zoom: u8) -> Cells {
    let side = 360.0 / (f64::from(zoom).exp2() * CELLS_A_TILE);
    let mut cells: std::collections::BTreeMap<(i64, i64), (f64, f64, u32)> = std::collections::BTreeMap::new();
    for LatLon { lat, lon } in found.iter().map(|found| found.known.place.place.position) {
        let cell = cells.entry(((lat / side) as i64, (lon / side) as i64)).or_default();
        *cell = (cell.0 + lat, cell.1 + lon, cell.2 + 1);
    }
    let cells = cells.into_values().map(|(lat, lon, count)| PlaceCell {
        position: LatLon { lat: lat / f64::from(count), lon: lon / f64::from(count) },
        count,
    });
    Cells { cells: cells.collect(), total: found.len() as u64 }
}

/// An area that has places: its id, its middle, and how far around it they are, in metres.
type Circle = (Uuid, LatLon, u32);

/// Whether an area has something to say to a query: around its centre, or the middle of its box.
fn covers((_, position, radius_m): &Circle, query: &PlaceQuery) -> bool {
    let middle = query.center().ok().flatten().or(query.bbox.as_ref().map(Bounds::center));
    middle.is_none_or(|middle| position.distance_m(middle) <= f64::from(*radius_m))
}

impl Store {
    /// The areas that have places, without counting them: each search asks.
    fn circles(&self) -> Result<Vec<Circle>, Problem> {
        let sql = "SELECT id, lat, lon, radius_m FROM area a
                   WHERE EXISTS (SELECT 1 FROM area_place p WHERE p.area = a.id) ORDER BY made_ms DESC";
        let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
        let read = |row: &Row<'_>| {
            let id: String = row.get(0)?;
            Ok((id, LatLon { lat: row.get(1)?, lon: row.get(2)? }, row.get(3)?))
        };
        let rows = statement.query_map([], read).map_err(storage_error)?;
        let circle = |row: rusqlite::Result<(String, LatLon, u32)>| {
            let (id, position, radius_m) = row.map_err(storage_error)?;
            Ok((id.parse().map_err(storage_error)?, position, radius_m))
        };
        rows.map(circle).collect()
    }
}

/// Reads the places of some areas, each place once.
fn read(store: &Store, areas: &[Uuid]) -> Result<Vec<KnownPlace>, Problem> {
    let mut seen = HashSet::new();
    let mut places = Vec::new();
    for area in areas {
        for json in store.area_places(*area)? {
            let place: AreaPlace = serde_json::from_str(&json).map_err(corrupt_data)?;
            if seen.insert(place.place.id) {
                places.push(KnownPlace::of(place));
            }
        }
    }
    Ok(places)
}

impl<H: Host> Core<H> {
    /// The places of the areas that cover a query; nothing where none does.
    fn places_around(&self, query: &PlaceQuery) -> Result<Option<Rc<[KnownPlace]>>, Problem> {
        let areas: Vec<Uuid> =
            self.store().circles()?.iter().filter(|area| covers(area, query)).map(|(id, ..)| *id).collect();
        if areas.is_empty() {
            return Ok(None);
        }
        if let Some(read) = self.read_areas.borrow().as_ref().filter(|read| read.areas == areas) {
            return Ok(Some(Rc::clone(&read.places)));
        }
        let places: Rc<[KnownPlace]> = read(&self.store(), &areas)?.into();
        self.read_areas.replace(Some(ReadAreas { areas, places: Rc::clone(&places) }));
        Ok(Some(places))
    }

    /// Has the next search read the areas anew.
    pub(crate) fn forget_read_areas(&self) {
        self.read_areas.replace(None);
    }

    /// A search without a network, where an area covers it.
    pub(crate) fn search_areas(&self, query: &PlaceQuery) -> Result<Option<Page<PlaceHit>>, Problem> {
        let Some(places) = self.places_around(query)? else { return Ok(None) };
        page(&find(&places, query, self.host.now_ms())?, query).map(Some)
    }

    /// Counts by map cell without a network, where an area covers the box.
    pub(crate) fn count_areas(&self, query: &CellQuery) -> Result<Option<Cells>, Problem> {
        let Some(places) = self.places_around(&query.places)? else { return Ok(None) };
        Ok(Some(cells(&find(&places, &query.places, self.host.now_ms())?, query.zoom)))
    }

    /// A place's page without a network, where an area has the place.
    pub(crate) fn place_of_areas(&self, id: Uuid) -> Result<Option<PlaceDetails>, Problem> {
        let Some(json) = self.store().area_place(id)? else { return Ok(None) };
        let place: AreaPlace = serde_json::from_str(&json).map_err(corrupt_data)?;
        Ok(Some(place.details(self.host.now_ms())))
    }
}
