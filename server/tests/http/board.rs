//! Posts and comments: who sees what, edits that meet, reports, the list by pages.

use axum::http::{Method, StatusCode};
use hnh_domain::account::AccountChange;
use hnh_domain::board::{
    Board, BoardChange, Decision, PostDraft, PostFacts, PostPhoto, PostQuery, PostSort, Reaction, Subject, SubjectKind,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::test_app::{Someone, TestApp};

fn write(id: u128, title: &str, body: &str, version: i64) -> BoardChange {
    let draft = PostDraft { title: title.into(), body: body.into(), ..PostDraft::default() };
    BoardChange::WritePost { id: Uuid::from_u128(id), board: Board::Info, draft: Box::new(draft), version }
}

fn comment(id: u128, post: u128, parent: Option<u128>, text: &str) -> BoardChange {
    let (id, post, parent) = (Uuid::from_u128(id), Uuid::from_u128(post), parent.map(Uuid::from_u128));
    BoardChange::WriteComment { id, post, parent, text: text.into(), version: 0 }
}

fn post(id: u128) -> Subject {
    Subject { kind: SubjectKind::Post, id: Uuid::from_u128(id) }
}

async fn titles(server: &TestApp, who: &Someone, query: &str) -> Vec<String> {
    let posts = server.get_as(who, &format!("/api/v1/posts?{query}")).await.json();
    posts["items"].as_array().unwrap().iter().map(|p| p["draft"]["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_post_is_written_found_edited_with_history_and_deleted() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        server.change(&mina, write(1, "두부 이야기", "**좋아요** <script>x</script> 100%", 0)).await.unwrap();
        server.change(&joon, write(2, "Oats", "porridge", 0)).await.unwrap();
        assert_eq!(titles(&server, &mina, "board=info").await, ["Oats", "두부 이야기"]);
        assert_eq!(titles(&server, &mina, "q=%EB%91%90%EB%B6%80%20100%25").await, ["두부 이야기"]);
        assert_eq!(titles(&server, &mina, "q=OATS").await, ["Oats"]);
        assert_eq!(titles(&server, &mina, "q=oats%20tofu").await, [""; 0]);
        assert_eq!(titles(&server, &mina, &format!("author={}", mina.id)).await, ["두부 이야기"]);

        let html = server.get(&format!("/api/v1/posts/{}", Uuid::from_u128(1))).await.json()["post"]["html"].clone();
        let html = html.as_str().unwrap();
        assert!(html.contains("<strong>좋아요</strong>") && !html.contains("<script"), "{html}");

        assert_eq!(server.change(&joon, write(1, "내 것", "", 1)).await.unwrap_err()["code"], "forbidden");
        server.change(&mina, write(1, "두부 이야기 2", "둘", 1)).await.unwrap();
        let refused = server.change(&mina, write(1, "두부 이야기 3", "셋", 1)).await.unwrap_err();
        assert_eq!(
            (refused["code"].as_str(), refused["current"]["draft"]["body"].as_str()),
            (Some("changed-meanwhile"), Some("둘"))
        );
        let history = server.get(&format!("/api/v1/posts/{}/history", Uuid::from_u128(1))).await.json();
        assert_eq!(history[0]["draft"]["title"], "두부 이야기");

        let delete = || BoardChange::DeletePost { id: Uuid::from_u128(1) };
        assert_eq!(server.change(&joon, delete()).await.unwrap_err()["code"], "forbidden");
        server.change(&mina, delete()).await.unwrap();
        server.change(&mina, delete()).await.unwrap();
        assert_eq!(server.get(&format!("/api/v1/posts/{}", Uuid::from_u128(1))).await.status, StatusCode::NOT_FOUND);
        let gone = server.feed(&mina, "board:info").await.pop().unwrap();
        assert_eq!((gone["id"].as_str(), gone.get("item")), (Some(Uuid::from_u128(1).to_string().as_str()), None));
    }
}

#[tokio::test]
async fn the_list_says_which_page_of_how_many() {
    let server = TestApp::start().await;
    let mina = server.person("mina").await;
    let empty = server.get("/api/v1/posts?board=info").await.json();
    assert_eq!(empty, json!({"items": [], "page": 1, "pages": 1, "total": 0}));
    for n in 1..=25 {
        server.wait(1_000);
        server.change(&mina, write(n, &format!("글 {n}"), "", 0)).await.unwrap();
    }
    let second = server.get("/api/v1/posts?board=info&page=2&limit=10").await.json();
    assert_eq!(
        (second["page"].as_u64(), second["pages"].as_u64(), second["total"].as_u64()),
        (Some(2), Some(3), Some(25))
    );
    assert_eq!(second["items"][0]["draft"]["title"], "글 15");
    assert_eq!(server.get("/api/v1/posts?page=0").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn comments_answer_one_another_and_their_authors_are_told() {
    for server in TestApp::on_each().await {
        let (mina, joon, suho) =
            (server.person("mina").await, server.person("joon").await, server.person("suho").await);
        server.change(&mina, write(1, "두부", "", 0)).await.unwrap();
        server.change(&joon, comment(10, 1, None, "어디서 사요? @suho")).await.unwrap();
        server.change(&suho, comment(11, 1, Some(10), "시장에서요")).await.unwrap();
        assert_eq!(server.notices(&mina).await, ["comment", "comment"]);
        assert_eq!(server.notices(&suho).await, ["mention"]);
        assert_eq!(server.notices(&joon).await, ["comment"]);
        let details = server.get(&format!("/api/v1/posts/{}", Uuid::from_u128(1))).await.json();
        assert_eq!(details["post"]["comments"], 2);
        assert!(details["comments"][0]["html"].as_str().unwrap().contains("href=\"/people/suho\""));

        // With an answer below it, a deleted comment keeps its place and loses its words.
        server.change(&joon, BoardChange::DeleteComment { id: Uuid::from_u128(10) }).await.unwrap();
        let details = server.get(&format!("/api/v1/posts/{}", Uuid::from_u128(1))).await.json();
        assert_eq!(details["comments"].as_array().unwrap().len(), 2);
        assert_eq!((details["comments"][0]["text"].as_str(), details["comments"][0].get("author")), (Some(""), None));
        let elsewhere = server.change(&joon, comment(12, 99, None, "?")).await.unwrap_err();
        assert_eq!(elsewhere["code"], "not-found");
    }
}

#[tokio::test]
async fn a_reaction_counts_once_for_each_person() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        server.change(&mina, write(1, "두부", "", 0)).await.unwrap();
        let react = |on| BoardChange::React { to: post(1), reaction: Reaction::Yum, on };
        for who in [&mina, &joon, &joon] {
            server.change(who, react(true)).await.unwrap();
        }
        let address = format!("/api/v1/posts/{}", Uuid::from_u128(1));
        let given = server.get_as(&mina, &address).await.json()["post"]["reactions"].clone();
        assert_eq!(given, json!([{"reaction": "yum", "count": 2, "mine": true}]));
        server.change(&joon, react(false)).await.unwrap();
        let given = server.get_as(&joon, &address).await.json()["post"]["reactions"].clone();
        assert_eq!(given, json!([{"reaction": "yum", "count": 1, "mine": false}]));
    }
}

#[tokio::test]
async fn who_blocked_one_another_see_nothing_of_each_other() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        server.change(&mina, write(1, "미나의 글", "", 0)).await.unwrap();
        server.change(&joon, write(2, "준의 글", "", 0)).await.unwrap();
        server.change(&joon, comment(10, 1, None, "안녕")).await.unwrap();
        server.change(&mina, AccountChange::Block { person: joon.id, on: true }).await.unwrap();
        assert_eq!(titles(&server, &mina, "").await, ["미나의 글"]);
        assert_eq!(titles(&server, &joon, "").await, ["준의 글"]);
        // The devices of both are told to let go of what they have.
        for (who, other) in [(&mina, &joon), (&joon, &mina)] {
            let feed = server.feed(who, &format!("person:{}", who.id)).await;
            let told = feed.iter().find(|e| e["id"] == json!(other.id)).unwrap();
            assert_eq!(told["item"], json!({"kind": "visibility", "visible": false}));
        }
        let refused = server.change(&joon, comment(11, 1, None, "여보세요")).await.unwrap_err();
        assert_eq!(refused["code"], "not-found");
        server.change(&mina, AccountChange::Block { person: joon.id, on: false }).await.unwrap();
        assert_eq!(titles(&server, &mina, "").await.len(), 2);
    }
}

#[tokio::test]
async fn what_is_reported_is_hidden_by_a_moderator_and_everybody_can_read_why() {
    for server in TestApp::on_each().await {
        let (mina, joon, suho) =
            (server.person("mina").await, server.person("joon").await, server.person("suho").await);
        hnh_server::account::set_role(
            &server.state.db,
            &suho.handle.parse().unwrap(),
            hnh_domain::account::Role::Moderator,
        )
        .await
        .unwrap();
        server.change(&joon, write(1, "광고", "사세요", 0)).await.unwrap();
        let report = || BoardChange::Report { subject: post(1), reason: "광고예요".into() };
        server.change(&mina, report()).await.unwrap();
        server.change(&mina, report()).await.unwrap();
        assert_eq!(server.get_as(&mina, "/api/v1/reports").await.status, StatusCode::FORBIDDEN);
        let queue = server.get_as(&suho, "/api/v1/reports").await.json();
        assert_eq!(queue.as_array().unwrap().len(), 1);
        assert_eq!(
            (queue[0]["by"]["handle"].as_str(), queue[0]["author"]["handle"].as_str()),
            (Some("mina"), Some("joon"))
        );

        let hide = |decision| BoardChange::Moderate { subject: post(1), decision, reason: "광고".into() };
        assert_eq!(server.change(&mina, hide(Decision::Hide)).await.unwrap_err()["code"], "forbidden");
        server.change(&suho, hide(Decision::Hide)).await.unwrap();
        assert_eq!(titles(&server, &mina, "").await, [""; 0]);
        assert_eq!(titles(&server, &joon, "").await, ["광고"], "its author still sees it, marked");
        assert_eq!(server.notices(&joon).await, ["moderated"]);
        assert_eq!(server.get_as(&suho, "/api/v1/reports").await.json(), json!([]));
        let log = server.get("/api/v1/moderation").await.json();
        assert_eq!((log[0]["decision"].as_str(), log[0]["reason"].as_str()), (Some("hide"), Some("광고")));
        server.change(&suho, hide(Decision::Restore)).await.unwrap();
        assert_eq!(titles(&server, &mina, "").await, ["광고"]);
    }
}

#[tokio::test]
async fn reports_of_what_is_gone_stand_before_no_other() {
    for server in TestApp::on_each().await {
        let (mina, joon, suho) =
            (server.person("mina").await, server.person("joon").await, server.person("suho").await);
        let role = hnh_domain::account::Role::Moderator;
        hnh_server::account::set_role(&server.state.db, &suho.handle.parse().unwrap(), role).await.unwrap();
        server.change(&joon, write(1, "광고", "사세요", 0)).await.unwrap();
        let own = |id| Subject { kind: SubjectKind::Comment, id: Uuid::from_u128(id) };
        // More than the queue shows at once.
        let hana = server.person("hana").await;
        for id in 100..305 {
            let who = if id % 2 == 0 { &mina } else { &hana };
            server.change(who, comment(id, 1, None, "이것도 보세요")).await.unwrap();
            let report = BoardChange::Report { subject: own(id), reason: "제 글이에요".into() };
            server.change(who, report).await.unwrap();
            server.change(who, BoardChange::DeleteComment { id: Uuid::from_u128(id) }).await.unwrap();
        }
        server.change(&mina, BoardChange::Report { subject: post(1), reason: "광고예요".into() }).await.unwrap();
        let queue = server.get_as(&suho, "/api/v1/reports").await.json();
        let subjects: Vec<_> =
            queue.as_array().unwrap().iter().map(|report| report["subject"]["kind"].clone()).collect();
        assert!(subjects.contains(&json!("post")), "{subjects:?}");
        let gone = |decision| BoardChange::Moderate { subject: own(9_999), decision, reason: "없어요".into() };
        server.change(&suho, gone(Decision::Dismiss)).await.unwrap();
        assert_eq!(server.change(&suho, gone(Decision::Hide)).await.unwrap_err()["code"], "not-found");
    }
}

#[tokio::test]
async fn a_photo_is_its_owners_to_show() {
    let server = TestApp::start().await;
    let (mina, joon) = (server.person("mina").await, server.person("joon").await);
    let mut png = Vec::new();
    image::RgbImage::new(8, 4).write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    let address = format!("/api/v1/photos/{}", Uuid::from_u128(5));
    let put = async |who: &Someone, bytes: Vec<u8>| {
        let request = axum::http::Request::builder().method(Method::PUT).uri(&address);
        let request = request.header("authorization", format!("Bearer {}", who.token));
        server.answer(request.body(bytes.into()).unwrap()).await.status.as_u16()
    };
    assert_eq!(put(&mina, b"<svg/>".to_vec()).await, 415);
    assert_eq!(put(&mina, png.clone()).await, 204);
    assert_eq!(put(&mina, png.clone()).await, 204);
    assert_eq!(put(&joon, png).await, 409);
    let shown = server.get(&address).await;
    assert_eq!((shown.status, shown.header("content-type")), (StatusCode::OK, "image/jpeg"));
    let with_photo = |id| {
        let mut change = write(id, "사진", "", 0);
        if let BoardChange::WritePost { draft, .. } = &mut change {
            draft.photos = vec![PostPhoto { id: Uuid::from_u128(5), alt: String::new() }];
        }
        change
    };
    server.change(&mina, with_photo(1)).await.unwrap();
    let refused: Value = server.change(&joon, with_photo(2)).await.unwrap_err();
    assert_eq!(refused["errors"][0]["field"], "photos");
}

/// The device's rule, [`PostQuery::matches`], and the server's SQL choose the same posts in the same order.
#[tokio::test]
async fn with_and_without_a_network_a_search_finds_the_same_posts() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        let texts = [("두부 이야기", "100% 콩"), ("Oats_2", "PORRIDGE and TOFU"), ("Äpfel", ""), ("tofu", "두부 oats")];
        for (number, (title, body)) in (1..).zip(texts) {
            let tags =
                if number % 2 == 0 { vec!["Vegan".to_owned()] } else { vec!["콩".to_owned(), "vegan".to_owned()] };
            let draft = Box::new(PostDraft { title: title.into(), body: body.into(), tags, ..PostDraft::default() });
            let who = if number > 2 { &joon } else { &mina };
            let id = Uuid::from_u128(number);
            server.change(who, BoardChange::WritePost { id, board: Board::Info, draft, version: 0 }).await.unwrap();
        }
        server.change(&mina, comment(10, 1, None, "하나")).await.unwrap();
        let all: Vec<PostFacts> =
            serde_json::from_value(server.get_as(&mina, "/api/v1/posts").await.json()["items"].clone()).unwrap();
        assert_eq!(all.len(), texts.len());
        let q = |q: &str| PostQuery { q: Some(q.into()), ..PostQuery::default() };
        let tag = |tag: &str| PostQuery { tag: Some(tag.into()), ..PostQuery::default() };
        let sort = |sort| PostQuery { sort: Some(sort), ..PostQuery::default() };
        let queries = [
            PostQuery::default(),
            q("TOFU"),
            q("oats tofu"),
            q("%"),
            q("_2"),
            q("äPFEL"),
            q("두부 100 콩 이야기 nowhere"),
            tag("#VEGAN"),
            tag(" 콩 "),
            tag("없는"),
            sort(PostSort::Active),
            sort(PostSort::Soonest),
            PostQuery { author: Some(joon.id), ..PostQuery::default() },
            PostQuery { board: Some(Board::Buddy), ..PostQuery::default() },
            PostQuery { from_ms: Some(0), ..PostQuery::default() },
        ];
        for query in queries {
            let mut device: Vec<&PostFacts> = all.iter().filter(|post| query.matches(post)).collect();
            device.sort_by(|a, b| query.compare(a, b));
            let device: Vec<Uuid> = device.into_iter().map(|post| post.id).collect();
            let parameters = serde_urlencoded::to_string(&query).unwrap();
            let found = server.get_as(&mina, &format!("/api/v1/posts?{parameters}")).await.json();
            let server: Vec<Uuid> =
                found["items"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap().parse().unwrap()).collect();
            assert_eq!(device, server, "{query:?}");
        }
    }
}
