//! What every handler can reach.

use std::sync::Arc;

use anyhow::Context;
use hnh_domain::calls::TileSource;
use tokio::sync::watch;
use uuid::Uuid;

use crate::account::Mailer;
use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::cookbook::PageFetcher;
use crate::db::{Db, DbError};
use crate::feeds::{WriteTx, current_epoch};
use crate::http::app_files::AppFiles;
use crate::http::limits::Limits;
use crate::http::tls;
use crate::live::Live;
use crate::objects::{self, Objects};
use crate::ops::metrics::Metrics;
use crate::photos::Photos;
use crate::push::Push;

/// The time in ms UTC; a parameter, so that tests say what time it is.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The system's time.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
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
    /// What people write.
    pub db: Db,
    /// The bucket that processes share; without one, all is in the data folder.
    pub objects: Option<Objects>,
    /// Where photos are.
    pub photos: Photos,
    /// Sends mails.
    pub mailer: Mailer,
    /// How often who may do what.
    pub limits: Limits,
    /// Who listens to which feed.
    pub live: Live,
    /// Which log the feeds' numbers are of.
    pub(crate) epoch: Uuid,
    /// Notifies people who are not looking.
    pub push: Push,
    /// Fetches pages that recipes are on.
    pub pages: PageFetcher,
    /// Counters.
    pub metrics: Metrics,
    /// What time it is.
    pub clock: Clock,
    draining: watch::Sender<bool>,
}

/// [`App`] as axum's state.
pub type AppState = Arc<App>;

impl App {
    /// Opens the parts that the configuration names. The catalogue is looked for later.
    ///
    /// # Errors
    /// When the database or the folder of photos cannot be opened, or a mail setting cannot be read.
    pub async fn open(config: &Config, clock: impl Fn() -> i64 + Send + Sync + 'static) -> anyhow::Result<AppState> {
        tls::choose_provider();
        std::fs::create_dir_all(&config.data).with_context(|| config.data.display().to_string())?;
        let db = Db::open(&config.database(), config.database_connections).await?;
        let clock: Clock = Arc::new(clock);
        let objects = config.objects_url.as_deref().map(objects::open).transpose()?;
        Ok(Arc::new(Self {
            epoch: current_epoch(&db).await?,
            push: Push::start(config, &db, &clock)?,
            catalogue: Catalogue::new(config.catalogue()),
            files: config.app.as_deref().map(AppFiles::new),
            tiles: config.tiles()?,
            db,
            photos: Photos::new(match &objects {
                Some(objects) => objects::part(objects, "photos"),
                None => objects::folder(&config.photos())?,
            }),
            objects,
            mailer: Mailer::new(config.smtp_url.as_deref(), &config.mail_from, &config.public_url())?,
            limits: Limits::new(config.no_rate_limits, config.trusted_proxies.clone()),
            live: Live::new(config.redis_url.as_deref())?,
            pages: PageFetcher::new(config.import_from_private_networks)?,
            metrics: Metrics::default(),
            clock,
            draining: watch::Sender::new(false),
        }))
    }

    /// Makes changes last and tells who follows the feeds.
    pub(crate) async fn commit(&self, changes: WriteTx) -> Result<(), DbError> {
        let committed = changes.commit().await?;
        self.live.publish(committed.heads);
        self.push.tell(committed.news);
        for photo in committed.photos {
            // Nobody is shown it any more, whether its files can be deleted now or not.
            if let Err(refusal) = self.photos.delete(photo).await {
                tracing::error!(%photo, problem = %refusal.problem(), "a photo's files could not be deleted");
            }
        }
        Ok(())
    }

    /// The time in ms UTC.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        (self.clock)()
    }

    /// Whether the server is stopping.
    #[must_use]
    pub fn draining(&self) -> bool {
        *self.draining.borrow()
    }

    /// Done when the server begins to stop.
    pub(crate) async fn drained(&self) {
        // The sender lives in `self`: waiting cannot fail.
        let _ = self.draining.subscribe().wait_for(|draining| *draining).await;
    }

    /// From now on `/readyz` says no, and sockets are asked to open elsewhere.
    pub fn drain(&self) {
        self.draining.send_replace(true);
    }
}
