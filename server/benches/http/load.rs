//! The load: keep-alive connections on one thread, each asking the next address when it has its reply.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use axum::body::Bytes;
use axum::http::{HeaderValue, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::runtime::Builder;

use crate::servers::Server;

/// Different addresses of a kind.
const ADDRESSES: usize = 500;

/// Cities with many places, to search around.
const CITIES: [(f64, f64); 8] = [
    (37.5663, 126.9779),
    (52.5219, 13.4132),
    (40.7128, -74.0060),
    (51.5072, -0.1276),
    (48.8566, 2.3522),
    (35.6812, 139.7671),
    (25.0330, 121.5654),
    (-33.8688, 151.2093),
];

/// Twenty places around points spread over the cities.
pub(crate) fn nearby(filter: &str) -> Vec<String> {
    let mut spread = Spread(7);
    (0..ADDRESSES)
        .map(|i| {
            let (lat, lon) = CITIES[i % CITIES.len()];
            let (lat, lon) = (lat + spread.next() * 0.1, lon + spread.next() * 0.1);
            format!("/api/v1/restaurants?lat={lat:.5}&lon={lon:.5}&limit=20{filter}")
        })
        .collect()
}

/// Twenty recipes by chips, allergens, kcal, sort and page size, as the drawer asks for them.
pub(crate) fn recipes() -> Vec<String> {
    let chips = ["", "q=tofu&", "q=%EB%91%90%EB%B6%80&", "q=lemon,garlic&", "q=%E3%84%B1%E3%85%8A&", "q=rice&"];
    let without = ["", "without=tree_nut&", "without=egg,milk&", "without=peanut&"];
    let diets = ["", "diet=vegan&", "diet=vegetarian&", "diet=high_protein&"];
    let sorts = ["relevance", "energy", "protein", "time"];
    let mut spread = Spread(11);
    let mut pick =
        |from: &[&'static str]| from[((spread.next() + 1.0) / 2.0 * from.len() as f64) as usize % from.len()];
    (0..ADDRESSES)
        .map(|i| {
            let kcal = 300 + i % 40 * 20;
            format!(
                "/api/v1/recipes?{}{}{}kcal=..{kcal}&sort={}",
                pick(&chips),
                pick(&without),
                pick(&diets),
                pick(&sorts)
            )
        })
        .collect()
}

/// Numbers from -1 to 1 in an order that is the same in every run (a linear congruential generator).
struct Spread(u64);

impl Spread {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }
}

/// A round's figures.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub(crate) per_second: f64,
    p50: Duration,
    p99: Duration,
    processor: Option<Duration>,
}

impl Measured {
    /// The round in the middle by requests a second.
    pub(crate) fn median(mut rounds: Vec<Self>) -> Option<Self> {
        rounds.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
        rounds.get(rounds.len() / 2).cloned()
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>7.0} requests/s  p50 {:>6.0?}  p99 {:>6.0?}", self.per_second, self.p50, self.p99)?;
        match self.processor {
            Some(time) => write!(f, "  {:.1} µs of processor a request", time.as_nanos() as f64 / 1_000.0),
            None => Ok(()),
        }
    }
}

/// Requests to one server.
pub(crate) struct Load {
    address: SocketAddr,
    requests: Arc<[Uri]>,
    connections: usize,
}

impl Load {
    pub(crate) fn new(address: SocketAddr, addresses: &[String], connections: usize) -> Result<Self> {
        let requests = addresses.iter().map(|address| address.parse()).collect::<Result<_, _>>()?;
        Ok(Self { address, requests, connections })
    }

    /// Sends this many requests and waits for their replies.
    pub(crate) fn run(&self, count: usize, server: &Server) -> Result<Measured> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let before = server.processor_time();
        let began = Instant::now();
        let next = Arc::new(AtomicUsize::new(0));
        let mut took = runtime.block_on(async {
            // Waking a load that sleeps would be at the server's cost, the more the longer it works on a reply.
            let awake = tokio::spawn(async {
                loop {
                    tokio::task::yield_now().await;
                }
            });
            let connections: Vec<_> = (0..self.connections)
                .map(|_| tokio::spawn(connection(self.address, self.requests.clone(), next.clone(), count)))
                .collect();
            let mut took = Vec::with_capacity(count);
            for connection in connections {
                took.extend(connection.await??);
            }
            awake.abort();
            anyhow::Ok(took)
        })?;
        let elapsed = began.elapsed();
        let processor = before.zip(server.processor_time()).map(|(before, after)| after.saturating_sub(before));
        took.sort_unstable();
        let at = |share: f64| took.get((took.len() as f64 * share) as usize).copied().context("no replies");
        Ok(Measured {
            per_second: took.len() as f64 / elapsed.as_secs_f64(),
            p50: at(0.5)?,
            p99: at(0.99)?,
            processor: processor.map(|time| time / took.len().max(1) as u32),
        })
    }
}

async fn connection(
    address: SocketAddr,
    requests: Arc<[Uri]>,
    next: Arc<AtomicUsize>,
    count: usize,
) -> Result<Vec<Duration>> {
    let socket = TcpStream::connect(address).await?;
    socket.set_nodelay(true)?;
    let (mut sender, driver) = http1::handshake(TokioIo::new(socket)).await?;
    tokio::spawn(driver);
    let host = HeaderValue::try_from(address.to_string())?;
    let mut took = Vec::new();
    loop {
        let next = next.fetch_add(1, Ordering::Relaxed);
        if next >= count {
            return Ok(took);
        }
        let began = Instant::now();
        let request = Request::get(&requests[next % requests.len()]).header(header::HOST, &host);
        let reply = sender.send_request(request.body(Empty::<Bytes>::new())?).await?;
        ensure!(reply.status() == StatusCode::OK, "not a success: {}", reply.status());
        let mut body = reply.into_body();
        while let Some(frame) = body.frame().await {
            std::hint::black_box(frame?);
        }
        took.push(began.elapsed());
    }
}
