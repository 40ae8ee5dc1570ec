//! The browser crates: which compiler builds them, then wasm-bindgen and wasm-opt.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::fingerprint::{Fingerprint, remember, unchanged};
use crate::folders;
use crate::step::{Step, capture, run};
use crate::system;

const TARGET: &str = "wasm32-unknown-unknown";

/// Packages and file names of the browser crates: cargo's name, cargo's file, our short name.
const CRATES: [(&str, &str, &str); 3] = [
    ("hnh-ui", "hnh-ui.wasm", "ui"),
    ("hnh-worker", "hnh_worker.wasm", "worker"),
    ("hnh-reader", "hnh_reader.wasm", "reader"),
];

/// The core's tests for a browser's worker, as [`CRATES`] has it.
const SUITE: (&str, &str, &str) = ("hnh-worker-suite", "hnh_worker_suite.wasm", "suite");

/// Every crate that a native test can be of: the worker exists for browsers alone, whose tests drive it.
pub(crate) const NATIVE: [&str; 5] = ["--workspace", "--exclude", "hnh-worker", "--exclude", "hnh-worker-suite"];

/// What today's rustc emits beyond the first WebAssembly and every current browser runs.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// A panic in the browser is a trap, and the core is replaced: nobody reads its words, which are a twentieth of the
/// download. Only a standard library built from its sources can do without them.
const ABORT_AT_ONCE: [&str; 2] = ["-Zunstable-options", "-Cpanic=immediate-abort"];

/// Parts of SQLite that the core never calls and every visitor would download.
const SQLITE_WITHOUT: [&str; 32] = [
    "-USQLITE_ENABLE_API_ARMOR",
    "-USQLITE_ENABLE_BYTECODE_VTAB",
    "-USQLITE_ENABLE_COLUMN_METADATA",
    "-USQLITE_ENABLE_DBPAGE_VTAB",
    "-USQLITE_ENABLE_DBSTAT_VTAB",
    "-USQLITE_ENABLE_FTS5",
    "-USQLITE_ENABLE_MATH_FUNCTIONS",
    "-USQLITE_ENABLE_OFFSET_SQL_FUNC",
    "-USQLITE_ENABLE_PREUPDATE_HOOK",
    "-USQLITE_ENABLE_RTREE",
    "-USQLITE_ENABLE_SESSION",
    "-USQLITE_ENABLE_STMTVTAB",
    "-USQLITE_ENABLE_UNKNOWN_SQL_FUNCTION",
    "-USQLITE_ENABLE_UNLOCK_NOTIFY",
    "-DSQLITE_OMIT_AUTHORIZATION",
    "-DSQLITE_OMIT_AUTOVACUUM",
    "-DSQLITE_OMIT_COMPLETE",
    "-DSQLITE_OMIT_INTEGRITY_CHECK",
    "-DSQLITE_OMIT_LOOKASIDE",
    "-DSQLITE_OMIT_WAL",
    "-DSQLITE_OMIT_COMPILEOPTION_DIAGS",
    "-DSQLITE_OMIT_DECLTYPE",
    "-DSQLITE_OMIT_DESERIALIZE",
    "-DSQLITE_OMIT_GET_TABLE",
    "-DSQLITE_OMIT_INCRBLOB",
    "-DSQLITE_OMIT_INTROSPECTION_PRAGMAS",
    "-DSQLITE_OMIT_PROGRESS_CALLBACK",
    "-DSQLITE_OMIT_TCL_VARIABLE",
    "-DSQLITE_OMIT_TRACE",
    "-DSQLITE_OMIT_UTF16",
    "-DSQLITE_DQS=0",
    "-DSQLITE_LIKE_DOESNT_MATCH_BLOBS",
];

/// Who compiles to WebAssembly.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Toolchain {
    /// The toolchain in use has the target's standard library, and its sources or not.
    Own { sources: bool },
    /// Debian's `rustc-web`, which builds the standard library from its sources.
    Debian,
}

/// Finds or installs a compiler for WebAssembly: rustup's target, or Debian's compiler where that
/// cannot be downloaded or `HNH_WASM=debian` asks for it.
///
/// # Errors
/// When neither is to be had; the message says what to install.
pub(crate) fn toolchain() -> Result<Toolchain> {
    system::ensure(&system::CLANG)?;
    if std::env::var("HNH_WASM").is_ok_and(|choice| choice == "debian") {
        system::ensure(&system::DEBIAN_WASM)?;
        return Ok(Toolchain::Debian);
    }
    if own_target_installed() {
        return Ok(Toolchain::Own { sources: own_sources() });
    }
    if system::missing(&system::DEBIAN_WASM).is_empty() {
        return Ok(Toolchain::Debian);
    }
    let step = Step::start(format!("rustup target add {TARGET}"));
    if rustup_add(["target", "add", TARGET]) {
        step.done("");
        return Ok(Toolchain::Own { sources: own_sources() });
    }
    step.done("not to be had here, taking Debian's compiler");
    system::ensure(&system::DEBIAN_WASM)?;
    Ok(Toolchain::Debian)
}

fn rustup_add(what: [&str; 3]) -> bool {
    let mut rustup = Command::new("rustup");
    rustup.args(what).env("RUSTUP_MAX_RETRIES", "1").current_dir(folders::root()).stderr(Stdio::null());
    rustup.status().is_ok_and(|status| status.success())
}

/// Whether the standard library's sources are there, or can be had.
fn own_sources() -> bool {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "sysroot"]).current_dir(folders::root());
    let manifest = "lib/rustlib/src/rust/library/std/Cargo.toml";
    capture(&mut rustc).is_ok_and(|sysroot| Path::new(sysroot.trim()).join(manifest).is_file())
        || rustup_add(["component", "add", "rust-src"])
}

fn own_target_installed() -> bool {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]).current_dir(folders::root());
    capture(&mut rustc).is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

/// A cargo command for the browser crates, such as `build` or `clippy`.
pub(crate) fn cargo(toolchain: Toolchain, subcommand: &str) -> Command {
    let mut command = match toolchain {
        Toolchain::Own { .. } => Command::new("cargo"),
        Toolchain::Debian => Command::new("/usr/bin/cargo"),
    };
    command
        .current_dir(folders::root())
        .args([subcommand, "--target", TARGET])
        // Its own folder, so that the compilers never rebuild each other's work.
        .env("CARGO_TARGET_DIR", folders::target().join("wasm"))
        .env("CFLAGS_wasm32_unknown_unknown", SQLITE_WITHOUT.join(" "))
        // SQLite is C.
        .env("CC_wasm32_unknown_unknown", "clang-19")
        .env("AR_wasm32_unknown_unknown", "llvm-ar-19");
    if toolchain != (Toolchain::Own { sources: false }) {
        command
            .arg("-Zbuild-std=std,panic_abort")
            // Building the standard library is a nightly feature that a stable compiler has too.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", ABORT_AT_ONCE.join(" "));
    }
    if toolchain == Toolchain::Debian {
        let path = std::env::var("PATH").unwrap_or_default();
        command
            .env("PATH", format!("/usr/bin:{path}"))
            .env("RUSTC", "/usr/bin/rustc")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "/usr/bin/wasm-ld-22")
            // Set by rustup's cargo for its children; Debian's has its own.
            .env_remove("RUSTUP_TOOLCHAIN")
            .env_remove("CARGO");
    }
    command
}

/// The `-p` arguments that name the browser crates and their suite.
pub(crate) fn packages() -> impl Iterator<Item = &'static str> {
    CRATES.iter().chain([&SUITE]).flat_map(|(package, ..)| ["-p", package])
}

/// Builds the browser crates; `parts` then holds `NAME/NAME.js`, `NAME/NAME.wasm` for each.
///
/// # Errors
/// When the compiler, wasm-bindgen or wasm-opt fails.
pub(crate) fn build(parts: &Path) -> Result<()> {
    let toolchain = toolchain()?;
    let step = Step::start("compiling the app to WebAssembly");
    let packages = CRATES.iter().flat_map(|(package, ..)| ["-p", package]);
    run(cargo(toolchain, "build").args(["--profile", "web"]).args(packages))?;
    step.done("");
    for (_, file, name) in CRATES {
        shrink(&built(file), name, &parts.join(name))?;
    }
    Ok(())
}

/// Builds the core's suite for a browser's worker; `parts` then holds `suite/suite.js` and `suite/suite.wasm`.
///
/// # Errors
/// As [`build`].
pub(crate) fn build_suite(parts: &Path) -> Result<()> {
    let step = Step::start("compiling the core's suite to WebAssembly");
    // Named with the others, so that their dependencies keep the features they were built with.
    run(cargo(toolchain()?, "build").args(["--profile", "web"]).args(packages()))?;
    step.done("");
    let (_, file, name) = SUITE;
    shrink(&built(file), name, &parts.join(name))
}

fn built(file: &str) -> PathBuf {
    folders::target().join("wasm").join(TARGET).join("web").join(file)
}

/// Runs wasm-bindgen and wasm-opt on one module, unless its bytes are those of the last time.
fn shrink(module: &Path, name: &str, folder: &Path) -> Result<()> {
    let stamp = folder.join("stamp");
    let hash = Fingerprint::default()
        .text(include_str!("wasm.rs"))
        .path(&folders::root().join("ui/package-lock.json"))?
        .path(module)?
        .finish();
    if unchanged(&stamp, &hash) {
        return Ok(());
    }
    let step = Step::start(format!("wasm-bindgen and wasm-opt: {name}"));
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The module's hashed address is always passed to `init`.
        .omit_default_module_path(true);
    if let Err(error) = bindgen.generate(folder) {
        bail!("wasm-bindgen failed on {}: {error:#}", module.display());
    }
    let bound = folder.join(format!("{name}_bg.wasm"));
    let optimised = folder.join(format!("{name}.wasm"));
    run(Command::new(tool("wasm-opt"))
        .arg("-Oz")
        .args(FEATURES)
        .args(["--strip-debug", "--strip-producers"])
        .arg(&bound)
        .arg("-o")
        .arg(&optimised))?;
    let size = |path: &Path| -> Result<u64> {
        let metadata = fs::metadata(path).with_context(|| format!("{} is absent", path.display()))?;
        Ok(metadata.len() / 1000)
    };
    let remark =
        format!("{} kB compiled, {} kB bound, {} kB optimised", size(module)?, size(&bound)?, size(&optimised)?);
    fs::remove_file(&bound)?;
    remember(&stamp, &hash)?;
    step.done(remark);
    Ok(())
}

/// The path of a program that npm installed for the app's build.
pub(crate) fn tool(name: &str) -> PathBuf {
    folders::root().join("ui/node_modules/.bin").join(name)
}
