//! WriteTx are made once and in order; feeds skip nothing.

use axum::http::{Method, StatusCode};
use hnh_domain::board::{Board, BoardChange, PostDraft};
use hnh_domain::feeds::Change;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::test_app::{Someone, TestApp};

fn write(id: u128, title: &str) -> Change {
    let draft = PostDraft { title: title.into(), body: "글".into(), ..PostDraft::default() };
    BoardChange::WritePost { id: Uuid::from_u128(id), board: Board::Info, draft: Box::new(draft), version: 0 }.into()
}

async fn push(server: &TestApp, who: &Someone, client: Uuid, mutations: &[(i64, Change)]) -> (StatusCode, Value) {
    let mutations: Vec<_> =
        mutations.iter().map(|(number, change)| json!({"number": number, "change": change})).collect();
    let body = json!({"client": client, "mutations": mutations});
    let reply = server.json(Some(who), Method::POST, "/api/v1/mutations", body).await;
    (reply.status, reply.json())
}

#[tokio::test]
async fn a_repeat_has_the_first_answer_and_no_other_effect() {
    for server in TestApp::on_each().await {
        let mina = server.person("mina").await;
        let client = Uuid::from_u128(77);
        let first = push(&server, &mina, client, &[(1, write(1, "하나")), (2, write(2, ""))]).await;
        assert_eq!(first.0, StatusCode::OK);
        assert_eq!(first.1["results"][0].get("refused"), None);
        assert_eq!(first.1["results"][1]["refused"]["errors"][0]["field"], "title");
        // The same numbers again, even with other words.
        let again = push(&server, &mina, client, &[(1, write(9, "아홉")), (2, write(2, ""))]).await;
        assert_eq!(again, first);
        let feed = server.feed(&mina, "board:info").await;
        assert_eq!(feed.len(), 1);
        assert_eq!(feed[0]["item"]["draft"]["title"], "하나");
        // A refusal advanced the number.
        assert_eq!(push(&server, &mina, client, &[(3, write(3, "셋"))]).await.0, StatusCode::OK);
        let gap = push(&server, &mina, client, &[(5, write(5, "다섯"))]).await;
        assert_eq!((gap.0, gap.1["code"].as_str()), (StatusCode::CONFLICT, Some("number-gap")));
    }
}

#[tokio::test]
async fn long_posts_come_a_few_at_a_time_and_none_is_left_out() {
    for server in TestApp::on_each().await {
        let mina = server.person("mina").await;
        let long = |id: u128| {
            let draft = PostDraft { title: "글".into(), body: "밥 ".repeat(9_000), ..PostDraft::default() };
            Change::from(BoardChange::WritePost {
                id: Uuid::from_u128(id),
                board: Board::Info,
                draft: Box::new(draft),
                version: 0,
            })
        };
        for id in 1..=30 {
            server.change(&mina, long(id)).await.unwrap();
        }
        let (mut after, mut seen, mut pages) = (0, 0, 0);
        loop {
            let reply = server.get_as(&mina, &format!("/api/v1/feeds/board:info?after={after}&limit=500")).await;
            assert!(reply.body.len() < 3_000_000, "{} bytes", reply.body.len());
            let page = reply.json();
            seen += page["entries"].as_array().unwrap().len();
            pages += 1;
            after = page["next"].as_i64().unwrap();
            if after >= page["head"].as_i64().unwrap() {
                break;
            }
        }
        assert_eq!(seen, 30);
        assert!(pages > 1, "one page held all");
    }
}

#[tokio::test]
async fn another_persons_client_is_not_ones_own() {
    let server = TestApp::start().await;
    let (mina, joon) = (server.person("mina").await, server.person("joon").await);
    let client = Uuid::from_u128(77);
    push(&server, &mina, client, &[(1, write(1, "하나"))]).await;
    let refused = push(&server, &joon, client, &[(2, write(2, "둘"))]).await;
    assert_eq!(refused.0, StatusCode::FORBIDDEN);
    let other = format!("/api/v1/feeds/person:{}", mina.id);
    assert_eq!(server.get_as(&joon, &other).await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get(&other).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_feed_comes_in_parts_without_a_gap() {
    for server in TestApp::on_each().await {
        let mina = server.person("mina").await;
        let mutations: Vec<_> = (1..=25).map(|n| (n, write(n as u128, &format!("글 {n}")))).collect();
        push(&server, &mina, Uuid::from_u128(77), &mutations).await;
        let (mut after, mut seen) = (0, Vec::new());
        loop {
            let page = server.get(&format!("/api/v1/feeds/board:info?after={after}&limit=10")).await.json();
            seen.extend(page["entries"].as_array().unwrap().iter().map(|e| e["number"].as_i64().unwrap()));
            after = page["next"].as_i64().unwrap();
            if after == page["head"].as_i64().unwrap() {
                break;
            }
        }
        assert_eq!(seen, (1..=25).collect::<Vec<i64>>());
    }
}

/// Writers of one feed at once, and a reader who goes on from where it was: no number is skipped, ever.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_writers_and_a_reader_who_misses_nothing() {
    const WRITERS: u128 = 16;
    const EACH: u128 = 12;
    for server in TestApp::on_each().await {
        let server = std::sync::Arc::new(server);
        let mina = server.person("mina").await;
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (server, mina) = (server.clone(), mina.clone());
                tokio::spawn(async move {
                    for n in 1..=EACH {
                        let change = write(writer * 1_000 + n, "글");
                        let made = push(&server, &mina, Uuid::from_u128(100 + writer), &[(n as i64, change)]).await;
                        assert_eq!(made.0, StatusCode::OK, "{}", made.1);
                    }
                })
            })
            .collect();
        let all = (WRITERS * EACH) as i64;
        let (mut after, mut seen) = (0, Vec::new());
        while after < all {
            let page = server.get(&format!("/api/v1/feeds/board:info?after={after}&limit=7")).await.json();
            seen.extend(page["entries"].as_array().unwrap().iter().map(|e| e["number"].as_i64().unwrap()));
            after = page["next"].as_i64().unwrap();
        }
        assert_eq!(seen, (1..=all).collect::<Vec<i64>>());
        for writer in writers {
            writer.await.unwrap();
        }
    }
}
