//! The search's words: what may be meant while typing, what was looked for before, and areas by name.

use dioxus::prelude::*;
use hnh_domain::calls::SuggestPlaces;
use hnh_domain::places::{PlaceSuggestion, SuggestionQuery};
use hnh_domain::text::Text;

use super::card::in_latin;
use crate::browser;
use crate::core::call;
use crate::i18n::{said, t};
use crate::kit::{Button, ButtonKind, Combobox, Glyph, Icon, SearchField};
use crate::position::{SEARCH_CENTER, SearchCenter, set_search_center};
use crate::routes::Route;

const RECENT_KEY: &str = "hnh.recent-places";
/// Searches that are remembered on the device.
const MOST_RECENT: usize = 8;
/// A pause in typing after which it is asked what may be meant, in milliseconds.
const PAUSE_MS: u32 = 120;
const BOX: &str = "place-search";
const LIST: &str = "place-suggestions";

/// What was looked for, the last first.
fn recent() -> Vec<String> {
    browser::remembered(RECENT_KEY).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

fn remember_search(words: &str) {
    let mut all = recent();
    all.retain(|known| known != words);
    all.insert(0, words.to_owned());
    all.truncate(MOST_RECENT);
    if let Ok(json) = serde_json::to_string(&all) {
        browser::remember(RECENT_KEY, &json);
    }
}

/// A line under the field.
#[derive(Clone, PartialEq)]
enum Choice {
    Recent(String),
    Meant(PlaceSuggestion),
}

impl Choice {
    fn icon(&self) -> Icon {
        match self {
            Self::Recent(_) => Icon::Clock,
            Self::Meant(PlaceSuggestion::Area { .. }) => Icon::MapPin,
            Self::Meant(PlaceSuggestion::Word(_)) => Icon::Search,
            Self::Meant(PlaceSuggestion::Place { .. }) => Icon::Utensils,
        }
    }

    /// What it says, and what is said beside it.
    fn words(&self) -> (String, Option<String>) {
        match self {
            Self::Recent(words) => (words.clone(), None),
            Self::Meant(PlaceSuggestion::Area { area, .. }) => (said(&area.name), None),
            Self::Meant(PlaceSuggestion::Word(word)) => (said(word), None),
            Self::Meant(PlaceSuggestion::Place { name, district, .. }) => {
                (said(name), in_latin(name).or(district.clone()))
            }
        }
    }
}

async fn suggestions(words: &str) -> Vec<PlaceSuggestion> {
    let center = SEARCH_CENTER.peek().as_ref().map(|spot| spot.position);
    let query = SuggestionQuery { q: words.to_owned(), lat: center.map(|c| c.lat), lon: center.map(|c| c.lon) };
    // Without a connection nothing is suggested; the search itself says what is wrong.
    call(SuggestPlaces { query }).await.unwrap_or_default()
}

/// The field. `onsearch` is told the words, empty ones to look without; `onarea` that the middle of the search is another.
#[component]
pub(crate) fn SearchBox(
    words: ReadSignal<String>,
    onsearch: EventHandler<String>,
    onarea: EventHandler<()>,
) -> Element {
    let navigator = use_navigator();
    let mut text = use_signal(move || words.peek().clone());
    // A search without the words, as from a chip's cross, empties the field.
    use_effect(move || text.set(words()));
    let mut open = use_signal(|| false);
    let mut active = use_signal(|| None::<usize>);
    let meant = use_resource(move || {
        let (typed, shown) = (text(), open());
        async move {
            if !shown || typed.trim().is_empty() {
                return recent().into_iter().map(Choice::Recent).collect();
            }
            browser::sleep(PAUSE_MS).await;
            suggestions(&typed).await.into_iter().map(Choice::Meant).collect::<Vec<_>>()
        }
    });
    let choices = meant.read().clone().unwrap_or_default();
    let search = use_callback(move |typed: String| {
        open.set(false);
        active.set(None);
        let typed = typed.trim().to_owned();
        if !typed.is_empty() {
            remember_search(&typed);
        }
        text.set(typed.clone());
        onsearch.call(typed);
    });
    let go_to = use_callback(move |(position, name): (_, Text)| {
        open.set(false);
        active.set(None);
        text.set(String::new());
        set_search_center(SearchCenter { position, name: Some(name) });
        onarea.call(());
    });
    let choose = use_callback(move |choice: Choice| match choice {
        Choice::Recent(words) => search(words),
        Choice::Meant(PlaceSuggestion::Word(word)) => search(said(&word)),
        Choice::Meant(PlaceSuggestion::Area { area, .. }) => go_to((area.position, area.name)),
        Choice::Meant(PlaceSuggestion::Place { id, .. }) => {
            open.set(false);
            navigator.push(Route::PlacePage { id }.address());
        }
    });
    let submit = use_callback(move |chosen: Option<Choice>| {
        if let Some(chosen) = chosen {
            choose(chosen);
            return;
        }
        let typed = text.peek().trim().to_owned();
        spawn(async move {
            // Who types a station's name means what lies around it.
            let exact = suggestions(&typed).await.into_iter().find_map(|meant| match meant {
                PlaceSuggestion::Area { area, exact: true } => Some(area),
                _ => None,
            });
            match exact {
                Some(area) => go_to((area.position, area.name)),
                None => search(typed),
            }
        });
    });
    let shown = open() && !choices.is_empty();
    let old = matches!(choices.first(), Some(Choice::Recent(_)));
    rsx! {
        div {
            class: "search-box",
            id: BOX,
            onfocusin: move |_| open.set(true),
            onfocusout: move |_| async move {
                // Only then is it known where the focus went.
                browser::sleep(0).await;
                if !browser::has_focus(BOX) {
                    open.set(false);
                }
            },
            onkeydown: {
                let count = choices.len();
                move |event: KeyboardEvent| {
                    let next = match event.key() {
                        Key::ArrowDown => active().map_or(0, |at| (at + 1) % count.max(1)),
                        Key::ArrowUp => active().map_or(count.saturating_sub(1), |at| (at + count.saturating_sub(1)) % count.max(1)),
                        Key::Escape if open() => {
                            event.prevent_default();
                            event.stop_propagation();
                            open.set(false);
                            active.set(None);
                            return;
                        }
                        _ => return,
                    };
                    event.prevent_default();
                    open.set(true);
                    active.set((count > 0).then_some(next));
                }
            },
            SearchField {
                label: t!("places-search"),
                value: text(),
                combobox: Combobox { list: LIST.to_owned(), open: shown, active: active().filter(|_| shown).map(option_id) },
                oninput: move |now: String| {
                    text.set(now.clone());
                    active.set(None);
                    open.set(true);
                    if now.is_empty() {
                        onsearch.call(now);
                    }
                },
                onsubmit: {
                    let choices = choices.clone();
                    move |()| submit(active().filter(|_| shown).and_then(|at| choices.get(at).cloned()))
                },
            }
            if shown {
                div { class: "suggestions",
                    if old {
                        p { class: "suggestions-title", {t!("places-recent")} }
                    }
                    ul { id: LIST, role: "listbox", aria_label: t!("places-suggestions"),
                        for (at , choice) in choices.iter().cloned().enumerate() {
                            Line { key: "{at}", at, choice, active: active() == Some(at), onchoose: choose }
                        }
                    }
                    if old {
                        Button {
                            kind: ButtonKind::Quiet,
                            onclick: move |_| {
                                browser::remember(RECENT_KEY, "[]");
                                open.set(false);
                            },
                            {t!("places-recent-clear")}
                        }
                    }
                }
            }
        }
    }
}

fn option_id(at: usize) -> String {
    format!("{LIST}-{at}")
}

#[component]
fn Line(at: usize, choice: Choice, active: bool, onchoose: EventHandler<Choice>) -> Element {
    let (words, beside) = choice.words();
    rsx! {
        li {
            id: option_id(at),
            role: "option",
            aria_selected: active,
            class: if active { "suggestion suggestion-active" } else { "suggestion" },
            // The field keeps the focus.
            onmousedown: |event| event.prevent_default(),
            onclick: move |_| onchoose.call(choice.clone()),
            Glyph { icon: choice.icon(), size: 18 }
            span { class: "suggestion-words", "{words}" }
            if let Some(beside) = beside {
                span { class: "suggestion-beside", "{beside}" }
            }
        }
    }
}
