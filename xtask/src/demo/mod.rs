//! `cargo xtask demo`: what the cloud does for HnH, run for real on one machine: a lost node, an update, a restore, an attack,
//! a wave of people.
//!
//! The pods are processes of the server behind the cluster's own nginx configuration, on one PostgreSQL and one Redis.

mod attack;
mod autoscale;
mod chart;
mod node_loss;
mod restore;
pub(crate) mod stack;
mod update;

use std::process::{Child, Command};

use anyhow::{Context, Result, ensure};
use clap::Subcommand;
use stack::Stack;

use crate::folders::{self, Build};
use crate::step::Step;
use crate::{release, sim, system};

/// A demonstration; each ends with an error when one of its checks fails
#[derive(Subcommand)]
pub(crate) enum Demo {
    /// One of three servers is killed every few seconds while people write: nothing is lost
    NodeLoss,
    /// Every server is replaced under load, no request fails; then a bad image is refused and taken back
    Update,
    /// Everything that people wrote is backed up, destroyed, restored and compared
    Restore,
    /// A web application firewall before the servers: attacks are blocked, ordinary use is not
    Attack,
    /// A wave of people: from three servers to ten and back, by the repository's own HorizontalPodAutoscaler
    Hpa,
}

/// Runs one.
///
/// # Errors
/// When something does not start or a check fails.
pub(crate) fn run(demo: &Demo) -> Result<()> {
    system::ensure(&system::NATIVE)?;
    system::ensure(&system::SERVICES)?;
    system::ensure(&system::CLOUD)?;
    release::build(Build::Dev)?;
    sim::build(folders::root())?;
    let (name, run): (_, fn() -> Result<()>) = match demo {
        Demo::NodeLoss => ("a node is lost", node_loss::run),
        Demo::Update => ("an update", update::run),
        Demo::Restore => ("a restore", restore::run),
        Demo::Attack => ("an attack", attack::run),
        Demo::Hpa => ("a wave of people", autoscale::run),
    };
    let step = Step::start(name);
    run()?;
    step.done("");
    Ok(())
}

/// The load's program against an address. It wants two servers, which may be one.
fn load(address: &str) -> Command {
    let mut load = Command::new(folders::program("hnh-load", Build::Dev));
    load.args(["--servers", &format!("{address},{address}")]);
    load
}

/// Starts people who write to each other for some seconds, and waits until all of them are signed in.
fn writers(stack: &Stack, seconds: u64) -> Result<Child> {
    let ready = stack.folder().join("writers-ready");
    let mut people = load(&stack.url());
    people.args(["through-faults", "--seconds", &seconds.to_string(), "--database", &stack.cluster.url(), "--ready"]);
    let mut people = people.arg(&ready).spawn()?;
    while !ready.exists() {
        ensure!(people.try_wait()?.is_none(), "the people ended before they wrote");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    Ok(people)
}

/// Waits for a load and passes its verdict on.
fn finish(name: &str, mut load: Child) -> Result<()> {
    let status = load.wait().with_context(|| format!("{name} cannot be waited for"))?;
    ensure!(status.success(), "{name} ended with {status}");
    Ok(())
}
