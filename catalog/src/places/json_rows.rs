//! JSON texts by row: written once, handed out verbatim.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use zerocopy::little_endian::U64;

use crate::mapped::{Mapped, MappedSlice};

fn ends_name(name: &str) -> String {
    format!("{name}.ends")
}

/// Writes the texts of consecutive rows.
pub(super) struct JsonRowsWriter {
    dir: PathBuf,
    name: &'static str,
    bytes: BufWriter<File>,
    written: u64,
    ends: Vec<U64>,
}

impl JsonRowsWriter {
    pub(super) fn create(dir: &Path, name: &'static str) -> Result<Self> {
        let path = dir.join(name);
        let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { dir: dir.into(), name, bytes: BufWriter::with_capacity(1 << 20, file), written: 0, ends: Vec::new() })
    }

    pub(super) fn push(&mut self, value: &impl serde::Serialize) -> Result<()> {
        let json = serde_json::to_vec(value)?;
        self.bytes.write_all(&json)?;
        self.written += json.len() as u64;
        self.ends.push(self.written.into());
        Ok(())
    }

    pub(super) fn finish(self) -> Result<()> {
        self.bytes.into_inner()?.sync_all()?;
        MappedSlice::write(&self.dir, &ends_name(self.name), self.ends)
    }
}

/// The texts, mapped into memory.
pub(super) struct JsonRows {
    bytes: Mapped,
    ends: MappedSlice<U64>,
}

impl JsonRows {
    pub(super) fn open(dir: &Path, name: &str, rows: usize) -> Result<Self> {
        let rows_read = Self { bytes: Mapped::open(dir, name)?, ends: MappedSlice::open(dir, &ends_name(name))? };
        let length = rows_read.ends.last().map_or(0, |end| end.get());
        let whole = rows_read.ends.len() == rows && length == rows_read.bytes.bytes().len() as u64;
        ensure!(whole, "{} is not whole: build the catalogue again", dir.join(name).display());
        Ok(rows_read)
    }

    /// The row's text; empty for a row that is not there.
    pub(super) fn get(&self, row: usize) -> &[u8] {
        let ends = &*self.ends;
        let start = row.checked_sub(1).map_or(0, |before| ends.get(before).map_or(0, |end| end.get()));
        let end = ends.get(row).map_or(start, |end| end.get());
        self.bytes.bytes().get(start as usize..end as usize).unwrap_or_default()
    }
}
