//! The search map: list and map show the same set, and the address holds the search.

use dioxus::prelude::*;
use hnh_domain::calls::GetCatalogue;
use hnh_domain::geo::LatLon;
use hnh_domain::places::{OpenAt, PlaceDiet, PlaceHit, PlaceQuery};
use hnh_domain::problem::Problem;
use uuid::Uuid;

use super::area_picker::{AreaPicker, SpotButton, locate_or_pick};
use super::filters::{self, PlaceFilters};
use super::list_sheet::{self, Height, ListSheet};
use super::map::{MapView, Start, Told};
use super::place_list::PlaceList;
use super::results::{Asked, CITY_HALL, Results, VISIT, known};
use super::search_box::SearchBox;
use crate::browser::{self, use_wide};
use crate::core::call;
use crate::format;
use crate::i18n::{lang, t};
use crate::kit::{Button, ButtonKind, Heading, Icon, IconButton, Sheet, ToggleChip, use_tab_title};
use crate::position::{SEARCH, SEARCH_CENTER, Search, use_followed};
use crate::preferences::THEME;
use crate::routes::{InUrl, Route};

const ELEMENT: &str = "map";
/// The zoom of a whole city, and of a walk around the corner.
const CITY_ZOOM: f64 = 11.0;
const WALK_ZOOM: f64 = 15.0;

/// The place that the next search is about, chosen on its page.
pub(super) static SHOW: GlobalSignal<Option<Uuid>> = Signal::global(|| None);

/// What the page knows beside its address.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct MapState {
    map: Signal<Option<MapView>>,
    failed: Signal<bool>,
    /// Whether a person moved the map away from what was searched.
    moved: Signal<bool>,
    /// Grows when the same search is asked for again.
    turn: Signal<u32>,
    /// Whether the next set moves the map to where it is.
    fit: Signal<bool>,
    height: Signal<Height>,
    /// The place that is marked on the map and in the list.
    pub(super) chosen: Signal<Option<Uuid>>,
    /// What was found.
    pub(super) found: Signal<Option<Result<Results, Problem>>>,
    /// Whether an answer is on its way.
    pub(super) busy: Signal<bool>,
    /// Those whose hours at the time asked for are not known, and how many they are; looked for when they are asked for.
    pub(super) unknown: Signal<Vec<PlaceHit>>,
    /// How many those are, where a time is asked for.
    pub(super) unknown_count: Signal<Option<u64>>,
}

impl MapState {
    /// Searches again, also when the address stays the same; the map moves to the answer.
    fn again(mut self) {
        self.moved.set(false);
        self.turn += 1;
    }
}

/// The search map.
#[component]
pub(crate) fn MapPage(query: ReadSignal<InUrl<PlaceQuery>>) -> Element {
    use_tab_title(t!("nav-map"));
    // What was found before is there at once, so that coming back finds the list where it was.
    let before = use_hook(|| known(&Asked::new(query.peek().0.clone())).filter(|_| SHOW.peek().is_none()));
    let state = MapState {
        map: use_signal(|| None),
        failed: use_signal(|| false),
        moved: use_signal(|| false),
        turn: use_signal(|| 0),
        fit: use_signal(|| before.is_none()),
        height: use_signal(|| VISIT.peek().height),
        chosen: use_signal(|| None),
        found: use_signal(|| before.clone().map(Ok)),
        busy: use_signal(|| false),
        unknown: use_signal(Vec::new),
        unknown_count: use_signal(|| None),
    };
    let navigator = use_navigator();
    let go = use_callback(move |query: PlaceQuery| {
        navigator.replace(Route::MapPage { query: InUrl(query) });
    });
    use_search(query, state);
    use_map(query, state, go);
    use_sheet(state);
    let mut filters_open = use_signal(|| false);
    let now = query().0;
    let on = filters::count(&now);
    rsx! {
        div { class: "map-page", id: list_sheet::PAGE,
            div { class: "map-top",
                div { class: "hidden", Heading { title: t!("nav-map") } }
                Words { query, state, go }
                div { class: "map-quick",
                    Button { icon: Icon::Filters, onclick: move |_| filters_open.set(true),
                        if on == 0 { {t!("filters-title")} } else { {t!("filters-title-count", count = on)} }
                    }
                    QuickFilters { query: now.clone(), go }
                }
            }
            div { class: "map-area",
                div { id: ELEMENT, class: "map" }
                if (state.failed)() {
                    p { class: "map-failed", role: "status", {t!("map-missing")} }
                }
                if (state.moved)() {
                    div { class: "map-again",
                        Button {
                            kind: ButtonKind::Primary,
                            icon: Icon::Search,
                            onclick: {
                                let now = now.clone();
                                move |_| search_here(state, &now, go)
                            },
                            {t!("map-search-here")}
                        }
                    }
                }
                NearMe { query: now.clone(), state, go }
            }
            ListSheet {
                height: state.height,
                label: t!("places-list"),
                busy: (state.busy)(),
                onscroll: |top| VISIT.write().scrolled = top,
                PlaceList { query: now.clone(), state, go, onretry: move |()| state.again() }
            }
            Sheet {
                open: filters_open,
                title: t!("filters-title"),
                onclose: move |()| filters_open.set(false),
                foot: rsx! {
                    Button {
                        onclick: {
                            let cleared = filters::cleared(&now);
                            move |_| go(cleared.clone())
                        },
                        {t!("filters-clear")}
                    }
                    Button { kind: ButtonKind::Primary, onclick: move |_| filters_open.set(false), {show_words(state)} }
                },
                PlaceFilters { query: now.clone(), onchange: go }
            }
        }
    }
}

/// What the filters' button says: how many there are, and of how many the hours are not known.
fn show_words(state: MapState) -> String {
    let shown = match &*state.found.read() {
        Some(Ok(found)) => match found.total {
            Some(total) => t!("places-show", count = total, shown = format::number(total as f32, 0)),
            None => t!("places-show-nearest", count = found.hits.len()),
        },
        _ => t!("places-show-all"),
    };
    match (state.unknown_count)() {
        Some(unknown) if unknown > 0 => format!("{shown} · {}", t!("hours-unknown-count", count = unknown)),
        _ => shown,
    }
}

/// Searches the part of the world that the map shows above the list.
fn search_here(mut state: MapState, query: &PlaceQuery, go: Callback<PlaceQuery>) {
    let Some(view) = VISIT.peek().view else { return };
    state.moved.set(false);
    go(PlaceQuery { bbox: Some(view.bounds()), lat: None, lon: None, cursor: None, ..query.clone() });
}

/// The same wishes around the person, or the place they picked.
fn around_spot(query: &PlaceQuery) -> PlaceQuery {
    PlaceQuery { bbox: None, lat: None, lon: None, cursor: None, ..query.clone() }
}

/// Asks for the set whenever the address or the person's place changes.
fn use_search(query: ReadSignal<InUrl<PlaceQuery>>, mut state: MapState) {
    let mut turn_before = use_signal(|| 0);
    use_effect(move || {
        let asked = Asked::new(query().0);
        let turn = (state.turn)();
        let again = turn != *turn_before.peek();
        turn_before.set(turn);
        if let Some(results) = known(&asked).filter(|_| !again && SHOW.peek().is_none()) {
            if state.found.peek().is_none() {
                state.found.set(Some(Ok(results)));
            }
            state.busy.set(false);
            return;
        }
        state.busy.set(true);
        state.chosen.set(None);
        spawn(async move {
            let zoom = VISIT.peek().view.map_or(CITY_ZOOM, |view| view.zoom);
            let answer = asked.find(zoom).await;
            if Asked::new(query.peek().0.clone()) != asked {
                return;
            }
            state.busy.set(false);
            if let Ok(results) = &answer {
                let mut visit = VISIT.write();
                visit.results = Some(results.clone());
                visit.scrolled = 0;
            }
            if let Some(body) = browser::element(list_sheet::BODY) {
                body.set_scroll_top(0);
            }
            // A part of the map was chosen by looking at it: it stays. Said together with the set, which the map waits for.
            state.fit.set(asked.wishes.bbox.is_none());
            state.found.set(Some(answer));
            let show = SHOW.write().take();
            if show.is_some() {
                state.chosen.set(show);
            }
        });
    });
    use_effect(move || {
        let asked = Asked::new(query().0);
        state.unknown.set(Vec::new());
        let unknown = asked.of_unknown_hours();
        if unknown.is_none() {
            state.unknown_count.set(None);
        }
        spawn(async move {
            let Some(unknown) = unknown else { return };
            // One that cannot be counted is not offered.
            let count = unknown.count().await.ok();
            if Asked::new(query.peek().0.clone()) == asked {
                state.unknown_count.set(count);
            }
        });
    });
}

/// Opens the map once and has it draw what the list shows.
fn use_map(query: ReadSignal<InUrl<PlaceQuery>>, mut state: MapState, go: Callback<PlaceQuery>) {
    let wide = use_wide();
    let told = use_callback(move |told: Told| match told {
        Told::Moved(view) => {
            VISIT.write().view = Some(view);
            if view.person {
                state.moved.set(true);
            }
        }
        Told::Opened(view) => {
            VISIT.write().view = Some(view);
            search_here(state, &query.peek().0, go);
        }
        Told::Place(id) => {
            state.chosen.set(Some(id));
            if *state.height.peek() == Height::Peek {
                state.height.set(Height::Half);
            }
            show_row(id);
        }
        Told::Press => state.chosen.set(None),
    });
    let followed = use_followed();
    let mut opening = use_signal(|| false);
    use_effect(move || {
        // A slow network brings the list first.
        if state.found.read().is_none() || *opening.peek() {
            return;
        }
        opening.set(true);
        spawn(async move {
            // Without an answer the map draws its own outlines.
            let tiles = call(GetCatalogue {}).await.ok().and_then(|info| info.tiles);
            let below = covered(*state.height.peek(), *wide.peek());
            // Looked at before: what is borrowed while the map opens cannot be set by a search that ends meanwhile.
            let start = start(&query.peek().0, *state.fit.peek());
            match MapView::open(ELEMENT, start, tiles, below, told).await {
                Ok(map) => state.map.set(Some(map)),
                // The list works without a map.
                Err(_) => state.failed.set(true),
            }
        });
    });
    use_effect(move || {
        let (map, found, unknown) = (state.map.read(), state.found.read(), state.unknown.read());
        let (Some(map), Some(Ok(results))) = (&*map, &*found) else { return };
        map.show(&results.shown(&unknown));
        let chosen = *state.chosen.peek();
        map.choose(chosen);
        if !*state.fit.peek() {
            return;
        }
        state.fit.set(false);
        match chosen.and_then(|id| results.hits.iter().find(|hit| hit.place.id == id)) {
            Some(hit) => map.fly(hit.place.position, WALK_ZOOM),
            None => map.fit(results.bounds(&unknown)),
        }
    });
    use_effect(move || {
        if let (Some(map), Some(spot)) = (&*state.map.read(), SEARCH_CENTER()) {
            map.here(followed().unwrap_or(spot.position), spot.name.is_none());
        }
    });
    use_effect(move || {
        let chosen = (state.chosen)();
        if let Some(map) = &*state.map.read() {
            map.choose(chosen);
        }
    });
    use_effect(move || {
        let below = covered((state.height)(), wide());
        if let Some(map) = &*state.map.read() {
            map.below(below);
        }
    });
    use_effect(move || {
        THEME();
        if let Some(map) = &*state.map.peek() {
            map.recolour();
        }
    });
}

/// How many pixels of the map lie under the list. A list over all of it leaves the map where it was.
fn covered(height: Height, wide: bool) -> f64 {
    if wide {
        return 0.0;
    }
    let seen = if height == Height::Full { Height::Half } else { height };
    seen.pixels(list_sheet::page_height())
}

/// Keeps how the sheet stands for the way back, and puts the list where it was.
fn use_sheet(state: MapState) {
    use_effect(move || {
        let height = (state.height)();
        if VISIT.peek().height != height {
            VISIT.write().height = height;
        }
    });
    let scrolled = use_hook(|| VISIT.peek().scrolled);
    use_effect(move || {
        if state.found.peek().is_some()
            && let Some(body) = browser::element(list_sheet::BODY)
        {
            body.set_scroll_top(scrolled);
        }
    });
}

/// Scrolls the list, and nothing else, to a place's row.
fn show_row(id: Uuid) {
    let (row, body) = (browser::element(&format!("place-{id}")), browser::element(list_sheet::BODY));
    if let (Some(row), Some(body)) = (row, body) {
        let below = row.get_bounding_client_rect().top() - body.get_bounding_client_rect().top();
        body.set_scroll_top(body.scroll_top() + below as i32 - 4);
    }
}

/// Where the map begins: where it was left, else around what is asked for.
fn start(query: &PlaceQuery, fit: bool) -> Start {
    let left = VISIT.peek().view.filter(|_| !fit).and_then(|view| Some((view.center()?, view.zoom)));
    if let Some((center, zoom)) = left {
        return Start::Around(center, zoom);
    }
    match (query.bbox, query.center().ok().flatten().or_else(|| SEARCH_CENTER.peek().as_ref().map(|s| s.position))) {
        (Some(bounds), _) => Start::Bounds(bounds),
        (None, Some(center)) => Start::Around(center, WALK_ZOOM),
        (None, None) => Start::Around(CITY_HALL, WALK_ZOOM - 1.0),
    }
}

/// The search's words, and the middle of the search.
#[component]
fn Words(query: ReadSignal<InUrl<PlaceQuery>>, state: MapState, go: Callback<PlaceQuery>) -> Element {
    let words = use_memo(move || query().0.q.unwrap_or_default());
    rsx! {
        div { class: "map-words",
            SearchBox {
                words,
                onsearch: move |words: String| {
                    let q = Some(words).filter(|words| !words.is_empty());
                    if query.peek().0.q != q {
                        go(PlaceQuery { q, bbox: None, sort: None, cursor: None, ..query.peek().0.clone() });
                    }
                },
                onarea: move |()| {
                    go(PlaceQuery { q: None, sort: None, ..around_spot(&query.peek().0) });
                    state.again();
                },
            }
            SpotButton {
                onpick: move |_| {
                    go(around_spot(&query.peek().0));
                    state.again();
                },
            }
        }
    }
}

/// The filters used most, one touch away.
#[component]
fn QuickFilters(query: PlaceQuery, go: Callback<PlaceQuery>) -> Element {
    let open = query.open == Some(OpenAt::Now);
    let toggled = PlaceQuery { open: (!open).then_some(OpenAt::Now), ..query.clone() };
    rsx! {
        ToggleChip { text: t!("open-now"), on: open, onclick: move |()| go(toggled.clone()) }
        for diet in [PlaceDiet::Vegan, PlaceDiet::Vegetarian] {
            ToggleChip {
                key: "{diet}",
                text: t!("diet-yes", diet = diet.name(lang())),
                on: query.diet.contains(&diet),
                onclick: {
                    let next = filters::with_diet(&query, diet);
                    move |()| go(next.clone())
                },
            }
        }
    }
}

/// The button that searches around the device's position.
#[component]
fn NearMe(query: PlaceQuery, state: MapState, go: Callback<PlaceQuery>) -> Element {
    let mut picking = use_signal(|| false);
    let search = use_callback(move |()| {
        go(around_spot(&query));
        state.again();
    });
    rsx! {
        div { class: "map-near",
            IconButton {
                icon: Icon::LocateFixed,
                label: t!("near-me"),
                disabled: SEARCH() == Search::Asking,
                onclick: move |_| async move {
                    if locate_or_pick(picking).await.is_some() {
                        search(());
                    }
                },
            }
            AreaPicker { open: picking, onclose: move |()| picking.set(false), onpick: move |_| search(()) }
        }
    }
}

/// The middle of what was asked for, in words; nothing where it is the person's own place.
pub(super) fn around_words(asked: &Asked) -> Option<String> {
    let own: Option<LatLon> = SEARCH_CENTER().map(|spot| spot.position);
    if asked.wishes.bbox.is_some() || asked.wishes.q.is_some() || own == Some(asked.center) {
        None
    } else if asked.known {
        Some(t!("around-there"))
    } else {
        Some(t!("around-city-hall"))
    }
}
