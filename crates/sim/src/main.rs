//! `hnh-sim`: the real core on several devices of several people against the real server, in one process, under one seed
//! for clock, chance, network and storage.
//!
//! A seed makes a world (`world`), lets people act while everything fails that can fail (`actions`, `device`, `server`),
//! heals it, and looks whether what was promised holds (`checks`). What the faults are is told in `device` and `server`. Not
//! simulated: sockets (a device asks instead), and a server that dies within a transaction, which the database undoes.

#![recursion_limit = "256"]

mod actions;
mod checks;
mod device;
mod server;
mod template;
mod world;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Parser;

use crate::template::Template;
use crate::world::Tally;

/// Simulates people, devices and faults
#[derive(Parser)]
struct Options {
    /// How many seeds
    #[arg(long, default_value_t = 2_000, value_name = "N")]
    seeds: u64,
    /// One seed alone, with its trace
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// A PostgreSQL server for every tenth seed; without it they all run on SQLite
    #[arg(long, env = "HNH_TEST_POSTGRES", value_name = "URL", hide_env_values = true)]
    postgres: Option<String>,
    /// How many at once
    #[arg(long, default_value_t = 2, value_name = "N")]
    threads: u64,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let template = Arc::new(runtime()?.block_on(Template::make(options.postgres.as_deref()))?);
    if let Some(seed) = options.seed {
        let outcome = run(&template, seed, true)?;
        return match outcome.broken {
            Some(broken) => bail!("seed {seed}: {broken}"),
            None => {
                println!("seed {seed} holds: {}", outcome.tally);
                Ok(())
            }
        };
    }
    #[expect(clippy::disallowed_methods, reason = "how long it took is printed")]
    let start = Instant::now();
    let (next, failed) = (AtomicU64::new(0), AtomicBool::new(false));
    let total = Mutex::new(Tally::default());
    let work = || {
        while !failed.load(Ordering::Relaxed) {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= options.seeds {
                return;
            }
            let broken = match run(&template, seed, false) {
                Ok(outcome) => {
                    if let Ok(mut total) = total.lock() {
                        total.add(&outcome.tally);
                    }
                    outcome.broken.map(|broken| (broken, outcome.trace.join("\n")))
                }
                Err(error) => Some((format!("{error:#}"), String::new())),
            };
            if let Some((broken, trace)) = broken
                && !failed.swap(true, Ordering::Relaxed)
            {
                println!("{trace}\nseed {seed}: {broken}");
            }
        }
    };
    std::thread::scope(|scope| -> Result<()> {
        for _ in 0..options.threads {
            // The futures of a whole world are deep, without optimisation.
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)?;
        }
        Ok(())
    })?;
    let total = total.into_inner().unwrap_or_default();
    if failed.into_inner() {
        bail!("a seed does not hold; again with its trace: cargo xtask sim --seed S");
    }
    println!("{} seeds hold in {:.0} s: {total}", options.seeds, start.elapsed().as_secs_f64());
    Ok(())
}

/// No world takes so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// Bytes of a thread's stack.
const STACK: usize = 32 * 1024 * 1024;

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

fn run(template: &Template, seed: u64, loud: bool) -> Result<world::Outcome> {
    // One for each seed: nothing of one world lives on in another.
    runtime()?.block_on(async {
        tokio::time::timeout(PATIENCE, world::run(template, seed, loud)).await.context("something waits for ever")?
    })
}
