//! What a page shows its reader, for what its data leaves out: lists under known headings
//! ("Ingredients", "만드는 법") and labelled times.

use super::labels::{self, Figure, Section};
use super::schema_org::drop_bullet;
use super::text::{self, Line};
use super::{PageRecipe, duration, instructions};
use scraper::Html;

/// Lists and figures read from the visible text. Its title stays empty: see `head`.
pub(super) fn read(page: &Html) -> PageRecipe {
    let lines = text::visible_lines(page.tree.root());
    let mut found = PageRecipe::default();
    let ingredients = fullest(headed(&lines, Section::Ingredients)).or_else(|| {
        let no_menu = |found: &[Item]| !found.iter().any(Item::is_menu);
        fullest(classed(&lines, &["ingredient"], no_menu))
    });
    let listed = ingredients.as_ref().and_then(|items| Some(items.last()?.place));
    let steps = close_after(headed(&lines, Section::Steps), listed)
        .or_else(|| close_after(classed(&lines, STEP_CLASSES, are_sentences), listed))
        .or_else(|| sentences_after(&lines, listed?));
    let last = [&ingredients, &steps].into_iter().flatten().filter_map(|items| Some(items.last()?.place)).max();
    if let Some(items) = ingredients {
        found.ingredients = ingredient_lines(items);
    }
    if let Some(items) = steps {
        found.steps = instructions::plain_steps(items.into_iter().map(Item::into_step).collect());
    }
    if let Some(last) = last {
        let first = lines.iter().position(|line| line.heading == Some(1)).filter(|first| *first < last).unwrap_or(0);
        figures(&lines[first..=last], &mut found);
    }
    found
}

/// A list's entry, or a line outside lists.
#[derive(Debug)]
struct Item {
    text: String,
    in_list: bool,
    is_heading: bool,
    is_link: bool,
    /// The index of its last line on the page.
    place: usize,
}

impl Item {
    /// A link to another page, as menus have; "2 tbsp tahini" stays an ingredient though it links to a shop.
    fn is_menu(&self) -> bool {
        let has_word = || self.text.split_whitespace().any(|word| word.starts_with(char::is_alphabetic));
        self.is_link && !(self.text.starts_with(char::is_numeric) && has_word())
    }

    fn into_step(self) -> String {
        if self.is_heading { format!("{}:", self.text.trim_end_matches([':', ' '])) } else { self.text }
    }
}

/// The lists under headings of that kind: two entries or more each, or one long one.
fn headed(lines: &[Line<'_>], wanted: Section) -> Vec<Vec<Item>> {
    let labels = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| labels::section(&line.text, line.heading.is_some()) == Some(wanted))
        .take(MOST_LABELS);
    labels.filter_map(|(at, _)| section_after(lines, at, wanted)).collect()
}

/// Of several lists the first with the most amounts: many pages tell of their ingredients before they list them.
fn fullest(lists: Vec<Vec<Item>>) -> Option<Vec<Item>> {
    let amounts = |list: &Vec<Item>| {
        let entries = list.iter().filter(|item| !item.is_heading);
        let measured = entries.clone().filter(|item| item.text.contains(char::is_numeric)).count();
        // Prose holds numbers, too.
        let is_prose = list.iter().map(|item| item.text.len()).sum::<usize>() > 100 * list.len();
        if is_prose || measured * 2 < entries.count() { 0 } else { measured }
    };
    lists.into_iter().rev().max_by_key(amounts)
}

/// The first list of steps behind the ingredients, else the first.
fn close_after(mut lists: Vec<Vec<Item>>, after: Option<usize>) -> Option<Vec<Item>> {
    let is_behind = |list: &Vec<Item>| list.first().is_some_and(|item| Some(item.place) > after);
    let chosen = lists.iter().position(is_behind).unwrap_or(0);
    (chosen < lists.len()).then(|| lists.swap_remove(chosen))
}

/// Headings of one kind looked at.
const MOST_LABELS: usize = 30;

/// How many elements around a heading may hold the list it heads.
const WIDEST_CONTAINER: usize = 6;

/// The entries after the heading at `at`, within the smallest element around it that holds any.
fn section_after(lines: &[Line<'_>], at: usize, wanted: Section) -> Option<Vec<Item>> {
    let label = &lines[at];
    let within = |line: &&Line<'_>| line.heading_at.is_some() && line.heading_at == label.heading_at;
    let first = at + 1 + lines[at + 1..].iter().take_while(within).count();
    label.block.ancestors().take(WIDEST_CONTAINER).find_map(|container| {
        let length = lines[first..]
            .iter()
            .take_while(|line| line.block.ancestors().any(|outer| outer == container))
            .take_while(|line| !ends_section(line, label))
            .count();
        let items = items(lines, first, first + length);
        let entries = items.iter().filter(|item| !item.is_heading && !item.is_menu()).count();
        if entries * 2 < items.len() {
            // A menu.
            return None;
        }
        let long = items.iter().any(|item| item.text.len() > 80);
        let suffices = match wanted {
            Section::Ingredients => entries >= 2,
            _ => entries >= 2 || long,
        };
        suffices.then_some(items)
    })
}

fn ends_section(line: &Line<'_>, label: &Line<'_>) -> bool {
    if labels::section(&line.text, line.heading.is_some()).is_some() {
        return true;
    }
    match (line.heading, label.heading) {
        (Some(level), Some(own)) => level <= own,
        // Under a label that is no heading, a new chapter of the page ends the list.
        (Some(level), None) => level <= 2,
        (None, _) => false,
    }
}

/// Lines of one list entry or table row put together. Where a section has lists, what stands
/// between them is left out, but for headings.
fn items(lines: &[Line<'_>], from: usize, to: usize) -> Vec<Item> {
    let mut found: Vec<Item> = Vec::new();
    let mut open = None;
    for (place, line) in lines.iter().enumerate().take(to).skip(from) {
        let continues = line.entry.is_some() && line.entry == open && line.heading.is_none();
        match found.last_mut().filter(|_| continues) {
            Some(item) => {
                item.text.push(' ');
                item.text.push_str(&line.text);
                item.is_link &= line.is_link;
                item.place = place;
            }
            None => found.push(Item {
                text: line.text.clone(),
                in_list: line.entry.is_some(),
                is_heading: line.heading.is_some(),
                is_link: line.is_link,
                place,
            }),
        }
        open = line.entry.filter(|_| line.heading.is_none());
    }
    let listed = found.iter().filter(|item| item.in_list).count();
    if listed >= 2 {
        found.retain(|item| item.in_list || item.is_heading);
    }
    while found.last().is_some_and(|item| item.is_heading) {
        found.pop();
    }
    found
}

/// Words in the class or id of an element that holds the steps.
const STEP_CLASSES: &[&str] = &["instruction", "direction", "method", "preparation"];

/// The lists that fit within elements whose class or id holds one of the words.
fn classed(lines: &[Line<'_>], words: &[&str], fits: impl Fn(&[Item]) -> bool) -> Vec<Vec<Item>> {
    let is_classed = |line: &Line<'_>| {
        line.block.ancestors().take(WIDEST_CONTAINER).any(|outer| {
            let Some(element) = outer.value().as_element() else {
                return false;
            };
            let names = [element.attr("class"), element.attr("id")];
            names.into_iter().flatten().any(|name| {
                let name = name.to_ascii_lowercase();
                words.iter().any(|word| name.contains(word))
            })
        })
    };
    lists(lines, 0)
        .filter(|list| is_classed(&lines[list.start]))
        .map(|list| items(lines, list.start, list.end))
        .filter(|found| found.len() >= 2 && fits(found))
        .take(MOST_LABELS)
        .collect()
}

/// The first list close after the ingredients whose entries are sentences, under whatever heading.
fn sentences_after(lines: &[Line<'_>], after: usize) -> Option<Vec<Item>> {
    /// Lines between the two lists at most.
    const CLOSE: usize = 15;
    lists(lines, after + 1)
        .take_while(|list| list.start <= after + CLOSE)
        .map(|list| items(lines, list.start, list.end))
        .find(|found| found.len() >= 2 && are_sentences(found))
}

/// The ranges of lines that stand in one list or table, from the line `from` on.
fn lists(lines: &[Line<'_>], from: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut start = from;
    std::iter::from_fn(move || {
        while let Some(list) = lines.get(start).map(|line| line.list) {
            let length = lines[start..].iter().take_while(|line| line.list == list).count();
            let range = start..start + length;
            start = range.end;
            if list.is_some() {
                return Some(range);
            }
        }
        None
    })
}

/// Whether entries are sentences rather than links or labels.
fn are_sentences(items: &[Item]) -> bool {
    /// Mean length of an entry, in bytes.
    const SENTENCE: usize = 50;
    let bytes: usize = items.iter().map(|item| item.text.len()).sum();
    bytes >= SENTENCE * items.len() && !items.iter().any(Item::is_menu)
}

/// Amounts set apart from what they measure are put before it; yields and bare headings go.
fn ingredient_lines(items: Vec<Item>) -> Vec<String> {
    let mut found: Vec<String> = Vec::with_capacity(items.len());
    let mut amount: Option<String> = None;
    for item in items.into_iter().filter(|item| !item.is_heading) {
        if is_yield(&item.text) || !item.text.contains(char::is_alphanumeric) {
            continue;
        }
        let starts_with_number = item.text.starts_with(char::is_numeric);
        match amount.take() {
            Some(amount) if !starts_with_number => found.push(format!("{amount} {}", item.text)),
            Some(other) => {
                found.push(other);
                if is_amount(&item.text) {
                    amount = Some(item.text);
                } else {
                    found.push(item.text);
                }
            }
            None if !item.in_list && is_amount(&item.text) => amount = Some(item.text),
            None => found.push(item.text),
        }
    }
    found.extend(amount);
    found.iter_mut().for_each(drop_bullet);
    found
}

/// "Serves 4", "2 portions".
fn is_yield(text: &str) -> bool {
    [true, false]
        .iter()
        .filter_map(|at_start| labels::figure(text, *at_start))
        .any(|(figure, rest)| figure == Figure::Yield && !rest.contains(char::is_alphabetic))
}

/// A number with at most one word after it ("2 tbsp").
fn is_amount(text: &str) -> bool {
    text.starts_with(char::is_numeric)
        && text.split_whitespace().filter(|word| !word.starts_with(char::is_numeric)).count() <= 1
}

/// Times and yield by their labels: "Prep: 5 min", "5 min preparation time", or the label in one
/// line and the figure in the next one or two.
fn figures(lines: &[Line<'_>], found: &mut PageRecipe) {
    for (at, line) in lines.iter().enumerate() {
        let following = || {
            let next = lines[at + 1..].iter().take(2).map(|line| line.text.as_str());
            next.collect::<Vec<_>>()
        };
        if let Some((figure, rest)) = labels::figure(&line.text, true) {
            let rest = rest.trim_start_matches([':', '-', '–', ' ']);
            if rest.is_empty() {
                let next = following();
                if !next.first().is_some_and(|value| take(found, figure, value)) {
                    take(found, figure, &next.join(" "));
                }
            } else {
                take(found, figure, rest);
            }
        } else if let Some((figure, rest)) = labels::figure(&line.text, false) {
            take(found, figure, &rest);
        }
    }
}

/// Keeps a figure if the text is one and none was kept before; whether the text is one.
fn take(found: &mut PageRecipe, figure: Figure, text: &str) -> bool {
    /// Longest text of a figure, in bytes.
    const LONGEST: usize = 40;
    if text.len() > LONGEST || !text.contains(char::is_numeric) {
        return false;
    }
    let slot = match figure {
        Figure::Prep => &mut found.prep_minutes,
        Figure::Cook => &mut found.cook_minutes,
        Figure::Total => &mut found.total_minutes,
        Figure::Yield => {
            let is_yield = text.starts_with(char::is_numeric) || text.contains(['(', '~']);
            if is_yield && found.servings.is_none() {
                found.servings = Some(text.to_owned());
            }
            return is_yield;
        }
    };
    match duration::stated_minutes(text) {
        Some(minutes) => {
            slot.get_or_insert(minutes);
            true
        }
        None => false,
    }
}
