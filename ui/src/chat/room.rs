//! One room: what was said, who is there, and a line to write on.

use dioxus::prelude::*;
use hnh_domain::calls::{Conversation, OlderMessages, ReadRoom};
use hnh_domain::chat::{ChatChange, Message, RoomKind};
use hnh_domain::problem::ProblemCode;
use hnh_domain::topic::Topic;
use uuid::Uuid;

use super::compose::Compose;
use super::group::Members;
use super::message::{MessageView, WaitingView};
use super::name;
use crate::account::{SignInLink, use_me};
use crate::browser::{self, sleep, use_window_event};
use crate::changes::submit;
use crate::core::{call, use_call, use_topic};
use crate::format::{Said, instant};
use crate::i18n::t;
use crate::kit::{
    Button, ButtonKind, ConfirmButton, EmptyState, ErrorState, Glyph, Icon, IconButton, LinkButton, Page,
    SkeletonShape, Waiting, toast,
};
use crate::refusals;
use crate::routes::Route;

/// For how long somebody who was heard typing is shown, in ms.
const TYPING_MS: u32 = 4_000;

/// A room.
#[component]
pub(crate) fn RoomPage(id: ReadSignal<Uuid>) -> Element {
    let changes = use_topic(Topic::Rooms);
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
                        SignInLink {}
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

/// Whether the person can see the page.
fn page_seen() -> bool {
    browser::document().is_some_and(|document| !document.hidden())
}

/// Marks what is shown as read, while the end of it is in sight.
fn use_reading(conversation: &Conversation, me: Uuid, at_end: Signal<bool>) {
    let room = conversation.room.id;
    let newest = conversation.messages.last().map_or(0, |message| message.number);
    let known = conversation.room.people.iter().find(|reader| reader.person.id == me).map_or(0, |reader| reader.read);
    let mut marked = use_signal(|| 0_i64);
    let mut looks = use_signal(|| 0_u32);
    use_window_event("visibilitychange", move |_| looks += 1);
    use_effect(use_reactive!(|newest, known| {
        looks();
        if at_end() && page_seen() && newest > known && newest > *marked.peek() {
            marked.set(newest);
            submit(ChatChange::MarkRead { room, number: newest });
        }
    }));
}

/// The element that scrolls; its end is where scrolling begins, so that it stays there as messages come.
const LOG: &str = "room-log";
/// So near to its end the end is in sight, in CSS pixels.
const END_PX: i32 = 60;

pub(super) fn scroll_to_end() {
    if let Some(log) = browser::element(LOG) {
        log.set_scroll_top(0);
    }
}

/// Whether two messages stand together: one person's, within minutes.
fn together(before: &Message, message: &Message) -> bool {
    const TOGETHER_MS: i64 = 5 * 60_000;
    before.author == message.author && message.created_ms - before.created_ms < TOGETHER_MS
}

#[component]
fn Talk(conversation: Conversation, me: Uuid) -> Element {
    let mut at_end = use_signal(|| true);
    use_reading(&conversation, me, at_end);
    let mut older = use_signal(Vec::<Message>::new);
    let mut at_beginning = use_signal(|| false);
    let answering = use_signal(|| None::<(Uuid, String)>);
    let mut seen = use_signal(|| 0_i64);
    let room = conversation.room.clone();
    let id = room.id;
    let newest = conversation.messages.last().map_or(0, |message| message.number);
    use_effect(use_reactive!(|newest| {
        if at_end() {
            seen.set(newest);
        }
    }));
    let first = older.read().first().or(conversation.messages.first()).map_or(0, |message| message.number);
    let more = move |_| {
        spawn(async move {
            match call(OlderMessages { room: id, before: first }).await {
                Ok(messages) if messages.is_empty() => at_beginning.set(true),
                Ok(messages) => older.with_mut(|older| {
                    older.splice(0..0, messages);
                }),
                Err(problem) => toast(refusals::words(&problem)),
            }
        });
    };
    let known = |person: &Uuid| room.people.iter().find(|reader| reader.person.id == *person);
    let here = room.people.iter().any(|reader| reader.person.id != me && conversation.here.contains(&reader.person.id));
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
    let is_mine = |message: &Message| message.author.as_ref().is_some_and(|author| author.id == me);
    let read_by =
        |number: i64| room.people.iter().filter(|reader| reader.person.id != me && reader.read >= number).count();
    let last_read = messages.iter().rev().find(|m| is_mine(m) && read_by(m.number) > 0).map(|m| m.id);
    let unseen = messages.iter().filter(|message| message.number > seen() && !is_mine(message)).count();
    let rows: Vec<Row> = messages
        .iter()
        .enumerate()
        .map(|(i, message)| {
            let before = i.checked_sub(1).map(|i| &messages[i]);
            let day = instant(message.created_ms, Said::Day);
            let new_day = before.is_none_or(|before| instant(before.created_ms, Said::Day) != day);
            Row {
                first: new_day || before.is_none_or(|before| !together(before, message)),
                day: new_day.then_some(day),
                answers: words_of(message.reply_to),
                read: (last_read == Some(message.id)).then(|| read_by(message.number)),
                message: message.clone(),
            }
        })
        .collect();
    rsx! {
        Page { title: name(&room, me), class: "page-narrow room",
            before: rsx! {
                Link { class: "icon-button", to: Route::ChatPage {}.address(), "aria-label": t!("chat-title"), title: t!("chat-title"),
                    Glyph { icon: Icon::ArrowLeft }
                }
            },
            beside: rsx! { RoomWays { conversation: conversation.clone(), me, here } },
            // Its end is its beginning: the newest stays in sight as messages come, unless the reader scrolled up.
            div {
                id: LOG,
                class: "room-log",
                tabindex: "0",
                onscroll: move |_| {
                    if let Some(log) = browser::element(LOG) {
                        at_end.set(log.scroll_top().abs() < END_PX);
                    }
                },
                div { class: "messages", role: "log", "aria-label": t!("chat-log"),
                    if at_beginning() || first <= 1 {
                        p { class: "note room-beginning", {t!("chat-beginning")} }
                    } else {
                        div { class: "room-beginning", Button { kind: ButtonKind::Quiet, onclick: more, {t!("chat-older")} } }
                    }
                    for row in rows {
                        Fragment { key: "{row.message.id}",
                            if let Some(day) = row.day {
                                p { class: "day", span { "{day}" } }
                            }
                            MessageView {
                                first: row.first,
                                answers: row.answers,
                                read: row.read,
                                message: row.message,
                                me,
                                onreply: {
                                    let mut answering = answering;
                                    move |answered| answering.set(Some(answered))
                                },
                            }
                        }
                    }
                    for waiting in conversation.waiting.clone() {
                        WaitingView { key: "{waiting.id}", message: waiting }
                    }
                }
            }
            div { class: "room-foot",
                if !at_end() {
                    button { r#type: "button", class: "to-end", onclick: move |_| scroll_to_end(),
                        if unseen > 0 { {t!("chat-new", count = unseen)} " " }
                        Glyph { icon: Icon::ChevronDown, size: 18 }
                        span { class: "hidden", {t!("chat-to-end")} }
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
}

/// A message as the list has it.
struct Row {
    message: Message,
    /// The day, before the first message of it.
    day: Option<String>,
    first: bool,
    answers: Option<String>,
    read: Option<usize>,
}

/// What can be done with a room, and whether the other is there.
#[component]
fn RoomWays(conversation: Conversation, me: Uuid, here: bool) -> Element {
    let room = conversation.room;
    let (id, muted) = (room.id, room.muted);
    let other = room.people.iter().find(|reader| reader.person.id != me).map(|reader| reader.person.clone());
    let mut open = use_signal(|| false);
    rsx! {
        div { class: "room-ways",
            if let (RoomKind::Direct, Some(other)) = (room.kind, other) {
                // It keeps its place, so that nothing jumps when somebody comes.
                span { class: if here { "room-here" } else { "room-here room-away" }, {t!("chat-here")} }
                Link { class: "person-link", to: Route::PersonPage { handle: other.handle.clone() }.address(), "@{other.handle}" }
            }
            if let Some(post) = room.post {
                LinkButton { kind: ButtonKind::Quiet, to: Route::PostPage { id: post }, {t!("meal-title")} }
            }
            IconButton { icon: Icon::More, label: t!("chat-room-ways"), "aria-expanded": "{open}", onclick: move |_| open.toggle() }
        }
        if open() {
            div { class: "room-menu",
                if room.kind != RoomKind::Direct {
                    Members { room: id, kind: room.kind, people: room.people.clone() }
                }
                Button {
                    kind: ButtonKind::Quiet,
                    onclick: move |_| submit(ChatChange::Mute { room: id, on: !muted }),
                    if muted { {t!("chat-unmute")} } else { {t!("chat-mute")} }
                }
                Leave { room: id }
            }
        }
    }
}

#[component]
fn Leave(room: Uuid) -> Element {
    let navigator = use_navigator();
    let leave = move |()| {
        submit(ChatChange::LeaveRoom { room });
        navigator.replace(Route::ChatPage {});
    };
    rsx! {
        ConfirmButton { label: t!("chat-leave"), question: t!("chat-leave-ask"), text: t!("chat-leave-text"), onconfirm: leave }
    }
}
