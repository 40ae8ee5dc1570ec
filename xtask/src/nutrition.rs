//! `cargo xtask nutrition-report`: how far computed figures are from stated ones.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::{folders, step};

/// Compares, on the reference data beside the repository (or in `$HNH_SHARED`); without it there is nothing to compare with.
///
/// # Errors
/// When the report does not build or the data cannot be read.
pub(crate) fn report() -> Result<()> {
    let shared = std::env::var_os("HNH_SHARED").map_or_else(|| folders::root().join("../shared/data"), PathBuf::from);
    let cookrcp = shared.join("recipes/mfds/COOKRCP01.json");
    if !cookrcp.exists() {
        println!("skipped: there is no reference data in {}", shared.display());
        return Ok(());
    }
    let pages = tempfile::tempdir()?;
    let archive = shared.join("tests/recipe_pages/pages.tar.xz");
    step::run(Command::new("tar").arg("-xJf").arg(archive).arg("-C").arg(pages.path()))?;
    let mut report = Command::new("cargo");
    report.args(["run", "--release", "-p", "hnh-ingest", "--example", "nutrition-report", "--", "--cookrcp"]);
    report.arg(std::path::absolute(cookrcp)?).arg("--pages").arg(pages.path());
    step::run(report.current_dir(folders::root()))
}
