//! Telling the moderators of what somebody wrote, or of somebody.

use dioxus::prelude::*;
use hnh_domain::board::{BoardChange, Subject};

use crate::changes::make;
use crate::i18n::t;
use crate::kit::{Button, ButtonKind, Icon, Select, SubmitButton, TextArea, toast};
use crate::refusals;
use crate::routes::Route;

/// The reasons to choose from, as moderators read them; the last asks for words.
fn reasons() -> Vec<String> {
    vec![
        t!("report-abuse"),
        t!("report-spam"),
        t!("report-danger"),
        t!("report-false"),
        t!("report-private"),
        t!("report-other"),
    ]
}

/// That a moderator hid what one wrote, and a way to ask for another look.
#[component]
pub(super) fn Appeal(subject: Subject) -> Element {
    let mut words = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let mut sent = use_signal(|| false);
    let send = move |event: FormEvent| {
        event.prevent_default();
        let reason = words.peek().trim().to_owned();
        spawn(async move {
            match make(BoardChange::Report { subject, reason }).await {
                Ok(()) => sent.set(true),
                Err(problem) => wrong.set(Some(refusals::words(&problem))),
            }
        });
    };
    rsx! {
        div { class: "report-form",
            p { {t!("appeal-text")} " " Link { to: Route::ModerationPage {}.address(), {t!("moderation-log")} } }
            if sent() {
                p { class: "note", role: "status", {t!("appeal-sent")} }
            } else {
                form { class: "form", onsubmit: send,
                    div {
                        TextArea { label: t!("appeal-why"), value: words(), rows: 2, error: wrong(), oninput: move |text| words.set(text) }
                    }
                    div { class: "form-ways", SubmitButton { {t!("appeal-send")} } }
                }
            }
        }
    }
}

/// A button that opens the form.
#[component]
pub(crate) fn Report(subject: Subject) -> Element {
    let mut open = use_signal(|| false);
    let mut reason = use_signal(|| 0_usize);
    let mut words = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let send = move |event: FormEvent| {
        event.prevent_default();
        let chosen = reasons().get(*reason.peek()).cloned().unwrap_or_default();
        let said = words.peek().trim().to_owned();
        let reason = if said.is_empty() { chosen } else { format!("{chosen}: {said}") };
        spawn(async move {
            match make(BoardChange::Report { subject, reason }).await {
                Ok(()) => {
                    open.set(false);
                    words.set(String::new());
                    wrong.set(None);
                    toast(t!("post-reported"));
                }
                Err(problem) => wrong.set(Some(refusals::words(&problem))),
            }
        });
    };
    let options = reasons().into_iter().enumerate().map(|(i, reason)| (i.to_string(), reason)).collect::<Vec<_>>();
    rsx! {
        Button { kind: ButtonKind::Quiet, icon: Icon::Warning, "aria-expanded": "{open}", onclick: move |_| open.toggle(), {t!("post-report")} }
        if open() {
            form { class: "form report-form", onsubmit: send,
                Select {
                    label: t!("report-why"),
                    value: reason().to_string(),
                    options,
                    onchange: move |chosen: String| reason.set(chosen.parse().unwrap_or_default()),
                }
                div {
                    TextArea {
                        label: t!("report-more"),
                        value: words(),
                        rows: 2,
                        error: wrong(),
                        oninput: move |text| words.set(text),
                    }
                }
                div { class: "form-ways",
                    SubmitButton { {t!("report-send")} }
                    Button { kind: ButtonKind::Quiet, onclick: move |_| open.set(false), {t!("chat-cancel")} }
                }
            }
        }
    }
}
