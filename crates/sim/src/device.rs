//! A device: the real core on a database in a file, behind a network and a disk that fail.
//!
//! The network drops requests and replies, doubles requests, delivers them late and out of order, is away altogether, and
//! has a gateway that answers in the server's stead. The disk refuses a commit when it is full; a device dies after any commit or
//! around any request, and what was committed is all that it has when it starts again, as another tab that takes over does.

use std::cell::Cell;
use std::path::PathBuf;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use hnh_client::{Body, Core, Host, HostEvent, Request, Socket, interpret};
use hnh_domain::account::SignInForm;
use hnh_domain::calls::{GetAccount, GetSync, ListPending, Pending, SignIn, SignOut, SyncState};
use hnh_domain::port::{Call, Handle};
use hnh_domain::problem::{Problem, ProblemCode};
use rand::RngExt;
use rusqlite::Connection;
use tokio::sync::Notify;

use crate::server::exchange;
use crate::template::PASSWORD;
use crate::world::{Late, World};

/// What the disk does with a commit.
const TAKES: i64 = 0;
const FULL: i64 = -1;
const DEAD: i64 = -2;

/// A disk: takes what is written, is full, or is the one of a device that died. A positive number counts the commits until then.
#[derive(Clone, Debug, Default)]
struct Disk(Arc<AtomicI64>);

impl Disk {
    /// Whether a commit is undone.
    fn refuses(&self) -> bool {
        match self.0.load(Ordering::SeqCst) {
            TAKES => false,
            FULL | DEAD => true,
            1 => {
                // This one is the last that is written.
                self.0.store(DEAD, Ordering::SeqCst);
                false
            }
            left => {
                self.0.store(left - 1, Ordering::SeqCst);
                false
            }
        }
    }

    fn is_dead(&self) -> bool {
        self.0.load(Ordering::SeqCst) == DEAD
    }
}

/// The way from one device to the server.
pub(crate) struct Wire {
    world: Rc<World>,
    name: String,
    disk: Disk,
    /// Whether there is a network.
    pub(crate) online: Cell<bool>,
    /// What its clock is ahead of the world's, in ms.
    pub(crate) clock_ahead_ms: Cell<i64>,
    /// The device died: nothing that it waits for comes any more.
    died: Cell<bool>,
    death: Notify,
    /// The request before which something else happens on the device.
    hold_at: Cell<Option<u32>>,
    held: Notify,
    go_on: Notify,
}

impl Wire {
    fn die(&self) {
        if !self.died.replace(true) {
            self.death.notify_one();
        }
    }

    async fn deliver(&self, request: &Request) -> (u16, String) {
        let router = self.world.router();
        let body = request.body.as_ref().and_then(Body::json).unwrap_or_default().to_owned();
        exchange(&router, request.method.name(), &request.path, request.token.as_deref(), body).await
    }
}

/// The core's host.
#[derive(Clone)]
pub(crate) struct SimHost(Rc<Wire>);

/// A socket that never opens.
pub(crate) enum NoSocket {}

impl Socket for NoSocket {
    fn send(&mut self, _text: String) {
        match *self {}
    }

    async fn next(&mut self) -> Option<String> {
        match *self {}
    }
}

impl Host for SimHost {
    const COOKIES: bool = false;

    type Socket = NoSocket;

    fn now_ms(&self) -> i64 {
        self.0.world.now_ms() + self.0.clock_ahead_ms.get()
    }

    fn random(&self) -> [u8; 10] {
        self.0.world.chance(|rng| rng.random())
    }

    async fn sleep(&self, wait: Duration) {
        tokio::time::sleep(wait).await;
    }

    fn emit(&self, _event: HostEvent) {}

    fn keeps(&self) -> bool {
        true
    }

    async fn send(&self, request: Request) -> Result<String, Problem> {
        let wire = &self.0;
        if wire.disk.is_dead() || wire.died.get() {
            wire.die();
            return std::future::pending().await;
        }
        if let Some(left) = wire.hold_at.get() {
            wire.hold_at.set(left.checked_sub(1));
            if left == 0 {
                wire.held.notify_one();
                wire.go_on.notified().await;
            }
        }
        if !wire.online.get() {
            return Err(Problem::new(ProblemCode::Offline));
        }
        let fault = if wire.world.faults.get() { wire.world.chance(|rng| rng.random_range(0..200)) } else { 200 };
        let what = format!("{} {} {}", wire.name, request.method.name(), request.path);
        let told = |fault: &str| wire.world.fault(&format!("  {fault}: {what}"));
        let offline = || Err(Problem::new(ProblemCode::Offline));
        match fault {
            0..8 => {
                told("request lost");
                offline()
            }
            8..16 => {
                wire.deliver(&request).await;
                told("reply lost");
                offline()
            }
            16..22 => {
                wire.deliver(&request).await;
                told("delivered twice");
                let (status, body) = wire.deliver(&request).await;
                interpret(status, body)
            }
            22..28 => {
                told("on its way for long");
                wire.world.late.borrow_mut().push(Late { request, wire: Rc::clone(wire) });
                offline()
            }
            28..31 => {
                told("device died before");
                wire.die();
                std::future::pending().await
            }
            31..34 => {
                wire.deliver(&request).await;
                told("device died after");
                wire.die();
                std::future::pending().await
            }
            34..37 => {
                told("gateway");
                interpret(502, "<html>Bad Gateway</html>".into())
            }
            37..39 => {
                told("server broke before");
                interpret(500, String::new())
            }
            39..41 => {
                wire.deliver(&request).await;
                told("server broke after");
                interpret(500, String::new())
            }
            41..43 => {
                wire.deliver(&request).await;
                told("server died after");
                wire.world.restart_server().await;
                offline()
            }
            _ => {
                let (status, body) = wire.deliver(&request).await;
                interpret(status, body)
            }
        }
    }

    async fn connect(&self, _token: Option<String>) -> Result<NoSocket, Problem> {
        Err(Problem::new(ProblemCode::Offline))
    }
}

/// Delivers a request that was on its way for long; nobody waits for the reply.
pub(crate) async fn deliver_late(late: Late) {
    late.wire.world.fault(&format!("  arrives late: {} {}", late.wire.name, late.request.path));
    late.wire.deliver(&late.request).await;
}

/// A device with its core.
pub(crate) struct Device {
    pub(crate) wire: Rc<Wire>,
    core: Option<Core<SimHost>>,
    file: PathBuf,
}

impl Device {
    /// A new device, on a file that may be there already.
    pub(crate) fn new(world: &Rc<World>, name: &str, file: PathBuf) -> Result<Self, Problem> {
        let wire = Rc::new(Wire {
            world: Rc::clone(world),
            name: name.to_owned(),
            disk: Disk::default(),
            online: Cell::new(true),
            clock_ahead_ms: Cell::new(0),
            died: Cell::new(false),
            death: Notify::new(),
            hold_at: Cell::new(None),
            held: Notify::new(),
            go_on: Notify::new(),
        });
        let mut device = Self { wire, core: None, file };
        device.start()?;
        Ok(device)
    }

    /// Starts the program on what the last one left.
    fn start(&mut self) -> Result<(), Problem> {
        // The one before lets go of the file first.
        self.core = None;
        self.wire.disk.0.store(TAKES, Ordering::SeqCst);
        self.wire.died.set(false);
        let failed = |error: rusqlite::Error| Problem::new(ProblemCode::Storage).with_detail(error.to_string());
        let connection = Connection::open(&self.file).map_err(failed)?;
        connection.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF").map_err(failed)?;
        let disk = self.wire.disk.clone();
        connection.commit_hook(Some(move || disk.refuses())).map_err(failed)?;
        self.core = Some(Core::open(connection, SimHost(Rc::clone(&self.wire)))?);
        Ok(())
    }

    /// The name in traces.
    pub(crate) fn name(&self) -> &str {
        &self.wire.name
    }

    /// The database, to look at.
    pub(crate) fn look(&self) -> rusqlite::Result<Connection> {
        Connection::open_with_flags(&self.file, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    fn core(&self) -> Result<&Core<SimHost>, Problem> {
        self.core.as_ref().ok_or_else(|| Problem::new(ProblemCode::Internal))
    }

    /// Until something is done, or the device died over it; then nothing is known of the outcome.
    async fn unless_it_dies<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        if self.wire.died.get() || self.wire.disk.is_dead() {
            return None;
        }
        let done = tokio::select! {
            biased;
            () = self.wire.death.notified() => None,
            done = work => Some(done),
        };
        done.filter(|_| !self.wire.disk.is_dead() && !self.wire.died.get())
    }

    /// Starts anew if it died; true if it did.
    pub(crate) fn revive(&mut self) -> Result<bool, Problem> {
        let died = self.wire.disk.is_dead() || self.wire.died.get();
        if died {
            self.wire.world.fault(&format!("  {} starts again", self.wire.name));
            self.start()?;
        }
        Ok(died)
    }

    /// Has the disk be full, or the device die after so many commits.
    pub(crate) fn set_disk(&self, full: bool, dies_after: Option<i64>) {
        let mode = if full { FULL } else { dies_after.unwrap_or(TAKES) };
        self.wire.disk.0.store(mode, Ordering::SeqCst);
    }

    /// Asks the core; nothing where the device died over it.
    pub(crate) async fn call<C: Call>(&self, call: C) -> Option<Result<C::Reply, Problem>>
    where
        Core<SimHost>: Handle<C>,
    {
        let core = self.core().ok()?;
        self.unless_it_dies(async { core.handle(call).await?.read() }).await
    }

    pub(crate) async fn sync(&self) -> Option<Result<(), Problem>> {
        let core = self.core().ok()?;
        self.unless_it_dies(core.sync()).await
    }

    /// Syncs, and does something else before the request of that number, while the sync waits.
    pub(crate) async fn sync_meanwhile<T>(&self, number: u32, work: impl Future<Output = T>) -> Option<T> {
        let core = self.core().ok()?;
        self.wire.hold_at.set(Some(number));
        let both = async {
            let mut sync = pin!(core.sync());
            let reached = tokio::select! {
                biased;
                () = self.wire.held.notified() => true,
                _ = &mut sync => false,
            };
            self.wire.hold_at.set(None);
            let done = work.await;
            if reached {
                self.wire.go_on.notify_one();
                let _ = sync.await;
            }
            done
        };
        let done = self.unless_it_dies(both).await;
        self.wire.hold_at.set(None);
        done
    }

    pub(crate) async fn sign_in(&self, handle: &str) -> Option<Result<(), Problem>> {
        let Ok(password) = PASSWORD.parse() else { return None };
        let form = SignInForm { login: handle.into(), password, device: String::new(), token: false };
        Some(self.call(SignIn { form }).await?.map(drop))
    }

    pub(crate) async fn sign_out(&self, discard: bool) -> Option<Result<(), Problem>> {
        self.call(SignOut { everywhere: false, discard }).await
    }

    /// The handle of who is signed in.
    pub(crate) async fn person(&self) -> Option<String> {
        Some(self.call(GetAccount {}).await?.ok()??.handle.to_string())
    }

    pub(crate) async fn pending(&self) -> Vec<Pending> {
        self.call(ListPending {}).await.and_then(Result::ok).unwrap_or_default()
    }

    pub(crate) async fn state(&self) -> SyncState {
        self.call(GetSync {}).await.and_then(Result::ok).unwrap_or_default()
    }
}
