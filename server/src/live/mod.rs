//! Telling clients at once: new numbers of feeds, who types, who is here.
//!
//! What goes this way is a hint and may be lost: clients read the feeds themselves, and each heartbeat names the
//! newest numbers. `registry` knows who listens here, `socket` speaks with one client, `bus` joins the processes.

mod bus;
mod registry;
mod socket;

use std::sync::Arc;

use axum::routing::get;
use hnh_domain::feeds::Feed;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use crate::app::AppState;
use crate::http::openapi::API;
use bus::Bus;
use registry::Registry;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    // Told in words: the description of an API has none for sockets.
    OpenApiRouter::new().route(&format!("{API}/live"), get(socket::live))
}

/// What happened, as processes and sockets tell one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Event {
    /// A feed grew.
    Head(Feed, i64),
    /// A person types in a room.
    Typing(Uuid, Uuid),
    /// A person's first device came, or their last went.
    Presence(Uuid, bool),
}

/// The live part of one process.
pub struct Live {
    registry: Arc<Registry>,
    bus: Option<Bus>,
    /// How many sockets are open.
    open: watch::Sender<usize>,
}

impl Live {
    /// A process of its own, or one that shares a Redis with others.
    ///
    /// # Errors
    /// When the address is none of a Redis. One that cannot be reached now is tried again and again.
    pub fn new(redis_url: Option<&str>) -> anyhow::Result<Self> {
        let registry = Arc::new(Registry::default());
        let bus = redis_url.map(|url| Bus::start(url, Arc::clone(&registry))).transpose()?;
        Ok(Self { registry, bus, open: watch::Sender::new(0) })
    }

    /// Tells of feeds that grew.
    pub(crate) fn publish(&self, heads: Vec<(Feed, i64)>) {
        for (feed, number) in heads {
            self.tell(Event::Head(feed, number));
        }
    }

    fn tell(&self, event: Event) {
        self.registry.deliver(event);
        if let Some(bus) = &self.bus {
            bus.send(event);
        }
    }

    /// Done when the last socket is closed.
    pub async fn closed(&self) {
        // The sender lives in `self`: waiting cannot fail.
        let _ = self.open.subscribe().wait_for(|open| *open == 0).await;
    }
}
