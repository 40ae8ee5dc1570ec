//! The few things asked of the browser directly.

use dioxus::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, Window};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &js_sys::Function, milliseconds: f64);
}

/// The window; absent only outside a browser, as in tests.
pub(crate) fn window() -> Option<Window> {
    web_sys::window()
}

/// Whether the address is one that browsers trust with position, files and cookies: https, or this very device.
pub(crate) fn is_secure() -> bool {
    window().is_none_or(|window| window.is_secure_context())
}

/// Whether a media query holds now.
pub(crate) fn matches(query: &str) -> bool {
    window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|media| media.matches())
}

/// The document.
pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

/// The element with an id.
pub(crate) fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// The first element that matches a CSS selector.
pub(crate) fn first(selector: &str) -> Option<HtmlElement> {
    document()?.query_selector(selector).ok()??.dyn_into().ok()
}

/// Has an element get a pointer's moves also when the finger has left it.
pub(crate) fn hold_pointer(selector: &str, pointer: i32) {
    if let Some(handle) = first(selector) {
        // A pointer that is already gone cannot be held and need not be.
        handle.set_pointer_capture(pointer).ok();
    }
}

/// Moves the focus to an element without scrolling to it.
pub(crate) fn focus_in_place(element: &HtmlElement) {
    let options = js_sys::Object::new();
    let set = js_sys::Reflect::set(&options, &"preventScroll".into(), &JsValue::TRUE);
    let focus = js_sys::Reflect::get(element, &"focus".into()).ok().and_then(|f| f.dyn_into::<js_sys::Function>().ok());
    if let (Ok(_), Some(focus)) = (set, focus) {
        // An element that cannot take the focus leaves it where it was.
        focus.call1(element, &options).ok();
    }
}

/// Waits. On a hidden page the browser may wait longer.
pub(crate) async fn sleep(milliseconds: u32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| set_timeout(&resolve, f64::from(milliseconds)));
    JsFuture::from(promise).await.ok();
}

/// Milliseconds since 1970, UTC, by the device's clock.
pub(crate) fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// The device's date so many days from today: `2026-11-27`.
pub(crate) fn date_in(days: u32) -> String {
    let date = js_sys::Date::new_0();
    date.set_date(date.get_date() + days);
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// A part of an address without its escapes; as it is where they are none.
pub(crate) fn decoded(escaped: &str) -> String {
    if !escaped.contains('%') {
        return escaped.to_owned();
    }
    js_sys::decode_uri_component(escaped).map_or_else(|_| escaped.to_owned(), String::from)
}

/// Whether the focus is on the element or on something in it.
pub(crate) fn has_focus(id: &str) -> bool {
    let focused = document().and_then(|document| document.active_element());
    focused.zip(element(id)).is_some_and(|(focused, element)| element.contains(Some(&focused)))
}

/// The page's own address: path, query and fragment.
pub(crate) fn address() -> Option<String> {
    let location = window()?.location();
    Some(format!("{}{}{}", location.pathname().ok()?, location.search().ok()?, location.hash().ok()?))
}

/// An instant as a field for date and time has it: `2026-10-09T19:30` by the device's clock.
pub(crate) fn local_input(at_ms: f64) -> String {
    let date = js_sys::Date::new(&at_ms.into());
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// A text the browser remembers for this origin.
pub(crate) fn remembered(key: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(key).ok()?
}

/// Has the browser remember a text; where storage is refused it is forgotten with the page.
pub(crate) fn remember(key: &str, value: &str) {
    if let Some(Ok(Some(storage))) = window().map(|w| w.local_storage()) {
        storage.set_item(key, value).ok();
    }
}

/// Sets or removes an attribute of the root element.
pub(crate) fn set_root_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().and_then(|d| d.document_element()) else { return };
    match value {
        Some(value) => root.set_attribute(name, value).ok(),
        None => root.remove_attribute(name).ok(),
    };
}

/// A listener that is taken away when it is dropped.
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
    capture: bool,
}

impl Listener {
    /// Listens for events called `name` at `target`.
    pub(crate) fn new(target: &EventTarget, name: &'static str, listen: impl FnMut(Event) + 'static) -> Self {
        let closure = Closure::wrap(Box::new(listen) as Box<dyn FnMut(Event)>);
        target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()).ok();
        Self { target: target.clone(), name, closure, capture: false }
    }

    /// The same, before any element hears of it.
    pub(crate) fn capturing(target: &EventTarget, name: &'static str, listen: impl FnMut(Event) + 'static) -> Self {
        let closure = Closure::wrap(Box::new(listen) as Box<dyn FnMut(Event)>);
        let listener = closure.as_ref().unchecked_ref();
        target.add_event_listener_with_callback_and_bool(name, listener, true).ok();
        Self { target: target.clone(), name, closure, capture: true }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let listener = self.closure.as_ref().unchecked_ref();
        self.target.remove_event_listener_with_callback_and_bool(self.name, listener, self.capture).ok();
    }
}

/// Calls `listen` for each of the window's events called `name` while the component is shown.
pub(crate) fn use_window_event(name: &'static str, listen: impl FnMut(Event) + 'static) {
    let callback = use_callback({
        let listen = std::rc::Rc::new(std::cell::RefCell::new(listen));
        move |event: Event| (listen.borrow_mut())(event)
    });
    use_hook(|| std::rc::Rc::new(window().map(|w| Listener::new(&w, name, move |event| callback.call(event)))));
}

/// Whether a media query holds, kept up to date.
pub(crate) fn use_media(query: &'static str) -> ReadSignal<bool> {
    let media = use_hook(|| window().and_then(|w| w.match_media(query).ok().flatten()));
    let mut holds = use_signal(|| media.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    let update = use_callback(move |now: bool| {
        if *holds.peek() != now {
            holds.set(now);
        }
    });
    use_hook(|| {
        std::rc::Rc::new(media.map(|media| {
            let asked = media.clone();
            Listener::new(&media, "change", move |_| update.call(asked.matches()))
        }))
    });
    holds.into()
}

/// Whether the window is wide enough for a side bar and columns.
pub(crate) fn use_wide() -> ReadSignal<bool> {
    use_media("(min-width: 64rem)")
}

/// Whether the person asked the system for less motion.
pub(crate) fn reduced_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Whether keys typed now go into a text.
pub(crate) fn typing(event: &Event) -> bool {
    let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else { return false };
    matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        || target.has_attribute("contenteditable")
        || target.closest("dialog[open]").ok().flatten().is_some()
}

/// Shows another address without leaving the page or moving it; the router reads it at the next visit.
pub(crate) fn show_address(address: &str) {
    if let Some(history) = window().and_then(|w| w.history().ok()) {
        let state = history.state().unwrap_or(JsValue::NULL);
        // Refused only when a page changes its address hundreds of times in seconds.
        history.replace_state_with_url(&state, "", Some(address)).ok();
    }
}

/// Loads the page anew, as after another server was chosen.
pub(crate) fn reload() {
    if let Some(window) = window() {
        // Refused only while the page is being left.
        window.location().reload().ok();
    }
}

/// Goes back to the page before, if there is one.
pub(crate) fn go_back() -> bool {
    let history = window().and_then(|w| w.history().ok());
    let before = history.filter(|h| h.length().is_ok_and(|pages| pages > 1));
    before.is_some_and(|h| h.back().is_ok())
}

/// How a page was passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shared {
    /// Through the system's own sheet.
    Sheet,
    /// As an address to paste.
    Copied,
    /// Not at all.
    Nothing,
}

/// Passes the page's address on: by the system's sheet where there is one, else by the clipboard.
pub(crate) async fn share(title: &str) -> Shared {
    let Some(window) = window() else { return Shared::Nothing };
    let Ok(address) = window.location().href() else { return Shared::Nothing };
    let navigator: JsValue = window.navigator().into();
    let content = js_sys::Object::new();
    let set = |key: &str, value: &str| js_sys::Reflect::set(&content, &key.into(), &value.into()).is_ok();
    if set("title", title) && set("url", &address) && method(&navigator, "share", &content.into()).await {
        return Shared::Sheet;
    }
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).unwrap_or(JsValue::UNDEFINED);
    if method(&clipboard, "writeText", &address.into()).await { Shared::Copied } else { Shared::Nothing }
}

/// Passes a text on as [`share`] does with an address.
pub(crate) async fn share_text(text: &str) -> Shared {
    let Some(window) = window() else { return Shared::Nothing };
    let navigator: JsValue = window.navigator().into();
    let content = js_sys::Object::new();
    let set = js_sys::Reflect::set(&content, &"text".into(), &text.into()).is_ok();
    if set && method(&navigator, "share", &content.into()).await {
        return Shared::Sheet;
    }
    if copy(text).await { Shared::Copied } else { Shared::Nothing }
}

/// Puts a text on the clipboard; whether that went well.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    let navigator: JsValue = window.navigator().into();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).unwrap_or(JsValue::UNDEFINED);
    method(&clipboard, "writeText", &text.into()).await
}

/// Where the app lives: `https://hnh.example`.
pub(crate) fn origin() -> Option<String> {
    window()?.location().origin().ok()
}

/// Has the browser keep a text as a file.
pub(crate) fn save(name: &str, kind: &str, text: &str) {
    let window = window().map(JsValue::from).unwrap_or(JsValue::UNDEFINED);
    if let Some(save) = function(&window, "hnhSave") {
        save.call3(&window, &name.into(), &kind.into(), &text.into()).ok();
    }
}

/// How much later UTC is than the device's clock, in ms.
pub(crate) fn zone_offset_ms() -> i64 {
    (js_sys::Date::new_0().get_timezone_offset() * 60_000.0) as i64
}

/// Calls a method that may be missing and waits for what it promises; whether that went well.
async fn method(object: &JsValue, name: &str, argument: &JsValue) -> bool {
    let Some(function) = function(object, name) else { return false };
    match function.call1(object, argument) {
        Ok(answer) => JsFuture::from(js_sys::Promise::resolve(&answer)).await.is_ok(),
        Err(_) => false,
    }
}

/// A method that not every browser has.
pub(crate) fn function(object: &JsValue, name: &str) -> Option<js_sys::Function> {
    if object.is_null() || object.is_undefined() {
        return None;
    }
    js_sys::Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}
