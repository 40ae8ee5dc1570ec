//! Trains the tagger of ingredient lines from labelled ones, and says how well it reads lines that it has not seen.

#![expect(clippy::print_stdout, reason = "a program")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Parser;
use crfs::Attribute;
use crfs::train::Trainer;
use hnh_nutrition::ingredient::train::{Example, Label, example, first_amount, same_words};
use hnh_nutrition::ingredient::{Feature, Model, Reader, Tag};

/// Train the tagger of ingredient lines
#[derive(Parser)]
struct Cli {
    /// Labelled lines: CSV with input, name, quantity, unit, size, preparation, comment, purpose
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The model to write, from all lines; without it the lines are split, and the check is told
    #[arg(long)]
    write: Option<PathBuf>,
    /// Lines to check on, another book than those to learn from
    #[arg(long)]
    check: Vec<PathBuf>,
    /// How strongly weights are drawn to 0 (L1), which makes the model small
    #[arg(long, default_value_t = 0.05)]
    c1: f64,
    /// How strongly large weights are held back (L2)
    #[arg(long, default_value_t = 0.02)]
    c2: f64,
    /// Steps of the training at most
    #[arg(long, default_value_t = 120)]
    steps: usize,
    /// Show lines of the check that were read wrongly, at most so many
    #[arg(long, default_value_t = 0)]
    show: usize,
}

/// A labelled line.
struct Row {
    line: String,
    parts: [String; Tag::COUNT - 1],
}

fn read(file: &Path) -> Result<Vec<Row>> {
    let mut reader = csv::Reader::from_path(file).with_context(|| format!("cannot read {}", file.display()))?;
    let names = ["name", "quantity", "unit", "size", "preparation", "comment", "purpose"];
    let headers = reader.headers()?.clone();
    let column =
        |name: &str| headers.iter().position(|header| header == name).with_context(|| format!("no column {name}"));
    let line = column("input")?;
    let columns = names.into_iter().map(column).collect::<Result<Vec<_>>>()?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let parts = std::array::from_fn(|i| record.get(columns[i]).unwrap_or_default().to_owned());
        rows.push(Row { line: record.get(line).unwrap_or_default().replace('\n', " "), parts });
    }
    Ok(rows)
}

impl Row {
    fn label(&self) -> Label<'_> {
        Label { parts: std::array::from_fn(|i| self.parts[i].as_str()) }
    }
}

fn train(examples: &[Example], cli: &Cli) -> Result<Vec<u8>> {
    let mut trainer = Trainer::lbfgs().with_c1(cli.c1)?.with_c2(cli.c2)?.with_max_iterations(cli.steps)?;
    for example in examples {
        let items: Vec<Vec<Attribute>> = example
            .features
            .iter()
            .map(|token| token.iter().map(|feature| Attribute::new(feature.to_string(), 1.0)).collect())
            .collect();
        let tags: Vec<String> = example.tags.iter().map(|tag| (*tag as usize).to_string()).collect();
        let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
        trainer.append(&items, &tags)?;
    }
    let file = tempfile::NamedTempFile::new()?;
    trainer.train(file.path())?;
    export(&fs::read(file.path())?)
}

/// A trained field as our own file: its weights are told line by line, `(0) attribute --> label: weight`.
fn export(field: &[u8]) -> Result<Vec<u8>> {
    let mut told = Vec::new();
    crfs::Model::new(field)?.dump(&mut told)?;
    let mut features: BTreeMap<Feature, [f64; Tag::COUNT]> = BTreeMap::new();
    let mut transitions = [[0.0; Tag::COUNT]; Tag::COUNT];
    for line in String::from_utf8(told)?.lines().map(str::trim) {
        let Some((kind, rest)) = line.split_once(") ") else { continue };
        let Some((from, rest)) = rest.split_once(" --> ") else { continue };
        let Some((to, weight)) = rest.rsplit_once(": ") else { continue };
        let (to, weight): (usize, f64) = (to.trim().parse()?, weight.trim().parse()?);
        match kind {
            "(0" => features.entry(from.trim().parse()?).or_default()[to] = weight,
            "(1" => transitions[from.trim().parse::<usize>()?][to] = weight,
            _ => {}
        }
    }
    if features.is_empty() {
        bail!("the trained field tells no weights");
    }
    Ok(Model::write(&features.into_iter().collect::<Vec<_>>(), &transitions))
}

fn report(name: &str, rows: &[Row], model: &[u8], show: usize) -> Result<()> {
    let mut reader = Reader::with(Model::read(model).context("the model cannot be read")?);
    let (mut quantities, mut units, mut names, mut lines, mut shown) = (0, 0, 0, 0, 0);
    for row in rows {
        let read = reader.read(&row.line);
        let [name, quantity, unit, ..] = &row.parts;
        let (right_quantity, right_unit) = first_amount(&read, quantity, unit);
        let right_name = same_words(&read.name, name);
        quantities += usize::from(right_quantity);
        units += usize::from(right_unit);
        names += usize::from(right_name);
        let right = right_quantity && right_unit && right_name;
        lines += usize::from(right);
        if !right && shown < show {
            shown += 1;
            println!("{}\n    {quantity} | {unit} | {name}\n    {:?} | {}", row.line, read.amounts.first(), read.name);
        }
    }
    let share = |right: usize| 100.0 * right as f64 / rows.len() as f64;
    println!(
        "{name}: {} lines; quantity {:.2} %, unit {:.2} %, name {:.2} %, line {:.2} %",
        rows.len(),
        share(quantities),
        share(units),
        share(names),
        share(lines)
    );
    Ok(())
}

/// Whether a line is one to check on: one of five, by its place.
const fn is_held(i: usize) -> bool {
    i % 5 == 4
}

fn main() -> Result<()> {
    let cli = Cli::parse();
    let mut rows = Vec::new();
    for file in &cli.files {
        rows.extend(read(file)?);
    }
    let split = cli.write.is_none() && cli.check.is_empty();
    let (held, learnt): (Vec<(usize, Row)>, Vec<(usize, Row)>) =
        rows.into_iter().enumerate().partition(|(i, _)| split && is_held(*i));
    let [held, learnt] = [held, learnt].map(|rows| rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>());
    let examples: Vec<Example> = learnt.iter().filter_map(|row| example(&row.line, &row.label())).collect();
    println!("{} of {} lines to learn from", examples.len(), learnt.len());
    let model = train(&examples, &cli)?;
    println!("model: {} kB", model.len() / 1_000);
    report("learnt", &learnt, &model, 0)?;
    if !held.is_empty() {
        report("held back", &held, &model, cli.show)?;
    }
    for file in &cli.check {
        report(&file.display().to_string(), &read(file)?, &model, cli.show)?;
    }
    if let Some(file) = &cli.write {
        fs::write(file, model)?;
    }
    Ok(())
}
