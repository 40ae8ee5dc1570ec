//! Lines that people labelled, made fit to train the tagger from.
//!
//! A label says which words are the name, the amount and so on, not where they stand: the words are found in the line, each
//! part in its order, so that as many as can be are explained and parts stay together.

use std::cmp::Reverse;

use super::features::{Feature, Features};
use super::lexicon::{singular, unit_name};
use super::model::Tag;
use super::token::{Kind, Token, tokenize};
use super::{Amount, Ingredient};

/// What people say of a line. Numbers are written `1#1$2` for 1½ and `#1$4` for ¼.
#[derive(Clone, Debug, Default)]
pub struct Label<'a> {
    /// The parts in the order of [`Tag::ALL`], without the last.
    pub parts: [&'a str; Tag::COUNT - 1],
}

/// How many ways to read a line are followed.
const BEAM: usize = 64;
/// How many words of a part may be passed over to find the next.
const PASSED: usize = 2;

/// Words and numbers that can be compared.
#[derive(Clone, Debug, PartialEq)]
enum Item {
    Number(f64),
    Word(String),
}

fn item(token: &Token<'_>) -> Option<Item> {
    match token.kind {
        Kind::Number(value) => Some(Item::Number((value * 1_000.0).round())),
        Kind::Word => Some(Item::Word(plain(token.text))),
        Kind::Mark(_) => None,
    }
}

fn plain(word: &str) -> String {
    let lower = word.to_lowercase();
    lower.split('-').map(|part| singular(part).into_owned()).collect::<Vec<_>>().join("-")
}

/// `1#1$2` as a number.
fn labelled_number(text: &str) -> Option<f64> {
    let (whole, part) = text.split_once('#').unwrap_or((text, ""));
    let whole: f64 = if whole.is_empty() { 0.0 } else { whole.parse().ok()? };
    let part = match part.split_once('$') {
        Some((above, below)) => above.parse::<f64>().ok()? / below.parse::<f64>().ok()?,
        None if part.is_empty() => 0.0,
        None => return None,
    };
    Some(((whole + part) * 1_000.0).round())
}

/// A part's words and numbers. A range is two numbers; a fraction stands by itself.
fn items(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    for word in text.split_whitespace() {
        if word.contains(|c: char| c.is_ascii_digit()) {
            let numbers: Vec<Option<f64>> = word.split(['-', 'x']).map(labelled_number).collect();
            if numbers.iter().all(Option::is_some) {
                items.extend(numbers.into_iter().flatten().map(Item::Number));
                continue;
            }
        }
        let mut tokens = Vec::new();
        tokenize(word, &mut tokens);
        items.extend(tokens.iter().filter_map(item));
    }
    items
}

/// One way to read a line so far.
#[derive(Clone)]
struct Reading {
    tags: Vec<Tag>,
    /// How far each part was found.
    found: [usize; Tag::COUNT - 1],
    score: i32,
}

/// The tags that explain a line best, and how many of the label's words they leave out.
fn align(tokens: &[Token<'_>], label: &Label<'_>) -> (Vec<Tag>, usize) {
    let parts = label.parts.map(items);
    let mut readings = vec![Reading { tags: Vec::new(), found: [0; Tag::COUNT - 1], score: 0 }];
    for token in tokens {
        let here = item(token);
        let mut next = Vec::new();
        for reading in &readings {
            let last = reading.tags.iter().rev().find(|tag| **tag != Tag::Other);
            let mut grow = |tag: Tag, found, gain: i32| {
                let turn = i32::from(tag != Tag::Other && last.is_some_and(|last| *last != tag));
                let mut tags = reading.tags.clone();
                tags.push(tag);
                next.push(Reading { tags, found, score: reading.score + gain * 10 - turn });
            };
            grow(Tag::Other, reading.found, 0);
            let Some(here) = &here else { continue };
            for (tag, part) in Tag::ALL.iter().zip(&parts) {
                let from = reading.found[*tag as usize];
                let ahead = part.iter().skip(from).take(PASSED + 1).position(|item| item == here);
                if let Some(ahead) = ahead {
                    let mut found = reading.found;
                    found[*tag as usize] = from + ahead + 1;
                    grow(*tag, found, 1);
                }
            }
        }
        next.sort_by_key(|reading| Reverse(reading.score));
        next.dedup_by(|a, b| a.found == b.found && a.tags.last() == b.tags.last() && a.score == b.score);
        next.truncate(BEAM);
        readings = next;
    }
    let wanted: usize = parts.iter().map(Vec::len).sum();
    let best = readings.into_iter().next().map(|reading| reading.tags).unwrap_or_default();
    let explained = best.iter().filter(|tag| **tag != Tag::Other).count();
    (best, wanted.saturating_sub(explained))
}

/// A line to learn from.
#[derive(Clone, Debug)]
pub struct Example {
    /// The features of each token.
    pub features: Vec<Vec<Feature>>,
    /// What each is.
    pub tags: Vec<Tag>,
}

/// A labelled line as an example; none where more than one of the label's words is not found in the line.
#[must_use]
pub fn example(line: &str, label: &Label<'_>) -> Option<Example> {
    let mut tokens = Vec::new();
    tokenize(line, &mut tokens);
    let (tags, missing) = align(&tokens, label);
    if missing > 1 || tokens.is_empty() {
        return None;
    }
    let mut features = Features::default();
    features.make(&tokens);
    Some(Example { features: features.tokens().map(<[Feature]>::to_vec).collect(), tags })
}

/// Whether two texts have the same words, whatever their number and case.
#[must_use]
pub fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(|word| singular(word).into_owned()).collect::<Vec<_>>()
    };
    words(one) == words(other)
}

/// Whether the first number and the first unit of a line were read as its label says. A label that is no number is not judged.
#[must_use]
pub fn first_amount(read: &Ingredient, quantity: &str, unit: &str) -> (bool, bool) {
    let first = quantity.split(' ').next().and_then(|text| text.split('-').next()).unwrap_or_default().replace('x', "");
    let number = read.amounts.first().and_then(|amount| amount.quantity);
    let right_quantity = match (first.is_empty(), labelled_number(&first)) {
        (true, _) => number.is_none(),
        (false, None) => true,
        (false, Some(label)) => number.is_some_and(|number| (number * 1_000.0 - label).abs() < 11.0),
    };
    let name = |text: &str| {
        let lower = text.to_lowercase();
        let first = lower.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty())?;
        let one = singular(first).into_owned();
        Some(unit_name(&one).map_or(one, str::to_owned))
    };
    let read_unit =
        read.amounts.iter().find(|amount| !amount.unit.is_empty()).map(Amount::unit_singular).unwrap_or_default();
    (right_quantity, name(unit) == name(&read_unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_found_in_its_line() {
        let line = "100g/3½oz tomatoes (about two), roughly chopped";
        let label = Label { parts: ["tomatoes", "100 3#1$2 two", "g oz", "", "roughly chopped", "about", ""] };
        let mut tokens = Vec::new();
        tokenize(line, &mut tokens);
        let (tags, missing) = align(&tokens, &label);
        use Tag as T;
        let expected = [
            T::Quantity,
            T::Unit,
            T::Other,
            T::Quantity,
            T::Unit,
            T::Name,
            T::Other,
            T::Comment,
            T::Quantity,
            T::Other,
            T::Other,
            T::Preparation,
            T::Preparation,
        ];
        assert_eq!((tags.as_slice(), missing), (expected.as_slice(), 0));
    }
}
