//! `recipeInstructions` of all shapes, as a list of steps.

use super::json_ld::is_a;
use super::microdata::TEXT_KEY;
use super::schema_org::numbered;
use super::text;
use serde_json::{Map, Value};

/// One line of the instructions.
enum Line {
    Step(String),
    Heading(String),
}

/// The steps in a value: one text, texts, HowToStep, HowToSection, ItemList, or lists of these.
/// The names of sections stand among the steps, each ending in a colon, when there are several
/// parts to tell apart.
pub(super) fn steps(value: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    collect(value, &mut lines);
    let headings = lines.iter().filter(|line| matches!(line, Line::Heading(_))).count();
    // One heading above everything says nothing ("Directions").
    let opening_only = headings == 1 && matches!(lines.first(), Some(Line::Heading(_)));
    let steps = lines
        .into_iter()
        .filter_map(|line| match line {
            Line::Step(step) => step.contains(char::is_alphanumeric).then_some(step),
            Line::Heading(_) if opening_only => None,
            Line::Heading(name) => Some(format!("{}:", name.trim_end_matches([':', ' ']))),
        })
        .collect();
    plain_steps(steps)
}

/// Steps given as lines: numbers taken off, several in one line split.
pub(super) fn plain_steps(lines: Vec<String>) -> Vec<String> {
    without_numbers(split_numbered(lines))
}

fn collect(value: &Value, lines: &mut Vec<Line>) {
    match value {
        Value::String(text) => lines.extend(text::lines(text).into_iter().map(Line::Step)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, lines)),
        Value::Object(object) => collect_object(object, lines),
        _ => {}
    }
}

fn collect_object(object: &Map<String, Value>, lines: &mut Vec<Line>) {
    if let Some(items) = numbered(object) {
        items.into_iter().for_each(|item| collect(item, lines));
        return;
    }
    let text_of = |key: &str| {
        let found = match object.get(key) {
            Some(Value::Array(items)) => items.first(),
            found => found,
        };
        found.and_then(Value::as_str).map(text::line).filter(|line| !line.is_empty())
    };
    let parts = ["itemListElement", "recipeInstructions", "steps", "step", "item"]
        .iter()
        .find_map(|key| object.get(*key))
        .filter(|parts| !matches!(parts, Value::String(text) if text.trim().is_empty()));
    let name = text_of("name").filter(|name| !is_number_name(name));
    let text = text_of("text").or_else(|| text_of("description"));
    if let Some(parts) = parts {
        if is_a(object, "HowToStep") && text.is_some() {
            lines.extend(step(name, text).map(Line::Step));
            return;
        }
        lines.extend(name.map(Line::Heading));
        collect(parts, lines);
        return;
    }
    if is_a(object, "HowToSection") && text.is_some() {
        lines.extend(name.map(Line::Heading));
        if let Some(text) = object.get("text") {
            collect(text, lines);
        }
        return;
    }
    match step(name, text) {
        Some(step) => lines.push(Line::Step(step)),
        None => ["@value", "@list", "@set", TEXT_KEY]
            .iter()
            .filter_map(|key| object.get(*key))
            .for_each(|inner| collect(inner, lines)),
    }
}

/// A step's name and text in one; the name is left out where the text already says it.
fn step(name: Option<String>, text: Option<String>) -> Option<String> {
    match (name, text) {
        (Some(name), Some(text)) => {
            let start = name.trim_end_matches(['.', ':', '!', '…', ' ']).to_lowercase();
            if text.to_lowercase().starts_with(&start) {
                return Some(text);
            }
            let ends = name.ends_with(['.', ':', '!', '?', '…']);
            Some(format!("{name}{} {text}", if ends { "" } else { ":" }))
        }
        (name, text) => text.or(name),
    }
}

/// "Step 3", "2.": what a step's name adds to its place in the list is nothing.
fn is_number_name(name: &str) -> bool {
    after_step_word(name).trim().trim_matches(['.', ':', ')', '#']).chars().all(|sign| sign.is_ascii_digit())
}

fn after_step_word(text: &str) -> &str {
    const WORDS: &[&str] = &["step", "schritt", "étape", "etape", "paso", "passo", "stap", "steg", "단계", "手順"];
    let word_end = text.find(|sign: char| !sign.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(word_end);
    if WORDS.contains(&word.to_lowercase().as_str()) { rest.trim_start() } else { text }
}

/// What follows "`number`." or "`number`)" or "Step `number`" at a line's start.
fn after_number(line: &str, number: usize) -> Option<&str> {
    let unworded = after_step_word(line);
    let rest = unworded.strip_prefix(&number.to_string())?;
    let sign_follows = rest.strip_prefix(['.', ')', ':', '-', '–']);
    match sign_follows {
        // "1.5 litres" is an amount.
        Some(rest) if !rest.starts_with(|sign: char| sign.is_ascii_digit()) => Some(rest),
        None if unworded.len() < line.len() || rest.is_empty() => {
            (!rest.starts_with(|sign: char| sign.is_ascii_digit())).then_some(rest)
        }
        _ => None,
    }
}

/// Splits "1. Boil. 2. Drain. 3. Serve." where it stands in one line.
fn split_numbered(steps: Vec<String>) -> Vec<String> {
    let starts_numbered = |line: &String| after_number(line, 1).is_some();
    if !steps.first().is_some_and(starts_numbered) {
        return steps;
    }
    let mut found = Vec::with_capacity(steps.len());
    let mut number = 1;
    for line in &steps {
        let mut rest = line.as_str();
        if after_number(rest, number + 1).is_some() {
            number += 1;
        }
        while let Some(at) = next_number(rest, number + 1) {
            found.push(rest[..at].trim_end().to_owned());
            rest = rest[at..].trim_start();
            number += 1;
        }
        found.push(rest.to_owned());
    }
    found
}

/// Where " `number`." or " `number`)" stands within a line.
fn next_number(line: &str, number: usize) -> Option<usize> {
    let mark = format!(" {number}");
    line.match_indices(&mark).map(|(at, _)| at).find(|at| {
        let rest = &line[at + mark.len()..];
        let after = rest.strip_prefix(['.', ')']);
        after.is_some_and(|after| !after.starts_with(|sign: char| sign.is_ascii_digit()))
    })
}

/// Takes the numbers off steps that are numbered from one, or from one again after a heading. A
/// line without a number goes on the step before it; lines that are only a number go.
fn without_numbers(steps: Vec<String>) -> Vec<String> {
    if let Some(bare) = without_bare_numbers(&steps) {
        return bare;
    }
    let mut number = 0;
    let mut numbered = 0;
    let mut stripped: Vec<String> = Vec::with_capacity(steps.len());
    let mut after_bare_number = false;
    for line in &steps {
        let next = after_number(line, number + 1).map(|rest| (number + 1, rest));
        match next.or_else(|| after_number(line, 1).map(|rest| (1, rest))) {
            Some((found, rest)) => {
                number = found;
                numbered += 1;
                let rest = rest.trim();
                after_bare_number = rest.is_empty();
                if !after_bare_number {
                    stripped.push(rest.to_owned());
                }
            }
            None if line.ends_with(':') || after_bare_number => {
                after_bare_number = false;
                stripped.push(line.clone());
            }
            None => match stripped.last_mut() {
                Some(step) if number > 0 => join(step, line),
                _ => return steps,
            },
        }
    }
    // Fewer numbers than lines without one: the numbers belong to something else.
    if numbered > 1 && numbered * 2 >= steps.len() { stripped } else { steps }
}

/// The steps without the numbers they all start with, though no sign follows these ("1 Boil").
fn without_bare_numbers(steps: &[String]) -> Option<Vec<String>> {
    let stripped = std::iter::zip(1_usize.., steps).map(|(number, line)| {
        let rest = line.strip_prefix(&format!("{number} "))?;
        rest.starts_with(char::is_alphabetic).then(|| rest.to_owned())
    });
    stripped.collect::<Option<Vec<_>>>().filter(|steps| steps.len() > 1)
}

/// Puts a line after a step, with a space where the script has spaces.
fn join(step: &mut String, line: &str) {
    let ends_spaceless =
        step.chars().last().is_some_and(|sign| matches!(sign, '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'));
    if !ends_spaceless {
        step.push(' ');
    }
    step.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_text_is_split_at_its_lines() {
        let expected = ["Boil the rice.", "Serve."];
        assert_eq!(steps(&json!("Boil the rice.\n\nServe.")), expected);
        assert_eq!(steps(&json!("<p>Boil the rice.</p><p>Serve.</p>")), expected);
        assert_eq!(steps(&json!("1. Boil the rice. 2. Serve.")), expected);
        assert_eq!(steps(&json!(["Boil the rice.", "Serve."])), expected);
        assert_eq!(steps(&json!([["Boil the rice."], ["Serve."]])), expected);
    }

    #[test]
    fn numbers_go_only_when_all_steps_have_them() {
        assert_eq!(steps(&json!("Step 1: Boil\nStep 2: Serve")), ["Boil", "Serve"]);
        assert_eq!(steps(&json!("1.Boil 2.Drain\n3.Serve 4.Eat")), ["Boil", "Drain", "Serve", "Eat"]);
        assert_eq!(steps(&json!("1\nBoil\n2\nServe")), ["Boil", "Serve"]);
        assert_eq!(steps(&json!("1.5 litres go in\n2. Serve")), ["1.5 litres go in", "2. Serve"]);
        assert_eq!(steps(&json!("1. Sauce\nStir")), ["1. Sauce", "Stir"]);
    }

    #[test]
    fn a_line_without_a_number_goes_on_the_one_before() {
        let expected = ["Boil the rice", "Drain", "Serve"];
        assert_eq!(steps(&json!("1. Boil\nthe rice\n2. Drain\n3. Serve")), expected);
    }

    #[test]
    fn bare_numbers_go_when_they_count_the_steps() {
        assert_eq!(steps(&json!(["1 Boil", "2 Serve"])), ["Boil", "Serve"]);
        assert_eq!(steps(&json!(["1 Boil", "3 Serve"])), ["1 Boil", "3 Serve"]);
    }

    #[test]
    fn steps_and_sections() {
        let value = json!([
            {"@type": "HowToSection", "name": "Dough", "itemListElement": [
                {"@type": "HowToStep", "name": "Knead", "text": "Knead for ten minutes."},
                {"@type": "HowToStep", "name": "Rest", "text": "Leave under a &quot;cloth&quot;."},
            ]},
            {"@type": "HowToSection", "name": "Filling:", "itemListElement":
                {"@type": "HowToStep", "text": "<p>Chop.</p><p>Fry.</p>"}},
        ]);
        assert_eq!(
            steps(&value),
            ["Dough:", "Knead for ten minutes.", "Rest: Leave under a \"cloth\".", "Filling:", "Chop. Fry.",]
        );
    }

    #[test]
    fn empty_names_and_lone_headings_are_left_out() {
        let value = json!({"@type": "HowToSection", "name": "Method", "itemListElement": [
            {"@type": "HowToStep", "name": "Step 1", "text": "Boil."},
            {"@type": "HowToStep", "name": "Serve."},
            {"@type": "HowToStep", "text": ["Eat."]},
            {"@type": "HowToStep", "itemListElement": [{"@type": "HowToDirection", "text": "Clean."}]},
        ]});
        assert_eq!(steps(&value), ["Boil.", "Serve.", "Eat.", "Clean."]);
    }
}
