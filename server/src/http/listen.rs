//! The socket: accepts, speaks HTTP/1.1, and stops without dropping a request.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower::ServiceBuilder;

use crate::app::AppState;
use crate::http::limits::Peer;

/// The longest request line and headers together, in bytes.
const MAX_HEAD: usize = 128 * 1024;

/// How long a connection may take for a request's head or stay idle; longer than the 60 s after which
/// common load balancers let go, so that it is they who close first.
const HEAD_TIMEOUT: Duration = Duration::from_secs(75);

/// The most connections from one address that is no proxy's: a house, an office or a train behind one has fewer.
const MAX_FROM_ONE: usize = 400;

/// How long a client may take for TLS's handshake.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// How stopping goes.
#[derive(Clone, Copy, Debug)]
pub struct Drain {
    /// New requests are still answered for this long while `/readyz` says no.
    pub notice: Duration,
    /// After that running requests have this long.
    pub deadline: Duration,
}

/// Where requests come from.
pub struct Door {
    /// The socket.
    pub listener: TcpListener,
    /// Speaks TLS, where no proxy does.
    pub tls: Option<TlsAcceptor>,
}

impl From<TcpListener> for Door {
    fn from(listener: TcpListener) -> Self {
        Self { listener, tls: None }
    }
}

/// Serves until `stop` is done and the running requests with it, or the deadline is over.
pub async fn serve(door: Door, router: Router, app: AppState, stop: impl Future<Output = ()>, drain: Drain) {
    let Door { listener, tls } = door;
    let mut http = auto::Builder::new(TokioExecutor::new()).http1_only();
    http.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_buf_size(MAX_HEAD);
    let connections = GracefulShutdown::new();
    let places = Arc::new(Places::default());
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
                // A proxy speaks for everybody behind it.
                let most = if app.limits.is_proxy(peer.ip()) { usize::MAX } else { MAX_FROM_ONE };
                let Some(place) = Places::take(&places, peer.ip(), most) else {
                    tracing::debug!("an address has too many connections");
                    continue;
                };
                // Replies are written whole: waiting to fill a packet would only delay them.
                let _ = socket.set_nodelay(true);
                let service = service_of(router.clone(), Peer(peer.ip()));
                let (http, watcher, tls) = (http.clone(), connections.watcher(), tls.clone());
                tokio::spawn(async move {
                    let _place = place;
                    match tls {
                        None => talk(&http, socket, service, watcher).await,
                        // Who does not finish the handshake holds nothing but this socket, and not for long.
                        Some(tls) => match timeout(HANDSHAKE_TIMEOUT, tls.accept(socket)).await {
                            Ok(Ok(socket)) => talk(&http, socket, service, watcher).await,
                            Ok(Err(error)) => tracing::debug!(%error, "a handshake failed"),
                            Err(_) => tracing::debug!("a handshake took too long"),
                        },
                    }
                });
            }
            Err(error) => wait_after(error).await,
        }
    }
    drop(listener);
    let finished = async {
        connections.shutdown().await;
        app.live.closed().await;
    };
    if timeout(drain.deadline, finished).await.is_err() {
        tracing::warn!("stopping although requests are still running");
    }
}

/// How many connections there are from which address.
#[derive(Default)]
struct Places(Mutex<HashMap<IpAddr, usize>>);

impl Places {
    /// A place for one more connection of an address; none where it has `most`.
    fn take(places: &Arc<Self>, from: IpAddr, most: usize) -> Option<Place> {
        let from = from.to_canonical();
        let mut counts = places.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(from).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Place { places: Arc::clone(places), from })
    }
}

/// One connection's place, free again when it is dropped.
struct Place {
    places: Arc<Places>,
    from: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.places.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut count) = counts.entry(self.from) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

/// Answers what comes over one connection, until it ends or the server stops.
async fn talk<S, R>(http: &auto::Builder<TokioExecutor>, socket: S, service: TowerToHyperService<R>, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    R: tower::Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send>
        + Clone
        + Send
        + 'static,
{
    let connection = http.serve_connection_with_upgrades(TokioIo::new(socket), service);
    if let Err(error) = watcher.watch(connection.into_owned()).await {
        tracing::debug!(%error, "a connection ended early");
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
