//! `cargo xtask test`: all tests, as CI runs them.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::step::{self, Step};
use crate::{folders, npm, release, services, system};

/// Run every test: Rust's, then a browser's against the built app and server
///
/// Installs what the tests need, as `up` does, and stops what it starts. The browser tests run in
/// Debian's Chromium against a release server on a free port with the starter catalogue.
#[derive(Args)]
pub(crate) struct Test {
    /// Leave out the browser tests
    #[arg(long, conflicts_with = "browser_only")]
    rust_only: bool,
    /// Run the browser tests alone
    #[arg(long)]
    browser_only: bool,
    /// Passed to Playwright, such as a file name or `--project phone`
    #[arg(last = true)]
    playwright: Vec<String>,
}

/// Runs the tests; the browser's run also after a failure of Rust's, so that one run tells all.
///
/// # Errors
/// When something does not build or a test fails.
pub(crate) fn run(options: &Test) -> Result<()> {
    system::ensure(&system::NATIVE)?;
    let rust = if options.browser_only { Ok(()) } else { rust() };
    let browser = if options.rust_only { Ok(()) } else { browser(&options.playwright) };
    rust.and(browser)
}

fn rust() -> Result<()> {
    system::ensure(&system::SERVICES)?;
    let step = Step::start("Rust tests");
    let (postgres, redis) = (services::postgres()?, services::redis()?);
    // The worker exists for browsers alone; their tests drive it.
    let selection = ["--workspace", "--exclude", "hnh-worker"];
    let nextest = system::present("cargo-nextest");
    let mut tests = Command::new("cargo");
    if nextest {
        tests.args(["nextest", "run", "--no-fail-fast"]);
    } else {
        tests.args(["test", "--no-fail-fast", "--lib", "--bins", "--tests"]);
    }
    tests.args(selection).current_dir(folders::root());
    tests.env("HNH_TEST_POSTGRES", &postgres.url).env("HNH_TEST_REDIS", &redis.url);
    step::run(&mut tests)?;
    drop((postgres, redis));
    step::run(Command::new("cargo").args(["test", "--quiet", "--doc"]).args(selection).current_dir(folders::root()))?;
    step.done("");
    Ok(())
}

fn browser(arguments: &[String]) -> Result<()> {
    system::ensure(&system::BROWSER)?;
    release::build()?;
    let folder = folders::root().join("e2e");
    npm::install(&folder)?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, services::free_port()?));
    // A developer's own data stays untouched; the catalogue is only read.
    let data = tempfile::Builder::new().prefix("hnh-data-").tempdir()?;
    std::os::unix::fs::symlink(folders::data().join("catalog"), data.path().join("catalog"))?;
    let server = services::server(address, data.path())?;
    println!("==> browser tests");
    let result = step::run(
        Command::new("npx")
            .args(["--no-install", "playwright", "test"])
            .args(arguments)
            .env("BASE_URL", format!("http://{address}"))
            .current_dir(folder),
    );
    drop(server);
    result
}
