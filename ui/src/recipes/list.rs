//! The list of recipes and its search.

use dioxus::prelude::*;
use hnh_domain::calls::SearchRecipes;
use hnh_domain::page::Page;
use hnh_domain::port::Outcome;
use hnh_domain::recipes::{RecipeCard, RecipeFacets, RecipeQuery, RecipeSort};

use super::active::{ActiveFilter, active_filters};
use super::card::RecipeTile;
use super::chip_input::ChipInput;
use super::filters::Filters;
use crate::browser::use_wide;
use crate::cookbook::{KitchenParts, Part};
use crate::core::call;
use crate::format;
use crate::i18n::{lang, t};
use crate::kit::{
    self, Button, ButtonKind, Chip, EmptyState, ErrorState, Icon, Select, Sheet, Skeleton, SkeletonShape,
};
use crate::listing::{self, More, Progress, Search, Shared};
use crate::needs::{RecipesForMe, with_needs};
use crate::offline::RecipesNote;
use crate::routes::{InUrl, Route};

/// Recipes on a page.
const PAGE: u32 = 24;

impl Search for RecipeQuery {
    type Item = RecipeCard;
    type Extra = RecipeFacets;

    async fn first(self) -> Outcome<(Page<RecipeCard>, RecipeFacets)> {
        let query = Self { facets: true, limit: Some(PAGE), ..self };
        let results = call(SearchRecipes { query }).await?;
        Ok((results.page, results.facets.unwrap_or_default()))
    }

    async fn further(self, cursor: String) -> Outcome<Page<RecipeCard>> {
        let query = Self { limit: Some(PAGE), cursor: Some(cursor), ..self };
        Ok(call(SearchRecipes { query }).await?.page)
    }
}

/// The recipes found, shared by the page's parts.
pub(super) static FOUND: Shared<RecipeQuery> = Signal::global(listing::Listing::default);

/// Recipes by keywords, diets, allergens, nutrients and more; all of it in the address.
#[component]
pub(crate) fn RecipesPage(query: ReadSignal<InUrl<RecipeQuery>>) -> Element {
    let navigator = use_navigator();
    let wide = use_wide();
    let mut sheet = use_signal(|| false);
    use_effect(move || listing::show(&FOUND, with_needs(query().0)));
    let go = use_callback(move |query: RecipeQuery| {
        navigator.replace(Route::RecipesPage { query: InUrl(query) }.address());
    });
    let now = query().0;
    let active = active_filters(&now);
    let filtered = active.len() - now.q.len();
    let sort = now.sort.map_or("", RecipeSort::code);
    let sorts: Vec<(String, String)> = std::iter::once((String::new(), t!("sort-default")))
        .chain(RecipeSort::ALL.iter().map(|sort| (sort.code().to_owned(), sort.name(lang()).to_owned())))
        .collect();
    let total = FOUND.read().total;
    rsx! {
        kit::Page { title: t!("nav-recipes"), class: "recipes",
            KitchenParts { here: Part::Find }
            ChipInput {
                chips: now.q.0.clone(),
                onchange: {
                    let now = now.clone();
                    move |chips: Vec<String>| go(RecipeQuery { q: chips.into(), ..now.clone() })
                },
            }
            div { class: "recipes-columns",
                if wide() {
                    aside { class: "recipes-filters", "aria-label": t!("filters-title"),
                        h2 { class: "hidden", {t!("filters-title")} }
                        Filters { query: now.clone(), onchange: go }
                    }
                }
                div { class: "recipes-found",
                    h2 { class: "hidden", {t!("recipes-results")} }
                    RecipesNote {}
                    div { class: "recipes-bar",
                        p { class: "recipes-count", role: "status",
                            if let Some(total) = total {
                                {t!("recipes-count", count = total, shown = format::number(total as f32, 0))}
                            }
                        }
                        if !wide() {
                            Button { icon: Icon::Filters, onclick: move |_| sheet.set(true),
                                if filtered == 0 {
                                    {t!("filters-title")}
                                } else {
                                    {t!("filters-title-count", count = filtered)}
                                }
                            }
                        }
                        Select {
                            label: t!("sort-label"),
                            quiet: true,
                            value: sort,
                            options: sorts,
                            onchange: {
                                let now = now.clone();
                                move |code: String| go(RecipeQuery { sort: code.parse().ok(), ..now.clone() })
                            },
                        }
                    }
                    RecipesForMe { query: now.clone(), total }
                    if filtered > 0 {
                        ActiveChips { active: active.clone(), skip: now.q.len(), go }
                    }
                    Found { query: with_needs(now.clone()), active, go }
                }
            }
            Sheet {
                open: sheet,
                title: t!("filters-title"),
                onclose: move |()| sheet.set(false),
                foot: rsx! {
                    Button {
                        onclick: {
                            let cleared = RecipeQuery { q: now.q.clone(), sort: now.sort, ..RecipeQuery::default() };
                            move |_| go(cleared.clone())
                        },
                        {t!("filters-clear")}
                    }
                    Button { kind: ButtonKind::Primary, onclick: move |_| sheet.set(false),
                        if let Some(total) = total {
                            {t!("filters-show", count = total, shown = format::number(total as f32, 0))}
                        } else {
                            {t!("filters-show-all")}
                        }
                    }
                },
                Filters { query: now.clone(), onchange: go }
            }
        }
    }
}

/// The filters that are on, beside the keywords, each to be taken away.
#[component]
fn ActiveChips(active: Vec<ActiveFilter>, skip: usize, go: Callback<RecipeQuery>) -> Element {
    rsx! {
        ul { class: "chips", "aria-label": t!("filters-active"),
            for filter in active.into_iter().skip(skip) {
                li { key: "{filter.name}",
                    Chip {
                        text: filter.name,
                        onremove: {
                            let without = filter.without;
                            move |()| go(without.clone())
                        },
                    }
                }
            }
        }
    }
}

/// The recipes, or why there are none.
#[component]
fn Found(query: RecipeQuery, active: Vec<ActiveFilter>, go: Callback<RecipeQuery>) -> Element {
    let listing = FOUND.read();
    match &listing.progress {
        Progress::Failed(problem) => rsx! {
            ErrorState { problem: problem.clone(), onretry: move |()| listing::reload(&FOUND, query.clone()) }
        },
        Progress::Loading if listing.items.is_empty() => rsx! {
            Skeleton { shape: SkeletonShape::Cards, count: 9 }
        },
        progress if listing.items.is_empty() => rsx! {
            NothingFound { key: "{active.len()}", active, go, busy: *progress == Progress::Loading }
        },
        progress => rsx! {
            ul { class: "recipe-cards", "aria-busy": "{*progress == Progress::Loading}",
                for card in listing.items.iter() {
                    li { key: "{card.id}", RecipeTile { card: card.clone() } }
                }
            }
            if listing.has_more() {
                More { loading: *progress == Progress::LoadingMore, onmore: move |()| listing::load_more(&FOUND) }
            }
        },
    }
}

/// Nothing was found: says which single filter to give up for how many recipes.
#[component]
fn NothingFound(active: Vec<ActiveFilter>, go: Callback<RecipeQuery>, busy: bool) -> Element {
    let asked = active.clone();
    let ways = use_resource(use_reactive!(|asked| async move {
        let mut ways = Vec::new();
        for filter in asked {
            let query = RecipeQuery { limit: Some(1), ..filter.without.clone() };
            // One that cannot be counted is not offered.
            if let Ok(results) = call(SearchRecipes { query }).await
                && let Some(total) = results.page.total.filter(|total| *total > 0)
            {
                ways.push((total, filter));
            }
        }
        ways.sort_by_key(|(total, _)| std::cmp::Reverse(*total));
        ways
    }));
    let text = match &*ways.read() {
        Some(ways) if !ways.is_empty() => t!("recipes-none-loosen"),
        Some(_) => t!("recipes-none-several"),
        None => String::new(),
    };
    rsx! {
        div { "aria-busy": "{busy}",
            EmptyState { icon: Icon::CookingPot, title: t!("recipes-none"), text,
                if let Some(ways) = &*ways.read() {
                    for (total , filter) in ways.iter().take(4) {
                        Button {
                            key: "{filter.name}",
                            onclick: {
                                let without = filter.without.clone();
                                move |_| go(without.clone())
                            },
                            {t!("recipes-loosen", name = filter.name.clone(), count = *total)}
                        }
                    }
                }
                Button { kind: ButtonKind::Quiet, onclick: move |_| go(RecipeQuery::default()), {t!("filters-clear-all")} }
            }
        }
    }
}
