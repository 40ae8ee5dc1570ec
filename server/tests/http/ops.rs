//! What operators ask.

use axum::http::{Request, StatusCode, header};

use crate::test_app::TestApp;

#[tokio::test]
async fn ready_means_that_a_catalogue_is_there_and_the_server_stays() {
    let server = TestApp::without_catalogue(&[]).await;
    assert_eq!(server.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(server.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    let server = TestApp::start().await;
    assert_eq!(server.get("/readyz").await.status, StatusCode::OK);
    server.state.drain();
    assert_eq!(server.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(server.get("/api/v1/foods").await.status, StatusCode::OK, "requests are answered to the end");
}

#[tokio::test]
async fn metrics_count_by_route_and_hide_queries() {
    let server = TestApp::start().await;
    server.get("/api/v1/restaurants?lat=37.5663&lon=126.9779").await;
    server.get("/api/v1/restaurants?lat=95&lon=126.9779").await;
    let reply = server.get("/metrics").await;
    assert!(reply.header(header::CONTENT_TYPE).starts_with("application/openmetrics-text"));
    let text = reply.text();
    for line in [
        r#"hnh_http_request_duration_seconds_count{method="GET",route="/api/v1/restaurants",status="200"} 1"#,
        r#"hnh_http_request_duration_seconds_count{method="GET",route="/api/v1/restaurants",status="400"} 1"#,
        r#"hnh_catalogue_info{version="v1"} 1"#,
    ] {
        assert!(text.lines().any(|l| l == line), "no {line} in\n{text}");
    }
    assert!(!text.contains("126.9"), "a position is in the metrics");
}

#[tokio::test]
async fn only_configured_origins_may_read_replies() {
    let server = TestApp::with_flags(&["--allowed-origins", "tauri://localhost"]).await;
    for (origin, allowed) in [("tauri://localhost", "tauri://localhost"), ("https://evil.example", "")] {
        let reply = server.send(Request::get("/api/v1/foods").header(header::ORIGIN, origin)).await;
        assert_eq!(reply.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), allowed);
    }
    let closed = TestApp::start().await;
    let reply = closed.send(Request::get("/api/v1/foods").header(header::ORIGIN, "tauri://localhost")).await;
    assert_eq!(reply.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "");
}
