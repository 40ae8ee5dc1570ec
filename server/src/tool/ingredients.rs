//! `hnh-server tool ingredients`.

use std::io::{BufRead, Write};

use anyhow::Context;
use hnh_nutrition::ingredient::{Amount, Ingredient, Reader};
use serde::Serialize;

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

impl From<Ingredient> for Line {
    fn from(read: Ingredient) -> Self {
        let amounts: Vec<LineAmount> = read.amounts.iter().map(LineAmount::from).collect();
        let first = amounts.first();
        Self {
            quantity: first.and_then(|amount| amount.quantity),
            quantity_max: first.and_then(|amount| amount.quantity_max),
            unit: amounts.iter().find_map(|amount| amount.unit.clone()),
            size: read.size,
            name: read.name,
            preparation: read.preparation,
            comment: read.comment,
            purpose: read.purpose,
            optional: read.optional,
            amounts,
        }
    }
}

pub(super) fn run() -> anyhow::Result<()> {
    let mut reader = Reader::default();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.context("standard input cannot be read")?;
        serde_json::to_writer(&mut out, &Line::from(reader.read(&line)))?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}
