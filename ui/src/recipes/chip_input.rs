//! The search field for several keywords, which must all match: Enter adds one, Backspace takes the
//! last away.

use dioxus::prelude::*;

use crate::i18n::t;
use crate::kit::{Chip, ChipKind, Glyph, Icon};

/// A field whose words become chips.
#[component]
pub(super) fn ChipInput(chips: Vec<String>, onchange: EventHandler<Vec<String>>) -> Element {
    let mut typed = use_signal(String::new);
    let add = {
        let chips = chips.clone();
        move || {
            let mut chips = chips.clone();
            // A comma separates keywords on the wire, so it does here.
            let text = typed.take();
            let words = text.split([',', '，', '、']).map(str::trim).filter(|word| !word.is_empty());
            let before = chips.len();
            for word in words {
                if !chips.iter().any(|chip| chip == word) {
                    chips.push(word.to_owned());
                }
            }
            if chips.len() != before {
                onchange.call(chips);
            }
        }
    };
    let without = {
        let chips = chips.clone();
        move |i: usize| {
            let mut chips = chips.clone();
            chips.remove(i);
            onchange.call(chips);
        }
    };
    let on_key = {
        let add = add.clone();
        let without = without.clone();
        let count = chips.len();
        move |event: KeyboardEvent| {
            // Enter that ends the composition of a Korean syllable is not yet Enter.
            if event.is_composing() {
                return;
            }
            match event.key() {
                Key::Enter => {
                    event.prevent_default();
                    add.clone()();
                }
                Key::Character(c) if c == "," => {
                    event.prevent_default();
                    add.clone()();
                }
                Key::Backspace if typed.peek().is_empty() && count > 0 => without(count - 1),
                _ => {}
            }
        }
    };
    rsx! {
        div { class: "search-field chip-input", role: "search",
            Glyph { icon: Icon::Search, size: 20 }
            for (i , chip) in chips.iter().cloned().enumerate() {
                Chip {
                    key: "{chip}",
                    text: chip,
                    kind: ChipKind::Leaf,
                    onremove: {
                        let without = without.clone();
                        move |()| without(i)
                    },
                }
            }
            input {
                r#type: "text",
                "data-search": "true",
                "aria-label": t!("recipes-search"),
                placeholder: if chips.is_empty() { t!("recipes-search-hint") } else { t!("recipes-search-more") },
                autocomplete: "off",
                autocapitalize: "off",
                enterkeyhint: "search",
                value: "{typed}",
                oninput: move |event| typed.set(event.value()),
                onkeydown: on_key,
                onblur: {
                    let mut add = add;
                    move |_| add()
                },
            }
        }
    }
}
