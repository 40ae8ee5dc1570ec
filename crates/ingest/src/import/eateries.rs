//! Named places to eat out of a map's tiles (OpenMapTiles' `poi` layer as GeoJSON): a name, a class and a position, made
//! from OpenStreetMap. Diets and hours are not in the tiles, so nothing is known of them.

use hnh_domain::geo::LatLon;
use hnh_domain::places::{Place, PlaceKind};
use hnh_domain::source::{Provenance, Source};

use super::geojson::Properties;
use super::sanitize::{NAME, text};

/// Names that say that a place is gone, or that are no place's name.
const NONE: &[&str] = &["폐업", "휴업", "편의점", "치킨집", "식당", "카페", "음식점"];

/// The place of a feature.
pub(super) fn place(position: LatLon, properties: &Properties) -> Result<Place, String> {
    let name = properties.text("name").ok_or("no name")?;
    if NONE.iter().any(|none| name.trim() == *none) || name.contains("폐업") {
        return Err(format!("{name:?} is no place to go to"));
    }
    let subclass = properties.text("subclass").unwrap_or_default();
    let kind: PlaceKind = subclass.parse().map_err(|_| format!("{subclass:?} is no place to eat"))?;
    // Tiles carry no ids: the same name at the same point is the same place.
    let source_id = format!("tile/{:.6},{:.6}/{}", position.lat, position.lon, name.trim());
    let provenance = Provenance::new(Source::Osm, source_id);
    Ok(Place {
        id: provenance.id(),
        provenance,
        name: text(&name, NAME).ok_or("no name")?,
        kind,
        position,
        address: None,
        district: None,
        phone: None,
        website: None,
        cuisines: Vec::new(),
        diets: Default::default(),
        menu: Vec::new(),
        hours: None,
        zone: None,
        country: None,
    })
}
