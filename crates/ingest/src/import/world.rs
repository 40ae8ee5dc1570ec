//! The file of vegetarian-friendly places of the world, made from OpenStreetMap.

use std::collections::BTreeMap;

use hnh_domain::geo::LatLon;
use hnh_domain::places::{Offer, Place, PlaceDiet, PlaceKind, imply_wider_diets};
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::Text;

use super::closed::says_gone;
use super::geojson::Properties;
use super::osm_tags::{cuisines, food_shop};
use super::sanitize::{LINE, NAME, clean, text, website};

/// The place of a feature; none where its name says that there is none.
pub(super) fn place(position: LatLon, properties: &Properties) -> Result<Option<Place>, String> {
    let id = properties.text("_id").filter(|id| id.bytes().all(|b| b.is_ascii_digit())).ok_or("no OSM id")?;
    let element = properties.text("_type").ok_or("no OSM element type (_type)")?;
    if !matches!(element.as_str(), "node" | "way" | "relation") {
        return Err(format!("\"{}\" is no OSM element", hnh_domain::codes::shorten(&element)));
    }
    let name = properties.text("name").and_then(|n| text(&n, NAME)).ok_or("no name")?;
    if is_nameless(&name) || says_gone(&name) {
        return Ok(None);
    }
    let category = properties.text("category").unwrap_or_default();
    let diets =
        diets(&category).ok_or_else(|| format!("unknown category \"{}\"", hnh_domain::codes::shorten(&category)))?;
    let field = |key: &str, longest| properties.text(key).and_then(|t| clean(&t, longest));
    let city = field("addr_city", NAME);
    let mut provenance = Provenance::new(Source::Osm, format!("{element}/{id}"));
    provenance.url = Some(format!("https://www.openstreetmap.org/{element}/{id}"));
    let kind = kind(&properties.text("icon").unwrap_or_default(), properties.text("shop").as_deref());
    Ok(Some(Place {
        address: address(field("addr_street", LINE), field("addr_postcode", 20), city.clone()),
        district: city,
        phone: field("contact_phone", LINE),
        website: properties.text("contact_website").as_deref().and_then(website),
        cuisines: cuisines(&properties.text("cuisine").unwrap_or_default()),
        diets,
        hours: field("opening_hours", LINE),
        ..Place::new(provenance, name, kind, position)
    }))
}

/// Whether the file calls it by its element, `way 863186237`, or by what stands there: nobody finds a place by that.
fn is_nameless(name: &Text) -> bool {
    name.iter().all(|name| {
        let element = name.split_once(' ').is_some_and(|(element, id)| {
            matches!(element, "node" | "way" | "relation") && id.bytes().all(|b| b.is_ascii_digit())
        });
        element || name.eq_ignore_ascii_case("vending machine")
    })
}

/// What a category says: "friendly" serves it, "only" nothing else, "limited" a little.
fn diets(category: &str) -> Option<BTreeMap<PlaceDiet, Offer>> {
    let (diet, offer) = match category {
        "vegan_only" => (PlaceDiet::Vegan, Offer::Only),
        "vegan_friendly" => (PlaceDiet::Vegan, Offer::Yes),
        "vegan_limited" => (PlaceDiet::Vegan, Offer::Limited),
        "vegetarian_only" => (PlaceDiet::Vegetarian, Offer::Only),
        "vegetarian_friendly" => (PlaceDiet::Vegetarian, Offer::Yes),
        _ => return None,
    };
    let mut diets = BTreeMap::from([(diet, offer)]);
    imply_wider_diets(&mut diets);
    Some(diets)
}

/// The file's icons stand for tags of amenity, shop, tourism, leisure and so on: some are no places to eat.
fn kind(icon: &str, shop: Option<&str>) -> PlaceKind {
    match icon {
        "restaurant" | "maki_restaurant-pizza" => PlaceKind::Restaurant,
        "cafe" => PlaceKind::Cafe,
        "fast_food" => PlaceKind::FastFood,
        "ice_cream" => PlaceKind::IceCream,
        "bar" => PlaceKind::Bar,
        "pub" => PlaceKind::Pub,
        "bakery" => PlaceKind::Bakery,
        "supermarket" | "convenience" | "confectionery" | "greengrocer" | "butcher" | "alcohol" => PlaceKind::Shop,
        _ => shop.and_then(food_shop).unwrap_or(PlaceKind::Other),
    }
}

/// Street, postcode and city in one line.
pub(super) fn address(street: Option<String>, postcode: Option<String>, city: Option<String>) -> Option<String> {
    let town = [postcode, city].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts: Vec<String> = street.into_iter().chain((!town.is_empty()).then_some(town)).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_serves_vegans_serves_vegetarians() {
        let d = diets("vegan_only").unwrap();
        assert_eq!((d[&PlaceDiet::Vegan], d[&PlaceDiet::Vegetarian]), (Offer::Only, Offer::Only));
        let d = diets("vegan_limited").unwrap();
        assert_eq!((d[&PlaceDiet::Vegan], d[&PlaceDiet::Vegetarian]), (Offer::Limited, Offer::Limited));
        assert_eq!(diets("vegetarian_friendly").unwrap().get(&PlaceDiet::Vegan), None);
        assert!(diets("steak_house").is_none());
    }

    #[test]
    fn what_is_no_place_to_eat_is_other() {
        assert_eq!(kind("hairdresser", Some("hairdresser")), PlaceKind::Other);
        assert_eq!(kind("maki_star-stroked", Some("health_food")), PlaceKind::HealthShop);
        assert_eq!(kind("maki_star-stroked", None), PlaceKind::Other);
    }

    #[test]
    fn an_element_is_no_name() {
        for (name, nameless) in
            [("way 863186237", true), ("node 12", true), ("Vending Machine", true), ("Way Out", false)]
        {
            assert_eq!(is_nameless(&Text::detect(name)), nameless, "{name}");
        }
    }

    #[test]
    fn an_address_needs_no_street() {
        assert_eq!(address(None, None, Some("Porto".into())).unwrap(), "Porto");
        assert_eq!(address(Some("Rua 1".into()), Some("4000".into()), None).unwrap(), "Rua 1, 4000");
        assert_eq!(address(None, None, None), None);
    }
}
