//! Photos: shown, looked at large, chosen from the device.

mod picker;

pub(crate) use picker::{PhotoButton, PhotoPicker};

use dioxus::prelude::*;
use hnh_domain::account::Person;
use hnh_domain::board::PostPhoto;
use hnh_domain::calls::GetPhoto;
use hnh_domain::topic::Topic;
use uuid::Uuid;

use crate::core::{call, use_topic};
use crate::i18n::t;
use crate::kit::Dialog;

/// Where a photo is, at least so many pixels wide; the largest kept is 1,600.
fn address(id: Uuid, width: u32) -> String {
    format!("/api/v1/photos/{id}?width={width}")
}

/// A photo of the server's.
#[component]
pub(crate) fn Photo(id: Uuid, alt: String, width: u32) -> Element {
    rsx! {
        img { class: "photo", src: address(id, width), alt, loading: "lazy", decoding: "async" }
    }
}

/// A photo that may still be on its way to the server: then it comes from the device.
#[component]
pub(crate) fn OwnPhoto(id: Uuid, alt: String, width: u32) -> Element {
    let sent = use_topic(Topic::Photos);
    let waiting = use_resource(use_reactive!(|id| async move {
        sent();
        call(GetPhoto { id }).await.ok().flatten()
    }));
    match &*waiting.read() {
        None => rsx! {},
        Some(None) => rsx! { Photo { id, alt, width } },
        Some(Some(data)) => rsx! { img { class: "photo", src: "data:image/jpeg;base64,{data}", alt } },
    }
}

/// Photos in a row of tiles; a press shows one large.
#[component]
pub(crate) fn Gallery(photos: Vec<PostPhoto>) -> Element {
    let mut large = use_signal(|| None::<usize>);
    let count = photos.len();
    let shown = large().and_then(|i| photos.get(i).cloned());
    let alt = |photo: &PostPhoto, i: usize| {
        if photo.alt.is_empty() { t!("photo-of", number = i + 1, count = count) } else { photo.alt.clone() }
    };
    rsx! {
        ul { class: if count == 1 { "gallery gallery-one" } else { "gallery" },
            for (i , photo) in photos.iter().enumerate() {
                li { key: "{photo.id}",
                    button { r#type: "button", class: "gallery-photo", "aria-label": t!("photo-large", alt = alt(photo, i)), onclick: move |_| large.set(Some(i)),
                        Photo { id: photo.id, alt: alt(photo, i), width: if count == 1 { 1600 } else { 800 } }
                    }
                }
            }
        }
        Dialog { open: large().is_some(), title: shown.as_ref().map(|photo| alt(photo, large().unwrap_or(0))).unwrap_or_default(), onclose: move |()| large.set(None),
            if let Some(photo) = shown {
                Photo { id: photo.id, alt: photo.alt.clone(), width: 1600 }
            }
        }
    }
}

/// Somebody's picture, or the first letter of their name; beside the name it says nothing more.
#[component]
pub(crate) fn Avatar(person: Person) -> Element {
    let letter = person.name.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    rsx! {
        span { class: "avatar", "aria-hidden": "true",
            match person.picture {
                Some(id) => rsx! { Photo { id, alt: String::new(), width: 320 } },
                None => rsx! { "{letter}" },
            }
        }
    }
}
