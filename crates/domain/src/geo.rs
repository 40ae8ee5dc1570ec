//! Positions on the Earth and what is computed from them.

use serde::{Deserialize, Serialize};

use crate::problem::FieldError;

/// Mean Earth radius in metres (IUGG R1).
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Walking speed in metres a minute: 4.8 km/h, the pace of an unhurried adult.
pub const WALK_M_PER_MIN: f64 = 80.0;

/// A street is rarely straight: walked distance over straight distance in cities.
pub const DETOUR: f64 = 1.25;

/// A WGS 84 position in degrees; always finite, latitude -90..=90, longitude -180..=180.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "RawLatLon")]
pub struct LatLon {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

#[derive(Deserialize)]
struct RawLatLon {
    lat: f64,
    lon: f64,
}

impl TryFrom<RawLatLon> for LatLon {
    type Error = FieldError;
    fn try_from(raw: RawLatLon) -> Result<Self, FieldError> {
        Self::new(raw.lat, raw.lon)
    }
}

impl LatLon {
    /// Checks the ranges.
    ///
    /// # Errors
    /// Names `lat` or `lon` when it is not a number in range.
    pub fn new(lat: f64, lon: f64) -> Result<Self, FieldError> {
        if !(-90.0..=90.0).contains(&lat) {
            return Err(FieldError::new("lat", "must be a number of degrees from -90 to 90"));
        }
        if !(-180.0..=180.0).contains(&lon) {
            return Err(FieldError::new("lon", "must be a number of degrees from -180 to 180"));
        }
        Ok(Self { lat, lon })
    }

    /// The position on a grid of a thousandth of a degree, about 100 m: what addresses may say, since others read them.
    #[must_use]
    pub fn coarse(self) -> Self {
        let on_grid = |degrees: f64| (degrees * 1_000.0).round() / 1_000.0;
        Self { lat: on_grid(self.lat), lon: on_grid(self.lon) }
    }

    /// Great-circle distance in metres by the haversine formula, good to 0.5 %; in the form with the sum of
    /// the latitudes, which needs no cosine: <https://en.wikipedia.org/wiki/Haversine_formula#Formulation>.
    #[must_use]
    pub fn distance_m(self, other: Self) -> f64 {
        let haversine = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
        let north = haversine(other.lat - self.lat);
        let h = north + (1.0 - north - haversine(other.lat + self.lat)) * haversine(other.lon - self.lon);
        2.0 * EARTH_RADIUS_M * h.sqrt().min(1.0).asin()
    }
}

/// Rough walking time in whole minutes, at least 1, for a straight distance in metres.
#[must_use]
pub fn walking_minutes(distance_m: f64) -> u32 {
    // A float-to-int cast saturates, which is what a silly distance deserves.
    ((distance_m * DETOUR / WALK_M_PER_MIN).round() as u32).max(1)
}

/// A box of the map; `west > east` means it crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Western edge, degrees east.
    pub west: f64,
    /// Southern edge, degrees north.
    pub south: f64,
    /// Eastern edge, degrees east.
    pub east: f64,
    /// Northern edge, degrees north.
    pub north: f64,
}

impl Bounds {
    /// Whether the position lies in the box, edges included.
    #[must_use]
    pub fn contains(&self, p: LatLon) -> bool {
        let in_lon = if self.west <= self.east {
            (self.west..=self.east).contains(&p.lon)
        } else {
            p.lon >= self.west || p.lon <= self.east
        };
        in_lon && (self.south..=self.north).contains(&p.lat)
    }

    /// The middle of the box.
    #[must_use]
    pub fn center(&self) -> LatLon {
        let width = if self.west <= self.east { self.east - self.west } else { self.east - self.west + 360.0 };
        let lon = self.west + width / 2.0;
        LatLon { lat: f64::midpoint(self.south, self.north), lon: if lon > 180.0 { lon - 360.0 } else { lon } }
    }
}

impl std::str::FromStr for Bounds {
    type Err = String;
    /// Reads `west,south,east,north` in degrees, the order of GeoJSON's `bbox`.
    fn from_str(text: &str) -> Result<Self, String> {
        let sides: Vec<f64> = text.split(',').map_while(|s| s.trim().parse().ok()).collect();
        match sides[..] {
            [west, south, east, north] if text.split(',').count() == 4 => {
                let valid = LatLon::new(south, west).is_ok() && LatLon::new(north, east).is_ok() && south <= north;
                valid.then_some(Self { west, south, east, north }).ok_or_else(|| {
                    "must be a box on the Earth: west,south,east,north in degrees, south below north".into()
                })
            }
            _ => Err("must be four numbers: west,south,east,north in degrees".into()),
        }
    }
}

impl std::fmt::Display for Bounds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{},{},{},{}", self.west, self.south, self.east, self.north)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn city_hall_to_gwanghwamun_is_about_a_kilometre() {
        let hall = LatLon::new(37.5663, 126.9779).unwrap();
        let gate = LatLon::new(37.5759, 126.9769).unwrap();
        assert!((hall.distance_m(gate) - 1_071.0).abs() < 5.0);
        assert_eq!(walking_minutes(1_071.0), 17);
    }

    #[test]
    fn a_box_over_the_antimeridian_holds_fiji() {
        let b: Bounds = "170,-20,-170,-10".parse().unwrap();
        assert!(b.contains(LatLon::new(-17.7, 178.0).unwrap()));
        assert!(!b.contains(LatLon::new(-17.7, 0.0).unwrap()));
        assert!((b.center().lon - 180.0).abs() < 1e-9);
    }

    #[test]
    fn nonsense_is_refused_with_the_field() {
        assert_eq!(LatLon::new(f64::NAN, 0.0).unwrap_err().field, "lat");
        assert_eq!(LatLon::new(0.0, 181.0).unwrap_err().field, "lon");
        assert!("1,2,3".parse::<Bounds>().is_err());
        assert!("1,2,3,x".parse::<Bounds>().is_err());
        assert!("0,50,1,40".parse::<Bounds>().is_err());
    }
}
