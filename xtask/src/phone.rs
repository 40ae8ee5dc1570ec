//! `cargo xtask phone` and `cargo xtask check-android`: the program for phones.

use std::process::Command;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::folders;
use crate::step::{Step, run as run_command};
use crate::system;
use crate::{app, npm, package};

/// The target that nearly all phones with Android are.
const ANDROID: &str = "aarch64-linux-android";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum System {
    /// An APK and an AAB; needs Android's SDK and NDK (`ANDROID_HOME`, `NDK_HOME`)
    Android,
    /// An app for iPhones; needs macOS with Xcode
    Ios,
}

/// Build the program for phones
///
/// The app is built first and goes into the program. See docs/phones.md.
#[derive(Args)]
pub(crate) struct Phone {
    /// For which phones
    system: System,
    /// Passed to Tauri's builder, such as `--debug`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Builds the app and the program around it.
///
/// # Errors
/// When a tool of the system is missing or a build fails.
pub(crate) fn run(options: &Phone) -> Result<()> {
    app::build()?;
    package::stage_app()?;
    let folder = folders::root().join("mobile");
    npm::install(&folder)?;
    let tauri = |arguments: &[&str]| {
        let mut command = Command::new(folder.join("node_modules/.bin/tauri"));
        command.args(arguments).current_dir(&folder);
        command
    };
    match options.system {
        System::Android => run_command(tauri(&["android", "build", "--apk", "--aab"]).args(&options.arguments)),
        System::Ios => {
            // Xcode's project is made from the configuration, which is what the repository keeps.
            run_command(&mut tauri(&["ios", "init", "--ci"]))?;
            run_command(tauri(&["ios", "build"]).args(&options.arguments))
        }
    }
}

/// Checks the types of the whole program for Android, without Android's SDK.
///
/// # Errors
/// When the target cannot be had, or it does not compile.
pub(crate) fn check_android() -> Result<()> {
    system::ensure(&system::NATIVE)?;
    // C is only compiled, never linked: the compiler for the same processor will do.
    system::ensure(&system::CROSS)?;
    run_command(Command::new("rustup").args(["target", "add", ANDROID]).current_dir(folders::root()))?;
    app::build()?;
    package::stage_app()?;
    let step = Step::start(format!("checking the phone's program for {ANDROID}"));
    run_command(
        Command::new("cargo")
            .args(["check", "-p", "hnh-mobile", "--target", ANDROID])
            .env("CC_aarch64_linux_android", "aarch64-linux-gnu-gcc")
            .env("AR_aarch64_linux_android", "aarch64-linux-gnu-ar")
            .env("CFLAGS_aarch64_linux_android", "-D_GNU_SOURCE -g0")
            .current_dir(folders::root()),
    )?;
    step.done("");
    Ok(())
}
