//! The built app: what is kept for ever, what is asked for again, what a page's address gets.

use std::fs;

use axum::http::{Request, StatusCode, header};

use crate::test_app::TestApp;

async fn with_app() -> TestApp {
    let server = TestApp::without_catalogue(&[
        "--tiles-url",
        "https://tiles.example/{z}/{x}/{y}.png",
        "--tiles-attribution",
        "©",
    ])
    .await;
    let app = server.folder.path().join("app");
    fs::create_dir_all(app.join("assets")).unwrap();
    for (name, content) in [
        ("index.html", "<!doctype html><title>HnH</title>"),
        ("index.html.br", "brotli page"),
        ("sw.js", "// worker"),
        ("manifest.webmanifest", "{}"),
        ("assets/app-3J2KQ5TZ.js", "export {}"),
        ("assets/app-3J2KQ5TZ.js.br", "brotli script"),
        ("assets/app-3J2KQ5TZ.js.gz", "gzip script"),
        ("assets/ui-3J2KQ5TZ.wasm", "\0asm"),
        ("assets/font-3J2KQ5TZ.woff2", "wOF2"),
    ] {
        fs::write(app.join(name), content).unwrap();
    }
    fs::write(server.folder.path().join("secret.txt"), "not yours").unwrap();
    server
}

#[tokio::test]
async fn files_named_by_content_are_kept_for_ever_and_sent_compressed() {
    let server = with_app().await;
    for (accepted, sent, body) in
        [("br, gzip", "br", "brotli script"), ("gzip", "gzip", "gzip script"), ("", "", "export {}")]
    {
        let request = Request::get("/assets/app-3J2KQ5TZ.js").header(header::ACCEPT_ENCODING, accepted);
        let reply = server.send(request).await;
        assert_eq!((reply.status, reply.text()), (StatusCode::OK, body));
        assert_eq!(reply.header(header::CONTENT_ENCODING), sent);
        assert_eq!(reply.header(header::CACHE_CONTROL), "public, max-age=31536000, immutable");
    }
    let missing = server.get("/assets/app-OLDOLDOL.js").await;
    assert_eq!((missing.status, missing.header(header::CACHE_CONTROL)), (StatusCode::NOT_FOUND, "no-store"));
}

#[tokio::test]
async fn types_are_what_browsers_insist_on() {
    let server = with_app().await;
    for (file, kind) in [
        ("/assets/app-3J2KQ5TZ.js", "text/javascript"),
        ("/assets/ui-3J2KQ5TZ.wasm", "application/wasm"),
        ("/assets/font-3J2KQ5TZ.woff2", "font/woff2"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/", "text/html"),
    ] {
        assert_eq!(server.get(file).await.header(header::CONTENT_TYPE), kind, "{file}");
    }
}

#[tokio::test]
async fn files_that_keep_their_name_are_asked_for_again() {
    let server = with_app().await;
    for file in ["/", "/index.html", "/sw.js", "/manifest.webmanifest"] {
        let first = server.get(file).await;
        assert_eq!((first.status, first.header(header::CACHE_CONTROL)), (StatusCode::OK, "no-cache"), "{file}");
        let tag = first.header(header::ETAG);
        assert!(tag.starts_with("W/\""), "{file} has no tag");
        let again = server.send(Request::get(file).header(header::IF_NONE_MATCH, tag)).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{file}");
    }
    let old = server.get("/sw.js").await;
    fs::write(server.folder.path().join("app/sw.js"), "// other 1").unwrap();
    let new = server.send(Request::get("/sw.js").header(header::IF_NONE_MATCH, old.header(header::ETAG))).await;
    assert_eq!((new.status, new.text()), (StatusCode::OK, "// other 1"));
}

#[tokio::test]
async fn addresses_of_pages_get_the_app_and_addresses_of_files_do_not() {
    let server = with_app().await;
    let page = server.get("/").await.body;
    for address in ["/recipes", "/recipes/0c3f2f0e?from=home", "/foods/compare"] {
        assert_eq!(server.get(address).await.body, page, "{address}");
    }
    for address in ["/favicon.ico", "/old/app.css", "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt"] {
        let reply = server.get(address).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{address}: {}", reply.text());
    }
    let compressed = server.send(Request::get("/recipes").header(header::ACCEPT_ENCODING, "br")).await;
    assert_eq!(compressed.text(), "brotli page");
}

#[tokio::test]
async fn pages_come_with_a_policy_that_knows_the_tiles() {
    let server = with_app().await;
    let headers = server.get("/").await.headers;
    let secured: Vec<String> = [
        "content-security-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "permissions-policy",
        "referrer-policy",
        "x-content-type-options",
    ]
    .map(|name| format!("{name}: {}", headers[name].to_str().unwrap()))
    .into();
    insta::assert_snapshot!(secured.join("\n"), @r#"
    content-security-policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' https://tiles.example; worker-src 'self' blob:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'
    cross-origin-opener-policy: same-origin
    cross-origin-resource-policy: same-origin
    permissions-policy: geolocation=(self), camera=(), microphone=(), payment=(), usb=()
    referrer-policy: strict-origin-when-cross-origin
    x-content-type-options: nosniff
    "#);
}
