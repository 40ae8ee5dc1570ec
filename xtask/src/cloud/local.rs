//! `cargo xtask cloud up`, `status`, `down`: what the cluster runs, as processes of this machine.

use std::fs;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use clap::Subcommand;
use serde::{Deserialize, Serialize};

use crate::demo::stack::Stack;
use crate::folders::{self, Build};
use crate::{release, services, system};

/// As many servers as the cluster has at least.
const PODS: usize = 3;

/// The cluster on one machine
#[derive(Subcommand)]
pub(crate) enum Local {
    /// Start three servers behind nginx, on one PostgreSQL and one Redis, until Ctrl-C or `down`
    Up,
    /// Say which servers run, whether each is ready, and what it takes
    Status,
    /// Stop all of it
    Down,
}

/// What runs, for `status` and `down`.
#[derive(Serialize, Deserialize)]
struct State {
    /// The process of nginx, with which all others end.
    nginx: u32,
    front: SocketAddr,
    pods: Vec<(u32, SocketAddr)>,
}

fn file() -> PathBuf {
    folders::target().join("cloud-up.json")
}

pub(super) fn run(local: &Local) -> Result<()> {
    match local {
        Local::Up => up(),
        Local::Status => status(),
        Local::Down => down(),
    }
}

fn up() -> Result<()> {
    if let Some(state) = running()? {
        bail!("it runs already, at http://{}: `cargo xtask cloud down` stops it", state.front);
    }
    system::ensure(&system::NATIVE)?;
    system::ensure(&system::SERVICES)?;
    system::ensure(&system::CLOUD)?;
    release::build(Build::Dev)?;
    let stack = Stack::start(PODS, false)?;
    let pods = stack.pods.iter().filter_map(|pod| Some((pod.id()?, pod.address))).collect();
    let state = State { nginx: stack.nginx_id(), front: stack.front, pods };
    fs::write(file(), serde_json::to_vec(&state)?)?;
    println!("{PODS} servers behind nginx: {}", stack.url());
    println!(
        "Processes, not containers; what people write is gone when it stops (Ctrl-C or `cargo xtask cloud down`)."
    );
    std::io::stdout().flush()?;
    let ended = stack.until_stopped();
    fs::remove_file(file())?;
    ended
}

/// What runs, if it does.
fn running() -> Result<Option<State>> {
    let Ok(written) = fs::read(file()) else { return Ok(None) };
    let state: State = serde_json::from_slice(&written)?;
    Ok(is_alive(state.nginx).then_some(state))
}

fn is_alive(process: u32) -> bool {
    fs::metadata(format!("/proc/{process}")).is_ok()
}

fn status() -> Result<()> {
    let Some(state) = running()? else {
        println!("nothing runs: `cargo xtask cloud up` starts it");
        return Ok(());
    };
    println!("http://{}", state.front);
    for (number, (process, address)) in state.pods.iter().enumerate() {
        let ready = if services::is_ready(*address) { "ready" } else { "not ready" };
        println!("    server {}: {ready}, {} MiB, process {process}", number + 1, memory(*process).unwrap_or_default());
    }
    Ok(())
}

/// MiB that a process holds in memory.
fn memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib / 1024)
}

fn down() -> Result<()> {
    let Some(state) = running()? else {
        println!("nothing runs");
        return Ok(());
    };
    let asked = Command::new("kill").args(["-s", "QUIT", &state.nginx.to_string()]).status();
    ensure!(asked.context("cannot start `kill`")?.success(), "the process {} cannot be stopped", state.nginx);
    for _ in 0..300 {
        // `up` takes the file away when all of it has ended.
        if !file().exists() {
            println!("stopped");
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    bail!("it does not stop within 30 s")
}
