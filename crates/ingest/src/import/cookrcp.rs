//! COOKRCP01 of MFDS: Korean recipes with official figures per serving.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use hnh_domain::nutrient::{Nutrient, Nutrients};
use hnh_domain::recipes::{Course, Ingredient, Method, NutritionBasis, Recipe, RecipeCuisine, Step};
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::Text;
use serde_json::{Map, Value};

use super::RecordSink;
use super::sanitize::{NAME, PARAGRAPH, amount, clean};
use hnh_nutrition::{Served, from_amounts};

/// Ingredients and steps kept of one recipe.
const MOST_LINES: usize = 100;

const FIGURES: &[(&str, Nutrient)] = &[
    ("INFO_ENG", Nutrient::Energy),
    ("INFO_CAR", Nutrient::Carbohydrate),
    ("INFO_PRO", Nutrient::Protein),
    ("INFO_FAT", Nutrient::Fat),
    ("INFO_NA", Nutrient::Sodium),
];

/// Reads replies of the open API, saved as files.
///
/// # Errors
/// When a file cannot be read or is no reply with recipes.
pub fn read(paths: &[PathBuf], sink: &mut RecordSink<'_>) -> Result<()> {
    for path in paths {
        read_reply(path, sink)?;
    }
    Ok(())
}

/// A reply holds at most a thousand rows, so it is taken whole.
fn read_reply(path: &Path, sink: &mut RecordSink<'_>) -> Result<()> {
    let json: Value =
        serde_json::from_reader(sink.open(path)?).with_context(|| format!("{} is not whole JSON", path.display()))?;
    let Some(rows) = json.pointer("/COOKRCP01/row").and_then(Value::as_array) else {
        let answer = json.pointer("/COOKRCP01/RESULT/MSG").or_else(|| json.pointer("/RESULT/MSG"));
        match answer.and_then(Value::as_str) {
            Some(message) => bail!("{} holds no recipes: the service answered \"{message}\"", path.display()),
            None => bail!("{} is no reply of COOKRCP01: it has no COOKRCP01.row", path.display()),
        }
    };
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for (i, row) in rows.iter().enumerate() {
        let at = format!("{file}, row {}", i + 1);
        match row.as_object().ok_or_else(|| "not an object".to_owned()).and_then(recipe) {
            Ok(recipe) => sink.recipe(&at, &recipe)?,
            Err(reason) => sink.refuse(&at, &reason)?,
        }
    }
    Ok(())
}

fn recipe(row: &Map<String, Value>) -> Result<Recipe, String> {
    let field = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or("");
    let id = clean(field("RCP_SEQ"), 20).ok_or("no number (RCP_SEQ)")?;
    let title = clean(field("RCP_NM"), NAME).ok_or("no name (RCP_NM)")?;
    let ingredients = ingredients(field("RCP_PARTS_DTLS"));
    let steps: Vec<Step> = (1..=20)
        .filter_map(|n| step(field(&format!("MANUAL{n:02}"))))
        .map(|text| Step { text: korean(text), timer_s: None })
        .collect();
    if ingredients.is_empty() && steps.is_empty() {
        return Err("neither ingredients (RCP_PARTS_DTLS) nor steps (MANUAL01…)".into());
    }
    let mut nutrients = Nutrients::default();
    for (key, nutrient) in FIGURES {
        nutrients.set(*nutrient, amount(field(key)));
    }
    let serving_g = amount(field("INFO_WGT")).filter(|g| *g > 0.0);
    let served = Served { is_liquid: course(field("RCP_PAT2")) == Course::Soup, ..Served::solid(serving_g) };
    let provenance = Provenance::new(Source::Cookrcp, id);
    let hash_tags = field("HASH_TAG").split(['#', ',']).filter_map(|t| clean(t, 40));
    Ok(Recipe {
        course: course(field("RCP_PAT2")),
        // MFDS publishes recipes for Korean tables, but some are pasta or salad: only it would know.
        cuisine: is_korean_course(field("RCP_PAT2")).then_some(RecipeCuisine::Korean),
        method: method(field("RCP_WAY2")),
        keywords: hash_tags.take(10).collect(),
        ingredients,
        steps,
        basis: if nutrients.is_empty() { NutritionBasis::Unknown } else { NutritionBasis::Stated },
        // What the figures say is known; what the ingredients are is not.
        diets: from_amounts(&nutrients, served),
        nutrients,
        serving_g,
        ..Recipe::new(provenance, korean(title))
    })
}

fn korean(text: String) -> Text {
    Text { ko: Some(text), ..Text::default() }
}

fn course(category: &str) -> Course {
    match category.trim() {
        "밥" => Course::Rice,
        "국&찌개" => Course::Soup,
        "반찬" => Course::Side,
        "후식" => Course::Dessert,
        "일품" => Course::Main,
        _ => Course::Other,
    }
}

/// A soup or stew (국&찌개) is a category of the Korean table alone.
fn is_korean_course(category: &str) -> bool {
    category.trim() == "국&찌개"
}

fn method(way: &str) -> Option<Method> {
    Some(match way.trim() {
        "끓이기" => Method::Boil,
        "굽기" => Method::Grill,
        "볶기" => Method::StirFry,
        "찌기" => Method::Steam,
        "튀기기" => Method::DeepFry,
        _ => return None,
    })
}

/// A step without its number and without the stray letter that refers to a picture: `1. 썬다.a`.
fn step(text: &str) -> Option<String> {
    let text = clean(text, PARAGRAPH)?;
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = match number.strip_prefix(['.', ')']) {
        // "2.5cm로 썬다" is no numbered step.
        Some(rest) if number.len() < text.len() && !rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
        _ => &text,
    };
    clean(without_picture_letters(text.trim()), PARAGRAPH)
}

/// The text without the letters of its pictures: `…썬다.a`, `…치댄다.b,c`, `…굽는다. -C,D`. A letter that
/// belongs to the words stays: "비타민 C".
fn without_picture_letters(text: &str) -> &str {
    let is_letter = |c: char| c.is_ascii_alphabetic() && matches!(c.to_ascii_lowercase(), 'a'..='d');
    let rest = text.trim_end_matches(|c: char| is_letter(c) || c == ',');
    let letters = &text[rest.len()..];
    if letters.is_empty() || letters.split(',').any(|l| l.len() != 1) {
        return text;
    }
    let dashed = rest.trim_end().strip_suffix('-');
    match (dashed, letters.bytes().any(|b| b.is_ascii_uppercase())) {
        (Some(rest), _) => rest.trim_end(),
        (None, false) if rest.ends_with(|c: char| !c.is_ascii_alphanumeric()) => rest.trim_end(),
        _ => text,
    }
}

/// The ingredient lines of a parts text, each under its part's heading.
///
/// Headings come as a line without amounts, as `소스 : …`, `[소스] …`, `(소스) …` or `●소스`.
fn ingredients(text: &str) -> Vec<Ingredient> {
    let mut list = PartsList::default();
    let text = ["<br>", "<br/>", "<br />", "\r"].iter().fold(text.to_owned(), |text, br| text.replace(br, "\n"));
    for piece in text.split('\n').flat_map(headed_pieces) {
        let (heading, rest) = heading(piece);
        if let Some(heading) = heading {
            list.head(heading);
        }
        for item in split_items(rest) {
            match inner_heading(item) {
                Some((before, heading, after)) => {
                    list.add(before);
                    list.head(heading);
                    list.add(after);
                }
                None => list.add(item),
            }
        }
    }
    let mut out = list.items;
    out.truncate(MOST_LINES);
    out
}

/// Ingredients as they come, under the heading that came last.
#[derive(Default)]
struct PartsList {
    items: Vec<Ingredient>,
    part: Option<String>,
}

impl PartsList {
    fn head(&mut self, heading: &str) {
        self.part = clean(heading.trim_matches(is_ornament), NAME);
    }

    fn add(&mut self, item: &str) {
        if let Some(item) = clean(item.trim_matches(is_ornament), NAME) {
            let part = self.part.clone().map(korean);
            self.items.push(Ingredient { name: korean(item), part, ..Ingredient::default() });
        }
    }
}

/// Signs that only decorate a line.
fn is_ornament(c: char) -> bool {
    c.is_whitespace() || "-•·●■▶*.<>".contains(c)
}

/// A heading inside an item, after the amount of the one before: `소금 0.3g 양념장: 고추장 5g`. Gives the
/// item before, the heading, and the item after.
fn inner_heading(item: &str) -> Option<(&str, &str, &str)> {
    let colon =
        item.find([':', '：']).filter(|at| item[..*at].matches('(').count() == item[..*at].matches(')').count())?;
    let before = item[..colon].trim();
    let after = item[colon..].trim_start_matches([':', '：']);
    let mut cut = 0;
    for (start, word) in before.match_indices(|c: char| c.is_whitespace()).map(|(i, _)| (i, &before[..i])) {
        let last = word.rsplit(char::is_whitespace).next().unwrap_or(word);
        if has_amount(last) || last.ends_with(')') || is_vague_amount(last) {
            cut = start;
        }
    }
    // "1차 양념" and "육수(100g)" are headings as a whole.
    if before[..cut].starts_with(|c: char| c.is_ascii_digit()) {
        cut = 0;
    }
    Some((&before[..cut], &before[cut..], after))
}

/// Cuts a line before each `[heading]`.
fn headed_pieces(line: &str) -> Vec<&str> {
    let mut cuts: Vec<usize> = line.match_indices('[').map(|(i, _)| i).collect();
    cuts.insert(0, 0);
    cuts.push(line.len());
    cuts.windows(2).map(|w| &line[w[0]..w[1]]).filter(|p| !p.trim().is_empty()).collect()
}

/// The heading a piece begins with or is, and the rest.
fn heading(piece: &str) -> (Option<&str>, &str) {
    let piece = piece.trim_start_matches(|c| c != '<' && is_ornament(c)).trim_end();
    for (open, close) in [('[', ']'), ('(', ')'), ('<', '>')] {
        if let Some((inner, rest)) = piece.strip_prefix(open).and_then(|p| p.split_once(close))
            && !inner.trim().is_empty()
            && (open == '[' || !has_amount(inner))
        {
            // "[소스소개] 참기름드래싱: 간장 2g": the nearer heading says more.
            let (nearer, rest) = heading(rest.trim_start_matches([':', ' ']));
            return (nearer.or(Some(inner)), rest);
        }
    }
    if let Some((before, after)) = piece.split_once([':', '：'])
        && !before.contains(',')
        && !has_amount(before)
    {
        return (Some(before), after);
    }
    if !piece.contains(',') && !has_amount(piece) && !is_vague_amount(piece) {
        return (Some(piece), "");
    }
    (None, piece)
}

fn has_amount(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit() || "½⅓¼⅔¾".contains(c))
}

/// Words for amounts that have no number: "소금 약간".
fn is_vague_amount(text: &str) -> bool {
    ["약간", "적당량", "조금", "소량", "적당히", "한줌", "한꼬집"].iter().any(|w| text.contains(w))
}

/// Cuts at commas outside brackets, but not at those of "1,000g". A bracket that nothing closes is no
/// bracket: "바지락(모시조개( 200g, 양파 15g" are two items.
fn split_items(text: &str) -> Vec<&str> {
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    for (i, c) in text.char_indices() {
        match c {
            '(' | '[' => open.push(i),
            ')' | ']' => closed.extend(open.pop()),
            _ => {}
        }
    }
    let (mut items, mut start, mut depth) = (Vec::new(), 0, 0_u32);
    for (i, c) in text.char_indices() {
        match c {
            '(' | '[' if closed.contains(&i) => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' | '，' | '、' if depth == 0 => {
                let after = &text[i + c.len_utf8()..];
                let thousands = text[..i].ends_with(|c: char| c.is_ascii_digit())
                    && after.len() >= 3
                    && after.bytes().take(3).all(|b| b.is_ascii_digit());
                if !thousands {
                    items.push(&text[start..i]);
                    start = i + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    items.push(&text[start..]);
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(String, String)> {
        let shown = |t: Option<Text>| t.and_then(|t| t.ko).unwrap_or_default();
        ingredients(text).into_iter().map(|i| (shown(i.part), shown(Some(i.name)))).collect()
    }

    #[test]
    fn steps_lose_number_and_stray_letter_and_nothing_else() {
        assert_eq!(step("1. 고구마는 4cm 정도로\n잘라준다.a").unwrap(), "고구마는 4cm 정도로 잘라준다.");
        assert_eq!(step("12) 섞는다c").unwrap(), "섞는다");
        assert_eq!(step("2.5cm로 썬다.").unwrap(), "2.5cm로 썬다.");
        assert_eq!(step("3. 비타민 abc").unwrap(), "비타민 abc");
        assert_eq!(step("5. 치댄다.b,c").unwrap(), "치댄다.");
        assert_eq!(step("6. 굽는다. -C,D").unwrap(), "굽는다.");
        assert_eq!(step("7. 생략 가능)b").unwrap(), "생략 가능)");
        assert_eq!(step("8. 비타민 C").unwrap(), "비타민 C");
        assert_eq!(step(" "), None);
        assert_eq!(step("4."), None);
    }

    #[test]
    fn headings_of_every_spelling_head_their_lines() {
        assert_eq!(
            lines("고구마죽\n고구마 100g(2/3개, 큰 것), 물 1,000ml\n양념장 : 간장 30g, 소금 약간"),
            [
                ("고구마죽".into(), "고구마 100g(2/3개, 큰 것)".to_owned()),
                ("고구마죽".into(), "물 1,000ml".into()),
                ("양념장".into(), "간장 30g".into()),
                ("양념장".into(), "소금 약간".into()),
            ]
        );
        assert_eq!(
            lines("상추 10g [소스소개] 참기름드래싱:간장2g\n(속재료) 바나나 180g\n- 곁들임채소 : 어린잎(10g)"),
            [
                (String::new(), "상추 10g".to_owned()),
                ("참기름드래싱".into(), "간장2g".into()),
                ("속재료".into(), "바나나 180g".into()),
                ("곁들임채소".into(), "어린잎(10g)".into()),
            ]
        );
        assert_eq!(lines("조개(모시( 200g(30개, 큰 것), 양파 15g").len(), 2);
        assert_eq!(lines("소금 약간"), [(String::new(), "소금 약간".to_owned())]);
    }

    #[test]
    fn a_heading_inside_a_line_ends_the_item_before() {
        assert_eq!(
            lines(
                "김 0.5g - 양념된장 : 된장 12g, 소금 약간 소스: 귤(30g)<br />육수(100g) : 조개(30g), 1차 양념 : 설탕 2g"
            ),
            [
                (String::new(), "김 0.5g".to_owned()),
                ("양념된장".into(), "된장 12g".into()),
                ("양념된장".into(), "소금 약간".into()),
                ("소스".into(), "귤(30g)".into()),
                ("육수(100g)".into(), "조개(30g)".into()),
                ("1차 양념".into(), "설탕 2g".into()),
            ]
        );
    }

    #[test]
    fn a_blank_figure_is_unknown() {
        let row =
            serde_json::json!({"RCP_SEQ":"1","RCP_NM":"죽","MANUAL01":"1. 끓인다.a","INFO_ENG":"205","INFO_FAT":""});
        let r = recipe(row.as_object().unwrap()).unwrap();
        assert_eq!(r.nutrients.get(Nutrient::Energy), Some(205.0));
        assert_eq!(r.nutrients.get(Nutrient::Fat), None);
        assert_eq!((r.basis, r.allergens.len()), (NutritionBasis::Stated, 0));
        assert!(recipe(serde_json::json!({"RCP_SEQ":"1"}).as_object().unwrap()).unwrap_err().contains("RCP_NM"));
    }
}
