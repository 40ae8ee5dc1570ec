//! `hnh-server tool hours`.

use std::io::{BufRead, Write};

use anyhow::{Context, bail};
use chrono::{NaiveDateTime, TimeDelta};
use hnh_domain::places::OpenState;
use hnh_hours::{Hours, local_time};
use serde::Serialize;

/// What instants to judge.
#[derive(clap::Args)]
pub struct Args {
    /// Time zone of the places (IANA name); opening hours are local, so it is only checked
    #[arg(long, default_value = "Europe/Berlin", value_parser = zone)]
    zone: String,
    /// Country of the places (ISO 3166 alpha-2), which decides the holidays
    #[arg(long, value_parser = country)]
    country: Option<String>,
    /// The first instant, in local time
    #[arg(long, value_name = "YYYY-MM-DDTHH:MM", value_parser = instant)]
    from: NaiveDateTime,
    /// Time between instants, such as 3h or 15m
    #[arg(long, default_value = "3h", value_parser = step)]
    step: TimeDelta,
    /// Number of instants
    #[arg(long, default_value_t = 56, value_parser = clap::value_parser!(u16).range(1..))]
    count: u16,
}

/// What is printed for a value: its states, one mark an instant, or why it cannot be read.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    States(String),
    Error(String),
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let instants = instants(args).context("the instants leave the calendar")?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.context("standard input cannot be read")?;
        let answer = answer(&line, args.country.as_deref(), &instants);
        serde_json::to_writer(&mut out, &answer)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

fn instants(args: &Args) -> Option<Vec<NaiveDateTime>> {
    (0..i32::from(args.count)).map(|index| args.from.checked_add_signed(args.step.checked_mul(index)?)).collect()
}

fn answer(text: &str, country: Option<&str>, instants: &[NaiveDateTime]) -> Answer {
    match Hours::parse(text, country) {
        Ok(hours) => Answer::States(instants.iter().map(|instant| mark(hours.state_at(*instant))).collect()),
        Err(error) => Answer::Error(error.to_string()),
    }
}

fn mark(state: OpenState) -> char {
    match state {
        OpenState::Open => '1',
        OpenState::Closed => '0',
        OpenState::Unknown => 'u',
    }
}

fn zone(text: &str) -> anyhow::Result<String> {
    if local_time(text, 0).is_none() {
        bail!("there is no time zone {text}");
    }
    Ok(text.to_owned())
}

fn country(text: &str) -> anyhow::Result<String> {
    if text.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        bail!("a country is two letters, such as DE");
    }
    Ok(text.to_ascii_uppercase())
}

fn instant(text: &str) -> anyhow::Result<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").context("an instant is written 2026-10-05T00:00")
}

fn step(text: &str) -> anyhow::Result<TimeDelta> {
    let minutes = match (text.strip_suffix('h'), text.strip_suffix('m')) {
        (Some(hours), _) => hours.parse::<u16>().ok().map(|hours| i64::from(hours) * 60),
        (_, Some(minutes)) => minutes.parse::<u16>().ok().map(i64::from),
        (None, None) => None,
    };
    match minutes {
        Some(minutes @ 1..) => Ok(TimeDelta::minutes(minutes)),
        _ => bail!("a step is a whole number of hours or minutes, such as 3h or 15m"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_gives_one_mark_an_instant() {
        let from = instant("2026-10-05T00:00").unwrap();
        let instants: Vec<_> = (0..8).map(|index| from + TimeDelta::hours(3 * index)).collect();
        let json = |text| serde_json::to_string(&answer(text, Some("DE"), &instants)).unwrap();
        assert_eq!(json("Mo 09:00-18:00"), r#"{"states":"00011100"}"#);
        assert_eq!(json("Mo 09:00-15:00,18:00+"), r#"{"states":"000110uu"}"#);
        assert_eq!(json("?"), r#"{"error":"There are no opening hours in the text."}"#);
    }

    #[test]
    fn arguments_are_checked() {
        assert_eq!(step("90m").unwrap(), TimeDelta::minutes(90));
        assert!(step("0h").is_err() && step("3").is_err() && step("-3h").is_err());
        assert!(zone("Asia/Seoul").is_ok() && zone("Asia/Atlantis").is_err());
        assert!(country("de").is_ok() && country("Germany").is_err());
        assert!(instant("2026-10-05").is_err());
    }
}
