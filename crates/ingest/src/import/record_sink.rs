//! What importers hand their rows to: it checks, completes, counts and writes them.

use std::collections::HashSet;
use std::fmt::Display;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result};
use hnh_domain::foods::Food;
use hnh_domain::places::Place;
use hnh_domain::recipes::Recipe;
use uuid::Uuid;

use super::report::{Refusals, Stats};
use crate::location::Locator;
use crate::records::{Draft, Record, RecordWriter, file_name};

/// zstd's level for imported records: they are read again at every build, so quick beats small.
const LEVEL: i32 = 6;

/// Rows between two reports of progress.
const PROGRESS_EVERY: u64 = 2_000;

/// How far an import is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Bytes read of all files; some are read more than once.
    pub bytes: u64,
    /// The numbers so far.
    pub stats: Stats,
}

/// Takes an importer's rows.
pub struct RecordSink<'a> {
    draft: Draft,
    refusals: Refusals,
    stats: Stats,
    seen: HashSet<Uuid>,
    places: Option<RecordWriter<Place>>,
    recipes: Option<RecordWriter<Recipe>>,
    foods: Option<RecordWriter<Food>>,
    locator: Locator,
    bytes: Arc<AtomicU64>,
    progress: &'a mut dyn FnMut(Progress),
}

impl<'a> RecordSink<'a> {
    pub(super) fn new(draft: Draft, progress: &'a mut dyn FnMut(Progress)) -> Result<Self> {
        Ok(Self {
            refusals: Refusals::create(draft.folder())?,
            draft,
            stats: Stats::default(),
            seen: HashSet::new(),
            places: None,
            recipes: None,
            foods: None,
            locator: Locator::default(),
            bytes: Arc::default(),
            progress,
        })
    }

    /// Opens a file of the import, unpacked if it is gzip, and counts what is read of it.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(&self, path: &Path) -> Result<Box<dyn BufRead + Send>> {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        let mut raw = BufReader::with_capacity(1 << 17, Metered { inner: file, bytes: Arc::clone(&self.bytes) });
        let start = raw.fill_buf().with_context(|| format!("cannot read {}", path.display()))?;
        if start.starts_with(&[0x1f, 0x8b]) {
            return Ok(Box::new(BufReader::with_capacity(1 << 17, flate2::bufread::MultiGzDecoder::new(raw))));
        }
        Ok(Box::new(raw))
    }

    /// Keeps a place; `at` says where in the file it stands. Its time zone and country come from its
    /// position.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn place(&mut self, at: &dyn Display, mut place: Place) -> Result<()> {
        if self.is_new(at, &place)? {
            self.locator.complete(&mut place);
            write(&mut self.places, &self.draft, &place)?;
        }
        Ok(())
    }

    /// Keeps a recipe.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn recipe(&mut self, at: &dyn Display, recipe: &Recipe) -> Result<()> {
        if self.is_new(at, recipe)? {
            write(&mut self.recipes, &self.draft, recipe)?;
        }
        Ok(())
    }

    /// Keeps a food.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn food(&mut self, at: &dyn Display, food: &Food) -> Result<()> {
        if self.is_new(at, food)? {
            write(&mut self.foods, &self.draft, food)?;
        }
        Ok(())
    }

    /// Refuses a row.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn refuse(&mut self, at: &dyn Display, reason: &dyn Display) -> Result<()> {
        self.refusals.add(at, reason)?;
        self.stats.read += 1;
        self.stats.refused += 1;
        self.tick();
        Ok(())
    }

    /// Counts an element that is something else.
    pub fn skip(&mut self) {
        self.stats.passed_over += 1;
        self.tick();
    }

    fn is_new(&mut self, at: &dyn Display, record: &impl Record) -> Result<bool> {
        if !self.seen.insert(record.id()) {
            let id = &record.provenance().source_id;
            self.refuse(at, &format_args!("an earlier row has the same id, {id}"))?;
            return Ok(false);
        }
        self.stats.read += 1;
        self.stats.kept += 1;
        self.tick();
        Ok(true)
    }

    fn tick(&mut self) {
        if (self.stats.read + self.stats.passed_over).is_multiple_of(PROGRESS_EVERY) {
            (self.progress)(Progress { bytes: self.bytes.load(Ordering::Relaxed), stats: self.stats });
        }
    }

    /// Completes the files and puts them in place of an earlier import.
    pub(super) fn finish(self, source: &str, paths: &[PathBuf]) -> Result<(Stats, PathBuf)> {
        self.places.map_or(Ok(()), RecordWriter::finish)?;
        self.recipes.map_or(Ok(()), RecordWriter::finish)?;
        self.foods.map_or(Ok(()), RecordWriter::finish)?;
        self.refusals.finish(source, paths, self.stats)?;
        Ok((self.stats, self.draft.commit()?))
    }
}

fn write<R: Record>(writer: &mut Option<RecordWriter<R>>, draft: &Draft, record: &R) -> Result<()> {
    let writer = match writer {
        Some(writer) => writer,
        None => writer.insert(RecordWriter::create(&draft.folder().join(file_name::<R>()), LEVEL)?),
    };
    writer.write(record)
}

/// Counts the bytes that pass.
struct Metered {
    inner: File,
    bytes: Arc<AtomicU64>,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.bytes.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}
