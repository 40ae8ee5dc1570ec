//! The WebSocket: what is told at once, to whom, and across processes.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use hnh_domain::account::AccountChange;
use hnh_domain::chat::{ChatChange, FromClient, FromServer, direct_room};
use hnh_domain::feeds::Feed;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use uuid::Uuid;

use crate::sockets::{AT_ONCE, Running, running};
use crate::test_app::{Someone, TestApp};
use crate::test_db;

struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>);

async fn try_connect(server: &Running, token: Option<&str>) -> Result<Client, Error> {
    let mut request = format!("ws://{}/api/v1/live", server.address).into_client_request()?;
    if let Some(token) = token {
        request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    }
    connect_async(request).await.map(|(socket, _)| Client(socket))
}

async fn connect(server: &Running, who: &Someone) -> Client {
    try_connect(server, Some(&who.token)).await.unwrap()
}

impl Client {
    async fn say(&mut self, what: &FromClient) {
        self.0.send(Message::text(serde_json::to_string(what).unwrap())).await.unwrap();
    }

    /// The next thing the server says; nothing when it hangs up.
    async fn hear(&mut self) -> Option<FromServer> {
        loop {
            match self.0.next().await? {
                Ok(Message::Text(text)) => return Some(serde_json::from_str(&text).unwrap()),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// Skips what comes before.
    async fn hear_until(&mut self, wanted: impl Fn(&FromServer) -> bool) -> FromServer {
        loop {
            let said = self.hear().await.expect("the socket is open");
            if wanted(&said) {
                return said;
            }
        }
    }

    async fn follow(&mut self, feed: Feed) -> FromServer {
        let name = feed.to_string();
        self.say(&FromClient::Follow { feed: name.clone() }).await;
        self.hear_until(|said| match said {
            FromServer::Heads { heads, .. } => heads.contains_key(&name),
            FromServer::Refused { feed } => *feed == name,
            _ => false,
        })
        .await
    }

    async fn head_of(&mut self, feed: Feed) -> i64 {
        let name = feed.to_string();
        let told = |said: &FromServer| matches!(said, FromServer::Heads { heads, .. } if heads.contains_key(&name));
        match self.hear_until(told).await {
            FromServer::Heads { heads, .. } => heads[&name],
            _ => unreachable!("only heads were waited for"),
        }
    }
}

fn message(room: Uuid, text: &str) -> ChatChange {
    ChatChange::Send { id: Uuid::now_v7(), room, text: text.into(), photo: None, card: None, reply_to: None }
}

async fn friends(server: &TestApp) -> (Someone, Someone, Uuid) {
    let (mina, joon) = (server.person("mina").await, server.person("joon").await);
    let room = direct_room(mina.id, joon.id);
    server.change(&mina, ChatChange::OpenDirect { id: room, person: joon.id }).await.unwrap();
    // Who said something in a room lets the others know when they are here.
    for (who, text) in [(&mina, "안녕"), (&joon, "안녕하세요")] {
        server.change(who, message(room, text)).await.unwrap();
    }
    (mina, joon, room)
}

#[tokio::test]
async fn those_in_a_room_hear_of_messages_typing_and_presence_and_nobody_else_does() {
    let server = running(TestApp::start().await, AT_ONCE).await;
    let (mina, joon, room) = friends(&server.app).await;
    let stranger = server.app.person("stranger").await;
    let feed = Feed::Room(room);

    let mut joons = connect(&server, &joon).await;
    assert!(matches!(joons.follow(feed).await, FromServer::Heads { .. }));
    let mut minas = connect(&server, &mina).await;
    assert_eq!(
        joons.hear_until(|said| matches!(said, FromServer::Presence { .. })).await,
        FromServer::Presence { person: mina.id, here: true }
    );
    minas.follow(feed).await;
    let mut strangers = connect(&server, &stranger).await;
    assert_eq!(strangers.follow(feed).await, FromServer::Refused { feed: feed.to_string() });
    assert_eq!(
        strangers.follow(Feed::Person(mina.id)).await,
        FromServer::Refused { feed: Feed::Person(mina.id).to_string() }
    );

    server.app.change(&mina, message(room, "밥 먹자")).await.unwrap();
    let told = joons.head_of(feed).await;
    assert!(told >= 1);
    // A stranger who claims to type in the room is not heard: what comes next is what Mina does.
    strangers.say(&FromClient::Typing { room }).await;
    strangers.say(&FromClient::Ping).await;
    strangers.hear_until(|said| matches!(said, FromServer::Heads { .. })).await;
    minas.say(&FromClient::Typing { room }).await;
    assert_eq!(joons.hear().await, Some(FromServer::Typing { room, person: mina.id }));
    joons.say(&FromClient::Ping).await;
    assert_eq!(joons.head_of(feed).await, told, "a heartbeat names the newest number");
    minas.0.close(None).await.unwrap();
    assert_eq!(joons.hear().await, Some(FromServer::Presence { person: mina.id, here: false }));
}

#[tokio::test]
async fn a_block_hides_who_is_here_and_who_types() {
    let server = running(TestApp::start().await, AT_ONCE).await;
    let (mina, joon, room) = friends(&server.app).await;
    server.app.change(&mina, AccountChange::Block { person: joon.id, on: true }).await.unwrap();
    let (mut joons, mut minas) = (connect(&server, &joon).await, connect(&server, &mina).await);
    joons.follow(Feed::Room(room)).await;
    minas.follow(Feed::Room(room)).await;
    minas.say(&FromClient::Typing { room }).await;
    minas.say(&FromClient::Ping).await;
    minas.head_of(Feed::Room(room)).await;
    joons.say(&FromClient::Ping).await;
    assert!(matches!(joons.hear().await, Some(FromServer::Heads { .. })), "nothing came before the heartbeat");
}

#[tokio::test]
async fn a_socket_needs_a_session_and_ends_with_it() {
    let server = running(TestApp::start().await, AT_ONCE).await;
    let (mina, joon, _) = friends(&server.app).await;
    for token in [None, Some("none")] {
        match try_connect(&server, token).await {
            Err(Error::Http(reply)) => assert_eq!(reply.status(), 401),
            _ => panic!("a nobody must not connect"),
        }
    }
    let (mut minas, mut joons) = (connect(&server, &mina).await, connect(&server, &joon).await);
    minas.say(&FromClient::Ping).await;
    assert!(matches!(minas.hear().await, Some(FromServer::Heads { .. })));
    let over = server.app.json(Some(&mina), axum::http::Method::DELETE, "/api/v1/sessions", serde_json::Value::Null);
    assert_eq!(over.await.status, 204);
    minas.say(&FromClient::Ping).await;
    assert_eq!(minas.hear().await, None, "a session that is over is not served");

    // What cannot be understood is passed over; what is too long ends the socket, not the server.
    joons.0.send(Message::text("nonsense")).await.unwrap();
    joons.say(&FromClient::Ping).await;
    assert!(matches!(joons.hear().await, Some(FromServer::Heads { .. })));
    joons.0.send(Message::text("x".repeat(5_000))).await.unwrap();
    assert_eq!(joons.hear().await, None);
}

#[tokio::test]
async fn rights_that_ended_reach_a_socket_that_only_listens() {
    let server = running(TestApp::start().await, AT_ONCE).await;
    let (mina, joon, room) = friends(&server.app).await;
    let (mut minas, mut joons) = (connect(&server, &mina).await, connect(&server, &joon).await);
    for client in [&mut minas, &mut joons] {
        client.follow(Feed::Room(room)).await;
    }
    server.app.change(&mina, AccountChange::Block { person: joon.id, on: true }).await.unwrap();
    let over = server.app.json(Some(&joon), axum::http::Method::DELETE, "/api/v1/sessions", serde_json::Value::Null);
    assert_eq!(over.await.status, 204);
    // Half a minute passes; nobody says a word.
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(31)).await;
    tokio::time::resume();
    while joons.hear().await.is_some() {}
    let gone = FromServer::Presence { person: joon.id, here: false };
    minas.hear_until(|said| *said == gone).await;
}

#[tokio::test]
async fn a_server_that_stops_says_goodbye_and_waits_for_it_to_be_heard() {
    let server = running(TestApp::start().await, AT_ONCE).await;
    let mina = server.app.person("mina").await;
    let mut minas = connect(&server, &mina).await;
    minas.say(&FromClient::Ping).await;
    minas.hear().await;
    server.stop.send(()).unwrap();
    assert_eq!(minas.hear().await, Some(FromServer::Closing));
    server.stopped.await.unwrap();
}

#[tokio::test]
async fn two_processes_tell_one_another_over_redis() {
    let (Some(database), Ok(redis)) = (test_db::postgres().await, std::env::var("HNH_TEST_REDIS")) else {
        eprintln!("skipped: HNH_TEST_POSTGRES and HNH_TEST_REDIS name no servers");
        return;
    };
    let flags = ["--database-url", &database.url, "--redis-url", &redis];
    let here = running(TestApp::with_flags(&flags).await, AT_ONCE).await;
    let there = running(TestApp::with_flags(&flags).await, AT_ONCE).await;
    let (mina, joon, room) = friends(&here.app).await;
    let feed = Feed::Room(room);
    let mut joons = connect(&there, &joon).await;
    joons.follow(feed).await;
    // Until both have subscribed, what is told is lost, as it may be: Mina comes until she is seen.
    let mut minas = loop {
        let mut minas = connect(&here, &mina).await;
        minas.follow(feed).await;
        joons.say(&FromClient::Ping).await;
        match joons.hear().await {
            Some(FromServer::Presence { person, here: true }) if person == mina.id => break minas,
            _ => continue,
        }
    };
    here.app.change(&mina, message(room, "저쪽에서")).await.unwrap();
    while joons.head_of(feed).await == 0 {}
    minas.say(&FromClient::Typing { room }).await;
    joons.hear_until(|said| matches!(said, FromServer::Typing { person, .. } if *person == mina.id)).await;
}

#[tokio::test]
async fn a_stranger_who_opens_a_room_does_not_see_one_come_and_go() {
    let server = running(TestApp::start().await, AT_ONCE).await;
    let (mina, eve) = (server.app.person("mina").await, server.app.person("eve").await);
    let room = direct_room(mina.id, eve.id);
    server.app.change(&eve, ChatChange::OpenDirect { id: room, person: mina.id }).await.unwrap();
    server.app.change(&eve, message(room, "hello?")).await.unwrap();
    let mut eves = connect(&server, &eve).await;
    eves.follow(Feed::Room(room)).await;
    let mut minas = connect(&server, &mina).await;
    minas.follow(Feed::Room(room)).await;
    eves.say(&FromClient::Ping).await;
    assert!(matches!(eves.hear().await, Some(FromServer::Heads { .. })), "nothing came before the heartbeat");
    // Who answers is seen from then on.
    server.app.change(&mina, message(room, "hello")).await.unwrap();
    eves.hear_until(|said| matches!(said, FromServer::Presence { person, here: true } if *person == mina.id)).await;
}

#[tokio::test]
async fn a_person_has_thirty_sockets_and_no_more() {
    let server = running(TestApp::start().await, AT_ONCE).await;
    let (mina, _, room) = friends(&server.app).await;
    let mut open = Vec::new();
    for _ in 0..30 {
        let mut socket = connect(&server, &mina).await;
        socket.follow(Feed::Room(room)).await;
        open.push(socket);
    }
    let mut one_more = connect(&server, &mina).await;
    assert_eq!(one_more.hear().await, None);
    drop(open.pop());
    loop {
        let mut again = connect(&server, &mina).await;
        again.say(&FromClient::Ping).await;
        if again.hear().await.is_some() {
            break;
        }
    }
}

#[tokio::test]
async fn who_may_not_follow_a_feed_hears_not_even_its_numbers() {
    let server = running(TestApp::start().await, AT_ONCE).await;
    let (mina, joon, eve) =
        (server.app.person("mina").await, server.app.person("joon").await, server.app.person("eve").await);
    // Anybody can compute the room of two people.
    let room = direct_room(mina.id, joon.id);
    server.app.change(&mina, ChatChange::OpenDirect { id: room, person: joon.id }).await.unwrap();
    let mut eves = connect(&server, &eve).await;
    let private = [Feed::Room(room).to_string(), Feed::Person(mina.id).to_string()];
    for _ in 0..20 {
        for feed in &private {
            eves.say(&FromClient::Follow { feed: feed.clone() }).await;
        }
        server.app.change(&mina, message(room, "between us")).await.unwrap();
    }
    eves.say(&FromClient::Ping).await;
    loop {
        match eves.hear().await.expect("the socket is open") {
            // The answer to the ping: she follows nothing.
            FromServer::Heads { heads, .. } if heads.is_empty() => break,
            FromServer::Refused { feed } => assert!(private.contains(&feed)),
            said => panic!("a stranger heard {said:?}"),
        }
    }
}
