//! Recipes as people paste them: a title, lines of ingredients, steps, under headings or without.

use super::{BookLine, Found, Parts, line, step};
use crate::import::from_page::servings;
use hnh_recipe_page::duration;

/// What stands under a heading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Head,
    Ingredients,
    Steps,
    Notes,
}

const HEADINGS: &[(Section, &[&str])] = &[
    (
        Section::Ingredients,
        &[
            "ingredients",
            "you will need",
            "what you need",
            "shopping list",
            "재료",
            "준비물",
            "zutaten",
            "ingrédients",
            "ingredientes",
        ],
    ),
    (
        Section::Steps,
        &[
            "method",
            "directions",
            "instructions",
            "steps",
            "preparation",
            "how to make",
            "how to make it",
            "만드는법",
            "만들기",
            "조리순서",
            "조리법",
            "조리과정",
            "조리방법",
            "요리순서",
            "zubereitung",
            "préparation",
            "preparación",
        ],
    ),
    (Section::Notes, &["notes", "note", "tips", "tip", "팁", "메모", "참고", "notizen"]),
];

/// The section that a line heads, and the part of the dish that it names ("For the sauce:").
fn heading(text: &str) -> Option<Section> {
    let plain = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let words = plain.split('(').next().unwrap_or_default().trim();
    let joined: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let is = |name: &&&str| **name == words || name.replace(' ', "") == joined;
    HEADINGS.iter().find(|(_, names)| names.iter().any(|name| is(&name))).map(|(section, _)| *section)
}

/// A line without its bullet or number.
fn unmarked(text: &str) -> &str {
    let text = text.trim().trim_start_matches(['-', '*', '•', '·', '▢', '□', '☐', '–']).trim_start();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    let rest = &text[digits..];
    let numbered = digits > 0 && digits <= 2 && rest.starts_with(['.', ')', ':']);
    let after = rest.get(1..).unwrap_or_default();
    // "1.5 cups" is an amount.
    if numbered && !after.starts_with(|c: char| c.is_ascii_digit()) { after.trim_start() } else { text }
}

/// A fact of the whole recipe in one line: how many it serves, how long it takes.
fn fact(text: &str, parts: &mut Parts) -> bool {
    let lower = text.to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    let short = text.chars().count() < 60;
    let after = text.split_once([':', '：']).map_or(text, |(_, after)| after);
    if short && (begins(&["serves", "servings", "yield", "makes", "for "]) || lower.contains("인분")) {
        let stated = servings(after).or_else(|| servings(&format!("{after} servings")));
        if stated.is_some() {
            parts.servings = stated;
            return true;
        }
    }
    let times: [&[&str]; 3] = [
        &["prep", "preparation time", "준비 시간", "준비시간"],
        &["cook", "cooking time", "조리 시간", "조리시간"],
        &["total", "time", "총 시간", "소요 시간", "소요시간"],
    ];
    for (i, words) in times.into_iter().enumerate() {
        if short
            && begins(words)
            && text.contains([':', '：'])
            && let Some(minutes) = duration::minutes(after.trim())
        {
            parts.times[i] = Some(minutes);
            return true;
        }
    }
    false
}

/// Whether a line looks like an ingredient: short, and with an amount.
fn is_ingredient(text: &str) -> bool {
    let short = text.chars().count() <= 80 && !text.trim_end().ends_with(['.', '다', '요']);
    short && text.contains(|c: char| c.is_numeric() || matches!(c, '½' | '¼' | '¾' | '⅓' | '⅔'))
}

/// The recipe of a text, if it has a title and lines that are ingredients or steps.
pub(super) fn read(text: &str) -> Option<Found> {
    let mut parts = Parts::default();
    let mut section = Section::Head;
    let mut part = String::new();
    let mut headed = false;
    for row in text.lines().map(str::trim).filter(|row| !row.is_empty()) {
        if let Some(next) = heading(row) {
            section = next;
            headed = true;
            part.clear();
            continue;
        }
        if parts.title.is_empty() {
            row.trim_start_matches('#').trim().clone_into(&mut parts.title);
            continue;
        }
        if section != Section::Steps && fact(row, &mut parts) {
            continue;
        }
        let plain = unmarked(row);
        let link = plain.starts_with("https://") || plain.starts_with("http://");
        match section {
            Section::Head if link => parts.source = plain.to_owned(),
            Section::Head if !headed && is_ingredient(plain) => {
                parts.ingredients.push(line(plain));
            }
            // Without headings, sentences after the ingredients are steps.
            Section::Head if !parts.ingredients.is_empty() => parts.steps.push(step(plain)),
            Section::Head => {
                parts.summary = [parts.summary.as_str(), plain].join(" ").trim().to_owned();
            }
            Section::Ingredients => match plain.strip_suffix([':', '：']) {
                Some(heading) => part = heading.trim_start_matches("For the ").to_owned(),
                None if !(plain.contains(',') && plain.contains(|c| matches!(c, '가'..='힣'))) => {
                    parts.ingredients.push(BookLine { part: part.clone(), ..line(plain) });
                }
                // Korean lists stand in one line.
                None => {
                    let lines = hnh_nutrition::ingredient::lines(plain);
                    parts
                        .ingredients
                        .extend(lines.into_iter().map(|(_, text)| BookLine { part: part.clone(), ..line(text) }));
                }
            },
            Section::Steps => parts.steps.push(step(plain)),
            Section::Notes => parts.notes = [parts.notes.as_str(), plain].join("\n").trim().to_owned(),
        }
    }
    (!parts.ingredients.is_empty() || (headed && !parts.steps.is_empty())).then(|| parts.into_found())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_recipe_is_read_by_its_headings() {
        let found = read(
            "Lentil soup\nA quick one.\nServes 4\nPrep time: 10 minutes\n\nINGREDIENTS:\n- 200 g red lentils\n• 1.5 l stock\n\
             For the topping:\n1 lemon\n\nMethod\n1. Boil everything for 20 minutes.\n2) Serve.\n\nTips\nFreezes well.",
        )
        .unwrap();
        let recipe = found.recipe;
        assert_eq!((recipe.title.as_str(), recipe.summary.as_str()), ("Lentil soup", "A quick one."));
        assert_eq!((recipe.servings, recipe.prep_min), (Some(4.0), Some(10)));
        let lines: Vec<(&str, &str)> =
            recipe.ingredients.iter().map(|line| (line.part.as_str(), line.text.as_str())).collect();
        assert_eq!(lines, [("", "200 g red lentils"), ("", "1.5 l stock"), ("topping", "1 lemon")]);
        let steps: Vec<&str> = recipe.steps.iter().map(|step| step.text.as_str()).collect();
        assert_eq!(steps, ["Boil everything for 20 minutes.", "Serve."]);
        assert_eq!((recipe.steps[0].timer_s, recipe.notes.as_str()), (Some(1_200), "Freezes well."));
    }

    #[test]
    fn korean_headings_and_lists_are_read() {
        let found = read("두부조림\n2인분\n재료\n두부 1모, 간장 2큰술, 다진 마늘 1작은술\n만드는 법\n1. 두부를 썬다.\n2. 5분 조린다.").unwrap();
        let lines: Vec<&str> = found.recipe.ingredients.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, ["두부 1모", "간장 2큰술", "다진 마늘 1작은술"]);
        assert_eq!((found.recipe.servings, found.recipe.steps[1].timer_s), (Some(2.0), Some(300)));
    }

    #[test]
    fn without_headings_amounts_tell_ingredients_from_steps() {
        let found = read("Toast\n2 slices bread\n1 egg\nFry the egg in a pan.\nPut it on the bread.").unwrap();
        assert_eq!((found.recipe.ingredients.len(), found.recipe.steps.len()), (2, 2));
    }

    #[test]
    fn prose_is_no_recipe() {
        assert!(read("Dear diary\nToday I ate well.\nIt was good.").is_none());
    }
}
