//! Restaurants and other places to eat or to buy healthy food.

mod cuisine;
mod diet;
mod offline;
mod opening;
mod phone;
mod query;
mod suggestion;

pub use cuisine::{CUISINES, cuisine_name};
pub use diet::{MenuMark, Offer, PlaceDiet, imply_wider_diets};
pub use offline::{AREA_DAYS, AREA_PAGE, AreaPage, AreaPlace, AreaQuery, AreaSize, MAX_AREA_RADIUS_M, OfflineArea};
pub use opening::{OpenState, Opening};
pub use phone::{PhoneNumber, phone_numbers};
pub use query::{CellQuery, Cells, OpenAt, PlaceCell, PlaceQuery, PlaceSort};
pub use suggestion::{PlaceSuggestion, SuggestionQuery};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::coded;
use crate::geo::LatLon;
use crate::local_time::LocalDate;
use crate::source::Provenance;
use crate::text::Text;

coded! {
    /// What a place is.
    pub enum PlaceKind ("kind") {
        Restaurant = "restaurant", "음식점", "Restaurant";
        Cafe = "cafe", "카페", "Café";
        FastFood = "fast_food", "패스트푸드", "Fast food";
        FoodCourt = "food_court", "푸드코트", "Food court";
        IceCream = "ice_cream", "아이스크림", "Ice cream";
        Bar = "bar", "바", "Bar with food";
        Pub = "pub", "펍", "Pub with food";
        Bakery = "bakery", "빵집", "Bakery";
        HealthShop = "health_shop", "건강식품점", "Health food shop";
        Shop = "shop", "식료품점", "Food shop";
        Other = "other", "기타", "Other";
    }
}

/// A dish on a place's menu, with what the source marks it as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MenuItem {
    /// The dish as the menu has it.
    pub name: String,
    /// How it is served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<MenuMark>,
    /// How it can be had on request, as "비건가능" says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_request: Option<MenuMark>,
    /// Price as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
}

coded! {
    /// How well it is known where a place is.
    #[derive(Default)]
    pub enum Accuracy ("accuracy") {
        #[default]
        Exact = "exact", "정확한 위치", "Exact position";
        Street = "street", "이 근처", "About here";
        District = "district", "위치 모름", "Position unknown";
    }
}

coded! {
    /// What a source can know of a place.
    pub enum PlaceFact ("fact") {
        Name = "name", "이름", "Name";
        Address = "address", "주소", "Address";
        Phone = "phone", "전화", "Phone";
        Website = "website", "웹사이트", "Website";
        Cuisines = "cuisines", "음식 종류", "Cuisine";
        Diets = "diets", "식단", "Diets";
        Menu = "menu", "메뉴", "Menu";
        Hours = "hours", "영업시간", "Hours";
    }
}

/// Another source of a place that several have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OtherSource {
    /// Which, and its record.
    pub provenance: Provenance,
    /// What is known from it alone; empty where it only says the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gave: Vec<PlaceFact>,
}

/// A place, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Place {
    /// Our id, see [`Provenance::id`].
    pub id: Uuid,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Other sources that have it too; their facts stand where the first had none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<OtherSource>,
    /// Its name.
    pub name: Text,
    /// What it is.
    pub kind: PlaceKind,
    /// Where it is; ways and relations by their centre, and what is known by its district alone by that one's.
    pub position: LatLon,
    /// How well that is known.
    #[serde(default, skip_serializing_if = "Accuracy::is_exact")]
    pub accuracy: Accuracy,
    /// The address in one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// District or city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// Telephone number as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Web address, always http or https.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Cuisine codes in OpenStreetMap's spelling; names by [`cuisine_name`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cuisines: Vec<String>,
    /// Diets it serves; an absent one is unknown.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub diets: BTreeMap<PlaceDiet, Offer>,
    /// The menu, as far as the source gives it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub menu: Vec<MenuItem>,
    /// Opening hours as the source has them (OpenStreetMap's `opening_hours` language).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// IANA time zone of the position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// ISO 3166 country of the position, for public holidays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

impl Accuracy {
    /// Whether the position is the place's own.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        *self == Self::Exact
    }
}

impl Place {
    /// A place of which only source, name, kind and position are known.
    #[must_use]
    pub fn new(provenance: Provenance, name: Text, kind: PlaceKind, position: LatLon) -> Self {
        Self {
            id: provenance.id(),
            provenance,
            also: Vec::new(),
            name,
            kind,
            position,
            accuracy: Accuracy::Exact,
            address: None,
            district: None,
            phone: None,
            website: None,
            cuisines: Vec::new(),
            diets: BTreeMap::new(),
            menu: Vec::new(),
            hours: None,
            zone: None,
            country: None,
        }
    }
}

/// Where the words of a search stand, when the name does not tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundIn {
    /// In which of the place's facts.
    pub fact: PlaceFact,
    /// The words around it: the dish, the cuisine, the address.
    pub text: Text,
}

/// What a list shows of a place and what does not change from query to query.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceCard {
    /// Our id.
    pub id: Uuid,
    /// Its name.
    pub name: Text,
    /// What it is.
    pub kind: PlaceKind,
    /// Where it is.
    pub position: LatLon,
    /// How well that is known.
    #[serde(default, skip_serializing_if = "Accuracy::is_exact")]
    pub accuracy: Accuracy,
    /// District or city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// Cuisine codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cuisines: Vec<String>,
    /// Diets it serves.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub diets: BTreeMap<PlaceDiet, Offer>,
}

impl From<&Place> for PlaceCard {
    fn from(p: &Place) -> Self {
        Self {
            id: p.id,
            name: p.name.clone(),
            kind: p.kind,
            position: p.position,
            accuracy: p.accuracy,
            district: p.district.clone(),
            cuisines: p.cuisines.clone(),
            diets: p.diets.clone(),
        }
    }
}

/// A place found: the card, and what depends on where and when one asks. The server puts a stored
/// card's bytes in place of `C`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceHit<C = PlaceCard> {
    /// The card.
    pub place: C,
    /// Straight distance in metres from the query's position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<u32>,
    /// Rough walking time in minutes, see [`crate::geo::walking_minutes`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk_minutes: Option<u32>,
    /// Open or not at the query's time.
    pub opening: Opening,
    /// Where the query's words were found, when that is not the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found_in: Option<FoundIn>,
}

/// A place's page: everything, and open or not now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceDetails {
    /// The place.
    pub place: Place,
    /// Open or not now.
    pub opening: Opening,
    /// The coming seven days, today first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub week: Vec<DayHours>,
    /// Whether it has hours in a country whose public holidays are not known: they are told as if there were none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub holidays_unknown: bool,
}

/// When a place is open on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayHours {
    /// The date, `2026-10-09`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub date: LocalDate,
    /// Spans that begin on this day: `["11:00", "22:00"]`; the end may be past midnight.
    pub open: Vec<(String, String)>,
    /// Whether a part of the day is unknown.
    pub unknown: bool,
}
