//! What is run rather than tested: the server in release mode, the app, the starter catalogue.

use std::fs;
use std::process::Command;

use anyhow::Result;

use crate::app;
use crate::fingerprint::{Fingerprint, remember, unchanged};
use crate::folders;
use crate::step::{Step, run};
use crate::system;

/// Builds everything that serving needs, as far as it changed.
///
/// # Errors
/// When a tool is missing or a build fails.
pub(crate) fn build() -> Result<()> {
    system::ensure(&system::NATIVE)?;
    app::build()?;
    server()?;
    catalog()
}

/// Builds the server; cargo knows what changed.
///
/// # Errors
/// When it does not compile.
pub(crate) fn server() -> Result<()> {
    let step = Step::start("compiling the server");
    run(Command::new("cargo").args(["build", "--release", "-p", "hnh-server"]).current_dir(folders::root()))?;
    step.done("");
    Ok(())
}

/// Builds the starter catalogue, unless its sources and the code that reads them are the same.
///
/// # Errors
/// When the importers refuse a whole source.
pub(crate) fn catalog() -> Result<()> {
    let data = folders::data();
    let folder = data.join("catalog");
    let stamp = folder.join("xtask-stamp");
    let mut fingerprint = Fingerprint::default();
    for part in ["catalog/src", "catalog/starter", "domain/src", "Cargo.lock"] {
        fingerprint = fingerprint.path(&folders::root().join(part))?;
    }
    let hash = fingerprint.finish();
    if unchanged(&stamp, &hash) {
        return Ok(());
    }
    let step = Step::start("building the starter catalogue");
    fs::create_dir_all(&folder)?;
    run(Command::new(folders::server())
        .args(["catalog", "build"])
        .env("HNH_DATA", &data)
        .current_dir(folders::root()))?;
    remember(&stamp, &hash)?;
    step.done(folder.display().to_string());
    Ok(())
}
