//! Byte strings by row, such as the JSON that a reply copies verbatim, mapped into memory.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use zerocopy::little_endian::U64;

use crate::mapped::{Mapped, MappedSlice};

/// Bytes written to the disk at a time.
const BUFFER: usize = 1 << 20;

/// Writes documents in the order of rows.
pub(crate) struct DocumentsWriter {
    file: BufWriter<File>,
    dir: PathBuf,
    name: String,
    /// Where each document ends.
    ends: Vec<u64>,
}

impl DocumentsWriter {
    /// Begins the documents `name` in the folder `dir`.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub(crate) fn new(dir: &Path, name: &str) -> Result<Self> {
        let path = dir.join(name);
        let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self {
            file: BufWriter::with_capacity(BUFFER, file),
            dir: dir.to_owned(),
            name: name.to_owned(),
            ends: Vec::new(),
        })
    }

    /// Adds the next row's document.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn add(&mut self, document: &[u8]) -> Result<()> {
        let start = self.ends.last().copied().unwrap_or(0);
        self.ends.push(start + document.len() as u64);
        self.file.write_all(document).with_context(|| format!("cannot write {}", self.name))
    }

    /// Writes everything out.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn finish(self) -> Result<()> {
        self.file.into_inner().map_err(std::io::IntoInnerError::into_error).and_then(|f| f.sync_all())?;
        MappedSlice::write(&self.dir, &ends_of(&self.name), self.ends.iter().map(|e| U64::new(*e)))
    }
}

/// The documents of an index.
pub(crate) struct Documents {
    bytes: Mapped,
    ends: MappedSlice<U64>,
}

impl Documents {
    /// Maps the documents `name` of so many rows in the folder `dir`.
    ///
    /// # Errors
    /// When a file is absent, cut off or of another number of rows.
    pub(crate) fn open(dir: &Path, name: &str, rows: usize) -> Result<Self> {
        let documents = Self { bytes: Mapped::open(dir, name)?, ends: MappedSlice::open(dir, &ends_of(name))? };
        let length = documents.ends.last().map_or(0, |end| end.get());
        let whole = documents.ends.len() == rows && length == documents.bytes.bytes().len() as u64;
        ensure!(whole, "{} is not whole: build the catalogue again", dir.join(name).display());
        Ok(documents)
    }

    /// The document of a row; empty where there is no such row.
    pub(crate) fn get(&self, row: usize) -> &[u8] {
        let at = |row: usize| self.ends.get(row).and_then(|e| usize::try_from(e.get()).ok());
        let start = row.checked_sub(1).map_or(Some(0), at);
        start.zip(at(row)).and_then(|(start, end)| self.bytes.bytes().get(start..end)).unwrap_or_default()
    }
}

fn ends_of(name: &str) -> String {
    format!("{name}.ends")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_come_back_by_row() {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = DocumentsWriter::new(dir.path(), "cards").unwrap();
        for document in ["one", "", "three"] {
            writer.add(document.as_bytes()).unwrap();
        }
        writer.finish().unwrap();
        let documents = Documents::open(dir.path(), "cards", 3).unwrap();
        let got: Vec<_> = (0..4).map(|row| documents.get(row)).collect();
        assert_eq!(got, [&b"one"[..], b"", b"three", b""]);
    }

    #[test]
    fn what_is_cut_off_or_of_another_index_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = DocumentsWriter::new(dir.path(), "cards").unwrap();
        writer.add(b"whole").unwrap();
        writer.finish().unwrap();
        assert!(Documents::open(dir.path(), "cards", 2).is_err());
        std::fs::write(dir.path().join("cards"), "who").unwrap();
        assert!(Documents::open(dir.path(), "cards", 1).is_err());
    }
}
