//! Pairs of people on different servers write to each other through the real core, whatever happens to the servers.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use hnh_client::native::{NativeCore, NativeOptions};
use hnh_domain::account::SignInForm;
use hnh_domain::calls::{GetSync, ListPending, ReadRoom, SignIn, Submit};
use hnh_domain::chat::{ChatChange, direct_room};
use hnh_domain::feeds::Change;
use hnh_domain::port::{Call, Json};
use hnh_domain::problem::Problem;
use hnh_server::db::Db;
use tempfile::TempDir;
use uuid::Uuid;

use crate::{PASSWORD, Someone, sign_up};

/// Between two messages, all people together.
const PACE: Duration = Duration::from_millis(25);
/// How long all may take to arrive once everything works again.
const PATIENCE: Duration = Duration::from_secs(60);
/// Sooner than a core asks by itself: what arrives within this came over the socket.
const SOON: Duration = Duration::from_secs(3);

/// How long, and where to look at the end
#[derive(Args)]
pub(crate) struct ThroughFaults {
    /// Seconds
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// The servers' database
    #[arg(long)]
    database: String,
    /// A file that is made once everybody is signed in and writes
    #[arg(long)]
    ready: Option<PathBuf>,
}

struct Device {
    person: Someone,
    core: NativeCore,
    _folder: TempDir,
}

impl Device {
    async fn call<C: Call>(&self, call: C) -> Result<C::Reply, Problem> {
        Json::<C::Reply>::written(self.core.call(call.into_command()).await?).read()
    }

    async fn submit(&self, change: ChatChange) -> Result<(), Problem> {
        self.call(Submit { change: Json::of(&Change::from(change))? }).await
    }
}

impl ThroughFaults {
    #[expect(clippy::disallowed_methods, reason = "how long things take is what it is about")]
    pub(crate) async fn run(self, servers: &[String]) -> Result<()> {
        let http = reqwest::Client::new();
        let mut devices = Vec::new();
        for i in 0..8 {
            let server = &servers[i % servers.len()];
            let person = sign_up(&http, server, &format!("load{i}")).await?;
            let folder = tempfile::tempdir()?;
            let database = folder.path().join("hnh.db");
            let core = NativeCore::start(NativeOptions { database, server: server.clone(), tokens: None }, |_| ());
            let core = core.map_err(|problem| anyhow::anyhow!("{problem}"))?;
            let device = Device { person, core, _folder: folder };
            let login = device.person.handle.clone();
            let form =
                SignInForm { login, password: PASSWORD.parse().map_err(field)?, device: String::new(), token: false };
            device.call(SignIn { form }).await.map_err(problem)?;
            devices.push(device);
        }
        // Neighbours are on different servers.
        let room = |i: usize| direct_room(devices[i].person.id, devices[i ^ 1].person.id);
        for i in (0..devices.len()).step_by(2) {
            let open = ChatChange::OpenDirect { id: room(i), person: devices[i ^ 1].person.id };
            devices[i].submit(open).await.map_err(problem)?;
        }
        for device in &devices {
            settled(device).await?;
        }
        if let Some(file) = &self.ready {
            std::fs::write(file, "").with_context(|| file.display().to_string())?;
        }
        let began = Instant::now();
        let mut sent: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        let mut count = 0_u64;
        while began.elapsed() < Duration::from_secs(self.seconds) {
            let i = count as usize % devices.len();
            let id = Uuid::from_u128((u128::from(count) << 64) | 0x5e4d);
            let text = format!("{count}");
            let send = ChatChange::Send { id, room: room(i), text, photo: None, card: None, reply_to: None };
            devices[i].submit(send).await.map_err(problem)?;
            sent.entry(devices[i].person.id).or_default().push(id);
            count += 1;
            tokio::time::sleep(PACE).await;
        }
        let healed = Instant::now();
        for device in &devices {
            settled(device).await?;
        }
        println!(
            "    {count} messages written, all acknowledged {:.1} s after the last",
            healed.elapsed().as_secs_f64()
        );
        let stored = self.check(&sent).await?;
        for (i, device) in devices.iter().enumerate() {
            let newest: Vec<Uuid> =
                stored.get(&room(i)).map(|all| all.iter().rev().take(100).rev().copied().collect()).unwrap_or_default();
            let began = Instant::now();
            loop {
                let talk = device.call(ReadRoom { id: room(i) }).await.map_err(problem)?;
                if talk.messages.iter().map(|message| message.id).eq(newest.iter().copied()) {
                    break;
                }
                ensure!(began.elapsed() < PATIENCE, "{} does not have all messages", device.person.handle);
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        println!("    every message is stored once, each person's in their order, and on both devices");
        let mut slowest = Duration::ZERO;
        for i in 0..devices.len() {
            let id = Uuid::from_u128(0xf00d + i as u128);
            let began = Instant::now();
            let send =
                ChatChange::Send { id, room: room(i), text: "again".into(), photo: None, card: None, reply_to: None };
            devices[i].submit(send).await.map_err(problem)?;
            loop {
                let talk = devices[i ^ 1].call(ReadRoom { id: room(i) }).await.map_err(problem)?;
                if talk.messages.iter().any(|message| message.id == id) {
                    break;
                }
                ensure!(
                    began.elapsed() < SOON,
                    "the socket of {} tells nothing any more",
                    devices[i ^ 1].person.handle
                );
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            slowest = slowest.max(began.elapsed());
        }
        println!("    every socket tells again: the slowest message took {} ms", slowest.as_millis());
        Ok(())
    }

    /// What is stored, by room in its order; refused where a message is missing, twice, or out of its writer's order.
    async fn check(&self, sent: &HashMap<Uuid, Vec<Uuid>>) -> Result<HashMap<Uuid, Vec<Uuid>>> {
        let db = Db::connect(&self.database).await?;
        let mut tx = db.read().await?;
        let rows: Vec<(Uuid, Uuid, Uuid)> = tx
            .fetch_all("SELECT room, author, id FROM message WHERE author IS NOT NULL ORDER BY room, number", [])
            .await?;
        let mut by_author: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        let mut by_room: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for (room, author, id) in rows {
            by_author.entry(author).or_default().push(id);
            by_room.entry(room).or_default().push(id);
        }
        for (author, written) in sent {
            let stored = by_author.get(author).context("nothing of a person is stored")?;
            if stored != written {
                let missing = written.iter().filter(|id| !stored.contains(id)).count();
                bail!(
                    "{} messages of a person were acknowledged, {} are stored, {missing} missing",
                    written.len(),
                    stored.len()
                );
            }
        }
        Ok(by_room)
    }
}

/// Waits until nothing of a device waits any more; a change that was refused is a loss.
#[expect(clippy::disallowed_methods, reason = "how long things take is what it is about")]
async fn settled(device: &Device) -> Result<()> {
    let began = Instant::now();
    loop {
        let state = device.call(GetSync {}).await.map_err(problem)?;
        if state.blocked > 0 {
            let pending = device.call(ListPending {}).await.map_err(problem)?;
            bail!("a change of {} was refused: {:?}", device.person.handle, pending.first().map(|one| &one.blocked));
        }
        if state.waiting == 0 {
            return Ok(());
        }
        ensure!(began.elapsed() < PATIENCE, "{} changes of {} are not sent", state.waiting, device.person.handle);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn problem(problem: Problem) -> anyhow::Error {
    anyhow::anyhow!("{problem}")
}

fn field(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow::anyhow!("{error}")
}
