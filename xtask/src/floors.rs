//! The floors of the house: a crate's dependencies among ours lie below it. Tests and benches may look up.

use std::fs;

use anyhow::{Context, Result};

use crate::folders;

/// Every crate of ours with its folder and its floor, as `docs/ARCHITECTURE.md` draws them.
const FLOORS: [(&str, &str, u8); 15] = [
    ("hnh-domain", "crates/domain", 1),
    ("hnh-recipe-page", "crates/recipe-page", 1),
    ("hnh-hours", "crates/hours", 2),
    ("hnh-nutrition", "crates/nutrition", 2),
    ("hnh-client", "crates/client", 2),
    ("hnh-catalog", "crates/catalog", 3),
    ("hnh-ingest", "crates/ingest", 4),
    ("hnh-server", "server", 5),
    ("hnh-ui", "ui", 5),
    ("hnh-reader", "ui/reader", 5),
    ("hnh-worker", "ui/worker", 5),
    ("hnh-worker-suite", "ui/worker/suite", 5),
    ("hnh-desktop", "src-tauri", 5),
    ("hnh-mobile", "mobile", 6),
    ("hnh-sim", "crates/sim", 6),
];

/// Our crates among the dependencies of a manifest.
fn own_dependencies(manifest: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line == "[dependencies]" || line.starts_with("[target.") && line.ends_with(".dependencies]");
        } else if inside && line.starts_with("hnh-") {
            found.extend(line.split(['.', ' ', '=']).next());
        }
    }
    found
}

#[test]
fn every_crate_imports_from_floors_below_it() -> Result<()> {
    let floor = |name: &str| FLOORS.iter().find(|(known, ..)| *known == name).map(|(.., floor)| *floor);
    for (name, folder, own) in FLOORS {
        let path = folders::root().join(folder).join("Cargo.toml");
        let manifest = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{folder} is no longer {name}");
        for below in own_dependencies(&manifest) {
            let below_floor = floor(below).with_context(|| format!("{below} has no floor"))?;
            assert!(below_floor < own, "{name} on floor {own} imports {below} on floor {below_floor}");
        }
    }
    Ok(())
}

#[test]
fn every_crate_has_a_floor() -> Result<()> {
    for entry in fs::read_dir(folders::root().join("crates"))? {
        let folder = format!("crates/{}", entry?.file_name().to_string_lossy());
        assert!(FLOORS.iter().any(|(_, known, _)| *known == folder), "{folder} has no floor");
    }
    Ok(())
}
