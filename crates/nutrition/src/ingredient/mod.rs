//! A line of ingredients as a cook reads it: how much of what, and what is done to it.

mod amount;
mod features;
mod korean;
mod lexicon;
mod model;
mod token;
#[cfg(any(test, feature = "train"))]
pub mod train;

pub use amount::Amount;
pub use features::{Feature, Features};
pub use korean::lines;
pub(crate) use lexicon::singular;
pub use model::{Model, SCALE, Tag};

use std::sync::LazyLock;

use token::{Kind, Token, tokenize};

/// The model that the program carries.
static MODEL: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(include_bytes!("../../model/ingredients.bin")));

/// What a line says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ingredient {
    /// The amounts in their order: `150g/5¼oz` has two.
    pub amounts: Vec<Amount>,
    /// Large, heaped.
    pub size: Option<String>,
    /// What it is; several words as the line has them.
    pub name: String,
    /// What is done to it before cooking.
    pub preparation: Option<String>,
    /// A remark.
    pub comment: Option<String>,
    /// What it is for: "to serve".
    pub purpose: Option<String>,
    /// Whether one can leave it out.
    pub optional: bool,
}

/// Reads lines; keeps its buffers from one to the next.
#[derive(Default)]
pub struct Reader {
    /// Another model than the program's own.
    model: Option<Model>,
    features: Features,
    tags: Vec<Tag>,
}

impl Reader {
    /// A reader by another model than the program's own.
    #[must_use]
    pub fn with(model: Model) -> Self {
        Self { model: Some(model), ..Self::default() }
    }

    /// What a line says.
    pub fn read(&mut self, line: &str) -> Ingredient {
        if korean::is_korean(line) {
            return korean::read(line);
        }
        let mut tokens = Vec::with_capacity(16);
        tokenize(line, &mut tokens);
        self.features.make(&tokens);
        match self.model.as_ref().or(MODEL.as_ref()) {
            Some(model) => model.tag(&self.features, &mut self.tags),
            None => self.tags.clear(),
        }
        ingredient(&tokens, &self.tags)
    }
}

/// A number as cooks write it and nothing beside: `2`, `½`, `1 1/2`.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let mut tokens = Vec::new();
    tokenize(text, &mut tokens);
    match tokens.as_slice() {
        [Token { kind: Kind::Number(value), .. }] => Some(*value),
        _ => None,
    }
}

/// The words with a tag, as the line has them.
fn words(tokens: &[Token<'_>], tags: &[Tag], wanted: Tag) -> String {
    let mut text = String::new();
    for (token, _) in tokens.iter().zip(tags).filter(|(_, tag)| **tag == wanted) {
        if !text.is_empty() && !matches!(token.kind, Kind::Mark(',' | ')' | '.')) {
            text.push(' ');
        }
        text.push_str(token.text);
    }
    text
}

fn ingredient(tokens: &[Token<'_>], tags: &[Tag]) -> Ingredient {
    let part = |tag| Some(words(tokens, tags, tag)).filter(|words| !words.is_empty());
    let is_optional = |token: &Token<'_>| token.text.eq_ignore_ascii_case("optional");
    Ingredient {
        amounts: amount::amounts(tokens, tags),
        size: part(Tag::Size),
        name: words(tokens, tags, Tag::Name),
        preparation: part(Tag::Preparation),
        comment: part(Tag::Comment),
        purpose: part(Tag::Purpose),
        optional: tokens.iter().any(is_optional),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_alone() {
        assert_eq!(["2", "½", "1½", "1 1/2", "few", "2-3", ""].map(number), {
            [Some(2.0), Some(0.5), Some(1.5), Some(1.5), None, None, None]
        });
    }

    #[test]
    fn the_programs_own_model_reads_lines_as_a_cook_does() {
        let mut reader = Reader::default();
        let mut told = |line: &str| {
            let Ingredient { amounts, name, preparation, .. } = reader.read(line);
            let first = amounts.first().cloned().unwrap_or_default();
            let unit = first.unit_singular();
            let quantity = first.quantity.map(|quantity| quantity.to_string()).unwrap_or_default();
            format!("{quantity} | {unit} | {name} | {}", preparation.unwrap_or_default())
        };
        assert_eq!(told("3 tbsp light soy sauce"), "3 | tbsp | light soy sauce | ");
        assert_eq!(told("250g/9oz firm tofu, drained and cubed"), "250 | g | firm tofu | drained and cubed");
        assert_eq!(told("1½ cups brown rice"), "1.5 | cup | brown rice | ");
        assert_eq!(told("4 garlic cloves, crushed"), "4 | clove | garlic | crushed");
        assert_eq!(told("salt"), " |  | salt | ");
        assert_eq!(told("다진 마늘 1큰술"), "1 | 큰술 | 마늘 | 다진");
        for nonsense in ["", "½½½", "((((", "🍕🍕", "1/0 cup of nothing", "-"] {
            told(nonsense);
        }
    }
}
