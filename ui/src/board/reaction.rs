//! Quick answers to a post or a comment.

use dioxus::prelude::*;
use hnh_domain::board::{BoardChange, Reaction, ReactionCount, Subject};

use crate::account::sign_in_to_go_on;
use crate::changes::submit;
use crate::i18n::lang;
use crate::kit::Button;

/// One kind of them: how many gave it, and whether one did.
#[component]
pub(super) fn ReactionButton(
    subject: Subject,
    reaction: Reaction,
    given: Vec<ReactionCount>,
    signed_in: bool,
) -> Element {
    let navigator = use_navigator();
    let count = given.iter().find(|known| known.reaction == reaction);
    let (on, count) = (count.is_some_and(|known| known.mine), count.map_or(0, |known| known.count));
    rsx! {
        Button {
            "aria-pressed": on,
            class: if on { "button reaction-on" } else { "button" },
            onclick: move |_| {
                if signed_in {
                    submit(BoardChange::React { to: subject, reaction, on: !on });
                } else {
                    sign_in_to_go_on(navigator);
                }
            },
            {reaction.name(lang())}
            if count > 0 {
                span { class: "count", "{count}" }
            }
        }
    }
}
