//! The developer's commands: cargo xtask up, test, bench, check.

mod app;
mod assets;
mod bundle;
mod fingerprint;
mod folders;
mod npm;
mod sizes;
mod step;
mod system;
mod wasm;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the browser app alone: WebAssembly, scripts, styles, fonts, compressed
    BuildApp,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::BuildApp => {
            let folder = app::build()?;
            println!("the app is in {}", folder.display());
            Ok(())
        }
    }
}
