//! `hnh-server tool recipe-page`: a saved page on standard input, its recipe as JSON on standard
//! output, or one sentence on standard error and exit code 1.

use anyhow::Context;
use std::io::{Read, Write};

pub(super) fn run() -> anyhow::Result<()> {
    let mut page = Vec::new();
    // One byte past the limit, so that a page too large is told as such.
    std::io::stdin()
        .lock()
        .take(hnh_recipe_page::MAX_BYTES as u64 + 1)
        .read_to_end(&mut page)
        .context("cannot read standard input")?;
    let recipe = match hnh_recipe_page::read_bytes(&page) {
        Ok(recipe) => recipe,
        Err(error) => {
            // A page without a recipe is an answer, not a fault: no cause, no backtrace.
            eprintln!("{error}");
            std::process::exit(1);
        }
    };
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &recipe).context("cannot write standard output")?;
    writeln!(out).context("cannot write standard output")
}
