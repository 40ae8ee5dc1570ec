//! Numbers of every recipe, a column each: amounts a serving, minutes, and how much is known.

use std::path::Path;

use anyhow::{Result, ensure};
use hnh_domain::nutrient::{Nutrient, Range};
use hnh_domain::recipes::Recipe;
use zerocopy::little_endian::F32;

use crate::mapped::MappedSlice;
use crate::text::BitSet;

const FILE: &str = "columns.f32";
const COLUMNS: usize = Nutrient::ALL.len() + 2;
/// From how many candidates among 64 rows comparing all 64 at once is cheaper.
const DENSE: u32 = 12;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// The amount of a nutrient a serving, in its unit.
    Nutrient(Nutrient),
    /// Minutes in all.
    Minutes,
    /// How many nutrients are known.
    Completeness,
}

impl Column {
    fn position(self) -> usize {
        match self {
            Self::Nutrient(n) => n.index(),
            Self::Minutes => Nutrient::ALL.len(),
            Self::Completeness => Nutrient::ALL.len() + 1,
        }
    }

    fn all() -> impl Iterator<Item = Self> {
        Nutrient::ALL.iter().map(|n| Self::Nutrient(*n)).chain([Self::Minutes, Self::Completeness])
    }

    /// The value of a recipe; NaN where it is unknown, which lies in no range.
    #[expect(clippy::cast_precision_loss, reason = "minutes and counts are far below 2^24")]
    pub(super) fn of(self, recipe: &Recipe) -> f32 {
        match self {
            Self::Nutrient(n) => recipe.nutrients.get(n).unwrap_or(f32::NAN),
            Self::Minutes => {
                let sum = || Some(recipe.prep_min?.saturating_add(recipe.cook_min?));
                recipe.total_min.or_else(sum).map_or(f32::NAN, |m| m as f32)
            }
            Self::Completeness => Nutrient::ALL.iter().filter(|n| recipe.nutrients.get(**n).is_some()).count() as f32,
        }
    }
}

/// Collects the columns while building.
pub(super) struct ColumnsBuilder(Vec<Vec<f32>>);

impl ColumnsBuilder {
    pub(super) fn new() -> Self {
        Self(vec![Vec::new(); COLUMNS])
    }

    pub(super) fn add(&mut self, recipe: &Recipe) {
        for (values, column) in self.0.iter_mut().zip(Column::all()) {
            values.push(column.of(recipe));
        }
    }

    pub(super) fn get(&self, column: Column) -> &[f32] {
        &self.0[column.position()]
    }

    /// # Errors
    /// When the file cannot be written.
    pub(super) fn write(&self, dir: &Path) -> Result<()> {
        MappedSlice::write(dir, FILE, self.0.iter().flatten().map(|v| F32::new(*v)))
    }
}

/// The columns of an index.
pub(super) struct Columns {
    values: MappedSlice<F32>,
    rows: usize,
}

impl Columns {
    /// # Errors
    /// When the file is absent or does not hold `rows` rows of every column.
    pub(super) fn open(dir: &Path, rows: usize) -> Result<Self> {
        let values = MappedSlice::<F32>::open(dir, FILE)?;
        ensure!(values.len() == rows * COLUMNS, "{FILE} does not fit the index: build the catalogue again");
        Ok(Self { values, rows })
    }

    pub(super) fn get(&self, column: Column) -> &[F32] {
        let start = column.position() * self.rows;
        &self.values[start..start + self.rows]
    }

    /// Keeps the rows whose value is known and lies in the range, its ends included.
    pub(super) fn retain(&self, set: &mut BitSet, column: Column, range: Range) {
        let (min, max) = (range.min.unwrap_or(f32::NEG_INFINITY), range.max.unwrap_or(f32::INFINITY));
        let fits = |v: &F32| (min..=max).contains(&v.get());
        let (chunks, rest) = self.get(column).as_chunks::<64>();
        let words = set.words_mut();
        for (word, values) in words.iter_mut().zip(chunks) {
            match word.count_ones() {
                0 => {}
                1..DENSE => *word = only(*word, |i| fits(&values[i])),
                _ => *word &= mask(&values.each_ref().map(|v| u8::from(fits(v)))),
            }
        }
        if let Some(word) = words.get_mut(chunks.len()) {
            *word = only(*word, |i| rest.get(i).is_some_and(fits));
        }
    }
}

/// The bits of the word whose position passes.
fn only(word: u64, passes: impl Fn(usize) -> bool) -> u64 {
    let (mut left, mut kept) = (word, 0);
    while left != 0 {
        let i = left.trailing_zeros();
        kept |= u64::from(passes(i as usize)) << i;
        left &= left - 1;
    }
    kept
}

/// 64 bytes of 0 or 1 as bits. Multiplying gathers the lowest bits of eight bytes in the highest byte
/// (Warren, Hacker's Delight, 2nd ed., 7-8); compilers vectorise the comparison before it, not a shift.
fn mask(flags: &[u8; 64]) -> u64 {
    let (eights, _) = flags.as_chunks::<8>();
    eights
        .iter()
        .rev()
        .fold(0, |mask, eight| mask << 8 | u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_four_flags_become_bits_in_order() {
        for bits in [0, 1, 1 << 63, 0xdead_beef_0123_4567, u64::MAX] {
            let flags = std::array::from_fn(|i| (bits >> i & 1) as u8);
            assert_eq!(mask(&flags), bits);
        }
    }

    #[test]
    fn unknown_amounts_pass_no_range() {
        let dir = tempfile::tempdir().unwrap();
        let rows = 150;
        let energy = |row: usize| if row.is_multiple_of(3) { f32::NAN } else { row as f32 };
        let values = (0..COLUMNS).flat_map(|_| (0..rows).map(|r| F32::new(energy(r))));
        MappedSlice::write(dir.path(), FILE, values).unwrap();
        let columns = Columns::open(dir.path(), rows).unwrap();
        for (candidates, range) in [(BitSet::full(rows), "..100"), (BitSet::full(rows), "20.."), (thin(rows), "7..140")]
        {
            let range: Range = range.parse().unwrap();
            let mut set = candidates.clone();
            columns.retain(&mut set, Column::Nutrient(Nutrient::Energy), range);
            let fits = |v: f32| !v.is_nan() && range.min.is_none_or(|m| v >= m) && range.max.is_none_or(|m| v <= m);
            let wanted: Vec<_> = candidates.iter().filter(|r| fits(energy(*r))).collect();
            assert_eq!(set.iter().collect::<Vec<_>>(), wanted, "{range}");
        }
    }

    fn thin(rows: usize) -> BitSet {
        let mut set = BitSet::empty(rows);
        (0..rows).step_by(7).for_each(|r| set.insert(r));
        set
    }
}
