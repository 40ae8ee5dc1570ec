//! The images, built by buildah, and the server started from its own.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::folders::{self, Build};
use crate::step::{self, Step};
use crate::{release, system};

/// The base of the first stage: made here, since no registry need be reached.
const TOOLS: &str = "localhost/debian:12";
/// The largest that each may be in release, in MB.
const MOST_MB: [(&str, u64); 2] = [("server", 75), ("frontend", 35)];

/// Builds both images of the tests' build, and starts the server from its own.
///
/// # Errors
/// When something is missing or an image does not build or start.
pub(super) fn try_out() -> Result<()> {
    if !system::is_root() {
        println!("    skipped: images are built by root");
        return Ok(());
    }
    system::ensure(&system::IMAGES)?;
    system::ensure(&system::CLEAN_ROOT)?;
    let folder = tempfile::tempdir()?;
    if let Err(error) = base(folder.path()) {
        println!("    skipped: a clean Debian cannot be made here: {error:#}");
        return Ok(());
    }
    build(Build::Dev)
}

/// Builds both images and prints their sizes.
///
/// # Errors
/// As [`try_out`], or when a released image is too large.
pub(super) fn build(build: Build) -> Result<()> {
    ensure!(system::is_root(), "images are built by root");
    system::ensure(&system::IMAGES)?;
    system::ensure(&system::CLEAN_ROOT)?;
    release::build(build)?;
    let context = context(build)?;
    base(context.path())?;
    for (name, most) in MOST_MB {
        let tag = format!("localhost/hnh-{name}:dev");
        step::capture(
            buildah()
                .args(["bud", "--isolation", "chroot", "--file"])
                .arg(format!("k8s/images/{name}.Containerfile"))
                .args(["--build-arg", &format!("TOOLS={TOOLS}"), "--tag", &tag, "."])
                .current_dir(context.path()),
        )?;
        let megabytes = size(&tag)?;
        println!("    {name}: {megabytes} MB");
        ensure!(build == Build::Dev || megabytes <= most, "the image {name} has {megabytes} MB, {most} at most");
    }
    start()
}

/// What the Containerfiles copy, at the places where a developer's clone has it.
fn context(build: Build) -> Result<TempDir> {
    let folder = tempfile::Builder::new().prefix("hnh-images-").tempdir()?;
    let copy = |from: &Path, to: &str| -> Result<()> {
        let to = folder.path().join(to);
        fs::create_dir_all(to.parent().context("a file without a folder")?)?;
        step::run(Command::new("cp").args(["-a", "--"]).arg(from).arg(to))
    };
    copy(&folders::program("hnh-server", build), "target/release/hnh-server")?;
    copy(&folders::app(), "target/app")?;
    copy(&folders::root().join("crates/ingest/starter"), "crates/ingest/starter")?;
    copy(&folders::root().join("k8s/images"), "k8s/images")?;
    Ok(folder)
}

/// Debian without anything, as the first stage's base.
fn base(folder: &Path) -> Result<()> {
    if step::capture(buildah().args(["images", "--quiet", TOOLS])).is_ok() {
        return Ok(());
    }
    let step = Step::start("a clean Debian");
    let archive = folder.join("debian.tar");
    step::capture(Command::new("mmdebstrap").args(["--variant=minbase", "--quiet", "bookworm"]).arg(&archive))?;
    let container = step::capture(buildah().args(["from", "scratch"]))?;
    let container = container.trim();
    step::capture(buildah().args(["add", container]).arg(&archive).arg("/"))?;
    step::capture(buildah().args(["commit", "--rm", container, TOOLS]))?;
    step.done("");
    Ok(())
}

/// An image's size in MB, its layers unpacked.
fn size(tag: &str) -> Result<u64> {
    let listed = step::capture(buildah().args(["images", "--json", tag]))?;
    let listed: serde_json::Value = serde_json::from_str(&listed)?;
    let size = listed[0]["size"].as_str().context("buildah tells no size")?;
    let (number, unit) = size.split_once(' ').context("a size without a unit")?;
    let number: f64 = number.parse()?;
    Ok(if unit == "GB" { number * 1_000.0 } else { number } as u64)
}

/// Runs the server's program in its image as the image's user: it must find all that it needs there.
fn start() -> Result<()> {
    let container = step::capture(buildah().args(["from", "localhost/hnh-server:dev"]))?;
    let run = |arguments: &[&str]| {
        let mut run = buildah();
        run.args(["run", "--isolation", "chroot", container.trim(), "--", "/usr/bin/hnh-server"]).args(arguments);
        step::capture(&mut run)
    };
    let ran = run(&["--version"]).and_then(|version| {
        println!("    {} runs in its image", version.trim());
        run(&["catalog", "build"])
    });
    step::capture(buildah().args(["rm", container.trim()]))?;
    ran.map(drop)
}

fn buildah() -> Command {
    let mut buildah = Command::new("buildah");
    // Layers as folders work everywhere; what it warns of concerns networks, which nothing here has.
    buildah.args(["--log-level", "error"]).env("STORAGE_DRIVER", "vfs");
    buildah
}
