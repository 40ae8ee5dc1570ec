//! Areas that are kept on the device: adding one, how it stands, and what a list without a network stands on.

use dioxus::prelude::*;
use hnh_domain::calls::{GetSync, KeepArea, ListAreas, MeasureArea, PauseArea, RemoveArea};
use hnh_domain::places::{AreaSize, OfflineArea};
use hnh_domain::problem::Problem;
use hnh_domain::topic::Topic;

use crate::core::{call, use_topic};
use crate::format::{self, Said};
use crate::i18n::{said, t};
use crate::kit::{
    Button, ButtonKind, Dialog, ErrorState, Glyph, Icon, PageSection, Segment, Segmented, Skeleton, SkeletonShape,
    toast,
};
use crate::places::{AreaPicker, locate_or_pick};
use crate::position::{SEARCH_CENTER, SearchCenter};
use crate::webapp;

/// Kilometres around the middle that are offered.
const RADII_KM: [u32; 3] = [5, 15, 30];

/// The areas, and the way to add one.
#[component]
pub(crate) fn OfflineAreas() -> Element {
    let changes = use_topic(Topic::Areas);
    let areas = use_resource(move || {
        changes();
        call(ListAreas {})
    });
    let mut adding = use_signal(|| false);
    let areas = areas.read().as_ref().and_then(|areas| areas.as_ref().ok()).cloned().unwrap_or_default();
    rsx! {
        PageSection { title: t!("areas-title"),
            p { class: "soft", {t!("areas-text")} }
            if !areas.is_empty() {
                ul { class: "offline-areas",
                    for area in areas {
                        li { key: "{area.id}", Area { area } }
                    }
                }
            }
            div {
                Button { icon: Icon::Download, onclick: move |_| adding.set(true), {t!("areas-add")} }
            }
        }
        AddArea { open: adding, onclose: move |()| adding.set(false) }
    }
}

fn name(area: &OfflineArea) -> String {
    area.name.as_ref().map_or_else(|| t!("areas-here"), said)
}

fn size_words(bytes: u64) -> String {
    match bytes as f32 / 1e6 {
        small if small < 0.1 => format!("{} kB", format::number(small * 1e3, 0)),
        size => format!("{} MB", format::number(size, 1)),
    }
}

/// An area: how much of it is here, from when, and what can be done with it.
#[component]
fn Area(area: OfflineArea) -> Element {
    let id = area.id;
    let under_way = area.places < area.total || area.fetched_ms.is_none();
    let radius = format::number(area.radius_m as f32 / 1000.0, 0);
    let facts = match area.fetched_ms {
        Some(at_ms) => t!(
            "areas-facts",
            places = format::number(area.places as f32, 0),
            size = size_words(area.bytes),
            date = format::instant(at_ms, Said::Date)
        ),
        None => t!(
            "areas-going",
            places = format::number(area.places as f32, 0),
            total = format::number(area.total as f32, 0)
        ),
    };
    rsx! {
        div { class: "card offline-area",
            div { class: "offline-area-text",
                b { {t!("areas-name", name = name(&area), radius = radius)} }
                p { class: "soft", role: "status", "{facts}" }
                if under_way {
                    progress { max: "{area.total.max(1)}", value: "{area.places}", "aria-label": name(&area) }
                }
            }
            if under_way {
                Button {
                    kind: ButtonKind::Quiet,
                    icon: if area.paused { Icon::Play } else { Icon::Pause },
                    onclick: move |_| async move {
                        if call(PauseArea { id, on: !area.paused }).await.is_err() {
                            toast(t!("kept-failed"));
                        }
                    },
                    {if area.paused { t!("areas-resume") } else { t!("areas-pause") }}
                }
            }
            Button {
                kind: ButtonKind::Quiet,
                onclick: move |_| async move {
                    let removed = call(RemoveArea { id }).await;
                    toast(if removed.is_ok() { t!("areas-removed") } else { t!("kept-failed") });
                },
                {t!("areas-remove")}
            }
        }
    }
}

/// Choosing an area: around the person or a place they pick, how far, and how much it takes.
#[component]
fn AddArea(open: ReadSignal<bool>, onclose: EventHandler<()>) -> Element {
    let mut picking = use_signal(|| false);
    let mut chosen = use_signal(|| 0_usize);
    let mut refused = use_signal(|| None::<Problem>);
    let mut busy = use_signal(|| false);
    let size = use_resource(move || {
        let (spot, radius_m) = (SEARCH_CENTER(), RADII_KM[chosen()] * 1000);
        let wanted = open();
        async move {
            let position = spot.filter(|_| wanted)?.position;
            let streets = webapp::streets_bytes(position).await;
            Some(call(MeasureArea { position, radius_m }).await.map(|size| (size, streets)))
        }
    });
    let keep = move |_| async move {
        let Some(SearchCenter { position, name }) = SEARCH_CENTER() else { return };
        busy.set(true);
        match call(KeepArea { name, position, radius_m: RADII_KM[chosen()] * 1000 }).await {
            Ok(area) => {
                webapp::keep_storage();
                webapp::keep_streets(area.position);
                onclose.call(());
            }
            Err(problem) => refused.set(Some(problem)),
        }
        busy.set(false);
    };
    rsx! {
        Dialog { open, title: t!("areas-add"), onclose,
            div { class: "form",
                div { class: "form-ways",
                    Button {
                        icon: Icon::LocateFixed,
                        onclick: move |_| async move {
                            // Found or not, the dialog shows it.
                            locate_or_pick(picking).await;
                        },
                        {t!("near-me")}
                    }
                    Button { icon: Icon::MapPin, onclick: move |_| picking.set(true), {t!("area-pick")} }
                }
                if let Some(spot) = SEARCH_CENTER() {
                    p { class: "note", Glyph { icon: Icon::MapPin, size: 16 }
                        {spot.name.as_ref().map_or_else(|| t!("areas-here"), said)}
                    }
                    Segmented {
                        label: t!("areas-radius"),
                        segments: RADII_KM.map(|km| Segment::new(format!("{km} km"))).to_vec(),
                        chosen: chosen(),
                        onchoose: move |i| chosen.set(i),
                    }
                    match &*size.read() {
                        Some(Some(Ok((size , streets)))) => rsx! {
                            p { role: "status",
                                {measured(*size)}
                                if *streets > 0 {
                                    {t!("areas-streets", size = size_words(*streets))}
                                }
                            }
                            Button { kind: ButtonKind::Primary, icon: Icon::Download, disabled: busy() || size.places == 0, onclick: keep, {t!("areas-download")} }
                        },
                        Some(Some(Err(problem))) => rsx! { ErrorState { problem: problem.clone() } },
                        _ => rsx! { Skeleton { shape: SkeletonShape::Rows, count: 1 } },
                    }
                }
                if let Some(problem) = refused() {
                    ErrorState { problem }
                }
            }
        }
        AreaPicker { open: picking, onclose: move |()| picking.set(false), onpick: |_| {} }
    }
}

fn measured(size: AreaSize) -> String {
    let places = format::number(size.places as f32, 0);
    t!("areas-measured", count = size.places as f32, places = places, size = size_words(size.bytes))
}

/// What a list of places stands on while the server does not answer; nothing while it does.
#[component]
pub(crate) fn AreaNote() -> Element {
    let (online, areas) = (use_topic(Topic::Online), use_topic(Topic::Areas));
    let oldest = use_resource(move || {
        online();
        areas();
        async move {
            if call(GetSync {}).await.is_ok_and(|state| state.online) {
                return None;
            }
            call(ListAreas {}).await.ok()?.iter().filter_map(|area| area.fetched_ms).min()
        }
    });
    let Some(Some(at_ms)) = oldest() else { return rsx! {} };
    rsx! {
        p { class: "note", role: "status",
            Glyph { icon: Icon::WifiOff, size: 16 }
            {t!("areas-stand", date = format::instant(at_ms, Said::Date))}
        }
    }
}

/// Says that a list of recipes is of those on this device while the server does not answer; nothing while it does.
#[component]
pub(crate) fn RecipesNote() -> Element {
    let online = use_topic(Topic::Online);
    let offline = use_resource(move || {
        online();
        async { call(GetSync {}).await.is_ok_and(|state| !state.online) }
    });
    if offline() != Some(true) {
        return rsx! {};
    }
    rsx! {
        p { class: "note", role: "status",
            Glyph { icon: Icon::WifiOff, size: 16 }
            {t!("recipes-stand")}
        }
    }
}
