//! Progress in plain lines: what runs, how long it took, and the words of what failed.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

/// One visible piece of work; says its name at the start and its time at the end.
pub(crate) struct Step {
    name: String,
    started: Instant,
}

impl Step {
    /// Prints the name and starts the clock.
    pub(crate) fn start(name: impl Into<String>) -> Self {
        let name = name.into();
        println!("==> {name}");
        Self { name, started: Instant::now() }
    }

    /// Prints the time taken, with a remark where there is something to say.
    pub(crate) fn done(self, remark: impl AsRef<str>) {
        let seconds = self.started.elapsed().as_secs_f64();
        let remark = remark.as_ref();
        let separator = if remark.is_empty() { "" } else { ": " };
        println!("    {} ({seconds:.1} s){separator}{remark}", self.name);
    }
}

/// A check of its own.
pub(crate) type Action = fn() -> Result<()>;

/// Runs all of some checks, also after a failure, so that one run tells all.
///
/// # Errors
/// Names the checks that failed; what they said is printed.
pub(crate) fn run_all(checks: &[(&str, Action)]) -> Result<()> {
    let mut failed = Vec::new();
    for (name, check) in checks {
        let step = Step::start(*name);
        match check() {
            Ok(()) => step.done(""),
            Err(error) => {
                eprintln!("{error:#}");
                failed.push(*name);
            }
        }
    }
    ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
    Ok(())
}

/// The command as one would type it, for messages.
pub(crate) fn shown(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs a command whose output goes straight to the terminal.
///
/// # Errors
/// When it cannot be started or ends with another status than 0.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed with {status}", shown(command));
    }
    Ok(())
}

/// Runs a command silently and returns its standard output; a failure carries its standard error.
///
/// # Errors
/// As [`run`], or when the output is not UTF-8.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !output.status.success() {
        bail!(
            "`{}` failed with {}\n{}",
            shown(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim_end()
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` printed something else than text", shown(command)))
}
