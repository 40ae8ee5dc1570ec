//! What the device notifies of, and when it keeps still.

use dioxus::prelude::*;
use hnh_domain::account::{NotifyKind, NotifySettings, QuietHours};

use crate::account::{SignInLink, use_me};
use crate::i18n::{lang, t};
use crate::kit::{Checkbox, PageSection, Select};
use crate::notifications::{self, Hindrance};
use crate::{program, refusals};

/// The night that is offered first.
const NIGHT: QuietHours = QuietHours { from: 22 * 60, to: 8 * 60 };
/// Minutes between two times that can be chosen.
const STEP: u16 = 30;

fn words(hindrance: &Hindrance) -> String {
    match hindrance {
        Hindrance::Absent => t!("notify-absent"),
        Hindrance::Denied => t!("notify-denied"),
        Hindrance::Failed => t!("notify-failed"),
        Hindrance::NotOffered => t!("notify-not-offered"),
        Hindrance::Refused(problem) => refusals::words(problem),
    }
}

/// The section.
#[component]
pub(super) fn NotificationSection() -> Element {
    let Some(account) = use_me()() else { return rsx! {} };
    rsx! {
        PageSection { title: t!("notify-title"),
            if account.is_none() {
                p { {t!("notify-sign-in")} }
                div {
                    SignInLink {}
                }
            } else if program::is_program() {
                Kinds {}
            } else {
                InBrowser {}
            }
        }
    }
}

/// The switch for this browser, and once it is on, what for.
#[component]
fn InBrowser() -> Element {
    let mut on = use_signal(|| false);
    let mut hindrance = use_signal(|| None::<Hindrance>);
    let key = use_resource(notifications::key);
    // The browser's part is there a moment after the page.
    let offered = notifications::use_offered();
    use_effect(move || {
        offered();
        spawn(async move {
            let now = notifications::is_on().await;
            on.set(now == Ok(true));
            hindrance.set(now.err());
        });
    });
    let switch = move |wanted: bool| {
        let key = key();
        spawn(async move {
            let done = match (wanted, key) {
                (false, _) => notifications::switch_off().await,
                (true, Some(Ok(key))) => notifications::switch_on(&key).await,
                (true, Some(Err(why))) => Err(why),
                // It was just asked for.
                (true, None) => Err(Hindrance::Failed),
            };
            hindrance.set(done.err());
            on.set(notifications::is_on().await.unwrap_or(false));
        });
    };
    let possible = !matches!(hindrance(), Some(Hindrance::Absent));
    rsx! {
        if possible {
            Checkbox { label: t!("notify-here"), checked: on(), onchange: switch }
        }
        if on() {
            Kinds {}
        }
        div { role: "status",
            if let Some(why) = hindrance() {
                p { class: "note", {words(&why)} }
            }
        }
    }
}

/// A switch for each kind, and the quiet hours.
#[component]
fn Kinds() -> Element {
    let mut settings = use_signal(|| None::<NotifySettings>);
    let mut hindrance = use_signal(|| None::<Hindrance>);
    use_future(move || async move { settings.set(Some(notifications::settings().await)) });
    let change = use_callback(move |changed: NotifySettings| {
        settings.set(Some(changed.clone()));
        spawn(async move { hindrance.set(notifications::set_settings(&changed).await.err()) });
    });
    let Some(now) = settings() else { return rsx! {} };
    let quiet = now.quiet;
    rsx! {
        for kind in NotifyKind::ALL.iter().copied() {
            Checkbox {
                key: "{kind}",
                label: kind.name(lang()),
                checked: now.kinds.contains(&kind),
                onchange: {
                    let now = now.clone();
                    move |_| {
                        let mut changed = now.clone();
                        changed.kinds.toggle(kind);
                        change(changed);
                    }
                },
            }
        }
        Checkbox {
            label: t!("notify-quiet"),
            checked: quiet.is_some(),
            onchange: {
                let now = now.clone();
                move |on: bool| change(NotifySettings { quiet: on.then_some(NIGHT), ..now.clone() })
            },
        }
        if let Some(quiet) = quiet {
            div { class: "quiet-hours",
                ClockSelect {
                    label: t!("notify-quiet-from"),
                    minute: quiet.from,
                    onchange: {
                        let now = now.clone();
                        move |from| change(NotifySettings { quiet: Some(QuietHours { from, ..quiet }), ..now.clone() })
                    },
                }
                ClockSelect {
                    label: t!("notify-quiet-to"),
                    minute: quiet.to,
                    onchange: {
                        let now = now.clone();
                        move |to| change(NotifySettings { quiet: Some(QuietHours { to, ..quiet }), ..now.clone() })
                    },
                }
            }
        }
        div { role: "status",
            if let Some(why) = hindrance() {
                p { class: "field-wrong", {words(&why)} }
            }
        }
    }
}

/// A time of day.
#[component]
fn ClockSelect(label: String, minute: u16, onchange: EventHandler<u16>) -> Element {
    let times = (0..24 * 60 / STEP).map(|step| step * STEP);
    let options = times.map(|minute| (minute.to_string(), format!("{:02}:{:02}", minute / 60, minute % 60)));
    rsx! {
        Select {
            label,
            value: minute.to_string(),
            options: options.collect::<Vec<_>>(),
            onchange: move |chosen: String| {
                if let Ok(minute) = chosen.parse() {
                    onchange(minute);
                }
            },
        }
    }
}
