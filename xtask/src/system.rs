//! What must be installed beside Rust and Node: found by its files, installed by apt.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::step::{Step, run};

/// Something a task needs: a file that proves it is there, and Debian's package that brings it.
pub(crate) struct Need {
    /// A program looked for in `PATH`, or an absolute path.
    pub(crate) file: &'static str,
    /// The package of Debian 12.
    pub(crate) package: &'static str,
}

const fn need(file: &'static str, package: &'static str) -> Need {
    Need { file, package }
}

/// A C compiler and linker for the native crates.
pub(crate) const NATIVE: [Need; 2] = [need("cc", "build-essential"), need("pkg-config", "pkg-config")];

/// The C compiler that builds SQLite for WebAssembly.
pub(crate) const CLANG: [Need; 2] = [need("clang-19", "clang-19"), need("llvm-ar-19", "llvm-19")];

/// Debian's Rust compiler for the web, for where `rustup target add` cannot download.
pub(crate) const DEBIAN_WASM: [Need; 5] = [
    need("/usr/bin/rustc", "rustc-web"),
    need("/usr/bin/cargo", "cargo-web"),
    need("/usr/lib/rustlib/src/rust/library/std/Cargo.toml", "rust-web-src"),
    need("/usr/bin/wasm-ld-22", "lld-22"),
    need("/usr/bin/rust-lld", "rust-web-llvm"),
];

/// The linter that goes with [`DEBIAN_WASM`].
pub(crate) const DEBIAN_CLIPPY: [Need; 1] = [need("/usr/bin/cargo-clippy", "rust-web-clippy")];

/// The browser that the tests click in, with a font for Korean.
pub(crate) const BROWSER: [Need; 2] = [
    need("/usr/bin/chromium", "chromium"),
    need("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk"),
];

/// The other engines, in which the main journeys are walked.
pub(crate) const ENGINES: [Need; 3] =
    [need("firefox-esr", "firefox-esr"), need("WebKitWebDriver", "webkit2gtk-driver"), need("Xvfb", "xvfb")];

/// A C compiler for the processor of phones.
pub(crate) const CROSS: [Need; 2] = [
    need("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu"),
    need("/usr/aarch64-linux-gnu/include/stdio.h", "libc6-dev-arm64-cross"),
];

/// What makes a clean Debian to try a package in.
pub(crate) const CLEAN_ROOT: [Need; 1] = [need("mmdebstrap", "mmdebstrap")];

/// What finds a program's window, and looks away from it.
pub(crate) const WINDOWS: [Need; 1] = [need("xdotool", "xdotool")];

/// What the desktop program is built with: the web view, the tray.
pub(crate) const DESKTOP: [Need; 4] = [
    need("/usr/lib/x86_64-linux-gnu/pkgconfig/webkit2gtk-4.1.pc", "libwebkit2gtk-4.1-dev"),
    need("/usr/lib/x86_64-linux-gnu/pkgconfig/libsoup-3.0.pc", "libsoup-3.0-dev"),
    need("/usr/lib/x86_64-linux-gnu/pkgconfig/ayatana-appindicator3-0.1.pc", "libayatana-appindicator3-dev"),
    need("dbus-daemon", "dbus"),
];

/// What the checks for the cloud run on.
pub(crate) const CLOUD: [Need; 2] =
    [need("/usr/sbin/nginx", "nginx-light"), need("/usr/lib/python3.11/ensurepip/__init__.py", "python3-venv")];

/// The stand-in for a cloud's web application firewall.
pub(crate) const FIREWALL: [Need; 2] = [
    need("/usr/lib/nginx/modules/ngx_http_modsecurity_module.so", "libnginx-mod-http-modsecurity"),
    need("/usr/share/modsecurity-crs/owasp-crs.load", "modsecurity-crs"),
];

/// What builds images without an engine.
pub(crate) const IMAGES: [Need; 2] = [need("buildah", "buildah"), need("runc", "runc")];

/// The databases that tests and benches run on.
pub(crate) const SERVICES: [Need; 3] = [
    need("/usr/lib/postgresql/15/bin/initdb", "postgresql-15"),
    need("/usr/share/postgresql/15/extension/postgis.control", "postgresql-15-postgis-3"),
    need("redis-server", "redis-server"),
];

/// The packages among `needs` that are not installed.
pub(crate) fn missing(needs: &[Need]) -> Vec<&'static str> {
    needs.iter().filter(|need| !present(need.file)).map(|need| need.package).collect()
}

/// Whether a program in `PATH` or an absolute path exists.
pub(crate) fn present(file: &str) -> bool {
    if file.starts_with('/') {
        return Path::new(file).exists();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(file).is_file())
}

/// Whether this process may install packages and must give services another user.
pub(crate) fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    // /proc/self belongs to the effective user.
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// Makes sure that `needs` are installed: by apt as root, otherwise by saying what to type.
///
/// # Errors
/// When something is missing and cannot be installed from here.
pub(crate) fn ensure(needs: &[Need]) -> Result<()> {
    let packages = missing(needs);
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    let command = format!("apt-get install -y --no-install-recommends {list}");
    if !present("apt-get") {
        bail!("please install what Debian calls: {list}");
    }
    if !is_root() {
        bail!("please install what is missing, then start again:\n\n    sudo {command}\n");
    }
    let step = Step::start(format!("apt-get install {list}"));
    if apt(&["install", "-y", "--no-install-recommends"], &packages).is_err() {
        // A fresh machine has no package lists yet.
        apt(&["update"], &[])?;
        apt(&["install", "-y", "--no-install-recommends"], &packages)?;
    }
    step.done("");
    Ok(())
}

fn apt(action: &[&str], packages: &[&str]) -> Result<()> {
    run(Command::new("apt-get")
        // Two installs may meet.
        .args(["-qq", "-o", "DPkg::Lock::Timeout=500"])
        .args(action)
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Says what Node is missing, which no package of Debian 12 brings in a recent version.
///
/// # Errors
/// When `node` or `npm` is not in `PATH`.
pub(crate) fn ensure_node() -> Result<()> {
    if present("node") && present("npm") {
        return Ok(());
    }
    bail!("please install Node 20 or later with npm: https://nodejs.org/")
}
