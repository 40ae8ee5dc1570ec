//! A program that is killed while it writes, again and again: what was acknowledged is there.

#![cfg(feature = "native")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must say where")]

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use hnh_client::HostEvent;
use hnh_client::native::{NativeCore, NativeOptions};
use hnh_domain::calls::{GetSetting, SetSetting};
use hnh_domain::port::{Call, Json};
use rusqlite::Connection;

/// Tells the test that it is the program to be killed: the database, and the first number to write.
const DATABASE: &str = "HNH_TEST_DATABASE";
const FIRST: &str = "HNH_TEST_FIRST";

const ROUNDS: u32 = 200;

fn core(database: PathBuf) -> NativeCore {
    // Nobody listens there.
    let options = NativeOptions { database, server: "http://127.0.0.1:9".into(), tokens: None };
    NativeCore::start(options, |_: HostEvent| ()).unwrap()
}

/// Writes numbers for ever, each said once it is acknowledged.
async fn write(database: PathBuf, first: u64) {
    let core = core(database);
    for number in first.. {
        let call = SetSetting { key: format!("key-{number}"), value: Some(number.to_string().repeat(50)) };
        core.call(call.into_command()).await.unwrap();
        println!("done {number}");
    }
}

fn number_in(line: &str) -> Option<u64> {
    line.strip_prefix("done ")?.parse().ok()
}

/// Lets the program write until a moment that chance chooses, kills it, and returns the last number it acknowledged.
fn run_and_kill(database: &Path, first: u64) -> Option<u64> {
    let name = "nothing_acknowledged_is_lost_however_the_program_is_killed";
    let mut program = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(DATABASE, database)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(program.stdout.take().unwrap());
    let mut last = None;
    let mut line = String::new();
    while last.is_none() && said.read_line(&mut line).unwrap() > 0 {
        last = number_in(line.trim_end());
        line.clear();
    }
    let chance = uuid::Uuid::new_v4().as_u128() % 30_000;
    std::thread::sleep(Duration::from_micros(chance.try_into().unwrap()));
    program.kill().unwrap();
    program.wait().unwrap();
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    rest.lines().filter_map(number_in).next_back().or(last)
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_however_the_program_is_killed() {
    if let Ok(database) = std::env::var(DATABASE) {
        return write(database.into(), std::env::var(FIRST).unwrap().parse().unwrap()).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("hnh.db");
    let mut acknowledged = 0;
    for _ in 0..ROUNDS {
        let last = run_and_kill(&database, acknowledged + 1).expect("the database opens again, and is written to");
        assert!(last > acknowledged);
        acknowledged = last;
    }
    let core = core(database.clone());
    for number in 1..=acknowledged {
        let found = core.call(GetSetting { key: format!("key-{number}") }.into_command()).await.unwrap();
        let found = Json::<Option<String>>::written(found).read().unwrap();
        assert_eq!(found, Some(number.to_string().repeat(50)), "{number} of {acknowledged}");
    }
    drop(core);
    let whole: String =
        Connection::open(database).unwrap().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok");
}
