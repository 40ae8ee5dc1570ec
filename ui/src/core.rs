//! The port to the core: `call(SearchRecipes { query }).await?`.
//!
//! The host, `ui/js/host.js` in a browser, gives the page `hnhCall(text)`, which takes a command as
//! JSON and promises an outcome as JSON. What changes is told by topic in `hnh-change` events.

use dioxus::prelude::*;
use hnh_domain::port::{Call, Outcome};
use hnh_domain::problem::{Problem, ProblemCode};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::CustomEvent;

use crate::browser::use_window_event;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = hnhCall)]
    async fn hnh_call(command: &str) -> Result<JsValue, JsValue>;
}

/// `Result` as serde writes it.
#[derive(Deserialize)]
enum Answer<R> {
    Ok(R),
    Err(Problem),
}

fn broken(error: impl std::fmt::Display) -> Problem {
    Problem::new(ProblemCode::Internal).with_detail(error.to_string())
}

/// Asks the core.
///
/// # Errors
/// The core's problem, or [`ProblemCode::Internal`] when the core did not answer at all.
pub(crate) async fn call<C: Call>(call: C) -> Outcome<C::Reply> {
    let command = serde_json::to_string(&call.into_command()).map_err(broken)?;
    let answer = hnh_call(&command).await.map_err(|e| broken(format!("{e:?}")))?;
    let answer = answer.as_string().ok_or_else(|| broken("the core answered without a text"))?;
    match serde_json::from_str(&answer).map_err(broken)? {
        Answer::Ok(reply) => Ok(reply),
        Answer::Err(problem) => Err(problem),
    }
}

/// Asks the core while a component is shown, and again when a signal read in `make` changes.
pub(crate) fn use_call<C: Call + 'static>(mut make: impl FnMut() -> C + 'static) -> Resource<Outcome<C::Reply>> {
    use_resource(move || call(make()))
}

/// A number that grows with every change of a topic: read it in `make` of [`use_call`] to ask again.
pub(crate) fn use_topic(topic: &'static str) -> ReadSignal<u32> {
    let mut changes = use_signal(|| 0);
    use_window_event("hnh-change", move |event| {
        let told = event.dyn_ref::<CustomEvent>().and_then(|e| e.detail().as_string());
        if told.as_deref() == Some(topic) {
            changes += 1;
        }
    });
    changes.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_read_as_hosts_write_them() {
        let written = serde_json::to_string(&Ok::<_, Problem>(3)).unwrap();
        assert!(matches!(serde_json::from_str(&written).unwrap(), Answer::Ok(3)));
        let written = serde_json::to_string(&Err::<u8, _>(Problem::new(ProblemCode::Offline))).unwrap();
        let answer: Answer<u8> = serde_json::from_str(&written).unwrap();
        assert!(matches!(answer, Answer::Err(problem) if problem.code == ProblemCode::Offline));
    }
}
