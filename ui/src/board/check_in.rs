//! Having a friend told where one does not say, after a meal, that one is home.

use dioxus::prelude::*;
use hnh_domain::account::Person;
use hnh_domain::board::{BoardChange, CheckIn};
use uuid::Uuid;

use crate::changes::make;
use crate::chat::acquaintances;
use crate::format::meal_time;
use crate::i18n::t;
use crate::kit::{Button, ButtonKind, Glyph, Icon, Select, toast};
use crate::refusals;

fn send(change: BoardChange, thanks: String) {
    spawn(async move {
        match make(change).await {
            Ok(()) => toast(thanks),
            Err(problem) => toast(refusals::words(&problem)),
        }
    });
}

/// For host and guests: whom to tell, and afterwards the button that says one is home.
#[component]
pub(super) fn CheckInPanel(post: Uuid, me: Uuid, check_in: Option<CheckIn>, ended: bool) -> Element {
    let friends = use_resource(move || acquaintances(me));
    let friends: Vec<Person> = friends.read().clone().unwrap_or_default();
    let mut chosen = use_signal(String::new);
    match check_in {
        Some(CheckIn { done: true, .. }) => rsx! {
            p { class: "note", role: "status", Glyph { icon: Icon::CircleCheck, size: 16 } {t!("check-in-done")} }
        },
        Some(CheckIn { friend, due_ms, .. }) => rsx! {
            div { class: "check-in",
                p { {t!("check-in-set", name = friend.name, when = meal_time(due_ms))} }
                div { class: "form-ways",
                    Button {
                        kind: if ended { ButtonKind::Primary } else { ButtonKind::Plain },
                        icon: Icon::Home,
                        onclick: move |_| send(BoardChange::CheckIn { post }, t!("check-in-done")),
                        {t!("check-in-home")}
                    }
                    if !ended {
                        Button {
                            kind: ButtonKind::Quiet,
                            onclick: move |_| send(BoardChange::SetCheckIn { post, friend: None }, t!("check-in-off")),
                            {t!("check-in-take-back")}
                        }
                    }
                }
            }
        },
        None if ended || friends.is_empty() => rsx! {},
        None => {
            let none = (String::new(), t!("check-in-nobody"));
            let options = std::iter::once(none)
                .chain(
                    friends.iter().map(|friend| (friend.id.to_string(), format!("{} @{}", friend.name, friend.handle))),
                )
                .collect::<Vec<_>>();
            rsx! {
                div { class: "check-in",
                    p { class: "note", {t!("check-in-text")} }
                    div { class: "form-ways",
                        Select { label: t!("check-in-friend"), value: chosen(), options, onchange: move |id| chosen.set(id) }
                        Button {
                            disabled: chosen.read().is_empty(),
                            onclick: move |_| {
                                let friend = chosen.peek().parse().ok();
                                send(BoardChange::SetCheckIn { post, friend }, t!("check-in-on"));
                            },
                            {t!("check-in-send")}
                        }
                    }
                }
            }
        }
    }
}
