//! The templates, the alarms and the bucket on an emulated AWS.

use std::net::TcpStream;
use std::process::Command;

use anyhow::Result;

use super::{REGION, k8s, tools};
use crate::folders::{self, Build};
use crate::services::{self, Service};
use crate::{release, step};

/// Creates the stacks and lets alarms ring, see `k8s/aws/try_out.py`.
///
/// # Errors
/// When a stack cannot be created or Slack is not told.
pub(super) fn try_out() -> Result<()> {
    step::run(
        Command::new("cargo").args(["build", "--quiet", "--package", "hnh-alerts"]).current_dir(folders::root()),
    )?;
    release::build(Build::Dev)?;
    let port = services::free_port()?;
    let folder = tempfile::tempdir()?;
    let log = std::fs::File::create(folder.path().join("log"))?;
    let mut emulator = services::leashed(tools::program("ministack"));
    emulator
        .env("GATEWAY_PORT", port.to_string())
        // It would listen to everybody.
        .env("BIND_HOST", "127.0.0.1")
        .env("MINISTACK_REGION", REGION)
        .env("LAMBDA_EXECUTOR", "local")
        .current_dir(folder.path())
        .stdout(log.try_clone()?)
        .stderr(log);
    let emulator = Service::start(emulator, "TERM", Some(folder))?;
    let emulator = emulator.wait_for("the emulated AWS", || TcpStream::connect(("127.0.0.1", port)).is_ok())?;
    let tried = step::run(
        Command::new(tools::program("python"))
            .arg(k8s().join("aws/try_out.py"))
            .arg(format!("http://127.0.0.1:{port}"))
            .arg(folders::program("hnh-alerts", Build::Dev))
            .arg(folders::program("hnh-server", Build::Dev))
            .arg(folders::data()),
    );
    drop(emulator);
    tried
}
