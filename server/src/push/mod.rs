//! Web Push: notifications in a browser whose app is closed (RFC 8030, 8291 and 8292).
//!
//! `devices` keeps which browsers want them, `news` says who is told what of a change, `service` talks to the browsers'
//! push services, `keys` has the key that they know this server by.

mod devices;
mod keys;
mod news;
mod service;

pub use keys::generate as generate_key;
pub(crate) use news::News;
pub(crate) use service::KNOWN_SERVICES;
pub use service::PushServices;

use futures_util::StreamExt;
use tokio::sync::mpsc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::{AppState, Clock};
use crate::config::Config;
use crate::db::Db;

/// News that wait at most; what is more is told by the app alone, as soon as it is opened.
const BACKLOG: usize = 10_000;
/// Notifications on their way at once.
const AT_ONCE: usize = 32;

/// The way to the browsers of people who are not looking.
pub struct Push {
    /// The key's public part; absent where no key is set and nothing is sent.
    key: Option<String>,
    services: PushServices,
    news: Option<mpsc::Sender<News>>,
}

impl Push {
    /// Begins to send, where a key is set.
    ///
    /// # Errors
    /// When the key cannot be read.
    pub(crate) fn start(config: &Config, db: &Db, clock: &Clock) -> anyhow::Result<Self> {
        let services = config.push_services.clone();
        let Some(text) = &config.push_key else { return Ok(Self { key: None, services, news: None }) };
        let keys = keys::PushKeys::read(text, &config.mail_from)?;
        let key = Some(keys.public());
        let (sender, waiting) = mpsc::channel(BACKLOG);
        tokio::spawn(tell(waiting, db.clone(), service::Sender::new(keys, clock.clone())?, clock.clone()));
        Ok(Self { key, services, news: Some(sender) })
    }

    /// Tells of what was committed, as soon as possible; what is too much is left out.
    pub(crate) fn tell(&self, news: Vec<News>) {
        for news in news {
            if let Some(Err(error)) = self.news.as_ref().map(|waiting| waiting.try_send(news)) {
                tracing::warn!(%error, "a notification was left out");
            }
        }
    }
}

async fn tell(mut waiting: mpsc::Receiver<News>, db: Db, sender: service::Sender, clock: Clock) {
    let news = futures_util::stream::poll_fn(|context| waiting.poll_recv(context));
    let letters = news.then(|news| {
        let (db, now_ms) = (&db, clock());
        async move {
            let letters = news::letters(db, news, now_ms).await;
            letters.unwrap_or_else(|error| {
                tracing::error!(%error, "nobody could be notified");
                Vec::new()
            })
        }
    });
    let sent = letters.flat_map(futures_util::stream::iter).for_each_concurrent(AT_ONCE, |letter| {
        let (db, sender) = (&db, &sender);
        async move {
            if sender.send(&letter).await == service::Outcome::Gone
                && let Err(error) = devices::remove_endpoint(db, letter.device.endpoint()).await
            {
                tracing::error!(%error, "a browser that is gone could not be forgotten");
            }
        }
    });
    sent.await;
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(devices::get_key)).routes(routes!(devices::set_device, devices::remove_device))
}
