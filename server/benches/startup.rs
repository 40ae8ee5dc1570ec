//! Time from starting the program to the first 200 of `/readyz`, and resident memory after it.
//!
//! Needs a built catalogue: `HNH_DATA` or `./data`. Run by `cargo bench -p hnh-server --bench startup`.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Parser;

#[derive(Parser)]
#[command(about = "Start-up time and resident memory of hnh-server serve")]
struct Flags {
    /// Folder of the data, with a built catalogue
    #[arg(long, env = "HNH_DATA", default_value = "./data")]
    data: PathBuf,

    /// Starts; the slowest counts
    #[arg(long, default_value_t = 5)]
    starts: usize,

    /// The most milliseconds to readiness
    #[arg(long, default_value_t = 300)]
    max_ms: u128,

    /// The most resident memory in MiB
    #[arg(long, default_value_t = 128)]
    max_mib: u64,

    /// Given by `cargo bench`, without meaning here
    #[arg(long, hide = true)]
    bench: bool,
}

/// Searches after readiness, so that the memory includes what serving touches.
const SEARCHES: [&str; 3] = [
    "/api/v1/restaurants?lat=37.5663&lon=126.9779&diet=vegan&open=now",
    "/api/v1/recipes?q=tofu&facets=true",
    "/api/v1/foods?q=kimchi",
];

fn main() -> Result<ExitCode> {
    let met = run(&Flags::parse())?;
    Ok(if met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn run(flags: &Flags) -> Result<bool> {
    ensure!(flags.data.join("catalog/CURRENT").is_file(), "no catalogue in {}: build one first", flags.data.display());
    let (mut slowest, mut largest) = (Duration::ZERO, 0);
    for _ in 0..flags.starts.max(1) {
        let began = Instant::now();
        let mut server = Server::start(flags)?;
        let address = server.address()?;
        while !get(address, "/readyz").is_ok_and(|status| status == 200) {
            ensure!(began.elapsed() < Duration::from_secs(30), "the server does not get ready");
            thread::sleep(Duration::from_millis(1));
        }
        let ready = began.elapsed();
        for search in SEARCHES {
            let status = get(address, search)?;
            ensure!(status == 200, "{search}: {status}");
        }
        let resident = server.resident_mib()?;
        println!("ready after {:.0} ms, {resident} MiB resident after three searches", ready.as_secs_f64() * 1_000.0);
        slowest = slowest.max(ready);
        largest = largest.max(resident);
    }
    println!(
        "slowest {} ms (at most {}), largest {largest} MiB (at most {})",
        slowest.as_millis(),
        flags.max_ms,
        flags.max_mib
    );
    Ok(slowest.as_millis() <= flags.max_ms && largest <= flags.max_mib)
}

/// A server that ends with its owner.
struct Server(Child);

impl Server {
    fn start(flags: &Flags) -> Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hnh-server"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--log", "info", "--log-format", "json", "--data"]);
        command.arg(&flags.data).stderr(Stdio::piped());
        Ok(Self(command.spawn().context("hnh-server")?))
    }

    /// The address that the log names.
    fn address(&mut self) -> Result<SocketAddr> {
        let log = BufReader::new(self.0.stderr.take().context("no log")?);
        let mut lines = log.lines();
        let address = loop {
            let line = lines.next().context("the server ended before it listened")??;
            let line: serde_json::Value = serde_json::from_str(&line)?;
            if let Some(address) = line["address"].as_str() {
                break address.parse()?;
            }
        };
        // The rest is read away, or the server would block on a full pipe.
        thread::spawn(move || lines.for_each(drop));
        Ok(address)
    }

    fn resident_mib(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id()))?;
        let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(kib.trim().trim_end_matches(" kB").parse::<u64>()? / 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// GET, reading the reply to its end.
fn get(address: SocketAddr, path: &str) -> Result<u16> {
    let mut socket = TcpStream::connect(address)?;
    write!(socket, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n")?;
    let mut reply = Vec::new();
    socket.read_to_end(&mut reply)?;
    let status = reply.get(9..12).context("no status")?;
    Ok(std::str::from_utf8(status)?.parse()?)
}
