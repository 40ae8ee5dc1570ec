//! Groups: begun with people one knows or names, and grown by invitation.

use dioxus::prelude::*;
use hnh_domain::account::Person;
use hnh_domain::calls::{GetProfile, ListRooms};
use hnh_domain::chat::{ChatChange, Reader, RoomKind};
use hnh_domain::problem::ProblemCode;
use uuid::Uuid;

use crate::account::PersonLink;
use crate::changes::{make, new_id, submit};
use crate::core::call;
use crate::i18n::t;
use crate::kit::{Button, Checkbox, Dialog, Icon, SubmitButton, TextField, toast};
use crate::refusals;
use crate::routes::Route;

/// A button that opens the form for a new group.
#[component]
pub(super) fn NewGroup(me: Uuid) -> Element {
    let mut open = use_signal(|| false);
    rsx! {
        Button { icon: Icon::Users, onclick: move |_| open.set(true), {t!("group-new")} }
        Dialog { open, title: t!("group-new"), onclose: move |()| open.set(false), GroupForm { me } }
    }
}

/// Those one shares a room with.
pub(crate) async fn acquaintances(me: Uuid) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for row in call(ListRooms {}).await.unwrap_or_default() {
        for Reader { person, .. } in row.room.people {
            if person.id != me && !people.iter().any(|known| known.id == person.id) {
                people.push(person);
            }
        }
    }
    people
}

#[component]
fn GroupForm(me: Uuid) -> Element {
    let navigator = use_navigator();
    let mut known = use_signal(Vec::<Person>::new);
    let mut chosen = use_signal(Vec::<Uuid>::new);
    let mut name = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    use_future(move || async move { known.set(acquaintances(me).await) });
    let create = move |event: FormEvent| {
        event.prevent_default();
        let (id, name, people) = (new_id(), name.peek().clone(), chosen.peek().clone());
        if people.is_empty() {
            wrong.set(Some(t!("group-alone")));
            return;
        }
        spawn(async move {
            match make(ChatChange::OpenGroup { id, name, people }).await {
                Ok(()) => {
                    navigator.push(Route::RoomPage { id });
                }
                Err(problem) => wrong.set(Some(refusals::words(&problem))),
            }
        });
    };
    let add = move |person: Person| {
        if person.id == me {
            return;
        }
        if !chosen.peek().contains(&person.id) {
            chosen.write().push(person.id);
        }
        if !known.peek().iter().any(|known| known.id == person.id) {
            known.write().push(person);
        }
    };
    rsx! {
        form { class: "form", onsubmit: create,
            div {
                TextField { label: t!("group-name"), value: name(), error: wrong(), oninput: move |text| name.set(text) }
            }
            if !known.read().is_empty() {
                fieldset { class: "group-people",
                    legend { {t!("group-people")} }
                    for person in known() {
                        Checkbox {
                            key: "{person.id}",
                            label: format!("{} @{}", person.name, person.handle),
                            checked: chosen.read().contains(&person.id),
                            onchange: move |on: bool| {
                                chosen.write().retain(|id| *id != person.id);
                                if on {
                                    chosen.write().push(person.id);
                                }
                            },
                        }
                    }
                }
            }
            AddByHandle { onadd: add }
            div { class: "form-ways", SubmitButton { {t!("group-create")} } }
        }
    }
}

/// Finds a person by their unique name. No form of its own: it stands in one.
#[component]
pub(crate) fn AddByHandle(onadd: EventHandler<Person>) -> Element {
    let mut handle = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let find = move |_| {
        let name = handle.peek().trim().trim_start_matches('@').to_lowercase();
        spawn(async move {
            match call(GetProfile { handle: name }).await {
                Ok(profile) => {
                    handle.set(String::new());
                    wrong.set(None);
                    onadd.call(profile.person);
                }
                Err(problem) if matches!(problem.code, ProblemCode::NotFound | ProblemCode::InvalidInput) => {
                    wrong.set(Some(t!("group-unknown")));
                }
                Err(problem) => wrong.set(Some(refusals::words(&problem))),
            }
        });
    };
    rsx! {
        div { class: "group-add",
            div {
                TextField { label: t!("group-add"), value: handle(), error: wrong(), oninput: move |text| handle.set(text) }
            }
            Button { onclick: find, {t!("group-add-send")} }
        }
    }
}

/// Who is in a group, and the way to take somebody in.
#[component]
pub(super) fn Members(room: Uuid, kind: RoomKind, people: Vec<Reader>) -> Element {
    rsx! {
        div { class: "room-members",
            span { class: "note", {t!("group-members", count = people.len())} }
            ul { class: "chips",
                for reader in people {
                    li { key: "{reader.person.id}", class: "chip", PersonLink { person: Some(reader.person) } }
                }
            }
            if kind == RoomKind::Group {
                AddByHandle {
                    onadd: move |person: Person| {
                        submit(ChatChange::Invite { room, person: person.id });
                        toast(t!("group-invited", name = person.name));
                    },
                }
            }
        }
    }
}
