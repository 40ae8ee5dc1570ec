//! Bad input: a problem each, with the field named.

use axum::http::{Method, Request, header};

use crate::test_app::{Reply, TestApp};

/// Status, code and the refused fields in one line.
fn summary(reply: &Reply) -> String {
    assert_eq!(reply.header(header::CONTENT_TYPE), "application/problem+json", "{}", reply.text());
    let problem = reply.json();
    assert_eq!(problem["status"], reply.status.as_u16());
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    let errors: Vec<_> = errors
        .iter()
        .map(|e| format!("{}: {}", e["field"].as_str().unwrap(), e["message"].as_str().unwrap()))
        .collect();
    let line = format!("{} {} {}", reply.status.as_u16(), problem["code"].as_str().unwrap(), errors.join("; "));
    line.trim_end().chars().take(110).collect()
}

#[tokio::test]
async fn bad_input_names_its_field() {
    let server = TestApp::start().await;
    let mut lines = Vec::new();
    for address in [
        "/restaurants?lat=91&lon=0",
        "/restaurants?lat=NaN&lon=0",
        "/restaurants?lat=37.5",
        "/restaurants?lat=37.5&lon=127&radius_m=0",
        "/restaurants?lat=37.5&lon=127&radius_m=9999999",
        "/restaurants?lat=37.5&lon=127&radius_m=wide",
        "/restaurants?diet=vegn",
        "/restaurants?open=2026-02-30T10:00",
        "/restaurants?lattitude=1",
        "/restaurants?lat=1&lon=1&cursor=forged",
        "/restaurants/cells?zoom=4",
        "/restaurants/cells?bbox=0,0,1,1&zoom=99",
        "/restaurants/not-a-uuid",
        "/recipes?nutrients=unobtainium:5..",
        "/recipes?kcal=many",
        "/recipes?limit=0",
        "/recipes?without=nutz",
        "/recipes?cursor=AAAA",
        "/foods?group=rocks",
        "/foods?cursor=%00%01",
        "/areas",
        "/areas?q=a&q=b",
    ] {
        let reply = server.get(&format!("/api/v1{address}")).await;
        lines.push(format!("{address} -> {}", summary(&reply)));
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    /restaurants?lat=91&lon=0 -> 400 invalid-input lat: must be a number of degrees from -90 to 90
    /restaurants?lat=NaN&lon=0 -> 400 invalid-input lat: must be a number of degrees from -90 to 90
    /restaurants?lat=37.5 -> 400 invalid-input lon: is missing: lat and lon go together
    /restaurants?lat=37.5&lon=127&radius_m=0 -> 400 invalid-input radius_m: must be from 1 to 100000 metres
    /restaurants?lat=37.5&lon=127&radius_m=9999999 -> 400 invalid-input radius_m: must be from 1 to 100000 metres
    /restaurants?lat=37.5&lon=127&radius_m=wide -> 400 invalid-input radius_m: must be a whole number, not negative and not too large
    /restaurants?diet=vegn -> 400 invalid-input diet: unknown diet "vegn": use one of vegan, vegetarian, pescatarian, gluten_free, lactose_f
    /restaurants?open=2026-02-30T10:00 -> 400 invalid-input open: must be now or a local time such as 2026-10-09T19:30
    /restaurants?lattitude=1 -> 400 invalid-input lattitude: is not a parameter here: use q, lat, lon, radius_m, bbox, cuisine, diet, only, ki
    /restaurants?lat=1&lon=1&cursor=forged -> 409 invalid-cursor cursor: was not made for this query: leave it out to start from the first page
    /restaurants/cells?zoom=4 -> 400 invalid-input bbox: is missing: cells are counted in a box
    /restaurants/cells?bbox=0,0,1,1&zoom=99 -> 400 invalid-input zoom: must be a whole number from 0 to 22
    /restaurants/not-a-uuid -> 400 invalid-input id: must be a UUID as replies have it
    /recipes?nutrients=unobtainium:5.. -> 400 invalid-input nutrients: unknown nutrient "unobtainium": use one of energy, protein, fat, saturated_fat, t
    /recipes?kcal=many -> 400 invalid-input kcal: "many" is no range: write min..max, min.. or ..max with numbers from 0
    /recipes?limit=0 -> 400 invalid-input limit: must be from 1 to 200
    /recipes?without=nutz -> 400 invalid-input without: unknown allergen "nutz": use one of egg, milk, wheat, gluten, buckwheat, peanut, so
    /recipes?cursor=AAAA -> 409 invalid-cursor cursor: was not made for this query: leave it out to start from the first page
    /foods?group=rocks -> 400 invalid-input group: unknown group "rocks": use one of grains, vegetables, fruits, legumes, nuts_seeds, mu
    /foods?cursor=%00%01 -> 409 invalid-cursor cursor: was not made for this query: leave it out to start from the first page
    /areas -> 400 invalid-input q: is missing
    /areas?q=a&q=b -> 400 invalid-input q: is given twice: give it once, several values separated by commas
    "#);
}

#[tokio::test]
async fn unknown_records_addresses_and_methods_are_problems_too() {
    let server = TestApp::start().await;
    let nobody = "00000000-0000-0000-0000-000000000000";
    for kind in ["restaurants", "recipes", "foods"] {
        assert_eq!(summary(&server.get(&format!("/api/v1/{kind}/{nobody}")).await), "404 not-found");
    }
    assert_eq!(summary(&server.get("/api/v1/nothing").await), "404 not-found");
    let posted = server.send(Request::builder().method(Method::POST).uri("/api/v1/foods")).await;
    assert_eq!(summary(&posted), "405 method-not-allowed");
}

#[tokio::test]
async fn what_is_too_long_is_not_looked_at() {
    let server = TestApp::start().await;
    let long = server.get(&format!("/api/v1/foods?q={}", "a".repeat(9_000))).await;
    assert_eq!(summary(&long), "414 uri-too-long");
    let request = Request::builder().uri("/api/v1/foods").header(header::CONTENT_LENGTH, 10_000_000);
    assert_eq!(summary(&server.send(request).await), "413 too-large");
}

#[tokio::test]
async fn a_whole_problem_has_the_shape_of_rfc_9457() {
    let server = TestApp::start().await;
    let reply = server.get("/api/v1/restaurants?lat=91&lon=0").await;
    insta::assert_json_snapshot!(reply.json(), @r#"
    {
      "code": "invalid-input",
      "detail": "lat: must be a number of degrees from -90 to 90",
      "errors": [
        {
          "code": "invalid",
          "field": "lat",
          "message": "must be a number of degrees from -90 to 90"
        }
      ],
      "status": 400,
      "title": "Something in the request is not valid",
      "type": "https://hnh.example/problems/invalid-input"
    }
    "#);
    assert_eq!(reply.header(header::CACHE_CONTROL), "no-store");
}

#[tokio::test]
async fn without_a_catalogue_searches_say_so() {
    let server = TestApp::without_catalogue(&[]).await;
    assert_eq!(summary(&server.get("/api/v1/foods").await), "503 not-ready");
}
