//! The two servers under test, each on one thread of its own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{Request, header};
use axum::response::IntoResponse;
use axum::routing::get;
use hnh_server::app::{App, system_clock};
use hnh_server::config::Config;
use hnh_server::http;
use hnh_server::http::listen::{self, Drain};
use http_body_util::BodyExt;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

/// A running server.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    /// What the empty server answers to.
    pub(crate) addresses: Vec<String>,
    router: Router,
    /// Where the system tells of the server's thread.
    thread: Option<PathBuf>,
}

impl Server {
    /// Ours, as `hnh-server serve` runs it, on one thread.
    pub(crate) fn api(config: &Config) -> Result<Self> {
        // Its database is not asked here; opening it takes a runtime of its own.
        let app = Box::leak(Box::new(Builder::new_multi_thread().worker_threads(1).enable_all().build()?))
            .block_on(App::open(config, system_clock))?;
        app.catalogue.refresh().context("build a catalogue first: hnh-server catalog build")?;
        let version = app.catalogue.current().context("no catalogue")?;
        version.places.warm(app.now_ms());
        println!("catalogue {}: {} places, {} recipes", version.name(), version.info.places, version.info.recipes);
        let router = http::router(app.clone(), config);
        let served = router.clone();
        start("api", Vec::new(), router, async move |listener| {
            let drain = Drain { notice: Duration::ZERO, deadline: Duration::ZERO };
            listen::serve(listener.into(), served, app, std::future::pending(), drain).await;
            Ok(())
        })
    }

    /// An axum handler that does nothing but return the bytes of the address's number.
    pub(crate) fn empty(bodies: Vec<Vec<u8>>) -> Result<Self> {
        let addresses = (0..bodies.len()).map(|i| format!("/{i}")).collect();
        let bodies: &'static [Bytes] = bodies.into_iter().map(Bytes::from).collect::<Vec<_>>().leak();
        let handler = async |State(bodies): State<&'static [Bytes]>, Path(at): Path<usize>| {
            ([(header::CONTENT_TYPE, "application/json")], bodies[at].clone()).into_response()
        };
        let router = Router::new().route("/{at}", get(handler)).with_state(bodies);
        let served = router.clone();
        start("empty", addresses, router, async move |listener| axum::serve(listener, served).await)
    }

    /// The replies to these addresses, in process.
    pub(crate) fn answers(&self, addresses: &[String]) -> Result<Vec<Vec<u8>>> {
        Builder::new_current_thread().build()?.block_on(async {
            let mut bodies = Vec::with_capacity(addresses.len());
            for address in addresses {
                let response = self.router.clone().oneshot(Request::get(address).body(Body::empty())?).await?;
                ensure!(response.status().is_success(), "{address}: {}", response.status());
                bodies.push(response.into_body().collect().await?.to_bytes().to_vec());
            }
            Ok(bodies)
        })
    }

    /// Processor time of the server's thread so far, where the system tells it (Linux).
    pub(crate) fn processor_time(&self) -> Option<Duration> {
        let spent = std::fs::read_to_string(self.thread.as_ref()?.join("schedstat")).ok()?;
        Some(Duration::from_nanos(spent.split(' ').next()?.parse().ok()?))
    }
}

fn start<S>(name: &str, addresses: Vec<String>, router: Router, serve: S) -> Result<Server>
where
    S: AsyncFnOnce(TcpListener) -> std::io::Result<()> + Send + 'static,
{
    let runtime: Runtime = Builder::new_current_thread().enable_all().build()?;
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    let (tell, told) = mpsc::channel();
    thread::Builder::new().name(name.to_owned()).spawn(move || {
        let itself = std::fs::canonicalize("/proc/thread-self").ok();
        let _ = tell.send(itself);
        runtime.block_on(serve(listener))
    })?;
    Ok(Server { address, addresses, router, thread: told.recv()? })
}
