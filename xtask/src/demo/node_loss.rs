//! One of three servers is killed every few seconds.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::stack::Stack;
use super::{finish, writers};

/// How long people write, in seconds.
const SECONDS: u64 = 45;
/// Between two losses.
const PAUSE: Duration = Duration::from_secs(6);

#[expect(clippy::disallowed_methods, reason = "the demo takes a while by itself")]
pub(super) fn run() -> Result<()> {
    let mut stack = Stack::start(3, false)?;
    let people = writers(&stack, SECONDS)?;
    let began = Instant::now();
    let mut losses = 0;
    while began.elapsed() + PAUSE * 2 < Duration::from_secs(SECONDS) {
        std::thread::sleep(PAUSE / 2);
        let victim = losses % stack.pods.len();
        stack.pods[victim].crash()?;
        losses += 1;
        std::thread::sleep(PAUSE / 2);
        stack.restart(victim)?;
    }
    println!("    {losses} servers were killed, one after the other");
    finish("the people", people)
}
