//! The repository's own HorizontalPodAutoscaler, applied by the documented algorithm to the servers' real CPU.
//!
//! <https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/>: the desired number is the present one times
//! usage over target, rounded up; within a tolerance of a tenth nothing changes; going down, the highest recommendation of the
//! stabilisation window counts; policies bound each step. Its times run [`FASTER`] than in the cluster.

use std::collections::VecDeque;
use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::chart;
use super::stack::{Pod, Stack};
use super::{finish, load};
use crate::folders;

/// How much faster than in a cluster the autoscaler's clock runs.
const FASTER: u32 = 20;
/// Between two looks: the autoscaler's own 15 s.
const SYNC: Duration = Duration::from_millis(15_000 / FASTER as u64);
/// Within a tenth of the target nothing changes.
const TOLERANCE: f64 = 0.1;
/// Seconds and requests a second: calm, a wave, calm again.
const PHASES: &str = "8:3,30:60,45:1";

/// What the YAML says.
struct Autoscaler {
    least: usize,
    most: usize,
    /// Percent of the requested CPU.
    target: f64,
    up: Rules,
    down: Rules,
}

/// How fast it may go one way.
struct Rules {
    window: Duration,
    pods: usize,
    period: Duration,
}

fn number(value: &Value, pointer: &str) -> Result<u64> {
    value.pointer(pointer).and_then(Value::as_u64).with_context(|| format!("the autoscaler has no {pointer}"))
}

fn seconds(value: &Value, pointer: &str) -> Result<Duration> {
    Ok(Duration::from_secs(number(value, pointer)?) / FASTER)
}

impl Autoscaler {
    fn read() -> Result<Self> {
        let yaml = fs::read_to_string(folders::root().join("k8s/base/backend/autoscaler.yaml"))?;
        let yaml: Value = serde_yaml_ng::from_str(&yaml)?;
        let rules = |way: &str| {
            anyhow::Ok(Rules {
                window: seconds(&yaml, &format!("/spec/behavior/{way}/stabilizationWindowSeconds"))?,
                pods: number(&yaml, &format!("/spec/behavior/{way}/policies/0/value"))? as usize,
                period: seconds(&yaml, &format!("/spec/behavior/{way}/policies/0/periodSeconds"))?,
            })
        };
        Ok(Self {
            least: number(&yaml, "/spec/minReplicas")? as usize,
            most: number(&yaml, "/spec/maxReplicas")? as usize,
            target: number(&yaml, "/spec/metrics/0/resource/target/averageUtilization")? as f64,
            up: rules("scaleUp")?,
            down: rules("scaleDown")?,
        })
    }

    /// How many there should be by the usage alone.
    fn recommended(&self, present: usize, usage: f64) -> usize {
        let ratio = usage / self.target;
        let wanted = if (ratio - 1.0).abs() <= TOLERANCE { present } else { (present as f64 * ratio).ceil() as usize };
        wanted.clamp(self.least, self.most)
    }
}

/// What was recommended and done of late, which windows and policies look back on.
#[derive(Default)]
struct Memory {
    recommended: VecDeque<(Instant, usize)>,
    added: VecDeque<(Instant, usize)>,
    removed: VecDeque<(Instant, usize)>,
}

impl Memory {
    /// How many there shall be now.
    #[expect(clippy::disallowed_methods, reason = "windows are of time")]
    fn decide(&mut self, autoscaler: &Autoscaler, present: usize, usage: f64) -> usize {
        let now = Instant::now();
        self.recommended.push_back((now, autoscaler.recommended(present, usage)));
        let within = |list: &VecDeque<(Instant, usize)>, window: Duration| -> Vec<usize> {
            list.iter().filter(|(at, _)| now.duration_since(*at) <= window).map(|(_, count)| *count).collect()
        };
        let lowest = within(&self.recommended, autoscaler.up.window).into_iter().min().unwrap_or(present);
        let highest = within(&self.recommended, autoscaler.down.window).into_iter().max().unwrap_or(present);
        let done = |list: &VecDeque<(Instant, usize)>, rules: &Rules| within(list, rules.period).iter().sum::<usize>();
        if lowest > present {
            let room = autoscaler.up.pods.saturating_sub(done(&self.added, &autoscaler.up));
            let step = (lowest - present).min(room);
            self.added.push_back((now, step));
            return present + step;
        }
        if highest < present {
            let room = autoscaler.down.pods.saturating_sub(done(&self.removed, &autoscaler.down));
            let step = (present - highest).min(room);
            self.removed.push_back((now, step));
            return present - step;
        }
        present
    }
}

/// The CPU that the pods ask for, in cores: 100m.
fn requested() -> Result<f64> {
    let yaml = fs::read_to_string(folders::root().join("k8s/base/backend/deployment.yaml"))?;
    let yaml: Value = serde_yaml_ng::from_str(&yaml)?;
    let cpu = yaml.pointer("/spec/template/spec/containers/0/resources/requests/cpu").and_then(Value::as_str);
    let milli = cpu.and_then(|cpu| cpu.strip_suffix('m')).context("the deployment asks for no CPU in milli")?;
    Ok(milli.parse::<f64>()? / 1_000.0)
}

/// Seconds of CPU that a process has used.
fn used(pod: &Pod) -> Option<f64> {
    /// Ticks a second, as every Linux of today has them.
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string(format!("/proc/{}/stat", pod.id()?)).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |i: usize| fields.get(i).and_then(|field| field.parse::<f64>().ok());
    Some((ticks(11)? + ticks(12)?) / TICKS)
}

#[expect(clippy::disallowed_methods, reason = "the demo takes a while by itself")]
pub(super) fn run() -> Result<()> {
    let (autoscaler, requested) = (Autoscaler::read()?, requested()?);
    let mut stack = Stack::start(autoscaler.least, false)?;
    let log = stack.folder().join("load.csv");
    let mut people = load(&stack.url());
    people.args(["requests", "--phases", PHASES, "--log"]).arg(&log);
    let mut people = people.spawn()?;
    let began = Instant::now();
    let mut memory = Memory::default();
    let mut seen = vec![(0.0, autoscaler.least)];
    // Starting takes CPU that is no load: a pod counts from its second look on, as readiness delays it in a cluster.
    let mut last: Vec<(u32, f64)> = Vec::new();
    let mut looked = Instant::now();
    while people.try_wait()?.is_none() {
        std::thread::sleep(SYNC);
        let passed = looked.elapsed().as_secs_f64();
        looked = Instant::now();
        let now: Vec<(u32, f64)> = stack.pods.iter().filter_map(|pod| Some((pod.id()?, used(pod)?))).collect();
        let usages: Vec<f64> = now
            .iter()
            .filter_map(|(id, used)| {
                let (_, before) = last.iter().find(|(known, _)| known == id)?;
                Some((used - before) / passed / requested * 100.0)
            })
            .collect();
        last = now;
        if usages.is_empty() {
            continue;
        }
        let usage = usages.iter().sum::<f64>() / usages.len() as f64;
        let present = stack.pods.len();
        let wanted = memory.decide(&autoscaler, present, usage);
        for _ in present..wanted {
            stack.add()?;
        }
        for _ in wanted..present {
            stack.remove_last()?;
        }
        if wanted != present {
            println!(
                "    {:>5.1} s: {usage:>4.0} % of the requested CPU, target {} %: {present} → {wanted} pods",
                began.elapsed().as_secs_f64(),
                autoscaler.target
            );
        }
        seen.push((began.elapsed().as_secs_f64(), stack.pods.len()));
    }
    let highest = seen.iter().map(|(_, pods)| *pods).max().unwrap_or_default();
    let end = stack.pods.len();
    finish("the people", people)?;
    let picture = folders::target().join("demo-hpa.svg");
    fs::write(&picture, chart::draw(&fs::read_to_string(&log)?, &seen))?;
    println!("    load, pods and waiting: {}", picture.display());
    ensure!(highest == autoscaler.most, "{highest} pods at most, {} are allowed", autoscaler.most);
    ensure!(end == autoscaler.least, "{end} pods at the end, {} would do", autoscaler.least);
    println!("    {} → {highest} → {end} pods, and every request was answered", autoscaler.least);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_up_at_once_and_down_slowly() {
        let autoscaler = Autoscaler::read().unwrap();
        assert_eq!((autoscaler.least, autoscaler.most), (3, 10));
        assert_eq!(autoscaler.recommended(3, 31.0), 3, "within the tolerance");
        assert_eq!(autoscaler.recommended(3, 60.0), 6);
        assert_eq!(autoscaler.recommended(10, 1.0), 3);
        let mut memory = Memory::default();
        assert_eq!(memory.decide(&autoscaler, 3, 300.0), 7, "four at a time");
        assert_eq!(memory.decide(&autoscaler, 7, 300.0), 7, "not again at once");
        assert_eq!(memory.decide(&autoscaler, 7, 1.0), 7, "the window remembers the wave");
    }
}
