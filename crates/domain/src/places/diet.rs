//! What diets a place serves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes::coded;

coded! {
    /// Diets a place can serve: OpenStreetMap's `diet:*` keys and the marks of Seoul's menus.
    pub enum PlaceDiet ("diet") {
        Vegan = "vegan", "비건", "Vegan";
        Vegetarian = "vegetarian", "채식", "Vegetarian";
        Pescatarian = "pescatarian", "페스코", "Pescatarian";
        GlutenFree = "gluten_free", "글루텐프리", "Gluten-free";
        LactoseFree = "lactose_free", "락토프리", "Lactose-free";
        Halal = "halal", "할랄", "Halal";
        Kosher = "kosher", "코셔", "Kosher";
        Healthy = "healthy", "건강식", "Healthy food";
    }
}

/// How a place serves a diet; a diet that is not stated is unknown and passes no filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    /// Stated as not served.
    No,
    /// A little, or on request.
    Limited,
    /// Served.
    Yes,
    /// Nothing else is served.
    Only,
}

impl Offer {
    /// Whether somebody with this diet finds a dish: `only`, `yes` or `limited`.
    #[must_use]
    pub fn serves(self) -> bool {
        self != Self::No
    }
}

/// A vegan dish is vegetarian, and a vegetarian dish suits a pescatarian: a place serves the wider diet at least as
/// well as the stricter one.
pub fn imply_wider_diets(diets: &mut BTreeMap<PlaceDiet, Offer>) {
    for (strict, wide) in [(PlaceDiet::Vegan, PlaceDiet::Vegetarian), (PlaceDiet::Vegetarian, PlaceDiet::Pescatarian)] {
        if let Some(offer) = diets.get(&strict).copied().filter(|offer| offer.serves()) {
            let stated = diets.entry(wide).or_insert(offer);
            *stated = (*stated).max(offer);
        }
    }
}

coded! {
    /// Seoul's marks of a dish, from the strictest to "everything".
    pub enum MenuMark ("mark") {
        Vegan = "vegan", "비건", "Vegan";
        Lacto = "lacto", "락토", "Lacto";
        Ovo = "ovo", "오보", "Ovo";
        LactoOvo = "lacto_ovo", "락토오보", "Lacto-ovo";
        Pesco = "pesco", "페스코", "Pesco";
        Ordinary = "ordinary", "일반식", "With meat";
    }
}
