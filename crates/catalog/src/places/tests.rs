//! The index against a search that looks at every place.

use std::collections::BTreeMap;

use hnh_domain::geo::LatLon;
use hnh_domain::places::{MenuItem, Offer, OpenAt, OpenState, Place, PlaceCard, PlaceDiet, PlaceKind};
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::Text;
use hnh_hours::{Hours, local_time};
use proptest::prelude::*;
use proptest::sample::select;
use tempfile::TempDir;

use super::*;

/// Friday 9 October 2026, 19:30 in Berlin and 02:30 on Saturday in Seoul.
const NOW: i64 = 1_791_567_000_000;

fn place(number: u32, lat: f64, lon: f64) -> Place {
    let provenance = Provenance::new(Source::Osm, format!("node/{number}"));
    let name = Text { en: Some(format!("Place {number}")), ..Text::default() };
    Place {
        zone: Some("Europe/Berlin".into()),
        country: Some("DE".into()),
        ..Place::new(provenance, name, PlaceKind::Restaurant, LatLon { lat, lon })
    }
}

fn index(places: &[Place]) -> (TempDir, PlaceIndex) {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), places.to_vec()).unwrap();
    let index = PlaceIndex::open(dir.path()).unwrap();
    assert_eq!(index.len(), places.len());
    (dir, index)
}

fn ids(page: &Page<PlaceHit<&RawValue>>) -> Vec<Uuid> {
    page.items.iter().map(|hit| serde_json::from_str::<PlaceCard>(hit.place.get()).unwrap().id).collect()
}

/// The ids of all pages of a query, one after the other.
fn all_pages(index: &PlaceIndex, query: &PlaceQuery) -> Vec<Uuid> {
    let (mut query, mut found) = (query.clone(), Vec::new());
    loop {
        let page = index.search(&query, NOW).unwrap();
        found.extend(ids(&page));
        assert!(page.items.len() == query.limit().unwrap() || page.next.is_none(), "a page before the last is full");
        query.cursor = page.next;
        if query.cursor.is_none() {
            return found;
        }
    }
}

/// Whether the place matches, by the words of [`PlaceQuery`]'s documentation. Words are left aside.
fn matches(place: &Place, query: &PlaceQuery) -> bool {
    let center = query.center().unwrap();
    let offer = |diet: &PlaceDiet| place.diets.get(diet).copied();
    let suits = |diet: &PlaceDiet| offer(diet).is_some_and(|o| o.serves());
    // A place that is vegan alone is vegetarian alone.
    let vegan_alone = offer(&PlaceDiet::Vegan) == Some(Offer::Only);
    let alone = |diet: &PlaceDiet| {
        offer(diet) == Some(Offer::Only)
            || vegan_alone && matches!(diet, PlaceDiet::Vegetarian | PlaceDiet::Pescatarian)
    };
    let open = |at: &OpenAt| {
        let local = match at {
            OpenAt::Now => place.zone.as_deref().and_then(|zone| local_time(zone, NOW)),
            OpenAt::Local(text) => format!("{text}:00").parse().ok(),
        };
        let hours = place.hours.as_deref().and_then(|text| Hours::parse(text, place.country.as_deref()).ok());
        let state = hours.zip(local).map_or(OpenState::Unknown, |(hours, local)| hours.state_at(local));
        state == if query.hours_unknown { OpenState::Unknown } else { OpenState::Open }
    };
    query.diet.iter().all(suits)
        && query.only.iter().all(alone)
        && (query.kind.is_empty() || query.kind.contains(&place.kind))
        && (query.cuisine.is_empty() || query.cuisine.iter().any(|c| place.cuisines.contains(c)))
        && query.bbox.is_none_or(|bounds| bounds.contains(place.position))
        && query.open.as_ref().is_none_or(open)
        && center.zip(query.radius_m).is_none_or(|(c, radius)| c.distance_m(place.position) <= f64::from(radius))
}

fn nearest_by_hand(places: &[Place], query: &PlaceQuery) -> Vec<Uuid> {
    let center = query.center().unwrap().unwrap();
    let mut found: Vec<&Place> = places.iter().filter(|place| matches(place, query)).collect();
    let key = |place: &Place| (center.distance_m(place.position), place.id);
    found.sort_by(|a, b| key(a).0.total_cmp(&key(b).0).then(a.id.cmp(&b.id)));
    found.into_iter().map(|place| place.id).collect()
}

/// Positions all over the globe, crowded at a city, at the antimeridian and at the poles, with ties.
fn position() -> impl Strategy<Value = (f64, f64)> {
    prop_oneof![
        (-90.0..=90.0, -180.0..=180.0),
        (52.4..=52.6, 13.3..=13.5),
        (-18.0..=-17.0, select(vec![-180.0, -179.999, -179.5, 179.5, 179.999, 180.0])),
        (select(vec![-90.0, -89.999, -89.0, 89.0, 89.999, 90.0]), -180.0..=180.0),
        select(vec![(37.5, 127.0), (37.5, 127.0001), (0.0, 0.0)]),
    ]
}

fn offer() -> impl Strategy<Value = Option<Offer>> {
    select(vec![None, Some(Offer::No), Some(Offer::Limited), Some(Offer::Yes), Some(Offer::Only)])
}

fn some_place() -> impl Strategy<Value = Place> {
    let hours =
        [None, Some("Mo-Fr 11:00-22:00"), Some("24/7"), Some("Sa 00:00-03:00"), Some("by appointment"), Some("?")];
    let zones = [None, Some("Asia/Seoul"), Some("Europe/Berlin"), Some("Pacific/Fiji")];
    let cuisines = select(vec![vec![], vec!["korean"], vec!["pizza", "italian"], vec!["korean", "vegan"]]);
    let kind = select(PlaceKind::ALL);
    let diets = (offer(), offer(), offer());
    (position(), kind, cuisines, diets, select(hours.to_vec()), select(zones.to_vec())).prop_map(
        |((lat, lon), kind, cuisines, (vegan, halal, kosher), hours, zone)| {
            let diets = [(PlaceDiet::Vegan, vegan), (PlaceDiet::Halal, halal), (PlaceDiet::Kosher, kosher)];
            Place {
                kind,
                cuisines: cuisines.into_iter().map(Into::into).collect(),
                diets: diets.into_iter().filter_map(|(diet, offer)| Some((diet, offer?))).collect(),
                hours: hours.map(Into::into),
                zone: zone.map(Into::into),
                ..place(0, lat, lon)
            }
        },
    )
}

fn some_places() -> impl Strategy<Value = Vec<Place>> {
    prop::collection::vec(some_place(), 0..600).prop_map(|places| {
        (0..)
            .zip(places)
            .map(|(number, p)| {
                let named = place(number, 0.0, 0.0);
                Place { id: named.id, provenance: named.provenance, name: named.name, ..p }
            })
            .collect()
    })
}

fn some_query() -> impl Strategy<Value = PlaceQuery> {
    let diets = select(vec![vec![], vec![], vec![PlaceDiet::Vegan], vec![PlaceDiet::Vegan, PlaceDiet::Halal]]);
    let kinds = select(vec![vec![], vec![], vec![PlaceKind::Cafe, PlaceKind::Restaurant], vec![PlaceKind::Other]]);
    let cuisines = select(vec![vec![], vec![], vec!["korean"], vec!["vegan", "nowhere"], vec!["nowhere"]]);
    let open = select(vec![None, None, Some(OpenAt::Now), Some(OpenAt::Local("2026-10-10T02:30".parse().unwrap()))]);
    let bbox = select(vec![None, None, None, Some("170,-20,-170,-10"), Some("13.3,52.4,13.45,52.55")]);
    let radius = prop_oneof![Just(None), Just(None), (1..=100_000_u32).prop_map(Some)];
    let only = select(vec![vec![], vec![], vec![PlaceDiet::Vegan], vec![PlaceDiet::Vegetarian]]);
    (position(), (diets, only), any::<bool>(), kinds, cuisines, open, bbox, radius, 1..=40_u32).prop_map(
        |((lat, lon), (diets, only), unknown, kinds, cuisines, open, bbox, radius_m, limit)| PlaceQuery {
            lat: Some(lat),
            lon: Some(lon),
            radius_m,
            bbox: bbox.map(|text| text.parse().unwrap()),
            only: only.into(),
            diet: diets.into(),
            hours_unknown: unknown && open.is_some(),
            kind: kinds.into(),
            cuisine: cuisines.into_iter().map(str::to_owned).collect::<Vec<_>>().into(),
            open,
            limit: Some(limit),
            ..PlaceQuery::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn pages_agree_with_looking_at_every_place(
        places in some_places(),
        queries in prop::collection::vec(some_query(), 12),
    ) {
        let (_dir, index) = index(&places);
        for query in queries {
            let expected = nearest_by_hand(&places, &query);
            let mut json = Vec::new();
            index.search_json(&query, NOW, &mut json).unwrap();
            let page = serde_json::to_string(&index.search(&query, NOW).unwrap()).unwrap();
            prop_assert_eq!(String::from_utf8(json).unwrap(), page);
            prop_assert_eq!(all_pages(&index, &query), expected.clone(), "{:?}", query);

            let by_name = PlaceQuery { sort: Some(PlaceSort::Name), ..query.clone() };
            let mut names: Vec<_> = places.iter().filter(|p| expected.contains(&p.id)).collect();
            names.sort_by_key(|p| (p.name.en.clone().unwrap().to_lowercase(), p.id));
            prop_assert_eq!(all_pages(&index, &by_name), names.iter().map(|p| p.id).collect::<Vec<_>>());
            prop_assert_eq!(index.search(&by_name, NOW).unwrap().total, Some(expected.len() as u64));
            if let Some(total) = index.search(&query, NOW).unwrap().total {
                prop_assert_eq!(total, expected.len() as u64);
            }
        }
    }

    #[test]
    fn cells_hold_every_match_once(
        places in some_places(),
        query in some_query(),
        bbox in select(vec!["-180,-90,180,90", "170,-20,-170,-10", "13.3,52.4,13.45,52.55"]),
        zoom in 0..6_u8,
        everything: bool,
    ) {
        let (_dir, index) = index(&places);
        let bbox = Some(bbox.parse().unwrap());
        let query = if everything { PlaceQuery { bbox, ..PlaceQuery::default() } } else { PlaceQuery { bbox, ..query } };
        let cells = index.count(&CellQuery { places: query.clone(), zoom }, NOW).unwrap();
        let found: Vec<&Place> = places.iter().filter(|place| matches(place, &query)).collect();
        prop_assert_eq!(cells.total, found.len() as u64);
        prop_assert_eq!(cells.cells.iter().map(|c| u64::from(c.count)).sum::<u64>(), cells.total);
        let sum = |positions: &mut dyn Iterator<Item = (f64, LatLon)>| {
            positions.fold((0.0, 0.0), |sum, (n, p)| (sum.0 + n * p.lat, sum.1 + n * p.lon))
        };
        let by_cell = sum(&mut cells.cells.iter().map(|c| (f64::from(c.count), c.position)));
        let by_place = sum(&mut found.iter().map(|p| (1.0, p.position)));
        prop_assert!((by_cell.0 - by_place.0).abs() < 1e-6 && (by_cell.1 - by_place.1).abs() < 1e-6);
    }
}

#[test]
fn the_four_offers() {
    let offers = [None, Some(Offer::No), Some(Offer::Limited), Some(Offer::Yes), Some(Offer::Only)];
    let places: Vec<Place> = (0..)
        .zip(offers)
        .map(|(n, offer)| {
            let diets = offer.map(|offer| (PlaceDiet::Vegan, offer)).into_iter().collect();
            Place { diets, ..place(n, 0.0, f64::from(n)) }
        })
        .collect();
    let (_dir, index) = index(&places);
    let found = |diet: PlaceDiet, alone: bool| {
        let (served, only) = if alone { (vec![], vec![diet]) } else { (vec![diet], vec![]) };
        let near = PlaceQuery { lat: Some(0.0), lon: Some(0.0), ..PlaceQuery::default() };
        let query = PlaceQuery { diet: served.into(), only: only.into(), ..near };
        let found = all_pages(&index, &query);
        places.iter().map(|place| found.contains(&place.id)).collect::<Vec<_>>()
    };
    assert_eq!(found(PlaceDiet::Vegan, false), [false, false, true, true, true], "unknown and no never pass");
    assert_eq!(found(PlaceDiet::Vegan, true), [false, false, false, false, true]);
    assert_eq!(found(PlaceDiet::Vegetarian, false), [false, false, true, true, true], "what is vegan is vegetarian");
    assert_eq!(found(PlaceDiet::Vegetarian, true), [false, false, false, false, true]);
    assert_eq!(found(PlaceDiet::Halal, false), [false; 5]);
}

#[test]
fn a_place_serves_the_wider_diet_at_least_as_well_whatever_it_states() {
    let diets = BTreeMap::from([(PlaceDiet::Vegan, Offer::Yes), (PlaceDiet::Vegetarian, Offer::No)]);
    let (_dir, index) = index(&[Place { diets, ..place(0, 0.0, 0.0) }]);
    let query = |diet| PlaceQuery { diet: vec![diet].into(), ..PlaceQuery::default() };
    for diet in [PlaceDiet::Vegan, PlaceDiet::Vegetarian, PlaceDiet::Pescatarian] {
        assert_eq!(index.search(&query(diet), NOW).unwrap().items.len(), 1, "{diet}");
    }
}

#[test]
fn a_hit_shows_the_stored_card_and_what_the_query_adds() {
    let there = Place { hours: Some("Mo-Fr 12:00-22:00".into()), ..place(0, 37.5759, 126.9769) };
    let (_dir, index) = index(std::slice::from_ref(&there));
    let query =
        PlaceQuery { lat: Some(37.5663), lon: Some(126.9779), open: Some(OpenAt::Now), ..PlaceQuery::default() };
    let page = index.search(&query, NOW).unwrap();
    let hit = &page.items[0];
    assert_eq!(hit.place.get(), serde_json::to_string(&PlaceCard::from(&there)).unwrap());
    assert_eq!((hit.distance_m, hit.walk_minutes), (Some(1_071), Some(17)));
    assert_eq!(hit.opening.state, OpenState::Open);
    assert_eq!(hit.opening.at, Some("2026-10-09T19:30".parse().unwrap()));
    assert_eq!(hit.opening.until, Some("2026-10-09T22:00".parse().unwrap()));
    assert_eq!((page.total, page.next), (Some(1), None));
}

#[test]
fn a_place_is_got_with_the_hours_of_its_week() {
    let places: Vec<Place> = (0..40).map(|n| place(n, f64::from(n), f64::from(n) * 2.0)).collect();
    let open = Place { hours: Some("Fr 12:00-01:00".into()), zone: Some("Asia/Seoul".into()), ..places[7].clone() };
    let (_dir, index) = index(&[&places[..7], std::slice::from_ref(&open), &places[8..]].concat());
    let details = index.get(open.id, NOW).unwrap();
    assert_eq!(details.place, open);
    assert_eq!(details.opening.state, OpenState::Closed, "it is Saturday in Seoul");
    assert_eq!(details.week.len(), 7);
    assert_eq!(details.week[0].date.to_string(), "2026-10-10");
    assert_eq!(details.week[6].open, [("12:00".to_owned(), "01:00".to_owned())]);
    for place in &places {
        assert_eq!(index.get(place.id, NOW).map(|details| details.place.id), Some(place.id));
    }
    assert_eq!(index.get(Uuid::nil(), NOW), None);
}

#[test]
fn words_are_found_in_every_part_and_the_name_counts_most() {
    let text = |en: &str| Text { en: Some(en.into()), ..Text::default() };
    let dish = MenuItem { name: "비건 짬뽕".into(), mark: None, on_request: None, price: None };
    let places = [
        Place { name: text("Golden Lotus"), ..place(0, 52.5, 13.40) },
        Place { name: text("Moon"), cuisines: vec!["vietnamese".into()], ..place(1, 52.5, 13.41) },
        Place { name: text("Sun"), menu: vec![dish], ..place(2, 52.5, 13.42) },
        Place { name: text("Vietnamese Garden"), ..place(3, 52.5, 13.43) },
        Place { name: text("Star"), address: Some("Lotus Road 5".into()), ..place(4, 52.5, 13.39) },
    ];
    let (_dir, index) = index(&places);
    let found = |q: &str, sort, lat: Option<f64>| {
        let query = PlaceQuery {
            q: Some(q.into()),
            sort,
            lat,
            lon: lat.map(|_| 13.41),
            limit: Some(1),
            ..PlaceQuery::default()
        };
        let found = all_pages(&index, &query);
        found.iter().filter_map(|id| places.iter().position(|p| p.id == *id)).collect::<Vec<_>>()
    };
    assert_eq!(found("짬뽕", None, None), [2]);
    assert_eq!(found("ㅉㅃ", None, Some(52.5)), [2]);
    assert_eq!(found("베트남", None, None), [1]);
    assert_eq!(found("vietnamese", None, Some(52.5)), [1, 3], "nearest first where there is a centre");
    assert_eq!(found("vietnamese", Some(PlaceSort::Relevance), Some(52.5)), [3, 1], "the name counts most");
    assert_eq!(found("lotus", None, None), [0, 4]);
    assert_eq!(found("lotus", Some(PlaceSort::Name), None), [0, 4]);
    assert_eq!(found("lotus road", None, None), [4]);
    assert_eq!(found("음식점", Some(PlaceSort::Name), None), [0, 1, 4, 2, 3]);
    assert!(found("unheard-of", None, None).is_empty());
}

#[test]
fn a_walk_with_many_words_agrees_with_looking_at_every_place() {
    let named = |n: u32| if n.is_multiple_of(3) { "Tofu House" } else { "Noodle Bar" };
    let places: Vec<Place> = (0..15_000)
        .map(|n| {
            let spot = place(n, f64::from(n * 37 % 170) - 85.0, f64::from(n * 101 % 360) - 180.0);
            Place { name: Text { en: Some(named(n).into()), ..Text::default() }, ..spot }
        })
        .collect();
    let (_dir, index) = index(&places);
    let query = PlaceQuery {
        q: Some("tofu".into()),
        lat: Some(10.3),
        lon: Some(179.9),
        limit: Some(200),
        ..PlaceQuery::default()
    };
    let tofu: Vec<Place> = places.iter().filter(|p| p.name.en.as_deref() == Some("Tofu House")).cloned().collect();
    assert_eq!(all_pages(&index, &query), nearest_by_hand(&tofu, &query));
    assert_eq!(index.search(&query, NOW).unwrap().total, Some(tofu.len() as u64));
    let bbox = Some("-180,-90,180,90".parse().unwrap());
    let cells = CellQuery { places: PlaceQuery { q: Some("tofu".into()), bbox, ..PlaceQuery::default() }, zoom: 2 };
    assert_eq!(index.count(&cells, NOW).unwrap().total, tofu.len() as u64);
}

#[test]
fn pages_go_on_over_a_rebuilt_catalogue_where_they_stopped() {
    let places: Vec<Place> = (0..100).map(|n| place(n, 0.0, f64::from(n) / 10.0)).collect();
    for sort in [PlaceSort::Distance, PlaceSort::Name, PlaceSort::Relevance] {
        let query = PlaceQuery { lat: Some(0.0), lon: Some(0.0), sort: Some(sort), ..PlaceQuery::default() };
        let (_before_dir, before) = index(&places);
        let everything = all_pages(&before, &query);
        let first = before.search(&query, NOW).unwrap();
        // The first five of the page, among them, are gone in the next version.
        let (_after_dir, after) =
            index(&places.iter().filter(|p| !everything[..5].contains(&p.id)).cloned().collect::<Vec<_>>());
        let rest = all_pages(&after, &PlaceQuery { cursor: first.next, ..query });
        assert_eq!(rest, everything[20..]);
    }
}

#[test]
fn a_cursor_of_another_query_is_refused() {
    let places: Vec<Place> = (0..30).map(|n| place(n, 0.0, f64::from(n))).collect();
    let (_dir, index) = index(&places);
    let query = PlaceQuery { lat: Some(0.0), lon: Some(0.0), ..PlaceQuery::default() };
    let next = index.search(&query, NOW).unwrap().next;
    assert!(next.is_some());
    let field = |query: PlaceQuery| index.search(&query, NOW).err().map(|error| error.field);
    assert_eq!(field(PlaceQuery { cursor: next.clone(), ..query.clone() }), None);
    assert_eq!(field(PlaceQuery { cursor: next.clone(), limit: Some(3), ..query.clone() }), None);
    assert_eq!(field(PlaceQuery { cursor: next.clone(), lat: Some(1.0), ..query.clone() }), Some("cursor".into()));
    assert_eq!(field(PlaceQuery { cursor: next, sort: Some(PlaceSort::Name), ..query.clone() }), Some("cursor".into()));
    assert_eq!(field(PlaceQuery { cursor: Some("AAAA".into()), ..query }), Some("cursor".into()));
}

#[test]
fn a_count_needs_a_box_that_suits_the_zoom() {
    let (_dir, index) = index(&[place(0, 0.0, 0.0)]);
    let field = |bbox: Option<&str>, zoom| {
        let places = PlaceQuery { bbox: bbox.map(|b| b.parse().unwrap()), ..PlaceQuery::default() };
        index.count(&CellQuery { places, zoom }, NOW).err().map(|error| error.field)
    };
    assert_eq!(field(None, 0), Some("bbox".into()));
    assert_eq!(field(Some("-180,-90,180,90"), 20), Some("zoom".into()));
    assert_eq!(field(Some("-180,-90,180,90"), 23), Some("zoom".into()));
    assert_eq!(field(Some("-180,-90,180,90"), 3), None);
}

#[test]
fn an_index_that_is_not_whole_is_refused() {
    let (dir, index) = index(&[place(0, 0.0, 0.0), place(1, 1.0, 1.0)]);
    drop(index);
    std::fs::write(dir.path().join("ids"), [0; 16]).unwrap();
    assert!(PlaceIndex::open(dir.path()).is_err());
    assert!(PlaceIndex::open(&dir.path().join("nowhere")).is_err());
}

#[test]
fn places_with_one_id_are_one_place() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), vec![place(1, 0.0, 0.0), place(1, 5.0, 5.0)]).unwrap();
    let index = PlaceIndex::open(dir.path()).unwrap();
    assert_eq!(index.len(), 1);
    assert_eq!(index.get(place(1, 0.0, 0.0).id, NOW).unwrap().place.position.lat, 0.0);
}

#[test]
fn an_empty_index_finds_nothing() {
    let (_dir, index) = index(&[]);
    assert!(index.is_empty());
    let query = PlaceQuery { lat: Some(0.0), lon: Some(0.0), ..PlaceQuery::default() };
    assert_eq!(index.search(&query, NOW).unwrap().items.len(), 0);
    assert_eq!(index.search(&PlaceQuery::default(), NOW).unwrap().total, Some(0));
}
