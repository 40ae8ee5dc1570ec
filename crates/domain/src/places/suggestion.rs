//! What one may mean while typing a search for places.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calls::Area;
use crate::geo::LatLon;
use crate::problem::FieldError;
use crate::text::Text;
use crate::written;

/// What was typed so far, and where the search is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default, deny_unknown_fields)]
pub struct SuggestionQuery {
    /// The words so far.
    #[cfg_attr(
        feature = "openapi",
        param(
            max_length = 100,
            pattern = "^[^\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"
        )
    )]
    pub q: String,
    /// Latitude of the search's centre in degrees; goes with `lon`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = -90, maximum = 90))]
    pub lat: Option<f64>,
    /// Longitude of the search's centre in degrees; goes with `lat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = -180, maximum = 180))]
    pub lon: Option<f64>,
}

/// The longest text that is completed, in characters.
const MAX_TYPED: usize = 100;

impl SuggestionQuery {
    /// The words, and the centre if one is given.
    ///
    /// # Errors
    /// Names the field that is wrong.
    pub fn checked(&self) -> Result<(String, Option<LatLon>), FieldError> {
        let q = written::line("q", &self.q, 0, MAX_TYPED)?;
        // One without the other says nothing, but is no reason to take what is none.
        let position = LatLon::new(self.lat.unwrap_or_default(), self.lon.unwrap_or_default())?;
        Ok((q, self.lat.zip(self.lon).map(|_| position)))
    }
}

/// One thing that may be meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlaceSuggestion {
    /// A district, a neighbourhood or a station to search around.
    Area {
        /// Which.
        area: Area,
        /// Whether it is called just what was typed.
        exact: bool,
    },
    /// A dish or a cuisine to search for.
    Word(Text),
    /// A place.
    Place {
        /// Its id.
        id: Uuid,
        /// Its name.
        name: Text,
        /// District or city.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        district: Option<String>,
    },
}
