//! What one can ask for.

use serde::{Deserialize, Serialize};

use super::{PlaceDiet, PlaceKind};
use crate::codes::{List, coded, serde_as_text};
use crate::geo::{Bounds, LatLon};
use crate::limits::{check_limit, check_words, is_empty};
use crate::local_time::LocalTime;
use crate::problem::FieldError;

/// The greatest radius in metres.
const MAX_RADIUS_M: u32 = 100_000;

coded! {
    /// The order of places.
    pub enum PlaceSort ("sort") {
        Distance = "distance", "가까운 순", "Nearest first";
        Name = "name", "이름순", "By name";
        Relevance = "relevance", "관련도순", "Best match";
    }
}

/// An instant to be open at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OpenAt {
    /// Now, by the server's clock.
    Now,
    /// A wall-clock time at the place, `2026-10-09T19:30`.
    Local(LocalTime),
}

impl std::str::FromStr for OpenAt {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text == "now" {
            return Ok(Self::Now);
        }
        text.parse().map(Self::Local).map_err(|_| "must be now or a local time such as 2026-10-09T19:30".into())
    }
}

impl std::fmt::Display for OpenAt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Now => f.write_str("now"),
            Self::Local(time) => time.fmt(f),
        }
    }
}

serde_as_text!(OpenAt);

/// A search for places. All conditions must hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default, deny_unknown_fields)]
pub struct PlaceQuery {
    /// Words of the name, dish, cuisine or address; Korean also by initial consonants.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        param(
            max_length = 200,
            pattern = "^[^\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"
        )
    )]
    pub q: Option<String>,
    /// Latitude of the search centre in degrees; goes with `lon`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = -90, maximum = 90))]
    pub lat: Option<f64>,
    /// Longitude of the search centre in degrees; goes with `lat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = -180, maximum = 180))]
    pub lon: Option<f64>,
    /// Not farther than this many metres from the centre, 1 to 100,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100000))]
    pub radius_m: Option<u32>,
    /// Inside this box: west,south,east,north in degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, pattern = "^-?(180(\\.0+)?|(1[0-7])?[0-9](\\.[0-9]+)?|[1-9][0-9](\\.[0-9]+)?),-?(90(\\.0+)?|[1-8]?[0-9](\\.[0-9]+)?),-?(180(\\.0+)?|(1[0-7])?[0-9](\\.[0-9]+)?|[1-9][0-9](\\.[0-9]+)?),-?(90(\\.0+)?|[1-8]?[0-9](\\.[0-9]+)?)$", example = "126.9,37.5,127.1,37.6"))]
    pub bbox: Option<Bounds>,
    /// Any of these cuisines, separated by commas.
    #[serde(skip_serializing_if = "is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub cuisine: List<String>,
    /// All of these diets served, separated by commas.
    #[serde(skip_serializing_if = "is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<Vec<PlaceDiet>>, style = Form, explode = false, inline))]
    pub diet: List<PlaceDiet>,
    /// All of these diets served and nothing else, separated by commas: a vegan restaurant rather than one with vegan dishes.
    #[serde(skip_serializing_if = "is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<Vec<PlaceDiet>>, style = Form, explode = false, inline))]
    pub only: List<PlaceDiet>,
    /// Any of these kinds, separated by commas.
    #[serde(skip_serializing_if = "is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<Vec<PlaceKind>>, style = Form, explode = false, inline))]
    pub kind: List<PlaceKind>,
    /// Open now, or at a wall-clock time of the place: `now` or `2026-10-09T19:30`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, pattern = "^(now|20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9])$", example = "now"))]
    pub open: Option<OpenAt>,
    /// With `open`: the places whose hours are not known then, instead of the open ones.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hours_unknown: bool,
    /// The order; without it nearest first where there is a centre, else best match.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<PlaceSort>, inline))]
    pub sort: Option<PlaceSort>,
    /// Items on a page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u32>,
    /// Where the page before ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(min_length = 12, max_length = 1024, pattern = "^[A-Za-z0-9_-]*$"))]
    pub cursor: Option<String>,
}

impl PlaceQuery {
    /// The centre, if one is given.
    ///
    /// # Errors
    /// Names the coordinate that is out of range or missing.
    pub fn center(&self) -> Result<Option<LatLon>, FieldError> {
        match (self.lat, self.lon) {
            (Some(lat), Some(lon)) => LatLon::new(lat, lon).map(Some),
            (None, None) => Ok(None),
            (Some(_), None) => Err(FieldError::new("lon", "is missing: lat and lon go together")),
            (None, Some(_)) => Err(FieldError::new("lat", "is missing: lat and lon go together")),
        }
    }

    /// Items on the page.
    ///
    /// # Errors
    /// When `limit` is out of range.
    pub fn limit(&self) -> Result<usize, FieldError> {
        check_limit(self.limit)
    }

    /// The order that applies.
    #[must_use]
    pub fn sort(&self) -> PlaceSort {
        self.sort.unwrap_or(if self.lat.is_some() { PlaceSort::Distance } else { PlaceSort::Relevance })
    }

    /// Checks everything that its types do not.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn validate(&self) -> Result<(), FieldError> {
        let center = self.center()?;
        self.limit()?;
        check_words("q", self.q.as_deref().unwrap_or(""))?;
        if let Some(radius) = self.radius_m {
            if !(1..=MAX_RADIUS_M).contains(&radius) {
                return Err(FieldError::new("radius_m", format!("must be from 1 to {MAX_RADIUS_M} metres")));
            }
            if center.is_none() {
                return Err(FieldError::new("radius_m", "needs a centre: give lat and lon too"));
            }
        }
        if self.sort == Some(PlaceSort::Distance) && center.is_none() {
            return Err(FieldError::new("sort", "distance needs a centre: give lat and lon too"));
        }
        if self.hours_unknown && self.open.is_none() {
            return Err(FieldError::new("hours_unknown", "needs a time: give open too"));
        }
        if self.cuisine.len() > 20 {
            return Err(FieldError::new("cuisine", "must be at most 20 cuisines"));
        }
        Ok(())
    }
}

/// A count of places by map cell, for zooms at which single places would be too many. The other
/// conditions are those of [`PlaceQuery`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CellQuery {
    /// The conditions; `bbox` is needed, order and page are left aside.
    pub places: PlaceQuery,
    /// The map's zoom, 0 to 22; cells are about 64 pixels of a 512-pixel tile.
    pub zoom: u8,
}

/// The places of one map cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceCell {
    /// The middle of the places, not of the cell.
    pub position: LatLon,
    /// How many.
    pub count: u32,
}

/// The cells of a map view.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cells {
    /// Cells with at least one place.
    pub cells: Vec<PlaceCell>,
    /// The sum of their counts.
    pub total: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_reads_back_from_its_parameters() {
        let query = PlaceQuery {
            q: Some("비건 버거".into()),
            diet: vec![PlaceDiet::Vegan, PlaceDiet::GlutenFree].into(),
            open: Some(OpenAt::Local("2026-10-09T19:30".parse().unwrap())),
            bbox: Some("1,2,3,4".parse().unwrap()),
            ..Default::default()
        };
        let json = serde_json::to_string(&query).unwrap();
        assert!(json.contains(r#""diet":"vegan,gluten_free""#), "{json}");
        assert_eq!(serde_json::from_str::<PlaceQuery>(&json).unwrap(), query);
    }

    #[test]
    fn nonsense_names_its_field() {
        let field = |q: PlaceQuery| q.validate().unwrap_err().field;
        assert_eq!(field(PlaceQuery { lat: Some(91.0), lon: Some(0.0), ..Default::default() }), "lat");
        assert_eq!(field(PlaceQuery { lat: Some(1.0), ..Default::default() }), "lon");
        assert_eq!(
            field(PlaceQuery { lat: Some(1.0), lon: Some(1.0), radius_m: Some(0), ..Default::default() }),
            "radius_m"
        );
        assert_eq!(field(PlaceQuery { limit: Some(201), ..Default::default() }), "limit");
        assert_eq!(field(PlaceQuery { hours_unknown: true, ..Default::default() }), "hours_unknown");
        for text in ["2026-02-30T10:00", "2026-10-09", "2026-10-09T24:00", "gestern"] {
            assert!(text.parse::<OpenAt>().is_err(), "{text}");
        }
    }
}
