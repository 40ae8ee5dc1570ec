//! Time zone and country of a position, from boundary data that comes with the program.

use std::sync::OnceLock;

use country_boundaries::{BOUNDARIES_ODBL_360X180, CountryBoundaries};
use hnh_domain::geo::LatLon;
use hnh_domain::places::Place;
use tzf_rs::DefaultFinder;

/// Answers from positions; the boundaries are unpacked when first asked for.
#[derive(Default)]
pub(crate) struct Locator {
    zones: OnceLock<DefaultFinder>,
    countries: OnceLock<Option<CountryBoundaries>>,
}

impl Locator {
    /// The IANA time zone, `Europe/Berlin`; none at sea.
    pub(crate) fn zone(&self, at: LatLon) -> Option<&str> {
        let name = self.zones.get_or_init(DefaultFinder::new).get_tz_name(at.lon, at.lat);
        (!name.is_empty() && !name.starts_with("Etc/")).then_some(name)
    }

    /// The ISO 3166-1 code of the country, `DE`.
    pub(crate) fn country(&self, at: LatLon) -> Option<&str> {
        let boundaries =
            self.countries.get_or_init(|| CountryBoundaries::from_reader(BOUNDARIES_ODBL_360X180).ok()).as_ref()?;
        let at = country_boundaries::LatLon::new(at.lat, at.lon).ok()?;
        // Parts of countries come first: "US-TX", then "US".
        boundaries.ids(at).into_iter().find(|id| id.len() == 2)
    }

    /// Fills in what the place's source did not state.
    pub(crate) fn complete(&self, place: &mut Place) {
        if place.zone.is_none() {
            place.zone = self.zone(place.position).map(Into::into);
        }
        if place.country.is_none() {
            place.country = self.country(place.position).map(Into::into);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_and_the_open_sea() {
        let locator = Locator::default();
        let at = |lat, lon| LatLon::new(lat, lon).unwrap();
        let both = |p| (locator.zone(p).unwrap_or("-").to_owned(), locator.country(p).unwrap_or("-").to_owned());
        assert_eq!(both(at(37.5663, 126.9779)), ("Asia/Seoul".into(), "KR".into()));
        assert_eq!(both(at(52.5219, 13.4132)), ("Europe/Berlin".into(), "DE".into()));
        assert_eq!(both(at(33.0, -97.0)), ("America/Chicago".into(), "US".into()));
        assert_eq!(both(at(0.0, -15.0)), ("-".into(), "-".into()));
    }
}
