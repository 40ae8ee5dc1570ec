//! One room: what was said, who is there, and a line to write on.

use dioxus::prelude::*;
use hnh_domain::calls::{Conversation, OlderMessages, ReadRoom, Type};
use hnh_domain::chat::{ChatChange, Message};
use hnh_domain::problem::ProblemCode;
use uuid::Uuid;

use super::message::MessageView;
use super::name;
use crate::account::use_me;
use crate::browser::sleep;
use crate::changes::{new_id, submit};
use crate::core::{call, use_call, use_topic};
use crate::i18n::t;
use crate::kit::{
    Button, ButtonKind, Chip, ChipKind, EmptyState, ErrorState, Icon, LinkButton, Page, SkeletonShape, Waiting, toast,
};
use crate::routes::Route;

/// For how long somebody who was heard typing is shown, in ms.
const TYPING_MS: u32 = 4_000;

/// A room.
#[component]
pub(crate) fn RoomPage(id: ReadSignal<Uuid>) -> Element {
    let changes = use_topic("rooms");
    let me = use_me();
    let mut found = use_call(move || {
        changes();
        ReadRoom { id: id() }
    });
    // Who stops typing says nothing: look again when it is over.
    use_effect(move || {
        if matches!(&*found.read(), Some(Ok(room)) if !room.typing.is_empty()) {
            spawn(async move {
                sleep(TYPING_MS).await;
                found.restart();
            });
        }
    });
    rsx! {
        match (&*me.read(), &*found.read()) {
            (None, _) | (_, None) => rsx! { Waiting { shape: SkeletonShape::Rows } },
            (Some(None), _) => rsx! {
                Page { title: t!("chat-title"), class: "page-narrow",
                    EmptyState { icon: Icon::MessagesSquare, title: t!("chat-sign-in"), text: t!("chat-empty-text"),
                        LinkButton { to: Route::AccountPage {}, icon: Icon::User, {t!("nav-account")} }
                    }
                }
            },
            // A room that was just opened has not come back from the server yet.
            (_, Some(Err(problem))) if problem.code == ProblemCode::NotFound => rsx! {
                Page { title: t!("chat-title"), class: "page-narrow",
                    EmptyState { icon: Icon::MessagesSquare, title: t!("chat-opening"), text: String::new(),
                        LinkButton { to: Route::ChatPage {}, icon: Icon::ArrowLeft, {t!("chat-title")} }
                    }
                }
            },
            (_, Some(Err(problem))) => rsx! {
                Page { title: t!("chat-title"), class: "page-narrow",
                    ErrorState { problem: problem.clone(), onretry: move |()| found.restart() }
                }
            },
            (Some(Some(me)), Some(Ok(conversation))) => rsx! {
                Talk { key: "{id}", conversation: conversation.clone(), me: me.id }
            },
        }
    }
}

/// Marks what is shown as read.
fn use_reading(conversation: &Conversation, me: Uuid) {
    let room = conversation.room.id;
    let newest = conversation.messages.last().map_or(0, |message| message.number);
    let known = conversation.room.people.iter().find(|reader| reader.person.id == me).map_or(0, |reader| reader.read);
    let mut marked = use_signal(|| 0_i64);
    use_effect(use_reactive!(|newest, known| {
        if newest > known && newest > *marked.peek() {
            marked.set(newest);
            submit(ChatChange::MarkRead { room, number: newest });
        }
    }));
}

#[component]
fn Talk(conversation: Conversation, me: Uuid) -> Element {
    use_reading(&conversation, me);
    let mut older = use_signal(Vec::<Message>::new);
    let mut at_beginning = use_signal(|| false);
    let mut answering = use_signal(|| None::<(Uuid, String)>);
    let room = conversation.room.clone();
    let id = room.id;
    let first = older.read().first().or(conversation.messages.first()).map_or(0, |message| message.number);
    let more = move |_| {
        spawn(async move {
            match call(OlderMessages { room: id, before: first }).await {
                Ok(messages) if messages.is_empty() => at_beginning.set(true),
                Ok(messages) => older.with_mut(|older| {
                    older.splice(0..0, messages);
                }),
                Err(problem) => toast(problem.to_string()),
            }
        });
    };
    let known = |person: &Uuid| room.people.iter().find(|reader| reader.person.id == *person);
    let here =
        room.people.iter().filter(|reader| reader.person.id != me && conversation.here.contains(&reader.person.id));
    let here: Vec<String> = here.map(|reader| reader.person.name.clone()).collect();
    let typing: Vec<String> = conversation
        .typing
        .iter()
        .filter_map(|person| known(person).map(|reader| reader.person.name.clone()))
        .collect();
    let oldest_kept = conversation.messages.first().map_or(i64::MAX, |message| message.number);
    let mut messages: Vec<Message> = older.read().iter().filter(|old| old.number < oldest_kept).cloned().collect();
    messages.extend(conversation.messages.iter().cloned());
    let words_of = |id: Option<Uuid>| {
        id.and_then(|id| messages.iter().find(|message| message.id == id)).map(|message| message.text.clone())
    };
    let read_by =
        |number: i64| room.people.iter().filter(|reader| reader.person.id != me && reader.read >= number).count();
    rsx! {
        Page { title: name(&room, me), class: "page-narrow room",
            div { class: "post-facts",
                LinkButton { kind: ButtonKind::Quiet, to: Route::ChatPage {}, icon: Icon::ArrowLeft, {t!("chat-title")} }
                for person in here {
                    Chip { key: "{person}", text: format!("{person} · {}", t!("chat-here")), kind: ChipKind::Leaf }
                }
                if let Some(post) = room.post {
                    LinkButton { kind: ButtonKind::Quiet, to: Route::PostPage { id: post }, {t!("meal-title")} }
                }
                Button {
                    kind: ButtonKind::Quiet,
                    onclick: move |_| submit(ChatChange::Mute { room: id, on: !room.muted }),
                    if room.muted { {t!("chat-unmute")} } else { {t!("chat-mute")} }
                }
                Leave { room: id }
            }
            if at_beginning() || first <= 1 {
                p { class: "note", {t!("chat-beginning")} }
            } else {
                div { Button { kind: ButtonKind::Quiet, onclick: more, {t!("chat-older")} } }
            }
            // New messages are read out as they come.
            div { class: "messages", role: "log", "aria-label": t!("chat-log"), tabindex: "0",
                for message in messages.iter().cloned() {
                    MessageView {
                        key: "{message.id}",
                        answers: words_of(message.reply_to),
                        read: read_by(message.number),
                        message,
                        me,
                        onreply: move |answered| answering.set(Some(answered)),
                    }
                }
                for waiting in conversation.waiting.clone() {
                    article { key: "{waiting.id}", class: "message message-mine message-waiting",
                        p { class: "message-text", "{waiting.text}" }
                        p { class: "note", if waiting.stuck { {t!("chat-stuck")} } else { {t!("chat-waiting")} } }
                    }
                }
            }
            p { class: "note typing", role: "status",
                for name in typing {
                    span { {t!("chat-typing", name = name)} }
                }
            }
            Compose { room: id, answering }
        }
    }
}

#[component]
fn Leave(room: Uuid) -> Element {
    let navigator = use_navigator();
    let leave = move |_| {
        submit(ChatChange::LeaveRoom { room });
        navigator.replace(Route::ChatPage {});
    };
    rsx! { Button { kind: ButtonKind::Quiet, onclick: leave, {t!("chat-leave")} } }
}

/// The line to write on; Enter sends.
#[component]
fn Compose(room: Uuid, answering: Signal<Option<(Uuid, String)>>) -> Element {
    let mut answering = answering;
    let mut text = use_signal(String::new);
    let send = move |event: FormEvent| {
        event.prevent_default();
        let words = text.peek().trim().to_owned();
        if !words.is_empty() {
            let reply_to = answering.take().map(|(id, _)| id);
            submit(ChatChange::Send { id: new_id(), room, text: words, photo: None, card: None, reply_to });
            text.set(String::new());
        }
    };
    let typed = move |event: FormEvent| {
        text.set(event.value());
        spawn(async move {
            // That somebody types is worth no message when it cannot be told.
            let _ = call(Type { room }).await;
        });
    };
    rsx! {
            form { class: "message-form compose", onsubmit: send,
                if let Some((_, words)) = answering() {
                    p { class: "message-answers",
                        {t!("chat-replying", words = words)}
                        Button { kind: ButtonKind::Quiet, onclick: move |_| answering.set(None), {t!("chat-cancel")} }
                    }
                }
                div { class: "text-field",
    input {
                    "aria-label": t!("chat-write"),
                    placeholder: t!("chat-write"),
                    value: text(),
                    maxlength: "4000",
                    autocomplete: "off",
                    oninput: typed,
    }
    }
                button { class: "button button-primary", r#type: "submit", {t!("chat-send")} }
            }
        }
}
