//! View transitions: a page fades into the next, and a card's picture grows into the page's, where
//! the browser can do that and the person has not asked for less motion.

use dioxus::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, MouseEvent};

use crate::browser::{self, Listener};
use crate::routes::Route;

/// How often, every few milliseconds, the next page's picture is looked for before the fade starts without it.
const LOOKS: usize = 12;

/// The name that a card's picture and the page's share while one becomes the other.
const DISH: &str = "dish";

/// The link a plain click leads through, if it leads to another page of ours: what lies under `/api/` are files.
fn followed(event: &Event) -> Option<(Element, String)> {
    let click = event.dyn_ref::<MouseEvent>()?;
    if click.button() != 0 || click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key() {
        return None;
    }
    let link = event.target()?.dyn_into::<Element>().ok()?.closest("a[href^='/']:not([href^='/api/'])").ok()??;
    let href = link.get_attribute("href").filter(|_| !link.has_attribute("target"))?;
    Some((link, href))
}

fn named(picture: &HtmlElement, name: &str) {
    // A style that is refused leaves the plain fade.
    picture.style().set_property("view-transition-name", name).ok();
}

/// Has clicks on links change the page inside a view transition; once, in the shell.
pub(super) fn use_view_transitions() {
    let navigator = use_navigator();
    let follow = use_callback(move |href: String| {
        navigator.push(href);
    });
    use_hook(move || {
        std::rc::Rc::new(browser::window().map(|window| {
            Listener::capturing(&window, "click", move |event| {
                let Some(document) = browser::document().map(JsValue::from) else { return };
                let Some(begin) = browser::function(&document, "startViewTransition") else { return };
                let Some((link, href)) = followed(&event).filter(|_| !browser::reduced_motion()) else { return };
                event.prevent_default();
                event.stop_propagation();
                let card = link.closest(".card").ok().flatten();
                let picture = card
                    .and_then(|card| card.query_selector(".picture").ok().flatten())
                    .and_then(|picture| picture.dyn_into::<HtmlElement>().ok());
                let to_recipe = matches!(href.parse::<Route>(), Ok(Route::RecipePage { .. }));
                if let Some(picture) = picture.as_ref().filter(|_| to_recipe) {
                    named(picture, DISH);
                }
                let change = Closure::once_into_js(move || {
                    follow.call(href);
                    wasm_bindgen_futures::future_to_promise(async move {
                        for _ in 0..LOOKS {
                            browser::sleep(10).await;
                            let arrived = browser::first(".recipe-picture .picture");
                            if !to_recipe || arrived.is_some() {
                                break;
                            }
                        }
                        if let Some(picture) = picture {
                            named(&picture, "");
                        }
                        Ok(JsValue::UNDEFINED)
                    })
                });
                // Skipped, as on a hidden page, it still calls for the change.
                begin.call1(&document, &change).ok();
            })
        }))
    });
}
