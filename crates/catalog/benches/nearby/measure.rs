//! Times and how they are shown.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::COMPARED;
use crate::world::{Answer, Question};

/// How fast questions of a kind were answered.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    /// Half were faster, in microseconds.
    pub(crate) p50_us: f64,
    /// 99 of 100 were faster.
    pub(crate) p99_us: f64,
    /// Answers a second over all connections.
    pub(crate) per_second: f64,
}

impl Measured {
    fn new(mut times: Vec<Duration>, wall: Duration) -> Self {
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e6;
        Self { p50_us: at(0.5), p99_us: at(0.99), per_second: times.len() as f64 / wall.as_secs_f64() }
    }
}

pub(crate) const HEADING: &str = "                                                      kind       p50 µs    p99 µs   questions/s   HnH is faster by";

pub(crate) fn line(name: &str, question: Question, measured: &Measured, ours: Option<&Measured>) -> String {
    let Measured { p50_us, p99_us, per_second } = measured;
    let ratio = ours.map(|ours| format!("{:>16.1} x", ours.per_second / per_second)).unwrap_or_default();
    format!("{name:<53} {question:<9} {p50_us:>8.1} {p99_us:>9.1} {per_second:>13.0} {ratio}")
}

/// A question's number, how long it took, and its answer if it is one that is compared.
type Answered = (usize, Duration, Option<Answer>);

/// Asks `count` questions, numbered from 0, over the connections in parallel, each the next one as
/// soon as it has an answer. The first answers come back for comparison.
pub(crate) fn ask<C: Send>(
    connections: &mut [C],
    count: usize,
    answer: impl Fn(&mut C, usize) -> Result<Answer> + Sync,
) -> Result<(Measured, Vec<Answer>)> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let started = Instant::now();
    let parts: Vec<Result<Vec<Answered>>> = std::thread::scope(|scope| {
        let one = |connection: &mut C| {
            let mut part = Vec::new();
            loop {
                let number = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                if number >= count {
                    return Ok(part);
                }
                let started = Instant::now();
                let found = answer(connection, number)?;
                part.push((number, started.elapsed(), (number < COMPARED).then_some(found)));
            }
        };
        let threads: Vec<_> = connections.iter_mut().map(|connection| scope.spawn(move || one(connection))).collect();
        let panicked = |_| Err(anyhow::anyhow!("a connection's thread panicked"));
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(panicked)).collect()
    });
    let wall = started.elapsed();
    let mut all = parts.into_iter().collect::<Result<Vec<_>>>()?.concat();
    all.sort_unstable_by_key(|(number, ..)| *number);
    let measured = Measured::new(all.iter().map(|(_, time, _)| *time).collect(), wall);
    Ok((measured, all.into_iter().filter_map(|(.., answer)| answer).collect()))
}
