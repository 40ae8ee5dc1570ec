//! The lists: by aisle, ticked by whoever has it in the basket, shared with others.

use dioxus::prelude::*;
use hnh_domain::account::Person;
use hnh_domain::calls::{ListShopping, ReadShopping};
use hnh_domain::shopping::{Aisle, ShoppingChange, ShoppingItem, ShoppingLine, ShoppingList};
use hnh_domain::topic::Topic;
use uuid::Uuid;

use super::add::{first_list, put};
use super::lines::{amount, as_text, own_words};
use crate::account::{PersonLink, SignInLink, use_me};
use crate::browser;
use crate::changes::{new_id, submit};
use crate::chat::AddByHandle;
use crate::cookbook::{KitchenParts, Part};
use crate::core::{call, use_topic};
use crate::i18n::{lang, t};
use crate::kit::{
    Button, ConfirmButton, Dialog, EmptyState, Icon, IconButton, Page, PageSection, Segment, Segmented, SkeletonShape,
    SubmitButton, TextField, loaded, toast,
};
use crate::refusals;

/// One's shopping lists.
#[component]
pub(crate) fn ShoppingPage() -> Element {
    let changes = use_topic(Topic::Shopping);
    let lists = use_resource(move || {
        changes();
        call(ListShopping {})
    });
    let mut at = use_signal(|| 0_usize);
    rsx! {
        Page { title: t!("shopping-title"), class: "shopping-page",
            KitchenParts { here: Part::Shopping }
            {loaded(lists, (SkeletonShape::Rows, 5), rsx! {}, |lists| {
                let chosen = at().min(lists.len().saturating_sub(1));
                rsx! {
                    if lists.len() > 1 {
                        Segmented {
                            label: t!("shopping-lists"),
                            segments: lists.iter().map(|list| Segment::new(name_of(list))).collect::<Vec<_>>(),
                            chosen,
                            onchoose: move |i| at.set(i),
                        }
                    }
                    match lists.get(chosen) {
                        Some(list) => rsx! { List { key: "{list.id}", list: list.clone() } },
                        None => rsx! {
                            OwnWords { list: None }
                            EmptyState { icon: Icon::List, title: t!("shopping-none"), text: t!("shopping-none-text") }
                        },
                    }
                }
            })}
        }
    }
}

fn name_of(list: &ShoppingList) -> String {
    if list.name.is_empty() { t!("shopping-first") } else { list.name.clone() }
}

/// A field for something in one's own words.
#[component]
fn OwnWords(list: Option<Uuid>) -> Element {
    let mut words = use_signal(String::new);
    let add = move |event: FormEvent| {
        event.prevent_default();
        let typed = words.peek().trim().to_owned();
        if typed.is_empty() {
            return;
        }
        words.set(String::new());
        // The page is another one as soon as there is a list: what was typed goes there all the same.
        dioxus::core::spawn_forever(async move {
            let line = own_words(&typed).await;
            let list = match list {
                Some(list) => Ok(list),
                None => first_list().await,
            };
            let outcome = match list {
                Ok(list) => put(list, vec![line]).await,
                Err(problem) => Err(problem),
            };
            if let Err(problem) = outcome {
                toast(format!("{typed}: {}", refusals::words(&problem)));
            }
        });
    };
    rsx! {
        form { class: "shopping-own", onsubmit: add,
            div {
                TextField { label: t!("shopping-own"), value: words(), oninput: move |text| words.set(text) }
            }
            SubmitButton { {t!("shopping-own-add")} }
        }
    }
}

#[component]
fn List(list: ShoppingList) -> Element {
    let changes = use_topic(Topic::Shopping);
    let id = list.id;
    let items = use_resource(move || {
        changes();
        call(ReadShopping { list: id })
    });
    rsx! {
        OwnWords { list: Some(id) }
        {loaded(items, (SkeletonShape::Rows, 5), rsx! {}, |items| {
            let (ticked, open): (Vec<_>, Vec<_>) = items.iter().cloned().partition(|item| item.ticked);
            let aisles = Aisle::ALL.iter().map(|aisle| {
                let here = |item: &&ShoppingItem| item.what.aisle.unwrap_or(Aisle::Other) == *aisle;
                (*aisle, open.iter().filter(here).cloned().collect::<Vec<_>>())
            });
            let aisles: Vec<(Aisle, Vec<ShoppingItem>)> = aisles.filter(|(_, items)| !items.is_empty()).collect();
            let text = as_text(open.iter().map(|item| &item.what), lang());
            let bought = ticked.len();
            let done: Vec<Uuid> = ticked.iter().map(|item| item.id).collect();
            rsx! {
                p { class: "recipes-count", role: "status", {t!("shopping-left", left = open.len(), all = items.len())} }
                for (aisle , items) in aisles {
                    PageSection { key: "{aisle}", title: aisle.name(lang()), class: "aisle",
                        Items { items }
                    }
                }
                if !ticked.is_empty() {
                    PageSection { title: t!("shopping-basket"), class: "aisle basket",
                        Items { items: ticked }
                        div { class: "form-ways",
                        Button {
                            onclick: move |_| {
                                for item in &done {
                                    submit(ShoppingChange::RemoveItem { id: *item, list: id });
                                }
                            },
                            {t!("shopping-clear", count = bought)}
                        }
                        }
                    }
                }
                Ways { list: list.clone(), text }
            }
        })}
    }
}

#[component]
fn Items(items: Vec<ShoppingItem>) -> Element {
    rsx! {
        ul { class: "shopping",
            for item in items {
                li { key: "{item.id}", class: if item.ticked { "ticked" },
                    label {
                        input {
                            r#type: "checkbox",
                            checked: item.ticked,
                            onchange: move |event| submit(ShoppingChange::TickItem { id: item.id, list: item.list, on: event.checked() }),
                        }
                        span { class: "shopping-name", dir: "auto",
                            "{item.what.text}"
                            if !item.what.uses.is_empty() {
                                span { class: "soft", " {item.what.uses}" }
                            }
                        }
                    }
                    Amount { what: item.what.clone() }
                    IconButton {
                        icon: Icon::Close,
                        label: t!("shopping-remove", name = item.what.text.clone()),
                        onclick: move |_| submit(ShoppingChange::RemoveItem { id: item.id, list: item.list }),
                    }
                }
            }
        }
    }
}

#[component]
fn Amount(what: ShoppingLine) -> Element {
    let words = amount(&what, lang());
    rsx! {
        span { class: "shopping-amount",
            if what.about && !words.is_empty() {
                {t!("shopping-about", amount = words)}
            } else {
                "{words}"
            }
        }
    }
}

/// Who shares the list, and what else can be done with it.
#[component]
fn Ways(list: ShoppingList, text: String) -> Element {
    let me = use_me();
    let signed_in = me.read().as_ref().is_some_and(Option::is_some);
    let id = list.id;
    let mut sharing = use_signal(|| false);
    let mut naming = use_signal(|| false);
    let mut name = use_signal(String::new);
    let others = list.people.len() > 1;
    let begin = move |event: FormEvent| {
        event.prevent_default();
        submit(ShoppingChange::OpenList { id: new_id(), name: name.peek().trim().to_owned() });
        name.set(String::new());
        naming.set(false);
    };
    let people = list.people.clone();
    rsx! {
        if others {
            ul { class: "chips", "aria-label": t!("shopping-people"),
                for person in list.people.clone() {
                    li { key: "{person.id}", class: "chip", PersonLink { person: Some(person) } }
                }
            }
        }
        div { class: "form-ways",
            Button { icon: Icon::Users, onclick: move |_| sharing.set(true), {t!("shopping-share")} }
            Button {
                icon: Icon::Share,
                onclick: move |_| {
                    let text = text.clone();
                    async move {
                        if browser::share_text(&text).await == browser::Shared::Copied {
                            toast(t!("shopping-copied"));
                        }
                    }
                },
                {t!("shopping-send")}
            }
            Button { icon: Icon::Plus, onclick: move |_| naming.set(true), {t!("shopping-new")} }
            ConfirmButton {
                label: if others { t!("shopping-leave") } else { t!("shopping-delete") },
                question: t!("shopping-delete-question"),
                text: if others { t!("shopping-leave-text") } else { t!("shopping-delete-text") },
                onconfirm: move |()| submit(ShoppingChange::LeaveList { list: id }),
            }
        }
        Dialog { open: sharing, title: t!("shopping-share"), onclose: move |()| sharing.set(false),
            if signed_in {
                p { {t!("shopping-share-text")} }
                AddByHandle {
                    onadd: move |person: Person| {
                        if !people.iter().any(|known| known.id == person.id) {
                            submit(ShoppingChange::ShareList { list: id, person: person.id });
                        }
                        toast(t!("group-invited", name = person.name));
                        sharing.set(false);
                    },
                }
            } else {
                p { {t!("shopping-share-sign-in")} }
                SignInLink {}
            }
        }
        Dialog { open: naming, title: t!("shopping-new"), onclose: move |()| naming.set(false),
            form { class: "form", onsubmit: begin,
                div {
                    TextField { label: t!("shopping-name"), value: name(), oninput: move |text| name.set(text) }
                }
                div { class: "form-ways", SubmitButton { {t!("shopping-new")} } }
            }
        }
    }
}
