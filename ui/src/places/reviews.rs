//! How a place was, in members' words: what was eaten, and whether an allergy or a diet was understood. No stars without words.

use dioxus::prelude::*;
use hnh_domain::account::Account;
use hnh_domain::board::{Subject, SubjectKind};
use hnh_domain::contributions::{ContributionChange, Review, Understood};
use hnh_domain::problem::Problem;
use uuid::Uuid;

use crate::account::{PersonLink, SignInLink, use_me};
use crate::board::Report;
use crate::changes::{make, new_id, submit};
use crate::format::ago;
use crate::i18n::{lang, t};
use crate::kit::{
    Button, ButtonKind, Chip, ChipKind, ConfirmButton, Icon, PageSection, Select, SubmitButton, TextArea, TextField,
    toast,
};
use crate::photos::Avatar;
use crate::refusals;

/// The reviews, and one's own to write.
#[component]
pub(super) fn Reviews(place: Uuid, reviews: Vec<Review>) -> Element {
    let me = use_me();
    let me: Option<Account> = me.read().clone().flatten();
    let mut writing = use_signal(|| false);
    let is_mine =
        |review: &Review| me.as_ref().is_some_and(|me| review.author.as_ref().is_some_and(|author| author.id == me.id));
    let own = reviews.iter().find(|review| is_mine(review)).cloned();
    rsx! {
        PageSection { title: t!("reviews-title", count = reviews.len()),
            if reviews.is_empty() {
                p { class: "note", {t!("reviews-none")} }
            }
            ul { class: "posts",
                for review in reviews.iter().cloned() {
                    li { key: "{review.id}", ReviewCard { mine: is_mine(&review), signed_in: me.is_some(), review } }
                }
            }
            if me.is_none() {
                div { SignInLink { words: t!("reviews-sign-in") } }
            } else if writing() {
                ReviewForm { place, old: own, ondone: move |()| writing.set(false) }
            } else {
                div { class: "form-ways",
                    Button { icon: Icon::Utensils, onclick: move |_| writing.set(true),
                        if own.is_some() { {t!("reviews-rewrite")} } else { {t!("reviews-write")} }
                    }
                }
            }
        }
    }
}

#[component]
fn ReviewCard(review: Review, mine: bool, signed_in: bool) -> Element {
    let id = review.id;
    rsx! {
        article { class: "card post-row",
            span { class: "byline",
                if let Some(author) = review.author.clone() {
                    Avatar { person: author }
                }
                PersonLink { person: review.author.clone() }
                span { {ago(review.at_ms)} }
            }
            span { class: "chips",
                Chip { text: review.eaten.clone(), icon: Icon::Utensils }
                if let Some(understood) = review.understood {
                    Chip { text: understood.name(lang()), kind: understood_kind(understood) }
                }
                if review.hidden {
                    Chip { text: t!("post-hidden"), kind: ChipKind::Tomato }
                }
            }
            p { class: "review-text", dir: "auto", "{review.text}" }
            div { class: "form-ways",
                if mine {
                    ConfirmButton {
                        label: t!("post-delete"),
                        question: t!("reviews-delete-ask"),
                        text: t!("reviews-delete-text"),
                        onconfirm: move |()| submit(ContributionChange::DeleteReview { id }),
                    }
                } else if signed_in {
                    Report { subject: Subject { kind: SubjectKind::Review, id } }
                }
            }
        }
    }
}

const fn understood_kind(understood: Understood) -> ChipKind {
    match understood {
        Understood::Yes => ChipKind::Leaf,
        Understood::Partly => ChipKind::Honey,
        Understood::No => ChipKind::Tomato,
    }
}

/// One's review; the words of the last stand there.
#[component]
fn ReviewForm(place: Uuid, old: Option<Review>, ondone: EventHandler<()>) -> Element {
    let first = old.clone();
    let mut eaten = use_signal(|| first.as_ref().map(|review| review.eaten.clone()).unwrap_or_default());
    let mut understood = use_signal(|| first.as_ref().and_then(|review| review.understood));
    let mut text = use_signal(|| first.as_ref().map(|review| review.text.clone()).unwrap_or_default());
    let mut problem = use_signal(|| None::<Problem>);
    let wrong = move |field: &str| {
        let problem = problem();
        problem?.errors.iter().find(|error| error.field == field).map(refusals::field)
    };
    let id = use_hook(|| old.map_or_else(new_id, |review| review.id));
    let send = move |event: FormEvent| {
        event.prevent_default();
        let (eaten, understood, text) = (eaten.peek().clone(), *understood.peek(), text.peek().clone());
        spawn(async move {
            match make(ContributionChange::WriteReview { id, place, eaten, understood, text }).await {
                Ok(()) => {
                    toast(t!("reviews-thanks"));
                    ondone.call(());
                }
                Err(refused) => problem.set(Some(refused)),
            }
        });
    };
    let none = (String::new(), t!("reviews-no-needs"));
    let options = std::iter::once(none)
        .chain(Understood::ALL.iter().map(|u| (u.code().to_owned(), u.name(lang()).to_owned())))
        .collect::<Vec<_>>();
    rsx! {
        form { class: "form report-form", onsubmit: send,
            div {
                TextField { label: t!("reviews-eaten"), value: eaten(), error: wrong("eaten"), oninput: move |words| eaten.set(words) }
            }
            Select {
                label: t!("reviews-understood"),
                value: understood().map(|u| u.code().to_owned()).unwrap_or_default(),
                options,
                onchange: move |code: String| understood.set(code.parse().ok()),
            }
            div {
                TextArea { label: t!("reviews-text"), value: text(), rows: 4, error: wrong("text"), oninput: move |words| text.set(words) }
            }
            div { class: "form-ways",
                SubmitButton { {t!("reviews-send")} }
                Button { kind: ButtonKind::Quiet, onclick: move |_| ondone.call(()), {t!("chat-cancel")} }
            }
        }
    }
}
