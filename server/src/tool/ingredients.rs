//! `hnh-server tool ingredients`.

use std::io::{BufRead, Write};
use std::path::PathBuf;

use anyhow::Context;
use hnh_ingest::starter::Starter;
use hnh_nutrition::ingredient::{Amount, Ingredient, Reader};
use hnh_nutrition::{Missing, Tables};
use serde::Serialize;

use super::recipe::tables;

/// Where the foods are.
#[derive(clap::Args)]
pub struct Args {
    /// The starter catalogue's folder, which has the foods
    #[arg(long)]
    starter: Option<PathBuf>,
}

/// What is printed for a line.
#[derive(Serialize)]
struct Line {
    /// The first number.
    quantity: Option<f64>,
    /// The upper end of the first range.
    quantity_max: Option<f64>,
    /// The first unit, in the singular.
    unit: Option<String>,
    size: Option<String>,
    name: String,
    preparation: Option<String>,
    comment: Option<String>,
    purpose: Option<String>,
    optional: bool,
    /// All amounts in their order.
    amounts: Vec<LineAmount>,
    /// The food that is meant.
    food: Option<LineFood>,
    grams: Option<f64>,
    /// Why there is no weight, or no food.
    why: Option<&'static str>,
}

/// A food of the table of names.
#[derive(Serialize)]
struct LineFood {
    id: &'static str,
    /// What its figures are of; none where it has none.
    name: Option<String>,
}

/// A number and its unit.
#[derive(Serialize)]
struct LineAmount {
    quantity: Option<f64>,
    quantity_max: Option<f64>,
    unit: Option<String>,
}

/// Rounded to what a cook can tell apart.
fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

impl From<&Amount> for LineAmount {
    fn from(amount: &Amount) -> Self {
        Self {
            quantity: amount.quantity.map(rounded),
            quantity_max: amount.quantity_max.map(rounded),
            unit: Some(amount.unit_singular()).filter(|unit| !unit.is_empty()),
        }
    }
}

impl Line {
    fn new(text: &str, reader: &mut Reader, tables: &Tables) -> Self {
        let line = hnh_nutrition::Line::read(text, reader, tables);
        let why = line.missing().map(Missing::words);
        let name = line.food.and_then(|food| food.name.en.clone().or_else(|| food.name.ko.clone()));
        let food = line.key.map(|id| LineFood { id, name });
        let grams = line.grams.ok().map(rounded);
        let Ingredient { amounts, size, name, preparation, comment, purpose, optional } = line.read;
        let amounts: Vec<LineAmount> = amounts.iter().map(LineAmount::from).collect();
        let first = amounts.first();
        Self {
            quantity: first.and_then(|amount| amount.quantity),
            quantity_max: first.and_then(|amount| amount.quantity_max),
            unit: amounts.iter().find_map(|amount| amount.unit.clone()),
            size,
            name,
            preparation,
            comment,
            purpose,
            optional,
            amounts,
            food,
            grams,
            why,
        }
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let tables = tables(&Starter::find(args.starter.as_deref())?)?;
    let mut reader = Reader::default();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.context("standard input cannot be read")?;
        serde_json::to_writer(&mut out, &Line::new(&line, &mut reader, &tables))?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}
