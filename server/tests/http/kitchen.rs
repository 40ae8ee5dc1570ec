//! Own recipes, the plan of meals and shopping lists, on devices of one person and of several.

use std::io::Cursor;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use axum::routing::get;
use hnh_domain::calls::{GetRecipe, ListMeals, ListOwnRecipes, ListPending, ListShopping, ReadShopping, Submit};
use hnh_domain::cookbook::{BookLine, BookRecipe, CookbookChange};
use hnh_domain::feeds::Change;
use hnh_domain::local_time::LocalDate;
use hnh_domain::meal_plan::{MealPlanChange, MealTime, PlannedMeal};
use hnh_domain::port::Json;
use hnh_domain::shopping::{ShoppingChange, ShoppingLine};
use serde_json::json;
use uuid::Uuid;

use crate::device::Device;
use crate::test_app::{Someone, TestApp};

fn recipe(title: &str) -> BookRecipe {
    let line = BookLine { text: "두부 1모".into(), ..BookLine::default() };
    BookRecipe { title: title.into(), ingredients: vec![line], notes: "덜 짜게".into(), ..BookRecipe::default() }
}

fn write(id: u128, title: &str, version: i64) -> CookbookChange {
    CookbookChange::WriteRecipe { id: Uuid::from_u128(id), recipe: Box::new(recipe(title)), version }
}

async fn titles(device: &Device) -> Vec<(String, i64)> {
    let own = device.call(ListOwnRecipes {}).await.unwrap();
    own.into_iter().map(|own| (own.recipe.title, own.version)).collect()
}

async fn submit(device: &Device, change: impl Into<Change>) {
    device.call(Submit { change: Json::of(&change.into()).unwrap() }).await.unwrap();
}

#[tokio::test]
async fn a_recipe_written_without_an_account_comes_along_when_one_signs_in() {
    for server in TestApp::on_each().await {
        server.person("mina").await;
        let (phone, desktop) = (Device::new(&server), Device::new(&server));
        submit(&phone, write(1, "두부구이", 0)).await;
        assert_eq!(titles(&phone).await, [("두부구이".into(), 1)]);
        let shown = phone.call(GetRecipe { id: Uuid::from_u128(1) }).await.unwrap();
        assert_eq!(shown.record.title.ko.as_deref(), Some("두부구이"));
        phone.sign_in("mina").await.unwrap();
        phone.core.sync().await.unwrap();
        desktop.sign_in("mina").await.unwrap();
        desktop.core.sync().await.unwrap();
        assert_eq!(titles(&desktop).await, [("두부구이".into(), 1)]);
        assert_eq!(titles(&phone).await, titles(&desktop).await);
    }
}

#[tokio::test]
async fn rewritten_twice_offline_it_arrives_and_two_devices_do_not_overwrite_each_other() {
    let server = TestApp::start().await;
    server.person("mina").await;
    let (phone, desktop) = (Device::new(&server), Device::new(&server));
    for device in [&phone, &desktop] {
        device.sign_in("mina").await.unwrap();
    }
    submit(&phone, write(1, "하나", 0)).await;
    let version = titles(&phone).await[0].1;
    submit(&phone, write(1, "둘", version)).await;
    phone.core.sync().await.unwrap();
    assert_eq!(titles(&phone).await, [("둘".into(), 2)]);
    desktop.core.sync().await.unwrap();
    submit(&phone, write(1, "셋", 2)).await;
    submit(&desktop, write(1, "넷", 2)).await;
    phone.core.sync().await.unwrap();
    desktop.core.sync().await.unwrap();
    assert_eq!(titles(&desktop).await, [("셋".into(), 3)]);
    let waiting = desktop.call(ListPending {}).await.unwrap();
    assert!(waiting[0].blocked.is_some(), "what was typed on the other device waits for the person");
}

#[tokio::test]
async fn a_link_shows_a_recipe_without_what_is_private_until_it_is_taken_back() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        let id = Uuid::from_u128(1);
        let address = format!("/api/v1/shared-recipes/{id}");
        server.change(&mina, write(1, "두부구이", 0)).await.unwrap();
        assert_eq!(server.get(&address).await.status, StatusCode::NOT_FOUND);
        let share = |on| CookbookChange::ShareRecipe { id, on };
        assert!(server.change(&joon, share(true)).await.is_err());
        server.change(&mina, share(true)).await.unwrap();
        let shown = server.get(&address).await.json();
        assert_eq!((shown["title"].as_str(), shown.get("notes")), (Some("두부구이"), None));
        assert!(server.change(&joon, CookbookChange::DeleteRecipe { id }).await.is_ok());
        assert_eq!(server.get(&address).await.status, StatusCode::OK);
        server.change(&mina, share(false)).await.unwrap();
        assert_eq!(server.get(&address).await.status, StatusCode::NOT_FOUND);
        server.change(&mina, share(true)).await.unwrap();
        server.change(&mina, CookbookChange::DeleteRecipe { id }).await.unwrap();
        assert_eq!(server.get(&address).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_plan_is_the_same_on_all_devices_and_the_last_word_counts() {
    let server = TestApp::start().await;
    server.person("mina").await;
    let (phone, desktop) = (Device::new(&server), Device::new(&server));
    for device in [&phone, &desktop] {
        device.sign_in("mina").await.unwrap();
    }
    let day = |days| LocalDate::from_days(20_000 + days);
    let meal = |id: u128, on: i32| PlannedMeal {
        id: Uuid::from_u128(id),
        day: day(on),
        time: MealTime::Dinner,
        recipe: None,
        note: "비빔밥".into(),
        servings: 2.0,
        leftover: false,
    };
    submit(&phone, MealPlanChange::PlanMeal { meal: meal(1, 0) }).await;
    submit(&phone, MealPlanChange::PlanMeal { meal: meal(2, 8) }).await;
    phone.core.sync().await.unwrap();
    desktop.core.sync().await.unwrap();
    submit(&desktop, MealPlanChange::PlanMeal { meal: meal(1, 3) }).await;
    submit(&desktop, MealPlanChange::UnplanMeal { id: Uuid::from_u128(2) }).await;
    desktop.core.sync().await.unwrap();
    phone.core.sync().await.unwrap();
    let week = phone.call(ListMeals { from: day(0), to: day(6) }).await.unwrap();
    assert_eq!(week, [meal(1, 3)]);
    assert!(phone.call(ListMeals { from: day(7), to: day(13) }).await.unwrap().is_empty());
}

fn put(list: Uuid, id: u128, text: &str) -> ShoppingChange {
    let what = ShoppingLine { text: text.into(), ..ShoppingLine::default() };
    ShoppingChange::PutItem { id: Uuid::from_u128(id), list, what }
}

async fn lines(device: &Device, list: Uuid) -> Vec<(String, bool)> {
    let mut lines: Vec<(String, bool)> = device
        .call(ReadShopping { list })
        .await
        .unwrap()
        .into_iter()
        .map(|item| (item.what.text, item.ticked))
        .collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn two_people_tick_one_list_and_no_tick_is_lost() {
    for server in TestApp::on_each().await {
        server.person("mina").await;
        let joon = server.person("joon").await;
        let (hers, his) = (Device::new(&server), Device::new(&server));
        hers.sign_in("mina").await.unwrap();
        his.sign_in("joon").await.unwrap();
        let list = Uuid::from_u128(7);
        submit(&hers, ShoppingChange::OpenList { id: list, name: "주말".into() }).await;
        for (id, text) in [(1, "두부"), (2, "파"), (3, "쌀")] {
            submit(&hers, put(list, id, text)).await;
        }
        submit(&hers, ShoppingChange::ShareList { list, person: joon.id }).await;
        hers.core.sync().await.unwrap();
        his.core.sync().await.unwrap();
        assert_eq!(his.call(ListShopping {}).await.unwrap()[0].people.len(), 2);

        // Each ticks something while he has no network.
        his.set_up(false);
        let tick = |id: u128| ShoppingChange::TickItem { id: Uuid::from_u128(id), list, on: true };
        submit(&his, tick(1)).await;
        submit(&his, put(list, 4, "김")).await;
        submit(&hers, tick(2)).await;
        hers.core.sync().await.unwrap();
        assert_eq!(lines(&his, list).await.iter().filter(|(_, ticked)| *ticked).count(), 1);
        his.set_up(true);
        his.core.sync().await.unwrap();
        hers.core.sync().await.unwrap();
        his.core.sync().await.unwrap();
        let all = [("김".to_owned(), false), ("두부".into(), true), ("쌀".into(), false), ("파".into(), true)];
        assert_eq!(lines(&hers, list).await, all);
        assert_eq!(lines(&his, list).await, all);

        // Who leaves has nothing of it any more, and the others keep it.
        submit(&his, ShoppingChange::LeaveList { list }).await;
        his.core.sync().await.unwrap();
        his.core.sync().await.unwrap();
        assert!(his.call(ListShopping {}).await.unwrap().is_empty());
        assert!(lines(&his, list).await.is_empty());
        hers.core.sync().await.unwrap();
        assert_eq!(hers.call(ListShopping {}).await.unwrap()[0].people.len(), 1);
    }
}

#[tokio::test]
async fn a_list_is_nobody_elses_business() {
    let server = TestApp::start().await;
    let (mina, joon) = (server.person("mina").await, server.person("joon").await);
    let list = Uuid::from_u128(7);
    server.change(&mina, ShoppingChange::OpenList { id: list, name: String::new() }).await.unwrap();
    server.change(&mina, put(list, 1, "두부")).await.unwrap();
    let feed = format!("/api/v1/feeds/list:{list}");
    assert_eq!(server.get_as(&mina, &feed).await.status, StatusCode::OK);
    assert_eq!(server.get_as(&joon, &feed).await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get(&feed).await.status, StatusCode::UNAUTHORIZED);
    let id = Uuid::from_u128(1);
    for change in [
        put(list, 2, "파"),
        ShoppingChange::TickItem { id, list, on: true },
        ShoppingChange::RemoveItem { id, list },
        ShoppingChange::ShareList { list, person: joon.id },
        ShoppingChange::OpenList { id: list, name: "x".into() },
    ] {
        assert!(server.change(&joon, change.clone()).await.is_err(), "{change:?}");
    }
    // A line of another list is not moved here.
    let own = Uuid::from_u128(8);
    server.change(&joon, ShoppingChange::OpenList { id: own, name: String::new() }).await.unwrap();
    assert!(server.change(&joon, put(own, 1, "내 것")).await.is_err());
}

async fn send_file(server: &TestApp, who: &Someone, name: &str, bytes: Vec<u8>) -> crate::test_app::Reply {
    let request = Request::post(format!("/api/v1/recipe-imports/file?name={name}"))
        .header(header::AUTHORIZATION, format!("Bearer {}", who.token))
        .header(header::CONTENT_TYPE, "application/octet-stream")
        .body(Body::from(bytes))
        .unwrap();
    server.answer(request).await
}

#[tokio::test]
async fn a_whole_book_is_taken_along_and_read_back() {
    let server = TestApp::start().await;
    let (mina, joon) = (server.person("mina").await, server.person("joon").await);
    server.change(&mina, write(1, "두부구이", 0)).await.unwrap();
    server.change(&mina, write(2, "시금치국", 0)).await.unwrap();
    let archive = server.get_as(&mina, "/api/v1/cookbook/export").await;
    assert_eq!(archive.header(header::CONTENT_TYPE), "application/zip");
    assert!(zip::ZipArchive::new(Cursor::new(archive.body.clone())).is_ok());
    let read = send_file(&server, &joon, "book.zip", archive.body).await.json();
    let back: Vec<BookRecipe> = read["recipes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| serde_json::from_value(one["recipe"].clone()).unwrap())
        .collect();
    assert_eq!(back, [recipe("두부구이"), recipe("시금치국")]);
    let nothing = send_file(&server, &joon, "a.txt", b"hello".to_vec()).await;
    assert_eq!(
        (nothing.status, nothing.json()["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("no-recipe"))
    );
}

/// A site on a free port with a page, a page that leads there, and a part that its robots.txt closes.
async fn site() -> String {
    const PAGE: &str = "<html><script type='application/ld+json'>{\"@type\":\"Recipe\",\"name\":\"Lentil soup\",\
        \"recipeYield\":\"4 servings\",\"recipeIngredient\":[\"200 g lentils\"],\"recipeInstructions\":[\"Boil for 20 minutes.\"]}</script>";
    let html = || async { ([(header::CONTENT_TYPE, "text/html")], PAGE) };
    let router = axum::Router::new()
        .route("/soup", get(html))
        .route("/closed/soup", get(html))
        .route("/moved", get(|| async { axum::response::Redirect::permanent("/soup") }))
        .route("/round", get(|| async { axum::response::Redirect::permanent("/round") }))
        .route("/robots.txt", get(|| async { "User-agent: *\nDisallow: /closed/\n" }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

async fn import(server: &TestApp, who: &Someone, url: &str) -> crate::test_app::Reply {
    server.json(Some(who), Method::POST, "/api/v1/recipe-imports/address", json!({"url": url})).await
}

#[tokio::test]
async fn a_page_is_read_where_its_site_lets_it() {
    let server = TestApp::with_flags(&["--import-from-private-networks"]).await;
    let mina = server.person("mina").await;
    let site = site().await;
    for path in ["/soup", "/moved"] {
        let read = import(&server, &mina, &format!("{site}{path}")).await.json();
        let recipe = &read["recipes"][0]["recipe"];
        assert_eq!(
            (recipe["title"].as_str(), recipe["steps"][0]["timer_s"].as_i64()),
            (Some("Lentil soup"), Some(1_200))
        );
        assert_eq!(recipe["source"], format!("{site}/soup"));
    }
    let code = async |path: &str| import(&server, &mina, &format!("{site}{path}")).await.json()["code"].clone();
    assert_eq!(code("/closed/soup").await, "page-refuses");
    assert_eq!(code("/round").await, "page-unreachable");
    assert_eq!(code("/nothing").await, "page-unreachable");
}

#[tokio::test]
async fn nobody_reaches_the_operators_network_by_a_page() {
    let server = TestApp::start().await;
    let mina = server.person("mina").await;
    let site = site().await;
    let port = site.rsplit(':').next().unwrap();
    for url in [format!("{site}/soup"), format!("http://localhost:{port}/soup"), "http://localhost/".into()] {
        let reply = import(&server, &mina, &url).await;
        assert!(matches!(reply.status.as_u16(), 400 | 422), "{url}: {}", reply.text());
    }
    let nobody = server.json(None, Method::POST, "/api/v1/recipe-imports/address", json!({"url": site})).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
}
