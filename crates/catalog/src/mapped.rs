//! Files of an index version, mapped into memory.
//!
//! An index is written once and never changed, so its files are mapped and read in place: opening
//! costs nothing, and all versions and processes share one copy in the page cache.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use tantivy::Directory;
use tantivy::directory::{MmapDirectory, OwnedBytes};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// A file in memory. Stays readable after the file is deleted, as a swap to a newer version does.
#[derive(Clone)]
pub(crate) struct Mapped(OwnedBytes);

impl Mapped {
    /// Maps `name` in the folder `dir`.
    ///
    /// # Errors
    /// When the file is absent or cannot be mapped.
    pub(crate) fn open(dir: &Path, name: &str) -> Result<Self> {
        let map = || -> Result<OwnedBytes> { Ok(MmapDirectory::open(dir)?.open_read(Path::new(name))?.read_bytes()?) };
        map().map(Self).with_context(|| format!("cannot map {}", dir.join(name).display()))
    }

    /// The whole file.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A mapped file of values of one size.
#[derive(Clone)]
pub(crate) struct MappedSlice<T> {
    file: Mapped,
    of: std::marker::PhantomData<T>,
}

impl<T: FromBytes + IntoBytes + Immutable + KnownLayout + Unaligned> MappedSlice<T> {
    /// Maps `name` in the folder `dir`.
    ///
    /// # Errors
    /// When the file cannot be mapped or its length is no whole number of values.
    pub(crate) fn open(dir: &Path, name: &str) -> Result<Self> {
        let file = Mapped::open(dir, name)?;
        let whole = file.bytes().len().is_multiple_of(size_of::<T>());
        ensure!(whole, "{} is cut off: build the catalogue again", dir.join(name).display());
        Ok(Self { file, of: std::marker::PhantomData })
    }

    /// Writes values where [`Self::open`] finds them.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn write(dir: &Path, name: &str, values: impl IntoIterator<Item = T>) -> Result<()> {
        let path = dir.join(name);
        let write = || -> std::io::Result<()> {
            let mut file = BufWriter::new(File::create(&path)?);
            for value in values {
                file.write_all(value.as_bytes())?;
            }
            file.into_inner()?.sync_all()
        };
        write().with_context(|| format!("cannot write {}", path.display()))
    }
}

impl<T: FromBytes + Immutable + KnownLayout + Unaligned> std::ops::Deref for MappedSlice<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        // The length was checked on opening and unaligned types fit anywhere, so this cannot fail.
        <[T]>::ref_from_bytes(self.file.bytes()).unwrap_or_default()
    }
}
