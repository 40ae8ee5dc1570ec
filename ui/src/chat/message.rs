//! One message.

use dioxus::prelude::*;
use hnh_domain::account::SavedKind;
use hnh_domain::board::{BoardChange, Reaction, Subject, SubjectKind};
use hnh_domain::chat::{ChatChange, Message};
use uuid::Uuid;

use crate::changes::submit;
use crate::format::moment;
use crate::i18n::{lang, t};
use crate::kit::{Button, ButtonKind, Icon, LinkButton};
use crate::routes::Route;

/// A message with what can be done to it.
#[component]
pub(super) fn MessageView(
    message: Message,
    me: Uuid,
    /// The words it answers, where the device has them.
    answers: Option<String>,
    /// How many others have read it.
    read: usize,
    onreply: EventHandler<(Uuid, String)>,
) -> Element {
    let mut editing = use_signal(|| None::<String>);
    let (id, version) = (message.id, message.version);
    let mine = message.author.as_ref().is_some_and(|author| author.id == me);
    let save = move |event: FormEvent| {
        event.prevent_default();
        if let Some(text) = editing.take().filter(|text| !text.trim().is_empty()) {
            submit(ChatChange::EditMessage { id, text, version });
        }
    };
    let words = message.text.clone();
    rsx! {
            article { class: if mine { "message message-mine" } else { "message" },
                header { class: "byline",
                    match &message.author {
                        Some(author) if !mine => rsx! {
                            Link { to: Route::PersonPage { handle: author.handle.clone() }.address(), b { "{author.name}" } }
                        },
                        Some(_) => rsx! {},
                        None => rsx! { b { {t!("person-gone")} } },
                    }
                    span { {moment(message.created_ms)} }
                    if message.edited_ms.is_some() && !message.deleted {
                        span { {t!("post-edited")} }
                    }
                    if mine && read > 0 {
                        span { {t!("chat-read")} }
                    }
                }
                if let Some(answers) = answers {
                    p { class: "message-answers", "{answers}" }
                }
                if message.deleted {
                    p { class: "note", {t!("chat-deleted")} }
                } else if let Some(text) = editing() {
                    form { class: "message-form", onsubmit: save,
                        div { class: "text-field",
    input {
                            "aria-label": t!("chat-write"),
                            value: text,
                            maxlength: "4000",
                            oninput: move |event| editing.set(Some(event.value())),
    }
    }
                        button { class: "button button-primary", r#type: "submit", {t!("chat-save")} }
                        Button { kind: ButtonKind::Quiet, onclick: move |_| editing.set(None), {t!("chat-cancel")} }
                    }
                } else {
                    p { class: "message-text", "{message.text}" }
                    if let Some(card) = message.card {
                        div {
                            match card.kind {
                                SavedKind::Place => rsx! {
                                    LinkButton { to: Route::PlacePage { id: card.id }, icon: Icon::MapPin, {t!("chat-card")} }
                                },
                                SavedKind::Recipe => rsx! {
                                    LinkButton { to: Route::recipe(card.id), icon: Icon::ChefHat, {t!("chat-card")} }
                                },
                            }
                        }
                    }
                    div { class: "message-ways",
                        for reaction in Reaction::ALL.iter().copied() {
                            Given { key: "{reaction}", id, reaction, given: message.reactions.clone() }
                        }
                        Button { kind: ButtonKind::Quiet, onclick: move |_| onreply.call((id, words.clone())), {t!("chat-reply")} }
                        if mine {
                            Button { kind: ButtonKind::Quiet, onclick: move |_| editing.set(Some(message.text.clone())), {t!("chat-edit")} }
                            Button { kind: ButtonKind::Quiet, onclick: move |_| submit(ChatChange::DeleteMessage { id }), {t!("post-delete")} }
                        }
                    }
                }
            }
        }
}

#[component]
fn Given(id: Uuid, reaction: Reaction, given: Vec<hnh_domain::board::ReactionCount>) -> Element {
    let count = given.iter().find(|known| known.reaction == reaction);
    let (on, count) = (count.is_some_and(|known| known.mine), count.map_or(0, |known| known.count));
    let react = move |_| {
        let to = Subject { kind: SubjectKind::Message, id };
        submit(BoardChange::React { to, reaction, on: !on });
    };
    rsx! {
        button {
            r#type: "button",
            class: if on { "chip reaction-on" } else { "chip" },
            "aria-pressed": "{on}",
            onclick: react,
            {reaction.name(lang())}
            if count > 0 {
                span { class: "count", " {count}" }
            }
        }
    }
}
