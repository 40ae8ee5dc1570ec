//! Recipes out of saved web pages: schema.org's Recipe as JSON-LD, microdata or RDFa Lite, and h-recipe.
//!
//! [`read`] gathers every Recipe node the page states, takes the fullest, and fills its gaps from
//! the others, from the lists and times the page shows, and from its head. To read another syntax, turn it into nodes as JSON-LD has
//! them (see `microdata`) and add it to `candidates`.

mod dom;
pub mod duration;
mod encoding;
mod head;
mod instructions;
mod json_ld;
mod labels;
mod lenient_json;
mod microdata;
mod microformat;
mod page_state;
mod schema_org;
mod text;
mod visible;

use serde::Serialize;
use std::collections::BTreeMap;

/// Largest page read, in bytes.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;

/// Recipe nodes looked at in a page, in each syntax; pages that list many recipes put their own first.
const MOST_NODES: usize = 50;

/// A recipe as a page states it. Texts are plain: no tags, no entities, no line breaks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PageRecipe {
    /// What the dish is called.
    pub title: String,
    /// One line an ingredient, as written ("2 cups flour, sifted").
    pub ingredients: Vec<String>,
    /// One line a step. A line ending in a colon heads the steps after it.
    pub steps: Vec<String>,
    /// The yield as written ("4 servings", "12 cookies").
    #[serde(rename = "yield", skip_serializing_if = "Option::is_none")]
    pub servings: Option<String>,
    /// Minutes of preparation, at least 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prep_minutes: Option<u32>,
    /// Minutes of cooking, at least 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cook_minutes: Option<u32>,
    /// Minutes in all, at least 1; where the page gives none, preparation and cooking together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_minutes: Option<u32>,
    /// Absolute address of a picture of the dish.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// What the page says about the dish.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Who wrote it; several names with commas between them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Keywords, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Cuisines ("Korean").
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cuisine: Vec<String>,
    /// Courses or kinds of dish ("Soup").
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub category: Vec<String>,
    /// Nutrition by schema.org's property names (`calories`, `proteinContent`), as stated.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub nutrition: BTreeMap<String, String>,
    /// Language tag as stated ("en-GB").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The page's own absolute address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Why a page gave no recipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// The page is larger than [`MAX_BYTES`].
    #[error("the page is {bytes} bytes long; at most {MAX_BYTES} are read")]
    TooLarge {
        /// Its length in bytes.
        bytes: usize,
    },
    /// The page neither states a schema.org Recipe with a title and ingredients or steps, nor shows
    /// both lists under headings.
    #[error("the page holds no recipe: neither recipe data nor lists of ingredients and steps were found")]
    NoRecipe,
}

/// Reads the recipe a page is about.
///
/// # Errors
/// [`PageError::TooLarge`] and [`PageError::NoRecipe`].
pub fn read(html: &str) -> Result<PageRecipe, PageError> {
    if html.len() > MAX_BYTES {
        return Err(PageError::TooLarge { bytes: html.len() });
    }
    let page = dom::parse_document(html);
    let nodes = [json_ld::recipes(&page), microdata::recipes(&page), microformat::recipes(&page)].concat();
    let mut candidates: Vec<PageRecipe> = nodes.iter().map(schema_org::read).collect();
    let told = head::read(&page);
    let mut recipe = match fullest(&candidates, &told) {
        Some(chosen) => candidates.remove(chosen),
        None => PageRecipe::default(),
    };
    for other in candidates {
        if is_same_dish(&recipe.title, &other.title) {
            recipe.fill_gaps(other);
        }
    }
    let mut states: Vec<PageRecipe> = page_state::recipes(&page).iter().map(schema_org::read).collect();
    if let Some(chosen) = fullest(&states, &told) {
        let state = states.swap_remove(chosen);
        if is_same_dish(&recipe.title, &state.title) {
            recipe.fill_from_visible(state);
        }
    }
    recipe.fill_from_visible(visible::read(&page));
    recipe.fill_gaps(told);
    if recipe.total_minutes.is_none() {
        let stated = [recipe.prep_minutes, recipe.cook_minutes];
        recipe.total_minutes = stated.into_iter().flatten().reduce(u32::saturating_add);
    }
    let has_lists = !recipe.ingredients.is_empty() || !recipe.steps.is_empty();
    if recipe.title.is_empty() || !has_lists {
        return Err(PageError::NoRecipe);
    }
    Ok(recipe)
}

/// Reads a page in whatever encoding it declares: byte order mark, `<meta charset>`, else UTF-8
/// with unreadable bytes replaced.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(page: &[u8]) -> Result<PageRecipe, PageError> {
    if page.len() > MAX_BYTES {
        return Err(PageError::TooLarge { bytes: page.len() });
    }
    let html = encoding::decode(page);
    // Decoding may lengthen a text; the limit is on what was sent.
    read(&html[..html.floor_char_boundary(MAX_BYTES)])
}

/// The candidate with ingredients and steps that the page is about, by its address or its title, for others may stand in
/// a carousel; else the first with both, else the first with either, else the first.
fn fullest(candidates: &[PageRecipe], page: &PageRecipe) -> Option<usize> {
    let first = |wanted: &dyn Fn(&PageRecipe) -> bool| candidates.iter().position(wanted);
    let is_whole = |recipe: &PageRecipe| !recipe.ingredients.is_empty() && !recipe.steps.is_empty();
    let has_address = |recipe: &PageRecipe| recipe.url.is_some() && recipe.url == page.url;
    let has_title = |recipe: &PageRecipe| !recipe.title.is_empty() && is_same_dish(&recipe.title, &page.title);
    first(&|recipe| is_whole(recipe) && has_address(recipe))
        .or_else(|| first(&|recipe| is_whole(recipe) && !page.title.is_empty() && has_title(recipe)))
        .or_else(|| first(&is_whole))
        .or_else(|| first(&|recipe| !recipe.ingredients.is_empty()))
        .or_else(|| first(&|recipe| !recipe.steps.is_empty()))
        .or_else(|| first(&|recipe| !recipe.title.is_empty()))
}

/// Whether two titles name one dish: either is missing, or one contains the other.
fn is_same_dish(one: &str, other: &str) -> bool {
    let one = one.to_lowercase();
    let other = other.to_lowercase();
    one.contains(&other) || other.contains(&one)
}

/// Whether at least half of the lines hold a number.
fn mostly_measured(ingredients: &[String]) -> bool {
    let measured = ingredients.iter().filter(|line| line.contains(char::is_numeric)).count();
    measured * 2 >= ingredients.len()
}

fn word_count(lines: &[String]) -> usize {
    lines.iter().map(|line| line.split_whitespace().count()).sum()
}

/// Whether a line holds all words of another.
fn says(line: &str, stated: &str) -> bool {
    let lower = line.to_lowercase();
    let is_break = |sign: char| !sign.is_alphanumeric();
    let words: Vec<&str> = lower.split(is_break).collect();
    stated.to_lowercase().split(is_break).all(|word| words.contains(&word) || word.is_empty())
}

impl PageRecipe {
    /// Takes from what the page shows what its data leaves out: whole lists, amounts, times. Of a
    /// page without data only a recipe with both lists is taken, for other pages have headings too.
    fn fill_from_visible(&mut self, mut shown: Self) {
        let has_data = !self.title.is_empty();
        if !has_data && (shown.ingredients.is_empty() || shown.steps.is_empty()) {
            return;
        }
        let is_shown = |stated: &String| shown.ingredients.iter().any(|line| says(line, stated));
        let unsaid: Vec<String> = self.ingredients.iter().filter(|stated| !is_shown(stated)).cloned().collect();
        let adds_amounts = !mostly_measured(&self.ingredients)
            && mostly_measured(&shown.ingredients)
            && unsaid.len() * 5 <= self.ingredients.len();
        let says_more = self.ingredients.len() == shown.ingredients.len()
            && std::iter::zip(&shown.ingredients, &self.ingredients).all(|(line, stated)| says(line, stated))
            && word_count(&shown.ingredients) > word_count(&self.ingredients);
        if adds_amounts || says_more {
            // What the page shows otherwise than its data is kept, for it may be what somebody must not eat.
            self.ingredients = std::mem::take(&mut shown.ingredients);
            self.ingredients.extend(unsaid);
        }
        let repeats_description = self.description.as_ref().is_some_and(|description| {
            let steps = self.steps.join(" ");
            !steps.is_empty() && description.contains(&steps)
        });
        if repeats_description {
            self.steps.clear();
        }
        self.fill_gaps(shown);
    }

    /// Takes from `other` what this recipe does not state.
    fn fill_gaps(&mut self, other: Self) {
        fn fill<T: Default + PartialEq>(own: &mut T, other: T) {
            if *own == T::default() {
                *own = other;
            }
        }
        fill(&mut self.title, other.title);
        fill(&mut self.ingredients, other.ingredients);
        fill(&mut self.steps, other.steps);
        fill(&mut self.servings, other.servings);
        fill(&mut self.prep_minutes, other.prep_minutes);
        fill(&mut self.cook_minutes, other.cook_minutes);
        fill(&mut self.total_minutes, other.total_minutes);
        fill(&mut self.image, other.image);
        fill(&mut self.description, other.description);
        fill(&mut self.author, other.author);
        fill(&mut self.keywords, other.keywords);
        fill(&mut self.cuisine, other.cuisine);
        fill(&mut self.category, other.category);
        fill(&mut self.nutrition, other.nutrition);
        fill(&mut self.language, other.language);
        fill(&mut self.url, other.url);
    }
}
