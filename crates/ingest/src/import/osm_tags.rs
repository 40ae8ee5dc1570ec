//! What OpenStreetMap's tags say of a place to eat or to buy food.

use std::collections::BTreeMap;

use hnh_domain::geo::LatLon;
use hnh_domain::places::{Offer, Place, PlaceDiet, PlaceKind, imply_wider_diets};
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::{Lang, Text};

use super::sanitize::{LINE, NAME, clean, website};
use super::world::address;

/// Cuisines kept of one place.
const MOST_CUISINES: usize = 12;

/// `diet:*` keys that are read. OSM spells pescatarian with an e.
const DIETS: &[(&str, PlaceDiet)] = &[
    ("diet:vegan", PlaceDiet::Vegan),
    ("diet:vegetarian", PlaceDiet::Vegetarian),
    ("diet:pescetarian", PlaceDiet::Pescatarian),
    ("diet:gluten_free", PlaceDiet::GlutenFree),
    ("diet:lactose_free", PlaceDiet::LactoseFree),
    ("diet:halal", PlaceDiet::Halal),
    ("diet:kosher", PlaceDiet::Kosher),
    ("diet:healthy", PlaceDiet::Healthy),
];

/// An element's tags.
pub(super) type Tags<'a> = BTreeMap<&'a str, &'a str>;

/// What kind of place the tags describe; none when it is nothing for us.
pub(super) fn kind(tags: &Tags<'_>) -> Option<PlaceKind> {
    if is_gone(tags) {
        return None;
    }
    let amenity = |value: String| match value.as_str() {
        "restaurant" => Some(PlaceKind::Restaurant),
        "cafe" => Some(PlaceKind::Cafe),
        "fast_food" => Some(PlaceKind::FastFood),
        "food_court" => Some(PlaceKind::FoodCourt),
        "ice_cream" => Some(PlaceKind::IceCream),
        "bar" if has_food(tags) => Some(PlaceKind::Bar),
        "pub" if has_food(tags) => Some(PlaceKind::Pub),
        _ => None,
    };
    let kind = tags.get("amenity").and_then(|list| values(list).find_map(amenity));
    kind.or_else(|| match food_shop(tags.get("shop")?)? {
        PlaceKind::HealthShop => Some(PlaceKind::HealthShop),
        // Any bakery or grocery would be too much: those that care for a diet.
        kind => diets(tags).values().any(|offer| *offer >= Offer::Yes).then_some(kind),
    })
}

/// The values of a tag, of which mappers write several with semicolons, and some in capitals.
fn values(list: &str) -> impl Iterator<Item = String> {
    list.split(';').map(|value| value.trim().to_lowercase()).filter(|value| !value.is_empty())
}

/// Tags that say that what they stand beside is no more: <https://wiki.openstreetmap.org/wiki/Lifecycle_prefix>.
const GONE: &[&str] = &["disused", "abandoned", "demolished", "razed", "removed", "destroyed", "closed"];

/// Words with which a name says that the place is closed for good.
const CLOSED_NAMES: &[&str] =
    &["(closed)", "[closed]", "permanently closed", "(폐업)", "폐업", "(geschlossen)", "(fermé)", "(閉店)"];

/// Whether the tags say that the place is gone.
fn is_gone(tags: &Tags<'_>) -> bool {
    GONE.iter().any(|key| tags.get(key).is_some_and(|value| !matches!(value.trim(), "" | "no" | "No")))
        || tags.get("name").is_some_and(|name| says_closed(name))
}

/// Whether a name says that the place is closed for good.
fn says_closed(name: &str) -> bool {
    let name = name.to_lowercase();
    CLOSED_NAMES.iter().any(|closed| name.contains(closed))
}

fn has_food(tags: &Tags<'_>) -> bool {
    let states = |key: &str| tags.get(key).is_some_and(|v| *v != "no");
    states("food") || states("cuisine") || diets(tags).values().any(|offer| offer.serves())
}

/// The kind of a shop that sells food.
pub(super) fn food_shop(shop: &str) -> Option<PlaceKind> {
    values(shop).find_map(|shop| one_food_shop(&shop))
}

fn one_food_shop(shop: &str) -> Option<PlaceKind> {
    Some(match shop {
        "health_food" | "healthfood" | "nutrition_supplements" | "organic" | "diet" | "herbalist" => {
            PlaceKind::HealthShop
        }
        "bakery" | "pastry" | "cake" => PlaceKind::Bakery,
        "ice_cream" => PlaceKind::IceCream,
        "supermarket" | "convenience" | "greengrocer" | "deli" | "confectionery" | "farm" | "food" | "grocery"
        | "coffee" | "tea" | "beverages" | "chocolate" | "cheese" | "frozen_food" | "butcher" | "seafood" | "dairy"
        | "nuts" | "wine" | "alcohol" | "foodcoop" | "general" | "kiosk" => PlaceKind::Shop,
        _ => return None,
    })
}

/// The place of an element, `node/123`.
pub(super) fn place(element: &str, position: LatLon, kind: PlaceKind, tags: &Tags<'_>) -> Place {
    let first = |keys: &[&str]| keys.iter().find_map(|k| tags.get(k).filter(|v| !v.trim().is_empty())).copied();
    let street = match (first(&["addr:street", "addr:place"]), first(&["addr:housenumber"])) {
        (Some(street), Some(number)) => Some(format!("{street} {number}")),
        (street, _) => street.map(str::to_owned),
    };
    let line = |text: &str| clean(text, LINE);
    let city = first(&["addr:city", "addr:town", "addr:village"]).and_then(|c| clean(c, NAME));
    let district = first(&["addr:district", "addr:suburb"]).and_then(|d| clean(d, NAME)).or_else(|| city.clone());
    let mut provenance = Provenance::new(Source::Osm, element);
    provenance.url = Some(format!("https://www.openstreetmap.org/{element}"));
    let name = name(tags).unwrap_or_else(|| Text::both(kind.name(Lang::Ko), kind.name(Lang::En)));
    Place {
        address: first(&["addr:full"])
            .and_then(line)
            .or_else(|| address(street.as_deref().and_then(line), first(&["addr:postcode"]).and_then(line), city)),
        district,
        phone: first(&["phone", "contact:phone", "contact:mobile"]).and_then(line),
        website: ["website", "contact:website", "url"].iter().find_map(|k| website(tags.get(k)?)),
        cuisines: cuisines(tags.get("cuisine").copied().unwrap_or("")),
        diets: diets(tags),
        hours: first(&["opening_hours"]).and_then(line),
        ..Place::new(provenance, name, kind, position)
    }
}

/// The name in the languages it is tagged in; `name` itself is in the place's own. Where it has none,
/// that of its chain or of who runs it; many a village inn has neither and is called what it is.
fn name(tags: &Tags<'_>) -> Option<Text> {
    let tag = |key: &str| tags.get(key).and_then(|v| clean(v, NAME));
    let own = ["name", "brand", "operator"].iter().find_map(|key| tag(key));
    let mut name = own.map(Text::detect).unwrap_or_default();
    name.ko = tag("name:ko").or(name.ko);
    if let Some(english) = tag("name:en") {
        // What looked English was only plain letters: "Zur Post".
        let own = name.en.replace(english).filter(|own| Some(own) != name.en.as_ref());
        name.local = name.local.or(own);
    }
    (!name.is_empty()).then_some(name)
}

/// Cuisine codes: lower case, underscores, each once.
pub(super) fn cuisines(value: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in value.split([';', ',']) {
        let code = clean(part, 40).unwrap_or_default().to_lowercase().replace(' ', "_");
        if !code.is_empty() && code != "yes" && !out.contains(&code) && out.len() < MOST_CUISINES {
            out.push(code);
        }
    }
    out
}

/// What the `diet:*` tags state.
fn diets(tags: &Tags<'_>) -> BTreeMap<PlaceDiet, Offer> {
    let mut diets = BTreeMap::new();
    for (key, diet) in DIETS {
        let value = tags.get(key).and_then(|list| values(list).next());
        let offer = match value.as_deref() {
            Some("yes") => Offer::Yes,
            Some("only") => Offer::Only,
            Some("no") => Offer::No,
            Some("limited") => Offer::Limited,
            _ => continue,
        };
        diets.insert(*diet, offer);
    }
    imply_wider_diets(&mut diets);
    diets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_count_when_they_have_food_and_bakeries_when_they_care() {
        let kind_of = |tags: &[(&'static str, &'static str)]| kind(&tags.iter().copied().collect());
        assert_eq!(kind_of(&[("amenity", "bar")]), None);
        assert_eq!(kind_of(&[("amenity", "pub"), ("food", "no")]), None);
        assert_eq!(kind_of(&[("amenity", "pub"), ("cuisine", "burger")]), Some(PlaceKind::Pub));
        assert_eq!(kind_of(&[("amenity", "bar"), ("diet:vegan", "no")]), None);
        assert_eq!(kind_of(&[("amenity", "bar"), ("diet:vegan", "limited")]), Some(PlaceKind::Bar));
        assert_eq!(kind_of(&[("shop", "bakery")]), None);
        assert_eq!(kind_of(&[("shop", "bakery"), ("diet:vegan", "yes")]), Some(PlaceKind::Bakery));
        assert_eq!(kind_of(&[("shop", "health_food")]), Some(PlaceKind::HealthShop));
        assert_eq!(kind_of(&[("building", "yes")]), None);
        assert_eq!(kind_of(&[("amenity", "restaurant;cafe")]), Some(PlaceKind::Restaurant));
        assert_eq!(kind_of(&[("amenity", "Cafe")]), Some(PlaceKind::Cafe));
        assert_eq!(kind_of(&[("amenity", "parking; cafe")]), Some(PlaceKind::Cafe));
        assert_eq!(kind_of(&[("shop", "books;health_food")]), Some(PlaceKind::HealthShop));
    }

    #[test]
    fn what_is_gone_is_left_out() {
        let kind_of = |tags: &[(&'static str, &'static str)]| kind(&tags.iter().copied().collect());
        for gone in [
            ("disused", "yes"),
            ("abandoned", "yes"),
            ("demolished", "2021"),
            ("name", "Zur Post (closed)"),
            ("name", "밥집 폐업"),
        ] {
            assert_eq!(kind_of(&[("amenity", "restaurant"), ("opening_hours", "24/7"), gone]), None, "{gone:?}");
        }
        for there in [("disused", "no"), ("name", "Closed Door"), ("disused:shop", "books")] {
            assert_eq!(kind_of(&[("amenity", "restaurant"), there]), Some(PlaceKind::Restaurant), "{there:?}");
        }
    }

    #[test]
    fn a_name_keeps_its_languages_apart() {
        let tags = Tags::from([("name", "Zur Post"), ("name:en", "Post Inn"), ("name:ko", "우체국집")]);
        let n = name(&tags).unwrap();
        assert_eq!(
            (n.ko.as_deref(), n.en.as_deref(), n.local.as_deref()),
            (Some("우체국집"), Some("Post Inn"), Some("Zur Post"))
        );
        assert_eq!(name(&Tags::from([("name", " ")])), None);
        assert_eq!(name(&Tags::from([("name", "Post"), ("name:en", "Post")])).unwrap().local, None);
    }

    #[test]
    fn four_states_of_a_diet() {
        let d = diets(&Tags::from([("diet:vegan", "only"), ("diet:halal", "no"), ("diet:kosher", "maybe")]));
        assert_eq!((d[&PlaceDiet::Vegan], d[&PlaceDiet::Vegetarian]), (Offer::Only, Offer::Only));
        assert_eq!(d[&PlaceDiet::Halal], Offer::No);
        assert_eq!(d.get(&PlaceDiet::Kosher), None);
        let d = diets(&Tags::from([("diet:vegan", "no"), ("diet:vegetarian", "limited")]));
        assert_eq!((d[&PlaceDiet::Vegan], d[&PlaceDiet::Vegetarian]), (Offer::No, Offer::Limited));
    }

    #[test]
    fn cuisines_are_codes() {
        assert_eq!(cuisines("Pizza; ice cream;pizza,"), ["pizza", "ice_cream"]);
    }
}
