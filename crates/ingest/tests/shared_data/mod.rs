//! Where the reference data lies that is too large, or not ours, to be kept in this repository.

use std::path::{Path, PathBuf};

/// A file of the reference data: under `HNH_SHARED`, else in `shared/data` beside the workspace. Says in
/// one line that a test is skipped where it is absent.
pub(crate) fn file(path: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("HNH_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let file = shared.join(path);
    if !file.exists() {
        eprintln!("skipped: {} is absent", file.display());
        return None;
    }
    Some(file)
}
