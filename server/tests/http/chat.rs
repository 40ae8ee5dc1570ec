//! Rooms and messages: who is inside, what stays in order, what a block stops.

use axum::http::StatusCode;
use hnh_domain::account::AccountChange;
use hnh_domain::board::{BoardChange, Decision, Reaction, Subject, SubjectKind};
use hnh_domain::chat::{ChatChange, direct_room};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::test_app::{Someone, TestApp};

fn send(id: u128, room: Uuid, text: &str) -> ChatChange {
    ChatChange::Send { id: Uuid::from_u128(id), room, text: text.into(), photo: None, card: None, reply_to: None }
}

async fn open_direct(server: &TestApp, one: &Someone, other: &Someone) -> Uuid {
    let id = direct_room(one.id, other.id);
    server.change(one, ChatChange::OpenDirect { id, person: other.id }).await.unwrap();
    id
}

async fn texts(server: &TestApp, who: &Someone, room: Uuid) -> Vec<String> {
    let entries = server.feed(who, &format!("room:{room}")).await;
    let mut messages: Vec<Value> = entries.into_iter().filter_map(|e| e.get("item").cloned()).collect();
    messages.sort_by_key(|message| message["number"].as_i64().unwrap());
    messages.iter().map(|m| m["text"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn messages_keep_their_order_and_their_place_when_edited() {
    for server in TestApp::on_each().await {
        let (mina, joon, suho) =
            (server.person("mina").await, server.person("joon").await, server.person("suho").await);
        let room = open_direct(&server, &mina, &joon).await;
        assert_eq!(open_direct(&server, &joon, &mina).await, room, "two people have one direct room");
        server.change(&mina, send(1, room, "안녕")).await.unwrap();
        server.change(&joon, send(2, room, "반가워")).await.unwrap();
        let edit = |version| ChatChange::EditMessage { id: Uuid::from_u128(1), text: "안녕!".into(), version };
        server.change(&mina, edit(1)).await.unwrap();
        assert_eq!(server.change(&mina, edit(1)).await.unwrap_err()["code"], "changed-meanwhile");
        assert_eq!(server.change(&joon, edit(2)).await.unwrap_err()["code"], "forbidden");
        assert_eq!(texts(&server, &joon, room).await, ["안녕!", "반가워"]);
        assert_eq!(server.change(&suho, send(3, room, "나도")).await.unwrap_err()["code"], "not-found");
        assert_eq!(server.change(&joon, send(2, room, "또")).await.unwrap_err()["code"], "taken");
        server.change(&mina, ChatChange::DeleteMessage { id: Uuid::from_u128(1) }).await.unwrap();
        assert_eq!(texts(&server, &joon, room).await, ["", "반가워"]);
        let react = |id| BoardChange::React {
            to: Subject { kind: SubjectKind::Message, id: Uuid::from_u128(id) },
            reaction: Reaction::Yum,
            on: true,
        };
        server.change(&mina, react(2)).await.unwrap();
        assert_eq!(server.change(&suho, react(2)).await.unwrap_err()["code"], "not-found");
    }
}

#[tokio::test]
async fn older_messages_come_by_number() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        let room = open_direct(&server, &mina, &joon).await;
        for n in 1..=8 {
            server.change(&mina, send(n, room, &n.to_string())).await.unwrap();
        }
        let page = async |query: &str| {
            let reply = server.get_as(&joon, &format!("/api/v1/rooms/{room}/messages?{query}")).await.json();
            reply
                .as_array()
                .unwrap()
                .iter()
                .map(|m| m["text"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(page("limit=3").await, "6 7 8");
        assert_eq!(page("before=6&limit=3").await, "3 4 5");
        assert_eq!(page("before=1").await, "");
        let suho = server.person("suho").await;
        let refused = server.get_as(&suho, &format!("/api/v1/rooms/{room}/messages")).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_read_marker_only_goes_on() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        let room = open_direct(&server, &mina, &joon).await;
        for n in 1..=3 {
            server.change(&mina, send(n, room, "글")).await.unwrap();
        }
        for number in [3, 1, 99] {
            server.change(&joon, ChatChange::MarkRead { room, number }).await.unwrap();
        }
        let feed = server.feed(&mina, &format!("person:{}", mina.id)).await;
        let told = feed.iter().find(|e| e["item"]["kind"] == "room").unwrap()["item"].clone();
        let read = |handle: &str| {
            told["people"].as_array().unwrap().iter().find(|p| p["person"]["handle"] == handle).unwrap()["read"].clone()
        };
        assert_eq!((read("joon"), read("mina")), (json!(3), json!(0)));
        assert_eq!(told["head"], 3);
    }
}

#[tokio::test]
async fn a_group_takes_people_in_and_lets_them_go() {
    for server in TestApp::on_each().await {
        let (mina, joon, suho) =
            (server.person("mina").await, server.person("joon").await, server.person("suho").await);
        let room = Uuid::from_u128(500);
        let open = ChatChange::OpenGroup { id: room, name: "점심".into(), people: vec![joon.id] };
        server.change(&mina, open.clone()).await.unwrap();
        server.change(&mina, open.clone()).await.unwrap();
        assert_eq!(server.change(&suho, open).await.unwrap_err()["code"], "taken");
        let invite = ChatChange::Invite { room, person: suho.id };
        assert_eq!(server.change(&suho, invite.clone()).await.unwrap_err()["code"], "not-found");
        server.change(&joon, invite).await.unwrap();
        server.change(&suho, send(1, room, "왔어요")).await.unwrap();
        server.change(&suho, ChatChange::LeaveRoom { room }).await.unwrap();
        assert_eq!(server.get_as(&suho, &format!("/api/v1/feeds/room:{room}")).await.status, StatusCode::NOT_FOUND);
        let edit = ChatChange::EditMessage { id: Uuid::from_u128(1), text: "욕설".into(), version: 1 };
        assert_eq!(server.change(&suho, edit).await.unwrap_err()["code"], "not-found");
        assert_eq!(texts(&server, &mina, room).await, ["왔어요"]);
        let own = server.feed(&suho, &format!("person:{}", suho.id)).await.pop().unwrap();
        assert_eq!(own["item"]["inside"], false);
    }
}

#[tokio::test]
async fn a_block_ends_direct_messages_and_a_report_reaches_them() {
    for server in TestApp::on_each().await {
        let (mina, joon, suho) =
            (server.person("mina").await, server.person("joon").await, server.person("suho").await);
        let room = open_direct(&server, &joon, &mina).await;
        server.change(&joon, send(1, room, "나쁜 말")).await.unwrap();
        let subject = Subject { kind: SubjectKind::Message, id: Uuid::from_u128(1) };
        let report = || BoardChange::Report { subject, reason: "무서워요".into() };
        assert_eq!(server.change(&suho, report()).await.unwrap_err()["code"], "not-found");
        server.change(&mina, report()).await.unwrap();
        hnh_server::account::set_role(
            &server.state.db,
            &suho.handle.parse().unwrap(),
            hnh_domain::account::Role::Moderator,
        )
        .await
        .unwrap();
        assert_eq!(server.get_as(&suho, "/api/v1/reports").await.json()[0]["words"], "나쁜 말");
        let hide = BoardChange::Moderate { subject, decision: Decision::Hide, reason: "괴롭힘".into() };
        server.change(&suho, hide).await.unwrap();
        assert_eq!(texts(&server, &mina, room).await, [""]);

        server.change(&mina, AccountChange::Block { person: joon.id, on: true }).await.unwrap();
        assert_eq!(server.change(&joon, send(2, room, "왜")).await.unwrap_err()["code"], "unreachable");
        assert_eq!(server.change(&mina, send(3, room, "네")).await.unwrap_err()["code"], "unreachable");
        let id = direct_room(joon.id, mina.id);
        let again = server.change(&joon, ChatChange::OpenDirect { id, person: mina.id }).await.unwrap_err();
        assert_eq!(again["code"], "not-found");
    }
}

#[tokio::test]
async fn what_was_said_is_found_by_those_who_are_in_the_room() {
    for server in TestApp::on_each().await {
        let (mina, joon, suho) =
            (server.person("mina").await, server.person("joon").await, server.person("suho").await);
        let room = direct_room(mina.id, joon.id);
        server.change(&mina, ChatChange::OpenDirect { id: room, person: joon.id }).await.unwrap();
        for (id, text) in [(1, "Kimchi 100%"), (2, "두부 찌개"), (3, "kimchi again")] {
            let (id, text) = (Uuid::from_u128(id), text.to_owned());
            let send = ChatChange::Send { id, room, text, photo: None, card: None, reply_to: None };
            server.change(&mina, send).await.unwrap();
        }
        let found = async |who, q: &str| {
            let found = server.get_as(who, &format!("/api/v1/messages?q={q}")).await.json();
            let texts = found.as_array().unwrap().iter().map(|message| message["text"].as_str().unwrap().to_owned());
            texts.collect::<Vec<_>>()
        };
        assert_eq!(found(&joon, "kimchi").await, ["kimchi again", "Kimchi 100%"]);
        assert_eq!(found(&joon, "%25").await, ["Kimchi 100%"]);
        assert_eq!(found(&joon, "%EB%91%90%EB%B6%80").await, ["두부 찌개"]);
        assert_eq!(found(&suho, "kimchi").await, [""; 0]);
        server.change(&mina, ChatChange::DeleteMessage { id: Uuid::from_u128(3) }).await.unwrap();
        assert_eq!(found(&joon, "kimchi").await, ["Kimchi 100%"]);
        assert_eq!(server.get_as(&joon, "/api/v1/messages?q=").await.status, StatusCode::BAD_REQUEST);
    }
}
