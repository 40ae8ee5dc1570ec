//! Choosing photos: from the camera or the files, with words for who cannot see them, in their order.

use dioxus::prelude::*;
use hnh_domain::board::{MAX_PHOTOS, PostPhoto};
use hnh_domain::calls::AddPhoto;
use uuid::Uuid;
use wasm_bindgen::prelude::*;

use super::OwnPhoto;
use crate::changes::new_id;
use crate::core::call;
use crate::i18n::t;
use crate::kit::{Glyph, Icon, IconButton, TextField, toast};
use crate::refusals;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = hnhPhotos)]
    async fn hnh_photos(input: &str, most: u32) -> Result<JsValue, JsValue>;
}

/// Takes the files of an input into the core, at most so many; says what was no picture.
async fn take(input: &str, most: usize) -> Vec<Uuid> {
    let told = hnh_photos(input, u32::try_from(most).unwrap_or(u32::MAX)).await.ok().and_then(|told| told.as_string());
    let photos: Vec<Option<String>> = told.and_then(|told| serde_json::from_str(&told).ok()).unwrap_or_default();
    let mut ids = Vec::new();
    for data in photos {
        let Some(data) = data else {
            toast(t!("photo-unreadable"));
            continue;
        };
        let id = new_id();
        match call(AddPhoto { id, data }).await {
            Ok(()) => ids.push(id),
            Err(problem) => toast(refusals::words(&problem)),
        }
    }
    ids
}

/// A button that opens the camera or the files.
#[component]
pub(crate) fn PhotoButton(
    label: String,
    /// How many can be chosen.
    #[props(default = 1)]
    most: usize,
    /// Whether only the icon is seen.
    #[props(default)]
    quiet: bool,
    onphotos: EventHandler<Vec<Uuid>>,
) -> Element {
    let id = use_hook(|| format!("photos-{}", dioxus::core::current_scope_id().0));
    let mut busy = use_signal(|| false);
    let input = id.clone();
    let chosen = move |_| {
        let input = input.clone();
        spawn(async move {
            busy.set(true);
            let photos = take(&input, most).await;
            busy.set(false);
            if !photos.is_empty() {
                onphotos.call(photos);
            }
        });
    };
    rsx! {
        label { class: if quiet { "icon-button photo-button" } else { "button photo-button" }, title: "{label}", "aria-busy": busy(),
            Glyph { icon: Icon::Camera }
            span { class: if quiet { "hidden" } else { "" }, "{label}" }
            input { id, class: "hidden", r#type: "file", accept: "image/*", multiple: most > 1, disabled: busy(), onchange: chosen }
        }
    }
}

/// The photos of a post: chosen, put in order, described, taken away.
#[component]
pub(crate) fn PhotoPicker(photos: Signal<Vec<PostPhoto>>, error: Option<String>) -> Element {
    let mut photos = photos;
    let count = photos.read().len();
    rsx! {
        div { role: "group", "aria-label": t!("photos"),
            span { class: "text-field-label", {t!("photos")} }
            if count > 0 {
                ol { class: "picked-photos",
                    for (i , photo) in photos().into_iter().enumerate() {
                        li { key: "{photo.id}", class: "card picked-photo",
                            OwnPhoto { id: photo.id, alt: photo.alt.clone(), width: 320 }
                            div {
                                TextField {
                                    label: t!("photo-alt", number = i + 1),
                                    value: photo.alt.clone(),
                                    oninput: move |alt| photos.write()[i].alt = alt,
                                }
                            }
                            div { class: "picked-ways",
                                IconButton { icon: Icon::ArrowLeft, label: t!("photo-earlier", number = i + 1), disabled: i == 0, onclick: move |_| photos.write().swap(i, i - 1) }
                                IconButton { icon: Icon::ArrowRight, label: t!("photo-later", number = i + 1), disabled: i + 1 == count, onclick: move |_| photos.write().swap(i, i + 1) }
                                IconButton { icon: Icon::Close, label: t!("photo-remove", number = i + 1), onclick: move |_| { photos.write().remove(i); } }
                            }
                        }
                    }
                }
            }
            if let Some(error) = error {
                p { class: "field-note field-wrong", Glyph { icon: Icon::CircleAlert, size: 15 } "{error}" }
            }
            if count < MAX_PHOTOS {
                PhotoButton {
                    label: t!("photo-add"),
                    most: MAX_PHOTOS - count,
                    onphotos: move |added: Vec<Uuid>| {
                        photos.write().extend(added.into_iter().map(|id| PostPhoto { id, alt: String::new() }));
                    },
                }
            }
        }
    }
}
