//! A person's recipes from elsewhere: pages, plain text, Cooklang, and the exports of other recipe keepers.
//!
//! Each reader makes [`Found`]; [`read_file`] tells by a file's name and first bytes which one it is for. Whatever is read is
//! made fit for [`BookRecipe`], and what was lost on the way is told.

mod archive;
mod cook;
mod json;
mod keepers;
mod page;
mod plain;
pub mod write;

use std::io::Read;

use hnh_domain::cookbook::{
    BookLine, BookRecipe, BookStep, Lost, MAX_LINE, MAX_LINES, MAX_STEP, MAX_STEPS, MAX_TITLE, timer_in,
};
use uuid::Uuid;

use crate::import::sanitize::{clean, website};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The longest summary, notes and credit that are taken, in characters.
const MAX_SUMMARY: usize = 1_000;
const MAX_NOTES: usize = 6_000;
const MAX_SOURCE: usize = 400;

/// A recipe that was found, with what of it did not come along.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The recipe.
    pub recipe: BookRecipe,
    /// What is not in it.
    pub lost: Vec<Lost>,
    /// Photos of an archive of ours, by their ids in the recipe.
    pub photos: Vec<(Uuid, Vec<u8>)>,
}

/// What a file held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundFile {
    /// The recipes.
    pub recipes: Vec<Found>,
    /// Files of an archive that held none.
    pub unread: Vec<String>,
}

/// Why a file gave no recipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// It is too large, packed or unpacked.
    #[error("the file is larger than what is read")]
    TooLarge,
    /// There is no recipe in it.
    #[error("no recipe was found")]
    NoRecipe,
}

/// Reads whatever recipes a file holds; `name` is its name, of which only the ending counts.
///
/// # Errors
/// When there is none, or it is too large.
pub fn read_file(name: &str, bytes: &[u8]) -> Result<FoundFile, BookError> {
    if bytes.len() > MAX_BYTES {
        return Err(BookError::TooLarge);
    }
    let lower = name.to_lowercase();
    if bytes.starts_with(b"PK\x03\x04") {
        return archive::read(bytes);
    }
    let found = match bytes {
        // A single recipe of Paprika: JSON in gzip.
        [0x1f, 0x8b, ..] => json::read(&unpacked(bytes)?),
        _ => read_text(&lower, bytes),
    };
    let recipes: Vec<Found> = found.into_iter().filter_map(fitting).collect();
    if recipes.is_empty() { Err(BookError::NoRecipe) } else { Ok(FoundFile { recipes, unread: Vec::new() }) }
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, BookError> {
    let mut out = Vec::new();
    let most = MAX_BYTES as u64 + 1;
    flate2::read::GzDecoder::new(bytes).take(most).read_to_end(&mut out).map_err(|_| BookError::NoRecipe)?;
    if out.len() > MAX_BYTES { Err(BookError::TooLarge) } else { Ok(out) }
}

fn read_text(name: &str, bytes: &[u8]) -> Vec<Found> {
    let ends = |ending: &str| name.ends_with(ending);
    let start = bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf));
    let text = String::from_utf8_lossy(bytes);
    match start {
        Some(b'{' | b'[') if !ends(".cook") => json::read(bytes),
        Some(b'<') => page::read(bytes).into_iter().collect(),
        _ if ends(".cook") || cook::is_cooklang(&text) => cook::read(&text, name).into_iter().collect(),
        _ if ends(".html") || ends(".htm") => page::read(bytes).into_iter().collect(),
        _ => plain::read(&text).into_iter().collect(),
    }
}

/// A recipe from the parts that most keepers have.
#[derive(Default)]
struct Parts {
    title: String,
    summary: String,
    servings: Option<f32>,
    times: [Option<u32>; 3],
    ingredients: Vec<BookLine>,
    steps: Vec<BookStep>,
    notes: String,
    lists: Vec<String>,
    rating: Option<u8>,
    source: String,
    has_picture: bool,
    has_figures: bool,
}

impl Parts {
    fn into_found(self) -> Found {
        let [prep_min, cook_min, total_min] = self.times;
        let mut lost = Vec::new();
        let mut note = |lost_now: bool, what: Lost| {
            if lost_now {
                lost.push(what);
            }
        };
        note(self.ingredients.is_empty(), Lost::Ingredients);
        note(self.steps.is_empty(), Lost::Steps);
        note(self.servings.is_none(), Lost::Servings);
        note(self.has_figures, Lost::Figures);
        note(self.has_picture, Lost::Picture);
        let recipe = BookRecipe {
            title: self.title,
            summary: self.summary,
            servings: self.servings,
            prep_min,
            cook_min,
            total_min,
            ingredients: self.ingredients,
            steps: self.steps,
            notes: self.notes,
            lists: self.lists,
            rating: self.rating,
            source: self.source,
            ..BookRecipe::default()
        };
        Found { recipe, lost, photos: Vec::new() }
    }
}

fn line(text: impl Into<String>) -> BookLine {
    BookLine { text: text.into(), ..BookLine::default() }
}

fn step(text: impl Into<String>) -> BookStep {
    let text = text.into();
    BookStep { timer_s: timer_in(&text), text }
}

/// Makes a recipe fit to be kept, cutting what is too long; none where nothing worth keeping is left.
fn fitting(Found { mut recipe, mut lost, photos }: Found) -> Option<Found> {
    let before = recipe.clone();
    let tidy = |text: &str, most: usize| clean(text, most).unwrap_or_default();
    recipe.title = tidy(&recipe.title, MAX_TITLE);
    recipe.summary = tidy(&recipe.summary, MAX_SUMMARY);
    recipe.notes = paragraphs(&recipe.notes, MAX_NOTES);
    recipe.source = website(&recipe.source).unwrap_or_else(|| tidy(&recipe.source, MAX_SOURCE));
    for line in &mut recipe.ingredients {
        line.text = tidy(&line.text, MAX_LINE);
        line.part = tidy(&line.part, MAX_TITLE);
    }
    recipe.ingredients.retain(|line| !line.text.is_empty());
    for step in &mut recipe.steps {
        step.text = paragraphs(&step.text, MAX_STEP);
    }
    recipe.steps.retain(|step| !step.text.is_empty());
    let too_many = recipe.ingredients.len() > MAX_LINES || recipe.steps.len() > MAX_STEPS;
    recipe.ingredients.truncate(MAX_LINES);
    recipe.steps.truncate(MAX_STEPS);
    recipe.lists = recipe.lists.iter().map(|list| tidy(list, 40)).filter(|list| !list.is_empty()).take(20).collect();
    recipe.servings = recipe.servings.filter(|servings| (0.1..=1_000.0).contains(servings));
    if recipe.title.is_empty() || (recipe.ingredients.is_empty() && recipe.steps.is_empty()) {
        return None;
    }
    let cut = |long: &str, short: &str| long.chars().count() > short.chars().count() + 200;
    if too_many || cut(&before.notes, &recipe.notes) || cut(&before.summary, &recipe.summary) {
        lost.push(Lost::Shortened);
    }
    let recipe = recipe.checked().ok()?;
    Some(Found { recipe, lost, photos })
}

/// A text's paragraphs, each cleaned, together at most so many characters.
fn paragraphs(text: &str, most: usize) -> String {
    let lines: Vec<String> = text.lines().filter_map(|line| clean(line, most)).collect();
    lines.join("\n").chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(name: &str, bytes: &[u8]) -> Found {
        let mut found = read_file(name, bytes).unwrap();
        assert_eq!(found.recipes.len(), 1);
        found.recipes.remove(0)
    }

    #[test]
    fn nonsense_is_no_recipe() {
        for (name, bytes) in [
            ("a.txt", &b""[..]),
            ("a.html", b"<p>hello"),
            ("a.json", b"{\"a\":"),
            ("a.zip", b"PK\x03\x04nonsense"),
            ("a.gz", b"\x1f\x8bnonsense"),
            ("a.cook", b"\xff\xfe"),
        ] {
            assert_eq!(read_file(name, bytes), Err(BookError::NoRecipe), "{name}");
        }
        assert_eq!(read_file("a", &vec![b'a'; MAX_BYTES + 1]), Err(BookError::TooLarge));
    }

    #[test]
    fn what_did_not_come_along_is_told() {
        let found = only("soup.txt", "Soup\n\nIngredients\n2 onions\n".as_bytes());
        assert_eq!(found.lost, [Lost::Steps, Lost::Servings]);
    }

    #[test]
    fn cooklang_is_known_by_its_ending_or_its_marks() {
        for name in ["soup.cook", "pasted"] {
            let found = only(name, b"---\ntitle: Soup\nservings: 2\n---\nBoil @lentils{200%g} for ~{20%minutes}.");
            assert_eq!(found.recipe.title, "Soup");
            assert_eq!(found.recipe.ingredients[0].text, "200 g lentils");
            assert_eq!(found.recipe.steps[0].timer_s, Some(1_200));
        }
    }
}
