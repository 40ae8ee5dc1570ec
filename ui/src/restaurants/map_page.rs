//! The search map: list and map show the same set, and the address holds the search.

use dioxus::prelude::*;
use hnh_domain::calls::GetCatalogue;
use hnh_domain::geo::{Bounds, LatLon};
use hnh_domain::problem::Problem;
use hnh_domain::restaurants::{OpenAt, PlaceDiet, PlaceQuery};
use uuid::Uuid;

use super::area_picker::SpotButton;
use super::card::PlaceRow;
use super::filters::{self, PlaceFilters};
use super::map::{MapView, Start, Told, View};
use super::results::{self, LAST, Results};
use crate::browser;
use crate::core::call;
use crate::format;
use crate::i18n::t;
use crate::kit::{
    Button, ButtonKind, EmptyState, ErrorState, Heading, Icon, IconButton, SearchField, Sheet, Skeleton, SkeletonShape,
    ToggleChip, toast, use_tab_title,
};
use crate::position::{SEARCH, SPOT, Search, Spot, locate};
use crate::preferences::THEME;
use crate::routes::{InUrl, Route};

const ELEMENT: &str = "map";
/// Seoul City Hall, where the product began: the view before anybody said where they are.
const HOME: LatLon = LatLon { lat: 37.5663, lon: 126.9779 };
/// The zoom of a whole city, and of a walk around the corner.
const CITY_ZOOM: f64 = 11.0;
const WALK_ZOOM: f64 = 14.5;

/// How much of a phone's window the list takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Height {
    Peek,
    Half,
    Full,
}

impl Height {
    const fn class(self) -> &'static str {
        match self {
            Self::Peek => "map-list map-list-peek",
            Self::Half => "map-list map-list-half",
            Self::Full => "map-list map-list-full",
        }
    }

    const fn higher(self) -> Self {
        match self {
            Self::Peek => Self::Half,
            Self::Half | Self::Full => Self::Full,
        }
    }

    const fn lower(self) -> Self {
        match self {
            Self::Full => Self::Half,
            Self::Half | Self::Peek => Self::Peek,
        }
    }
}

/// What the page knows beside its address.
#[derive(Clone, Copy, PartialEq)]
struct MapState {
    map: Signal<Option<MapView>>,
    failed: Signal<Option<Problem>>,
    view: Signal<Option<View>>,
    /// Whether a person moved the map away from what was searched.
    moved: Signal<bool>,
    chosen: Signal<Option<Uuid>>,
    found: Signal<Option<Result<Results, Problem>>>,
    busy: Signal<bool>,
    /// The next answer moves the map to where its places are.
    fit: Signal<bool>,
}

/// The search map.
#[component]
pub(crate) fn MapPage(query: ReadSignal<InUrl<PlaceQuery>>) -> Element {
    use_tab_title(t!("nav-map"));
    let state = MapState {
        map: use_signal(|| None),
        failed: use_signal(|| None),
        view: use_signal(|| None),
        moved: use_signal(|| false),
        chosen: use_signal(|| None),
        found: use_signal(|| None),
        busy: use_signal(|| false),
        fit: use_signal(|| false),
    };
    let navigator = use_navigator();
    let go = use_callback(move |query: PlaceQuery| {
        navigator.replace(Route::MapPage { query: InUrl(query) });
    });
    use_search(query, state);
    use_map(query, state, go);
    let mut filters_open = use_signal(|| false);
    let now = query().0;
    let on = filters::count(&now);
    rsx! {
        div { class: "map-page",
            div { class: "map-top",
                div { class: "hidden", Heading { title: t!("nav-map") } }
                Words { query: now.clone(), go, state }
                div { class: "map-quick",
                    Button { icon: Icon::Filters, onclick: move |_| filters_open.set(true),
                        if on == 0 { {t!("filters-title")} } else { {t!("filters-title-count", count = on)} }
                    }
                    QuickFilters { query: now.clone(), go }
                }
            }
            div { class: "map-area",
                div { id: ELEMENT, class: "map" }
                if let Some(problem) = &*state.failed.read() {
                    div { class: "map-failed", ErrorState { problem: problem.clone() } }
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
                NearMe { state }
            }
            List { query: now.clone(), state, go }
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
                    Button { kind: ButtonKind::Primary, onclick: move |_| filters_open.set(false),
                        match &*state.found.read() {
                            Some(Ok(found)) => t!("places-show", count = found.total),
                            _ => t!("places-show-all"),
                        }
                    }
                },
                PlaceFilters { query: now.clone(), onchange: go }
            }
        }
    }
}

/// Searches what the map shows now.
fn search_here(mut state: MapState, query: &PlaceQuery, go: Callback<PlaceQuery>) {
    let Some(view) = *state.view.peek() else { return };
    state.moved.set(false);
    let center = SPOT.peek().as_ref().map(|spot| spot.position).or(view.center());
    go(PlaceQuery {
        bbox: Some(view.bounds()),
        lat: center.map(|c| c.lat),
        lon: center.map(|c| c.lon),
        radius_m: None,
        cursor: None,
        ..query.clone()
    });
}

/// Asks for the set whenever the address changes; the last answer is shown at once on return.
fn use_search(query: ReadSignal<InUrl<PlaceQuery>>, mut state: MapState) {
    use_effect(move || {
        let asked = query().0;
        if asked.bbox.is_none() && asked.q.is_none() {
            // The map says where it looks in a moment.
            return;
        }
        if let Some((before, results)) = &*LAST.peek()
            && *before == asked
        {
            state.found.set(Some(Ok(results.clone())));
            return;
        }
        state.busy.set(true);
        spawn(async move {
            let zoom = state.view.peek().map_or(CITY_ZOOM, |view| view.zoom);
            let answer = results::find(asked.clone(), zoom).await;
            if query.peek().0 != asked {
                return;
            }
            state.busy.set(false);
            if let Ok(results) = &answer {
                *LAST.write() = Some((asked, results.clone()));
            }
            state.found.set(Some(answer));
        });
    });
    // The map draws what the list shows.
    use_effect(move || {
        let (map, found) = (state.map.read(), state.found.read());
        let (Some(map), Some(Ok(results))) = (&*map, &*found) else { return };
        map.show(&results.shown());
        if *state.fit.peek() {
            state.fit.set(false);
            if let Some(bounds) = results.bounds() {
                map.fit(bounds);
            }
        }
    });
}

/// Opens the map once, and keeps it and the address together.
fn use_map(query: ReadSignal<InUrl<PlaceQuery>>, mut state: MapState, go: Callback<PlaceQuery>) {
    let told = use_callback(move |told: Told| match told {
        Told::Moved(view) => {
            state.view.set(Some(view));
            let now = query.peek().0.clone();
            // An answer that is looked for everywhere moves the map without a new search.
            let everywhere = now.q.is_some() && now.bbox.is_none();
            if view.person || everywhere {
                state.moved.set(true);
            } else if now.bbox.is_none_or(|bbox| bbox != view.bounds()) && !returning(&now) {
                search_here(state, &now, go);
            }
        }
        Told::Place(id) => {
            state.chosen.set(Some(id));
            if let Some(row) = browser::element(&format!("place-{id}")) {
                row.scroll_into_view();
            }
        }
        Told::Press => state.chosen.set(None),
    });
    use_future(move || async move {
        // Without an answer the map draws its own outlines.
        let tiles = call(GetCatalogue {}).await.ok().and_then(|info| info.tiles);
        let start = start(&query.peek().0);
        match MapView::open(ELEMENT, start, tiles, told).await {
            Ok(map) => {
                if let Some(spot) = &*SPOT.peek() {
                    map.here(spot.position);
                }
                state.map.set(Some(map));
            }
            Err(problem) => {
                state.failed.set(Some(problem));
                // The list works without a map.
                if query.peek().0.bbox.is_none() {
                    let center = SPOT.peek().as_ref().map_or(HOME, |spot| spot.position);
                    go(PlaceQuery {
                        bbox: Some(around(center)),
                        lat: Some(center.lat),
                        lon: Some(center.lon),
                        ..query.peek().0.clone()
                    });
                }
            }
        }
    });
    use_effect(move || {
        let chosen = (state.chosen)();
        if let Some(map) = &*state.map.read() {
            map.choose(chosen);
        }
    });
    use_effect(move || {
        THEME();
        if let Some(map) = &*state.map.peek() {
            map.recolour();
        }
    });
}

/// Whether the page was come back to: its search is answered already and stays.
fn returning(query: &PlaceQuery) -> bool {
    LAST.peek().as_ref().is_some_and(|(before, _)| before == query && query.bbox.is_some())
}

/// Where the map begins: at the address's box, else where the person is, else in Seoul.
fn start(query: &PlaceQuery) -> Start {
    match (query.bbox, query.center().ok().flatten().or_else(|| SPOT.peek().as_ref().map(|s| s.position))) {
        (Some(bounds), _) => Start::Bounds(bounds),
        (None, Some(center)) => Start::Around(center, WALK_ZOOM),
        (None, None) => Start::Around(HOME, CITY_ZOOM),
    }
}

/// A box of some three kilometres for when no map says one.
fn around(center: LatLon) -> Bounds {
    let (high, wide) = (0.015, 0.015 / center.lat.to_radians().cos().max(0.1));
    Bounds {
        west: (center.lon - wide).max(-180.0),
        south: (center.lat - high).max(-90.0),
        east: (center.lon + wide).min(180.0),
        north: (center.lat + high).min(90.0),
    }
}

/// The search's words, taken on Enter.
#[component]
fn Words(query: PlaceQuery, go: Callback<PlaceQuery>, state: MapState) -> Element {
    let mut text = use_signal(|| query.q.clone().unwrap_or_default());
    let asked = query.clone();
    let search = use_callback(move |text: String| {
        let q = Some(text.trim().to_owned()).filter(|q| !q.is_empty());
        go(PlaceQuery { q, cursor: None, ..asked.clone() });
    });
    rsx! {
        div { class: "map-words",
            SearchField {
                label: t!("places-search"),
                value: text(),
                oninput: move |now: String| {
                    if now.is_empty() {
                        search(String::new());
                    }
                    text.set(now);
                },
                onsubmit: move |()| search(text()),
            }
            SpotButton {
                onpick: move |spot: Spot| fly_to(state, &spot),
            }
        }
    }
}

/// Looks at a place that the person named or stands at, and searches there.
fn fly_to(mut state: MapState, spot: &Spot) {
    state.moved.set(false);
    if let Some(map) = &*state.map.peek() {
        map.here(spot.position);
        map.fly(spot.position, WALK_ZOOM);
    }
}

/// The filters used most, one touch away.
#[component]
fn QuickFilters(query: PlaceQuery, go: Callback<PlaceQuery>) -> Element {
    let diet = |diet: PlaceDiet, query: &PlaceQuery| {
        let on = query.diet.contains(&diet);
        let mut diets = query.diet.clone();
        if on {
            diets.retain(|d| *d != diet);
        } else {
            diets.push(diet);
        }
        (on, PlaceQuery { only: query.only && !diets.is_empty(), diet: diets, ..query.clone() })
    };
    let open = query.open == Some(OpenAt::Now);
    let toggled = PlaceQuery { open: (!open).then_some(OpenAt::Now), ..query.clone() };
    rsx! {
        ToggleChip { text: t!("open-now"), on: open, onclick: move |()| go(toggled.clone()) }
        for (name , (on , next)) in [PlaceDiet::Vegan, PlaceDiet::Vegetarian]
            .map(|d| (d.name(crate::i18n::lang()), diet(d, &query)))
        {
            ToggleChip { key: "{name}", text: name, on, onclick: move |()| go(next.clone()) }
        }
    }
}

/// The button that looks around the device's position.
#[component]
fn NearMe(state: MapState) -> Element {
    let asking = SEARCH() == Search::Asking;
    rsx! {
        div { class: "map-near",
            IconButton {
                icon: Icon::LocateFixed,
                label: t!("near-me"),
                disabled: asking,
                onclick: move |_| async move {
                    match locate().await {
                        Some(spot) => fly_to(state, &spot),
                        None => toast(t!("where-denied-short")),
                    }
                },
            }
        }
    }
}

/// The list: beside the map on a wide window, over it on a phone, where it has three heights.
#[component]
fn List(query: PlaceQuery, state: MapState, go: Callback<PlaceQuery>) -> Element {
    let mut height = use_signal(|| Height::Half);
    let mut start = use_signal(|| None::<f64>);
    let let_go = move |event: PointerEvent| {
        if let Some(from) = start.take() {
            let by = event.client_coordinates().y - from;
            let next = if by < -30.0 {
                height().higher()
            } else if by > 30.0 {
                height().lower()
            } else {
                return;
            };
            height.set(next);
        }
    };
    rsx! {
        section { class: height().class(), "aria-label": t!("places-list"), "aria-busy": "{state.busy}",
            button {
                r#type: "button",
                class: "map-list-handle",
                "aria-label": if height() == Height::Full { t!("list-lower") } else { t!("list-higher") },
                onclick: move |_| height.set(if height() == Height::Full { Height::Peek } else { height().higher() }),
                onpointerdown: move |event| start.set(Some(event.client_coordinates().y)),
                onpointerup: let_go,
                onpointercancel: let_go,
                span { class: "sheet-grip" }
            }
            div { class: "map-list-body",
                h2 { class: "hidden", {t!("places-list")} }
                match &*state.found.read() {
                    None => rsx! { Skeleton { shape: SkeletonShape::Rows, count: 6 } },
                    Some(Err(problem)) => rsx! {
                        ErrorState {
                            problem: problem.clone(),
                            onretry: {
                                let query = query.clone();
                                move |()| search_here(state, &query, go)
                            },
                        }
                    },
                    Some(Ok(found)) if found.hits.is_empty() => rsx! { Nothing { query: query.clone(), state, go } },
                    Some(Ok(found)) => rsx! {
                        p { class: "map-count", role: "status",
                            {t!("places-count", count = found.total, shown = format::number(found.total as f32, 0))}
                        }
                        ul { class: "place-rows",
                            for hit in &found.hits {
                                li {
                                    key: "{hit.place.id}",
                                    onmouseenter: {
                                        let id = hit.place.id;
                                        move |_| state.chosen.clone().set(Some(id))
                                    },
                                    PlaceRow { hit: hit.clone(), chosen: (state.chosen)() == Some(hit.place.id) }
                                }
                            }
                        }
                        if found.total > found.hits.len() as u64 {
                            p { class: "map-more", {t!("places-closer", count = found.hits.len())} }
                        }
                    },
                }
            }
        }
    }
}

/// Nothing here: wider, elsewhere, or with fewer filters.
#[component]
fn Nothing(query: PlaceQuery, state: MapState, go: Callback<PlaceQuery>) -> Element {
    let on = filters::count(&query);
    let everywhere = PlaceQuery { bbox: None, radius_m: None, ..query.clone() };
    let cleared = filters::cleared(&query);
    rsx! {
        EmptyState { icon: Icon::Utensils, title: t!("places-none"), text: t!("places-none-text"),
            if on > 0 {
                Button { onclick: move |_| go(cleared.clone()), {t!("filters-clear")} }
            }
            if query.q.is_some() && query.bbox.is_some() {
                Button {
                    kind: ButtonKind::Primary,
                    onclick: move |_| {
                        state.fit.clone().set(true);
                        go(everywhere.clone());
                    },
                    {t!("places-everywhere")}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_around_a_position_stays_on_the_earth() {
        for (lat, lon) in [(37.5, 127.0), (90.0, 180.0), (-90.0, -180.0)] {
            let b = around(LatLon { lat, lon });
            assert!(b.to_string().parse::<Bounds>().is_ok(), "{b}");
        }
    }
}
