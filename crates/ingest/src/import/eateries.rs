//! Named places to eat out of a map's tiles (OpenMapTiles' `poi` layer as GeoJSON): a name, a class and a position, made
//! from OpenStreetMap. Diets and hours are not in the tiles, so nothing is known of them.

use hnh_domain::geo::LatLon;
use hnh_domain::places::{Place, PlaceKind};
use hnh_domain::source::{Provenance, Source};

use super::closed::says_gone;
use super::geojson::Properties;
use super::sanitize::place_name;

/// Words that say what a place is, where the mapper knew no name.
const NO_NAMES: &[&str] = &["편의점", "치킨집", "식당", "카페", "음식점"];

/// The place of a feature; none where its name says that there is none.
pub(super) fn place(position: LatLon, properties: &Properties) -> Result<Option<Place>, String> {
    let words = properties.text("name").ok_or("no name")?;
    let name = place_name(&words).ok_or("no name")?;
    if NO_NAMES.contains(&words.trim()) || says_gone(&name) {
        return Ok(None);
    }
    let subclass = properties.text("subclass").unwrap_or_default();
    let kind: PlaceKind = subclass.parse().map_err(|_| format!("{subclass:?} is no place to eat"))?;
    // Tiles carry no ids: the same name at the same point is the same place.
    let source_id = format!("tile/{:.6},{:.6}/{}", position.lat, position.lon, words.trim());
    Ok(Some(Place::new(Provenance::new(Source::Osm, source_id), name, kind, position)))
}
