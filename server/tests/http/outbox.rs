//! Changes that wait on a device: numbered once, sent in order, refused in sight, gone with the person.

use std::rc::Rc;

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hnh_client::Body;
use hnh_domain::account::{AccountChange, FavouriteKind};
use hnh_domain::board::{Board, BoardChange, PostDraft, PostPhoto, PostQuery, Reaction, Subject, SubjectKind};
use hnh_domain::calls::{
    AddPhoto, Blocked, Discard, GetAccount, GetPhoto, ListFavourites, ListPosts, ListRooms, SendAgain, SignOut, Submit,
};
use hnh_domain::chat::{ChatChange, direct_room};
use hnh_domain::feeds::Change;
use hnh_domain::port::Json;
use hnh_domain::problem::{FieldCode, ProblemCode};
use rusqlite::Connection;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::device::Device;
use crate::test_app::TestApp;

fn write(id: u128, title: &str) -> BoardChange {
    let draft = PostDraft { title: title.into(), ..PostDraft::default() };
    BoardChange::WritePost { id: Uuid::from_u128(id), board: Board::Info, draft: Box::new(draft), version: 0 }
}

/// A reaction to what is not there: only the server can know.
fn react_to_nothing() -> BoardChange {
    let to = Subject { kind: SubjectKind::Post, id: Uuid::from_u128(404) };
    BoardChange::React { to, reaction: Reaction::Yum, on: true }
}

/// The titles on the server, the oldest first.
async fn titles(server: &TestApp) -> Vec<String> {
    let posts = server.get("/api/v1/posts?limit=100").await.json();
    posts["items"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .map(|post| post["draft"]["title"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn nobody_changes_anything_without_signing_in() {
    let server = TestApp::start().await;
    let device = Device::new(&server);
    let change = Json::of(&Change::from(write(1, "글"))).unwrap();
    assert_eq!(device.call(Submit { change }).await.unwrap_err().code, ProblemCode::SignInRequired);
    device.core.sync().await.unwrap();
}

#[tokio::test]
async fn what_was_written_offline_goes_in_order_and_a_lost_reply_changes_nothing() {
    for server in TestApp::on_each().await {
        server.person("mina").await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hnh.db");
        let first = Device::on(&server, Connection::open(&file).unwrap());
        first.sign_in("mina").await.unwrap();
        first.set_up(false);
        first.make(write(1, "하나")).await;
        first.make(write(2, "둘")).await;
        assert_eq!(first.core.sync().await.unwrap_err().code, ProblemCode::Offline);
        let state = first.state().await;
        assert_eq!((state.waiting, state.online), (2, false));

        // The server takes them, the reply is lost, and the device goes down.
        first.set_up(true);
        first.host.lose_reply.set(true);
        assert!(first.core.sync().await.is_err());
        drop(first);
        let second = Device::on(&server, Connection::open(&file).unwrap());
        second.host.now_ms.set(crate::test_app::NOW_MS + 1_000);
        server.wait(1_000);
        second.make(write(3, "셋")).await;
        second.core.sync().await.unwrap();
        assert_eq!(titles(&server).await, ["하나", "둘", "셋"]);
        assert_eq!(second.state().await.waiting, 0);
    }
}

#[tokio::test]
async fn a_refused_change_waits_for_the_person_and_holds_nothing_up() {
    let server = TestApp::start().await;
    server.person("mina").await;
    let device = Device::of(&server, "mina").await;
    device.make(react_to_nothing()).await;
    device.make(write(1, "좋은 글")).await;
    device.core.sync().await.unwrap();
    let state = device.state().await;
    assert_eq!((state.waiting, state.blocked), (0, 1));
    let refused = device.pending().await.remove(0);
    assert!(matches!(&refused.blocked, Some(Blocked::Refused(problem)) if problem.code == ProblemCode::NotFound));
    // Written anew it goes, under a number of its own.
    let change = Json::of(&Change::from(write(2, "다른 글"))).unwrap();
    device.call(SendAgain { number: refused.number, change }).await.unwrap();
    device.core.sync().await.unwrap();
    assert_eq!(titles(&server).await, ["좋은 글", "다른 글"]);
    assert_eq!(device.state().await.blocked, 0);
    let gone = device.call(Discard { number: refused.number }).await.unwrap_err();
    assert_eq!(gone.code, ProblemCode::NotFound);
}

#[tokio::test]
async fn what_was_not_sent_for_a_day_is_sent_only_if_it_is_still_meant() {
    let server = TestApp::start().await;
    server.person("mina").await;
    let device = Device::of(&server, "mina").await;
    device.set_up(false);
    device.make(write(1, "어제")).await;
    device.host.now_ms.set(device.host.now_ms.get() + 25 * 3_600_000);
    device.make(write(2, "오늘")).await;
    device.set_up(true);
    device.core.sync().await.unwrap();
    assert_eq!(titles(&server).await, ["오늘"]);
    let old = device.pending().await.remove(0);
    assert_eq!(old.blocked, Some(Blocked::Old));
    device.call(SendAgain { number: old.number, change: old.change }).await.unwrap();
    device.core.sync().await.unwrap();
    assert_eq!(titles(&server).await.len(), 2);
}

#[tokio::test]
async fn posts_are_there_offline_and_gone_with_the_person() {
    let server = TestApp::start().await;
    let joon = server.person("joon").await;
    server.change(&joon, write(1, "두부 어디서")).await.unwrap();
    server.person("mina").await;
    let device = Device::of(&server, "mina").await;
    device.core.sync().await.unwrap();
    device.set_up(false);
    let list = async |q: &str| {
        let query = PostQuery { board: Some(Board::Info), q: Some(q.into()), ..PostQuery::default() };
        device.call(ListPosts { query }).await.map(|posts| posts.total)
    };
    assert_eq!(list("두부 어디").await.unwrap(), 1);
    assert_eq!(list("귀리").await.unwrap(), 0);
    device.call(SignOut { everywhere: false, discard: true }).await.unwrap();
    assert_eq!(device.call(GetAccount {}).await.unwrap(), None);
    assert_eq!(list("두부").await.unwrap_err().code, ProblemCode::Offline);
}

#[tokio::test]
async fn a_long_offline_outbox_goes_in_parts() {
    for server in TestApp::on_each().await {
        server.person("mina").await;
        let device = Device::of(&server, "mina").await;
        device.set_up(false);
        for id in 1..=25 {
            let draft =
                PostDraft { title: format!("긴 글 {id}"), body: "밥".repeat(18_000), ..PostDraft::default() };
            let id = Uuid::from_u128(id);
            device.make(BoardChange::WritePost { id, board: Board::Info, draft: Box::new(draft), version: 0 }).await;
        }
        device.set_up(true);
        device.core.sync().await.unwrap();
        assert_eq!(titles(&server).await.len(), 25);
        let state = device.state().await;
        assert_eq!((state.waiting, state.blocked), (0, 0));
    }
}

#[tokio::test]
async fn a_change_that_something_on_the_way_refuses_waits_alone() {
    let server = TestApp::start().await;
    let joon = server.person("joon").await;
    server.person("mina").await;
    for (status, text, syncs) in [(413, "<html>", 1), (403, "<html>blocked</html>", 1), (500, "oops", 3)] {
        let device = Device::of(&server, "mina").await;
        *device.host.guard.borrow_mut() = Some(Box::new(move |request| {
            let bad = request.path == "/mutations"
                && request.body.as_ref().and_then(Body::json).is_some_and(|body| body.contains("나쁜"));
            bad.then(|| (status, text.to_owned()))
        }));
        let before = titles(&server).await.len();
        for (number, title) in (0..).zip(["하나", "둘", "나쁜 글", "셋", "넷"]) {
            let id = u128::from(Uuid::now_v7().as_fields().0) << 64 | (u128::from(status) << 8) | number;
            device.make(write(id, title)).await;
        }
        // What others write is read all the same.
        server.change(&joon, write(u128::from(status), "준의 글")).await.unwrap();
        for _ in 0..syncs {
            let _ = device.core.sync().await;
        }
        assert_eq!(titles(&server).await.len(), before + 5, "four of five, and another's");
        let state = device.state().await;
        assert_eq!((state.waiting, state.blocked), (0, 1), "{status}");
        device.set_up(false);
        let query = PostQuery { q: Some("준의".into()), ..PostQuery::default() };
        assert!(device.call(ListPosts { query }).await.unwrap().total > 0);
    }
}

#[tokio::test]
async fn characters_that_no_database_takes_are_refused_by_name_and_the_rest_goes_on() {
    for server in TestApp::on_each().await {
        let mina = server.person("mina").await;
        let device = Device::of(&server, "mina").await;
        device.make(write(1, "글")).await;
        let text = "밥\0상".to_owned();
        let comment = |id| BoardChange::WriteComment {
            id: Uuid::from_u128(id),
            post: Uuid::from_u128(1),
            parent: None,
            text: text.clone(),
            version: 0,
        };
        // The interface refuses it before it is submitted …
        let refused = Change::from(comment(2)).checked().unwrap_err();
        assert_eq!((refused.field.as_str(), refused.code), ("text", FieldCode::Unseen));
        // … and a server that is sent it all the same says which field, and takes what comes after.
        device.make(comment(2)).await;
        device.make(write(3, "다음 글")).await;
        device.core.sync().await.unwrap();
        assert_eq!(titles(&server).await, ["글", "다음 글"]);
        let pending = device.pending().await.remove(0);
        let Some(Blocked::Refused(problem)) = pending.blocked else { panic!("{pending:?}") };
        assert_eq!((problem.errors[0].field.as_str(), problem.errors[0].code), ("text", FieldCode::Unseen));
        for address in
            ["posts?q=%00", "posts?tag=%00", "restaurants?q=%00", "recipes?q=%00", "foods?q=%00", "areas?q=%00"]
        {
            let reply = server.get_as(&mina, &format!("/api/v1/{address}")).await;
            assert_eq!(reply.status.as_u16(), 400, "{address}");
        }
    }
}

#[tokio::test]
async fn a_session_that_ended_takes_nothing_away_and_goes_on_after_signing_in() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        let room = direct_room(mina.id, joon.id);
        server.change(&joon, ChatChange::OpenDirect { id: room, person: mina.id }).await.unwrap();
        let message = |id, text: &str| ChatChange::Send {
            id: Uuid::from_u128(id),
            room,
            text: text.into(),
            photo: None,
            card: None,
            reply_to: None,
        };
        server.change(&joon, message(1, "밥 먹자")).await.unwrap();
        let (device, other) = (Device::of(&server, "mina").await, Device::of(&server, "mina").await);
        device.core.sync().await.unwrap();
        device.make(message(2, "좋아")).await;
        other.call(SignOut { everywhere: true, discard: true }).await.unwrap();

        assert_eq!(device.core.sync().await.unwrap_err().code, ProblemCode::SignInRequired);
        let state = device.state().await;
        assert!(state.session_over && state.signed_in && state.waiting == 1, "{state:?}");
        assert_eq!(device.call(GetAccount {}).await.unwrap().unwrap().handle, "mina");
        assert_eq!(device.room(room).await.messages.len(), 1);

        device.sign_in("mina").await.unwrap();
        device.core.sync().await.unwrap();
        let state = device.state().await;
        assert!(!state.session_over && state.waiting == 0, "{state:?}");
        assert_eq!(device.room(room).await.messages.len(), 2);
    }
}

#[tokio::test]
async fn nobody_else_signs_in_over_what_waits() {
    let server = TestApp::start().await;
    server.person("mina").await;
    server.person("joon").await;
    let device = Device::of(&server, "mina").await;
    device.set_up(false);
    device.make(write(1, "미나의 글")).await;
    device.set_up(true);
    assert_eq!(device.sign_in("joon").await.unwrap_err().code, ProblemCode::ChangesWaiting);
    assert_eq!(device.call(GetAccount {}).await.unwrap().unwrap().handle, "mina");
    device.core.sync().await.unwrap();
    assert_eq!(titles(&server).await, ["미나의 글"]);
    // With nothing waiting, the device begins anew for another.
    device.sign_in("joon").await.unwrap();
    assert_eq!(device.call(GetAccount {}).await.unwrap().unwrap().handle, "joon");
}

#[tokio::test]
async fn what_another_device_took_out_does_not_come_back() {
    use hnh_domain::account::FavouriteKind::Recipe;
    use hnh_domain::calls::SetFavourite;
    let server = TestApp::start().await;
    let mina = server.person("mina").await;
    let ids: Vec<Uuid> = server.get("/api/v1/recipes?limit=2").await.json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| card["id"].as_str().unwrap().parse().unwrap())
        .collect();
    let first = Device::new(&server);
    // Favourites from before signing in become the person's.
    for id in &ids {
        first.call(SetFavourite { kind: Recipe, id: *id, on: true }).await.unwrap();
    }
    first.sign_in("mina").await.unwrap();
    first.core.sync().await.unwrap();
    let second = Device::of(&server, "mina").await;
    second.core.sync().await.unwrap();
    assert_eq!(second.call(ListFavourites {}).await.unwrap().recipes.len(), 2);

    // The first device's session ends; the second takes one out; the first signs in again.
    let sessions = server.get_as(&mina, "/api/v1/sessions").await.json();
    assert!(sessions.as_array().unwrap().len() >= 3);
    server.change(&mina, AccountChange::SetFavourite { kind: Recipe, id: ids[0], on: true }).await.unwrap();
    second.call(SignOut { everywhere: true, discard: true }).await.unwrap();
    let third = Device::of(&server, "mina").await;
    third.core.sync().await.unwrap();
    third.call(SetFavourite { kind: Recipe, id: ids[1], on: false }).await.unwrap();
    third.core.sync().await.unwrap();
    assert!(first.core.sync().await.is_err());
    first.sign_in("mina").await.unwrap();
    first.core.sync().await.unwrap();
    third.core.sync().await.unwrap();
    for device in [&first, &third] {
        let kept: Vec<Uuid> =
            device.call(ListFavourites {}).await.unwrap().recipes.iter().map(|recipe| recipe.id).collect();
        assert_eq!(kept, [ids[0]]);
    }
}

#[tokio::test]
async fn what_was_on_its_way_when_a_person_signed_out_is_not_the_next_ones() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        let room = direct_room(mina.id, joon.id);
        server.change(&joon, ChatChange::OpenDirect { id: room, person: mina.id }).await.unwrap();
        server.person("hana").await;
        let device = Device::of(&server, "mina").await;
        let gate = Rc::new(Notify::new());
        *device.host.held.borrow_mut() = Some(Rc::clone(&gate));
        let leave = async {
            // The first page is held on its way back.
            while device.host.held.borrow().is_some() {
                tokio::task::yield_now().await;
            }
            device.call(SignOut { everywhere: false, discard: true }).await.unwrap();
            device.sign_in("hana").await.unwrap();
            gate.notify_one();
        };
        let _ = tokio::join!(device.core.sync(), leave);
        assert_eq!(device.call(ListRooms {}).await.unwrap(), [], "a room of hers, who signed out");
        device.core.sync().await.unwrap();
        assert_eq!(device.call(ListRooms {}).await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_favourite_that_could_not_be_fetched_is_fetched_later() {
    let server = TestApp::start().await;
    server.person("mina").await;
    let first = Device::of(&server, "mina").await;
    let recipes: hnh_domain::recipes::RecipeResults = first
        .call(hnh_domain::calls::SearchRecipes { query: hnh_domain::recipes::RecipeQuery::default() })
        .await
        .unwrap();
    for card in recipes.page.items.iter().take(3) {
        first.make(AccountChange::SetFavourite { kind: FavouriteKind::Recipe, id: card.id, on: true }).await;
    }
    first.core.sync().await.unwrap();
    let second = Device::of(&server, "mina").await;
    *second.host.guard.borrow_mut() =
        Some(Box::new(|request| request.path.starts_with("/recipes/").then(|| (503, String::new()))));
    assert!(second.core.sync().await.is_err());
    assert_eq!(second.call(ListFavourites {}).await.unwrap().recipes.len(), 0);
    *second.host.guard.borrow_mut() = None;
    second.core.sync().await.unwrap();
    assert_eq!(second.call(ListFavourites {}).await.unwrap().recipes.len(), 3);
}

#[tokio::test]
async fn signing_out_sends_what_waits_and_asks_about_what_cannot_be_sent() {
    for server in TestApp::on_each().await {
        server.person("mina").await;
        let device = Device::of(&server, "mina").await;
        device.make(write(1, "보낼 글")).await;
        device.set_up(false);
        let refused = device.call(SignOut { everywhere: false, discard: false }).await.unwrap_err();
        assert_eq!(refused.code, ProblemCode::ChangesWaiting);
        assert!(device.call(GetAccount {}).await.unwrap().is_some(), "nobody was signed out");
        device.set_up(true);
        device.call(SignOut { everywhere: false, discard: false }).await.unwrap();
        assert_eq!(titles(&server).await, ["보낼 글"], "it was sent on the way out");
    }
}

#[tokio::test]
async fn a_photo_goes_before_the_post_that_shows_it_and_what_is_no_picture_is_told() {
    let server = TestApp::start().await;
    server.person("mina").await;
    let device = Device::of(&server, "mina").await;
    let mut jpeg = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut jpeg).encode_image(&image::RgbImage::new(20, 10)).unwrap();
    let (photo, no_photo) = (Uuid::from_u128(7), Uuid::from_u128(8));
    let with = |id: u128, photo: Uuid| {
        let photos = vec![PostPhoto { id: photo, alt: "두부".into() }];
        let draft = PostDraft { title: format!("글 {id}"), photos, ..PostDraft::default() };
        BoardChange::WritePost { id: Uuid::from_u128(id), board: Board::Info, draft: Box::new(draft), version: 0 }
    };
    device.host.up.set(false);
    device.call(AddPhoto { id: photo, data: STANDARD.encode(&jpeg) }).await.unwrap();
    device.make(with(1, photo)).await;
    assert!(device.call(GetPhoto { id: photo }).await.unwrap().is_some(), "it is seen before it is sent");
    device.core.sync().await.unwrap_err();
    device.host.up.set(true);
    device.core.sync().await.unwrap();
    assert_eq!(device.call(GetPhoto { id: photo }).await.unwrap(), None);
    assert_eq!(device.pending().await.len(), 0);
    assert_eq!(server.get(&format!("/api/v1/photos/{photo}")).await.status, StatusCode::OK);

    device.call(AddPhoto { id: no_photo, data: STANDARD.encode(b"no picture") }).await.unwrap();
    device.make(with(2, no_photo)).await;
    device.core.sync().await.unwrap();
    let pending = device.pending().await;
    let Some(Blocked::Refused(problem)) = &pending[0].blocked else { panic!("{pending:?}") };
    assert_eq!(problem.errors[0].field, "photos");
}
