//! What this device notifies of, and a browser's subscription to the server's notifications.
//!
//! `js/push.js` gives the page `hnhPush`, which is absent where a browser has no such thing; the desktop program shows
//! notifications by itself and reads the same settings.

use dioxus::prelude::*;
use hnh_domain::account::{NotifySettings, PushDevice};
use hnh_domain::calls::{GetAccount, GetPushKey, GetSetting, SetPushDevice, SetSetting};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::browser::{self, use_window_event};
use crate::core::{call, use_topic};

/// Where the device remembers its settings; the desktop program reads it, too.
const SETTING: &str = "notify";

/// Why a browser cannot be notified.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Hindrance {
    /// It cannot at all, or only once the app is installed.
    Absent,
    /// The person does not allow it.
    Denied,
    /// Its push service did not answer.
    Failed,
    /// The server sends none.
    NotOffered,
    /// The server could not be asked, or refused.
    Refused(Problem),
}

/// What stands in the way, as `js/push.js` writes it.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reason {
    Denied,
    Failed,
}

#[derive(Deserialize)]
enum Answer {
    Ok(Option<Subscription>),
    Err(Reason),
}

/// The browser's side of a [`PushDevice`].
#[derive(Deserialize)]
struct Subscription {
    endpoint: String,
    p256dh: String,
    auth: String,
    zone: String,
}

/// What the device notifies of.
pub(crate) async fn settings() -> NotifySettings {
    let stored = call(GetSetting { key: SETTING.into() }).await.ok().flatten();
    stored.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

/// Notifies of something else from now on.
///
/// # Errors
/// When the device or the server cannot keep it.
pub(crate) async fn set_settings(settings: &NotifySettings) -> Result<(), Hindrance> {
    let value = serde_json::to_string(settings).ok();
    call(SetSetting { key: SETTING.into(), value }).await.map_err(Hindrance::Refused)?;
    renew().await
}

async fn ask(wanted: &str, key: &str) -> Result<Option<Subscription>, Hindrance> {
    let push = browser::window().and_then(|window| browser::function(&window.into(), "hnhPush"));
    let promised = push.ok_or(Hindrance::Absent)?.call2(&JsValue::UNDEFINED, &wanted.into(), &key.into());
    let promised = promised.ok().and_then(|promised| promised.dyn_into::<js_sys::Promise>().ok());
    let told = JsFuture::from(promised.ok_or(Hindrance::Failed)?).await.ok().and_then(|told| told.as_string());
    match told.and_then(|told| serde_json::from_str(&told).ok()).ok_or(Hindrance::Failed)? {
        Answer::Ok(subscription) => Ok(subscription),
        Answer::Err(Reason::Denied) => Err(Hindrance::Denied),
        Answer::Err(Reason::Failed) => Err(Hindrance::Failed),
    }
}

/// Changes when the browser's part of notifications is there.
pub(crate) fn use_offered() -> ReadSignal<u32> {
    let mut offered = use_signal(|| 0);
    use_window_event("hnh-push", move |_| *offered.write() += 1);
    offered.into()
}

/// Whether this browser is notified.
///
/// # Errors
/// What stands in the way.
pub(crate) async fn is_on() -> Result<bool, Hindrance> {
    Ok(ask("state", "").await?.is_some())
}

/// The key to subscribe with: asked for before the person clicks, since browsers only ask them in the click itself.
///
/// # Errors
/// When the server has none or cannot be asked.
pub(crate) async fn key() -> Result<String, Hindrance> {
    call(GetPushKey {}).await.map_err(Hindrance::Refused)?.key.ok_or(Hindrance::NotOffered)
}

/// Has the browser ask the person, and the server send from now on.
///
/// # Errors
/// What stands in the way.
pub(crate) async fn switch_on(key: &str) -> Result<(), Hindrance> {
    ask("on", key).await?;
    renew().await
}

/// Has nothing sent any more.
///
/// # Errors
/// When the server cannot be told; the browser shows nothing all the same.
pub(crate) async fn switch_off() -> Result<(), Hindrance> {
    unsubscribe().await;
    match call(SetPushDevice { device: None }).await {
        Err(problem) if problem.code != ProblemCode::SignInRequired => Err(Hindrance::Refused(problem)),
        _ => Ok(()),
    }
}

/// Ends the browser's subscription, as when a person signs out: the server forgets it with the session.
pub(crate) async fn unsubscribe() {
    ask("off", "").await.ok();
}

/// Tells the server where to send to, if the browser has a subscription.
async fn renew() -> Result<(), Hindrance> {
    let Ok(Some(Subscription { endpoint, p256dh, auth, zone })) = ask("state", "").await else { return Ok(()) };
    let device = PushDevice { endpoint, p256dh, auth, zone, settings: settings().await };
    call(SetPushDevice { device: Some(device) }).await.map_err(Hindrance::Refused)
}

/// Tells the server anew when the app starts and when somebody signs in: subscriptions change by themselves, and a session
/// that ended took its own with it.
pub(crate) fn use_subscription() {
    let (changes, offered) = (use_topic(Topic::Account), use_offered());
    use_effect(move || {
        changes();
        offered();
        spawn(async move {
            if matches!(call(GetAccount {}).await, Ok(Some(_))) {
                renew().await.ok();
            }
        });
    });
}
