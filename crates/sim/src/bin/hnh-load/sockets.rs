//! Sockets of many people on two servers: how soon each hears of a message, and what a socket costs.

use std::collections::HashMap;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Args;
use futures_util::{SinkExt, StreamExt};
use hnh_domain::chat::{ChatChange, FromClient, FromServer};
use hnh_domain::feeds::{Change, Feed};
use serde_json::json;
use tokio::sync::{Mutex, mpsc};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use uuid::Uuid;

use crate::{Someone, post, sign_up};

/// People, each with as many sockets as makes the whole.
const PEOPLE: usize = 100;
/// Rooms, each with the same number of people.
const ROOMS: usize = 20;
/// Messages whose way is measured, one after the other.
const MEASURED: usize = 300;
/// Messages as fast as they are taken.
const AT_ONCE: usize = 2_000;
const GOAL_MS: f64 = 20.0;
const GOAL_BYTES: u64 = 30_000;

/// How many, and whose memory
#[derive(Args)]
pub(crate) struct Sockets {
    /// Sockets, half of them on each server
    #[arg(long, default_value_t = 2_000)]
    sockets: usize,
    /// Processes of the servers, in their order
    #[arg(long, value_delimiter = ',', required = true)]
    pids: Vec<u32>,
}

/// A socket heard of a room's number.
struct Heard {
    room: usize,
    head: i64,
    at: Instant,
}

impl Sockets {
    #[expect(clippy::disallowed_methods, reason = "how long things take is what it is about")]
    pub(crate) async fn run(self, servers: &[String]) -> Result<()> {
        let http = reqwest::Client::new();
        let mut people = Vec::new();
        for i in 0..PEOPLE {
            people.push(sign_up(&http, &servers[i % 2], &format!("chat{i}")).await?);
        }
        let mut rooms = Vec::new();
        for room in 0..ROOMS {
            let id = Uuid::from_u128(0xC000 + room as u128);
            let members: Vec<&Someone> = people.iter().skip(room).step_by(ROOMS).collect();
            let others = members[1..].iter().map(|person| person.id).collect();
            let open = ChatChange::OpenGroup { id, name: format!("room {room}"), people: others };
            say(&http, &servers[0], members[0], Uuid::from_u128(0xA000 + room as u128), 1, open).await?;
            rooms.push(id);
        }
        let before = memory(&self.pids)?;
        let (tell, mut heard) = mpsc::unbounded_channel();
        let open = Arc::new(AtomicUsize::new(0));
        for i in 0..self.sockets {
            // A person's sockets are on both servers.
            let (person, server) = (&people[i % PEOPLE], &servers[(i / PEOPLE) % 2]);
            let room = (i % PEOPLE) % ROOMS;
            listen(server, person, (room, rooms[room]), tell.clone(), Arc::clone(&open)).await?;
        }
        let began = Instant::now();
        while open.load(Ordering::SeqCst) < self.sockets {
            ensure!(began.elapsed() < Duration::from_secs(60), "not all sockets follow their room");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let each = memory(&self.pids)?.saturating_sub(before) / self.sockets as u64;
        while heard.try_recv().is_ok() {}

        let in_room = self.sockets / ROOMS;
        let mut took = Vec::new();
        let mut heads: HashMap<usize, i64> = HashMap::new();
        for i in 0..MEASURED {
            let room = i % ROOMS;
            let (writer, client) = (&people[room], Uuid::from_u128(0xB000 + room as u128));
            let began = Instant::now();
            let number = (i / ROOMS) as i64 + 1;
            say(&http, &servers[0], writer, client, number, message(rooms[room])).await?;
            let head = heads.entry(room).or_default();
            *head += 1;
            let mut missing = in_room;
            while missing > 0 {
                let news = tokio::time::timeout(Duration::from_secs(10), heard.recv()).await;
                let news = news.context("a socket does not hear of a message")?.context("all sockets ended")?;
                if news.room == room && news.head >= *head {
                    took.push(news.at.duration_since(began));
                    missing -= 1;
                }
            }
        }
        took.sort_unstable();
        let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1_000.0;
        let (p50, p99) = (at(0.5), at(0.99));
        println!("{} sockets on two servers, {in_room} in a room, over Redis", self.sockets);
        println!("from sending to heard, of {} ways: p50 {p50:.1} ms (goal < {GOAL_MS}), p99 {p99:.1} ms", took.len());

        // As fast as they are taken, by sixteen at a time.
        let next = Arc::new(Mutex::new((0..AT_ONCE).collect::<Vec<_>>()));
        let began = Instant::now();
        let writers = (0..16).map(|writer| {
            let (http, server, next) = (http.clone(), servers[writer % 2].clone(), Arc::clone(&next));
            let (person, room) = (&people[writer], rooms[writer % ROOMS]);
            async move {
                let mut number = 0;
                let client = Uuid::from_u128(0xD000 + writer as u128);
                while next.lock().await.pop().is_some() {
                    number += 1;
                    say(&http, &server, person, client, number, message(room)).await?;
                }
                anyhow::Ok(())
            }
        });
        for done in futures_util::future::join_all(writers).await {
            done?;
        }
        let rate = AT_ONCE as f64 / began.elapsed().as_secs_f64();
        println!(
            "{rate:.0} messages a second, each told to {in_room} sockets; {each} bytes a socket on the server (goal <= {GOAL_BYTES})"
        );
        Ok(())
    }
}

fn message(room: Uuid) -> ChatChange {
    let text = "내일 점심 같이 먹어요".to_owned();
    ChatChange::Send { id: Uuid::now_v7(), room, text, photo: None, card: None, reply_to: None }
}

async fn say(
    http: &reqwest::Client,
    server: &str,
    who: &Someone,
    client: Uuid,
    number: i64,
    change: ChatChange,
) -> Result<()> {
    let body = json!({"client": client, "mutations": [{"number": number, "change": Change::from(change)}]});
    let done = post(http, server, "/mutations", Some(&who.token), &body).await?;
    ensure!(done["results"][0].get("refused").is_none(), "refused: {done}");
    Ok(())
}

/// Opens a socket that follows a room and tells what it hears.
async fn listen(
    server: &str,
    person: &Someone,
    (room, id): (usize, Uuid),
    tell: mpsc::UnboundedSender<Heard>,
    open: Arc<AtomicUsize>,
) -> Result<()> {
    let mut request = format!("{}/api/v1/live", server.replace("http://", "ws://")).into_client_request()?;
    request.headers_mut().insert("authorization", format!("Bearer {}", person.token).parse()?);
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await?;
    let feed = Feed::Room(id).to_string();
    socket.send(Message::text(serde_json::to_string(&FromClient::Follow { feed: feed.clone() })?)).await?;
    tokio::spawn(async move {
        let mut followed = false;
        while let Some(Ok(said)) = socket.next().await {
            #[expect(clippy::disallowed_methods, reason = "how long it takes is what it is about")]
            let at = Instant::now();
            let Ok(text) = said.to_text() else { continue };
            let Ok(FromServer::Heads { heads, .. }) = serde_json::from_str(text) else { continue };
            let Some(head) = heads.get(&feed).copied() else { continue };
            if !followed {
                followed = true;
                open.fetch_add(1, Ordering::SeqCst);
            } else if tell.send(Heard { room, head, at }).is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Resident bytes of processes together.
fn memory(pids: &[u32]) -> Result<u64> {
    let of = |pid: &u32| {
        let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kilobytes * 1_024)
    };
    pids.iter().map(of).sum()
}
