//! Chance that falls the same way every time: decided by an id.

use std::f32::consts::TAU;

use uuid::Uuid;

/// Numbers from a seed (SplitMix64).
pub(super) struct Chance(u64);

impl Chance {
    /// Chance decided by an id.
    pub(super) fn of(id: Uuid) -> Self {
        let (high, low) = id.as_u64_pair();
        Self(high ^ low.rotate_left(32))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        // 24 bits are what an f32 holds exactly.
        let part = (self.next() >> 40) as f32 / (1_u64 << 24) as f32;
        low + part * (high - low)
    }

    /// One of several.
    pub(super) fn one_of<T: Copy>(&mut self, first: T, others: &[T]) -> T {
        let at = (self.next() % (others.len() as u64 + 1)) as usize;
        if at == 0 { first } else { others.get(at - 1).copied().unwrap_or(first) }
    }

    /// Yes, so often in a hundred.
    pub(super) fn percent(&mut self, often: u32) -> bool {
        self.next() % 100 < u64::from(often)
    }

    /// An angle in radians.
    pub(super) fn angle(&mut self) -> f32 {
        self.between(0.0, TAU)
    }
}
