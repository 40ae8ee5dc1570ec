//! Pages of the web.

use hnh_recipe_page::PageRecipe;

use super::{Found, Parts, line, step};
use crate::import::from_page::servings;

/// The recipe of a page.
pub(super) fn read(bytes: &[u8]) -> Option<Found> {
    hnh_recipe_page::read_bytes(bytes).ok().map(found)
}

/// A recipe as a page states it. A line of ingredients that ends in a colon heads the part that follows.
pub(super) fn found(page: PageRecipe) -> Found {
    let mut part = String::new();
    let mut ingredients = Vec::new();
    for text in &page.ingredients {
        match text.trim().strip_suffix([':', '：']) {
            Some(heading) if !heading.contains(|c: char| c.is_ascii_digit()) => part = heading.trim().to_owned(),
            _ => ingredients.push(super::BookLine { part: part.clone(), ..line(text.as_str()) }),
        }
    }
    let source = page.url.clone().or(page.author.clone()).unwrap_or_default();
    Parts {
        title: page.title,
        summary: page.description.unwrap_or_default(),
        servings: page.servings.as_deref().and_then(servings),
        times: [page.prep_minutes, page.cook_minutes, page.total_minutes],
        ingredients,
        steps: page.steps.iter().map(|text| step(text.as_str())).collect(),
        lists: page.category.into_iter().take(3).collect(),
        source,
        has_picture: page.image.is_some(),
        has_figures: !page.nutrition.is_empty(),
        ..Parts::default()
    }
    .into_found()
}
