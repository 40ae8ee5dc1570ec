//! The port to the core: `call(SearchRecipes { query }).await?`.
//!
//! The host, `ui/js/host.js` in a browser, gives the page `hnhCall(text)`, which takes a command as
//! JSON and promises an outcome as JSON. What changes is told by topic in `hnh-change` events.

use dioxus::prelude::*;
use hnh_domain::calls::Command;
use hnh_domain::port::{Call, Json, Outcome};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;
use serde::Deserialize;
use serde_json::value::RawValue;
use wasm_bindgen::prelude::*;
use web_sys::CustomEvent;

use crate::browser::use_window_event;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = hnhCall)]
    async fn hnh_call(command: &str) -> Result<JsValue, JsValue>;
}

/// An outcome as hosts write it. The reply stays text until its type is known: one reader for all calls
/// is less to download than one for each.
#[derive(Deserialize)]
enum Answer<'text> {
    #[serde(borrow)]
    Ok(&'text RawValue),
    Err(Problem),
}

fn broken(error: impl std::fmt::Display) -> Problem {
    Problem::new(ProblemCode::Internal).with_detail(error.to_string())
}

/// Has the host carry a command to the core; the answer as JSON.
async fn carry(command: Command) -> Outcome<String> {
    let command = serde_json::to_string(&command).map_err(broken)?;
    let answer = hnh_call(&command).await.map_err(|e| broken(format!("{e:?}")))?;
    answer.as_string().ok_or_else(|| broken("the core answered without a text"))
}

/// The reply in an answer, still as JSON.
fn reply_in(answer: &str) -> Outcome<&str> {
    match serde_json::from_str(answer).map_err(broken)? {
        Answer::Ok(reply) => Ok(reply.get()),
        Answer::Err(problem) => Err(problem),
    }
}

/// Asks the core.
///
/// # Errors
/// The core's problem, or [`ProblemCode::Internal`] when the core did not answer at all.
pub(crate) async fn call<C: Call>(call: C) -> Outcome<C::Reply> {
    let answer = carry(call.into_command()).await?;
    Json::<C::Reply>::written(reply_in(&answer)?.to_owned()).read()
}

/// Asks the core while a component is shown, and again when a signal read in `make` changes.
pub(crate) fn use_call<C: Call + 'static>(mut make: impl FnMut() -> C + 'static) -> Resource<Outcome<C::Reply>> {
    use_resource(move || call(make()))
}

/// A number that grows with every change of a topic: read it in `make` of [`use_call`] to ask again.
pub(crate) fn use_topic(topic: Topic) -> ReadSignal<u32> {
    let mut changes = use_signal(|| 0);
    use_window_event("hnh-change", move |event| {
        let told = event.dyn_ref::<CustomEvent>().and_then(|e| e.detail().as_string());
        if told.as_deref() == Some(topic.code()) {
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
        let written = serde_json::to_string(&Ok::<_, Problem>([3])).unwrap();
        assert_eq!(reply_in(&written).unwrap(), "[3]");
        let written = serde_json::to_string(&Err::<u8, _>(Problem::new(ProblemCode::Offline))).unwrap();
        assert_eq!(reply_in(&written).unwrap_err().code, ProblemCode::Offline);
        assert_eq!(reply_in("nonsense").unwrap_err().code, ProblemCode::Internal);
    }
}
