//! Saying where one is: by the device, or by picking a district or neighbourhood.

use dioxus::prelude::*;
use hnh_domain::calls::FindAreas;

use crate::core::use_call;
use crate::i18n::{said, t};
use crate::kit::{Button, ButtonKind, Dialog, ErrorState, Glyph, Icon, SearchField};
use crate::position::{SEARCH, SEARCH_CENTER, Search, SearchCenter, locate, recent_areas, set_search_center};

/// A dialog to pick an area by name.
#[component]
pub(crate) fn AreaPicker(
    open: ReadSignal<bool>,
    onclose: EventHandler<()>,
    onpick: EventHandler<SearchCenter>,
) -> Element {
    rsx! {
        Dialog { open, title: t!("area-title"), onclose,
            if let Some(why) = not_located(SEARCH()) {
                p { class: "note", role: "status", Glyph { icon: Icon::Info, size: 16 } "{why}" }
            }
            AreaSearch {
                onpick: move |spot: SearchCenter| {
                    set_search_center(spot.clone());
                    onpick.call(spot);
                    onclose.call(());
                },
            }
        }
    }
}

/// Why the device's position is not known, and what to do instead; nothing while it was not asked for.
fn not_located(search: Search) -> Option<String> {
    match search {
        Search::Idle | Search::Asking => None,
        Search::Denied => Some(t!("where-denied")),
        Search::Slow => Some(t!("where-slow")),
        Search::Absent => Some(t!("where-absent")),
    }
}

/// Asks the device where it is; where it does not say, an area is picked instead.
pub(crate) async fn locate_or_pick(mut picking: Signal<bool>) -> Option<SearchCenter> {
    let found = locate().await;
    if found.is_none() {
        picking.set(true);
    }
    found
}

#[component]
fn AreaSearch(onpick: EventHandler<SearchCenter>) -> Element {
    let mut words = use_signal(String::new);
    let found = use_call(move || FindAreas { q: words() });
    let blank = words().trim().is_empty();
    let recent: Vec<SearchCenter> = if blank { recent_areas() } else { Vec::new() };
    rsx! {
        div { class: "area-search",
            SearchField { label: t!("area-search"), value: words(), oninput: move |text| words.set(text) }
            match &*found.read() {
                Some(Ok(areas)) if areas.is_empty() && !words().trim().is_empty() => rsx! {
                    p { class: "area-none", role: "status", {t!("area-none")} }
                },
                Some(Ok(areas)) => rsx! {
                    if !recent.is_empty() {
                        h3 { class: "area-title", {t!("area-recent")} }
                        Areas { areas: recent, icon: Icon::Clock, onpick }
                    }
                    if blank && !areas.is_empty() {
                        h3 { class: "area-title", {t!("area-popular")} }
                    }
                    Areas {
                        areas: areas.iter().map(|area| SearchCenter { position: area.position, name: Some(area.name.clone()) }).collect::<Vec<_>>(),
                        icon: Icon::MapPin,
                        onpick,
                    }
                },
                Some(Err(problem)) => rsx! { ErrorState { problem: problem.clone() } },
                None => rsx! {},
            }
        }
    }
}

#[component]
fn Areas(areas: Vec<SearchCenter>, icon: Icon, onpick: EventHandler<SearchCenter>) -> Element {
    let named = areas.into_iter().filter_map(|spot| Some((said(spot.name.as_ref()?), spot)));
    rsx! {
        ul { class: "area-list",
            for (name , spot) in named {
                li { key: "{name}-{spot.position.lat}",
                    button {
                        r#type: "button",
                        class: "area-choice",
                        onclick: move |_| onpick.call(spot.clone()),
                        Glyph { icon, size: 18 }
                        "{name}"
                    }
                }
            }
        }
    }
}

/// What stands where places near the person would: why there are none yet, and both ways on.
#[component]
pub(crate) fn WhereAreYou() -> Element {
    let mut picking = use_signal(|| false);
    let search = SEARCH();
    let text = not_located(search).unwrap_or_else(|| match search {
        Search::Asking => t!("where-asking"),
        _ => t!("where-why"),
    });
    rsx! {
        div { class: "where-are-you card", role: "status",
            p { class: "where-text", b { {t!("where-title")} } " {text}" }
            div { class: "form-ways",
                Button {
                    kind: ButtonKind::Primary,
                    icon: Icon::LocateFixed,
                    disabled: search == Search::Asking,
                    onclick: move |_| async move {
                        // Found or not, the page shows it.
                        locate().await;
                    },
                    {t!("near-me")}
                }
                Button { icon: Icon::MapPin, onclick: move |_| picking.set(true), {t!("area-pick")} }
            }
        }
        AreaPicker { open: picking, onclose: move |()| picking.set(false), onpick: |_| {} }
    }
}

/// The place searched around in words, with a way to change it.
#[component]
pub(crate) fn SpotButton(onpick: EventHandler<SearchCenter>) -> Element {
    let mut picking = use_signal(|| false);
    let name = match SEARCH_CENTER() {
        Some(SearchCenter { name: Some(name), .. }) => said(&name),
        Some(_) => t!("spot-here"),
        None => t!("area-pick"),
    };
    rsx! {
        Button { kind: ButtonKind::Quiet, icon: Icon::MapPin, onclick: move |_| picking.set(true),
            span { class: "spot-name", "{name}" }
            Glyph { icon: Icon::ChevronDown, size: 16 }
        }
        AreaPicker { open: picking, onclose: move |()| picking.set(false), onpick }
    }
}
