//! `cargo xtask desktop`: the desktop program.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::folders::{self, Build};
use crate::step::{Step, run as run_command};
use crate::{app, npm, release, system, wasm};

/// Build the desktop program and start it
///
/// On a fresh Debian 12 this installs what is missing, as `up` does. The program talks to the server it was told of last, at
/// first to http://127.0.0.1:8000, where `cargo xtask up` serves; its settings have others.
#[derive(Args)]
pub(crate) struct Desktop {
    /// A page to open, such as `hnh://recipes`
    link: Option<String>,
}

/// Builds and runs the program until its window is closed.
///
/// # Errors
/// When a build fails, or the program ends with an error.
pub(crate) fn run(options: &Desktop) -> Result<()> {
    app::build()?;
    let program = build(Build::Release)?;
    run_command(Command::new(program).args(&options.link))
}

/// Builds the program alone.
///
/// # Errors
/// When something is missing or it does not compile.
pub(crate) fn build(build: Build) -> Result<PathBuf> {
    system::ensure(&system::NATIVE)?;
    system::ensure(&system::DESKTOP)?;
    let step = Step::start("compiling the desktop program");
    let mut cargo = Command::new("cargo");
    cargo.arg("build").current_dir(folders::root());
    match build {
        Build::Release => cargo.args(["--release", "-p", "hnh-desktop", "--bin", "hnh"]),
        // With the services that its tests talk to, and selected as all tests are, so that nothing is built twice.
        Build::Dev => {
            cargo.args(wasm::NATIVE).args(["--bin", "hnh", "--example", "desktop_services", "--test", "robustness"])
        }
    };
    run_command(&mut cargo)?;
    step.done("");
    Ok(folders::program("hnh", build))
}

/// Drives the program in its window, against a server of its own and a desktop's services.
///
/// # Errors
/// When a build or a check fails.
pub(crate) fn test() -> Result<()> {
    release::build(Build::Dev)?;
    let program = build(Build::Dev)?;
    system::ensure(&system::ENGINES)?;
    system::ensure(&system::WINDOWS)?;
    let folder = folders::root().join("e2e");
    npm::install(&folder)?;
    println!("==> desktop tests");
    run_command(
        Command::new("node")
            .arg("desktop.mjs")
            .env("HNH_PROGRAM", program)
            .env("HNH_SERVICES", folders::target().join("debug/examples/desktop_services"))
            .env("HNH_SERVER_PROGRAM", folders::program("hnh-server", Build::Dev))
            .env("HNH_APP", folders::app())
            .env("HNH_CATALOG", folders::data().join("catalog"))
            .current_dir(folder),
    )
}
