//! Korean lines: the name first, then how much of it, and lists of them in one text.

use super::Ingredient;
use super::amount::Amount;
use super::lexicon::{is_korean_unit, is_size};
use super::token::{Kind, Token, tokenize};

/// What is done to an ingredient, written before its name.
const PREPARATIONS: &[&str] = &[
    "다진",
    "간",
    "채썬",
    "썬",
    "삶은",
    "데친",
    "불린",
    "볶은",
    "구운",
    "말린",
    "저민",
    "으깬",
    "찐",
    "빻은",
    "익힌",
    "손질한",
    "껍질벗긴",
    "송송썬",
    "슬라이스",
];

/// Amounts without a number.
const VAGUE: &[&str] = &["약간", "조금", "적당량", "적당히", "소량", "기호에따라", "취향껏", "적정량"];

/// Numbers as words before a unit: "한 줌", "반 개".
fn spelled(word: &str) -> Option<f64> {
    Some(match word {
        "한" => 1.0,
        "두" => 2.0,
        "세" | "서" => 3.0,
        "네" | "너" => 4.0,
        "다섯" => 5.0,
        "반" => 0.5,
        _ => return None,
    })
}

/// Whether a line is Korean: more of its letters are Hangul than not.
pub(super) fn is_korean(line: &str) -> bool {
    let hangul = line.chars().filter(|c| matches!(c, '가'..='힣')).count();
    hangul > 0 && hangul >= line.chars().filter(char::is_ascii_alphabetic).count()
}

/// A word that ends in an amount without a number, as in "소금적당량": the name and the amount.
fn with_vague_end(word: &str) -> Option<(&str, &str)> {
    VAGUE.iter().find_map(|vague| word.strip_suffix(vague).map(|name| (name, *vague)))
}

/// Where an amount begins at a token: a number, or a number's word or "약간" with what makes it one.
fn begins_amount(tokens: &[Token<'_>], i: usize) -> bool {
    match tokens[i].kind {
        Kind::Number(_) => true,
        Kind::Mark(_) => false,
        Kind::Word if VAGUE.contains(&tokens[i].text) => true,
        Kind::Word => {
            let counts = spelled(tokens[i].text).is_some();
            counts && tokens.get(i + 1).is_some_and(|next| is_korean_unit(next.text))
        }
    }
}

/// An amount from a token on, and how many tokens it takes.
fn amount(tokens: &[Token<'_>]) -> Option<(Amount, usize)> {
    let first = tokens.first()?;
    if first.kind == Kind::Word && VAGUE.contains(&first.text) {
        return Some((Amount { unit: first.text.to_owned(), ..Amount::default() }, 1));
    }
    let value = |token: &Token<'_>| match token.kind {
        Kind::Number(value) => Some(value),
        Kind::Word => spelled(token.text),
        Kind::Mark(_) => None,
    };
    let quantity = value(first)?;
    let mut used = 1;
    let mut quantity_max = None;
    if let [dash, end, ..] = &tokens[used..]
        && matches!(dash.kind, Kind::Mark('-' | '~' | '–' | '∼' | '～'))
        && let Kind::Number(most) = end.kind
    {
        quantity_max = Some(most);
        used += 2;
    }
    let unit = tokens.get(used).filter(|token| token.kind == Kind::Word).map(|token| token.text);
    used += usize::from(unit.is_some());
    Some((Amount { quantity: Some(quantity), quantity_max, unit: unit.unwrap_or_default().to_owned() }, used))
}

/// Reads a Korean line.
pub(super) fn read(line: &str) -> Ingredient {
    let mut tokens = Vec::new();
    tokenize(line, &mut tokens);
    let mut said = Ingredient::default();
    let (mut name, mut preparation, mut remarks) = (Vec::new(), Vec::new(), Vec::new());
    let mut depth = 0_u32;
    let mut i = 0;
    while i < tokens.len() {
        let token = &tokens[i];
        match token.kind {
            Kind::Mark('(' | '[') => depth += 1,
            Kind::Mark(')' | ']') => depth = depth.saturating_sub(1),
            Kind::Mark(_) => {}
            _ if begins_amount(&tokens, i) => {
                if let Some((amount, used)) = amount(&tokens[i..]) {
                    said.amounts.push(amount);
                    i += used;
                    continue;
                }
            }
            Kind::Word if depth > 0 => remarks.push(token.text),
            Kind::Word if !said.amounts.is_empty() => remarks.push(token.text),
            Kind::Word if name.is_empty() && PREPARATIONS.contains(&token.text) => preparation.push(token.text),
            Kind::Word if name.is_empty() && is_size(token.text) => said.size = Some(token.text.to_owned()),
            Kind::Word => match with_vague_end(token.text) {
                Some((before, vague)) => {
                    if !before.is_empty() {
                        name.push(before);
                    }
                    said.amounts.push(Amount { unit: vague.to_owned(), ..Amount::default() });
                }
                None => name.push(token.text),
            },
            Kind::Number(_) => {}
        }
        i += 1;
    }
    // "다진마늘": what is done to it stands in the same word.
    let joined =
        name.first().and_then(|word| PREPARATIONS.iter().find_map(|done| Some((*done, word.strip_prefix(*done)?))));
    if let Some((done, rest)) = joined
        && done.chars().count() > 1
        && rest.chars().count() > 1
    {
        preparation.push(done);
        name[0] = rest;
    }
    let some = |words: Vec<&str>| Some(words.join(" ")).filter(|words| !words.is_empty());
    said.optional = remarks.iter().any(|word| matches!(*word, "선택" | "생략" | "생략가능"));
    said.name = name.join(" ");
    said.preparation = some(preparation);
    said.comment = some(remarks);
    said
}

/// The lines of a list in one text, each with the group it stands in: `양념장 · 간장 3g(2/3작은술), 설탕 1g`.
#[must_use]
pub fn lines(text: &str) -> Vec<(Option<String>, String)> {
    let mut found = Vec::new();
    let mut group = None;
    for row in text.lines().map(str::trim).filter(|row| !row.is_empty()) {
        for (i, part) in split(row).into_iter().enumerate() {
            let part = part.trim();
            let headed = part.split_once([':', '·', ']']).filter(|_| i == 0 || part.starts_with('['));
            match headed {
                Some((head, rest)) => {
                    group = Some(head.trim_matches(['[', '●', '•', '-', ' ']).to_owned());
                    if !rest.trim().is_empty() {
                        found.push((group.clone(), rest.trim().to_owned()));
                    }
                }
                None if part.is_empty() => {}
                // A row of one part without an amount is a heading.
                None if i == 0
                    && !row.contains(',')
                    && !part.contains(|c: char| c.is_ascii_digit())
                    && with_vague_end(part).is_none() =>
                {
                    group = Some(part.to_owned());
                }
                None => found.push((group.clone(), part.to_owned())),
            }
        }
    }
    found
}

/// The parts between commas that stand in no brackets.
fn split(row: &str) -> Vec<&str> {
    let (mut depth, mut from) = (0_u32, 0);
    let mut parts = Vec::new();
    for (i, c) in row.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&row[from..i]);
                from = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&row[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> String {
        let Ingredient { amounts, name, preparation, .. } = read(line);
        let amounts: Vec<String> = amounts
            .iter()
            .map(|a| {
                format!(
                    "{} {}",
                    a.quantity.map(|q| ((q * 100.0).round() / 100.0).to_string()).unwrap_or_default(),
                    a.unit
                )
            })
            .collect();
        format!("{name} | {} | {}", amounts.join(", ").trim(), preparation.unwrap_or_default())
    }

    #[test]
    fn the_name_comes_first() {
        assert_eq!(told("저염간장 3g(2/3작은술)"), "저염간장 | 3 g, 0.67 작은술 | ");
        assert_eq!(told("두부 1모"), "두부 | 1 모 | ");
        assert_eq!(told("다진 마늘 1½큰술"), "마늘 | 1.5 큰술 | 다진");
        assert_eq!(told("다진마늘 5g"), "마늘 | 5 g | 다진");
        assert_eq!(told("소금 약간"), "소금 | 약간 | ");
        assert_eq!(told("소금적당량"), "소금 | 적당량 | ");
        assert_eq!(told("시금치 한 줌"), "시금치 | 1 줌 | ");
        assert_eq!(told("연어(훈제연어, 120g)"), "연어 | 120 g | ");
        assert_eq!(told("고추 2~3개"), "고추 | 2 개 | ");
        assert_eq!(told("간장 2큰술"), "간장 | 2 큰술 | ");
    }

    #[test]
    fn a_list_is_taken_apart_with_its_groups() {
        let list = "감자 50g(1/3개), 후추 약간\n양념장 · 저염간장 3g(2/3작은술), 설탕 1g\n소스\n우유 10g";
        let told: Vec<String> =
            lines(list).into_iter().map(|(group, line)| format!("{}: {line}", group.unwrap_or_default())).collect();
        assert_eq!(
            told,
            [": 감자 50g(1/3개)", ": 후추 약간", "양념장: 저염간장 3g(2/3작은술)", "양념장: 설탕 1g", "소스: 우유 10g"]
        );
    }
}
