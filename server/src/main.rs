//! The `hnh-server` program: serves, builds the catalogue, and offers small tools on standard input.

use clap::{Parser, Subcommand};
use hnh_server::{command, config, push, tool};

#[derive(Parser)]
#[command(name = "hnh-server", version, about = "HnH's backend: serve, build the catalogue, small tools")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the built app
    Serve(Box<config::Config>),
    /// Say by the exit status whether the server on this machine is well
    Healthy(command::healthy::Healthy),
    /// Print a new secret key for notifications in browsers
    Keys,
    /// Give a person a role, delete an account
    Admin(command::admin::Admin),
    /// Write all that people wrote to one file; servers may go on meanwhile
    Backup(command::backup::BackupArgs),
    /// Put a backup in place, where there is nothing yet
    Restore(command::backup::BackupArgs),
    /// Import open data and build the catalogue
    #[command(subcommand)]
    Catalog(command::catalog::Catalog),
    /// Put files into the bucket, or get them back
    #[command(subcommand)]
    Objects(command::objects::ObjectsCommand),
    /// Read from standard input, print JSON: what the importers and the search understand of a text
    #[command(subcommand)]
    Tool(tool::Tool),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Serve(config) => command::serve::run(&config),
        Command::Healthy(healthy) => healthy.run(),
        Command::Keys => {
            println!("HNH_PUSH_KEY={}", push::generate_key());
            Ok(())
        }
        Command::Admin(admin) => admin.run(),
        Command::Backup(args) => command::backup::backup(&args),
        Command::Restore(args) => command::backup::restore(&args),
        Command::Catalog(command) => command.run(),
        Command::Objects(command) => command.run(),
        Command::Tool(tool) => tool.run(),
    }
}
