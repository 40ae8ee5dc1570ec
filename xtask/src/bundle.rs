//! JavaScript, styles and fonts through esbuild, which names every output after its content.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;
use walkdir::WalkDir;

use crate::folders;
use crate::step::run;
use crate::wasm;

/// Modules that get an address of their own, relative to `ui/`; what they share becomes a chunk.
/// `@hnh/ui`, `@hnh/worker`, `@hnh/reader` and the same with `.wasm` are the compiled crates.
const MODULES: [&str; 5] = [
    "js/app.js",
    "js/worker.js",
    "js/reader.js",
    "js/map.js",
    // The map library runs its own worker from a file of its own; we name it `map-worker.js`.
    "map-worker=node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs",
];

/// Modules that the app cannot start without; `reader.js`, `map.js` with its worker and the fonts are loaded when needed.
const NEEDED_AT_START: [&str; 3] = ["app.js", "worker.js", "app.css"];

/// Browsers since 2023; older ones lack what SQLite in a worker needs anyway.
const BROWSERS: &str = "chrome111,firefox113,safari16.4";

/// One file that esbuild wrote.
pub(crate) struct Output {
    /// The name with its hash, such as `app-3J2KQ5TZ.js`.
    pub(crate) file: String,
    /// The name without it, such as `app.js`; `None` for chunks, which only modules address.
    pub(crate) name: Option<String>,
    /// Whether the app cannot start without it.
    pub(crate) core: bool,
}

#[derive(Deserialize)]
struct Metafile {
    outputs: BTreeMap<String, MetafileOutput>,
}

#[derive(Deserialize)]
struct MetafileOutput {
    #[serde(default)]
    imports: Vec<MetafileImport>,
}

#[derive(Deserialize)]
struct MetafileImport {
    path: String,
}

/// Bundles modules, styles and fonts into `folder`.
///
/// # Errors
/// When esbuild refuses something; it prints where.
pub(crate) fn bundle(parts: &Path, folder: &Path) -> Result<Vec<Output>> {
    let ui = folders::root().join("ui");
    let styles = parts.join("app.css");
    let imports: String = style_sheets()?.iter().map(|sheet| format!("@import \"{}\";\n", sheet.display())).collect();
    fs::write(&styles, imports)?;
    let fonts = parts.join("fonts.css");
    fs::copy(ui.join("node_modules/pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css"), &fonts)?;
    copy_font_files(&ui, parts)?;
    let metafile = parts.join("outputs.json");
    let mut esbuild = esbuild(parts);
    esbuild
        .args(MODULES)
        .arg(&styles)
        .arg(&fonts)
        .args(["--format=esm", "--splitting", "--legal-comments=linked"])
        .args(["--entry-names=[name]-[hash]", "--asset-names=[name]-[hash]"])
        .args(["--chunk-names=chunk-[hash]", "--public-path=/assets"])
        .args(["--loader:.wasm=file", "--loader:.woff2=file"])
        .arg(format!("--outdir={}", folder.display()))
        .arg(format!("--metafile={}", metafile.display()));
    run(&mut esbuild)?;
    let metafile = fs::read_to_string(&metafile).context("esbuild wrote no list of outputs")?;
    Ok(outputs(&serde_json::from_str(&metafile)?))
}

/// Bundles the service worker into one file that knows the version it belongs to and the address of the app's icon.
///
/// # Errors
/// When esbuild refuses something.
pub(crate) fn service_worker(parts: &Path, version: &str, icon: &str, file: &Path) -> Result<()> {
    run(esbuild(parts)
        .args(["js/sw.js", "--format=iife"])
        .arg(format!("--define:HNH_VERSION=\"{version}\""))
        .arg(format!("--define:HNH_ICON=\"{icon}\""))
        .arg(format!("--outfile={}", file.display())))
}

fn esbuild(parts: &Path) -> Command {
    let mut command = Command::new(wasm::tool("esbuild"));
    command
        .current_dir(folders::root().join("ui"))
        .args(["--bundle", "--minify", "--log-level=warning"])
        .arg(format!("--target={BROWSERS}"));
    for part in ["ui", "worker", "reader"] {
        let folder = parts.join(part);
        let folder = folder.display();
        command
            .arg(format!("--alias:@hnh/{part}={folder}/{part}.js"))
            .arg(format!("--alias:@hnh/{part}.wasm={folder}/{part}.wasm"));
    }
    command
}

/// The app's style sheets in the order of their rules: tokens, the rest of the kit, the features.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn style_sheets() -> Result<Vec<PathBuf>> {
    let ui = folders::root().join("ui");
    let tokens = ui.join("kit/tokens.css");
    let mut sheets = Vec::new();
    for folder in ["kit", "src"] {
        for entry in WalkDir::new(ui.join(folder)).sort_by_file_name() {
            let path = entry?.into_path();
            if path.extension() == Some(OsStr::new("css")) {
                sheets.push(path);
            }
        }
    }
    // The sort is stable: false comes before true.
    sheets.sort_by_key(|sheet| *sheet != tokens);
    Ok(sheets)
}

/// The font's style sheet names its files relative to itself.
fn copy_font_files(ui: &Path, parts: &Path) -> Result<()> {
    let files = parts.join("woff2-dynamic-subset");
    if files.exists() {
        return Ok(());
    }
    let folder = ui.join("node_modules/pretendard/dist/web/variable/woff2-dynamic-subset");
    fs::create_dir_all(&files)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        fs::copy(entry.path(), files.join(entry.file_name()))?;
    }
    Ok(())
}

fn outputs(metafile: &Metafile) -> Vec<Output> {
    let core = reachable(metafile);
    metafile
        .outputs
        .keys()
        .map(|path| {
            let file = file_name(path);
            Output {
                name: plain_name(file).filter(|name| name != "chunk.js"),
                core: core.contains(path.as_str()),
                file: file.to_owned(),
            }
        })
        .collect()
}

/// The outputs that the start needs, directly or through imports.
fn reachable(metafile: &Metafile) -> BTreeSet<&str> {
    let mut waiting: Vec<&str> = metafile
        .outputs
        .keys()
        .filter(|path| plain_name(file_name(path)).is_some_and(|name| NEEDED_AT_START.contains(&name.as_str())))
        .map(String::as_str)
        .collect();
    let mut found = BTreeSet::new();
    while let Some(path) = waiting.pop() {
        if found.insert(path)
            && let Some(output) = metafile.outputs.get(path)
        {
            waiting.extend(output.imports.iter().map(|import| import.path.as_str()));
        }
    }
    found
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// `app-3J2KQ5TZ.js` is `app.js`.
fn plain_name(file: &str) -> Option<String> {
    let (stem, ending) = file.rsplit_once('-')?;
    let (_, extension) = ending.split_once('.')?;
    Some(format!("{stem}.{extension}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_of_the_map_alone_is_not_core() -> Result<()> {
        let metafile: Metafile = serde_json::from_str(
            r#"{"outputs": {
                "d/app-AAAAAAAA.js": {"imports": [{"path": "d/chunk-SHARED00.js"}, {"path": "d/ui-BBBBBBBB.wasm"}]},
                "d/map-CCCCCCCC.js": {"imports": [{"path": "d/chunk-SHARED00.js"}, {"path": "d/chunk-MAPONLY0.js"}]},
                "d/chunk-SHARED00.js": {}, "d/chunk-MAPONLY0.js": {}, "d/ui-BBBBBBBB.wasm": {}
            }}"#,
        )?;
        let core: Vec<String> =
            outputs(&metafile).into_iter().filter(|output| output.core).map(|output| output.file).collect();
        assert_eq!(core, ["app-AAAAAAAA.js", "chunk-SHARED00.js", "ui-BBBBBBBB.wasm"]);
        Ok(())
    }

    #[test]
    fn names_keep_their_own_hyphens_and_dots() {
        assert_eq!(plain_name("map-worker-AAAAAAAA.js").as_deref(), Some("map-worker.js"));
        assert_eq!(plain_name("Font.subset.7-AAAAAAAA.woff2").as_deref(), Some("Font.subset.7.woff2"));
        assert_eq!(plain_name("sw.js"), None);
    }
}
