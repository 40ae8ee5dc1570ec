//! One of a few, all in sight.

use dioxus::prelude::*;

use super::{Glyph, Icon};

/// One choice.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Segment {
    /// What it says.
    pub(crate) name: String,
    /// What it shows before the words.
    pub(crate) icon: Option<Icon>,
}

impl Segment {
    /// A choice in words.
    pub(crate) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), icon: None }
    }

    /// The same with an icon.
    pub(crate) fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }
}

/// Radio buttons as one control; arrow keys move between them, as in every radio group.
#[component]
pub(crate) fn Segmented(
    label: String,
    segments: Vec<Segment>,
    chosen: usize,
    onchoose: EventHandler<usize>,
) -> Element {
    let group = use_signal(|| format!("segments-{}", dioxus::core::current_scope_id().0));
    rsx! {
        div { class: "segmented", role: "radiogroup", "aria-label": "{label}",
            for (i , segment) in segments.into_iter().enumerate() {
                label { key: "{i}", class: "segment",
                    input {
                        r#type: "radio",
                        name: "{group}",
                        checked: i == chosen,
                        onchange: move |_| onchoose.call(i),
                    }
                    if let Some(icon) = segment.icon {
                        Glyph { icon, size: 18 }
                    }
                    span { "{segment.name}" }
                }
            }
        }
    }
}
