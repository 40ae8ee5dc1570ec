//! The list of what was found: those asked for, those whose hours are not known, and what to do when there are none.

use dioxus::prelude::*;
use hnh_domain::places::{OpenAt, PlaceHit, PlaceQuery};
use hnh_domain::problem::Problem;

use super::area_picker::WhereAreYou;
use super::card::PlaceRow;
use super::filters::{self, Wish};
use super::map_page::{MapState, around_words};
use super::results::{Asked, Results, VISIT};
use crate::format;
use crate::i18n::t;
use crate::kit::{
    Button, ButtonKind, Chip, ChipKind, EmptyState, ErrorState, Glyph, Icon, Skeleton, SkeletonShape, toast,
};
use crate::needs::{ForMe, hidden_places};
use crate::offline::AreaNote;
use crate::position::SEARCH_CENTER;
use crate::refusals;

/// The list.
#[component]
pub(super) fn PlaceList(
    query: PlaceQuery,
    state: MapState,
    go: Callback<PlaceQuery>,
    onretry: EventHandler<()>,
) -> Element {
    let wishes = filters::wishes(&query);
    rsx! {
        h2 { class: "hidden", {t!("places-list")} }
        AreaNote {}
        if !wishes.is_empty() {
            ul { class: "chips map-wishes", "aria-label": t!("filters-active"),
                for wish in wishes.clone() {
                    li { key: "{wish.name}",
                        Chip {
                            text: wish.name.clone(),
                            kind: ChipKind::Leaf,
                            onremove: move |()| go(wish.without.clone()),
                        }
                    }
                }
            }
        }
        match &*state.found.read() {
            None => rsx! { Skeleton { shape: SkeletonShape::Rows, count: 6 } },
            Some(Err(problem)) => rsx! { ErrorState { problem: problem.clone(), onretry } },
            Some(Ok(found)) => rsx! {
                Found { found: found.clone(), wishes, state, go }
            },
        }
    }
}

#[component]
fn Found(found: Results, wishes: Vec<Wish>, state: MapState, go: Callback<PlaceQuery>) -> Element {
    let asked = found.asked.clone();
    let then = matches!(asked.wishes.open, Some(OpenAt::Local(_)));
    let lonely = found.nothing_near() || found.hits.is_empty();
    let unknown = (state.unknown_count)().unwrap_or(0);
    let counted = (!lonely).then(|| count_words(&found));
    let unknown_words = (unknown > 0).then(|| t!("hours-unknown-count", count = unknown));
    let summary: Vec<String> = [counted, around_words(&asked), unknown_words].into_iter().flatten().collect();
    rsx! {
        p { class: "map-count", role: "status",
            {summary.join(" · ")}
        }
        Needs { asked: asked.clone() }
        if SEARCH_CENTER().is_none() {
            WhereAreYou {}
        }
        if lonely {
            Nothing { asked: asked.clone(), far: !found.hits.is_empty(), wishes, go }
            if unknown > 0 {
                UnknownHours { count: unknown, found: found.clone(), open: true, then, state }
            }
        }
        Rows { hits: found.hits.clone(), then, state }
        if found.has_more() {
            More { found: found.clone(), state }
        } else if found.total.is_some_and(|total| total > found.hits.len() as u64) {
            p { class: "map-more", {t!("places-closer", count = found.hits.len())} }
        }
        if unknown > 0 && !lonely {
            UnknownHours { count: unknown, found: found.clone(), open: false, then, state }
        }
    }
}

/// What the person's needs hide.
#[component]
fn Needs(asked: Asked) -> Element {
    let hidden = use_resource(use_reactive!(|asked| async move { asked.hidden().await }));
    let text = hidden.read().flatten().map(hidden_places);
    rsx! { ForMe { text } }
}

/// How many there are, or that these are the nearest of more.
fn count_words(found: &Results) -> String {
    match found.total {
        Some(total) => t!("places-count", count = total, shown = format::number(total as f32, 0)),
        None if found.asked.wishes.q.is_some() => t!("places-best", count = found.hits.len()),
        None => t!("places-nearest", count = found.hits.len()),
    }
}

#[component]
fn Rows(hits: Vec<PlaceHit>, then: bool, state: MapState) -> Element {
    let mut chosen = state.chosen;
    rsx! {
        ul { class: "place-rows",
            for hit in hits {
                li {
                    key: "{hit.place.id}",
                    onmouseenter: {
                        let id = hit.place.id;
                        move |_| chosen.set(Some(id))
                    },
                    PlaceRow { hit: hit.clone(), chosen: chosen() == Some(hit.place.id), then }
                }
            }
        }
    }
}

/// The button for the next page.
#[component]
fn More(found: Results, state: MapState) -> Element {
    let mut state = state;
    let mut loading = use_signal(|| false);
    rsx! {
        div { class: "map-more",
            Button {
                disabled: loading(),
                onclick: move |_| {
                    let found = found.clone();
                    async move {
                        loading.set(true);
                        match found.more().await {
                            Ok(results) => {
                                VISIT.write().results = Some(results.clone());
                                state.found.set(Some(Ok(results)));
                            }
                            Err(problem) => toast(refusals::words(&problem)),
                        }
                        loading.set(false);
                    }
                },
                if loading() { {t!("loading")} } else { {t!("more")} }
            }
        }
    }
}

/// Those whose hours at the time asked for are not known: counted, and looked for when they are unfolded.
#[component]
fn UnknownHours(count: u64, found: Results, open: bool, then: bool, state: MapState) -> Element {
    let mut state = state;
    let mut unfolded = use_signal(|| open);
    let asked = found.asked.clone();
    let hits = use_resource(use_reactive!(|asked| async move {
        if !unfolded() {
            return Ok(Vec::new());
        }
        let unknown = asked.of_unknown_hours().unwrap_or(asked);
        let hits = unknown.find(0.0).await.map(|found| found.hits)?;
        // The map draws them too.
        state.unknown.set(hits.clone());
        Ok::<_, Problem>(hits)
    }));
    rsx! {
        section { class: "unknown-hours",
            button {
                r#type: "button",
                class: "unknown-hours-head",
                "aria-expanded": "{unfolded}",
                onclick: move |_| unfolded.toggle(),
                Glyph { icon: Icon::Clock, size: 18 }
                span { {t!("hours-unknown-count", count = count)} }
                Glyph { icon: Icon::ChevronDown, size: 18 }
            }
            if unfolded() {
                p { class: "filter-note", {t!("hours-unknown-note")} }
                match &*hits.read() {
                    Some(Ok(hits)) => rsx! { Rows { hits: hits.clone(), then, state } },
                    Some(Err(problem)) => rsx! { ErrorState { problem: problem.clone() } },
                    None => rsx! { Skeleton { shape: SkeletonShape::Rows, count: 3 } },
                }
            }
        }
    }
}

/// Nothing near, or nothing here: which wish to drop for how many, and where else to look.
#[component]
fn Nothing(asked: Asked, far: bool, wishes: Vec<Wish>, go: Callback<PlaceQuery>) -> Element {
    let in_box = asked.wishes.bbox.is_some();
    let (around, given) = (asked.clone(), wishes.clone());
    let ways = use_resource(use_reactive!(|(around, given)| async move {
        let mut ways = Vec::new();
        for wish in given {
            // One that cannot be counted is not offered.
            if let Ok(count) = around.with(wish.without.clone()).count().await
                && count > 0
            {
                ways.push((count, wish));
            }
        }
        ways.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        ways
    }));
    let title = if in_box { t!("places-none") } else { t!("places-none-near") };
    let text = match &*ways.read() {
        Some(ways) if !ways.is_empty() => t!("recipes-none-loosen"),
        _ if far => t!("places-far"),
        _ => t!("places-none-text"),
    };
    let wider = PlaceQuery { bbox: None, cursor: None, ..asked.wishes.clone() };
    rsx! {
        EmptyState { icon: Icon::Utensils, title, text,
            if let Some(ways) = &*ways.read() {
                for (count , wish) in ways.iter().take(4) {
                    Button {
                        key: "{wish.name}",
                        onclick: {
                            let without = wish.without.clone();
                            move |_| go(without.clone())
                        },
                        {t!("recipes-loosen", name = wish.name.clone(), count = *count)}
                    }
                }
            }
            if in_box {
                Button { kind: ButtonKind::Primary, icon: Icon::Search, onclick: move |_| go(wider.clone()), {t!("places-wider")} }
            }
        }
    }
}
