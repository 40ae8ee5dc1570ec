//! The developer's commands: `cargo xtask up`, `test`, `bench`, `check`.
//!
//! Each command is a module of its own; `release` builds what `up`, `test` and `bench` share.

#![expect(clippy::disallowed_methods, reason = "how long a step takes is shown")]

mod app;
mod assets;
mod bench;
mod bundle;
mod check;
mod cloud;
mod demo;
mod desktop;
mod faults;
mod fingerprint;
#[cfg(test)]
mod floors;
mod folders;
mod lan;
mod npm;
mod nutrition;
mod package;
mod phone;
mod release;
mod services;
mod sim;
mod sizes;
mod step;
mod system;
mod test;
mod train;
mod up;
mod wasm;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// HnH's commands for developers
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Up(up::Up),
    Test(test::Test),
    Bench(bench::Bench),
    Check(check::Check),
    Cloud(cloud::Cloud),
    #[command(subcommand)]
    Demo(demo::Demo),
    Desktop(desktop::Desktop),
    Package(package::Package),
    Phone(phone::Phone),
    Sim(sim::Sim),
    TrainIngredients(train::TrainIngredients),
    /// Compare the figures computed from ingredient lines with those that sources state
    NutritionReport,
    /// Kill servers, Redis and PostgreSQL under load, fill the disk, and check that nothing is lost
    Faults,
    /// Check the program for phones for Android, without Android's SDK
    CheckAndroid,
    /// Build the browser app alone: WebAssembly, scripts, styles, fonts, compressed
    BuildApp,
}

fn main() -> ExitCode {
    // Ctrl-C reaches the programs we run too: they end, and we live on to clean up after them.
    if let Err(error) = ctrlc::set_handler(|| ()) {
        eprintln!("warning: {error}; after Ctrl-C temporary folders may stay behind");
    }
    match run(&Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<()> {
    match command {
        Command::Up(options) => up::run(options),
        Command::Test(options) => test::run(options),
        Command::Bench(options) => bench::run(options),
        Command::Check(options) => check::run(options),
        Command::Cloud(options) => cloud::run(options),
        Command::Demo(demo) => demo::run(demo),
        Command::Desktop(options) => desktop::run(options),
        Command::Package(options) => package::run(options),
        Command::Phone(options) => phone::run(options),
        Command::Sim(options) => sim::run(options),
        Command::TrainIngredients(options) => train::run(options),
        Command::NutritionReport => nutrition::report(),
        Command::Faults => faults::run(),
        Command::CheckAndroid => phone::check_android(),
        Command::BuildApp => {
            let folder = app::build()?;
            println!("the app is in {}", folder.display());
            Ok(())
        }
    }
}
