//! The recipes found so far. They outlive the page, so that coming back finds the list as it was.

use dioxus::prelude::*;
use hnh_domain::calls::SearchRecipes;
use hnh_domain::problem::Problem;
use hnh_domain::recipes::{RecipeCard, RecipeFacets, RecipeQuery};

use crate::core::call;

/// Recipes on a page.
const PAGE: u32 = 24;

/// Where the list stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Progress {
    /// Nothing was asked yet, or the first page is on its way.
    #[default]
    Loading,
    /// What there is is shown.
    Ready,
    /// A further page is on its way.
    LoadingMore,
    /// The core refused.
    Failed(Problem),
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Listing {
    /// What was asked for; nothing before the first time.
    query: Option<RecipeQuery>,
    /// The recipes.
    pub(super) cards: Vec<RecipeCard>,
    /// How many there are in all.
    pub(super) total: Option<u64>,
    /// Counts behind the filters.
    pub(super) facets: RecipeFacets,
    /// Where the list stands.
    pub(super) progress: Progress,
    next: Option<String>,
}

impl Listing {
    /// Whether there are further recipes.
    pub(super) fn has_more(&self) -> bool {
        self.next.is_some()
    }
}

/// The list, shared by the page's parts.
pub(super) static LISTING: GlobalSignal<Listing> = Signal::global(Listing::default);

/// Sees to it that the list is the query's.
pub(super) fn show(query: RecipeQuery) {
    let known = {
        let listing = LISTING.peek();
        listing.query.as_ref() == Some(&query) && !matches!(listing.progress, Progress::Failed(_))
    };
    if !known {
        reload(query);
    }
}

/// Asks for the query's first page.
pub(super) fn reload(query: RecipeQuery) {
    {
        let mut listing = LISTING.write();
        listing.query = Some(query.clone());
        listing.progress = Progress::Loading;
        listing.next = None;
    }
    // The answer belongs to the list, which outlives the page that asked.
    dioxus::core::spawn_forever(async move {
        let asked = RecipeQuery { facets: true, limit: Some(PAGE), ..query.clone() };
        let answer = call(SearchRecipes { query: asked }).await;
        let mut listing = LISTING.write();
        if listing.query.as_ref() != Some(&query) {
            return;
        }
        match answer {
            Ok(results) => {
                listing.cards = results.page.items;
                listing.next = results.page.next;
                listing.total = results.page.total;
                listing.facets = results.facets.unwrap_or_default();
                listing.progress = Progress::Ready;
            }
            Err(problem) => {
                listing.cards.clear();
                listing.total = None;
                listing.progress = Progress::Failed(problem);
            }
        }
    });
}

/// Asks for the next page, unless one is on its way.
pub(super) fn load_more() {
    let (query, cursor) = {
        let mut listing = LISTING.write();
        let (Progress::Ready, Some(query), Some(cursor)) =
            (&listing.progress, listing.query.clone(), listing.next.clone())
        else {
            return;
        };
        listing.progress = Progress::LoadingMore;
        (query, cursor)
    };
    dioxus::core::spawn_forever(async move {
        let asked = RecipeQuery { limit: Some(PAGE), cursor: Some(cursor), ..query.clone() };
        let answer = call(SearchRecipes { query: asked }).await;
        let mut listing = LISTING.write();
        if listing.query.as_ref() != Some(&query) {
            return;
        }
        // What is shown stays; after a refusal the button asks again.
        listing.progress = Progress::Ready;
        if let Ok(results) = answer {
            listing.cards.extend(results.page.items);
            listing.next = results.page.next;
        }
    });
}
