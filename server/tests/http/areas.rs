//! Areas that a device keeps: searches there need no network and find what the server found.

use std::future::pending;

use hnh_domain::calls::{GetPlace, KeepArea, ListAreas, MeasureArea, PauseArea, RemoveArea, SearchPlaces};
use hnh_domain::geo::LatLon;
use hnh_domain::page::Page;
use hnh_domain::places::{OfflineArea, OpenState, PlaceHit, PlaceQuery};
use hnh_domain::problem::ProblemCode;
use rusqlite::Connection;
use uuid::Uuid;

use crate::device::Device;
use crate::test_app::TestApp;
use crate::tiny;

/// On the grid of what addresses say, so that both are asked for the same.
const MIDDLE: LatLon = LatLon { lat: 37.566, lon: 126.978 };
const WEEK_MS: i64 = 7 * 24 * 3_600_000;

async fn keep(device: &Device) -> OfflineArea {
    device.call(KeepArea { name: None, position: MIDDLE, radius_m: 30_000 }).await.unwrap()
}

async fn areas(device: &Device) -> Vec<OfflineArea> {
    device.call(ListAreas {}).await.unwrap()
}

/// Lets the core run until the areas are as wanted.
async fn until(device: &Device, wanted: impl Fn(&[OfflineArea]) -> bool) -> Vec<OfflineArea> {
    let as_wanted = async {
        loop {
            let areas = areas(device).await;
            if wanted(&areas) {
                return areas;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = async { device.core.run().await; pending().await } => unreachable!("the core runs for ever"),
        areas = as_wanted => areas,
    }
}

fn is_fetched(areas: &[OfflineArea]) -> bool {
    areas.iter().all(|area| area.fetched_ms.is_some() && area.places == area.total)
}

async fn search(device: &Device, query: &str) -> Page<PlaceHit> {
    let query: PlaceQuery = serde_urlencoded::from_str(query).unwrap();
    device.call(SearchPlaces { query }).await.unwrap()
}

#[tokio::test]
async fn what_is_found_without_a_network_is_what_the_server_found() {
    let server = TestApp::start().await;
    let (device, online) = (Device::new(&server), Device::new(&server));
    let size = device.call(MeasureArea { position: MIDDLE, radius_m: 30_000 }).await.unwrap();
    assert_eq!(size.places, tiny::RECORDS as u64);
    keep(&device).await;
    until(&device, is_fetched).await;
    device.set_up(false);
    let near = "lat=37.566&lon=126.978";
    for query in [
        near.to_owned(),
        format!("{near}&diet=vegan"),
        format!("{near}&only=vegan"),
        format!("{near}&open=now"),
        format!("{near}&open=2026-10-09T19:30&diet=vegan"),
        format!("{near}&open=2026-10-20T12:00&hours_unknown=true"),
        format!("{near}&radius_m=350"),
        format!("{near}&kind=cafe"),
        format!("{near}&cuisine=korean&limit=3"),
        format!("{near}&q=두부집"),
        format!("{near}&q=tofu house"),
        "sort=name&bbox=126.97,37.56,126.981,37.57".to_owned(),
    ] {
        let (here, there) = (search(&device, &query).await, search(&online, &query).await);
        assert_eq!(here.items, there.items, "{query}");
        assert_eq!(here.next.is_some(), there.next.is_some(), "{query}");
    }
    let first = &search(&device, &format!("{near}&limit=3")).await;
    let next = search(&device, &format!("{near}&limit=3&cursor={}", first.next.as_deref().unwrap())).await;
    assert_eq!(next.items[0].distance_m, Some(258));
    let id = first.items[0].place.id;
    let (mut here, there) = (device.call(GetPlace { id }).await.unwrap(), online.call(GetPlace { id }).await.unwrap());
    assert!(here.offline);
    here.offline = false;
    assert_eq!(here, there);
}

#[tokio::test]
async fn far_away_nothing_is_made_up() {
    let server = TestApp::start().await;
    let device = Device::new(&server);
    keep(&device).await;
    until(&device, is_fetched).await;
    device.set_up(false);
    let query = serde_urlencoded::from_str("lat=52.5&lon=13.4").unwrap();
    assert_eq!(device.call(SearchPlaces { query }).await.unwrap_err().code, ProblemCode::Offline);
    let id = Uuid::nil();
    assert_eq!(device.call(GetPlace { id }).await.unwrap_err().code, ProblemCode::Offline);
}

#[tokio::test]
async fn a_program_that_is_ended_goes_on_where_it_was() {
    let server = TestApp::without_catalogue(&[]).await;
    tiny::build_of(&server.folder.path().join("catalog"), "v1", 250);
    server.state.catalogue.refresh().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let open = || Connection::open(folder.path().join("hnh.db")).unwrap();
    let device = Device::on(&server, open());
    *device.host.guard.borrow_mut() =
        Some(Box::new(|request| request.path.contains("cursor=").then(|| (503, String::new()))));
    keep(&device).await;
    let half = until(&device, |areas| areas[0].places > 0).await;
    assert_eq!((half[0].places, half[0].total, half[0].fetched_ms), (200, 250, None));
    device.call(PauseArea { id: half[0].id, on: true }).await.unwrap();
    drop(device);

    let again = Device::on(&server, open());
    assert!(areas(&again).await[0].paused);
    again.call(PauseArea { id: half[0].id, on: false }).await.unwrap();
    let whole = until(&again, is_fetched).await;
    assert_eq!(whole[0].places, 250);
    again.call(RemoveArea { id: half[0].id }).await.unwrap();
    assert_eq!(areas(&again).await, []);
    again.set_up(false);
    let query = serde_urlencoded::from_str("lat=37.566&lon=126.978").unwrap();
    assert_eq!(again.call(SearchPlaces { query }).await.unwrap_err().code, ProblemCode::Offline);
}

#[tokio::test]
async fn after_a_week_it_is_fetched_anew_and_what_closed_goes() {
    let server = TestApp::start().await;
    let device = Device::new(&server);
    keep(&device).await;
    let before = until(&device, is_fetched).await;
    tiny::build_of(&server.folder.path().join("catalog"), "v2", 5);
    server.state.catalogue.refresh().unwrap();
    server.wait(WEEK_MS + 1);
    device.host.now_ms.set(device.host.now_ms.get() + WEEK_MS + 1);
    let after = until(&device, |areas| areas[0].fetched_ms > before[0].fetched_ms).await;
    assert_eq!(after[0].places, 5);
    device.set_up(false);
    let hits = search(&device, "lat=37.566&lon=126.978&open=now").await;
    assert!(hits.items.iter().all(|hit| hit.opening.state == OpenState::Open));
}

#[tokio::test]
async fn addresses_say_roughly_where_one_is_and_distances_are_exact() {
    let server = TestApp::start().await;
    let device = Device::new(&server);
    let asked = std::rc::Rc::new(std::cell::RefCell::new(String::new()));
    let seen = std::rc::Rc::clone(&asked);
    *device.host.guard.borrow_mut() = Some(Box::new(move |request| {
        seen.borrow_mut().clone_from(&request.path);
        None
    }));
    // Nearer to the second place than to the first, which the rough position is nearer to.
    let here = LatLon::new(37.5663, 126.978_45).unwrap();
    let found = search(&device, &format!("lat={}&lon={}&limit=3", here.lat, here.lon)).await;
    assert!(asked.borrow().contains("lat=37.566&lon=126.978&"), "{}", asked.borrow());
    let exact: Vec<_> =
        found.items.iter().map(|hit| Some(here.distance_m(hit.place.position).round() as u32)).collect();
    assert_eq!(found.items.iter().map(|hit| hit.distance_m).collect::<Vec<_>>(), exact);
    assert!(exact.is_sorted());
    assert_eq!(found.items[0].place.position.lon, 126.9789);
}
