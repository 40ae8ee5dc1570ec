//! Times and how they are shown.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// How fast questions were answered, one after the other.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    /// Half were faster, in milliseconds.
    pub(crate) p50_ms: f64,
    /// 99 of 100 were faster.
    pub(crate) p99_ms: f64,
    /// Answers a second.
    pub(crate) per_second: f64,
}

pub(crate) const HEADING: &str =
    "                                                         p50 ms     p99 ms   searches/s    HnH is faster by";

pub(crate) fn line(name: &str, measured: &Measured, ours: Option<&Measured>) -> String {
    let Measured { p50_ms, p99_ms, per_second } = measured;
    let ratio = ours.map(|ours| format!("{:>16.1} x", ours.per_second / per_second)).unwrap_or_default();
    format!("{name:<53} {p50_ms:>9.2} {p99_ms:>10.2} {per_second:>12.1} {ratio}")
}

/// How often each question is asked.
const ROUNDS: usize = 3;

/// Asks all questions in rounds, the first of which warms caches. The best time of each counts: what
/// else the machine does at the moment is not the search's doing. The answers are the last round's.
pub(crate) fn ask<Q, A>(questions: &[Q], mut answer: impl FnMut(&Q) -> Result<A>) -> Result<(Measured, Vec<A>)> {
    let mut times = vec![Duration::MAX; questions.len()];
    let mut answers = Vec::new();
    for _ in 0..=ROUNDS {
        answers.clear();
        for (question, best) in questions.iter().zip(&mut times) {
            let started = Instant::now();
            answers.push(answer(question)?);
            *best = started.elapsed().min(*best);
        }
    }
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    let sum: Duration = times.iter().sum();
    let per_second = times.len() as f64 / sum.as_secs_f64();
    Ok((Measured { p50_ms: at(0.5), p99_ms: at(0.99), per_second }, answers))
}

/// One of the kernel's figures for this process.
pub(crate) fn megabytes(figure: &str) -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let kilobytes = status.lines().find_map(|l| l.strip_prefix(figure)?.split_whitespace().next()?.parse::<f64>().ok());
    Ok(kilobytes.context("the kernel does not say how much memory this takes")? / 1e3)
}

/// The bytes in a folder.
pub(crate) fn size(folder: &Path) -> std::io::Result<u64> {
    let mut sum = 0;
    for entry in folder.read_dir()? {
        let entry = entry?;
        sum += if entry.file_type()?.is_dir() { size(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(sum)
}
