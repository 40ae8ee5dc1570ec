//! Accounts: in, out, recovery, limits, what the database never holds.

use axum::http::{Method, Request, StatusCode, header};
use hnh_domain::account::{AccountChange, FavouriteKind, ProfileDraft, ProfilePart};
use hnh_domain::cookbook::{BookRecipe, CookbookChange};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::test_app::{PASSWORD, TestApp};

async fn sign_in(server: &TestApp, login: &str, password: &str) -> (StatusCode, Value) {
    let form = json!({"login": login, "password": password, "token": true});
    let reply = server.json(None, Method::POST, "/api/v1/sessions", form).await;
    (reply.status, reply.json())
}

#[tokio::test]
async fn an_account_is_made_entered_and_left() {
    for server in TestApp::on_each().await {
        let mina = server.person("mina").await;
        let me = server.get_as(&mina, "/api/v1/account").await.json();
        assert_eq!(
            (me["handle"].as_str(), me["name"].as_str(), me["role"].as_str()),
            (Some("mina"), Some("mina"), Some("member"))
        );
        assert_eq!(me["email_verified"], false);

        assert_eq!(sign_in(&server, "@Mina", PASSWORD).await.0, StatusCode::CREATED);
        let wrong = sign_in(&server, "mina", "otter-eats-14-barley").await;
        let nobody = sign_in(&server, "joon", PASSWORD).await;
        assert_eq!(wrong.0, StatusCode::UNAUTHORIZED);
        assert_eq!(wrong, nobody, "nobody learns which names exist");
        // An address that nobody proved opens nothing.
        assert_eq!(sign_in(&server, "mina@example.com", PASSWORD).await, nobody);

        let sessions = server.get_as(&mina, "/api/v1/sessions").await.json();
        assert_eq!(sessions.as_array().unwrap().iter().filter(|s| s["current"] == true).count(), 1);
        assert_eq!(sessions.as_array().unwrap().len(), 2);
        let other = sessions.as_array().unwrap().iter().find(|s| s["current"] == false).unwrap()["id"].clone();
        let end = |id: &str| format!("/api/v1/sessions/{id}");
        let ended = server.json(Some(&mina), Method::DELETE, &end(other.as_str().unwrap()), Value::Null).await;
        assert_eq!(ended.status, StatusCode::NO_CONTENT);
        let gone = server.json(Some(&mina), Method::DELETE, "/api/v1/sessions/current", Value::Null).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        assert_eq!(server.get_as(&mina, "/api/v1/account").await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn a_taken_handle_and_a_weak_password_are_refused_and_a_taken_address_is_not_told() {
    let server = TestApp::start().await;
    server.person("mina").await;
    let up = async |handle: &str, email: &str, password: &str| {
        let form = json!({"handle": handle, "email": email, "password": password});
        let reply = server.json(None, Method::POST, "/api/v1/accounts", form).await;
        (reply.status.as_u16(), reply.json()["errors"][0]["field"].as_str().map(str::to_owned))
    };
    assert_eq!(up("MINA", "x@example.com", PASSWORD).await, (409, Some("handle".into())));
    assert_eq!(up("joon", "joon@example.com", "joonjoonjoon").await, (400, Some("password".into())));
    assert_eq!(up("joon", "nonsense", PASSWORD).await, (400, Some("email".into())));
    assert_eq!(up("a b", "joon@example.com", PASSWORD).await, (400, Some("handle".into())));
    assert_eq!(up("joon", "mina@example.com", PASSWORD).await, (201, None));
}

#[tokio::test]
async fn a_browser_gets_a_cookie_that_other_sites_cannot_use() {
    let server = TestApp::start().await;
    let form = json!({"handle": "mina", "email": "mina@example.com", "password": PASSWORD});
    let reply = server.json(None, Method::POST, "/api/v1/accounts", form).await;
    assert_eq!(reply.json().get("token"), None, "scripts never see it");
    let cookie = reply.header(header::SET_COOKIE).to_owned();
    for part in ["__Host-hnh=", "Path=/", "Secure", "HttpOnly", "SameSite=Strict"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let pair = cookie.split(';').next().unwrap();
    let ask = async |method: Method, address: &str, site: &str| {
        let request = Request::builder().method(method).uri(address).header(header::COOKIE, pair);
        server.send(request.header("sec-fetch-site", site)).await.status.as_u16()
    };
    assert_eq!(ask(Method::GET, "/api/v1/account", "same-origin").await, 200);
    assert_eq!(ask(Method::DELETE, "/api/v1/sessions", "cross-site").await, 403);
    assert_eq!(ask(Method::DELETE, "/api/v1/sessions", "same-site").await, 403);
    assert_eq!(ask(Method::DELETE, "/api/v1/sessions", "same-origin").await, 204);
    assert_eq!(ask(Method::GET, "/api/v1/account", "same-origin").await, 401);
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let server = TestApp::start().await;
    let mina = server.person("mina").await;
    let (_, other) = sign_in(&server, "mina", PASSWORD).await;
    let change = async |old: &str, new: &str| {
        let form = json!({"old": old, "new": new});
        server.json(Some(&mina), Method::PUT, "/api/v1/account/password", form).await.status.as_u16()
    };
    assert_eq!(change("not the old password", "heron-sips-7-radish").await, 401);
    assert_eq!(change(PASSWORD, "minaminamina").await, 400);
    assert_eq!(change(PASSWORD, "heron-sips-7-radish").await, 204);
    assert_eq!(server.get_as(&mina, "/api/v1/account").await.status, StatusCode::OK);
    let token = format!("Bearer {}", other["token"].as_str().unwrap());
    let old = server.send(Request::get("/api/v1/account").header(header::AUTHORIZATION, token)).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&server, "mina", PASSWORD).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&server, "mina", "heron-sips-7-radish").await.0, StatusCode::CREATED);
}

#[tokio::test]
async fn guessing_is_slowed_down_and_told_for_how_long() {
    let server = TestApp::start().await;
    server.person("mina").await;
    for _ in 0..10 {
        assert_eq!(sign_in(&server, "mina", "otter-eats-14-barley").await.0, StatusCode::UNAUTHORIZED);
    }
    let form = json!({"login": "mina", "password": PASSWORD});
    let reply = server.json(None, Method::POST, "/api/v1/sessions", form).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert!((1..=30).contains(&reply.header(header::RETRY_AFTER).parse::<u32>().unwrap()));
    assert_eq!(reply.json()["code"], "too-many");
}

#[tokio::test]
async fn asking_for_a_new_password_tells_nothing_of_the_address() {
    let server = TestApp::start().await;
    server.person("mina").await;
    let ask = async |email: &str| {
        let reply = server.json(None, Method::POST, "/api/v1/password-resets", json!({"email": email})).await;
        (reply.status.as_u16(), reply.body)
    };
    assert_eq!(ask("mina@example.com").await, ask("nobody@example.com").await);
    let forged = json!({"token": "0".repeat(64), "password": "heron-sips-7-radish"});
    let reply = server.json(None, Method::POST, "/api/v1/password-resets/use", forged).await;
    assert_eq!((reply.status.as_u16(), reply.json()["code"].as_str()), (400, Some("invalid-token")));
}

#[tokio::test]
async fn a_profile_is_private_but_for_what_is_shared() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        let draft = ProfileDraft {
            name: "미나".into(),
            about: "두부를 좋아해요".into(),
            district: "서울특별시 중구".into(),
            shared: vec![ProfilePart::About].into(),
            ..ProfileDraft::default()
        };
        let set = |version| AccountChange::SetProfile { profile: Box::new(draft.clone()), version };
        server.change(&mina, set(0)).await.unwrap();
        let refused = server.change(&mina, set(0)).await.unwrap_err();
        assert_eq!(refused["code"], "changed-meanwhile");
        assert_eq!(refused["current"]["says"]["name"], "미나");

        let seen = server.get_as(&joon, "/api/v1/people/mina").await.json();
        assert_eq!(
            (seen["says"]["about"].as_str(), seen["says"]["district"].as_str()),
            (Some("두부를 좋아해요"), Some(""))
        );
        let own = server.get_as(&mina, "/api/v1/people/@mina").await.json();
        assert_eq!(own["says"]["district"], "서울특별시 중구");
        assert_eq!(server.get_as(&mina, "/api/v1/account").await.json()["name"], "미나");

        server.change(&mina, AccountChange::Block { person: joon.id, on: true }).await.unwrap();
        assert_eq!(server.get_as(&joon, "/api/v1/people/mina").await.status, StatusCode::NOT_FOUND);
        assert_eq!(server.get_as(&mina, "/api/v1/people/joon").await.json()["blocked"], true);
    }
}

#[tokio::test]
async fn favourites_are_kept_once_and_told_to_all_devices() {
    for server in TestApp::on_each().await {
        let mina = server.person("mina").await;
        let item = Uuid::from_u128(5);
        let set = |on| AccountChange::SetFavourite { kind: FavouriteKind::Recipe, id: item, on };
        server.change(&mina, set(true)).await.unwrap();
        server.change(&mina, set(true)).await.unwrap();
        let feed = server.feed(&mina, &format!("person:{}", mina.id)).await;
        assert_eq!(feed.len(), 1, "the same favourite, told once as it is now: {feed:?}");
        assert_eq!(
            (feed[0]["number"].as_i64(), feed[0]["item"]["of"].as_str()),
            (Some(2), Some(item.to_string().as_str()))
        );
        server.change(&mina, set(false)).await.unwrap();
        let feed = server.feed(&mina, &format!("person:{}", mina.id)).await;
        assert_eq!(feed[0].get("item"), None);
    }
}

#[tokio::test]
async fn everything_can_be_taken_along_and_then_be_gone() {
    for server in TestApp::on_each().await {
        let mina = server.person("mina").await;
        let recipe = Box::new(BookRecipe { title: "두부구이".into(), ..BookRecipe::default() });
        let write = CookbookChange::WriteRecipe { id: Uuid::from_u128(1), recipe, version: 0 };
        server.change(&mina, write).await.unwrap();
        let export = server.get_as(&mina, "/api/v1/account/export").await;
        assert_eq!(export.header(header::CONTENT_TYPE), "application/zip");
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(export.body)).unwrap();
        let all: Value = serde_json::from_reader(zip.by_name("account.json").unwrap()).unwrap();
        assert_eq!(all["recipes"][0]["recipe"]["title"], "두부구이");
        assert_eq!(all["account"]["handle"], "mina");

        let close = async |password: &str| {
            server.json(Some(&mina), Method::POST, "/api/v1/account/close", json!({"password": password})).await.status
        };
        assert_eq!(close("not the password").await, StatusCode::UNAUTHORIZED);
        assert_eq!(close(PASSWORD).await, StatusCode::NO_CONTENT);
        assert_eq!(server.get_as(&mina, "/api/v1/account").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(server.get("/api/v1/people/mina").await.status, StatusCode::NOT_FOUND);
        server.person("mina").await;
    }
}

#[tokio::test]
async fn a_body_of_another_type_or_shape_is_refused_with_its_field() {
    let server = TestApp::start().await;
    let form = Request::post("/api/v1/sessions").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    assert_eq!(server.send(form).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let reply = server.json(None, Method::POST, "/api/v1/sessions", json!({"login": "mina", "password": 5})).await;
    assert_eq!((reply.status.as_u16(), reply.json()["errors"][0]["field"].as_str()), (400, Some("password")));
    let reply = server.json(None, Method::POST, "/api/v1/sessions", json!([1])).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
}
