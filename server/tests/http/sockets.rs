//! What only a real connection shows: requests that hyper refuses, and stopping.

use std::net::SocketAddr;
use std::time::Duration;

use axum::routing::get;
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_server::http::listen::{self, Drain};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

use crate::test_app::TestApp;

/// A server on a port.
pub(crate) struct Running {
    pub(crate) app: TestApp,
    pub(crate) address: SocketAddr,
    pub(crate) stop: oneshot::Sender<()>,
    pub(crate) stopped: JoinHandle<()>,
}

/// Listens on a free port.
pub(crate) async fn running(app: TestApp, drain: Drain) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopping) = oneshot::channel();
    let asked = async {
        let _ = stopping.await;
    };
    let stopped = tokio::spawn(listen::serve(listener.into(), app.router.clone(), app.state.clone(), asked, drain));
    Running { app, address, stop, stopped }
}

/// Stops as soon as all is said.
pub(crate) const AT_ONCE: Drain = Drain { notice: Duration::ZERO, deadline: Duration::from_secs(30) };

/// Sends bytes on a fresh connection and reads to its end: status and body.
async fn exchange(address: SocketAddr, request: &[u8]) -> (u16, String) {
    let mut socket = TcpStream::connect(address).await.unwrap();
    let (mut reading, mut writing) = socket.split();
    let mut reply = Vec::new();
    // The server may answer before it has read all: both go on at once.
    let (_, read) = tokio::join!(writing.write_all(request), reading.read_to_end(&mut reply));
    read.expect("the reply arrives although the request was refused midway");
    let reply = String::from_utf8(reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").expect("a whole head");
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

#[tokio::test]
async fn a_query_that_is_too_long_is_told_so() {
    let server = running(TestApp::start().await, AT_ONCE).await;
    for length in [9_000, 60_000] {
        let query = "a".repeat(length);
        let request = format!("GET /api/v1/foods?q={query} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let (status, body) = exchange(server.address, request.as_bytes()).await;
        assert_eq!(status, 414, "{length} bytes: {body}");
        assert_eq!(serde_json::from_str::<Problem>(&body).unwrap().code, ProblemCode::UriTooLong, "{length} bytes");
    }
}

#[tokio::test]
async fn what_is_not_http_is_refused() {
    let server = running(TestApp::start().await, AT_ONCE).await;
    // Hyper answers before any route: with a status and no words.
    let (status, _) = exchange(server.address, b"\x16\x03\x01 hello\r\n\r\n").await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn a_request_that_began_before_the_signal_is_answered_after_it() {
    let mut app = TestApp::start().await;
    let (began, mut beginning) = mpsc::channel(1);
    let (finish, finishing) = watch::channel(false);
    let slow = async move || {
        began.send(()).await.unwrap();
        finishing.clone().wait_for(|done| *done).await.unwrap();
        "at last"
    };
    app.router = app.router.route("/slow", get(slow));
    let server = running(app, AT_ONCE).await;
    let request = b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n";
    let reply = tokio::spawn(async move { exchange(server.address, request).await });
    beginning.recv().await.unwrap();
    server.stop.send(()).unwrap();
    while !server.app.state.draining() {
        tokio::task::yield_now().await;
    }
    assert_eq!(server.app.get("/readyz").await.status, 503);
    finish.send(true).unwrap();
    // The connection closes after its reply: `exchange` reads to the end.
    assert_eq!(reply.await.unwrap(), (200, "at last".to_owned()));
    server.stopped.await.unwrap();
    assert!(TcpStream::connect(server.address).await.is_err(), "the port is free");
}

#[tokio::test]
async fn new_requests_are_answered_while_load_balancers_take_notice() {
    let server = running(TestApp::start().await, Drain { notice: Duration::from_secs(3600), ..AT_ONCE }).await;
    server.stop.send(()).unwrap();
    while !server.app.state.draining() {
        tokio::task::yield_now().await;
    }
    let request = b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    assert_eq!(exchange(server.address, request).await.0, 503);
    let request = b"GET /api/v1/foods HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    assert_eq!(exchange(server.address, request).await.0, 200);
    server.stopped.abort();
}

#[tokio::test]
async fn a_request_that_does_not_end_is_cut_at_the_deadline() {
    let mut app = TestApp::start().await;
    let (began, mut beginning) = mpsc::channel(1);
    let endless = async move || {
        began.send(()).await.unwrap();
        std::future::pending::<()>().await;
    };
    app.router = app.router.route("/endless", get(endless));
    let server = running(app, Drain { notice: Duration::ZERO, deadline: Duration::ZERO }).await;
    let mut socket = TcpStream::connect(server.address).await.unwrap();
    socket.write_all(b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    beginning.recv().await.unwrap();
    server.stop.send(()).unwrap();
    server.stopped.await.unwrap();
}
