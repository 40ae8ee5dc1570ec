//! `cargo xtask train-ingredients`: makes the tagger of ingredient lines anew.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::{folders, step};

/// Train the tagger of ingredient lines from labelled ones
///
/// Without --check-only the model of the repository is written, from all lines. The same lines make the same model.
#[derive(Args)]
pub(crate) struct TrainIngredients {
    /// Labelled lines: CSV with input, name, quantity, unit, size, preparation, comment, purpose
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Split the lines, learn from four of five and say how well the fifth is read; nothing is written
    #[arg(long)]
    check_only: bool,
}

/// Trains.
///
/// # Errors
/// When the lines cannot be read or the model cannot be written.
pub(crate) fn run(options: &TrainIngredients) -> Result<()> {
    let mut train = Command::new("cargo");
    train.args([
        "run",
        "--release",
        "-p",
        "hnh-nutrition",
        "--features",
        "train",
        "--bin",
        "hnh-train-ingredients",
        "--",
    ]);
    for file in &options.files {
        // Cargo runs it in the workspace's folder.
        train.arg(std::path::absolute(file)?);
    }
    if !options.check_only {
        train.arg("--write").arg(folders::root().join("crates/nutrition/model/ingredients.bin"));
    }
    step::run(train.current_dir(folders::root()))
}
