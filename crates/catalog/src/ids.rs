//! Ids by row, and rows by id.

use std::path::Path;

use anyhow::{Result, ensure};
use uuid::Uuid;
use zerocopy::little_endian::U32;

use crate::mapped::MappedSlice;

/// The UUID's bytes, a row.
const IDS: &str = "ids";
/// Rows in ascending order of their id.
const BY_ID: &str = "ids.order";

/// The ids of an index.
pub(crate) struct Ids {
    of_row: MappedSlice<[u8; 16]>,
    by_id: MappedSlice<U32>,
}

impl Ids {
    /// Writes the ids of all rows, in the order of rows.
    ///
    /// # Errors
    /// When the folder cannot be written, or there are more than 2³² rows.
    pub(crate) fn write(dir: &Path, ids: &[Uuid]) -> Result<()> {
        let mut by_id: Vec<u32> = (0..u32::try_from(ids.len())?).collect();
        by_id.sort_unstable_by_key(|row| ids[*row as usize]);
        MappedSlice::write(dir, BY_ID, by_id.into_iter().map(U32::new))?;
        MappedSlice::write(dir, IDS, ids.iter().map(|id| *id.as_bytes()))
    }

    /// Maps the ids of so many rows.
    ///
    /// # Errors
    /// When a file is absent, of another number of rows, or names a row that is not there.
    pub(crate) fn open(dir: &Path, rows: usize) -> Result<Self> {
        let ids = Self { of_row: MappedSlice::open(dir, IDS)?, by_id: MappedSlice::open(dir, BY_ID)? };
        let whole = ids.of_row.len() == rows
            && ids.by_id.len() == rows
            && ids.by_id.iter().all(|row| (row.get() as usize) < rows);
        ensure!(whole, "the ids in {} do not fit the index: build the catalogue again", dir.display());
        Ok(ids)
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.of_row.len()
    }

    /// The id of a row.
    pub(crate) fn get(&self, row: usize) -> Uuid {
        Uuid::from_bytes(self.of_row[row])
    }

    /// The row of an id.
    pub(crate) fn row(&self, id: Uuid) -> Option<usize> {
        let at = self.by_id.binary_search_by(|row| self.of_row[row.get() as usize].cmp(id.as_bytes())).ok()?;
        Some(self.by_id[at].get() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_id_and_other_indexes_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let ids = [7, 3, 9].map(Uuid::from_u128);
        Ids::write(dir.path(), &ids).unwrap();
        let mapped = Ids::open(dir.path(), 3).unwrap();
        for (row, id) in ids.into_iter().enumerate() {
            assert_eq!((mapped.get(row), mapped.row(id)), (id, Some(row)));
        }
        assert_eq!(mapped.row(Uuid::from_u128(4)), None);
        assert!(Ids::open(dir.path(), 2).is_err());
        MappedSlice::write(dir.path(), BY_ID, [0, 1, 3].map(U32::new)).unwrap();
        assert!(Ids::open(dir.path(), 3).is_err());
    }
}
