//! Recipes of Wikibooks' Cookbook, from the dump of the English Wikibooks (`enwikibooks-…-pages-articles.xml.bz2`, also unpacked or
//! as gzip): wikitext as its manual of style has it, a section of ingredients and one of steps. CC BY-SA, which every record says.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;

use anyhow::{Context, Result};
use bzip2::bufread::MultiBzDecoder;
use hnh_domain::cookbook::timer_in;
use hnh_domain::recipes::{Ingredient, NutritionBasis, Recipe, Step};
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::Text;
use hnh_recipe_page::duration;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::RecordSink;
use super::from_page::{MOST_LINES, course, servings};
use super::sanitize::{LINE, NAME, PARAGRAPH, clean};

/// Titles of pages with recipes begin so.
const NAMESPACE: &str = "Cookbook:";
/// The longest page that is looked at, in bytes.
const MAX_PAGE: usize = 512 * 1024;

/// Reads dumps.
///
/// # Errors
/// When a file cannot be read, or is no XML.
pub fn read(paths: &[PathBuf], sink: &mut RecordSink<'_>) -> Result<()> {
    for path in paths {
        let mut raw = sink.open(path)?;
        let packed = raw.fill_buf().with_context(|| format!("cannot read {}", path.display()))?.starts_with(b"BZh");
        let text: Box<dyn BufRead> =
            if packed { Box::new(BufReader::with_capacity(1 << 17, MultiBzDecoder::new(raw))) } else { raw };
        pages(text, sink).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// What of a page is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Text,
    Other,
}

fn pages(text: Box<dyn BufRead>, sink: &mut RecordSink<'_>) -> Result<()> {
    let mut xml = Reader::from_reader(text);
    let (mut buffer, mut field) = (Vec::new(), Field::Other);
    let (mut title, mut body) = (String::new(), String::new());
    loop {
        let event = xml.read_event_into(&mut buffer)?;
        match &event {
            Event::Start(tag) => match tag.name().as_ref() {
                "page" => {
                    title.clear();
                    body.clear();
                }
                "title" => field = Field::Title,
                "text" => field = Field::Text,
                _ => field = Field::Other,
            },
            Event::End(tag) => {
                if tag.name().as_ref() == "page" {
                    page(&title, &body, sink)?;
                }
                field = Field::Other;
            }
            Event::Text(words) => push(words.as_ref(), field, &mut title, &mut body),
            Event::GeneralRef(name) => {
                let plain = match name.as_ref() {
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    _ => name.resolve_char_ref().ok().flatten().unwrap_or('&'),
                };
                push(plain.encode_utf8(&mut [0; 4]), field, &mut title, &mut body);
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
        buffer.clear();
    }
}

fn push(words: &str, field: Field, title: &mut String, body: &mut String) {
    match field {
        Field::Title => title.push_str(words),
        Field::Text if body.len() + words.len() <= MAX_PAGE => body.push_str(words),
        Field::Text | Field::Other => {}
    }
}

fn page(title: &str, body: &str, sink: &mut RecordSink<'_>) -> Result<()> {
    // Pages of ingredients, tools and techniques have no section of ingredients.
    let Some(name) = title.trim().strip_prefix(NAMESPACE).filter(|_| has_ingredients(body)) else {
        sink.skip();
        return Ok(());
    };
    match recipe(name, body) {
        Ok(recipe) => sink.recipe(&title, &recipe),
        Err(reason) => sink.refuse(&title, &reason),
    }
}

/// A section that matters, by its heading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Ingredients,
    Steps,
    Other,
}

/// A heading's words and how deep it is.
fn heading(line: &str) -> Option<(usize, String)> {
    let depth = line.chars().take_while(|c| *c == '=').count();
    let inner = line.trim().trim_matches('=');
    (depth >= 2 && line.trim_end().ends_with("==")).then(|| (depth, plain(inner).trim().to_owned()))
}

fn section(words: &str) -> Section {
    let lower = words.to_lowercase();
    match lower.as_str() {
        "ingredients" | "ingredient" => Section::Ingredients,
        "procedure" | "procedures" | "directions" | "method" | "preparation" | "instructions" | "steps" => {
            Section::Steps
        }
        _ => Section::Other,
    }
}

fn has_ingredients(body: &str) -> bool {
    body.lines().any(|line| heading(line).is_some_and(|(_, words)| section(&words) == Section::Ingredients))
}

/// Wikitext as plain words: links by what they show, templates of amounts by their values, others not at all.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', '{', '<', '\'', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let pair = |open: &str, close: &str| {
            rest.strip_prefix(open)
                .and_then(|inner| inner.find(close).map(|end| (&inner[..end], &inner[end + close.len()..])))
        };
        if let Some((link, after)) = pair("[[", "]]") {
            let shown = link.rsplit('|').next().unwrap_or(link);
            if !link.starts_with("File:") && !link.starts_with("Image:") && !link.starts_with("Category:") {
                out.push_str(shown.strip_prefix(NAMESPACE).unwrap_or(shown));
            }
            rest = after;
        } else if let Some((template, after)) = pair("{{", "}}") {
            let parts: Vec<&str> = template.split('|').map(str::trim).collect();
            match parts.as_slice() {
                ["convert" | "Convert", amount, unit, ..] => out.push_str(&format!("{amount} {unit}")),
                ["frac" | "Frac" | "fraction", over, under] => out.push_str(&format!("{over}/{under}")),
                ["frac" | "Frac" | "fraction", whole, over, under] => out.push_str(&format!("{whole} {over}/{under}")),
                _ => {}
            }
            rest = after;
        } else if let Some((_, after)) =
            pair("<!--", "-->").or_else(|| pair("<ref", "</ref>")).or_else(|| pair("<", ">"))
        {
            rest = after;
        } else if let Some(after) = rest.strip_prefix("'''").or_else(|| rest.strip_prefix("''")) {
            rest = after;
        } else if let Some(after) = rest.strip_prefix("&nbsp;") {
            out.push(' ');
            rest = after;
        } else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            out.push_str(&rest[..first]);
            rest = &rest[first..];
        }
    }
    out + rest
}

/// What the summary at the top of a page says under a name.
fn summary<'text>(body: &'text str, name: &str) -> Option<&'text str> {
    let lower = body.to_lowercase();
    let at = lower.find("{{recipesummary").or_else(|| lower.find("{{recipe summary"))?;
    // Lower case may be of another length: the names themselves are ASCII.
    let text = body.get(at..)?;
    let end = text.find("}}").unwrap_or(text.len());
    text[..end].split('|').find_map(|field| {
        let (key, value) = field.split_once('=')?;
        (key.trim().eq_ignore_ascii_case(name)).then(|| value.trim()).filter(|value| !value.is_empty())
    })
}

fn recipe(name: &str, body: &str) -> Result<Recipe, &'static str> {
    let mut part = None;
    let mut here = Section::Other;
    let (mut ingredients, mut steps) = (Vec::new(), Vec::new());
    for line in body.lines() {
        if let Some((depth, words)) = heading(line) {
            if depth == 2 || section(&words) != Section::Other {
                here = section(&words);
                part = None;
            } else if here == Section::Ingredients {
                part = clean(&words, NAME).map(Text::detect);
            }
            continue;
        }
        let trimmed = line.trim_start();
        let listed = trimmed.trim_start_matches(['*', '#', ':']);
        let text = plain(listed);
        match here {
            Section::Ingredients if trimmed.starts_with('*') => {
                if let Some(name) = clean(&text, LINE) {
                    ingredients.push(Ingredient {
                        name: Text::detect(name),
                        part: part.clone(),
                        ..Ingredient::default()
                    });
                }
            }
            Section::Steps if trimmed.starts_with(['#', '*']) => {
                if let Some(text) = clean(&text, PARAGRAPH) {
                    steps.push(Step { timer_s: timer_in(&text), text: Text::detect(text) });
                }
            }
            _ => {}
        }
    }
    if ingredients.is_empty() {
        return Err("its ingredients are no list");
    }
    if steps.is_empty() {
        return Err("its steps are no list");
    }
    ingredients.truncate(MOST_LINES);
    steps.truncate(MOST_LINES);
    let url = format!("https://en.wikibooks.org/wiki/{NAMESPACE}{}", name.trim().replace(' ', "_"));
    let provenance = Provenance { url: Some(url), ..Provenance::new(Source::Wikibooks, name.trim()) };
    let title = clean(name, NAME).map(Text::detect).ok_or("it has no title")?;
    let categories: Vec<String> = summary(body, "category").map(|category| vec![plain(category)]).unwrap_or_default();
    Ok(Recipe {
        course: course(&categories),
        servings: summary(body, "servings").map(plain).as_deref().and_then(servings),
        total_min: summary(body, "time").map(plain).as_deref().and_then(duration::minutes),
        ingredients,
        steps,
        basis: NutritionBasis::Unknown,
        ..Recipe::new(provenance, title)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "{{recipesummary|Category=Soup recipes|Servings=4–6|Time=1 hour|Difficulty=2}}\n\
        A soup of '''lentils'''.<ref>A book</ref>\n\n==Ingredients==\n* {{convert|200|g|oz}} [[Cookbook:Lentil|red lentils]]\n\
        * {{frac|1|2}} [[Cookbook:Onion|onion]], chopped<!-- or more -->\n===Topping===\n* 1 [[Cookbook:Lemon]]\n\n\
        == Procedure ==\n# Boil for 20&nbsp;minutes.\n# ''Serve''.\n\n==Notes==\n* Freezes well.\n[[Category:Soup recipes]]";

    #[test]
    fn wikitext_becomes_lines_and_steps() {
        let recipe = recipe("Lentil Soup", PAGE).unwrap();
        let lines: Vec<&str> = recipe.ingredients.iter().filter_map(|line| line.name.en.as_deref()).collect();
        assert_eq!(lines, ["200 g red lentils", "1/2 onion, chopped", "1 Lemon"]);
        assert_eq!(recipe.ingredients[2].part.as_ref().and_then(|part| part.en.as_deref()), Some("Topping"));
        assert_eq!((recipe.servings, recipe.total_min, recipe.course.code()), (Some(4.0), Some(60), "soup"));
        assert_eq!((recipe.steps.len(), recipe.steps[0].timer_s), (2, Some(1_200)));
        assert_eq!(recipe.provenance.url.as_deref(), Some("https://en.wikibooks.org/wiki/Cookbook:Lentil_Soup"));
    }

    #[test]
    fn a_page_without_lists_is_refused_and_one_of_an_ingredient_passed_over() {
        assert!(!has_ingredients("An '''onion''' is a vegetable."));
        assert_eq!(
            recipe("X", "==Ingredients==\nSome flour.\n==Procedure==\n# Mix.").unwrap_err(),
            "its ingredients are no list"
        );
        assert_eq!(recipe("X", "==Ingredients==\n* flour\n==Procedure==\nMix.").unwrap_err(), "its steps are no list");
    }

    #[test]
    fn broken_markup_ends_nothing() {
        for broken in ["[[", "{{convert|", "<ref", "'", "&", "[[a|b", "{{frac|1}}", "é[[é|é]]é"] {
            plain(broken);
        }
        assert_eq!(plain("é[[é|ö]]é"), "éöé");
    }
}
