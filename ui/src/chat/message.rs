//! One message.

use dioxus::prelude::*;
use hnh_domain::board::{BoardChange, Reaction, ReactionCount, Subject, SubjectKind};
use hnh_domain::calls::{Blocked, Discard, ListPending, SendAgain, WaitingMessage};
use hnh_domain::chat::{ChatChange, Message};
use hnh_domain::problem::{Problem, ProblemCode};
use uuid::Uuid;

use super::card::CardLink;
use super::compose::MessageLines;
use crate::account::PersonLink;
use crate::board::Report;
use crate::changes::submit;
use crate::core::call;
use crate::format::{Said, instant};
use crate::i18n::{lang, t};
use crate::kit::{Button, ButtonKind, ConfirmButton, Dialog, Icon, IconButton, toast};
use crate::photos::{OwnPhoto, Photo};
use crate::refusals;

/// A message; what can be done to it comes with a press, or with the button that a pointer sees beside it.
#[component]
pub(super) fn MessageView(
    message: Message,
    me: Uuid,
    /// Whether it is the first of several by one person.
    first: bool,
    /// The words it answers, where the device has them.
    answers: Option<String>,
    /// How many others have read it, where that is said.
    read: Option<usize>,
    onreply: EventHandler<(Uuid, String)>,
) -> Element {
    let mut editing = use_signal(|| None::<String>);
    let mut open = use_signal(|| false);
    let (id, version) = (message.id, message.version);
    let mine = message.author.as_ref().is_some_and(|author| author.id == me);
    let mut save = move || {
        if let Some(text) = editing.take().filter(|text| !text.trim().is_empty()) {
            submit(ChatChange::EditMessage { id, text, version });
        }
    };
    let words = message.text.clone();
    rsx! {
        article { class: if mine { "message message-mine" } else { "message" },
            if first && !mine {
                p { class: "message-author", PersonLink { person: message.author.clone() } }
            }
            div { class: "message-line",
                if let Some(text) = editing() {
                    form {
                        class: "message-form",
                        onsubmit: move |event| {
                            event.prevent_default();
                            save();
                        },
                        MessageLines { value: text, oninput: move |words| editing.set(Some(words)), onsend: move |()| save() }
                        button { class: "button button-primary", r#type: "submit", {t!("chat-save")} }
                        Button { kind: ButtonKind::Quiet, onclick: move |_| editing.set(None), {t!("chat-cancel")} }
                    }
                } else {
                    div { class: "bubble", onclick: move |_| open.toggle(),
                        if let Some(answers) = answers {
                            p { class: "message-answers", "{answers}" }
                        }
                        if message.deleted {
                            p { class: "note", {t!("chat-deleted")} }
                        } else {
                            if let Some(photo) = message.photo {
                                MessagePhoto { id: photo }
                            }
                            if !message.text.is_empty() {
                                p { class: "message-text", dir: "auto", {linked(&message.text)} }
                            }
                            if let Some(card) = message.card {
                                CardLink { card }
                            }
                        }
                    }
                    div { class: "message-side",
                        if let Some(read) = read {
                            span { {read_words(read)} }
                        }
                        if message.edited_ms.is_some() && !message.deleted {
                            span { {t!("post-edited")} }
                        }
                        time { {instant(message.created_ms, Said::Time)} }
                        if !message.deleted {
                            IconButton {
                                icon: Icon::More,
                                label: t!("chat-ways"),
                                "aria-expanded": "{open}",
                                onclick: move |_| open.toggle(),
                            }
                        }
                    }
                }
            }
            if !message.reactions.is_empty() {
                Given { id, given: message.reactions.clone(), all: false }
            }
            if open() && !message.deleted {
                div { class: "message-ways",
                    Given { id, given: message.reactions.clone(), all: true }
                    Button {
                        kind: ButtonKind::Quiet,
                        onclick: move |_| {
                            open.set(false);
                            onreply.call((id, words.clone()));
                        },
                        {t!("chat-reply")}
                    }
                    if !mine {
                        Report { subject: Subject { kind: SubjectKind::Message, id } }
                    }
                    if mine {
                        Button {
                            kind: ButtonKind::Quiet,
                            onclick: move |_| {
                                open.set(false);
                                editing.set(Some(message.text.clone()));
                            },
                            {t!("chat-edit")}
                        }
                        ConfirmButton {
                            label: t!("post-delete"),
                            question: t!("chat-delete-ask"),
                            text: t!("chat-delete-text"),
                            onconfirm: move |()| submit(ChatChange::DeleteMessage { id }),
                        }
                    }
                }
            }
        }
    }
}

/// A photo; a press shows it large.
#[component]
fn MessagePhoto(id: Uuid) -> Element {
    let mut large = use_signal(|| false);
    rsx! {
        button {
            r#type: "button",
            class: "message-photo",
            "aria-label": t!("photo-large", alt = t!("photo")),
            onclick: move |event| {
                event.stop_propagation();
                large.set(true);
            },
            Photo { id, alt: t!("photo"), width: 800 }
        }
        // A press in it is not one on the message.
        span { onclick: move |event| event.stop_propagation(),
            Dialog { open: large(), title: t!("photo"), onclose: move |()| large.set(false), Photo { id, alt: t!("photo"), width: 1600 } }
        }
    }
}

/// The words with their addresses as links.
fn linked(text: &str) -> Element {
    rsx! {
        for (i , (address , words)) in text.split_inclusive(char::is_whitespace).map(address_before).enumerate() {
            if !address.is_empty() {
                a {
                    key: "{i}",
                    href: "{address}",
                    target: "_blank",
                    rel: "noopener noreferrer nofollow",
                    onclick: move |event| event.stop_propagation(),
                    "{address}"
                }
            }
            "{words}"
        }
    }
}

/// The address that a word begins with, without the sentence's own marks, and the rest of it.
fn address_before(word: &str) -> (&str, &str) {
    let is_address = word.starts_with("https://") || word.starts_with("http://");
    let marks = ['.', ',', '!', '?', ':', ';', ')', '"', '\'', '…'];
    let address = word.trim_end().trim_end_matches(marks);
    word.split_at(if is_address { address.len() } else { 0 })
}

/// "Read", with how many where there are several.
fn read_words(read: usize) -> String {
    if read > 1 { t!("chat-read-by", count = read) } else { t!("chat-read") }
}

/// Reactions: those that were given, or all that can be.
#[component]
fn Given(id: Uuid, given: Vec<ReactionCount>, all: bool) -> Element {
    let to = Subject { kind: SubjectKind::Message, id };
    let of = |reaction: Reaction| given.iter().find(|known| known.reaction == reaction);
    let shown: Vec<(Reaction, bool, u32)> = Reaction::ALL
        .iter()
        .map(|reaction| (*reaction, of(*reaction)))
        .filter(|(_, count)| all || count.is_some_and(|count| count.count > 0))
        .map(|(reaction, count)| (reaction, count.is_some_and(|c| c.mine), count.map_or(0, |c| c.count)))
        .collect();
    rsx! {
        div { class: "message-given",
            for (reaction , on , count) in shown {
                button {
                    key: "{reaction}",
                    r#type: "button",
                    class: if on { "chip reaction-on" } else { "chip" },
                    "aria-pressed": "{on}",
                    onclick: move |_| submit(BoardChange::React { to, reaction, on: !on }),
                    {reaction.name(lang())}
                    if count > 0 {
                        span { class: "count", " {count}" }
                    }
                }
            }
        }
    }
}

/// One's own message that is not on the server: on its way, or refused, which says why and what one can do.
#[component]
pub(super) fn WaitingView(message: WaitingMessage) -> Element {
    let number = message.number;
    let again = move |_| {
        spawn(async move {
            if let Err(problem) = send_again(number).await {
                toast(refusals::words(&problem));
            }
        });
    };
    let discard = move |()| {
        spawn(async move {
            if let Err(problem) = call(Discard { number }).await {
                toast(refusals::words(&problem));
            }
        });
    };
    rsx! {
        article { class: "message message-mine message-waiting",
            div { class: "message-line",
                div { class: "bubble",
                    if let Some(photo) = message.photo {
                        span { class: "message-photo", OwnPhoto { id: photo, alt: t!("photo"), width: 800 } }
                    }
                    if !message.text.is_empty() {
                        p { class: "message-text", dir: "auto", "{message.text}" }
                    }
                    if let Some(card) = message.card {
                        CardLink { card }
                    }
                }
                if message.blocked.is_none() {
                    div { class: "message-side", span { {t!("chat-waiting")} } }
                }
            }
            if let Some(blocked) = &message.blocked {
                p { class: "message-stuck", role: "status", {why(blocked)} }
                div { class: "message-ways",
                    Button { kind: ButtonKind::Quiet, icon: Icon::RefreshCw, onclick: again, {t!("pending-send")} }
                    Button { kind: ButtonKind::Quiet, onclick: move |_| discard(()), {t!("post-delete")} }
                }
            }
        }
    }
}

/// Why a message was not sent, in a sentence.
fn why(blocked: &Blocked) -> String {
    match blocked {
        Blocked::Old => t!("chat-stuck-old"),
        Blocked::Refused(problem) => match problem.code {
            ProblemCode::Unreachable => t!("chat-stuck-blocked"),
            ProblemCode::TooMany => t!("chat-stuck-often"),
            _ => t!("chat-stuck"),
        },
    }
}

async fn send_again(number: i64) -> Result<(), Problem> {
    let pending = call(ListPending {}).await?.into_iter().find(|pending| pending.number == number);
    let change = pending.ok_or_else(|| Problem::new(ProblemCode::NotFound))?.change;
    call(SendAgain { number, change }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_before_the_sentence_does() {
        assert_eq!(address_before("https://hnh.example/post/7. "), ("https://hnh.example/post/7", ". "));
        assert_eq!(address_before("http://a.example "), ("http://a.example", " "));
        assert_eq!(address_before("밥 "), ("", "밥 "));
    }
}
