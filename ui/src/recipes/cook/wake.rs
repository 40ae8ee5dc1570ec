//! Keeps the screen awake while somebody cooks.

use std::cell::RefCell;
use std::rc::Rc;

use dioxus::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::browser::{self, Listener};

/// The screen's lock, let go when it is dropped.
struct Lock(JsValue);

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = browser::function(&self.0, "release") {
            // One that the browser has taken away already needs no release.
            release.call0(&self.0).ok();
        }
    }
}

async fn request() -> Option<Lock> {
    let navigator: JsValue = browser::window()?.navigator().into();
    let wake = js_sys::Reflect::get(&navigator, &"wakeLock".into()).ok()?;
    let promise = browser::function(&wake, "request")?.call1(&wake, &"screen".into()).ok()?;
    // Refused on a low battery: the screen then goes dark as always.
    JsFuture::from(js_sys::Promise::resolve(&promise)).await.ok().map(Lock)
}

/// Holds the lock while the component is shown; the browser takes it away with the page out of sight,
/// so it is asked for again when the page comes back.
pub(super) fn use_wake_lock() {
    let held = use_hook(|| Rc::new(RefCell::new(None::<Lock>)));
    let ask = use_callback(move |()| {
        let held = held.clone();
        spawn(async move {
            let lock = request().await;
            *held.borrow_mut() = lock;
        });
    });
    use_hook(move || {
        ask.call(());
        Rc::new(browser::document().map(|document| {
            let shown = document.clone();
            Listener::new(&document, "visibilitychange", move |_| {
                if !shown.hidden() {
                    ask.call(());
                }
            })
        }))
    });
}
