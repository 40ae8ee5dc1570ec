//! Where a message is written: words on several lines, a photo, a card.

use dioxus::prelude::*;
use hnh_domain::account::FavouriteKind;
use hnh_domain::board::Attachment;
use hnh_domain::calls::{ListFavourites, Type};
use hnh_domain::chat::ChatChange;
use uuid::Uuid;

use super::room::scroll_to_end;
use crate::browser;
use crate::changes::{new_id, submit};
use crate::core::call;
use crate::i18n::{said, t};
use crate::kit::{Button, ButtonKind, Dialog, Glyph, Icon, IconButton, Skeleton, SkeletonShape};
use crate::photos::PhotoButton;

/// Several lines of a message. Enter sends where there is a keyboard; on a phone its key begins a line, as a keyboard's does
/// with Shift.
#[component]
pub(super) fn MessageLines(value: String, oninput: EventHandler<String>, onsend: EventHandler<()>) -> Element {
    let pressed = move |event: KeyboardEvent| {
        let breaks = event.modifiers().shift() || event.is_composing() || browser::matches("(pointer: coarse)");
        if event.key() == Key::Enter && !breaks {
            event.prevent_default();
            onsend.call(());
        }
    };
    rsx! {
        div { class: "text-field message-lines", "data-text": "{value}\n",
            textarea {
                "aria-label": t!("chat-write"),
                placeholder: t!("chat-write"),
                rows: "1",
                value: "{value}",
                maxlength: "4000",
                autocomplete: "off",
                onkeydown: pressed,
                oninput: move |event| oninput.call(event.value()),
            }
        }
    }
}

/// The line to write on.
#[component]
pub(super) fn Compose(room: Uuid, answering: Signal<Option<(Uuid, String)>>) -> Element {
    let mut answering = answering;
    let mut text = use_signal(String::new);
    let mut choosing = use_signal(|| false);
    let mut say = move |words: String, photo: Option<Uuid>, card: Option<Attachment>| {
        let reply_to = answering.take().map(|(id, _)| id);
        submit(ChatChange::Send { id: new_id(), room, text: words, photo, card, reply_to });
        scroll_to_end();
    };
    let mut send = move || {
        let words = text.peek().trim().to_owned();
        if !words.is_empty() {
            say(words, None, None);
            text.set(String::new());
        }
    };
    let typed = move |words: String| {
        text.set(words);
        spawn(async move {
            // That somebody types is worth no message when it cannot be told.
            let _ = call(Type { room }).await;
        });
    };
    rsx! {
        form {
            class: "message-form compose",
            onsubmit: move |event| {
                event.prevent_default();
                send();
            },
            if let Some((_, words)) = answering() {
                p { class: "message-answers",
                    {t!("chat-replying", words = words)}
                    Button { kind: ButtonKind::Quiet, onclick: move |_| answering.set(None), {t!("chat-cancel")} }
                }
            }
            PhotoButton {
                label: t!("chat-photo"),
                quiet: true,
                onphotos: move |photos: Vec<Uuid>| photos.into_iter().for_each(|photo| say(String::new(), Some(photo), None)),
            }
            IconButton { icon: Icon::Heart, label: t!("chat-send-card"), onclick: move |_| choosing.set(true) }
            MessageLines { value: text(), oninput: typed, onsend: move |()| send() }
            button { class: "button button-primary", r#type: "submit", {t!("chat-send")} }
        }
        Dialog { open: choosing(), title: t!("chat-send-card"), onclose: move |()| choosing.set(false),
            Cards {
                onpick: move |card| {
                    choosing.set(false);
                    say(String::new(), None, Some(card));
                },
            }
        }
    }
}

/// The favourites, to send one.
#[component]
fn Cards(onpick: EventHandler<Attachment>) -> Element {
    let kept = use_resource(|| call(ListFavourites {}));
    let rows = match &*kept.read() {
        None => return rsx! { Skeleton { shape: SkeletonShape::Rows, count: 3 } },
        Some(Err(_)) => Vec::new(),
        Some(Ok(kept)) => {
            let places =
                kept.places.iter().map(|details| (FavouriteKind::Place, details.place.id, said(&details.place.name)));
            let recipes = kept.recipes.iter().map(|recipe| (FavouriteKind::Recipe, recipe.id, said(&recipe.title)));
            places.chain(recipes).collect()
        }
    };
    rsx! {
        if rows.is_empty() {
            p { class: "note", {t!("chat-no-cards")} }
        }
        ul { class: "posts",
            for (kind , id , name) in rows {
                li { key: "{id}",
                    button {
                        r#type: "button",
                        class: "button button-quiet card-choice",
                        onclick: move |_| onpick.call(Attachment { kind, id }),
                        Glyph { icon: if kind == FavouriteKind::Place { Icon::MapPin } else { Icon::ChefHat } }
                        bdi { "{name}" }
                    }
                }
            }
        }
    }
}
