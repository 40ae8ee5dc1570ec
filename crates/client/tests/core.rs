//! The core against a server that can vanish: what is kept, what is answered without a network.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must say where")]

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use hnh_client::{Core, Host, Request, Transport, dispatch};
use hnh_domain::account::FavouriteKind;
use hnh_domain::calls::{
    Command, CountPlaces, Favourites, GetPlace, GetRecipe, ListFavourites, SearchRecipes, SetFavourite, SetSetting,
    Stored,
};
use hnh_domain::places::{CellQuery, OpenState, PlaceQuery};
use hnh_domain::port::{Call, Handle};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::recipes::{Recipe, RecipeQuery};
use rusqlite::Connection;
use serde_json::json;
use uuid::Uuid;

/// A server by path; `up` false is no network.
#[derive(Clone, Default)]
struct Server {
    up: Rc<Cell<bool>>,
    answers: Rc<RefCell<HashMap<String, String>>>,
}

impl Transport for Server {
    const COOKIES: bool = false;

    async fn send(&self, request: Request) -> Result<String, Problem> {
        if !self.up.get() {
            return Err(Problem::new(ProblemCode::Offline));
        }
        self.answers.borrow().get(&request.path).cloned().ok_or_else(|| Problem::new(ProblemCode::NotFound))
    }
}

struct Device {
    core: Core<Server>,
    server: Server,
    topics: Rc<RefCell<Vec<String>>>,
}

fn device(connection: Connection) -> Device {
    let server = Server::default();
    server.up.set(true);
    let (clock, topics) = (Cell::new(1_000), Rc::new(RefCell::new(Vec::new())));
    let said = Rc::clone(&topics);
    let host = Host {
        now_ms: Box::new(move || clock.replace(clock.get() + 1)),
        random: Box::new(|| [7; 10]),
        changed: Box::new(move |topic| said.borrow_mut().push(topic.to_owned())),
    };
    Device { core: Core::open(connection, server.clone(), host).unwrap(), server, topics }
}

fn recipe(n: u128) -> (Uuid, String) {
    let id = Uuid::from_u128(n);
    let json = json!({
        "id": id, "provenance": {"source": "hnh", "source_id": n.to_string()},
        "title": {"ko": format!("요리 {n}")}, "course": "main", "basis": "unknown",
        "ingredients": [], "steps": [{"text": {"ko": "끓여요."}}],
    });
    (id, json.to_string())
}

fn serve(device: &Device, path: String, json: String) {
    device.server.answers.borrow_mut().insert(path, json);
}

async fn favourites(device: &Device) -> Favourites {
    device.core.handle(ListFavourites {}).await.unwrap().read().unwrap()
}

#[tokio::test(flavor = "current_thread")]
async fn a_favourite_opens_without_a_network_and_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("core.db");
    let (id, json) = recipe(1);
    {
        let device = device(Connection::open(&file).unwrap());
        serve(&device, format!("/recipes/{id}"), json);
        assert!(
            device
                .core
                .handle(SetFavourite { kind: FavouriteKind::Recipe, id, on: true })
                .await
                .unwrap()
                .read()
                .unwrap()
        );
        assert_eq!(*device.topics.borrow(), ["online", "sync", "favourites"]);
    }
    let device = device(Connection::open(&file).unwrap());
    device.server.up.set(false);
    let saved: Stored<Recipe> = device.core.handle(GetRecipe { id }).await.unwrap().read().unwrap();
    assert!(saved.favourite && saved.offline);
    assert_eq!(saved.record.steps.len(), 1);
    assert_eq!(favourites(&device).await.recipes[0].id, id);

    assert!(
        !device.core.handle(SetFavourite { kind: FavouriteKind::Recipe, id, on: false }).await.unwrap().read().unwrap()
    );
    assert!(favourites(&device).await.recipes.is_empty());
}

#[tokio::test(flavor = "current_thread")]
async fn what_was_seen_last_stays_and_the_oldest_goes() {
    let device = device(Connection::open_in_memory().unwrap());
    for n in 0..305 {
        let (id, json) = recipe(n);
        serve(&device, format!("/recipes/{id}"), json);
        device.core.handle(GetRecipe { id }).await.unwrap();
    }
    device.server.up.set(false);
    assert!(device.core.handle(GetRecipe { id: recipe(304).0 }).await.unwrap().read().unwrap().offline);
    assert!(device.core.handle(GetRecipe { id: recipe(5).0 }).await.is_ok());
    let gone = device.core.handle(GetRecipe { id: recipe(4).0 }).await.unwrap_err();
    assert_eq!(gone.code, ProblemCode::Offline);
}

#[tokio::test(flavor = "current_thread")]
async fn the_same_search_is_answered_again_without_a_network() {
    let device = device(Connection::open_in_memory().unwrap());
    let query = RecipeQuery { q: vec!["두부".to_owned()].into(), ..Default::default() };
    serve(&device, "/recipes?q=%EB%91%90%EB%B6%80".into(), r#"{"items":[],"total":0}"#.into());
    device.core.handle(SearchRecipes { query: query.clone() }).await.unwrap();
    device.server.up.set(false);
    assert_eq!(device.core.handle(SearchRecipes { query }).await.unwrap().read().unwrap().page.total, Some(0));
    let other = RecipeQuery { max_min: Some(10), ..Default::default() };
    let problem = device.core.handle(SearchRecipes { query: other }).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::Offline);
    assert_eq!(*device.topics.borrow(), ["online", "sync", "offline", "sync"]);
}

#[tokio::test(flavor = "current_thread")]
async fn a_place_from_the_device_claims_nothing_of_being_open() {
    let device = device(Connection::open_in_memory().unwrap());
    let id = Uuid::from_u128(9);
    let place = json!({
        "place": {"id": id, "provenance": {"source": "osm", "source_id": "node/9"}, "name": {"en": "Leaf"},
                  "kind": "cafe", "position": {"lat": 52.5, "lon": 13.4}},
        "opening": {"state": "open", "at": "2026-10-09T19:30", "until": "2026-10-09T22:00"},
    });
    serve(&device, format!("/restaurants/{id}"), place.to_string());
    assert_eq!(
        device.core.handle(GetPlace { id }).await.unwrap().read().unwrap().record.opening.state,
        OpenState::Open
    );
    device.server.up.set(false);
    assert_eq!(
        device.core.handle(GetPlace { id }).await.unwrap().read().unwrap().record.opening.state,
        OpenState::Unknown
    );
}

#[tokio::test(flavor = "current_thread")]
async fn commands_travel_as_json_and_refusals_name_the_field() {
    let device = device(Connection::open_in_memory().unwrap());
    let command: Command = serde_json::from_str(r#"{"SetSetting":{"key":"lang","value":"\"en\""}}"#).unwrap();
    assert_eq!(dispatch(&device.core, command).await.unwrap(), "null");
    let read = hnh_domain::calls::GetSetting { key: "lang".into() }.into_command();
    assert_eq!(dispatch(&device.core, read).await.unwrap(), r#""\"en\"""#);

    let long = SetSetting { key: "x".into(), value: Some("x".repeat(70_000)) };
    assert_eq!(device.core.handle(long).await.unwrap_err().errors[0].field, "value");
    let places = PlaceQuery { lat: Some(99.0), lon: Some(0.0), ..Default::default() };
    let refused = dispatch(&device.core, hnh_domain::calls::SearchPlaces { query: places }.into_command()).await;
    assert_eq!(refused.unwrap_err().errors[0].field, "lat");
}

#[tokio::test(flavor = "current_thread")]
async fn cells_are_asked_with_their_zoom() {
    let device = device(Connection::open_in_memory().unwrap());
    serve(&device, "/restaurants/cells?bbox=1%2C2%2C3%2C4&zoom=5".into(), r#"{"cells":[],"total":0}"#.into());
    let places = PlaceQuery { bbox: Some("1,2,3,4".parse().unwrap()), ..Default::default() };
    let cells = device.core.handle(CountPlaces { query: CellQuery { places, zoom: 5 } }).await.unwrap().read().unwrap();
    assert_eq!(cells.total, 0);
}
