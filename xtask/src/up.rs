//! `cargo xtask up`: from a fresh machine to HnH in the browser.

use std::net::{SocketAddr, TcpListener};
use std::time::Instant;

use anyhow::{Result, bail};
use clap::Args;

use crate::folders::{self, Build};
use crate::{lan, release, services};

/// Build what changed and serve it
///
/// On a fresh Debian 12 with a Rust toolchain and Node this installs what is missing (as root by
/// apt; otherwise it says exactly what to install), builds the app, the server and the starter
/// catalogue, and serves them until Ctrl-C. The first run takes minutes, a later one seconds.
#[derive(Args)]
pub(crate) struct Up {
    /// Where to listen
    #[arg(long, env = "HNH_LISTEN", default_value = "127.0.0.1:8000")]
    listen: SocketAddr,
    /// Ask that the first page answers, then end
    #[arg(long)]
    check: bool,
    /// Serve the local network by HTTPS, for a phone in the same house
    #[arg(long, conflicts_with = "check")]
    lan: bool,
}

/// Builds and serves until the server ends.
///
/// # Errors
/// When a build fails or the address is taken.
pub(crate) fn run(options: &Up) -> Result<()> {
    let lan = options.lan.then(lan::address).transpose()?;
    let listen = match lan {
        Some(address) => SocketAddr::new(address, options.listen.port()),
        None => options.listen,
    };
    // Said at once rather than after minutes of building.
    if let Err(error) = TcpListener::bind(listen) {
        bail!("cannot listen on {listen} ({error}); choose another with --listen 127.0.0.1:8001");
    }
    let started = Instant::now();
    release::build(Build::Release)?;
    let data = folders::data();
    let certificate = lan.map(|address| lan::certificate(&data.join("lan"), address)).transpose()?;
    let server = services::server(Build::Release, listen, &data, certificate.as_ref())?;
    let ready = started.elapsed().as_secs_f64();
    if options.check {
        services::expect_page(listen)?;
        println!("\nHnH answers at http://{listen} (ready after {ready:.1} s).");
        return Ok(());
    }
    if lan.is_some() {
        let address = format!("https://{listen}");
        println!(
            "\n{}\nHnH is at {address} (ready after {ready:.1} s), for every device on this network.",
            lan::code(&address)?
        );
        println!("The certificate is this machine's own: the phone's browser asks once whether to go on.");
        println!("Ctrl-C stops it.");
        return server.finish();
    }
    println!("\nHnH is at http://{listen} (ready after {ready:.1} s). Ctrl-C stops it.");
    server.finish()
}
