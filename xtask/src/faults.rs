//! `cargo xtask faults`: people write to each other while servers, Redis and PostgreSQL fail; nothing that was acknowledged is
//! lost, and every socket tells again.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::folders::{self, Build};
use crate::services::{self, Cluster, Service};
use crate::step::{self, Step};
use crate::{sim, system};

/// What PostgreSQL is set to: what it acknowledged is on its disk.
const LASTING: [&str; 3] = ["shared_buffers=64MB", "max_wal_size=64MB", "min_wal_size=32MB"];
/// The file system on which PostgreSQL's disk becomes full, in MiB.
const DISK_MIB: u32 = 400;
/// How long people write, in seconds: until after the last fault.
const SECONDS: &str = "75";

/// Runs the whole course, in about two minutes.
///
/// # Errors
/// When something is lost or does not start.
pub(crate) fn run() -> Result<()> {
    system::ensure(&system::NATIVE)?;
    system::ensure(&system::SERVICES)?;
    let step = Step::start("faults of servers, Redis and PostgreSQL under load");
    sim::build(folders::root())?;
    let disk = Disk::mount()?;
    let cluster = Cluster::make(tempfile::Builder::new().prefix("postgres-").tempdir_in(disk.path())?)?;
    let mut postgres = Some(cluster.start(&LASTING)?);
    cluster.create_database()?;
    let port = services::free_port()?;
    let mut redis = Some(services::redis_on(port)?);
    let folder = tempfile::tempdir()?;
    let address = || anyhow::Ok(SocketAddr::from((Ipv4Addr::LOCALHOST, services::free_port()?)));
    let addresses = [address()?, address()?];
    let start = |i: usize| {
        let redis = format!("redis://127.0.0.1:{port}/");
        server(Build::Dev, addresses[i], &folder.path().join(i.to_string()), &cluster.url(), &redis)
    };
    let mut servers = [Some(start(0)?), Some(start(1)?)];
    let list = format!("http://{},http://{}", addresses[0], addresses[1]);
    let mut load = Command::new(folders::program("hnh-load", Build::Dev))
        .args(["--servers", &list, "through-faults", "--seconds", SECONDS, "--database", &cluster.url()])
        .spawn()
        .context("hnh-load does not start")?;
    let wait = |seconds: u64| sleep(Duration::from_secs(seconds));

    wait(10);
    println!("    a server is killed, the other goes on");
    servers[0].take().context("no server")?.crash()?;
    wait(6);
    servers[0] = Some(start(0)?);
    wait(4);
    println!("    Redis is gone");
    drop(redis.take());
    wait(8);
    redis = Some(services::redis_on(port)?);
    wait(4);
    println!("    PostgreSQL crashes and starts again");
    postgres.take().context("no PostgreSQL")?.crash()?;
    wait(5);
    // Its children notice that their parent is gone before its files may be used again.
    postgres = Some(cluster.start(&LASTING)?);
    wait(8);
    match disk.fill() {
        Ok(()) => {
            println!("    PostgreSQL's disk is full");
            wait(8);
            disk.clear()?;
            // Without room for its log it ends; an operator starts it again.
            drop(postgres.take());
            postgres = Some(cluster.start(&LASTING)?);
        }
        Err(reason) => println!("    skipped: PostgreSQL's disk cannot be filled here ({reason:#})"),
    }
    println!("    both servers are killed");
    for (i, server) in servers.iter_mut().enumerate() {
        server.take().context("no server")?.crash()?;
        *server = Some(start(i)?);
    }
    let status = load.wait()?;
    anyhow::ensure!(status.success(), "the load ended with {status}");
    drop((servers, redis, postgres));
    drop((cluster, disk));
    step.done("");
    Ok(())
}

/// A server on the shared database and Redis.
pub(crate) fn server(build: Build, address: SocketAddr, data: &Path, database: &str, redis: &str) -> Result<Service> {
    // It says much of faults that are made here.
    let server = services::shared_server(build, address, data, database, redis);
    Service::start(server, "TERM", None)?.wait_for("a server", || services::is_alive(address))
}

/// A small file system of its own, where the system lets us mount one; else a folder.
struct Disk {
    folder: TempDir,
    mounted: bool,
}

impl Disk {
    fn mount() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("hnh-disk-").tempdir()?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={DISK_MIB}m"), "tmpfs"]).arg(folder.path());
        let mounted = system::is_root() && step::capture(&mut mount).is_ok();
        // PostgreSQL's own user goes through it.
        silently(Command::new("chmod").arg("755").arg(folder.path()))?;
        Ok(Self { folder, mounted })
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes all the room there is.
    fn fill(&self) -> Result<()> {
        anyhow::ensure!(self.mounted, "mounting a file system needs rights");
        let size = format!("count={DISK_MIB}");
        // dd ends with an error when there is no more room, which is what it is for.
        let _ = step::capture(
            Command::new("dd").args(["if=/dev/zero", "bs=1M", &size]).arg(format!("of={}", self.filler())),
        );
        Ok(())
    }

    fn clear(&self) -> Result<()> {
        Ok(std::fs::remove_file(self.filler())?)
    }

    fn filler(&self) -> String {
        self.folder.path().join("filler").display().to_string()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if self.mounted
            && let Err(error) = silently(Command::new("umount").arg("-l").arg(self.folder.path()))
        {
            eprintln!("{error:#}");
        }
    }
}

fn silently(command: &mut Command) -> Result<()> {
    step::capture(command).map(drop)
}
