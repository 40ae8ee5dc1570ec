//! Many people look for places, recipes and foods, at a rate that changes: whether each is answered, and how soon.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Args;

/// How long a person waits.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long and how much
#[derive(Args)]
pub(crate) struct Requests {
    /// Phases one after the other: SECONDS:REQUESTS_A_SECOND, separated by commas
    #[arg(long, value_delimiter = ',', required = true)]
    phases: Vec<String>,
    /// A CSV of each second: how many were sent, how many failed, how long half and all but one of a hundred took
    #[arg(long)]
    log: Option<PathBuf>,
}

/// One request: in which second it was sent, how long it took, whether it was answered.
#[derive(Clone, Copy)]
struct Answer {
    second: u64,
    took: Duration,
    is_answered: bool,
}

/// What people ask for, around Seoul and Berlin; the same numbers ask the same.
fn path(number: u64) -> String {
    let spread = |step: u64| (number.wrapping_mul(step) % 1_000) as f64 / 1_000.0;
    match number % 4 {
        0 => format!(
            "/api/v1/restaurants?lat={:.4}&lon={:.4}&limit=20",
            37.45 + spread(617) * 0.2,
            126.85 + spread(331) * 0.3
        ),
        1 => format!(
            "/api/v1/restaurants?lat={:.4}&lon={:.4}&limit=20&diet=vegan",
            52.45 + spread(617) * 0.1,
            13.3 + spread(331) * 0.2
        ),
        2 => ["두부", "salad", "된장", "lentil", "국수"]
            .get(number as usize / 4 % 5)
            .map_or_else(String::new, |word| format!("/api/v1/recipes?q={word}&limit=20")),
        _ => ["김치", "apple", "우유", "rice"]
            .get(number as usize / 4 % 4)
            .map_or_else(String::new, |word| format!("/api/v1/foods?q={word}&limit=20")),
    }
}

impl Requests {
    #[expect(clippy::disallowed_methods, reason = "how long things take is what it is about")]
    pub(crate) async fn run(self, server: &str) -> Result<()> {
        let phases: Vec<(u64, u64)> = self
            .phases
            .iter()
            .map(|phase| {
                let (seconds, rate) = phase.split_once(':').context("a phase is SECONDS:REQUESTS_A_SECOND")?;
                Ok((seconds.parse()?, rate.parse()?))
            })
            .collect::<Result<_>>()?;
        let http = reqwest::Client::builder().timeout(PATIENCE).build()?;
        let answers: Arc<Mutex<Vec<Answer>>> = Arc::default();
        let began = Instant::now();
        let mut sent = Vec::new();
        let mut number = 0_u64;
        for (seconds, rate) in phases {
            ensure!(rate > 0, "a phase has at least one request a second");
            let mut tick = tokio::time::interval(Duration::from_secs(1) / u32::try_from(rate)?);
            for _ in 0..seconds * rate {
                tick.tick().await;
                let (http, answers) = (http.clone(), Arc::clone(&answers));
                let address = format!("{server}{}", path(number));
                number += 1;
                sent.push(tokio::spawn(async move {
                    let (second, asked) = (began.elapsed().as_secs(), Instant::now());
                    let reply = http.get(address).send().await;
                    let is_answered = match reply {
                        Ok(reply) => reply.status().is_success() && reply.bytes().await.is_ok(),
                        Err(_) => false,
                    };
                    let answer = Answer { second, took: asked.elapsed(), is_answered };
                    if let Ok(mut answers) = answers.lock() {
                        answers.push(answer);
                    }
                }));
            }
        }
        for one in sent {
            one.await?;
        }
        let answers = answers.lock().map(|answers| answers.clone()).unwrap_or_default();
        let failed = answers.iter().filter(|answer| !answer.is_answered).count();
        let times = times(answers.iter());
        println!(
            "    {} requests, {failed} failed; half took {} ms at most, all but one of a hundred {} ms",
            answers.len(),
            percentile(&times, 0.5),
            percentile(&times, 0.99)
        );
        if let Some(file) = self.log {
            std::fs::write(&file, log(&answers)).with_context(|| file.display().to_string())?;
        }
        ensure!(failed == 0, "{failed} of {} requests failed", answers.len());
        Ok(())
    }
}

/// Milliseconds in their order.
fn times<'a>(answers: impl Iterator<Item = &'a Answer>) -> Vec<u128> {
    let mut times: Vec<u128> = answers.map(|answer| answer.took.as_millis()).collect();
    times.sort_unstable();
    times
}

fn percentile(times: &[u128], share: f64) -> u128 {
    times.get(((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn log(answers: &[Answer]) -> String {
    let mut csv = "second,sent,failed,p50_ms,p99_ms\n".to_owned();
    let last = answers.iter().map(|answer| answer.second).max().unwrap_or_default();
    for second in 0..=last {
        let of: Vec<&Answer> = answers.iter().filter(|answer| answer.second == second).collect();
        let failed = of.iter().filter(|answer| !answer.is_answered).count();
        let times = times(of.iter().copied());
        let (half, most) = (percentile(&times, 0.5), percentile(&times, 0.99));
        _ = writeln!(csv, "{second},{},{failed},{half},{most}", of.len());
    }
    csv
}
