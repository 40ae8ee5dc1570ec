//! The developer's commands: cargo xtask up, test, bench, check.
fn main() {}
