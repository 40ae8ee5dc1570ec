//! After a meal: a few words about those one ate with. Before it: calling it off.

use dioxus::prelude::*;
use hnh_domain::account::Person;
use hnh_domain::board::BoardChange;
use uuid::Uuid;

use crate::account::PersonLink;
use crate::changes::make;
use crate::i18n::t;
use crate::kit::{Button, ButtonKind, SubmitButton, TextArea, TextField, toast};
use crate::refusals;

/// Those one ate with, each with a line to write about them.
#[component]
pub(super) fn References(post: Uuid, people: Vec<Person>) -> Element {
    rsx! {
        if !people.is_empty() {
            h3 { class: "meal-after", {t!("reference-title")} }
            p { class: "note", {t!("reference-text")} }
            ul { class: "seats",
                for person in people {
                    li { key: "{person.id}", Reference { post, person } }
                }
            }
        }
    }
}

#[component]
fn Reference(post: Uuid, person: Person) -> Element {
    let mut text = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let mut written = use_signal(|| false);
    let id = person.id;
    let send = move |event: FormEvent| {
        event.prevent_default();
        let words = text.peek().trim().to_owned();
        spawn(async move {
            match make(BoardChange::WriteReference { post, person: id, text: words }).await {
                Ok(()) => {
                    written.set(true);
                    toast(t!("reference-sent"));
                }
                Err(problem) => wrong.set(Some(refusals::words(&problem))),
            }
        });
    };
    rsx! {
        PersonLink { person: Some(person.clone()) }
        if written() {
            span { class: "note", {t!("reference-sent")} }
        } else {
            form { class: "form reference-form", onsubmit: send,
                TextField {
                    label: t!("reference-write", name = person.name.clone()),
                    value: text(),
                    error: wrong(),
                    oninput: move |words| text.set(words),
                }
                div { class: "form-ways", SubmitButton { {t!("reference-send")} } }
            }
        }
    }
}

/// Calls the meal off, with a reason for those who asked.
#[component]
pub(super) fn CallOff(post: Uuid) -> Element {
    let mut open = use_signal(|| false);
    let mut reason = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let send = move |event: FormEvent| {
        event.prevent_default();
        let reason = reason.peek().trim().to_owned();
        spawn(async move {
            match make(BoardChange::Cancel { post, reason }).await {
                Ok(()) => {
                    open.set(false);
                    toast(t!("meal-called-off"));
                }
                Err(problem) => wrong.set(Some(refusals::words(&problem))),
            }
        });
    };
    rsx! {
        div { class: "form-ways",
            Button { kind: ButtonKind::Quiet, "aria-expanded": "{open}", onclick: move |_| open.toggle(), {t!("meal-call-off")} }
        }
        if open() {
            form { class: "form report-form", onsubmit: send,
                div {
                    TextArea {
                        label: t!("meal-call-off-why"),
                        value: reason(),
                        rows: 2,
                        focused: true,
                        error: wrong(),
                        oninput: move |words| reason.set(words),
                    }
                }
                div { class: "form-ways",
                    SubmitButton { {t!("meal-call-off-send")} }
                    Button { kind: ButtonKind::Quiet, onclick: move |_| open.set(false), {t!("chat-cancel")} }
                }
            }
        }
    }
}
