//! Requests a second of `/api/v1` against an empty axum handler that returns the same bytes.
//!
//! Both servers run in this process, one after the other in alternating rounds, each on one thread of
//! its own; one more thread loads them over keep-alive connections on loopback with the same requests.
//! Needs a built catalogue: `HNH_DATA` or `./data`. Beside requests a second it prints the processor
//! time a request costs the server's threads, in which the load has no part.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

#[path = "http/load.rs"]
mod load;
#[path = "http/servers.rs"]
mod servers;

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use load::{Load, Measured};
use servers::Server;

#[derive(Parser)]
#[command(about = "Requests a second of the API against an empty handler with the same bytes")]
struct Flags {
    #[command(flatten)]
    config: hnh_server::config::Config,

    /// Requests of a round; each server gets a round of each kind, alternating
    #[arg(long, default_value_t = 20_000)]
    requests: usize,

    /// Rounds; the median counts
    #[arg(long, default_value_t = 5)]
    rounds: usize,

    /// Connections at a time
    #[arg(long, default_value_t = 16)]
    connections: usize,

    /// The least share of the empty handler's requests a second that the API must reach
    #[arg(long, default_value_t = 0.6)]
    demand: f64,

    /// Given by `cargo bench`, without meaning here
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<ExitCode> {
    let met = run(&Flags::parse())?;
    Ok(if met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn run(flags: &Flags) -> Result<bool> {
    let api = Server::api(&flags.config)?;
    let mut met = true;
    println!("{} requests a round, {} rounds, {} connections", flags.requests, flags.rounds, flags.connections);
    for (what, addresses) in [
        ("nearby", load::nearby("")),
        ("nearby, vegan and open", load::nearby("&diet=vegan&open=2026-10-09T19:30")),
        ("recipes", load::recipes()),
    ] {
        let bodies = api.answers(&addresses)?;
        let mean = bodies.iter().map(Vec::len).sum::<usize>() / bodies.len().max(1);
        let empty = Server::empty(bodies)?;
        let asked = Load::new(api.address, &addresses, flags.connections)?;
        let plain = Load::new(empty.address, &empty.addresses, flags.connections)?;
        // Connections, caches and branch predictors get to know the work first.
        asked.run(flags.requests / 4, &api)?;
        plain.run(flags.requests / 4, &empty)?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..flags.rounds.max(1) {
            theirs.push(plain.run(flags.requests, &empty)?);
            ours.push(asked.run(flags.requests, &api)?);
        }
        let (ours, theirs) = (Measured::median(ours), Measured::median(theirs));
        let (ours, theirs) = ours.zip(theirs).context("no rounds")?;
        let ratio = ours.per_second / theirs.per_second;
        met &= ratio >= flags.demand;
        println!("\n{what} (mean reply {mean} bytes)");
        println!("  api    {ours}");
        println!("  empty  {theirs}");
        println!(
            "  ratio  {:.1} % of the empty handler's requests a second (at least {:.0} %)",
            ratio * 100.0,
            flags.demand * 100.0
        );
    }
    Ok(met)
}
