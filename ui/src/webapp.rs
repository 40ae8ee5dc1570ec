//! What a browser offers an installed app: its own icon and window, storage that stays, versions taken by choice.
//!
//! `js/app.js` keeps the state; the functions are absent where a browser has no such thing.

use dioxus::prelude::*;
use hnh_domain::geo::LatLon;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::browser::{self, use_media, use_window_event};

/// How the version that is shown stands to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// It is the one in use.
    Current,
    /// A newer one is here and waits to be taken.
    NewerWaits,
    /// A newer one was taken in another tab.
    NewerTaken,
}

fn version() -> Version {
    let told = browser::window().and_then(|window| js_sys::Reflect::get(&window, &"hnhVersion".into()).ok());
    match told.and_then(|told| told.as_string()).as_deref() {
        Some("waiting") => Version::NewerWaits,
        Some("taken") => Version::NewerTaken,
        _ => Version::Current,
    }
}

/// The version, kept up to date.
pub(crate) fn use_version() -> ReadSignal<Version> {
    let mut now = use_signal(version);
    use_window_event("hnh-version", move |_| now.set(version()));
    now.into()
}

/// Takes the newer version: the page is loaded anew.
pub(crate) fn take_version() {
    let taken = ask("hnhTakeVersion").map(|take| take.call0(&JsValue::UNDEFINED));
    if taken.is_none() {
        browser::reload();
    }
}

fn ask(name: &str) -> Option<js_sys::Function> {
    browser::function(&browser::window()?.into(), name)
}

/// How the app can be put on the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Install {
    /// It is there already, or this browser installs nothing.
    Nothing,
    /// The browser asks the person.
    Offered,
    /// By the share button: browsers on iPhones and iPads do not ask.
    ByShare,
}

/// The way to install the app, kept up to date.
pub(crate) fn use_install() -> Memo<Install> {
    let installed = use_media("(display-mode: standalone)");
    let mut offered = use_signal(|| ask("hnhInstall").is_some());
    use_window_event("hnh-install", move |_| offered.set(true));
    use_window_event("appinstalled", move |_| offered.set(false));
    use_memo(move || match () {
        () if installed() => Install::Nothing,
        () if offered() => Install::Offered,
        () if is_apple_phone() => Install::ByShare,
        () => Install::Nothing,
    })
}

fn is_apple_phone() -> bool {
    let agent = browser::window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default();
    ["iPhone", "iPad"].iter().any(|device| agent.contains(device))
}

/// Has the browser ask whether to install the app; whether the person did.
pub(crate) async fn install() -> bool {
    let promised = ask("hnhInstall").and_then(|install| install.call0(&JsValue::UNDEFINED).ok());
    let Some(promised) = promised.and_then(|promised| promised.dyn_into::<js_sys::Promise>().ok()) else {
        return false;
    };
    JsFuture::from(promised).await.is_ok_and(|accepted| accepted.is_truthy())
}

/// Bytes of the streets that [`keep_streets`] would still fetch for this place.
pub(crate) async fn streets_bytes(position: LatLon) -> u64 {
    let promised = ask("hnhStreetsBytes")
        .and_then(|bytes| bytes.call2(&JsValue::UNDEFINED, &position.lon.into(), &position.lat.into()).ok());
    let Some(promised) = promised.and_then(|promised| promised.dyn_into::<js_sys::Promise>().ok()) else { return 0 };
    let told = JsFuture::from(promised).await.ok().and_then(|bytes| bytes.as_f64());
    told.unwrap_or_default() as u64
}

/// Keeps the streets that the app itself has, where they are of this place.
pub(crate) fn keep_streets(position: LatLon) {
    // In the desktop program they are at hand.
    if let Some(keep) = ask("hnhKeepStreets") {
        keep.call2(&JsValue::UNDEFINED, &position.lon.into(), &position.lat.into()).ok();
    }
}

/// Asks the browser to keep what is stored when space is short; a refusal changes nothing.
pub(crate) fn keep_storage() {
    let Some(storage) = browser::window().map(|window| window.navigator().storage()) else { return };
    // Absent where the address is not secure.
    if let Some(persist) = browser::function(&storage, "persist") {
        persist.call0(&storage).ok();
    }
}
