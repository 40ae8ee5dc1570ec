//! What shall I eat now? Open places near the person, and a recipe for today.

use dioxus::prelude::*;
use hnh_domain::calls::{SearchPlaces, SearchRecipes};
use hnh_domain::label::Diet;
use hnh_domain::nutrient::Range;
use hnh_domain::problem::Problem;
use hnh_domain::recipes::{Course, RecipeQuery};
use hnh_domain::restaurants::{OpenAt, PlaceDiet, PlaceQuery};

use crate::browser;
use crate::core::call;
use crate::i18n::{lang, t};
use crate::kit::{
    Button, ButtonKind, EmptyState, ErrorState, Icon, LinkButton, Page, PageSection, Skeleton, SkeletonShape,
};
use crate::position::SPOT;
use crate::recipes::RecipeTile;
use crate::restaurants::{PlaceRow, SpotButton, WhereAreYou};
use crate::routes::{InUrl, Route};

/// Farther than this nobody walks for lunch, in metres.
const NEAR_M: u32 = 3_000;
/// Places on the page.
const PLACES: u32 = 4;
/// Recipes on the page.
const RECIPES: usize = 3;

/// The first page.
#[component]
pub(crate) fn HomePage() -> Element {
    rsx! {
        Page { title: t!("home-title"), tab: t!("nav-home"), class: "home",
            Shortcuts {}
            PageSection {
                title: t!("home-near"),
                beside: rsx! {
                    if SPOT().is_some() {
                        SpotButton { onpick: move |_| {} }
                    }
                },
                if SPOT().is_some() {
                    Near {}
                } else {
                    WhereAreYou {}
                }
            }
            PageSection {
                title: t!("home-today"),
                beside: rsx! {
                    LinkButton { to: Route::recipes(), kind: ButtonKind::Quiet, icon: Icon::ChefHat, {t!("home-all-recipes")} }
                },
                Today {}
            }
        }
    }
}

/// Searches that answer what people ask most.
#[component]
fn Shortcuts() -> Element {
    let recipes = |query: RecipeQuery| Route::RecipesPage { query: InUrl(query) };
    let light = Range { min: None, max: Some(500.0) };
    let protein = RecipeQuery { diet: vec![Diet::HighProtein].into(), kcal: Some(light), ..RecipeQuery::default() };
    let quick = RecipeQuery { max_min: Some(20), ..RecipeQuery::default() };
    let vegan = RecipeQuery { diet: vec![Diet::Vegan].into(), ..RecipeQuery::default() };
    let vegan_places = PlaceQuery { diet: vec![PlaceDiet::Vegan].into(), ..PlaceQuery::default() };
    rsx! {
        nav { class: "home-shortcuts", "aria-label": t!("home-shortcuts"),
            LinkButton { to: Route::map(), icon: Icon::MapPin, kind: ButtonKind::Primary, {t!("home-places")} }
            LinkButton { to: Route::MapPage { query: InUrl(vegan_places) }, icon: Icon::Leaf, {t!("home-vegan-places")} }
            LinkButton { to: recipes(protein), icon: Icon::Beef, {t!("home-protein")} }
            LinkButton { to: recipes(quick), icon: Icon::Timer, {t!("home-quick")} }
            LinkButton { to: recipes(vegan), icon: Icon::Salad, {t!("home-vegan")} }
            LinkButton { to: Route::foods(), icon: Icon::Apple, {t!("home-foods")} }
        }
    }
}

/// The nearest places that are open; where hours are rarely known, the nearest of all.
#[component]
fn Near() -> Element {
    let mut near = use_resource(move || async move {
        let center = SPOT().map(|spot| spot.position);
        let query = PlaceQuery {
            lat: center.map(|c| c.lat),
            lon: center.map(|c| c.lon),
            radius_m: Some(NEAR_M),
            open: Some(OpenAt::Now),
            limit: Some(PLACES),
            ..PlaceQuery::default()
        };
        let open = call(SearchPlaces { query: query.clone() }).await?;
        if !open.items.is_empty() {
            return Ok::<_, Problem>((true, open.items));
        }
        let any = call(SearchPlaces { query: PlaceQuery { open: None, radius_m: None, ..query } }).await?;
        Ok((false, any.items))
    });
    rsx! {
        match &*near.read() {
            None => rsx! { Skeleton { shape: SkeletonShape::Rows, count: PLACES as usize } },
            Some(Err(problem)) => rsx! {
                ErrorState { problem: problem.clone(), onretry: move |()| near.restart() }
            },
            Some(Ok((_, hits))) if hits.is_empty() => rsx! {
                EmptyState { icon: Icon::Utensils, title: t!("home-near-none"),
                    LinkButton { to: Route::map(), icon: Icon::Map, {t!("nav-map")} }
                }
            },
            Some(Ok((open, hits))) => rsx! {
                if !open {
                    p { class: "note", {t!("home-near-unknown")} }
                }
                ul { class: "place-rows place-columns",
                    for hit in hits.iter().cloned() {
                        li { key: "{hit.place.id}", PlaceRow { hit } }
                    }
                }
            },
        }
    }
}

/// The same recipes all day, others tomorrow: main dishes, soups, rice and noodles with known figures.
#[component]
fn Today() -> Element {
    let mut turn = use_signal(|| 0_usize);
    let mut meals = use_resource(move || async move {
        let query = RecipeQuery {
            course: vec![Course::Main, Course::Soup, Course::Rice, Course::Noodle, Course::Salad].into(),
            kcal: Some(Range { min: Some(150.0), max: Some(700.0) }),
            limit: Some(200),
            ..RecipeQuery::default()
        };
        call(SearchRecipes { query }).await.map(|found| found.page.items)
    });
    rsx! {
        match &*meals.read() {
            None => rsx! { Skeleton { shape: SkeletonShape::Cards, count: RECIPES } },
            Some(Err(problem)) => rsx! {
                ErrorState { problem: problem.clone(), onretry: move |()| meals.restart() }
            },
            Some(Ok(cards)) => rsx! {
                ul { class: "recipe-cards", "lang": lang().code(),
                    for i in picks(today(), turn(), cards.len()) {
                        li { key: "{cards[i].id}", RecipeTile { card: cards[i].clone() } }
                    }
                }
                div { Button { kind: ButtonKind::Quiet, icon: Icon::RefreshCw, onclick: move |_| turn += 1, {t!("home-other")} } }
            },
        }
    }
}

/// Days since 1970 by the device's clock.
fn today() -> usize {
    (browser::now_ms() / 86_400_000.0) as usize
}

/// Which of `count` recipes are shown on a day, after asking for others `turn` times: steps that
/// visit all of them before any comes again.
fn picks(day: usize, turn: usize, count: usize) -> Vec<usize> {
    if count == 0 {
        return Vec::new();
    }
    let step = (count * 5 / 13..count * 2).find(|step| gcd(*step, count) == 1).unwrap_or(1);
    (0..RECIPES.min(count)).map(|i| (day + turn * RECIPES + i) * step % count).collect()
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn todays_recipes_differ_and_turns_visit_all() {
        for count in [1, 2, 3, 7, 60, 131] {
            let mut seen: Vec<usize> = (0..count).flat_map(|turn| picks(20_000, turn, count)).collect();
            assert_eq!(picks(20_000, 0, count).len(), RECIPES.min(count));
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), count);
        }
        assert!(picks(1, 0, 0).is_empty());
    }
}
