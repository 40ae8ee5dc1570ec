//! The foods chosen to be compared, at the foot of the list.

use dioxus::prelude::*;
use hnh_domain::codes::List;
use hnh_domain::text::Text;
use uuid::Uuid;

use crate::i18n::{said, t};
use crate::kit::{Button, ButtonKind, Chip, Glyph, Icon, LinkButton};
use crate::routes::{Comparison, InUrl, Route};

/// As many columns as can be read at once.
pub(super) const MOST: usize = 4;

/// The chosen foods.
static CHOSEN: GlobalSignal<Vec<(Uuid, Text)>> = Signal::global(Vec::new);

/// Chooses a food, or no longer.
fn toggle(id: Uuid, name: Text) {
    let mut chosen = CHOSEN.write();
    match chosen.iter().position(|(known, _)| *known == id) {
        Some(at) => drop(chosen.remove(at)),
        None if chosen.len() < MOST => chosen.push((id, name)),
        None => {}
    }
}

/// Chooses a food or lets it go; off when there is no room.
#[component]
pub(super) fn CompareToggle(id: Uuid, name: Text, #[props(default)] wide: bool) -> Element {
    let chosen = CHOSEN.read().iter().any(|(known, _)| *known == id);
    let full = !chosen && CHOSEN.read().len() >= MOST;
    let label = t!("compare-label", name = said(&name));
    rsx! {
        button {
            r#type: "button",
            class: if wide { "button compare-toggle" } else { "icon-button compare-toggle" },
            "aria-pressed": "{chosen}",
            "aria-label": "{label}",
            title: if full { t!("compare-full", most = MOST) } else { label.clone() },
            disabled: full,
            onclick: move |_| toggle(id, name.clone()),
            Glyph { icon: if chosen { Icon::Check } else { Icon::Scale } }
            if wide {
                if chosen { {t!("compare-chosen")} } else { {t!("compare-add")} }
            }
        }
    }
}

/// What is chosen, and the way to the comparison.
#[component]
pub(super) fn CompareTray() -> Element {
    let chosen = CHOSEN();
    if chosen.is_empty() {
        return rsx! {};
    }
    let ids = List(chosen.iter().map(|(id, _)| *id).collect());
    let to = Route::ComparePage { chosen: InUrl(Comparison { ids, portion: false }) };
    rsx! {
        aside { class: "compare-tray", "aria-label": t!("compare-title"),
            ul { class: "chips",
                for (id , name) in chosen.iter().cloned() {
                    li { key: "{id}",
                        Chip {
                            text: said(&name),
                            kind: crate::kit::ChipKind::Leaf,
                            onremove: move |()| toggle(id, name.clone()),
                        }
                    }
                }
            }
            if chosen.len() < 2 {
                p { class: "soft", {t!("compare-one-more")} }
                Button { kind: ButtonKind::Quiet, onclick: move |_| CHOSEN.write().clear(), {t!("clear")} }
            } else {
                LinkButton { kind: ButtonKind::Primary, icon: Icon::Scale, to, {t!("compare-go", count = chosen.len())} }
            }
        }
    }
}
