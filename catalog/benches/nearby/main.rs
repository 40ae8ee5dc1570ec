//! Nearest places among 2.5 million: ours beside PostGIS, Redis and SQLite's R*Tree.
//!
//! All search the same points in one run: the world file's places, copied with jitter, seeded. Run it
//! by `cargo xtask bench nearby [-- --rows N --queries N]`, which starts the services; their addresses
//! come in `HNH_BENCH_PG` and `HNH_BENCH_REDIS`, and a rival without one is left out.

mod measure;
mod ours;
mod postgis;
mod redis_geo;
mod sqlite_rtree;
mod world;

use std::time::Instant;

use anyhow::{Context, Result, ensure};

use measure::{Measured, line};
use world::{Answer, Question, World};

/// The goal: queries a second of ours on one core over PostGIS's on all cores, both filtered.
const RATIO: f64 = 20.0;

/// The goal: our slowest of a hundred, filtered, in microseconds.
const P99_US: f64 = 1000.0;

/// Answers of a rival that are compared with ours.
const COMPARED: usize = 200;

fn main() -> Result<()> {
    let (mut rows, mut queries) = (2_500_000, 20_000);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let number =
            |text: Option<String>| text.and_then(|t| t.replace('_', "").parse().ok()).context("a number is missing");
        match argument.as_str() {
            "--rows" => rows = number(arguments.next())?,
            "--queries" => queries = number(arguments.next())?,
            // Cargo's own.
            "--bench" => {}
            "--help" => {
                println!("--rows N     places, 2,500,000 if not given\n--queries N  of each kind, 20,000 if not given");
                return Ok(());
            }
            other => anyhow::bail!("unknown argument {other}: see --help"),
        }
    }
    ensure!(rows > 0 && queries > 0, "there must be rows and queries");
    let Some(world) = World::make(rows, queries)? else { return Ok(()) };
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
        let (measured, answers) = ours.measure(world, question)?;
        println!("{}", line("HnH, in process, 1 core", question, &measured, None));
        results.push((question, measured, answers));
    }
    let rivals: [(&str, fn(&World) -> Result<Option<Box<dyn Rival>>>); 3] =
        [("PostGIS", postgis::start), ("Redis", redis_geo::start), ("SQLite", sqlite_rtree::start)];
    let mut missed = Vec::new();
    for (name, start) in rivals {
        let Some(mut rival) = start(world).with_context(|| format!("{name} cannot be measured"))? else { continue };
        for (question, ours, answers) in &results {
            let Some((theirs, their_answers)) = rival.measure(world, *question)? else { continue };
            println!("{}", line(rival.name(), *question, &theirs, Some(ours)));
            compare(answers, &their_answers).with_context(|| format!("{name} and ours differ on \"{question}\""))?;
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
    for (question, measured, _) in &results {
        if measured.p99_us >= P99_US {
            missed.push(format!("p99 of \"{question}\" is {:.0} µs; the goal is below {P99_US} µs", measured.p99_us));
        }
    }
    ensure!(missed.is_empty(), "goals missed: {}", missed.join("; "));
    Ok(())
}

/// Another system with the same places.
trait Rival {
    /// What it is and how it is used, for the table.
    fn name(&self) -> &str;
    /// Asks it every question of a kind; none where it is not asked that kind.
    fn measure(&mut self, world: &World, question: Question) -> Result<Option<(Measured, Vec<Answer>)>>;
}

/// The distances must agree place by place; ids need not, where two places are equally far.
fn compare(ours: &[Answer], theirs: &[Answer]) -> Result<()> {
    ensure!(theirs.len() >= COMPARED.min(ours.len()), "only {} answers came", theirs.len());
    for (number, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 0.5 + b * 1e-5;
        let same = ours.len() == theirs.len() && ours.iter().zip(theirs).all(near);
        ensure!(same, "question {number}: ours {ours:.1?}, theirs {theirs:.1?}");
    }
    Ok(())
}
