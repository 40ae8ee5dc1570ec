//! `cargo xtask package`: the desktop program as a package.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use crate::folders::{self, Build};
use crate::step::{Step, run as run_command};
use crate::{app, desktop, npm, system};

/// Make packages of the desktop program: a .deb, or what is asked for
///
/// The packages lie in `target/release/bundle`. macOS's and Windows's are made on these systems.
#[derive(Args)]
pub(crate) struct Package {
    /// Kinds as Tauri names them: deb, rpm, appimage, dmg, nsis
    #[arg(default_value = "deb")]
    kinds: Vec<String>,
    /// Install the .deb into a clean Debian 12 and start it there; needs root and Debian's mirror
    #[arg(long)]
    try_out: bool,
}

impl Default for Package {
    fn default() -> Self {
        Self { kinds: vec!["deb".into()], try_out: false }
    }
}

/// Builds the program and the app, and packs them.
///
/// # Errors
/// When something does not build, or the bundler refuses a kind.
pub(crate) fn run(options: &Package) -> Result<()> {
    app::build()?;
    let program = desktop::build(Build::Release)?;
    #[cfg(target_os = "linux")]
    run_command(Command::new("strip").arg(program))?;
    #[cfg(not(target_os = "linux"))]
    drop(program);
    stage_app()?;
    let folder = folders::root().join("src-tauri");
    npm::install(&folder)?;
    let step = Step::start(format!("packing {}", options.kinds.join(", ")));
    run_command(
        Command::new(folder.join("node_modules/.bin/tauri"))
            .args(["bundle", "--config", "package.conf.json", "--bundles", &options.kinds.join(",")])
            .current_dir(&folder),
    )?;
    step.done("");
    if options.kinds.iter().any(|kind| kind == "deb") {
        press(&packed("deb")?)?;
    }
    for kind in &options.kinds {
        let file = packed(kind)?;
        println!("    {:>10} bytes  {}", file.metadata()?.len(), file.display());
    }
    if options.try_out {
        try_out(&packed("deb")?)?;
    }
    Ok(())
}

/// Packs a `.deb` anew under the product's name and with xz, which makes it an eighth smaller than the bundler's gzip.
fn press(package: &Path) -> Result<()> {
    let contents = package.with_extension("contents");
    if contents.exists() {
        fs::remove_dir_all(&contents)?;
    }
    run_command(Command::new("dpkg-deb").arg("--raw-extract").args([package, &contents]))?;
    // The bundler makes "hn-h" of the product's name.
    let control = contents.join("DEBIAN/control");
    fs::write(&control, fs::read_to_string(&control)?.replace("Package: hn-h\n", "Package: hnh\n"))?;
    run_command(Command::new("dpkg-deb").args(["--root-owner-group", "-Zxz", "--build"]).args([&contents, package]))?;
    Ok(fs::remove_dir_all(contents)?)
}

/// Run in the clean system: what the package says of itself is valid, and its program shows a window to a new person.
const TRIAL: &str = r#"
apt-get install -y --no-install-recommends /hnh.deb >/dev/null
desktop-file-validate /usr/share/applications/*.desktop
appstreamcli validate --no-net /usr/share/metainfo/*.xml
useradd --create-home person
Xvfb :7 -screen 0 1280x850x24 >/dev/null 2>&1 &
su person -c 'DISPLAY=:7 hnh' &
DISPLAY=:7 timeout 60 xdotool search --sync --onlyvisible --name '^HnH'
pkill -x hnh
pkill -x Xvfb
wait || true
"#;

/// Installs a package into a clean Debian 12, which is gone afterwards, and starts its program.
///
/// # Errors
/// When a dependency is missing, the package's data are not valid, or no window is shown within a minute.
fn try_out(package: &Path) -> Result<()> {
    system::ensure(&system::CLEAN_ROOT)?;
    let step = Step::start("trying it out in a clean Debian 12");
    run_command(
        Command::new("mmdebstrap")
            .args(["--quiet", "--variant=apt", "--include=xvfb,xdotool,procps,desktop-file-utils,appstream"])
            .arg(format!("--customize-hook=cp '{}' \"$1/hnh.deb\"", package.display()))
            .arg(format!("--customize-hook=chroot \"$1\" sh -ec '{}'", TRIAL.replace('\'', r"'\''")))
            .args(["bookworm", "/dev/null"]),
    )?;
    step.done("its window is shown");
    Ok(())
}

/// The newest package of a kind.
///
/// # Errors
/// When none was made.
pub(crate) fn packed(kind: &str) -> Result<PathBuf> {
    let folder = folders::target().join("release/bundle").join(kind);
    let files = fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    let newest = files
        .flatten()
        .filter(|file| file.file_type().is_ok_and(|kind| kind.is_file()))
        .max_by_key(|file| file.metadata().and_then(|known| known.modified()).ok());
    newest.map(|file| file.path()).with_context(|| format!("{} holds no package", folder.display()))
}

/// Copies the built app for a program to carry: without the core for browsers, and without the compressed twins of files that
/// a server sends.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn stage_app() -> Result<()> {
    let to = folders::target().join("desktop-app");
    if to.exists() {
        fs::remove_dir_all(&to)?;
    }
    copy(&folders::app(), &to)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (name, target) = (entry.file_name(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else if !matches!(Path::new(&name).extension().and_then(|e| e.to_str()), Some("br" | "gz"))
            && !name.to_string_lossy().starts_with("worker-")
        {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
