//! Notifications in browsers, as their push service and their service worker get them.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::routing::post;
use base64ct::{Base64UrlUnpadded, Encoding};
use hnh_domain::account::AccountChange;
use hnh_domain::chat::{ChatChange, direct_room};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use uuid::Uuid;
use web_push_native::p256::SecretKey;
use web_push_native::p256::elliptic_curve::sec1::ToEncodedPoint;

use crate::test_app::{Someone, TestApp};

const AUTH: [u8; 16] = [7; 16];

/// A browser and its push service: it answers what the last part of the address says, and shows what came.
struct Browser {
    key: SecretKey,
    origin: String,
    came: mpsc::UnboundedReceiver<(HeaderMap, Bytes)>,
}

impl Browser {
    async fn open() -> Self {
        let (sender, came) = mpsc::unbounded_channel();
        let sender = Arc::new(sender);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let answer =
            async |State(sender): State<Arc<mpsc::UnboundedSender<_>>>, Path(status): Path<u16>, headers, body| {
                sender.send((headers, body)).unwrap();
                StatusCode::from_u16(status).unwrap()
            };
        let router = Router::new().route("/{status}", post(answer)).with_state(sender);
        tokio::spawn(async move { axum::serve(listener, router).await });
        let key = SecretKey::from_slice(&[9; 32]).unwrap();
        Self { key, origin, came }
    }

    /// What the page sends to the server.
    fn subscription(&self, status: u16, settings: Value) -> Value {
        let key = Base64UrlUnpadded::encode_string(self.key.public_key().to_encoded_point(false).as_bytes());
        json!({"endpoint": format!("{}/{status}", self.origin), "p256dh": key,
            "auth": Base64UrlUnpadded::encode_string(&AUTH), "zone": "Asia/Seoul", "settings": settings})
    }

    /// The next notification.
    async fn next(&mut self) -> Value {
        let (headers, body) = self.came.recv().await.unwrap();
        assert_eq!(headers["content-encoding"], "aes128gcm");
        assert!(headers["authorization"].to_str().unwrap().starts_with("vapid t="));
        let text = web_push_native::decrypt(body.to_vec(), &self.key, &AUTH.into()).unwrap();
        serde_json::from_slice(&text).unwrap()
    }
}

async fn subscribe(server: &TestApp, who: &Someone, device: Value) -> StatusCode {
    server.json(Some(who), Method::PUT, "/api/v1/push/device", device).await.status
}

async fn start(browser: &Browser) -> TestApp {
    let key = hnh_server::push::generate_key();
    TestApp::with_flags(&["--push-key", &key, "--push-services", &browser.origin]).await
}

fn everything() -> Value {
    json!({"kinds": "messages,meals,answers,reminders"})
}

async fn say(server: &TestApp, who: &Someone, room: Uuid, text: &str) {
    let change =
        ChatChange::Send { id: Uuid::now_v7(), room, text: text.into(), photo: None, card: None, reply_to: None };
    server.change(who, change).await.unwrap();
}

#[tokio::test]
async fn a_message_comes_to_the_other_with_its_page_and_not_to_who_wrote_it() {
    let mut browser = Browser::open().await;
    let server = start(&browser).await;
    let (mina, joon) = (server.person("mina").await, server.person("joon").await);
    for who in [&mina, &joon] {
        let device = browser.subscription(201, everything());
        assert_eq!(subscribe(&server, who, device).await, StatusCode::NO_CONTENT);
    }
    // One browser: it is Joon's now, who signed in last.
    let room = direct_room(mina.id, joon.id);
    server.change(&mina, ChatChange::OpenDirect { id: room, person: joon.id }).await.unwrap();
    say(&server, &joon, room, "not to myself").await;
    say(&server, &mina, room, "밥 먹자").await;
    let told = browser.next().await;
    assert_eq!((told["title"].as_str(), told["body"].as_str()), (Some("mina"), Some("밥 먹자")));
    assert_eq!(told["page"], format!("/chat/{room}"));
    // Nobody hears of a muted room, of one who is blocked, or after signing out.
    server.change(&joon, ChatChange::Mute { room, on: true }).await.unwrap();
    say(&server, &mina, room, "muted").await;
    server.change(&joon, ChatChange::Mute { room, on: false }).await.unwrap();
    say(&server, &mina, room, "heard again").await;
    assert_eq!(browser.next().await["body"], "heard again");
    let reply = server.json(Some(&joon), Method::DELETE, "/api/v1/sessions/current", Value::Null).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    say(&server, &mina, room, "signed out").await;
    server.change(&mina, AccountChange::Block { person: joon.id, on: true }).await.unwrap();
    assert!(browser.came.try_recv().is_err());
}

#[tokio::test]
async fn quiet_hours_and_switches_hold_back() {
    let mut browser = Browser::open().await;
    let server = start(&browser).await;
    let (mina, joon) = (server.person("mina").await, server.person("joon").await);
    let room = direct_room(mina.id, joon.id);
    server.change(&mina, ChatChange::OpenDirect { id: room, person: joon.id }).await.unwrap();
    // The server's time is 02:30 in Seoul.
    let night = json!({"kinds": "messages", "quiet": {"from": 22 * 60, "to": 7 * 60}});
    let noon = json!({"kinds": "messages", "quiet": {"from": 12 * 60, "to": 13 * 60}});
    // Who hears everything tells that what was said before was looked at: it is done in order.
    let ann = server.person("ann").await;
    assert_eq!(subscribe(&server, &ann, browser.subscription(202, everything())).await, StatusCode::NO_CONTENT);
    let marks = direct_room(mina.id, ann.id);
    server.change(&mina, ChatChange::OpenDirect { id: marks, person: ann.id }).await.unwrap();
    for (settings, text) in [(night, "at night"), (json!({"kinds": "meals"}), "switched off"), (noon, "now")] {
        let device = browser.subscription(201, settings);
        assert_eq!(subscribe(&server, &joon, device).await, StatusCode::NO_CONTENT);
        say(&server, &mina, room, text).await;
        if text == "now" {
            assert_eq!(browser.next().await["body"], "now");
        } else {
            say(&server, &mina, marks, "mark").await;
            assert_eq!(browser.next().await["body"], "mark", "{text} is held back");
        }
    }
}

#[tokio::test]
async fn a_browser_that_is_gone_is_forgotten_and_strangers_addresses_are_refused() {
    let mut browser = Browser::open().await;
    let server = start(&browser).await;
    let (mina, joon) = (server.person("mina").await, server.person("joon").await);
    let room = direct_room(mina.id, joon.id);
    server.change(&mina, ChatChange::OpenDirect { id: room, person: joon.id }).await.unwrap();
    let gone = browser.subscription(410, everything());
    assert_eq!(subscribe(&server, &joon, gone).await, StatusCode::NO_CONTENT);
    say(&server, &mina, room, "to nobody").await;
    browser.next().await;
    for _ in 0..200 {
        let mut tx = server.state.db.read().await.unwrap();
        let left: Vec<(String,)> = tx.fetch_all("SELECT endpoint FROM push_subscription", []).await.unwrap();
        if left.is_empty() {
            break;
        }
        drop(tx);
        tokio::task::yield_now().await;
    }
    let mut tx = server.state.db.read().await.unwrap();
    assert_eq!(tx.fetch_all::<(String,)>("SELECT endpoint FROM push_subscription", []).await.unwrap(), []);
    drop(tx);
    let mut inside = browser.subscription(201, everything());
    inside["endpoint"] = json!("http://169.254.169.254/latest/meta-data");
    assert_eq!(subscribe(&server, &joon, inside).await, StatusCode::BAD_REQUEST);
    let mut keyless = browser.subscription(201, everything());
    keyless["p256dh"] = json!("AAAA");
    assert_eq!(subscribe(&server, &joon, keyless).await, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn without_a_key_a_server_says_that_it_sends_nothing() {
    let server = TestApp::start().await;
    assert_eq!(server.get("/api/v1/push/key").await.json(), json!({}));
    let server = start(&Browser::open().await).await;
    assert!(server.get("/api/v1/push/key").await.json()["key"].as_str().unwrap().len() > 80);
}
