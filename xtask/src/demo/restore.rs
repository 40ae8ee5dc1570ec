//! Backup, destruction, restore, comparison.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::stack::Stack;
use super::{finish, writers};
use crate::folders::{self, Build};
use crate::services::Cluster;
use crate::step;

pub(super) fn run() -> Result<()> {
    let stack = Stack::start(2, false)?;
    finish("the people", writers(&stack, 8)?)?;
    let file = stack.folder().join("backup.zip");
    let data = stack.folder().join("backup-data");
    std::fs::create_dir(&data)?;
    let server = |what: &str, database: &str| {
        let mut command = Command::new(folders::program("hnh-server", Build::Dev));
        command.arg(what).arg(&file).current_dir(folders::root()).envs(stack.settings(&data));
        command.env("HNH_DATABASE_URL", database);
        command
    };
    step::run(&mut server("backup", &stack.cluster.url()))?;
    let before = contents(&stack.cluster.url())?;
    let rows: u64 = before.values().map(|(count, _)| count).sum();
    println!("    {rows} rows in {} tables", before.len());

    // Another machine: nothing of the first is there.
    let other = Cluster::make(tempfile::Builder::new().prefix("hnh-postgres-").tempdir()?)?;
    let postgres = other.start(&["shared_buffers=64MB"])?;
    other.create_database()?;
    step::run(&mut server("restore", &other.url()))?;
    let after = contents(&other.url())?;
    drop(postgres);
    for (table, held) in &before {
        // A restore begins another epoch of the feeds, so that devices begin anew.
        if table == "feed_epoch" || table.contains("epoch") {
            continue;
        }
        ensure!(after.get(table) == Some(held), "{table}: {held:?} before, {:?} after", after.get(table));
    }
    println!("    every table has the same rows again");
    Ok(())
}

/// How many rows each table has, and a hash of all of them.
fn contents(database: &str) -> Result<BTreeMap<String, (u64, String)>> {
    let psql = |query: &str| {
        let program = Path::new("/usr/lib/postgresql/15/bin/psql");
        step::capture(Command::new(program).args([database, "-At", "-c", query]))
    };
    let tables = psql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")?;
    let mut held = BTreeMap::new();
    for table in tables.lines() {
        let query = format!(
            "SELECT count(*), md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM \"{table}\" t"
        );
        let answer = psql(&query)?;
        let (count, hash) = answer.trim().split_once('|').context("psql told no count")?;
        held.insert(table.to_owned(), (count.parse()?, hash.to_owned()));
    }
    Ok(held)
}
