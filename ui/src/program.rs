//! What the desktop program offers its page beyond a browser: the choice of the server, and a few switches.
//!
//! The program defines `hnhServers` and its like before the page's own scripts run; a browser has none of them.

use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::browser;

/// The servers that the program knows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Servers {
    /// The one in use, such as `https://hnh.example`.
    pub(crate) current: String,
    /// All that were used.
    pub(crate) known: Vec<String>,
}

/// Why a server cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Refusal {
    /// It is no address of the web.
    Address,
    /// Nothing answers there.
    Unreachable,
    /// Something answers that is no HnH server.
    Stranger,
    /// This device cannot keep the choice.
    Storage,
}

/// What the person can switch on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Options {
    /// A symbol beside the clock; closing the window leaves the program running.
    pub(crate) tray: bool,
    /// Start with the person's session.
    pub(crate) autostart: bool,
}

#[derive(Deserialize)]
enum Answer<T, E> {
    Ok(T),
    Err(E),
}

/// Whether the page is shown by the desktop program.
pub(crate) fn is_program() -> bool {
    ask("hnhServers").is_some()
}

fn ask(name: &str) -> Option<js_sys::Function> {
    browser::function(&browser::window()?.into(), name)
}

async fn answer<T: for<'de> Deserialize<'de>, E: for<'de> Deserialize<'de>>(
    name: &str,
    arguments: &[JsValue],
) -> Option<Result<T, E>> {
    let given = arguments.iter().collect::<js_sys::Array>();
    let promised = ask(name)?.apply(&JsValue::UNDEFINED, &given).ok()?;
    let told = JsFuture::from(promised.dyn_into::<js_sys::Promise>().ok()?).await.ok()?;
    Some(match serde_json::from_str(&told.as_string()?).ok()? {
        Answer::Ok(value) => Ok(value),
        Answer::Err(refusal) => Err(refusal),
    })
}

/// The servers that can be chosen from.
pub(crate) async fn servers() -> Option<Servers> {
    answer::<_, JsonNull>("hnhServers", &[]).await?.ok()
}

/// Talks to another server from now on, if one answers there.
///
/// # Errors
/// Why it cannot be used.
pub(crate) async fn use_server(address: &str) -> Result<(), Refusal> {
    answer::<JsonNull, _>("hnhUseServer", &[address.into()]).await.unwrap_or(Err(Refusal::Storage)).map(drop)
}

/// What is switched on.
pub(crate) async fn options() -> Option<Options> {
    answer::<_, JsonNull>("hnhOptions", &[]).await?.ok()
}

/// Switches something on or off; what is on then.
pub(crate) async fn set_option(name: &str, on: bool) -> Option<Options> {
    answer::<_, JsonNull>("hnhSetOption", &[name.into(), on.into()]).await?.ok()
}

/// A value that says nothing.
type JsonNull = Option<serde_json::Value>;
