//! How much: numbers with their units, from tagged tokens.

use super::lexicon::{singular, unit_name};
use super::model::Tag;
use super::token::{Kind, Token};

/// A number and its unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Amount {
    /// How many; none where a unit stands alone, as in "a handful" written without its article.
    pub quantity: Option<f64>,
    /// The upper end of a range.
    pub quantity_max: Option<f64>,
    /// The unit as written; empty where things are counted.
    pub unit: String,
}

impl Amount {
    /// The unit in the singular and small letters, as a list of units has it: "large bunch", "clove".
    #[must_use]
    pub fn unit_singular(&self) -> String {
        let lower = self.unit.to_lowercase();
        lower.split_whitespace().map(|word| singular(word).into_owned()).collect::<Vec<_>>().join(" ")
    }

    /// Whether it is a weight: grams, ounces, pounds.
    #[must_use]
    pub fn is_weight(&self) -> bool {
        self.quantity.is_some() && matches!(self.unit_name(), Some("g" | "kg" | "mg" | "oz" | "lb"))
    }

    /// The unit's own name, such as `tbsp` for "tablespoons"; none for what is no unit known here.
    #[must_use]
    pub fn unit_name(&self) -> Option<&'static str> {
        let first = self.unit.split_whitespace().last()?;
        let lower = first.to_lowercase();
        unit_name(&singular(&lower))
    }
}

/// Numbers as words.
fn spelled(word: &str) -> Option<f64> {
    Some(match word.to_ascii_lowercase().as_str() {
        "a" | "an" | "one" => 1.0,
        "two" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        "seven" => 7.0,
        "eight" => 8.0,
        "nine" => 9.0,
        "ten" => 10.0,
        "dozen" => 12.0,
        "half" => 0.5,
        "quarter" => 0.25,
        _ => return None,
    })
}

fn value(token: &Token<'_>) -> Option<f64> {
    match token.kind {
        Kind::Number(value) => Some(value),
        Kind::Word => spelled(token.text),
        Kind::Mark(_) => None,
    }
}

/// The amounts of a line in their order.
pub(super) fn amounts(tokens: &[Token<'_>], tags: &[Tag]) -> Vec<Amount> {
    let mut amounts: Vec<Amount> = Vec::new();
    // Whether the last amount may still take a unit.
    let mut open = false;
    let mut ranged = false;
    for (i, (token, tag)) in tokens.iter().zip(tags).enumerate() {
        let dash = matches!(token.kind, Kind::Mark('-' | '–' | '—')) || matches!(token.text, "to" | "or");
        match tag {
            Tag::Quantity => {
                let Some(value) = value(token) else {
                    ranged |= dash && open;
                    continue;
                };
                let last = amounts.last_mut().filter(|last| open && last.unit.is_empty());
                let joined = i > 0 && tokens[i - 1].end() <= token.start;
                match last {
                    Some(last) if ranged && joined && last.quantity_max.is_none() => last.quantity_max = Some(value),
                    _ => {
                        amounts.push(Amount { quantity: Some(value), ..Amount::default() });
                        open = true;
                    }
                }
                ranged = false;
            }
            Tag::Unit => {
                match amounts.last_mut().filter(|_| open) {
                    Some(last) if last.unit.is_empty() => last.unit = token.text.to_owned(),
                    // "fl oz", "large bunches".
                    Some(last) if i > 0 && tags[i - 1] == Tag::Unit => {
                        last.unit.push(' ');
                        last.unit.push_str(token.text);
                    }
                    Some(_) | None => amounts.push(Amount { unit: token.text.to_owned(), ..Amount::default() }),
                }
                open = true;
            }
            _ if dash && open => ranged = true,
            _ => ranged = false,
        }
    }
    amounts
}
