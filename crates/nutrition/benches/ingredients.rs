//! Ingredient lines a second on one core, beside Python's `ingredient-parser-nlp` where that is installed:
//! `cargo bench -p hnh-nutrition --bench ingredients`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on must say where")]
#![expect(clippy::disallowed_methods, reason = "how long it takes is what it is about")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use hnh_nutrition::ingredient::Reader;

/// How often all lines are read.
const ROUNDS: usize = 20;
const GOAL: f64 = 200_000.0;

/// The peer reads standard input and prints its seconds, without those of starting.
const PEER: &str = "
import sys, time
from ingredient_parser import parse_ingredient
lines = sys.stdin.read().splitlines()
parse_ingredient(lines[0])
start = time.perf_counter()
for line in lines: parse_ingredient(line)
print(time.perf_counter() - start)
";

/// Lines a second of the peer; none where it is not installed.
fn peer(lines: &[String]) -> Option<f64> {
    let mut python = Command::new("python3")
        .args(["-c", PEER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let text = lines.iter().fold(String::new(), |mut text, line| {
        writeln!(text, "{line}").unwrap();
        text
    });
    // A Python without the package ends before it reads.
    let _ = python.stdin.take()?.write_all(text.as_bytes());
    let out = python.wait_with_output().ok()?;
    let seconds: f64 = String::from_utf8(out.stdout).ok()?.trim().parse().ok()?;
    Some(lines.len() as f64 / seconds)
}

fn main() {
    let shared = std::env::var_os("HNH_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), Into::into);
    let file = shared.join("tests/ingredient_phrases/bbc.csv");
    let Ok(mut reader) = csv::Reader::from_path(&file) else {
        println!("skipped: {} is absent", file.display());
        return;
    };
    let lines: Vec<String> = reader.records().map(|record| record.unwrap()[0].replace('\n', " ")).collect();
    let mut reader = Reader::default();
    let mut fastest = f64::INFINITY;
    let mut words = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        words += lines.iter().map(|line| reader.read(line).name.len()).sum::<usize>();
        fastest = fastest.min(start.elapsed().as_secs_f64());
    }
    assert!(words > 0, "nothing was read");
    let ours = lines.len() as f64 / fastest;
    println!("{} lines, {ROUNDS} rounds: {ours:.0} lines/s (goal {GOAL:.0})", lines.len());
    let some: Vec<String> = lines.into_iter().take(500).collect();
    match peer(&some) {
        Some(theirs) => println!("ingredient-parser-nlp, 500 lines: {theirs:.0} lines/s; ratio {:.0}", ours / theirs),
        None => println!("ingredient-parser-nlp is not installed: pip install ingredient-parser-nlp"),
    }
}
