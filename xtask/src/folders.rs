//! Where things are: the repository, the build folder and what this program keeps in it.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        // `cargo run` tells it anew: checkouts that share a build folder also share this program.
        let own = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        // xtask/ lies directly below the root.
        Path::new(&own).parent().unwrap_or(Path::new(".")).to_path_buf()
    });
    &ROOT
}

/// Cargo's build folder: the one this very program was built into.
pub(crate) fn target() -> PathBuf {
    std::env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.parent()?.to_path_buf()))
        .unwrap_or_else(|| root().join("target"))
}

/// The finished app, as the server is given it by `HNH_APP`.
pub(crate) fn app() -> PathBuf {
    target().join("app")
}

/// What the app is bundled from, and the core's suite.
pub(crate) fn app_parts() -> PathBuf {
    target().join("app-parts")
}

/// The data of the developer's server, the server's own default; its catalogue is in `catalog`.
pub(crate) fn data() -> PathBuf {
    root().join("data")
}

/// Which build of the server is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Build {
    /// As people run it.
    Release,
    /// As the tests build it anyway: no second build of everything, and seconds after a change.
    Dev,
}

/// A program of the workspace: `hnh-server` or, for the desktop, `hnh`.
pub(crate) fn program(name: &str, build: Build) -> PathBuf {
    let profile = match build {
        Build::Release => "release",
        Build::Dev => "debug",
    };
    target().join(profile).join(name)
}
