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

/// The headings of groups of ingredients, whole: "굴소스" is none.
#[rustfmt::skip]
const HEADINGS: &[&str] = &[
    "재료", "주재료", "부재료", "필수재료", "양념", "양념장", "소스", "고명", "반죽", "장식", "드레싱", "토핑", "곁들임", "밑간",
];

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
    let rows: Vec<&str> = text.lines().map(str::trim).filter(|row| !row.is_empty()).collect();
    for (number, row) in rows.iter().enumerate() {
        // The dish's own name above its list; anything else that nobody can read is a line, for nothing may be lost.
        let titles_a_list = number == 0 && rows.get(1).is_some_and(|next| next.contains(','));
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
                // "재료 풋고추(10g)": a heading stands before its first line.
                None if i == 0 && heading_before(part).is_some() => {
                    if let Some((head, line)) = heading_before(part) {
                        group = Some(head.to_owned());
                        found.push((group.clone(), line.to_owned()));
                    }
                }
                None if i == 0
                    && (titles_a_list || HEADINGS.contains(&part))
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

/// A heading with the line that follows it in the same row.
fn heading_before(part: &str) -> Option<(&str, &str)> {
    let (head, line) = part.split_once(' ')?;
    let (line, has_amount) = (line.trim(), line.contains(|c: char| c.is_ascii_digit()));
    let is_heading = HEADINGS.contains(&head) || ["육수", "조림장"].contains(&head);
    (is_heading && has_amount && !line.starts_with(|c: char| c.is_ascii_digit())).then_some((head, line))
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
    fn what_is_no_heading_is_a_line() {
        let count = |text: &str| lines(text).len();
        assert_eq!(count("마법의가루"), 1);
        assert_eq!(count("두부 1모\n굴소스"), 2);
        assert_eq!(count("새우두부찜\n두부 75g, 새우 20g"), 2);
        assert_eq!(count("두부 1모\n양념장\n간장 1큰술"), 2);
        assert_eq!(lines("재료 풋고추(10g), 두부(100g)")[0], (Some("재료".into()), "풋고추(10g)".into()));
        assert_eq!(lines("소스 2큰술")[0].1, "소스 2큰술");
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
