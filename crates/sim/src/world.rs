//! One seed's world: who and what is in it, and what happened.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fmt;
use std::rc::Rc;
use std::sync::atomic::Ordering;

use anyhow::{Context, Result};
use axum::Router;
use hnh_client::Request;
use hnh_domain::account::FavouriteKind;
use hnh_domain::feeds::Change;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

use crate::actions;
use crate::checks;
use crate::device::{Device, Wire, deliver_late};
use crate::server::Server;
use crate::template::{NOW_MS, Person, Template, temporary};

/// What happens before all is healed.
const STEPS: usize = 40;
/// Whose the devices are at first; the last person moderates.
const OWNERS: [usize; 5] = [0, 0, 1, 2, 3];
/// Rounds of syncing within which healed devices must be even with the server.
const ROUNDS: usize = 8;

/// How much was simulated.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    actions: u64,
    changes: u64,
    faults: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        self.actions += other.actions;
        self.changes += other.changes;
        self.faults += other.faults;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} actions, {} changes among them, {} faults", self.actions, self.changes, self.faults)
    }
}

/// What became of a seed.
pub(crate) struct Outcome {
    pub(crate) tally: Tally,
    pub(crate) trace: Vec<String>,
    /// What was promised and does not hold.
    pub(crate) broken: Option<String>,
}

/// A request that is still on its way though its sender gave it up.
pub(crate) struct Late {
    pub(crate) request: Request,
    pub(crate) wire: Rc<Wire>,
}

/// A change that a device took, in the order of all.
pub(crate) struct Made {
    pub(crate) change: Change,
    pub(crate) device: usize,
    pub(crate) person: Uuid,
    /// It was acknowledged before the last backup.
    in_backup: bool,
    /// It may be gone: its person gave it up, or the server went back to before it.
    pub(crate) may_be_lost: bool,
}

/// What people have heard of, to act on.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) posts: Vec<Uuid>,
    pub(crate) comments: Vec<Uuid>,
    pub(crate) messages: Vec<Uuid>,
    pub(crate) groups: Vec<Uuid>,
    pub(crate) recipes: Vec<Uuid>,
}

/// The world.
pub(crate) struct World {
    rng: RefCell<StdRng>,
    server: RefCell<Option<Server>>,
    now_ms: Cell<i64>,
    /// Whether anything fails.
    pub(crate) faults: Cell<bool>,
    pub(crate) late: RefCell<Vec<Late>>,
    trace: RefCell<Vec<String>>,
    /// What happens is printed at once.
    loud: bool,
    tally: Cell<Tally>,
    pub(crate) made: RefCell<Vec<Made>>,
    backed_up: Cell<bool>,
    /// The server went back to a backup at least once.
    pub(crate) restored: Cell<bool>,
    pub(crate) known: RefCell<Known>,
    pub(crate) people: Vec<Person>,
    pub(crate) meals: [Uuid; 2],
    pub(crate) records: Vec<(FavouriteKind, Uuid)>,
}

impl World {
    /// Draws from the seed's chance.
    pub(crate) fn chance<T>(&self, draw: impl FnOnce(&mut StdRng) -> T) -> T {
        draw(&mut self.rng.borrow_mut())
    }

    /// True once in `n` times.
    pub(crate) fn once_in(&self, n: u32) -> bool {
        self.chance(|rng| rng.random_range(0..n)) == 0
    }

    /// One of some.
    pub(crate) fn pick<T: Clone>(&self, from: &[T]) -> Option<T> {
        (!from.is_empty()).then(|| from[self.chance(|rng| rng.random_range(0..from.len()))].clone())
    }

    pub(crate) fn new_id(&self) -> Uuid {
        self.chance(|rng| uuid::Builder::from_random_bytes(rng.random()).into_uuid())
    }

    pub(crate) fn tell(&self, what: &str) {
        if self.loud {
            println!("{what}");
        }
        self.trace.borrow_mut().push(what.to_owned());
    }

    /// Tells and counts a fault.
    pub(crate) fn fault(&self, what: &str) {
        self.count(Tally { faults: 1, ..Tally::default() });
        self.tell(what);
    }

    fn count(&self, more: Tally) {
        let mut tally = self.tally.get();
        tally.add(&more);
        self.tally.set(tally);
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.now_ms.get()
    }

    /// Lets time go on everywhere.
    pub(crate) fn wait(&self, ms: i64) {
        self.now_ms.set(self.now_ms.get() + ms);
        if let Some(server) = self.server.borrow().as_ref() {
            server.clock.fetch_add(ms, Ordering::SeqCst);
        }
    }

    /// The server's router.
    pub(crate) fn router(&self) -> Router {
        self.server.borrow().as_ref().map(Server::router).unwrap_or_default()
    }

    /// Takes the server for what takes time; it must be given back.
    fn take_server(&self) -> Result<Server> {
        self.server.take().context("the server is being started")
    }

    pub(crate) async fn restart_server(&self) {
        let Ok(mut server) = self.take_server() else { return };
        if let Err(error) = server.restart().await {
            self.tell(&format!("the server does not start: {error:#}"));
        }
        self.server.replace(Some(server));
    }

    /// Has the server's database asked or changed.
    pub(crate) async fn with_server<T>(&self, work: impl AsyncFnOnce(&Server) -> Result<T>) -> Result<T> {
        let server = self.take_server()?;
        let done = work(&server).await;
        self.server.replace(Some(server));
        done
    }

    /// Takes a backup and remembers what is in it for sure.
    pub(crate) async fn back_up(&self, devices: &[Device]) -> Result<()> {
        if !self.with_server(async |server| server.back_up().await).await? {
            return Ok(());
        }
        self.backed_up.set(true);
        let waiting = waiting(devices).await;
        for made in self.made.borrow_mut().iter_mut() {
            made.in_backup = !waiting.contains(&written(made.device, &made.change));
        }
        Ok(())
    }

    /// Goes back to the backup, if there is one.
    pub(crate) async fn restore(&self, devices: &[Device]) -> Result<bool> {
        if !self.backed_up.get() {
            return Ok(false);
        }
        self.restored.set(true);
        let mut server = self.take_server()?;
        let done = server.restore().await;
        self.server.replace(Some(server));
        done?;
        let waiting = waiting(devices).await;
        for made in self.made.borrow_mut().iter_mut() {
            made.may_be_lost |= !made.in_backup && !waiting.contains(&written(made.device, &made.change));
        }
        Ok(true)
    }

    /// Remembers a change that a device took.
    pub(crate) fn note(&self, device: usize, person: Uuid, change: Change) {
        self.count(Tally { changes: 1, ..Tally::default() });
        self.made.borrow_mut().push(Made { change, device, person, in_backup: false, may_be_lost: false });
    }
}

/// A change of a device in a form that can be compared.
pub(crate) fn written(device: usize, change: &Change) -> (usize, String) {
    (device, serde_json::to_string(change).unwrap_or_default())
}

/// The changes that are not on the server.
pub(crate) async fn waiting(devices: &[Device]) -> HashSet<(usize, String)> {
    let mut waiting = HashSet::new();
    for (i, device) in devices.iter().enumerate() {
        for pending in device.pending().await {
            if let Ok(change) = pending.change.read() {
                waiting.insert(written(i, &change));
            }
        }
    }
    waiting
}

/// Runs a seed to its end.
pub(crate) async fn run(template: &Template, seed: u64, loud: bool) -> Result<Outcome> {
    let folder = temporary()?;
    let (url, people) = template.copy(seed, folder.path()).await?;
    let server = Server::open(&url, &template.catalogue(), folder.path(), NOW_MS).await?;
    let world = Rc::new(World {
        rng: RefCell::new(StdRng::seed_from_u64(seed)),
        server: RefCell::new(Some(server)),
        now_ms: Cell::new(NOW_MS),
        faults: Cell::new(false),
        late: RefCell::default(),
        trace: RefCell::default(),
        loud,
        tally: Cell::default(),
        made: RefCell::default(),
        backed_up: Cell::new(false),
        restored: Cell::new(false),
        known: RefCell::new(Known { posts: template.meals.to_vec(), ..Known::default() }),
        people,
        meals: template.meals,
        records: template.records.clone(),
    });
    let broken = live(&world, folder.path()).await?;
    world.take_server()?.close().await;
    template.drop_copy(seed).await?;
    let (tally, trace) = (world.tally.get(), world.trace.take());
    Ok(Outcome { tally, trace, broken })
}

async fn live(world: &Rc<World>, folder: &std::path::Path) -> Result<Option<String>> {
    let mut devices = Vec::new();
    for (i, owner) in OWNERS.into_iter().enumerate() {
        let device = Device::new(world, &format!("device {i}"), folder.join(format!("{i}.db")))?;
        if !matches!(device.sign_in(world.people[owner].handle).await, Some(Ok(()))) {
            anyhow::bail!("a new device cannot sign in");
        }
        devices.push(device);
    }
    world.faults.set(true);
    for step in 0..STEPS {
        world.tell(&format!("{step}:"));
        world.count(Tally { actions: 1, ..Tally::default() });
        world.wait(world.chance(|rng| rng.random_range(1..5_000)));
        actions::act(world, &mut devices).await?;
        for device in &mut devices {
            device.revive()?;
        }
    }
    world.faults.set(false);
    world.tell("healed");
    heal(world, &mut devices).await?;
    checks::check(world, &devices, folder).await
}

/// Everything works again; devices whose session ended have their people sign in.
async fn heal(world: &World, devices: &mut [Device]) -> Result<()> {
    let late = world.late.take();
    for late in late {
        deliver_late(late).await;
    }
    for device in devices.iter_mut() {
        device.set_disk(false, None);
        device.wire.online.set(true);
    }
    // What one device sends in a round, another that was asked before it has in the next.
    let mut quiet = 0;
    for _ in 0..ROUNDS {
        quiet += 1;
        for device in devices.iter() {
            let handle = match device.person().await {
                Some(handle) => handle,
                // Whoever picks it up.
                None => world.people[0].handle.to_owned(),
            };
            let state = device.state().await;
            if !state.signed_in || state.session_over {
                device.sign_in(&handle).await;
                quiet = 0;
            }
            if state.waiting > 0 {
                quiet = 0;
            }
            if let Some(Err(problem)) = device.sync().await {
                quiet = 0;
                world.tell(&format!("  {} cannot sync yet: {:?} {:?}", device.name(), problem.code, problem.detail));
            }
        }
        if quiet == 2 {
            break;
        }
    }
    Ok(())
}
