//! The description of the API and the page to try it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use axum::http::{Method, Request, StatusCode, header};
use serde_json::Value;

use crate::test_app::TestApp;

#[tokio::test]
async fn the_document_is_3_1_and_covers_every_route() {
    let server = TestApp::start().await;
    let document = server.get("/api/v1/openapi.json").await.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", document["openapi"]);
    let routes: Vec<&str> = document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    insta::assert_snapshot!(routes.join("\n"), @r#"
    /api/v1/account
    /api/v1/account/blocked
    /api/v1/account/close
    /api/v1/account/export
    /api/v1/account/password
    /api/v1/account/verification
    /api/v1/accounts
    /api/v1/areas
    /api/v1/catalogue
    /api/v1/cookbook/export
    /api/v1/email-verifications
    /api/v1/events.ics
    /api/v1/feeds/{feed}
    /api/v1/foods
    /api/v1/foods/{id}
    /api/v1/messages
    /api/v1/moderation
    /api/v1/mutations
    /api/v1/password-resets
    /api/v1/password-resets/use
    /api/v1/people/{handle}
    /api/v1/photos/{id}
    /api/v1/posts
    /api/v1/posts/{id}
    /api/v1/posts/{id}/calendar.ics
    /api/v1/posts/{id}/history
    /api/v1/push/device
    /api/v1/push/key
    /api/v1/recipe-imports/address
    /api/v1/recipe-imports/file
    /api/v1/recipes
    /api/v1/recipes/{id}
    /api/v1/reports
    /api/v1/restaurants
    /api/v1/restaurants/area
    /api/v1/restaurants/area/size
    /api/v1/restaurants/cells
    /api/v1/restaurants/suggestions
    /api/v1/restaurants/{id}
    /api/v1/restaurants/{id}/contributions
    /api/v1/rooms/{id}/messages
    /api/v1/sessions
    /api/v1/sessions/current
    /api/v1/sessions/{id}
    /api/v1/shared-recipes/{id}
    /api/v1/suggestions
    /healthz
    /metrics
    /readyz
    "#);
    for route in routes {
        let address = route.replace("{id}", "00000000-0000-0000-0000-000000000000");
        for method in document["paths"][route].as_object().unwrap().keys() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let status = server.json(None, method, &address, Value::Null).await.status;
            assert_ne!(status, StatusCode::METHOD_NOT_ALLOWED, "{route} is described but not served");
        }
    }
}

#[tokio::test]
async fn every_operation_has_a_name_of_its_own() {
    let server = TestApp::start().await;
    let document = server.get("/api/v1/openapi.json").await.json();
    let operations =
        document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let mut names = BTreeSet::new();
    for operation in operations {
        let name = operation["operationId"].as_str().unwrap();
        assert!(names.insert(name), "{name} is the name of two");
    }
}

#[tokio::test]
async fn search_parameters_are_query_parameters_with_their_meaning() {
    let server = TestApp::start().await;
    let document = server.get("/api/v1/openapi.json").await.json();
    for path in
        ["/api/v1/restaurants", "/api/v1/restaurants/cells", "/api/v1/recipes", "/api/v1/foods", "/api/v1/areas"]
    {
        let parameters = document["paths"][path]["get"]["parameters"].as_array().unwrap();
        assert!(!parameters.is_empty());
        for parameter in parameters {
            assert_eq!(parameter["in"], "query", "{path} {parameter}");
            assert!(parameter["description"].is_string(), "{path} {parameter}");
        }
    }
}

#[tokio::test]
async fn every_reference_points_at_something() {
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields {
                    match inner.as_str().filter(|_| name == "$ref") {
                        Some(target) => _ = found.insert(target.to_owned()),
                        None => references(inner, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let server = TestApp::start().await;
    let document = server.get("/api/v1/openapi.json").await.json();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.contains("#/components/schemas/Problem"));
    for target in found {
        let pointer = target.strip_prefix('#').expect("a reference inside the document");
        assert!(document.pointer(pointer).is_some(), "{target} leads nowhere");
    }
}

#[tokio::test]
async fn the_page_needs_nothing_from_outside() {
    let server = TestApp::start().await;
    let moved = server.get("/api/v1/docs").await;
    assert_eq!(moved.header(header::LOCATION), "/api/v1/docs/");
    let page = server.get("/api/v1/docs/").await;
    assert_eq!(page.header(header::CONTENT_TYPE), "text/html");
    assert!(!page.text().contains("https://"), "{}", page.text());
    assert!(page.header(header::CONTENT_SECURITY_POLICY).contains("script-src 'self';"));
    let starter = server.get("/api/v1/docs/swagger-initializer.js").await;
    assert!(starter.text().contains("/api/v1/openapi.json"), "{}", starter.text());
    assert_eq!(server.get("/api/v1/docs/swagger-ui-bundle.js").await.status, StatusCode::OK);
    assert_eq!(server.get("/api/v1/docs/nothing.js").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_document_is_not_sent_twice() {
    let server = TestApp::start().await;
    let first = server.get("/api/v1/openapi.json").await;
    let known = first.header(header::ETAG);
    let again = server.send(Request::get("/api/v1/openapi.json").header(header::IF_NONE_MATCH, known)).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
}

/// The text of all sources below a folder.
fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &sources(&path);
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "js") {
            text += &fs::read_to_string(path).unwrap();
        }
    }
    text
}

#[tokio::test]
async fn every_route_is_reached_from_the_app() {
    let server = TestApp::start().await;
    let document = server.get("/api/v1/openapi.json").await.json();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let text: String = ["crates/client/src", "ui/src", "ui/js"].map(|folder| sources(&root.join(folder))).concat();
    let reached = |route: &str| {
        let path = route.trim_start_matches("/api/v1");
        path.split(['{', '}']).step_by(2).all(|part| text.contains(part.trim_end_matches('/')))
    };
    let unreached: Vec<&str> =
        document["paths"].as_object().unwrap().keys().map(String::as_str).filter(|route| !reached(route)).collect();
    assert_eq!(unreached, ["/healthz", "/metrics", "/readyz"], "these are for whoever runs the server");
}
