//! `cargo xtask bench`: a bench program with the services it compares us to.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::folders::{self, Build};
use crate::package::{self, Package};
use crate::step::{self, Step};
use crate::{faults, npm, release, services, system};

/// Measure us beside the alternatives, in one run, and print the ratio
///
/// Everything is built in release mode. PostgreSQL with PostGIS and Redis, where a bench compares
/// with them, run on free ports in temporary folders and end with it.
#[derive(Args)]
pub(crate) struct Bench {
    /// What to measure
    name: Name,
    /// Passed to the bench program, such as `--rows 200000`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Name {
    /// Nearest places among 2.5 million, against PostGIS, Redis and SQLite (crates/catalog/benches)
    Nearby,
    /// Recipes among 2.2 million with chips, allergies and ranges, against PostgreSQL and SQLite (crates/catalog/benches)
    Recipes,
    /// Rows a second of a device that catches up, against SQLite alone (crates/client/benches)
    Sync,
    /// Ingredient lines a second, against Python's ingredient-parser-nlp (crates/nutrition/benches)
    Ingredients,
    /// Messages from one of two servers to 2,000 sockets of the other over Redis: p50, p99, memory a socket (server/benches)
    Chat,
    /// Requests a second of the HTTP layer, against an empty handler with the same bytes (server/benches)
    Http,
    /// Time to ready and memory of the server, download sizes of the app (server/benches)
    Startup,
    /// Memory of the server in a cgroup under sign-ins, photos, exports, feeds and searches at once: MiB, then seconds (e2e)
    Memory,
    /// Start and memory of the desktop program, beside the same app in Chromium's window; size of its package (e2e)
    Desktop,
}

/// Runs one bench program.
///
/// # Errors
/// When something does not build or start, or the program misses its goal.
pub(crate) fn run(options: &Bench) -> Result<()> {
    system::ensure(&system::NATIVE)?;
    let arguments = &options.arguments;
    match options.name {
        Name::Nearby => beside_databases("nearby", arguments),
        Name::Recipes => beside_databases("recipes", arguments),
        Name::Sync => step::run(&mut program("hnh-client", "sync", arguments)),
        Name::Ingredients => step::run(&mut program("hnh-nutrition", "ingredients", arguments)),
        Name::Chat => chat(arguments),
        Name::Http => over_release("http", arguments),
        Name::Startup => over_release("startup", arguments),
        Name::Memory => memory(arguments),
        Name::Desktop => desktop(),
    }
}

/// A bench of the catalogue beside PostgreSQL and Redis.
fn beside_databases(bench: &str, arguments: &[String]) -> Result<()> {
    system::ensure(&system::SERVICES)?;
    let step = Step::start("starting PostgreSQL and Redis");
    let postgres = services::postgres()?;
    let redis = services::redis()?;
    step.done("");
    step::run(
        program("hnh-catalog", bench, arguments).env("HNH_BENCH_PG", &postgres.url).env("HNH_BENCH_REDIS", &redis.url),
    )
}

/// Two servers on one PostgreSQL and Redis, and sockets on both.
fn chat(arguments: &[String]) -> Result<()> {
    system::ensure(&system::SERVICES)?;
    step::run(Command::new("cargo").args(["build", "--release", "-p", "hnh-server", "-p", "hnh-sim"]))?;
    let (postgres, redis) = (services::postgres()?, services::redis()?);
    let folder = tempfile::tempdir()?;
    let mut servers = Vec::new();
    for i in 0..2 {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, services::free_port()?));
        let data = folder.path().join(i.to_string());
        servers.push((address, faults::server(Build::Release, address, &data, &postgres.url, &redis.url)?));
    }
    let list = |item: &dyn Fn(&(SocketAddr, services::Service)) -> String| {
        servers.iter().map(item).collect::<Vec<_>>().join(",")
    };
    step::run(
        Command::new(folders::program("hnh-load", Build::Release))
            .args(["--servers", &list(&|(address, _)| format!("http://{address}"))])
            .args(["sockets", "--pids", &list(&|(_, server)| server.id().to_string())])
            .args(arguments),
    )?;
    drop((servers, redis, postgres));
    Ok(())
}

/// A bench of the server with everything it serves.
fn over_release(bench: &str, arguments: &[String]) -> Result<()> {
    release::build(Build::Release)?;
    step::run(program("hnh-server", bench, arguments).env("HNH_APP", folders::app()).env("HNH_DATA", folders::data()))
}

/// The server within a limit, as a pod has one.
fn memory(arguments: &[String]) -> Result<()> {
    release::build(Build::Release)?;
    step::run(
        Command::new("node")
            .arg("memory.mjs")
            .args(arguments)
            .env("HNH_SERVER_PROGRAM", folders::program("hnh-server", Build::Release))
            .env("HNH_APP", folders::app())
            .env("HNH_DATA", folders::data())
            // As the image sets them.
            .env("MALLOC_ARENA_MAX", "2")
            .env("MALLOC_MMAP_THRESHOLD_", "131072")
            .env("MALLOC_TRIM_THRESHOLD_", "131072")
            .current_dir(folders::root().join("e2e")),
    )
}

/// The desktop program in its window.
fn desktop() -> Result<()> {
    release::build(Build::Release)?;
    package::run(&Package::default())?;
    system::ensure(&system::BROWSER)?;
    system::ensure(&system::ENGINES)?;
    system::ensure(&system::WINDOWS)?;
    let folder = folders::root().join("e2e");
    npm::install(&folder)?;
    step::run(
        Command::new("node")
            .arg("bench-desktop.mjs")
            .env("HNH_PROGRAM", folders::program("hnh", Build::Release))
            .env("HNH_SERVER_PROGRAM", folders::program("hnh-server", Build::Release))
            .env("HNH_APP", folders::app())
            .env("HNH_DATA", folders::data())
            .env("HNH_PACKAGE", package::packed("deb")?)
            .current_dir(folder),
    )
}

fn program(package: &str, bench: &str, arguments: &[String]) -> Command {
    let mut command = Command::new("cargo");
    command.args(["bench", "-p", package, "--bench", bench, "--"]).args(arguments).current_dir(folders::root());
    command
}
