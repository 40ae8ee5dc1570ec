//! Short messages that come and go by themselves.

use dioxus::prelude::*;

use crate::browser::sleep;

/// How long a message stays, in milliseconds: long enough to read two lines.
const STAYS: u32 = 4_000;

static SHOWN: GlobalSignal<Vec<(u32, String)>> = Signal::global(Vec::new);
static LAST: GlobalSignal<u32> = Signal::global(|| 0);

/// Shows a message for a moment. Nothing that must be read belongs here.
pub(crate) fn toast(text: String) {
    *LAST.write() += 1;
    let id = *LAST.peek();
    SHOWN.write().push((id, text));
    dioxus::core::spawn_forever(async move {
        sleep(STAYS).await;
        SHOWN.write().retain(|(shown, _)| *shown != id);
    });
}

/// Where messages appear; once, in the shell.
#[component]
pub(crate) fn Toasts() -> Element {
    rsx! {
        div { class: "toasts", role: "status", "aria-live": "polite",
            for (id , text) in SHOWN() {
                p { key: "{id}", class: "toast", "{text}" }
            }
        }
    }
}
