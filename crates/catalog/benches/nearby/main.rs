//! Nearest places among 2.5 million: ours beside PostGIS, Redis and SQLite's R*Tree.
//!
//! All search the same points in one run: the world file's places, copied with jitter, seeded. Run it
//! by `cargo xtask bench nearby [-- --rows N --queries N]`, which starts the services; their addresses
//! come in `HNH_BENCH_PG` and `HNH_BENCH_REDIS`, and a rival without one is left out.
//!
//! PostgreSQL and Redis are asked over 8 connections and may use all cores; they are compared with
//! ours asked by as many threads. SQLite, asked on one thread, is compared with ours on one.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

mod measure;
mod ours;
mod postgis;
mod redis_geo;
mod sqlite_rtree;
mod world;

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Parser;

use measure::{Measured, line};
use world::{Answer, Question, World};

/// Askers at once of what may use all cores.
const CONNECTIONS: usize = 8;

/// The goal: queries a second of ours over PostGIS's, both filtered and with [`CONNECTIONS`] askers.
const RATIO: f64 = 20.0;

/// The goal: our slowest of a hundred, filtered, in microseconds.
const P99_US: f64 = 1000.0;

/// Answers of a rival that are compared with ours.
const COMPARED: usize = 200;

#[derive(Parser)]
struct Flags {
    /// Places to make
    #[arg(long, default_value_t = 2_500_000, value_parser = clap::value_parser!(u32).range(1..))]
    rows: u32,

    /// Questions of each kind to ask
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1..))]
    queries: u32,

    /// Given by `cargo bench`, without meaning here
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let flags = Flags::parse();
    let Some(world) = World::make(flags.rows as usize, flags.queries as usize)? else { return Ok(()) };
    run(&world)
}

fn run(world: &World) -> Result<()> {
    let core = std::thread::available_parallelism()?;
    println!("\n{} places, {} questions of each kind, {core} cores", world.spots.len(), world.centers.len());
    println!("plain:    the nearest {}", world::NEAREST);
    println!(
        "filtered: the nearest {} with a vegan dish, open on Friday at 19:30 by the place's clock",
        world::NEAREST
    );
    println!("rare:     the nearest {} ice cream parlours where everything is vegan, open then\n", world::NEAREST);
    println!("{}", measure::HEADING);

    let started = Instant::now();
    let ours = ours::Ours::build(world)?;
    let built = started.elapsed();
    let mut results = Vec::new();
    for question in Question::ALL {
        let one = ours.measure(world, question, 1)?;
        println!("{}", line("HnH, in process, 1 thread", question, &one, None));
        let all = ours.measure(world, question, CONNECTIONS)?;
        println!("{}", line("HnH, in process, 8 threads", question, &all, None));
        results.push((question, [one, all], ours.answers(world, question)?));
    }
    let rivals: [(&str, Start); 4] = [
        ("PostGIS, tailored", postgis::tailored),
        ("PostGIS", postgis::general),
        ("Redis", redis_geo::start),
        ("SQLite", sqlite_rtree::start),
    ];
    let mut missed = Vec::new();
    for (name, start) in rivals {
        let Some(mut rival) = start(world).with_context(|| format!("{name} cannot be measured"))? else { continue };
        for (question, ours, answers) in &results {
            let Some((theirs, their_answers)) = rival.measure(world, *question)? else { continue };
            let ours = &ours[usize::from(rival.is_parallel())];
            println!("{}", line(rival.name(), *question, &theirs, Some(ours)));
            compare(answers, &their_answers, rival.rounding_m())
                .with_context(|| format!("{name} and ours differ on \"{question}\""))?;
            let ratio = ours.per_second / theirs.per_second;
            if name == "PostGIS" && *question == Question::Filtered && ratio < RATIO {
                missed.push(format!("{ratio:.1} times PostGIS filtered; the goal is {RATIO}"));
            }
        }
    }
    println!(
        "\nour index: built in {:.0} s, {:.0} MB on disk, opened in {:.1} ms",
        built.as_secs_f64(),
        ours.disk_mb()?,
        ours.opened_ms
    );
    println!("all answers compared ({COMPARED} a question and rival) have the same distances");
    for (question, [measured, _], _) in &results {
        if measured.p99_us >= P99_US {
            missed.push(format!("p99 of \"{question}\" is {:.0} µs; the goal is below {P99_US} µs", measured.p99_us));
        }
    }
    ensure!(missed.is_empty(), "goals missed: {}", missed.join("; "));
    Ok(())
}

/// Loads the places; none, with one line, where there is no service.
type Start = fn(&World) -> Result<Option<Box<dyn Rival>>>;

/// Another system with the same places.
trait Rival {
    /// What it is and how it is used, for the table.
    fn name(&self) -> &str;
    /// Whether it is asked by [`CONNECTIONS`] at once.
    fn is_parallel(&self) -> bool {
        true
    }
    /// How much it rounds positions, in metres.
    fn rounding_m(&self) -> f64 {
        0.01
    }
    /// Asks it every question of a kind; none where it is not asked that kind.
    fn measure(&mut self, world: &World, question: Question) -> Result<Option<(Measured, Vec<Answer>)>>;
}

/// The distances must agree place by place; ids need not, where two places are equally far.
fn compare(ours: &[Answer], theirs: &[Answer], rounding_m: f64) -> Result<()> {
    ensure!(theirs.len() >= COMPARED.min(ours.len()), "only {} answers came", theirs.len());
    for (number, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        let near = |(a, b): (&f64, &f64)| (a - b).abs() <= rounding_m + b * 1e-6;
        let same = ours.len() == theirs.len() && ours.iter().zip(theirs).all(near);
        ensure!(same, "question {number}: ours {ours:.1?}, theirs {theirs:.1?}");
    }
    Ok(())
}
