//! `cargo xtask test`: all tests, as CI runs them.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::folders::{self, Build};
use crate::step::{self, Step};
use crate::{cloud, desktop, faults, npm, release, services, sim, system, wasm};

/// Run every test: Rust's, then a browser's against the built app and server
///
/// Installs what the tests need, as `up` does, and stops what it starts. The browser tests run in
/// Debian's Chromium against a server on a free port with the starter catalogue, the main journeys also in Firefox
/// and WebKit.
#[derive(Args)]
pub(crate) struct Test {
    /// Rust's tests alone; of one crate, where one is named
    #[arg(long, value_name = "CRATE", num_args = 0..=1, default_missing_value = "")]
    rust: Option<String>,
    /// The browser tests alone; of one file, where one is named
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "", conflicts_with = "rust")]
    browser: Option<String>,
    /// The desktop program's tests alone
    #[arg(long, conflicts_with_all = ["rust", "browser"])]
    desktop: bool,
    /// Every browser test in both widths and both languages, which takes twice as long
    #[arg(long, conflicts_with_all = ["rust", "desktop"])]
    everywhere: bool,
    /// Passed to Playwright, such as `--project phone`
    #[arg(last = true)]
    playwright: Vec<String>,
}

/// Runs the tests; the browser's run also after a failure of Rust's, so that one run tells all.
///
/// # Errors
/// When something does not build or a test fails.
pub(crate) fn run(options: &Test) -> Result<()> {
    system::ensure(&system::NATIVE)?;
    if options.desktop {
        return desktop::test();
    }
    let rust = if options.browser.is_some() { Ok(()) } else { rust(options.rust.as_deref().unwrap_or_default()) };
    let browser = if options.rust.is_some() {
        Ok(())
    } else {
        let file = options.browser.iter().filter(|file| !file.is_empty());
        browser(&file.chain(&options.playwright).collect::<Vec<_>>(), options.everywhere)
    };
    let whole = options.rust.is_none() && options.browser.is_none();
    let desktop = if whole { desktop::test() } else { Ok(()) };
    let cloud = if whole { cloud::check() } else { Ok(()) };
    rust.and(browser).and(desktop).and(cloud)
}

fn rust(package: &str) -> Result<()> {
    system::ensure(&system::SERVICES)?;
    // The workspace has the desktop program in it.
    system::ensure(&system::DESKTOP)?;
    let step = Step::start("Rust tests");
    let (postgres, redis) = (services::postgres()?, services::redis()?);
    let mut tests = Command::new("cargo");
    if system::present("cargo-nextest") {
        tests.args(["nextest", "run", "--no-fail-fast"]).args(wasm::NATIVE);
        if !package.is_empty() {
            // Selecting the crate by `-p` would build its dependencies again, with the features that it alone asks for.
            tests.args(["--filterset", &format!("package({package})")]);
        }
    } else {
        tests.args(["test", "--no-fail-fast", "--lib", "--bins", "--tests"]);
        if package.is_empty() {
            tests.args(wasm::NATIVE)
        } else {
            tests.args(["-p", package])
        };
    }
    tests.current_dir(folders::root());
    tests.env("HNH_TEST_POSTGRES", &postgres.url).env("HNH_TEST_REDIS", &redis.url);
    step::run(&mut tests)?;
    drop((postgres, redis));
    if package.is_empty() {
        sim::simulate(&["--seeds", "400"])?;
        faults::run()?;
    }
    if package.is_empty() {
        let mut documentation = Command::new("cargo");
        documentation.args(["test", "--quiet", "--doc"]).args(wasm::NATIVE).current_dir(folders::root());
        step::run(&mut documentation)?;
    }
    step.done("");
    Ok(())
}

fn browser(arguments: &[&String], everywhere: bool) -> Result<()> {
    system::ensure(&system::BROWSER)?;
    if arguments.is_empty() {
        system::ensure(&system::ENGINES)?;
    }
    release::build(Build::Dev)?;
    let parts = folders::app_parts();
    wasm::build_suite(&parts)?;
    let folder = folders::root().join("e2e");
    npm::install(&folder)?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, services::free_port()?));
    // A developer's own data stays untouched; the catalogue is only read.
    let data = tempfile::Builder::new().prefix("hnh-data-").tempdir()?;
    std::os::unix::fs::symlink(folders::data().join("catalog"), data.path().join("catalog"))?;
    let server = services::server(Build::Dev, address, data.path(), None)?;
    let base = format!("http://{address}");
    let step = Step::start("browser tests");
    let mut playwright = Command::new("npx");
    playwright
        .args(["--no-install", "playwright", "test"])
        .args(arguments)
        .env("BASE_URL", &base)
        .env("CORE_SUITE", parts.join("suite"))
        .env("HNH_SERVER_PROGRAM", folders::program("hnh-server", Build::Dev))
        .env("HNH_DATA", data.path())
        .current_dir(&folder);
    if everywhere {
        playwright.env("HNH_EVERYWHERE", "1");
    }
    let chromium = step::run(&mut playwright);
    step.done("");
    let engines = if arguments.is_empty() { engines(&folder, &base) } else { Ok(()) };
    drop(server);
    chromium.and(engines)
}

/// Walks the main journeys in Firefox and WebKit.
fn engines(folder: &Path, base: &str) -> Result<()> {
    println!("==> Firefox and WebKit");
    step::run(Command::new("node").arg("engines.mjs").env("BASE_URL", base).current_dir(folder))
}
