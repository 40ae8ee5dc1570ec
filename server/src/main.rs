//! The `hnh-server` program: serves, builds the catalogue, and offers small tools on standard input.

use clap::{Parser, Subcommand};
use hnh_server::tool;

#[derive(Parser)]
#[command(
    name = "hnh-server",
    version,
    about = "HnH's backend: serve, build the catalogue, small tools"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read from standard input, print JSON: what the importers and the search understand of a text
    #[command(subcommand)]
    Tool(tool::Tool),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Tool(tool) => tool.run(),
    }
}
