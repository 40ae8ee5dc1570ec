//! What the tagger looks at: each token's own form and what stands around it, as hashes.

use super::lexicon::{is_size, is_unit, singular};
use super::token::{Kind, Token};

/// A feature by its hash. Training and reading make them alike; two that meet under one hash are learnt as one.
pub type Feature = u32;

/// FNV-1a over a word's bytes; a number, which is mostly such a hash itself, is mixed in at once.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    fn of(kind: u8) -> Self {
        Self(0xcbf2_9ce4_8422_2325).byte(kind)
    }

    fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    }

    fn number(self, number: u32) -> Self {
        let mixed = (self.0 ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self(mixed ^ (mixed >> 29))
    }

    fn text(self, text: &str) -> Self {
        text.bytes().fold(self, Self::byte).byte(0xff)
    }

    fn done(self) -> Feature {
        (self.0 ^ (self.0 >> 32)) as u32
    }
}

/// What of a token its neighbours see too.
#[derive(Clone, Copy, Default)]
struct Form {
    /// The word in small letters and the singular, hashed.
    word: u32,
    /// The class of the token: number, unit, size, mark, word.
    class: u8,
    /// Its end and its beginning, hashed.
    suffix: u32,
    short_suffix: u32,
    prefix: u32,
}

/// Classes of tokens; marks that matter have one of their own.
const NUMBER: u8 = 1;
const UNIT: u8 = 2;
const SIZE: u8 = 3;
const WORD: u8 = 4;
const CAPITAL: u8 = 5;
const HYPHENED: u8 = 6;
const FIRST_MARK: u8 = 16;

fn mark(c: char) -> u8 {
    FIRST_MARK
        + match c {
            ',' => 0,
            '(' => 1,
            ')' => 2,
            '/' => 3,
            '-' | '–' | '—' => 4,
            '+' => 5,
            '*' => 6,
            '%' => 7,
            '.' => 8,
            ';' | ':' => 9,
            '×' => 10,
            _ => 11,
        }
}

fn form(token: &Token<'_>, lower: &mut String) -> Form {
    match token.kind {
        Kind::Number(value) => {
            let size = if value < 1.0 {
                0
            } else if value < 10.0 {
                1
            } else {
                2
            };
            Form { word: size, class: NUMBER, ..Form::default() }
        }
        Kind::Mark(c) => Form { word: u32::from(c), class: mark(c), ..Form::default() },
        Kind::Word => {
            lower.clear();
            lower.extend(token.text.chars().flat_map(char::to_lowercase));
            let end = |letters: usize| {
                let from = lower.char_indices().rev().nth(letters - 1).map_or(0, |(i, _)| i);
                Hash::of(0).text(&lower[from..]).done()
            };
            let beginning = lower.char_indices().nth(4).map_or(lower.len(), |(i, _)| i);
            let (suffix, short_suffix) = (end(3), end(2));
            let prefix = Hash::of(0).text(&lower[..beginning]).done();
            let one = singular(lower);
            let class = if is_unit(&one) {
                UNIT
            } else if is_size(&one) {
                SIZE
            } else if one.contains('-') {
                HYPHENED
            } else if token.text.starts_with(char::is_uppercase) {
                CAPITAL
            } else {
                WORD
            };
            Form { word: Hash::of(0).text(&one).done(), class, suffix, short_suffix, prefix }
        }
    }
}

/// The features of a line's tokens, one list after the other in one buffer.
#[derive(Default)]
pub struct Features {
    /// All of them.
    all: Vec<Feature>,
    /// Where each token's end.
    ends: Vec<usize>,
    forms: Vec<Form>,
    lower: String,
}

impl Features {
    /// Those of each token.
    pub fn tokens(&self) -> impl ExactSizeIterator<Item = &[Feature]> {
        (0..self.ends.len()).map(|i| {
            let from = if i == 0 { 0 } else { self.ends[i - 1] };
            &self.all[from..self.ends[i]]
        })
    }

    /// Makes those of a line's tokens.
    pub(crate) fn make(&mut self, tokens: &[Token<'_>]) {
        self.all.clear();
        self.ends.clear();
        self.forms.clear();
        for token in tokens {
            let form = form(token, &mut self.lower);
            self.forms.push(form);
        }
        let forms = &self.forms;
        let at = |i: isize| match usize::try_from(i).ok().and_then(|i| forms.get(i)) {
            Some(form) => *form,
            // Before the line and after it.
            None => Form { word: if i < 0 { 1 } else { 2 }, class: if i < 0 { 7 } else { 8 }, ..Form::default() },
        };
        let (mut depth, mut commas, mut numbers, mut units, mut words) = (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
        for i in 0..tokens.len() {
            let n = i as isize;
            let (here, before, after) = (at(n), at(n - 1), at(n + 1));
            let (before2, after2) = (at(n - 2), at(n + 2));
            if tokens[i].kind == Kind::Mark(')') {
                depth = depth.saturating_sub(1);
            }
            let place = depth.min(1) * 64 + commas.min(2) * 16 + numbers.min(3) * 4 + units.min(3);
            let class = |form: Form| u32::from(form.class);
            let all = &mut self.all;
            let mut add = |kind: u8, parts: &[u32]| {
                all.push(parts.iter().fold(Hash::of(kind), |hash, part| hash.number(*part)).done());
            };
            add(1, &[here.word]);
            add(2, &[class(here)]);
            add(3, &[here.suffix]);
            add(4, &[here.short_suffix]);
            add(5, &[here.prefix]);
            add(6, &[before.word]);
            add(7, &[after.word]);
            add(8, &[before.word, here.word]);
            add(9, &[here.word, after.word]);
            add(10, &[class(before), class(here), class(after)]);
            add(11, &[class(before2), class(before), class(here)]);
            add(12, &[class(here), class(after), class(after2)]);
            add(13, &[place]);
            add(14, &[place, class(here)]);
            add(15, &[depth.min(1), commas.min(1), here.word]);
            add(16, &[before2.word]);
            add(17, &[after2.word]);
            add(18, &[depth.min(1), commas.min(2), words.min(3), here.suffix]);
            add(19, &[class(before), here.word]);
            add(20, &[commas.min(1), depth.min(1), before.suffix, here.suffix]);
            add(21, &[commas.min(1), depth.min(1), here.suffix, after.suffix]);
            add(22, &[(tokens.len() - i).min(4) as u32, class(here)]);
            self.ends.push(self.all.len());
            match (tokens[i].kind, here.class) {
                (Kind::Mark('('), _) => depth += 1,
                (Kind::Mark(','), _) if depth == 0 => commas += 1,
                (Kind::Number(_), _) => numbers += 1,
                (Kind::Word, UNIT) => units += 1,
                (Kind::Word, _) => words += 1,
                _ => {}
            }
        }
    }
}
