//! Text search shared by places, recipes and foods: which rows have all of these words.
//!
//! Rows are numbered as they are added and found sets come as one bit a row ([`BitSet`]), so that a
//! search with filters is a few passes of AND over words of 64 rows. The words and their rows are a
//! `tantivy` segment; its blocks are read straight into bits, without scoring.
//!
//! How a word is found, in this order:
//! - Korean, and scripts without spaces: by any part ([`parts`]), also by initial consonants; a Korean word of three
//!   syllables or more with one letter wrong where nothing else was found.
//! - Everything else folded ([`analysis`]): whole and in singular or plural; as the beginning of a
//!   word where it is the last one and still being typed or is no whole word; with one letter wrong,
//!   missing, too many or swapped where it has four letters or more and nothing else was found.

pub mod analysis;
mod bitset;
mod index;
mod parts;

pub use bitset::BitSet;
pub use index::{FieldKind, TextIndex, TextIndexBuilder, Typing};
