//! Recipes that the device has are searched without a network, and found as the server finds them.

use hnh_domain::calls::{GetRecipe, SearchRecipes};
use hnh_domain::problem::ProblemCode;
use hnh_domain::recipes::{RecipeQuery, RecipeResults};

use crate::device::Device;
use crate::test_app::TestApp;

async fn search(device: &Device, query: &str) -> RecipeResults {
    let query: RecipeQuery = serde_urlencoded::from_str(query).unwrap();
    device.call(SearchRecipes { query }).await.unwrap()
}

#[tokio::test]
async fn what_the_device_has_is_found_as_the_server_finds_it() {
    let server = TestApp::start().await;
    let (device, online) = (Device::new(&server), Device::new(&server));
    let all = search(&online, "limit=200").await;
    for card in &all.page.items {
        device.call(GetRecipe { id: card.id }).await.unwrap();
    }
    device.set_up(false);
    for query in [
        "sort=title",
        "q=두부&sort=title",
        "q=ㄷㅂ&sort=title",
        "kcal=..300&sort=energy",
        "diet=vegan&sort=title",
        "without=milk&sort=title",
        "course=soup&sort=title",
        "max_min=20&sort=title",
        "nutrients=protein:10..&sort=title",
        "q=nothing+of+this",
        "limit=3&sort=title",
    ] {
        let (here, there) = (search(&device, query).await, search(&online, query).await);
        let ids = |found: &RecipeResults| {
            let mut ids: Vec<_> = found.page.items.iter().map(|card| card.id).collect();
            ids.sort();
            ids
        };
        assert_eq!(here.page.total, there.page.total, "{query}");
        if here.page.next.is_none() {
            assert_eq!(ids(&here), ids(&there), "{query}");
        }
    }
    let first = search(&device, "limit=3&sort=title").await;
    let next = search(&device, &format!("limit=3&sort=title&cursor={}", first.page.next.unwrap())).await;
    assert!(first.page.items.iter().all(|card| next.page.items.iter().all(|other| other.id != card.id)));
}

#[tokio::test]
async fn a_device_without_recipes_says_that_it_is_offline_and_an_earlier_answer_comes_first() {
    let server = TestApp::start().await;
    let device = Device::new(&server);
    let earlier = search(&device, "sort=title").await;
    device.call(GetRecipe { id: earlier.page.items[0].id }).await.unwrap();
    device.set_up(false);
    assert_eq!(search(&device, "sort=title").await, earlier);
    assert_eq!(search(&device, "sort=energy").await.page.total, Some(1));
    let new = Device::new(&server);
    new.set_up(false);
    let refused = new.call(SearchRecipes { query: RecipeQuery::default() }).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::Offline);
}
