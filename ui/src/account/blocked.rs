//! Whom one blocked, and the way back.

use dioxus::prelude::*;
use hnh_domain::account::{AccountChange, Person};
use hnh_domain::calls::ListBlocked;
use hnh_domain::topic::Topic;

use super::PersonLink;
use crate::changes::make;
use crate::core::{call, use_topic};
use crate::i18n::t;
use crate::kit::{Button, ButtonKind, PageSection, toast};
use crate::refusals;

/// The list; nothing where nobody is blocked.
#[component]
pub(super) fn BlockedSection() -> Element {
    let changes = use_topic(Topic::Account);
    let blocked = use_resource(move || {
        changes();
        async { call(ListBlocked {}).await.unwrap_or_default() }
    });
    let mut released = use_signal(Vec::new);
    let release = move |person: Person| {
        spawn(async move {
            match make(AccountChange::Block { person: person.id, on: false }).await {
                Ok(()) => {
                    released.write().push(person.id);
                    toast(t!("person-unblocked"));
                }
                Err(problem) => toast(refusals::words(&problem)),
            }
        });
    };
    let people: Vec<Person> =
        blocked.read().iter().flatten().filter(|person| !released.read().contains(&person.id)).cloned().collect();
    rsx! {
        if !people.is_empty() {
            PageSection { title: t!("blocked-title"),
                p { class: "note", {t!("blocked-text")} }
                ul { class: "seats",
                    for person in people {
                        li { key: "{person.id}",
                            PersonLink { person: Some(person.clone()) }
                            span { class: "note", "@{person.handle}" }
                            Button { kind: ButtonKind::Quiet, onclick: move |_| release(person.clone()), {t!("person-unblock")} }
                        }
                    }
                }
            }
        }
    }
}
