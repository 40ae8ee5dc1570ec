//! Installs the pinned npm packages of a folder, when its lock file changed.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::fingerprint::{Fingerprint, remember, unchanged};
use crate::step::{Step, run};

/// Runs `npm ci` in `folder` unless the packages there are those of its lock file.
///
/// # Errors
/// When the lock file cannot be read or npm fails.
pub(crate) fn install(folder: &Path) -> Result<()> {
    let stamp = folder.join("node_modules/.hnh-lock");
    let hash = Fingerprint::default().path(&folder.join("package-lock.json"))?.finish();
    if unchanged(&stamp, &hash) {
        return Ok(());
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let step = Step::start(format!("npm packages of {name}/"));
    run(Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        // Debian's Chromium is used; Playwright's own need not be fetched.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(folder))?;
    remember(&stamp, &hash)?;
    step.done("");
    Ok(())
}
