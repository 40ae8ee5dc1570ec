//! Whole replies, and what clients need not ask for twice.

use axum::http::{Request, StatusCode, header};
use serde_json::Value;

use crate::test_app::TestApp;
use crate::tiny::RECORDS;

const NEARBY: &str = "/api/v1/restaurants?lat=37.5663&lon=126.9779";

#[tokio::test]
async fn the_nearest_vegan_place_that_is_open_on_friday_evening() {
    let server = TestApp::start().await;
    let reply = server.get(&format!("{NEARBY}&diet=vegan&open=2026-10-09T19:30&limit=2")).await;
    insta::assert_json_snapshot!(reply.json(), { ".items[].place.id" => "[id]" }, @r#"
    {
      "items": [
        {
          "distance_m": 0,
          "opening": {
            "at": "2026-10-09T19:30",
            "state": "open",
            "until": "2026-10-09T22:00"
          },
          "place": {
            "cuisines": [
              "korean"
            ],
            "diets": {
              "vegan": "yes"
            },
            "district": "중구",
            "id": "[id]",
            "kind": "restaurant",
            "name": {
              "en": "Tofu house 0 v1",
              "ko": "두부집 0"
            },
            "position": {
              "lat": 37.5663,
              "lon": 126.9779
            }
          },
          "walk_minutes": 1
        }
      ],
      "total": 1
    }
    "#);
    assert_eq!(reply.header("x-catalogue-version"), "v1");
    assert_eq!(reply.header(header::CONTENT_TYPE), "application/json");
    assert_eq!(reply.header(header::CACHE_CONTROL), "private, no-cache");
}

#[tokio::test]
async fn recipes_within_a_range_by_energy() {
    let server = TestApp::start().await;
    let reply = server.get("/api/v1/recipes?q=tofu&kcal=150..250&sort=energy").await;
    insta::assert_json_snapshot!(reply.json(), { ".items[].id" => "[id]" }, @r#"
    {
      "items": [
        {
          "course": "soup",
          "energy": 200.0,
          "id": "[id]",
          "title": {
            "en": "Tofu soup 1 v1",
            "ko": "두부 국 1"
          },
          "total_min": 20
        }
      ],
      "total": 1
    }
    "#);
}

#[tokio::test]
async fn foods_by_initial_consonants() {
    let server = TestApp::start().await;
    let reply = server.get("/api/v1/foods?q=%E3%84%B7%E3%85%82&limit=1").await;
    insta::assert_json_snapshot!(reply.json(), { ".items[].id" => "[id]", ".next" => "[cursor]" }, @r#"
    {
      "items": [
        {
          "basis": "100g",
          "group": "legumes",
          "id": "[id]",
          "name": {
            "en": "Tofu 5 v1",
            "ko": "두부 5"
          },
          "sodium": 5.0,
          "source": "hnh"
        }
      ],
      "next": "[cursor]",
      "total": 12
    }
    "#);
}

#[tokio::test]
async fn a_map_view_counts_its_places() {
    let server = TestApp::start().await;
    let reply = server.get("/api/v1/restaurants/cells?bbox=126.9,37.5,127.1,37.6&zoom=9&diet=vegan").await;
    assert_eq!((reply.status, reply.json()["total"].as_u64()), (StatusCode::OK, Some(RECORDS as u64 / 2)));
}

#[tokio::test]
async fn every_record_found_can_be_opened() {
    let server = TestApp::start().await;
    for (kind, id) in [("restaurants", "/items/0/place/id"), ("recipes", "/items/0/id"), ("foods", "/items/0/id")] {
        let found = server.get(&format!("/api/v1/{kind}?q=tofu&limit=1")).await.json();
        let id = found.pointer(id).and_then(Value::as_str).unwrap();
        let one = server.get(&format!("/api/v1/{kind}/{id}")).await;
        assert_eq!(one.status, StatusCode::OK, "{}", one.text());
        let record = one.json();
        assert_eq!(record.get("place").unwrap_or(&record)["id"], id);
    }
}

#[tokio::test]
async fn pages_join_without_gap_or_repeat() {
    let server = TestApp::start().await;
    for (address, id) in [(NEARBY, "/place/id"), ("/api/v1/recipes?sort=title", "/id"), ("/api/v1/foods?q=tofu", "/id")]
    {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let separator = if address.contains('?') { '&' } else { '?' };
            let page = server.get(&format!("{address}{separator}limit=5{cursor}")).await.json();
            seen.extend(page["items"].as_array().unwrap().iter().map(|item| item.pointer(id).unwrap().to_string()));
            let Some(next) = page["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(seen.len(), RECORDS, "{address}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), RECORDS, "{address} repeats");
    }
}

#[tokio::test]
async fn a_cursor_of_another_query_is_refused() {
    let server = TestApp::start().await;
    let page = server.get("/api/v1/foods?q=tofu&limit=1").await.json();
    let next = page["next"].as_str().unwrap();
    let refused = server.get(&format!("/api/v1/foods?q=rice&limit=1&cursor={next}")).await;
    assert_eq!((refused.status, refused.json()["code"].as_str().unwrap()), (StatusCode::CONFLICT, "invalid-cursor"));
}

#[tokio::test]
async fn what_a_client_has_is_not_sent_again_in_any_encoding() {
    let server = TestApp::start().await;
    for address in [NEARBY, "/api/v1/recipes", "/api/v1/foods?q=tofu", "/api/v1/catalogue"] {
        for encoding in ["identity", "br", "gzip"] {
            let request = || Request::get(address).header(header::ACCEPT_ENCODING, encoding);
            let first = server.send(request()).await;
            let tag = first.header(header::ETAG).to_owned();
            assert!(tag.starts_with("W/\""), "{address} has no tag");
            let again = server.send(request().header(header::IF_NONE_MATCH, &tag)).await;
            assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{address} {encoding}");
            assert_eq!(again.header("x-catalogue-version"), "v1");
        }
    }
}

#[tokio::test]
async fn what_says_something_else_has_another_tag() {
    let server = TestApp::start().await;
    let mut tags = Vec::new();
    for address in ["/api/v1/recipes", "/api/v1/recipes?limit=2", "/api/v1/foods"] {
        tags.push(server.get(address).await.header(header::ETAG).to_owned());
    }
    crate::tiny::build(&server.folder.path().join("catalog"), "v2");
    server.state.catalogue.refresh().unwrap();
    tags.push(server.get("/api/v1/recipes").await.header(header::ETAG).to_owned());
    let count = tags.len();
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), count, "{tags:?}");
}

#[tokio::test]
async fn long_replies_are_compressed_and_short_ones_are_not() {
    let server = TestApp::start().await;
    let long = server.send(Request::get("/api/v1/foods").header(header::ACCEPT_ENCODING, "br, gzip")).await;
    assert_eq!(long.header(header::CONTENT_ENCODING), "br");
    assert_eq!(long.header(header::VARY), "accept-encoding");
    let short = server.send(Request::get("/api/v1/foods?q=nothing").header(header::ACCEPT_ENCODING, "br")).await;
    assert_eq!(short.header(header::CONTENT_ENCODING), "");
}

#[tokio::test]
async fn the_catalogue_names_its_version_and_the_tiles() {
    let flags = ["--tiles-url", "https://tiles.example/world.pmtiles", "--tiles-attribution", "© Tiles"];
    let server = TestApp::with_flags(&flags).await;
    insta::assert_json_snapshot!(server.get("/api/v1/catalogue").await.json(), @r#"
    {
      "foods": 12,
      "places": 12,
      "recipes": 12,
      "sources": [],
      "tiles": {
        "attribution": "© Tiles",
        "url": "https://tiles.example/world.pmtiles"
      },
      "version": "v1"
    }
    "#);
}
