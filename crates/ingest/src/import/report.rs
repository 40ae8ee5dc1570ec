//! What an import did, row by row where it refused one.

use std::fmt::Display;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;

/// The numbers of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Rows read that should have become a record.
    pub read: u64,
    /// Rows kept.
    pub kept: u64,
    /// Rows refused, each with its reason in the report.
    pub refused: u64,
    /// Elements that are something else and were passed over, such as an OSM file's houses.
    pub passed_over: u64,
}

impl Display for Stats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} rows read, {} kept, {} refused", self.read, self.kept, self.refused)
    }
}

/// Writes refusals to disk as they come: a bad file of millions of rows must not fill the memory.
pub(super) struct Refusals {
    out: BufWriter<File>,
    path: PathBuf,
}

impl Refusals {
    pub(super) fn create(folder: &Path) -> Result<Self> {
        let path = folder.join("refusals.tmp");
        Ok(Self { out: BufWriter::new(File::create(&path)?), path })
    }

    pub(super) fn add(&mut self, at: &dyn Display, reason: &dyn Display) -> Result<()> {
        Ok(writeln!(self.out, "{at}: {reason}")?)
    }

    /// Writes `report.txt`: the numbers, then the refusals.
    pub(super) fn finish(mut self, source: &str, paths: &[PathBuf], stats: Stats) -> Result<()> {
        self.out.flush()?;
        let mut report = BufWriter::new(File::create(self.path.with_file_name("report.txt"))?);
        writeln!(report, "source: {source}")?;
        for path in paths {
            writeln!(report, "file: {}", path.display())?;
        }
        writeln!(report, "rows read: {}", stats.read)?;
        writeln!(report, "kept: {}", stats.kept)?;
        writeln!(report, "refused: {}", stats.refused)?;
        writeln!(report, "passed over: {}", stats.passed_over)?;
        writeln!(report)?;
        std::io::copy(&mut File::open(&self.path)?, &mut report)?;
        report.flush()?;
        report.get_ref().sync_all()?;
        Ok(fs::remove_file(&self.path)?)
    }
}
