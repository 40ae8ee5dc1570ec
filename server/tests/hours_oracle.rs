//! Opening hours against the states that opening_hours.js gives 17,000 values from OpenStreetMap.
//!
//! The values are reference data outside the repository: in `../shared/data` beside it, or where
//! `HNH_SHARED` points; without them the test says so and passes.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

/// A value with what the other implementation makes of it.
#[derive(Deserialize)]
struct Value {
    #[serde(rename = "v")]
    text: String,
    /// One mark every three hours of a week: 1 open, 0 closed or unknown.
    #[serde(default)]
    week: String,
    /// It refuses the value.
    #[serde(default)]
    error: bool,
}

/// What the tool prints for a value: its states, or why it refuses it.
#[derive(Deserialize)]
struct Answer {
    states: Option<String>,
}

fn oracle() -> PathBuf {
    let shared = std::env::var_os("HNH_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")), PathBuf::from);
    shared.join("tests/opening_hours/oracle.jsonl")
}

#[test]
fn nearly_all_instants_are_judged_as_the_reference_does() {
    let path = oracle();
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: no reference data at {}", path.display());
        return;
    };
    let values: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|value: &Value| !value.text.contains(['\n', '\r']))
        .collect();

    let answers = answers(&values);
    assert_eq!(answers.len(), values.len(), "one answer a value");

    let (mut judged, mut refused, mut instants, mut equal) = (0_u32, 0_u32, 0_u32, 0_u32);
    for (value, answer) in values.iter().zip(&answers).filter(|(value, _)| !value.error) {
        judged += 1;
        let Some(states) = &answer.states else {
            refused += 1;
            continue;
        };
        assert_eq!(states.len(), value.week.len(), "{}", value.text);
        for (ours, theirs) in states.bytes().zip(value.week.bytes()) {
            instants += 1;
            // The reference does not tell unknown from closed.
            equal += u32::from((ours == b'1') == (theirs == b'1'));
        }
    }
    let refused_share = 100.0 * f64::from(refused) / f64::from(judged);
    let equal_share = 100.0 * f64::from(equal) / f64::from(instants);
    println!("{judged} values, {refused_share:.3} % refused, {equal_share:.3} % of instants equal");
    assert!(refused_share < 0.5, "{refused} of {judged} values are refused");
    assert!(equal_share >= 99.5, "only {equal_share:.3} % of instants are equal");
}

/// Runs the tool on all values. Its input is a file, so that neither side waits for the other.
fn answers(values: &[Value]) -> Vec<Answer> {
    let input = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hours_oracle.txt");
    let lines: String = values.iter().flat_map(|value| [value.text.as_str(), "\n"]).collect();
    std::fs::write(&input, lines).expect("the target directory is writable");
    let output = Command::new(env!("CARGO_BIN_EXE_hnh-server"))
        .args(["tool", "hours", "--zone", "Europe/Berlin", "--country", "DE"])
        .args(["--from", "2026-10-05T00:00", "--step", "3h", "--count", "56"])
        .stdin(std::fs::File::open(&input).expect("the input was just written"))
        .stderr(Stdio::inherit())
        .output()
        .expect("the tool starts");
    assert!(output.status.success(), "the tool fails: {}", output.status);
    let output = String::from_utf8(output.stdout).expect("the output is UTF-8");
    output.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}
