//! The socket: accepts, speaks HTTP/1.1, and stops without dropping a request.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceBuilder;

use crate::app::AppState;
use crate::http::limits::Peer;

/// The longest request line and headers together, in bytes.
const MAX_HEAD: usize = 128 * 1024;

/// How long a connection may take for a request's head or stay idle; longer than the 60 s after which
/// common load balancers let go, so that it is they who close first.
const HEAD_TIMEOUT: Duration = Duration::from_secs(75);

/// How stopping goes.
#[derive(Clone, Copy, Debug)]
pub struct Drain {
    /// New requests are still answered for this long while `/readyz` says no.
    pub notice: Duration,
    /// After that running requests have this long.
    pub deadline: Duration,
}

/// Serves until `stop` is done and the running requests with it, or the deadline is over.
pub async fn serve(listener: TcpListener, router: Router, app: AppState, stop: impl Future<Output = ()>, drain: Drain) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_buf_size(MAX_HEAD);
    let (connections, stopping) = (TaskTracker::new(), CancellationToken::new());
    let mut stop = pin!(async {
        stop.await;
        app.drain();
        tracing::info!("stopping: requests may finish");
        sleep(drain.notice).await;
    });
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((socket, peer)) => {
                // Replies are written whole: waiting to fill a packet would only delay them.
                let _ = socket.set_nodelay(true);
                let service = service_of(router.clone(), Peer(peer.ip()));
                let connection = http.serve_connection(TokioIo::new(socket), service).with_upgrades();
                let stopping = stopping.clone();
                connections.spawn(async move {
                    let mut connection = pin!(connection);
                    let ended = tokio::select! {
                        ended = connection.as_mut() => ended,
                        () = stopping.cancelled() => {
                            connection.as_mut().graceful_shutdown();
                            connection.await
                        }
                    };
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection ended early");
                    }
                });
            }
            Err(error) => wait_after(error).await,
        }
    }
    drop(listener);
    let finished = async {
        stopping.cancel();
        connections.close();
        connections.wait().await;
        app.live.closed().await;
    };
    if timeout(drain.deadline, finished).await.is_err() {
        tracing::warn!("stopping although requests are still running");
    }
}

/// The router for one connection, which tells each request who asks.
fn service_of(
    router: Router,
    peer: Peer,
) -> TowerToHyperService<
    impl tower::Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send> + Clone,
> {
    TowerToHyperService::new(
        ServiceBuilder::new()
            .map_request(move |mut request: Request<Incoming>| {
                request.extensions_mut().insert(peer);
                request
            })
            .service(router),
    )
}

/// A client that went away is nothing; a lack of file handles passes only if nothing spins meanwhile.
async fn wait_after(error: io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "cannot accept connections");
        sleep(Duration::from_secs(1)).await;
    }
}

/// Done when the process is asked to stop: SIGTERM or Ctrl-C.
pub async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
