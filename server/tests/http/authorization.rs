//! Who may do what: every route of the OpenAPI document by everybody. A new route changes the table and fails
//! the test until somebody has looked at its line.

use axum::http::Method;
use hnh_domain::account::Role;
use hnh_domain::board::{Board, BoardChange, PostDraft};
use hnh_domain::chat::{ChatChange, direct_room};
use hnh_server::account::set_role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::test_app::{PASSWORD, Someone, TestApp};

/// Those who ask: the one whose things they are, a stranger, a moderator, an administrator.
struct People {
    owner: Someone,
    others: [Someone; 3],
    /// A session, a post and a room of the owner's.
    session: String,
    post: Uuid,
    room: Uuid,
}

async fn people(server: &TestApp, round: usize) -> People {
    let owner = server.person(&format!("owner{round}")).await;
    let others = [
        server.person(&format!("other{round}")).await,
        server.person(&format!("moder{round}")).await,
        server.person(&format!("boss{round}")).await,
    ];
    for (who, role) in [(&others[1], Role::Moderator), (&others[2], Role::Admin)] {
        set_role(&server.state.db, &who.handle.parse().unwrap(), role).await.unwrap();
    }
    let friend = server.person(&format!("friend{round}")).await;
    let (post, room) = (Uuid::now_v7(), direct_room(owner.id, friend.id));
    server.change(&owner, ChatChange::OpenDirect { id: room, person: friend.id }).await.unwrap();
    let draft = Box::new(PostDraft { title: "글".into(), ..PostDraft::default() });
    server.change(&owner, BoardChange::WritePost { id: post, board: Board::Info, draft, version: 0 }).await.unwrap();
    let sessions = server.get_as(&owner, "/api/v1/sessions").await.json();
    let session = sessions[0]["id"].as_str().unwrap().to_owned();
    People { owner, others, session, post, room }
}

/// The route's address with what is the owner's in it.
fn address(route: &str, people: &People) -> String {
    let id = match route {
        route if route.contains("/sessions/") => people.session.clone(),
        route if route.contains("/rooms/") => people.room.to_string(),
        route if route.contains("/posts/") => people.post.to_string(),
        _ => Uuid::nil().to_string(),
    };
    let address = route.replace("{id}", &id).replace("{handle}", &people.owner.handle);
    address.replace("{feed}", &format!("person:{}", people.owner.id))
}

/// A body that the route understands.
fn body(route: &str, client: Uuid) -> Value {
    match route.trim_start_matches("/api/v1") {
        "/account/close" => json!({"password": PASSWORD}),
        "/account/password" => json!({"old": PASSWORD, "new": "heron-sips-7-radish"}),
        "/mutations" => json!({"client": client, "mutations": []}),
        "/password-resets" => json!({"email": "nobody@example.com"}),
        "/password-resets/use" => json!({"token": "none", "password": "heron-sips-7-radish"}),
        "/email-verifications" => json!({"token": "none"}),
        "/recipe-imports/address" => json!({"url": "http://127.0.0.1/"}),
        "/sessions" => json!({"login": "nobody", "password": PASSWORD}),
        _ => Value::Null,
    }
}

#[tokio::test]
async fn every_route_answers_only_whom_it_should() {
    let server = TestApp::with_flags(&["--no-rate-limits"]).await;
    let mut document = server.get("/api/v1/openapi.json").await.json();
    // The socket stands in the description's words alone.
    document["paths"]["/api/v1/live"] = json!({"get": {}});
    let mut lines = vec!["route, nobody, owner, other, moderator, admin".to_owned()];
    let reading = people(&server, 0).await;
    for (round, (route, methods)) in document["paths"].as_object().unwrap().iter().enumerate() {
        for name in methods.as_object().unwrap().keys() {
            let method: Method = name.to_uppercase().parse().unwrap();
            // What one request ends, such as a session, the next must find again.
            let (reads, mut fresh) = (method == Method::GET, None);
            if !reads {
                fresh = Some(people(&server, round * 10 + 1 + lines.len()).await);
            }
            let people = fresh.as_ref().unwrap_or(&reading);
            let mut codes = Vec::new();
            for who in
                [None, Some(&people.others[0]), Some(&people.others[1]), Some(&people.others[2]), Some(&people.owner)]
            {
                let body = body(route, Uuid::now_v7());
                codes.push(
                    server.json(who, method.clone(), &address(route, people), body).await.status.as_u16().to_string(),
                );
            }
            // The owner asks last, for what they end is gone; the table has them second.
            let owner = codes.pop().unwrap();
            codes.insert(1, owner);
            lines.push(format!("{method} {route} {}", codes.join(" ")));
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}
