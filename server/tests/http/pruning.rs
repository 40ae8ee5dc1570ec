//! What is over goes, by the rules of `pruning`; what people need stays. Words go with what they were copied from.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use hnh_domain::account::AccountChange;
use hnh_domain::board::{Board, BoardChange, PostDraft, PostPhoto, Reaction, Subject, SubjectKind};
use hnh_domain::chat::{ChatChange, direct_room};
use hnh_server::pruning::prune;
use image::RgbImage;
use serde_json::json;
use uuid::Uuid;

use crate::device::Device;
use crate::test_app::{Someone, TestApp};

const DAY_MS: i64 = 24 * 3_600_000;

fn post(id: u128, draft: PostDraft) -> BoardChange {
    BoardChange::WritePost { id: Uuid::from_u128(id), board: Board::Info, draft: Box::new(draft), version: 0 }
}

fn titled(title: &str) -> PostDraft {
    PostDraft { title: title.into(), body: "글".into(), ..PostDraft::default() }
}

fn photo(id: u128) -> PostPhoto {
    PostPhoto { id: Uuid::from_u128(id), alt: String::new() }
}

fn comment(id: u128, post: u128, text: &str) -> BoardChange {
    let (id, post) = (Uuid::from_u128(id), Uuid::from_u128(post));
    BoardChange::WriteComment { id, post, parent: None, text: text.into(), version: 0 }
}

async fn upload(server: &TestApp, who: &Someone, id: u128) {
    let mut jpeg = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut jpeg).encode_image(&RgbImage::new(20, 10)).unwrap();
    let request = Request::put(format!("/api/v1/photos/{}", Uuid::from_u128(id)))
        .header(header::AUTHORIZATION, format!("Bearer {}", who.token))
        .body(Body::from(jpeg))
        .unwrap();
    assert_eq!(server.answer(request).await.status, StatusCode::NO_CONTENT);
}

async fn shown(server: &TestApp, photo: u128) -> bool {
    server.get(&format!("/api/v1/photos/{}", Uuid::from_u128(photo))).await.status == StatusCode::OK
}

#[tokio::test]
async fn a_photo_goes_with_what_showed_it() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        for photo in 1..=5 {
            upload(&server, &mina, photo).await;
        }
        let with =
            |photos: &[u128]| PostDraft { photos: photos.iter().map(|id| photo(*id)).collect(), ..titled("사진") };
        server.change(&mina, post(10, with(&[1, 2]))).await.unwrap();
        server.change(&mina, post(11, with(&[2]))).await.unwrap();
        let room = direct_room(mina.id, joon.id);
        server.change(&mina, ChatChange::OpenDirect { id: room, person: joon.id }).await.unwrap();
        let (id, photo) = (Uuid::from_u128(20), Some(Uuid::from_u128(3)));
        let send = ChatChange::Send { id, room, text: String::new(), photo, card: None, reply_to: None };
        server.change(&mina, send).await.unwrap();

        server.change(&mina, BoardChange::DeletePost { id: Uuid::from_u128(10) }).await.unwrap();
        assert!(!shown(&server, 1).await);
        assert!(shown(&server, 2).await, "another post shows it");
        server.change(&mina, ChatChange::DeleteMessage { id }).await.unwrap();
        assert!(!shown(&server, 3).await);

        // Never shown: until the day after.
        upload(&server, &mina, 6).await;
        server.wait(DAY_MS / 2);
        prune(&server.state).await.unwrap();
        assert!(shown(&server, 4).await);
        server.wait(DAY_MS / 2);
        prune(&server.state).await.unwrap();
        assert!(!shown(&server, 4).await && !shown(&server, 6).await);
        assert!(shown(&server, 2).await);
    }
}

#[tokio::test]
async fn what_a_moderator_hid_shows_no_photo() {
    for server in TestApp::on_each().await {
        let (mina, suho) = (server.person("mina").await, server.person("suho").await);
        let handle = suho.handle.parse().unwrap();
        hnh_server::account::set_role(&server.state.db, &handle, hnh_domain::account::Role::Moderator).await.unwrap();
        upload(&server, &mina, 1).await;
        server.change(&mina, post(10, PostDraft { photos: vec![photo(1)], ..titled("사진") })).await.unwrap();
        let subject = Subject { kind: SubjectKind::Post, id: Uuid::from_u128(10) };
        let decide = |decision| BoardChange::Moderate { subject, decision, reason: "광고".into() };
        server.change(&suho, decide(hnh_domain::board::Decision::Hide)).await.unwrap();
        assert!(!shown(&server, 1).await);
        server.change(&suho, decide(hnh_domain::board::Decision::Restore)).await.unwrap();
        assert!(shown(&server, 1).await);
    }
}

#[tokio::test]
async fn words_go_from_the_notices_too() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        let device = Device::of(&server, "mina").await;
        server.change(&mina, post(10, titled("글"))).await.unwrap();
        server.change(&joon, comment(11, 10, "an insult")).await.unwrap();
        server.change(&joon, comment(12, 10, "another")).await.unwrap();
        device.core.sync().await.unwrap();
        let words = async |device: &Device| {
            let notices = device.call(hnh_domain::calls::ListNotices {}).await.unwrap();
            notices.into_iter().map(|notice| notice.words).collect::<Vec<_>>()
        };
        assert_eq!(words(&device).await.len(), 2);
        server.change(&joon, BoardChange::DeleteComment { id: Uuid::from_u128(11) }).await.unwrap();
        device.core.sync().await.unwrap();
        assert_eq!(words(&device).await, ["another"]);
        server.change(&mina, AccountChange::Block { person: joon.id, on: true }).await.unwrap();
        device.core.sync().await.unwrap();
        assert_eq!(words(&device).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn the_number_of_comments_is_of_those_one_can_read() {
    for server in TestApp::on_each().await {
        let (mina, joon, suho) =
            (server.person("mina").await, server.person("joon").await, server.person("suho").await);
        server.change(&mina, post(10, titled("글"))).await.unwrap();
        server.change(&joon, comment(11, 10, "하나")).await.unwrap();
        server.change(&suho, comment(12, 10, "둘")).await.unwrap();
        server.change(&mina, AccountChange::Block { person: joon.id, on: true }).await.unwrap();
        let count =
            async |who: &Someone| server.get_as(who, "/api/v1/posts").await.json()["items"][0]["comments"].take();
        assert_eq!((count(&mina).await, count(&suho).await), (json!(1), json!(2)));
    }
}

#[tokio::test]
async fn a_like_is_told_without_the_post_and_each_item_once() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        let device = Device::of(&server, "mina").await;
        server.change(&mina, post(10, titled("글"))).await.unwrap();
        device.core.sync().await.unwrap();
        let to = Subject { kind: SubjectKind::Post, id: Uuid::from_u128(10) };
        for on in [true, false, true] {
            server.change(&joon, BoardChange::React { to, reaction: Reaction::ALL[0], on }).await.unwrap();
        }
        server.change(&joon, comment(11, 10, "하나")).await.unwrap();
        let feed = server.feed(&mina, "board:info").await;
        let mut kinds: Vec<&str> = feed.iter().filter_map(|entry| entry["item"]["kind"].as_str()).collect();
        kinds.sort_unstable();
        // The post comes whole where its own entry is in the part that is read, and once.
        assert_eq!(kinds, ["comment", "post"]);
        let page = server.get_as(&mina, "/api/v1/feeds/board:info?after=1").await.json();
        let entries = page["entries"].as_array().unwrap();
        assert_eq!(entries.iter().filter(|entry| entry["item"]["kind"] == "post_counts").count(), 1);
        assert_eq!(entries.len(), 2);
        device.core.sync().await.unwrap();
        device.set_up(false);
        let kept = device.call(hnh_domain::calls::GetPost { id: Uuid::from_u128(10) }).await.unwrap();
        assert_eq!((kept.post.comments, kept.post.reactions[0].count, kept.comments.len()), (1, 1, 1));
    }
}

#[tokio::test]
async fn a_block_is_one_entry_and_what_was_written_meanwhile_is_there_after_it() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        let device = Device::of(&server, "mina").await;
        for id in 10..15 {
            server.change(&joon, post(id, titled("글"))).await.unwrap();
        }
        let room = Uuid::from_u128(500);
        let open = ChatChange::OpenGroup { id: room, name: "점심".into(), people: vec![joon.id] };
        server.change(&mina, open).await.unwrap();
        let say = async |id: u128, text: &str| {
            let id = Uuid::from_u128(id);
            let send = ChatChange::Send { id, room, text: text.into(), photo: None, card: None, reply_to: None };
            server.change(&joon, send).await.unwrap();
        };
        // Who is invited is asked first.
        server.change(&joon, ChatChange::Invite { room, person: joon.id }).await.ok();
        say(20, "before").await;
        device.core.sync().await.unwrap();
        let has = async || {
            let texts: Vec<String> = device.room(room).await.messages.into_iter().map(|message| message.text).collect();
            device.set_up(false);
            let posts = device.call(hnh_domain::calls::ListPosts { query: Default::default() }).await.unwrap().total;
            device.set_up(true);
            (posts, texts.join(","))
        };
        assert_eq!(has().await, (5, "before".into()));
        let heads = async || server.feed(&mina, &format!("person:{}", mina.id)).await.len();
        let before = heads().await;
        for _ in 0..4 {
            server.change(&mina, AccountChange::Block { person: joon.id, on: true }).await.unwrap();
            server.change(&mina, AccountChange::Block { person: joon.id, on: false }).await.unwrap();
        }
        server.change(&mina, AccountChange::Block { person: joon.id, on: true }).await.unwrap();
        assert_eq!(heads().await, before + 1);
        device.core.sync().await.unwrap();
        assert_eq!(has().await, (0, String::new()));
        say(21, "meanwhile").await;
        device.core.sync().await.unwrap();
        server.change(&mina, AccountChange::Block { person: joon.id, on: false }).await.unwrap();
        device.core.sync().await.unwrap();
        assert_eq!(has().await, (5, "before,meanwhile".into()));
    }
}

#[tokio::test]
async fn who_was_away_for_long_begins_a_board_anew() {
    let server = TestApp::start().await;
    let mina = server.person("mina").await;
    let device = Device::of(&server, "mina").await;
    server.change(&mina, post(1, titled("old"))).await.unwrap();
    device.core.sync().await.unwrap();
    // As if 1,500 entries had come and gone.
    let mut tx = server.state.db.write().await.unwrap();
    let numbers = "UPDATE feed SET head = head + 1500 WHERE name = 'board:info'";
    tx.execute(numbers, []).await.unwrap();
    tx.commit().await.unwrap();
    server.change(&mina, post(2, titled("new"))).await.unwrap();
    device.core.sync().await.unwrap();
    device.set_up(false);
    let posts = device.call(hnh_domain::calls::ListPosts { query: Default::default() }).await.unwrap();
    assert_eq!(posts.items.iter().map(|post| post.draft.title.as_str()).collect::<Vec<_>>(), ["new"]);
}

#[tokio::test]
async fn what_is_over_is_deleted_and_a_late_repeat_does_no_harm() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        server.change(&mina, post(10, titled("글"))).await.unwrap();
        let mutation = json!({"number": 1, "change": hnh_domain::feeds::Change::from(comment(11, 10, "하나"))});
        let body = json!({"client": Uuid::from_u128(7), "mutations": [mutation]});
        let push = || server.json(Some(&joon), axum::http::Method::POST, "/api/v1/mutations", body.clone());
        assert_eq!(push().await.status, StatusCode::OK);
        assert_eq!(server.notices(&mina).await, ["comment"]);
        let rows = async |table: &'static str| {
            let mut tx = server.state.db.read().await.unwrap();
            let (count,): (i64,) = tx.fetch_one(table, []).await.unwrap();
            count
        };
        for _ in 0..3 {
            server.wait(60 * DAY_MS);
            // Whoever comes back within 90 days stays signed in.
            assert_eq!(server.get_as(&joon, "/api/v1/account").await.status, StatusCode::OK);
            assert_eq!(server.get_as(&mina, "/api/v1/account").await.status, StatusCode::OK);
        }
        server.wait(DAY_MS);
        prune(&server.state).await.unwrap();
        assert_eq!(rows("SELECT COUNT(*) FROM mutation").await, 0);
        assert_eq!(rows("SELECT COUNT(*) FROM mailed_token").await, 0);
        assert_eq!(rows("SELECT COUNT(*) FROM session").await, 2);
        assert_eq!(server.notices(&mina).await, Vec::<String>::new());
        assert_eq!(push().await.json()["results"][0], json!({"number": 1}));
        assert_eq!(rows("SELECT COUNT(*) FROM comment").await, 1);
        server.wait(91 * DAY_MS);
        prune(&server.state).await.unwrap();
        assert_eq!(rows("SELECT COUNT(*) FROM session").await, 0);
    }
}
