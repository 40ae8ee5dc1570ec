//! The list of foods and its search.

use dioxus::prelude::*;
use hnh_domain::calls::SearchFoods;
use hnh_domain::codes::List;
use hnh_domain::foods::{FoodBasis, FoodCard, FoodGroup, FoodQuery};
use hnh_domain::nutrient::Nutrient;
use hnh_domain::page::Page;
use hnh_domain::port::Outcome;

use super::tray::{CompareToggle, CompareTray};
use crate::browser::sleep;
use crate::core::call;
use crate::format::{number, nutrient_amount};
use crate::i18n::{lang, said, t};
use crate::kit::{self, Button, EmptyState, ErrorState, Icon, SearchField, Skeleton, SkeletonShape, ToggleChip};
use crate::listing::{self, More, Progress, Search, Shared};
use crate::routes::{InUrl, Route};

/// Foods on a page.
const PAGE: u32 = 40;

/// How long after the last key a search starts, in milliseconds.
const PAUSE: u32 = 200;

impl Search for FoodQuery {
    type Item = FoodCard;
    type Extra = ();

    async fn first(self) -> Outcome<(Page<FoodCard>, ())> {
        let query = Self { limit: Some(PAGE), ..self };
        Ok((call(SearchFoods { query }).await?, ()))
    }

    async fn further(self, cursor: String) -> Outcome<Page<FoodCard>> {
        let query = Self { limit: Some(PAGE), cursor: Some(cursor), ..self };
        call(SearchFoods { query }).await
    }
}

static FOUND: Shared<FoodQuery> = Signal::global(listing::Listing::default);

/// What the amounts of a food are for, in words.
pub(super) fn basis_name(basis: FoodBasis) -> &'static str {
    match basis {
        FoodBasis::Per100g => "100 g",
        FoodBasis::Per100ml => "100 ml",
    }
}

/// Foods by words and groups, both in the address.
#[component]
pub(crate) fn FoodsPage(query: ReadSignal<InUrl<FoodQuery>>) -> Element {
    let navigator = use_navigator();
    let mut typed = use_signal(|| query.peek().0.q.clone().unwrap_or_default());
    use_effect(move || listing::show(&FOUND, query().0));
    let go = use_callback(move |query: FoodQuery| {
        navigator.replace(Route::FoodsPage { query: InUrl(query) }.address());
    });
    let mut typing = use_signal(|| 0_u32);
    let search = use_callback(move |text: String| {
        typed.set(text.clone());
        typing += 1;
        let turn = *typing.peek();
        spawn(async move {
            sleep(PAUSE).await;
            if *typing.peek() == turn {
                let words = text.trim();
                let q = (!words.is_empty()).then(|| words.to_owned());
                go(FoodQuery { q, ..query.peek().0.clone() });
            }
        });
    });
    let now = query().0;
    let group = now.group.clone();
    rsx! {
        kit::Page { title: t!("nav-foods"), class: "foods",
            SearchField { label: t!("foods-search"), value: typed(), oninput: search }
            div { class: "foods-groups", role: "group", "aria-label": t!("foods-group"),
                for item in FoodGroup::ALL.iter().copied() {
                    ToggleChip {
                        key: "{item}",
                        text: item.name(lang()),
                        on: group.contains(&item),
                        onclick: {
                            let now = now.clone();
                            move |()| {
                                let mut groups = now.group.0.clone();
                                match groups.iter().position(|g| *g == item) {
                                    Some(at) => drop(groups.remove(at)),
                                    None => groups.push(item),
                                }
                                go(FoodQuery { group: List(groups), ..now.clone() });
                            }
                        },
                    }
                }
            }
            Found { query: now, onclear: move |()| search(String::new()) }
            CompareTray {}
        }
    }
}

#[component]
fn Found(query: FoodQuery, onclear: EventHandler<()>) -> Element {
    let listing = FOUND.read();
    match &listing.progress {
        Progress::Failed(problem) => rsx! {
            ErrorState { problem: problem.clone(), onretry: move |()| listing::reload(&FOUND, query.clone()) }
        },
        Progress::Loading if listing.items.is_empty() => rsx! {
            Skeleton { shape: SkeletonShape::Rows, count: 10 }
        },
        _ if listing.items.is_empty() => rsx! {
            EmptyState { icon: Icon::Apple, title: t!("foods-none"), text: t!("foods-none-text"),
                Button {
                    onclick: move |_| {
                        onclear.call(());
                        navigator().replace(Route::foods().address());
                    },
                    {t!("filters-clear-all")}
                }
            }
        },
        progress => rsx! {
            if let Some(total) = listing.total {
                p { class: "soft foods-count", role: "status", {t!("foods-count", count = total, shown = number(total as f32, 0))} }
            }
            ul { class: "food-rows", "aria-busy": "{*progress == Progress::Loading}",
                for card in listing.items.iter() {
                    li { key: "{card.id}", FoodRow { card: card.clone() } }
                }
            }
            if listing.has_more() {
                More { loading: *progress == Progress::LoadingMore, onmore: move |()| listing::load_more(&FOUND) }
            }
        },
    }
}

#[component]
fn FoodRow(card: FoodCard) -> Element {
    let figure = |nutrient: Nutrient, amount: Option<f32>| {
        let shown = amount.map_or_else(|| t!("unknown"), |amount| nutrient_amount(nutrient, amount));
        rsx! {
            div {
                dt { {nutrient.name(lang())} }
                dd { class: if amount.is_none() { "unknown" }, "{shown}" }
            }
        }
    };
    rsx! {
        article { class: "food-row",
            div { class: "food-name",
                h2 {
                    Link { class: "food-link", to: Route::FoodPage { id: card.id }.address(), {said(&card.name)} }
                }
                p { class: "soft",
                    {card.group.name(lang())}
                    " · "
                    {card.source.name(lang())}
                    " · "
                    {basis_name(card.basis)}
                }
            }
            dl { class: "food-figures",
                {figure(Nutrient::Energy, card.energy)}
                {figure(Nutrient::Protein, card.protein)}
                {figure(Nutrient::Sodium, card.sodium)}
            }
            CompareToggle { id: card.id, name: card.name.clone() }
        }
    }
}
