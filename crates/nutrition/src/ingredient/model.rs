//! The tagger: a conditional random field over a line's tokens, trained by `cargo xtask train-ingredients`.
//!
//! The file: `HNHI`, how many features as u32, the transitions from each tag to each as i16, then the features, each its
//! hash as u32 and a weight a tag as i8; all little-endian, weights in 1/16 of the field's own.

use super::features::{Feature, Features};

/// What a token is of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tag {
    /// Of the ingredient's name.
    Name,
    /// A number of the amount.
    Quantity,
    /// A unit.
    Unit,
    /// A size: large, heaped.
    Size,
    /// What is done to it before cooking.
    Preparation,
    /// A remark.
    Comment,
    /// What it is for.
    Purpose,
    /// A mark, or a word that says nothing.
    Other,
}

impl Tag {
    /// How many there are.
    pub const COUNT: usize = 8;

    /// All of them in their order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Name,
        Self::Quantity,
        Self::Unit,
        Self::Size,
        Self::Preparation,
        Self::Comment,
        Self::Purpose,
        Self::Other,
    ];
}

type Weights = [i8; Tag::COUNT];

const MAGIC: &[u8; 4] = b"HNHI";
/// The steps of a weight.
pub const SCALE: f64 = 16.0;
const RECORD: usize = 4 + Tag::COUNT;

/// A trained model.
pub struct Model {
    /// By hash, open addressing; an entry of no hash is empty.
    table: Vec<(Feature, Weights)>,
    transitions: [[i32; Tag::COUNT]; Tag::COUNT],
}

impl Model {
    /// Reads a model's file; none where it is no such file.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let count = usize::try_from(u32::from_le_bytes(*count)).ok()?;
        let mut transitions = [[0; Tag::COUNT]; Tag::COUNT];
        let (weights, features) = rest.split_at_checked(Tag::COUNT * Tag::COUNT * 2)?;
        for (i, weight) in weights.chunks_exact(2).enumerate() {
            transitions[i / Tag::COUNT][i % Tag::COUNT] = i16::from_le_bytes([weight[0], weight[1]]).into();
        }
        if features.len() != count.checked_mul(RECORD)? {
            return None;
        }
        let mut table = vec![(0, Weights::default()); (count * 2).next_power_of_two().max(2)];
        let mask = table.len() - 1;
        for record in features.chunks_exact(RECORD) {
            let (hash, weights) = record.split_first_chunk::<4>()?;
            let hash = u32::from_le_bytes(*hash);
            let mut slot = hash as usize & mask;
            while table[slot].0 != 0 {
                slot = (slot + 1) & mask;
            }
            let mut of = Weights::default();
            for (weight, byte) in of.iter_mut().zip(weights) {
                *weight = byte.cast_signed();
            }
            table[slot] = (hash, of);
        }
        Some(Self { table, transitions })
    }

    /// Writes a model's file from the weights of a field: those of features by their hash, and those of the transitions.
    #[must_use]
    pub fn write(features: &[(Feature, [f64; Tag::COUNT])], transitions: &[[f64; Tag::COUNT]; Tag::COUNT]) -> Vec<u8> {
        let scaled: Vec<(Feature, Weights)> = features
            .iter()
            .map(|(hash, weights)| (*hash, weights.map(|weight| (weight * SCALE).round().clamp(-127.0, 127.0) as i8)))
            .filter(|(hash, weights)| *hash != 0 && weights.iter().any(|weight| *weight != 0))
            .collect();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(u32::try_from(scaled.len()).unwrap_or(0).to_le_bytes());
        for weight in transitions.iter().flatten() {
            bytes.extend(((weight * SCALE).round() as i16).to_le_bytes());
        }
        for (hash, weights) in scaled {
            bytes.extend(hash.to_le_bytes());
            bytes.extend(weights.map(i8::cast_unsigned));
        }
        bytes
    }

    fn weights(&self, feature: Feature) -> Option<&Weights> {
        let mask = self.table.len() - 1;
        let mut slot = feature as usize & mask;
        loop {
            match &self.table[slot] {
                (0, _) => return None,
                (hash, weights) if *hash == feature => return Some(weights),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// The likeliest tags of a line's tokens (Viterbi).
    pub(crate) fn tag(&self, features: &Features, tags: &mut Vec<Tag>) {
        tags.clear();
        let mut back: Vec<[u8; Tag::COUNT]> = Vec::with_capacity(features.tokens().len());
        let mut best = [0_i32; Tag::COUNT];
        for (i, token) in features.tokens().enumerate() {
            let mut here = [0_i32; Tag::COUNT];
            for weights in token.iter().filter_map(|feature| self.weights(*feature)) {
                for (sum, weight) in here.iter_mut().zip(weights) {
                    *sum += i32::from(*weight);
                }
            }
            let mut from = [0_u8; Tag::COUNT];
            if i > 0 {
                let mut next = [i32::MIN; Tag::COUNT];
                for (before, score) in best.iter().enumerate() {
                    for (to, transition) in self.transitions[before].iter().enumerate() {
                        if score + transition > next[to] {
                            (next[to], from[to]) = (score + transition, before as u8);
                        }
                    }
                }
                best = next;
            }
            for (sum, score) in best.iter_mut().zip(here) {
                *sum += score;
            }
            back.push(from);
        }
        let Some(mut tag) = (0..Tag::COUNT).max_by_key(|tag| best[*tag]) else { return };
        for from in back.iter().rev() {
            tags.push(Tag::ALL[tag]);
            tag = usize::from(from[tag]);
        }
        tags.reverse();
    }
}
