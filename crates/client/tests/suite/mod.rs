//! What the core does on every host, one text for all: `tests/core.rs` runs it natively, `ui/worker/suite` in a browser's
//! worker on the origin private file system. The server is a function of the request, and can vanish.

#[path = "../host/mod.rs"]
pub(crate) mod host;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use hnh_client::{Core, dispatch};
use hnh_domain::account::FavouriteKind;
use hnh_domain::calls::{
    Command, CountPlaces, Favourites, GetPlace, GetRecipe, ListFavourites, SearchRecipes, SetFavourite, SetSetting,
    Stored,
};
use hnh_domain::places::{CellQuery, OpenState, PlaceQuery};
use hnh_domain::port::{Call, Handle};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::recipes::{Recipe, RecipeQuery};
use hnh_domain::topic::Topic;
use rusqlite::Connection;
use serde_json::json;
use uuid::Uuid;

use host::TestHost;

/// A test's own database, empty at first; opened again it holds what was written before.
pub(crate) struct Database(Box<dyn Fn() -> Connection>);

impl Database {
    /// A database that `open` opens.
    pub(crate) fn new(open: impl Fn() -> Connection + 'static) -> Self {
        Self(Box::new(open))
    }

    fn open(&self) -> Connection {
        (self.0)()
    }
}

/// Names every test of the suite to the macro `$run`.
macro_rules! each_test {
    ($run:ident) => {
        $run! {
            a_favourite_opens_without_a_network_and_after_a_restart
            what_was_seen_last_stays_and_the_oldest_goes
            the_same_search_is_answered_again_without_a_network
            a_place_from_the_device_claims_nothing_of_being_open
            commands_travel_as_json_and_refusals_name_the_field
            cells_are_asked_with_their_zoom
        }
    };
}
pub(crate) use each_test;

struct Device {
    core: Core<TestHost>,
    host: TestHost,
    answers: Rc<RefCell<HashMap<String, String>>>,
}

/// A device whose server answers by path.
fn device(connection: Connection) -> Device {
    let answers = Rc::new(RefCell::new(HashMap::<String, String>::new()));
    let known = Rc::clone(&answers);
    let host = TestHost::new(move |request| {
        known.borrow().get(&request.path).cloned().ok_or_else(|| Problem::new(ProblemCode::NotFound))
    });
    Device { core: host.core(connection), host, answers }
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
    device.answers.borrow_mut().insert(path, json);
}

async fn favourites(device: &Device) -> Favourites {
    device.core.handle(ListFavourites {}).await.unwrap().read().unwrap()
}

pub(crate) async fn a_favourite_opens_without_a_network_and_after_a_restart(database: Database) {
    let (id, json) = recipe(1);
    {
        let device = device(database.open());
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
        assert_eq!(*device.host.topics.borrow(), [Topic::Online, Topic::Sync, Topic::Favourites]);
    }
    let device = device(database.open());
    device.host.up.set(false);
    let saved: Stored<Recipe> = device.core.handle(GetRecipe { id }).await.unwrap().read().unwrap();
    assert!(saved.favourite && saved.offline);
    assert_eq!(saved.record.steps.len(), 1);
    assert_eq!(favourites(&device).await.recipes[0].id, id);

    assert!(
        !device.core.handle(SetFavourite { kind: FavouriteKind::Recipe, id, on: false }).await.unwrap().read().unwrap()
    );
    assert!(favourites(&device).await.recipes.is_empty());
}

pub(crate) async fn what_was_seen_last_stays_and_the_oldest_goes(database: Database) {
    let device = device(database.open());
    for n in 0..305 {
        let (id, json) = recipe(n);
        serve(&device, format!("/recipes/{id}"), json);
        device.core.handle(GetRecipe { id }).await.unwrap();
    }
    device.host.up.set(false);
    assert!(device.core.handle(GetRecipe { id: recipe(304).0 }).await.unwrap().read().unwrap().offline);
    assert!(device.core.handle(GetRecipe { id: recipe(5).0 }).await.is_ok());
    let gone = device.core.handle(GetRecipe { id: recipe(4).0 }).await.unwrap_err();
    assert_eq!(gone.code, ProblemCode::Offline);
}

pub(crate) async fn the_same_search_is_answered_again_without_a_network(database: Database) {
    let device = device(database.open());
    let query = RecipeQuery { q: vec!["두부".to_owned()].into(), ..Default::default() };
    serve(&device, "/recipes?q=%EB%91%90%EB%B6%80".into(), r#"{"items":[],"total":0}"#.into());
    device.core.handle(SearchRecipes { query: query.clone() }).await.unwrap();
    device.host.up.set(false);
    assert_eq!(device.core.handle(SearchRecipes { query }).await.unwrap().read().unwrap().page.total, Some(0));
    let other = RecipeQuery { max_min: Some(10), ..Default::default() };
    let problem = device.core.handle(SearchRecipes { query: other }).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::Offline);
    assert_eq!(*device.host.topics.borrow(), [Topic::Online, Topic::Sync, Topic::Online, Topic::Sync]);
}

pub(crate) async fn a_place_from_the_device_claims_nothing_of_being_open(database: Database) {
    let device = device(database.open());
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
    device.host.up.set(false);
    assert_eq!(
        device.core.handle(GetPlace { id }).await.unwrap().read().unwrap().record.opening.state,
        OpenState::Unknown
    );
}

pub(crate) async fn commands_travel_as_json_and_refusals_name_the_field(database: Database) {
    let device = device(database.open());
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

pub(crate) async fn cells_are_asked_with_their_zoom(database: Database) {
    let device = device(database.open());
    serve(&device, "/restaurants/cells?bbox=1%2C2%2C3%2C4&zoom=5".into(), r#"{"cells":[],"total":0}"#.into());
    let places = PlaceQuery { bbox: Some("1,2,3,4".parse().unwrap()), ..Default::default() };
    let cells = device.core.handle(CountPlaces { query: CellQuery { places, zoom: 5 } }).await.unwrap().read().unwrap();
    assert_eq!(cells.total, 0);
}
