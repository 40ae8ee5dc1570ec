//! Where the person is: the device's position when they ask for it, else a place they pick; the
//! last one is remembered on this device. It leaves the device only as a search's centre.

use dioxus::prelude::*;
use hnh_domain::geo::LatLon;
use hnh_domain::text::Text;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::browser::{self, use_window_event};

const KEY: &str = "hnh.spot";
const RECENT_KEY: &str = "hnh.recent-spots";
/// Picked areas that are remembered on the device.
const MOST_RECENT: usize = 4;

#[wasm_bindgen]
extern "C" {
    /// Provided by each host: a browser asks `navigator.geolocation`.
    #[wasm_bindgen(catch, js_name = hnhPosition)]
    async fn hnh_position() -> Result<JsValue, JsValue>;
}

/// A place to search around.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SearchCenter {
    /// Where.
    pub(crate) position: LatLon,
    /// The area's name when it was picked; none for the device's own position.
    #[serde(default)]
    pub(crate) name: Option<Text>,
}

/// How the search for the device's position goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Search {
    /// Nobody asked, or it was found.
    #[default]
    Idle,
    /// On its way.
    #[serde(skip)]
    Asking,
    /// The person or the system said no.
    Denied,
    /// It took too long.
    Slow,
    /// The device has no position to give.
    Absent,
}

/// The place to search around, if any is known.
pub(crate) static SEARCH_CENTER: GlobalSignal<Option<SearchCenter>> =
    Signal::global(|| serde_json::from_str(&browser::remembered(KEY)?).ok());

/// How the search goes.
pub(crate) static SEARCH: GlobalSignal<Search> = Signal::global(Search::default);

#[derive(Deserialize)]
enum Answer {
    Ok(LatLon),
    Err(Search),
}

/// The areas that were picked last, the last first.
pub(crate) fn recent_areas() -> Vec<SearchCenter> {
    browser::remembered(RECENT_KEY).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

/// Takes a place to search around from now on.
pub(crate) fn set_search_center(spot: SearchCenter) {
    if spot.name.is_some() {
        let mut recent = recent_areas();
        recent.retain(|known| known.name != spot.name);
        recent.insert(0, spot.clone());
        recent.truncate(MOST_RECENT);
        if let Ok(json) = serde_json::to_string(&recent) {
            browser::remember(RECENT_KEY, &json);
        }
    }
    if let Ok(json) = serde_json::to_string(&spot) {
        browser::remember(KEY, &json);
    }
    *SEARCH.write() = Search::Idle;
    *SEARCH_CENTER.write() = Some(spot);
}

/// Asks the device; the browser may ask the person first.
pub(crate) async fn locate() -> Option<SearchCenter> {
    *SEARCH.write() = Search::Asking;
    let answer = hnh_position().await.ok().and_then(|a| a.as_string());
    match answer.and_then(|json| serde_json::from_str(&json).ok()) {
        Some(Answer::Ok(position)) => {
            let spot = SearchCenter { position, name: None };
            set_search_center(spot.clone());
            Some(spot)
        }
        Some(Answer::Err(why)) => {
            // An area picked while waiting is the better answer.
            if *SEARCH.peek() == Search::Asking {
                *SEARCH.write() = why;
            }
            None
        }
        None => {
            *SEARCH.write() = Search::Absent;
            None
        }
    }
}

/// Where the device is now, while the calling page is shown and the search is around the person; nothing until it moves.
pub(crate) fn use_followed() -> ReadSignal<Option<LatLon>> {
    let mut now = use_signal(|| None::<LatLon>);
    use_window_event("hnh-moved", move |event| {
        let told = event.dyn_into::<web_sys::CustomEvent>().ok().and_then(|event| event.detail().as_string());
        now.set(told.and_then(|json| serde_json::from_str(&json).ok()));
    });
    let own = use_memo(|| SEARCH_CENTER().is_some_and(|spot| spot.name.is_none()));
    use_effect(move || {
        now.set(None);
        follow(own());
    });
    use_drop(|| follow(false));
    now.into()
}

fn follow(on: bool) {
    if let Some(follow) = browser::window().and_then(|window| browser::function(&window.into(), "hnhFollow")) {
        follow.call1(&JsValue::UNDEFINED, &on.into()).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_answers_read() {
        let found: Answer = serde_json::from_str(r#"{"Ok":{"lat":37.5,"lon":127.0}}"#).unwrap();
        assert!(matches!(found, Answer::Ok(p) if p.lat == 37.5));
        let denied: Answer = serde_json::from_str(r#"{"Err":"denied"}"#).unwrap();
        assert!(matches!(denied, Answer::Err(Search::Denied)));
        assert!(serde_json::from_str::<Answer>(r#"{"Ok":{"lat":370,"lon":0}}"#).is_err());
    }
}
