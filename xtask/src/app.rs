//! Builds the app into a folder of static files that the server, or any web server, can give out.
//!
//! Everything below `assets/` is named by its content and may be cached for ever; `index.html`,
//! `sw.js`, `manifest.webmanifest` and `assets.json` keep their names and must be asked for again.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Serialize;
use walkdir::WalkDir;

use crate::assets::{Addresses, Asset, When, compress, fill, hashed_name};
use crate::bundle;
use crate::fingerprint::{Fingerprint, content_hash, remember, unchanged};
use crate::folders;
use crate::npm;
use crate::sizes;
use crate::step::Step;
use crate::system;
use crate::wasm;

/// What the bundle depends on beside the compiled crates, relative to the root.
const SOURCES: [&str; 6] = ["ui/assets", "ui/index.html", "ui/js", "ui/kit", "ui/package-lock.json", "xtask/src"];

/// The list that the service worker reads.
#[derive(Serialize)]
struct AssetList<'list> {
    version: &'list str,
    files: &'list [Asset],
}

/// Builds whatever changed and returns the finished folder.
///
/// # Errors
/// When a tool is missing or fails, or a source names a file that does not exist.
pub(crate) fn build() -> Result<PathBuf> {
    system::ensure_node()?;
    npm::install(&folders::root().join("ui"))?;
    let parts = folders::app_parts();
    fs::create_dir_all(&parts)?;
    wasm::build(&parts)?;

    let finished = folders::app();
    let stamp = parts.join("stamp");
    let hash = fingerprint(&parts)?;
    if finished.exists() && unchanged(&stamp, &hash) {
        return Ok(finished);
    }
    let step = Step::start("bundling the app");
    let fresh = folders::target().join("app-unfinished");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    let assets = assemble(&parts, &fresh)?;
    let files = files_in(&fresh)?;
    let measured = compress(&files, &parts.join("compressed"))?;
    if finished.exists() {
        fs::remove_dir_all(&finished)?;
    }
    fs::rename(&fresh, &finished)?;
    remember(&stamp, &hash)?;
    step.done(finished.display().to_string());
    sizes::print(&fresh, &assets, &measured);
    Ok(finished)
}

fn fingerprint(parts: &Path) -> Result<String> {
    let mut fingerprint = Fingerprint::default();
    for part in ["ui", "worker", "reader"] {
        fingerprint = fingerprint.path(&parts.join(part))?;
    }
    for source in SOURCES {
        fingerprint = fingerprint.path(&folders::root().join(source))?;
    }
    for sheet in bundle::style_sheets()? {
        fingerprint = fingerprint.path(&sheet)?;
    }
    Ok(fingerprint.finish())
}

/// Writes all files uncompressed into `folder`.
fn assemble(parts: &Path, folder: &Path) -> Result<Vec<Asset>> {
    let ui = folders::root().join("ui");
    let mut assets = Vec::new();
    let mut addresses = Addresses::new();

    let bundled = folder.join("assets");
    for output in bundle::bundle(parts, &bundled)? {
        let content = fs::read(bundled.join(&output.file))?;
        let path = format!("/assets/{}", output.file);
        let when = when(&output);
        if when != When::Use
            && let Some(name) = output.name
        {
            addresses.insert(name, path.clone());
        }
        assets.push(asset(path, &content, when));
    }
    for own in files_in(&ui.join("assets"))? {
        let name = own.strip_prefix(ui.join("assets"))?.display().to_string();
        if name == "manifest.webmanifest" {
            continue;
        }
        let content = fs::read(&own)?;
        let hashed = hashed_name(&name, &content);
        let file = bundled.join(&hashed);
        fs::create_dir_all(file.parent().unwrap_or(&bundled))?;
        fs::write(file, &content)?;
        let path = format!("/assets/{hashed}");
        addresses.insert(name.clone(), path.clone());
        let when = match name.split('/').next() {
            Some("geo") => When::Idle,
            // The pictures are for the system that the app is put on.
            Some("icons") if name.ends_with(".png") => When::Use,
            _ => When::Install,
        };
        assets.push(asset(path, &content, when));
    }
    // The font's licence asks to travel with it.
    fs::copy(ui.join("node_modules/pretendard/dist/LICENSE.txt"), bundled.join("PRETENDARD-LICENSE.txt"))?;

    let mut version = String::new();
    for (source, name) in
        [(ui.join("index.html"), "index.html"), (ui.join("assets/manifest.webmanifest"), "manifest.webmanifest")]
    {
        let template = fs::read_to_string(&source).with_context(|| format!("cannot read {}", source.display()))?;
        let text = fill(&template, &addresses).with_context(|| format!("in {name}"))?;
        version.push_str(&content_hash(text.as_bytes()));
        fs::write(folder.join(name), text)?;
    }
    for asset in &assets {
        version.push_str(&asset.hash);
    }
    let version = &content_hash(version.as_bytes())[..16];
    let icon = addresses.get("icons/icon-192.png").context("ui/assets/icons/icon-192.png is missing")?;
    bundle::service_worker(parts, version, icon, &folder.join("sw.js"))?;
    let list = AssetList { version, files: &assets };
    fs::write(folder.join("assets.json"), serde_json::to_string(&list)?)?;
    Ok(assets)
}

fn when(output: &bundle::Output) -> When {
    if output.file.ends_with(".woff2") || output.file.ends_with(".txt") {
        When::Use
    } else if output.core {
        When::Install
    } else {
        When::Idle
    }
}

fn asset(path: String, content: &[u8], when: When) -> Asset {
    Asset { path, hash: content_hash(content), size: content.len(), when }
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}
