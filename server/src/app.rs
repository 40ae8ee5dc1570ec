//! What every handler can reach.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hnh_domain::calls::TileSource;

use crate::app_files::AppFiles;
use crate::catalogue::Catalogue;
use crate::operation::metrics::Metrics;

/// The time in ms UTC; a parameter, so that tests say what time it is.
pub type Clock = fn() -> i64;

/// The system's time.
#[must_use]
pub fn system_clock() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

/// The server's parts, shared by all requests.
pub struct App {
    /// The catalogue and its current version.
    pub catalogue: Catalogue,
    /// Files of the built app, if it is served from here.
    pub files: Option<AppFiles>,
    /// The basemap from outside.
    pub tiles: Option<TileSource>,
    /// Counters.
    pub metrics: Metrics,
    /// What time it is.
    pub clock: Clock,
    draining: AtomicBool,
}

/// [`App`] as axum's state.
pub type AppState = Arc<App>;

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(catalogue: Catalogue, files: Option<AppFiles>, tiles: Option<TileSource>, clock: Clock) -> AppState {
        let (metrics, draining) = (Metrics::default(), AtomicBool::new(false));
        Arc::new(Self { catalogue, files, tiles, metrics, clock, draining })
    }

    /// The time in ms UTC.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        (self.clock)()
    }

    /// Whether the server is stopping.
    #[must_use]
    pub fn draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    /// From now on `/readyz` says no.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }
}
