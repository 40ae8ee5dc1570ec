//! The images, built by buildah: `cargo xtask cloud --images`.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::folders::{self, Build};
use crate::step::{self, Step};
use crate::{release, system};

/// The base of the first stage: made here, since no registry need be reached.
const TOOLS: &str = "localhost/debian:12";
/// The largest that each may be, in MB.
const MOST_MB: [(&str, u64); 2] = [("server", 40), ("frontend", 20)];

/// Builds both images and prints their sizes.
///
/// # Errors
/// When something is missing, an image does not build, or is too large.
pub(super) fn build() -> Result<()> {
    ensure!(system::is_root(), "buildah needs root here");
    system::ensure(&system::IMAGES)?;
    system::ensure(&system::CLEAN_ROOT)?;
    release::build(Build::Release)?;
    let root = tempfile::tempdir()?;
    base(root.path())?;
    for (name, most) in MOST_MB {
        let step = Step::start(format!("image {name}"));
        let tag = format!("localhost/hnh-{name}:dev");
        step::capture(
            buildah()
                .args(["bud", "--isolation", "chroot", "--file"])
                .arg(format!("k8s/images/{name}.Containerfile"))
                .args(["--build-arg", &format!("TOOLS={TOOLS}"), "--tag", &tag, "."])
                .current_dir(folders::root()),
        )?;
        let size = step::capture(buildah().args(["inspect", "--type", "image", "--format", "{{.Docker.Size}}", &tag]));
        let size = size.ok().and_then(|size| size.trim().parse::<u64>().ok());
        let megabytes = size.unwrap_or_default() / 1_000_000;
        step.done(format!("{megabytes} MB"));
        ensure!(megabytes < most, "the image {name} has {megabytes} MB, {most} at most");
    }
    Ok(())
}

/// Debian without anything, as the first stage's base.
fn base(folder: &Path) -> Result<()> {
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

fn buildah() -> Command {
    let mut buildah = Command::new("buildah");
    // Layers as folders work everywhere.
    buildah.env("STORAGE_DRIVER", "vfs");
    buildah
}
