//! A set of rows, one bit each.

/// A set of row numbers below a fixed bound, dense: one bit a row, so that sets of two million rows
/// are combined and counted in tens of microseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BitSet {
    words: Vec<u64>,
    rows: usize,
}

impl BitSet {
    /// The empty set among `rows` rows.
    #[must_use]
    pub fn empty(rows: usize) -> Self {
        Self { words: vec![0; rows.div_ceil(64)], rows }
    }

    /// The set of all `rows` rows.
    #[must_use]
    pub fn full(rows: usize) -> Self {
        let mut words = vec![u64::MAX; rows.div_ceil(64)];
        if let (Some(last), spare @ 1..) = (words.last_mut(), rows % 64) {
            *last = (1 << spare) - 1;
        }
        Self { words, rows }
    }

    /// The bound of the row numbers.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The set as words of 64 rows, lowest bit first. Bits past the last row are 0.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Changes the words in place; bits past the last row must stay 0.
    pub(crate) fn words_mut(&mut self) -> &mut [u64] {
        &mut self.words
    }

    /// Whether the row is in the set.
    #[must_use]
    pub fn contains(&self, row: usize) -> bool {
        self.words.get(row / 64).is_some_and(|w| w >> (row % 64) & 1 == 1)
    }

    /// Adds a row; one past the bound is left out.
    pub fn insert(&mut self, row: usize) {
        if row < self.rows {
            self.words[row / 64] |= 1 << (row % 64);
        }
    }

    /// Keeps only the rows that are also in `other`.
    pub fn intersect(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= b);
    }

    /// Adds the rows of `other`.
    pub fn unite(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
    }

    /// How many rows are in the set.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Whether no row is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|w| *w == 0)
    }

    /// The rows in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(i, &word)| {
            std::iter::successors((word != 0).then_some(word), |w| Some(w & (w - 1)).filter(|w| *w != 0))
                .map(move |w| i * 64 + w.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_to_its_bound() {
        for rows in [0, 1, 63, 64, 65, 130] {
            assert_eq!(BitSet::full(rows).count(), rows);
            assert_eq!(BitSet::full(rows).iter().collect::<Vec<_>>(), (0..rows).collect::<Vec<_>>());
            let mut set = BitSet::empty(rows);
            set.insert(rows);
            assert!(set.is_empty() && !set.contains(rows));
        }
    }

    #[test]
    fn combines() {
        let of = |rows: &[usize]| {
            let mut set = BitSet::empty(200);
            rows.iter().for_each(|r| set.insert(*r));
            set
        };
        let mut a = of(&[0, 63, 64, 199]);
        a.intersect(&of(&[63, 100, 199]));
        assert_eq!(a, of(&[63, 199]));
        a.unite(&of(&[1]));
        assert_eq!(a.iter().collect::<Vec<_>>(), [1, 63, 199]);
    }
}
