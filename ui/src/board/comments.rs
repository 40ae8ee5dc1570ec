//! What was said about a post.

use dioxus::prelude::*;
use hnh_domain::account::Account;
use hnh_domain::board::{BoardChange, Comment, Reaction, Subject, SubjectKind};
use uuid::Uuid;

use super::Byline;
use super::reaction::ReactionButton;
use super::report::{Appeal, Report};
use crate::account::SignInLink;
use crate::changes::{make, new_id, submit};
use crate::i18n::t;
use crate::kit::{Button, ButtonKind, Chip, ChipKind, ConfirmButton, PageSection, SubmitButton, TextArea};
use crate::refusals;

/// The comments, answers below what they answer.
#[component]
pub(super) fn Comments(post: Uuid, comments: Vec<Comment>, me: Option<Account>) -> Element {
    let mut answered = use_signal(|| None::<Uuid>);
    let top: Vec<Comment> = comments.iter().filter(|comment| comment.parent.is_none()).cloned().collect();
    let below = |id: Uuid| comments.iter().filter(|comment| comment.parent == Some(id)).cloned().collect::<Vec<_>>();
    rsx! {
        PageSection { title: t!("post-comments", count = comments.len()),
            ul { class: "comments",
                for comment in top {
                    li { key: "{comment.id}",
                        CommentView { comment: comment.clone(), me: me.clone(), onanswer: move |id| answered.set(Some(id)) }
                        ul { class: "comments",
                            for answer in below(comment.id) {
                                li { key: "{answer.id}", CommentView { comment: answer, me: me.clone() } }
                            }
                        }
                        if answered() == Some(comment.id) {
                            CommentForm {
                                post,
                                parent: Some(comment.id),
                                label: t!("comment-answer-to", name = comment.author.as_ref().map_or_else(|| t!("person-gone"), |author| author.name.clone())),
                                ondone: move |()| answered.set(None),
                            }
                        }
                    }
                }
            }
            if me.is_some() {
                CommentForm { post, parent: None, label: t!("comment-write"), ondone: |()| {} }
            } else {
                div {
                    SignInLink { words: t!("comment-sign-in") }
                }
            }
        }
    }
}

#[component]
fn CommentView(
    comment: Comment,
    me: Option<Account>,
    #[props(default)] onanswer: Option<EventHandler<Uuid>>,
) -> Element {
    let id = comment.id;
    let subject = Subject { kind: SubjectKind::Comment, id };
    let mine = me.as_ref().is_some_and(|me| comment.author.as_ref().is_some_and(|author| author.id == me.id));
    let gone = comment.html.is_empty();
    let mut editing = use_signal(|| false);
    let like = Reaction::Like;
    rsx! {
        article { class: "comment",
            Byline { author: comment.author.clone(), at_ms: comment.created_ms, edited: comment.edited_ms.is_some() }
            if comment.hidden {
                Chip { text: t!("post-hidden"), kind: ChipKind::Tomato }
                if mine {
                    Appeal { subject }
                }
            }
            if editing() {
                CommentForm {
                    post: comment.post,
                    parent: comment.parent,
                    old: Some((id, comment.version, comment.text.clone())),
                    label: t!("comment-edit"),
                    ondone: move |()| editing.set(false),
                }
            } else if gone {
                p { class: "note", {t!("comment-deleted")} }
            } else {
                div { class: "prose", dir: "auto", dangerous_inner_html: "{comment.html}" }
            }
            if !gone && !editing() {
                div { class: "form-ways",
                    ReactionButton { subject, reaction: like, given: comment.reactions.clone(), signed_in: me.is_some() }
                    if let (Some(onanswer), true) = (onanswer, me.is_some()) {
                        Button { kind: ButtonKind::Quiet, onclick: move |_| onanswer.call(id), {t!("comment-answer")} }
                    }
                    if mine {
                        Button { kind: ButtonKind::Quiet, onclick: move |_| editing.set(true), {t!("post-edit")} }
                        ConfirmButton {
                            label: t!("post-delete"),
                            question: t!("comment-delete-ask"),
                            text: t!("comment-delete-text"),
                            onconfirm: move |()| submit(BoardChange::DeleteComment { id }),
                        }
                    } else if me.is_some() {
                        Report { subject }
                    }
                }
            }
        }
    }
}

/// Writes a comment, or rewrites an old one: its id, its version and its words. An answer and a rewrite take the focus.
#[component]
fn CommentForm(
    post: Uuid,
    parent: Option<Uuid>,
    label: String,
    #[props(default)] old: Option<(Uuid, i64, String)>,
    ondone: EventHandler<()>,
) -> Element {
    let mut text = use_signal(|| old.as_ref().map(|(_, _, words)| words.clone()).unwrap_or_default());
    let mut wrong = use_signal(|| None::<String>);
    let begins = parent.is_some() || old.is_some();
    let known = old.map(|(id, version, _)| (id, version));
    let send = move |event: FormEvent| {
        event.prevent_default();
        let words = text.peek().trim().to_owned();
        if words.is_empty() {
            return;
        }
        let (id, version) = known.unwrap_or_else(|| (new_id(), 0));
        spawn(async move {
            // What is refused stays in the field.
            match make(BoardChange::WriteComment { id, post, parent, text: words, version }).await {
                Ok(()) => {
                    text.set(String::new());
                    wrong.set(None);
                    ondone.call(());
                }
                Err(problem) => wrong.set(Some(refusals::words(&problem))),
            }
        });
    };
    rsx! {
        form { class: "form", onsubmit: send,
            div {
                TextArea {
                    label,
                    value: text(),
                    rows: 3,
                    focused: begins,
                    error: wrong(),
                    oninput: move |words| text.set(words),
                }
            }
            div { class: "form-ways",
                SubmitButton { if known.is_some() { {t!("form-save")} } else { {t!("comment-send")} } }
                if begins {
                    Button { kind: ButtonKind::Quiet, onclick: move |_| ondone.call(()), {t!("chat-cancel")} }
                }
            }
        }
    }
}
