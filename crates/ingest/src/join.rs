//! Places that several records tell of, made one: a node and a way of the map, a list and the map, two lists.
//!
//! Two records are one place where their names agree and they lie close together, or where names and telephone numbers
//! agree. Branches differ in their names, or in their numbers; a chain's bare name twice in a street may be two houses.
//! The record that is kept has the id, and from the others it takes what it does not know itself; which source gave what
//! is written down ([`OtherSource`]).

use std::collections::{BTreeMap, HashMap};

use hnh_domain::geo::LatLon;
use hnh_domain::places::{Accuracy, OtherSource, Place, PlaceFact, phone_numbers};
use hnh_domain::source::Source;
use hnh_domain::text::Text;

/// Records of one name are one place up to this distance in metres: a building's middle is not its door.
const NEAR_M: f64 = 60.0;
/// The same where a position was reckoned from its street.
const NEAR_STREET_M: f64 = 200.0;
/// Two points of the map with one name, both drawn as points, up to this.
const SAME_POINT_M: f64 = 25.0;
/// Squares in which neighbours are looked for, in degrees: wider than any distance above at 60° north.
const SQUARE: f64 = 0.004;

/// What joining did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Joined {
    /// Records that went into another.
    pub(crate) records: usize,
}

/// Joins the records; the first of a place in [`rank`] is kept. The order of what is kept is as it was.
pub(crate) fn join(places: Vec<Place>) -> (Vec<Place>, Joined) {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_cached_key(|i| rank(&places[*i]));
    let mut kept: Vec<Option<Place>> = places.into_iter().map(Some).collect();
    let mut seen = Seen::default();
    let mut joined = Joined::default();
    for i in order {
        let Some(place) = kept[i].take() else { continue };
        let names = names(&place.name);
        let numbers = numbers(&place);
        match seen.same(&place, &names, &numbers, &kept) {
            Some(first) => {
                if let Some(first) = &mut kept[first] {
                    tracing::debug!(kept = ?first.name, from = %first.provenance.source, joined = ?place.name, with = %place.provenance.source, "one place");
                    merge(first, place);
                    joined.records += 1;
                }
                // What it is called and where it can be rung is known of the place from now on.
                seen.add(first, None, &names, &numbers);
            }
            None => {
                seen.add(i, placed(&place), &names, &numbers);
                kept[i] = Some(place);
            }
        }
    }
    (kept.into_iter().flatten().collect(), joined)
}

/// Which record of a place is kept: what people may have kept as a favourite first, then by how much it tells.
fn rank(place: &Place) -> (u8, std::cmp::Reverse<usize>, uuid::Uuid) {
    let source = match place.provenance.source {
        Source::Osm if place.provenance.source_id.starts_with("tile/") => 4,
        Source::SeoulGoodPrice => 2,
        Source::GoodPrice => 3,
        Source::Busan => 1,
        _ => 0,
    };
    (source, std::cmp::Reverse(facts(place).len()), place.id)
}

/// Where it lies, if that is known at all.
fn placed(place: &Place) -> Option<LatLon> {
    (place.accuracy != Accuracy::District).then_some(place.position)
}

/// The places that are kept, by squares and by numbers.
#[derive(Default)]
struct Seen {
    squares: HashMap<(i32, i32), Vec<usize>>,
    names: HashMap<usize, Vec<String>>,
    /// By name and number.
    numbers: HashMap<(String, String), usize>,
}

impl Seen {
    fn add(&mut self, i: usize, position: Option<LatLon>, names: &[String], numbers: &[String]) {
        if let Some(position) = position {
            self.squares.entry(square(position)).or_default().push(i);
        }
        self.names.entry(i).or_default().extend_from_slice(names);
        for name in names {
            for number in numbers {
                self.numbers.entry((name.clone(), number.clone())).or_insert(i);
            }
        }
    }

    /// The kept place that the record is of, the nearest where several come into question.
    fn same(&self, place: &Place, names: &[String], numbers: &[String], kept: &[Option<Place>]) -> Option<usize> {
        if let Some(position) = placed(place) {
            let (lat, lon) = square(position);
            let around = (lat - 1..=lat + 1).flat_map(|lat| (lon - 1..=lon + 1).map(move |lon| (lat, lon)));
            let candidates = around.filter_map(|square| self.squares.get(&square)).flatten().filter_map(|&i| {
                let other = kept[i].as_ref()?;
                let distance_m = position.distance_m(other.position);
                let known = self.names.get(&i)?;
                let same = names.iter().any(|name| known.contains(name))
                    && distance_m <= reach(place, other)
                    && !other_number(numbers, other);
                same.then_some((distance_m, i))
            });
            if let Some((_, found)) = candidates.min_by(|a, b| a.0.total_cmp(&b.0)) {
                return Some(found);
            }
        }
        let by_number = names.iter().flat_map(|name| numbers.iter().map(move |number| (name.clone(), number.clone())));
        let found = by_number.filter_map(|key| self.numbers.get(&key)).next().copied()?;
        // A chain's own number is that of all its houses.
        let other = kept[found].as_ref()?;
        let apart = placed(place).zip(placed(other)).is_some_and(|(a, b)| a.distance_m(b) > 10.0 * NEAR_STREET_M);
        (!apart).then_some(found)
    }
}

/// How far apart two records of one name may be, in metres.
fn reach(a: &Place, b: &Place) -> f64 {
    if [a, b].iter().any(|place| place.accuracy == Accuracy::Street) {
        return NEAR_STREET_M;
    }
    let is_point = |place: &Place| place.provenance.source_id.starts_with("node/");
    if is_point(a) && is_point(b) && a.provenance.source == b.provenance.source { SAME_POINT_M } else { NEAR_M }
}

/// Whether both can be rung, and never at the same number.
fn other_number(numbers: &[String], other: &Place) -> bool {
    let theirs = self::numbers(other);
    !numbers.is_empty() && !theirs.is_empty() && !numbers.iter().any(|number| theirs.contains(number))
}

fn square(position: LatLon) -> (i32, i32) {
    ((position.lat / SQUARE).floor() as i32, (position.lon / SQUARE).floor() as i32)
}

/// The names as they are compared: small letters and digits, without what stands in brackets. Names of one letter tell
/// nothing.
fn names(name: &Text) -> Vec<String> {
    let mut names: Vec<String> = name
        .iter()
        .map(|name| {
            let mut depth = 0_u32;
            let bare = name.chars().filter(|c| {
                match c {
                    '(' | '[' | '（' => depth += 1,
                    ')' | ']' | '）' => depth = depth.saturating_sub(1),
                    _ => return depth == 0,
                }
                false
            });
            bare.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
        })
        .filter(|name| name.chars().nth(1).is_some())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The telephone numbers as they are compared: the last eight digits, which tell apart within a country; relay numbers
/// (0507) and free ones belong to whoever rents them.
fn numbers(place: &Place) -> Vec<String> {
    let written = place.phone.as_deref().unwrap_or_default();
    let numbers = phone_numbers(written).into_iter().filter_map(|number| number.dialled).map(|dialled| {
        let digits: String = dialled.chars().filter(char::is_ascii_digit).collect();
        digits.get(digits.len().saturating_sub(8)..).unwrap_or_default().to_owned()
    });
    let relayed = written.trim_start().starts_with("050");
    numbers.filter(|number| number.len() >= 7 && !relayed).collect()
}

/// What the record tells beside its name and position.
fn facts(place: &Place) -> Vec<PlaceFact> {
    let known = [
        (PlaceFact::Address, place.address.is_some()),
        (PlaceFact::Phone, place.phone.is_some()),
        (PlaceFact::Website, place.website.is_some()),
        (PlaceFact::Cuisines, !place.cuisines.is_empty()),
        (PlaceFact::Diets, !place.diets.is_empty()),
        (PlaceFact::Menu, !place.menu.is_empty()),
        (PlaceFact::Hours, place.hours.is_some()),
    ];
    known.into_iter().filter(|(_, known)| *known).map(|(fact, _)| fact).collect()
}

/// Takes from another record what the first does not know.
fn merge(first: &mut Place, other: Place) {
    let missing = {
        let own = facts(first);
        facts(&other).into_iter().filter(move |fact| !own.contains(fact)).collect::<Vec<_>>()
    };
    let mut gave = missing;
    for fact in &gave {
        match fact {
            PlaceFact::Address => first.address.clone_from(&other.address),
            PlaceFact::Phone => first.phone.clone_from(&other.phone),
            PlaceFact::Website => first.website.clone_from(&other.website),
            PlaceFact::Cuisines => first.cuisines.clone_from(&other.cuisines),
            PlaceFact::Diets => first.diets.clone_from(&other.diets),
            PlaceFact::Menu => first.menu.clone_from(&other.menu),
            PlaceFact::Hours => first.hours.clone_from(&other.hours),
            PlaceFact::Name => {}
        }
    }
    let named = first.name.clone();
    let Text { ko, en, .. } = other.name;
    first.name.ko = first.name.ko.take().or(ko);
    first.name.en = first.name.en.take().or(en);
    if first.name != named {
        gave.push(PlaceFact::Name);
    }
    if first.district.is_none() {
        first.district = other.district;
    }
    let better = |accuracy| match accuracy {
        Accuracy::Exact => 0,
        Accuracy::Street => 1,
        Accuracy::District => 2,
    };
    if better(other.accuracy) < better(first.accuracy) {
        (first.position, first.accuracy) = (other.position, other.accuracy);
    }
    let mut sources: BTreeMap<_, _> = first.also.drain(..).map(|other| (other.provenance.id(), other)).collect();
    let id = other.provenance.id();
    sources.entry(id).or_insert(OtherSource { provenance: other.provenance, gave });
    first.also = sources.into_values().chain(other.also).collect();
}

#[cfg(test)]
mod tests {
    use hnh_domain::places::PlaceKind;
    use hnh_domain::source::Provenance;

    use super::*;

    const HERE: LatLon = LatLon { lat: 37.5, lon: 127.03 };

    /// A record some metres north of here.
    fn record(source: Source, id: &str, name: &str, metres: f64) -> Place {
        let position = LatLon { lat: HERE.lat + metres / 111_195.0, lon: HERE.lon };
        Place::new(Provenance::new(source, id), Text::detect(name), PlaceKind::Restaurant, position)
    }

    fn left(places: Vec<Place>) -> Vec<Place> {
        join(places).0
    }

    #[test]
    fn a_node_and_its_building_are_one_place_with_the_facts_of_both() {
        let way = Place { hours: Some("Mo-Su 10:00-20:00".into()), ..record(Source::Osm, "way/1", "Green Bowl", 14.0) };
        let node = Place { phone: Some("02-123-4567".into()), ..record(Source::Osm, "node/1", "GREEN  bowl", 0.0) };
        let joined = left(vec![node, way]);
        assert_eq!(joined.len(), 1);
        let place = &joined[0];
        assert!(place.hours.is_some() && place.phone.is_some());
        assert_eq!(place.also.len(), 1);
        assert_eq!(place.also[0].gave.len(), 1, "the fact that the first did not know");
    }

    #[test]
    fn branches_and_bare_chains_stay_apart() {
        let apart = |a: Place, b: Place| left(vec![a, b]).len() == 2;
        let osm = |id, name, metres| record(Source::Osm, id, name, metres);
        assert!(apart(osm("node/1", "본죽 강남점", 0.0), osm("node/2", "본죽 역삼점", 20.0)));
        assert!(apart(osm("node/1", "본죽", 0.0), osm("node/2", "본죽", 40.0)), "two points may be two houses");
        assert!(!apart(osm("node/1", "본죽", 0.0), osm("node/2", "본죽", 10.0)));
        assert!(apart(osm("node/1", "본죽", 0.0), osm("way/2", "본죽", 90.0)));
        let rung = |id, number: &str| Place { phone: Some(number.into()), ..osm(id, "본죽", 0.0) };
        assert!(apart(rung("node/1", "02-111-2222"), rung("way/2", "02-333-4444")));
        assert!(!apart(rung("node/1", "02-111-2222"), rung("way/2", "+82 2 111 2222")));
    }

    #[test]
    fn lists_meet_the_map_by_name_and_street_or_number() {
        let street = Place {
            accuracy: Accuracy::Street,
            hours: Some("11:00~21:00".into()),
            ..record(Source::SeoulGoodPrice, "1", "감베로니", 120.0)
        };
        let tile = record(Source::Osm, "tile/1", "감베로니 (Gamberoni)", 0.0);
        let joined = left(vec![tile, street]);
        assert_eq!((joined.len(), joined[0].accuracy), (1, Accuracy::Exact));
        assert_eq!(joined[0].position, HERE, "the measured position is the better one");

        let district = |source, id, number: &str| Place {
            accuracy: Accuracy::District,
            phone: Some(number.into()),
            ..record(source, id, "번동식당", 0.0)
        };
        let seoul = district(Source::SeoulGoodPrice, "5", "02-985-0370");
        let korea = district(Source::GoodPrice, "5", "02-985-0370");
        let elsewhere = district(Source::GoodPrice, "6", "051-985-9999");
        assert_eq!(left(vec![seoul, korea, elsewhere]).len(), 2);
    }

    #[test]
    fn the_order_does_not_matter() {
        let records = || {
            vec![
                record(Source::Busan, "1", "해운대 국밥", 0.0),
                record(Source::Osm, "node/9", "해운대국밥", 30.0),
                record(Source::Osm, "tile/9", "해운대국밥", 35.0),
            ]
        };
        let mut turned = records();
        turned.reverse();
        let ids = |places: Vec<Place>| left(places).into_iter().map(|place| place.id).collect::<Vec<_>>();
        assert_eq!(ids(records()), ids(turned));
        assert_eq!(ids(records()).len(), 1);
    }
}
