//! Joins the processes over Redis publish and subscribe.
//!
//! Nothing depends on it: what is lost while Redis is away, heartbeats bring.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use futures_util::StreamExt;
use redis::AsyncCommands;
use redis::aio::ConnectionManager;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::Event;
use super::registry::Registry;

/// The channel all processes share.
const CHANNEL: &str = "hnh:live";
/// Events that wait for Redis at most.
const BACKLOG: usize = 10_000;
/// How often a process says anew who is there.
const WORD_EVERY: Duration = Duration::from_secs(20);
/// The longest wait between two tries to reach Redis.
const RETRY_AT_MOST: Duration = Duration::from_secs(5);

/// Events of one process.
#[derive(Serialize, Deserialize)]
struct Told {
    from: Uuid,
    events: Vec<Event>,
}

/// The way to the other processes.
pub(super) struct Bus {
    events: mpsc::Sender<Event>,
}

impl Bus {
    /// Connects, now and whenever the connection breaks.
    pub(super) fn start(url: &str, registry: Arc<Registry>) -> anyhow::Result<Self> {
        let client = redis::Client::open(url).context("the Redis address must look like redis://HOST:PORT")?;
        let (events, waiting) = mpsc::channel(BACKLOG);
        let process = Uuid::now_v7();
        tokio::spawn(listen(client.clone(), process, Arc::clone(&registry)));
        tokio::spawn(speak(client, process, registry, waiting));
        Ok(Self { events })
    }

    /// Tells the other processes as soon as possible; what is too much is left out.
    pub(super) fn send(&self, event: Event) {
        let _ = self.events.try_send(event);
    }
}

/// Waits longer from time to time, with some chance so that not all come back at once.
async fn pause(failures: u32) {
    let longest = Duration::from_millis(100) * 2_u32.saturating_pow(failures.min(10));
    tokio::time::sleep(longest.min(RETRY_AT_MOST).mul_f64(rand::random_range(0.5..1.0))).await;
}

async fn listen(client: redis::Client, process: Uuid, registry: Arc<Registry>) {
    let mut failures = 0;
    loop {
        match subscribe(&client).await {
            Ok(mut pubsub) => {
                failures = 0;
                let mut messages = pubsub.on_message();
                while let Some(message) = messages.next().await {
                    let Ok(told) = serde_json::from_slice::<Told>(message.get_payload_bytes()) else { continue };
                    if told.from != process {
                        hear(&registry, told);
                    }
                }
                tracing::warn!("the connection to Redis ended: it is opened again");
            }
            Err(error) => tracing::warn!(%error, "Redis cannot be reached: other processes hear of changes late"),
        }
        pause(failures).await;
        failures += 1;
    }
}

async fn subscribe(client: &redis::Client) -> redis::RedisResult<redis::aio::PubSub> {
    let mut pubsub = client.get_async_pubsub().await?;
    pubsub.subscribe(CHANNEL).await?;
    Ok(pubsub)
}

fn hear(registry: &Registry, told: Told) {
    for event in told.events {
        match event {
            Event::Presence(person, here) => registry.remote_presence(told.from, person, here),
            event => registry.deliver(event),
        }
    }
}

async fn speak(client: redis::Client, process: Uuid, registry: Arc<Registry>, mut waiting: mpsc::Receiver<Event>) {
    let mut failures = 0;
    let mut connection: Option<ConnectionManager> = None;
    let mut word = tokio::time::interval(WORD_EVERY);
    let mut events = Vec::new();
    loop {
        tokio::select! {
            count = waiting.recv_many(&mut events, 1_000) => if count == 0 { return },
            _ = word.tick() => {
                registry.expire();
                events.extend(registry.people().into_iter().map(|person| Event::Presence(person, true)));
            }
        }
        if events.is_empty() {
            continue;
        }
        if connection.is_none() {
            connection = ConnectionManager::new(client.clone()).await.ok();
        }
        let told = Told { from: process, events: std::mem::take(&mut events) };
        let (Some(redis), Ok(json)) = (&mut connection, serde_json::to_vec(&told)) else {
            pause(failures).await;
            failures += 1;
            continue;
        };
        match redis.publish::<_, _, ()>(CHANNEL, json).await {
            Ok(()) => failures = 0,
            Err(error) => tracing::debug!(%error, "other processes were not told"),
        }
    }
}
