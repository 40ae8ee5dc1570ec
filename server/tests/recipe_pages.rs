//! Saved recipe pages of many publishers, scored field by field against what they are known to
//! state. The pages are theirs and stay out of this repository: they are read from the reference
//! data beside the workspace (`HNH_SHARED` names another place); where they or Python are absent,
//! the test says so and passes.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The least share of fields, in percent, that must be read right.
const LEAST: f64 = 98.0;

#[test]
fn fields_of_saved_pages() {
    let shared = std::env::var_os("HNH_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"), PathBuf::from);
    let script = shared.join("../tools/score_pages.py");
    let pages = shared.join("tests/recipe_pages/pages.tar.xz");
    if !script.exists() || !pages.exists() {
        eprintln!("skipped: {} is absent", pages.display());
        return;
    }
    let run = Command::new("python3")
        .args([&script, &pages])
        .arg(env!("CARGO_BIN_EXE_hnh-server"))
        .args(["tool", "recipe-page"])
        .output();
    let Ok(run) = run else {
        eprintln!("skipped: python3 is absent");
        return;
    };
    let report = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{report}{}", String::from_utf8_lossy(&run.stderr));
    let score = report
        .rsplit_once("all fields ")
        .and_then(|(_, rest)| rest.split_whitespace().next()?.parse::<f64>().ok())
        .expect("the script ends with the score of all fields");
    assert!(score >= LEAST, "{report}");
}
