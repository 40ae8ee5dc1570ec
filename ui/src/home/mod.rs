//! What shall I eat now? Places near the person, those that are open first, and a recipe for today.

use dioxus::prelude::*;
use hnh_domain::calls::{SearchPlaces, SearchRecipes};
use hnh_domain::label::Diet;
use hnh_domain::nutrient::Range;
use hnh_domain::places::{OpenState, PlaceDiet, PlaceHit, PlaceQuery};
use hnh_domain::problem::Problem;
use hnh_domain::recipes::{Course, RecipeQuery};

use crate::browser;
use crate::core::call;
use crate::i18n::{lang, t};
use crate::kit::{Button, ButtonKind, EmptyState, Icon, LinkButton, Page, PageSection, SkeletonShape, loaded};
use crate::needs::{ForMe, place_diets, with_needs};
use crate::places::{AreaPicker, PlaceRow, SearchBox, SpotButton, WhereAreYou, locate_or_pick};
use crate::position::{self, SEARCH, SEARCH_CENTER};
use crate::recipes::RecipeTile;
use crate::routes::{InUrl, Route};

/// Places on the page, and how many of the nearest they are chosen from.
const PLACES: usize = 4;
const CHOSEN_FROM: u32 = 40;
/// Recipes on the page.
const RECIPES: usize = 4;

/// The first page.
#[component]
pub(crate) fn HomePage() -> Element {
    rsx! {
        Page { title: t!("home-title"), tab: t!("nav-home"), class: "home",
            Search {}
            ForMe { text: None }
            Shortcuts {}
            PageSection {
                title: t!("home-near"),
                beside: rsx! {
                    if SEARCH_CENTER().is_some() {
                        SpotButton { onpick: move |_| {} }
                    }
                },
                if SEARCH_CENTER().is_some() {
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
            PlacesButton {}
            LinkButton { to: Route::MapPage { query: InUrl(vegan_places) }, icon: Icon::Leaf, {t!("home-vegan-places")} }
            LinkButton { to: recipes(protein), icon: Icon::Beef, {t!("home-protein")} }
            LinkButton { to: recipes(quick), icon: Icon::Timer, {t!("home-quick")} }
            LinkButton { to: recipes(vegan), icon: Icon::Salad, {t!("home-vegan")} }
            LinkButton { to: Route::foods(), icon: Icon::Apple, {t!("home-foods")} }
        }
    }
}

/// Looks for places by name, dish, cuisine or station.
#[component]
fn Search() -> Element {
    let navigator = use_navigator();
    let none = use_signal(String::new);
    rsx! {
        SearchBox {
            words: none,
            onsearch: move |words: String| {
                let q = Some(words).filter(|words| !words.is_empty());
                if q.is_some() {
                    navigator.push(Route::MapPage { query: InUrl(PlaceQuery { q, ..PlaceQuery::default() }) }.address());
                }
            },
            onarea: move |()| {
                navigator.push(Route::map().address());
            },
        }
    }
}

/// Leads to the places around the person; asks where that is when nobody has said yet.
#[component]
fn PlacesButton() -> Element {
    let picking = use_signal(|| false);
    let mut open = picking;
    let navigator = use_navigator();
    let go = use_callback(move |()| {
        navigator.push(Route::map().address());
    });
    rsx! {
        Button {
            kind: ButtonKind::Primary,
            icon: Icon::MapPin,
            disabled: SEARCH() == position::Search::Asking,
            onclick: move |_| async move {
                if SEARCH_CENTER.peek().is_some() || locate_or_pick(picking).await.is_some() {
                    go(());
                }
            },
            {t!("home-places")}
        }
        AreaPicker { open: picking, onclose: move |()| open.set(false), onpick: move |_| go(()) }
    }
}

/// How much farther a place counts that may be closed when one gets there.
fn doubt(state: OpenState) -> u32 {
    match state {
        OpenState::Open => 1,
        OpenState::Unknown => 2,
        OpenState::Closed => 6,
    }
}

/// The places to show: the nearest, where one that is open may lie twice as far as one whose hours are not known.
fn best(mut hits: Vec<PlaceHit>) -> Vec<PlaceHit> {
    hits.sort_by_key(|hit| hit.distance_m.unwrap_or(u32::MAX).saturating_mul(doubt(hit.opening.state)));
    hits.truncate(PLACES);
    hits
}

/// The places near the person.
#[component]
fn Near() -> Element {
    let near = use_resource(move || async move {
        let center = SEARCH_CENTER().map(|spot| spot.position);
        let (lat, lon) = (center.map(|c| c.lat), center.map(|c| c.lon));
        let diet = place_diets().into();
        let query = PlaceQuery { lat, lon, diet, limit: Some(CHOSEN_FROM), ..PlaceQuery::default() };
        Ok::<_, Problem>(best(call(SearchPlaces { query }).await?.items))
    });
    loaded(near, (SkeletonShape::Rows, PLACES), rsx! {}, |hits| {
        if hits.is_empty() {
            return rsx! {
                EmptyState { icon: Icon::Utensils, title: t!("home-near-none"),
                    LinkButton { to: Route::map(), icon: Icon::Map, {t!("nav-map")} }
                }
            };
        }
        rsx! {
                ul { class: "place-rows place-columns",
                    for hit in hits.iter().cloned() {
                        li { key: "{hit.place.id}", PlaceRow { hit } }
                    }
                }
                div {
                    LinkButton { to: Route::map(), kind: ButtonKind::Quiet, icon: Icon::Map, {t!("home-near-all")} }
                }
        }
    })
}

/// The same recipes all day, others tomorrow: main dishes, soups, rice and noodles with known figures.
#[component]
fn Today() -> Element {
    let mut turn = use_signal(|| 0_usize);
    let meals = use_resource(move || async move {
        let query = RecipeQuery {
            course: vec![Course::Main, Course::Soup, Course::Rice, Course::Noodle, Course::Salad].into(),
            kcal: Some(Range { min: Some(150.0), max: Some(700.0) }),
            limit: Some(60),
            ..RecipeQuery::default()
        };
        call(SearchRecipes { query: with_needs(query) }).await.map(|found| found.page.items)
    });
    loaded(meals, (SkeletonShape::Cards, RECIPES), rsx! {}, |cards| {
        rsx! {
                ul { class: "recipe-cards", "lang": lang().code(),
                    for i in picks(today(), turn(), cards.len()) {
                        li { key: "{cards[i].id}", RecipeTile { card: cards[i].clone() } }
                    }
                }
                div { Button { kind: ButtonKind::Quiet, icon: Icon::RefreshCw, onclick: move |_| turn += 1, {t!("home-other")} } }
        }
    })
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
    use hnh_domain::geo::LatLon;
    use hnh_domain::places::{Opening, PlaceCard, PlaceKind};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_open_place_far_away_hides_no_near_one() {
        let hit = |metres: u32, state: OpenState| PlaceHit {
            place: PlaceCard {
                id: Uuid::from_u128(metres.into()),
                name: Default::default(),
                kind: PlaceKind::Cafe,
                position: LatLon { lat: 0.0, lon: 0.0 },
                accuracy: Default::default(),
                district: None,
                cuisines: Vec::new(),
                diets: Default::default(),
            },
            distance_m: Some(metres),
            walk_minutes: None,
            opening: Opening { state, ..Opening::default() },
            found_in: None,
        };
        let hits = vec![
            hit(120, OpenState::Closed),
            hit(200, OpenState::Unknown),
            hit(300, OpenState::Unknown),
            hit(390, OpenState::Open),
            hit(900, OpenState::Unknown),
            hit(2_700, OpenState::Open),
        ];
        let shown: Vec<u32> = best(hits).into_iter().filter_map(|hit| hit.distance_m).collect();
        assert_eq!(shown, [390, 200, 300, 120]);
    }

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
