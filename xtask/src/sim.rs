//! `cargo xtask sim`: people, devices and faults under one seed, against the real core and server.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::step::{self, Step};
use crate::{folders, services, system, wasm};

/// How many seeds find each fault that is built in.
const SEEDS_FOR_BROKEN: &str = "2000";

/// Simulate people, devices and faults, and check that nothing is lost
///
/// Every tenth seed runs on PostgreSQL, which is started for it.
#[derive(Args)]
pub(crate) struct Sim {
    /// How many seeds
    #[arg(long, default_value_t = 2_000, value_name = "N")]
    seeds: u64,
    /// One seed alone, with its trace
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Break the core in each of the ways of crates/sim/broken, and see that the simulator finds it
    #[arg(long, conflicts_with_all = ["seeds", "seed"])]
    broken: bool,
}

/// Simulates.
///
/// # Errors
/// When a seed does not hold, or a fault that was built in is not found.
pub(crate) fn run(options: &Sim) -> Result<()> {
    system::ensure(&system::NATIVE)?;
    if options.broken {
        return find_broken();
    }
    let seeds = options.seeds.to_string();
    match options.seed {
        Some(seed) => simulate(&["--seed", &seed.to_string()]),
        None => simulate(&["--seeds", &seeds]),
    }
}

/// Runs the simulator with PostgreSQL beside it.
///
/// # Errors
/// As [`run`].
pub(crate) fn simulate(arguments: &[&str]) -> Result<()> {
    system::ensure(&system::SERVICES)?;
    let step = Step::start("the simulator");
    for (_, patch) in patches()? {
        git(folders::root(), &["apply", "--check", &patch])?;
    }
    build(folders::root())?;
    let postgres = services::postgres()?;
    step::run(Command::new(program()).args(arguments).env("HNH_TEST_POSTGRES", &postgres.url))?;
    drop(postgres);
    step.done("");
    Ok(())
}

/// Builds the simulator and the load.
///
/// # Errors
/// When they do not build.
pub(crate) fn build(tree: &Path) -> Result<()> {
    // With the smallest test, so that dependencies are built as the tests build them, once: see `release`.
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet"]).args(wasm::NATIVE).args([
        "--bin",
        "hnh-sim",
        "--bin",
        "hnh-load",
        "--bin",
        "hnh-server",
        "--test",
        "robustness",
    ]);
    step::run(cargo.env("CARGO_TARGET_DIR", folders::target()).current_dir(tree))
}

fn program() -> std::path::PathBuf {
    folders::program("hnh-sim", folders::Build::Dev)
}

/// The faults that can be built in, each by its name and its patch's path.
fn patches() -> Result<BTreeMap<String, String>> {
    let mut patches = BTreeMap::new();
    for entry in fs::read_dir(folders::root().join("crates/sim/broken"))? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).context("a patch's name is no text")?;
        let file = path.to_str().context("a patch's name is no text")?;
        patches.insert(name.to_owned(), file.to_owned());
    }
    Ok(patches)
}

fn git(folder: &Path, arguments: &[&str]) -> Result<()> {
    step::capture(Command::new("git").arg("-C").arg(folder).args(arguments)).map(drop)
}

/// Builds each fault into a copy of the repository, one at a time.
fn find_broken() -> Result<()> {
    let (root, tree) = (folders::root(), folders::target().join("sim-broken"));
    if tree.exists() {
        fs::remove_dir_all(&tree)?;
        git(root, &["worktree", "prune"])?;
    }
    let path = tree.to_str().context("the target folder's name is no text")?;
    git(root, &["worktree", "add", "--detach", path])?;
    let mut missed = Vec::new();
    for (name, patch) in patches()? {
        git(&tree, &["checkout", "--quiet", "."])?;
        git(&tree, &["apply", &patch])?;
        build(&tree)?;
        let output = Command::new(program()).args(["--seeds", SEEDS_FOR_BROKEN]).output()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let found = said.lines().rev().find(|line| line.starts_with("seed "));
        match found {
            Some(found) if !output.status.success() => println!("    {name}: {found}"),
            _ => missed.push(name),
        }
    }
    git(root, &["worktree", "remove", "--force", path])?;
    if missed.is_empty() { Ok(()) } else { bail!("not found in {SEEDS_FOR_BROKEN} seeds: {}", missed.join(", ")) }
}
