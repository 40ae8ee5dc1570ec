//! What is run rather than tested: the server in release mode, the app, the starter catalogue.

use std::fs;
use std::process::Command;

use anyhow::Result;

use crate::app;
use crate::fingerprint::{Fingerprint, remember, unchanged};
use crate::folders::{self, Build};
use crate::step::{Step, run};
use crate::{system, wasm};

/// Builds everything that serving needs, as far as it changed.
///
/// # Errors
/// When a tool is missing or a build fails.
pub(crate) fn build(build: Build) -> Result<()> {
    system::ensure(&system::NATIVE)?;
    app::build()?;
    server(build)?;
    catalog(build)
}

/// Builds the server; cargo knows what changed.
///
/// # Errors
/// When it does not compile.
fn server(build: Build) -> Result<()> {
    let step = Step::start("compiling the server");
    let mut cargo = Command::new("cargo");
    match build {
        Build::Release => cargo.args(["build", "--release", "-p", "hnh-server"]),
        // Cargo turns on what tests ask of dependencies only where a test is built too: with the smallest of them, nothing is
        // built twice.
        Build::Dev => cargo.arg("build").args(wasm::NATIVE).args(["--bin", "hnh-server", "--test", "robustness"]),
    };
    run(cargo.current_dir(folders::root()))?;
    step.done("");
    Ok(())
}

/// Builds the starter catalogue, unless its sources and the code that reads them are the same.
///
/// # Errors
/// When the importers refuse a whole source.
fn catalog(build: Build) -> Result<()> {
    let data = folders::data();
    let folder = data.join("catalog");
    let stamp = folder.join("xtask-stamp");
    let mut fingerprint = Fingerprint::default();
    for part in ["crates", "Cargo.lock"] {
        fingerprint = fingerprint.path(&folders::root().join(part))?;
    }
    let hash = fingerprint.finish();
    if unchanged(&stamp, &hash) {
        return Ok(());
    }
    let step = Step::start("building the starter catalogue");
    fs::create_dir_all(&folder)?;
    run(Command::new(folders::program("hnh-server", build))
        .args(["catalog", "build"])
        .env("HNH_DATA", &data)
        .current_dir(folders::root()))?;
    remember(&stamp, &hash)?;
    step.done(folder.display().to_string());
    Ok(())
}
