//! Recipes among 2.2 million: ours beside PostgreSQL's full text and SQLite's FTS5.
//!
//! The recipes are the reference data's, recombined: titles, ingredients and steps of real ones, with
//! amounts and labels drawn at random, seeded. All answer the same questions in one run, each on one
//! core. Run it by `cargo xtask bench recipes [-- --rows N --queries N]`, which starts PostgreSQL; its
//! address comes in `HNH_BENCH_PG`, and without one it is left out.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

mod corpus;
mod fts5;
mod measure;
mod ours;
mod postgres_text;
mod questions;

use anyhow::{Context, Result, ensure};
use clap::Parser;

use corpus::Corpus;
use measure::{HEADING, line, megabytes};
use ours::Ours;
use questions::{Answer, Question};

/// The goal: our slowest of a hundred on one core, in milliseconds.
const P99_MS: f64 = 10.0;

/// How many questions a rival is asked: it is slow enough that fewer tell as much.
const RIVAL_QUESTIONS: usize = 300;

/// Another system with the same recipes.
trait Rival {
    /// What it is and how it is used, for the table.
    fn name(&self) -> &str;
    /// Answers a question: the total and the first cards.
    fn answer(&mut self, question: &Question) -> Result<Answer>;
    /// How much it stores, for the summary.
    fn disk(&mut self) -> Result<String>;
}

/// Starts a rival; none where it cannot be had.
type Start = fn(&Corpus) -> Result<Option<Box<dyn Rival>>>;

#[derive(Parser)]
struct Flags {
    /// Recipes to make
    #[arg(long, default_value_t = 2_200_000, value_parser = clap::value_parser!(u32).range(1..))]
    rows: u32,

    /// Questions of each kind to ask
    #[arg(long, default_value_t = 4_000, value_parser = clap::value_parser!(u32).range(1..))]
    queries: u32,

    /// Given by `cargo bench`, without meaning here
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let flags = Flags::parse();
    let Some(corpus) = Corpus::read(flags.rows)? else { return Ok(()) };
    run(&corpus, flags.queries as usize)
}

fn run(corpus: &Corpus, asked: usize) -> Result<()> {
    println!("{} recipes made of {} real ones", corpus.rows, corpus.originals());
    println!(
        "words, filtered: 1 to 3 chips, Korean and English, most with allergies to avoid and a range of kcal, any sort"
    );
    println!("each search counts with the best of its three rounds, for the machine does other things too");
    println!("typed oddly:     the same by initial consonants (ㄱㅊ) or with a typo\n");
    let ours = Ours::build(corpus)?;
    let questions = questions::make(asked);
    println!("{HEADING}");
    let (plain, answers) = ours.measure(&questions, false)?;
    println!("{}", line("HnH with totals", &plain, None));
    let (faceted, _) = ours.measure(&questions, true)?;
    println!("{}", line("HnH with totals and facet counts", &faceted, None));
    let (odd, _) = ours.measure(&questions::typed_oddly(asked), false)?;
    println!("{}", line("HnH with totals, typed oddly", &odd, None));

    let mut disks = Vec::new();
    let rivals: [(&str, Start); 2] = [("PostgreSQL", postgres_text::start), ("SQLite", fts5::start)];
    for (name, start) in rivals {
        let Some(mut rival) = start(corpus).with_context(|| format!("{name} cannot be measured"))? else { continue };
        let few = &questions[..questions.len().min(RIVAL_QUESTIONS)];
        let (theirs, their_answers) = measure::ask(few, |question| rival.answer(question))?;
        println!("{}", line(rival.name(), &theirs, Some(&plain)));
        // Korean words are found by parts here, by their beginning there: only the others must agree.
        let same: Vec<_> =
            few.iter().zip(&answers).zip(&their_answers).filter(|((question, _), _)| question.is_exact()).collect();
        for ((question, ours), theirs) in &same {
            ensure!(ours == theirs, "{name} and ours differ on {question:?}: {theirs:?}, ours {ours:?}");
        }
        let disk = rival.disk()?;
        disks.push(format!("{}: {disk}; {} answers compared, all equal", rival.name(), same.len()));
    }
    println!("\nHnH: {}", ours.summary);
    disks.iter().for_each(|disk| println!("{disk}"));
    println!(
        "most memory of this program, the making of the recipes and mapped pages included: {:.0} MB",
        megabytes("VmHWM:")?
    );
    ensure!(plain.p99_ms < P99_MS, "goal missed: p99 is {:.1} ms; the goal is below {P99_MS} ms", plain.p99_ms);
    Ok(())
}
