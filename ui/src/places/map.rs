//! The map behind `ui/js/map.js`: what it is told and what it tells.

use dioxus::prelude::*;
use hnh_domain::calls::TileSource;
use hnh_domain::geo::{Bounds, LatLon};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::text::Lang;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::browser;
use crate::i18n::{lang, t};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = hnhLoadMap)]
    async fn load_module() -> Result<JsValue, JsValue>;

    #[derive(Clone)]
    type Module;
    #[wasm_bindgen(method, catch)]
    async fn open(
        this: &Module,
        element: &HtmlElement,
        options: &str,
        told: &js_sys::Function,
    ) -> Result<JsValue, JsValue>;

    #[derive(Clone, PartialEq)]
    type Handle;
    #[wasm_bindgen(method)]
    fn show(this: &Handle, json: &str);
    #[wasm_bindgen(method)]
    fn choose(this: &Handle, id: &str);
    #[wasm_bindgen(method)]
    fn fly(this: &Handle, lon: f64, lat: f64, zoom: f64);
    #[wasm_bindgen(method)]
    fn fit(this: &Handle, bounds: &str);
    #[wasm_bindgen(method)]
    fn below(this: &Handle, pixels: f64);
    #[wasm_bindgen(method)]
    fn here(this: &Handle, lon: f64, lat: f64, own: bool);
    #[wasm_bindgen(method)]
    fn recolour(this: &Handle);
    #[wasm_bindgen(method)]
    fn remove(this: &Handle);
}

/// Where the map looks.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(super) struct View {
    bbox: [f64; 4],
    lat: f64,
    lon: f64,
    /// MapLibre's zoom: 512-pixel tiles.
    pub(super) zoom: f64,
    /// Whether a person moved the map, rather than the program.
    #[serde(default)]
    pub(super) person: bool,
}

impl View {
    /// The visible box, rounded to about a metre so that addresses stay short.
    pub(super) fn bounds(&self) -> Bounds {
        let [west, south, east, north] = self.bbox.map(|degrees| (degrees * 1e5).round() / 1e5);
        Bounds { west, south, east, north }
    }

    /// The middle.
    pub(super) fn center(&self) -> Option<LatLon> {
        LatLon::new(self.lat, self.lon).ok()
    }
}

/// What the map tells.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Told {
    /// It shows another part of the world.
    Moved(View),
    /// A count of places was pressed, and the map has come nearer to them.
    Opened(View),
    /// A place was pressed.
    Place(Uuid),
    /// Something without a place was pressed.
    Press,
}

/// Where to begin.
#[derive(Clone, Copy, Debug)]
pub(super) enum Start {
    /// This box.
    Bounds(Bounds),
    /// Around here, at this zoom.
    Around(LatLon, f64),
}

#[derive(Serialize)]
struct Options {
    lon: f64,
    lat: f64,
    zoom: f64,
    bounds: Option<[f64; 4]>,
    tiles: Option<TileSource>,
    below: f64,
    english: bool,
    words: Words,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Words {
    title: String,
    zoom_in: String,
    zoom_out: String,
}

/// A place as the map draws it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Point {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) lat: f64,
    pub(super) lon: f64,
}

/// A number of places as the map draws it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Bubble {
    pub(super) lat: f64,
    pub(super) lon: f64,
    pub(super) count: u32,
    pub(super) text: String,
}

/// Everything the map draws.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(super) struct Shown {
    pub(super) places: Vec<Point>,
    pub(super) cells: Vec<Bubble>,
}

/// A map on the page; taken away when it is dropped.
pub(super) struct MapView {
    handle: Handle,
    _told: Closure<dyn FnMut(String, String)>,
}

impl MapView {
    /// Opens the map in the element with an id.
    ///
    /// # Errors
    /// When the map cannot be loaded or the device cannot draw it.
    pub(super) async fn open(
        element: &str,
        start: Start,
        tiles: Option<TileSource>,
        below: f64,
        told: Callback<Told>,
    ) -> Result<Self, Problem> {
        let refused = |error: JsValue| Problem::new(ProblemCode::Internal).with_detail(format!("{error:?}"));
        let (center, zoom, bounds) = match start {
            Start::Bounds(b) => (b.center(), 11.0, Some([b.west, b.south, b.east, b.north])),
            Start::Around(center, zoom) => (center, zoom, None),
        };
        let words = Words { title: t!("map-title"), zoom_in: t!("map-zoom-in"), zoom_out: t!("map-zoom-out") };
        let options = Options {
            lon: center.lon,
            lat: center.lat,
            zoom,
            bounds,
            tiles,
            below,
            english: lang() == Lang::En,
            words,
        };
        let options = serde_json::to_string(&options).map_err(|e| refused(e.to_string().into()))?;
        let module: Module = load_module().await.map_err(refused)?.unchecked_into();
        let element = browser::element(element).ok_or_else(|| refused("the map's element is gone".into()))?;
        let listen = Closure::wrap(Box::new(move |kind: String, json: String| {
            let event = match kind.as_str() {
                "moved" => serde_json::from_str(&json).ok().map(Told::Moved),
                "opened" => serde_json::from_str(&json).ok().map(Told::Opened),
                "place" => serde_json::from_str(&json).ok().map(Told::Place),
                "press" => Some(Told::Press),
                _ => None,
            };
            if let Some(event) = event {
                told.call(event);
            }
        }) as Box<dyn FnMut(String, String)>);
        let handle = module.open(&element, &options, listen.as_ref().unchecked_ref()).await.map_err(refused)?;
        Ok(Self { handle: handle.unchecked_into(), _told: listen })
    }

    /// Draws these and nothing else.
    pub(super) fn show(&self, shown: &Shown) {
        if let Ok(json) = serde_json::to_string(shown) {
            self.handle.show(&json);
        }
    }

    /// Marks a place.
    pub(super) fn choose(&self, id: Option<Uuid>) {
        self.handle.choose(&id.map(|id| id.to_string()).unwrap_or_default());
    }

    /// Moves to a position.
    pub(super) fn fly(&self, to: LatLon, zoom: f64) {
        self.handle.fly(to.lon, to.lat, zoom);
    }

    /// Moves so that a box is seen.
    pub(super) fn fit(&self, b: Bounds) {
        self.handle.fit(&format!("[[{},{}],[{},{}]]", b.west, b.south, b.east, b.north));
    }

    /// So many pixels of its lower part lie under the list.
    pub(super) fn below(&self, pixels: f64) {
        self.handle.below(pixels);
    }

    /// Marks where the person is, or the place they picked to search around.
    pub(super) fn here(&self, position: LatLon, own: bool) {
        self.handle.here(position.lon, position.lat, own);
    }

    /// Takes the theme's colours anew.
    pub(super) fn recolour(&self) {
        self.handle.recolour();
    }
}

impl Drop for MapView {
    fn drop(&mut self) {
        self.handle.remove();
    }
}
