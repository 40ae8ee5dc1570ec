//! `cargo xtask check`: formatting, lints, licences.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::step::{self, Action};
use crate::wasm::{self, Toolchain};
use crate::{folders, system};

/// Check formatting, lints and licences without running anything
///
/// rustfmt, clippy with warnings as errors for the native and the browser crates, and cargo-deny
/// for licences, sources and known holes of dependencies. All of it runs even after a failure.
#[derive(Args)]
pub(crate) struct Check {}

/// Runs all checks and names those that failed.
///
/// # Errors
/// When any check failed.
pub(crate) fn run(_: &Check) -> Result<()> {
    let checks: [(&str, Action); 4] = [
        ("formatting", formatting),
        ("lints", native_lints),
        ("lints of the browser crates", browser_lints),
        ("dependencies", dependencies),
    ];
    step::run_all(&checks)?;
    println!("all checks passed");
    Ok(())
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(folders::root());
    command
}

fn formatting() -> Result<()> {
    step::run(&mut cargo(&["fmt", "--all", "--check"]))
}

fn native_lints() -> Result<()> {
    system::ensure(&system::NATIVE)?;
    let mut clippy = cargo(&["clippy", "--all-targets"]);
    step::run(clippy.args(wasm::NATIVE).args(["--exclude", "hnh-ui", "--", "-D", "warnings"]))
}

fn browser_lints() -> Result<()> {
    let toolchain = wasm::toolchain()?;
    if toolchain == Toolchain::Debian {
        system::ensure(&system::DEBIAN_CLIPPY)?;
    }
    let mut clippy = wasm::cargo(toolchain, "clippy");
    step::run(clippy.args(wasm::packages()).args(["--", "-D", "warnings"]))
}

fn dependencies() -> Result<()> {
    if !system::present("cargo-deny") {
        let installed = step::run(&mut cargo(&["install", "--locked", "--quiet", "cargo-deny"]));
        if installed.is_err() {
            println!("    cargo-deny cannot be installed here: licences were not checked");
            return Ok(());
        }
    }
    step::run(&mut cargo(&["deny", "check", "bans", "licenses", "sources"]))?;
    if step::capture(&mut cargo(&["deny", "fetch", "db"])).is_err() {
        println!("    the advisory database cannot be fetched here: known holes were not checked");
        return Ok(());
    }
    step::run(&mut cargo(&["deny", "check", "advisories"]))
}
