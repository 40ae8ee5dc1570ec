//! A post with what was said about it.

use dioxus::prelude::*;
use hnh_domain::account::{Account, FavouriteKind};
use hnh_domain::board::{BoardChange, Comment, Post, PostDetails, PostQuery, Reaction, Subject, SubjectKind};
use hnh_domain::calls::GetPost;
use hnh_domain::topic::Topic;
use uuid::Uuid;

use super::Byline;
use super::seats::Seats;
use crate::account::use_me;
use crate::browser::{self, Shared};
use crate::changes::{new_id, submit};
use crate::core::{call, use_topic};
use crate::i18n::{lang, t};
use crate::kit::{
    Button, ButtonKind, Chip, ChipKind, ConfirmButton, Icon, LinkButton, Page, PageSection, SkeletonShape,
    SubmitButton, TextArea, loaded_page, toast,
};
use crate::routes::{InUrl, Route};

/// A post.
#[component]
pub(crate) fn PostPage(id: ReadSignal<Uuid>) -> Element {
    let changes = use_topic(Topic::Board);
    let found = use_resource(move || {
        changes();
        call(GetPost { id: id() })
    });
    let me = use_me();
    let me = me.read().clone().flatten();
    loaded_page(found, (SkeletonShape::Details, 1), t!("board-title"), rsx! {}, |details| {
        rsx! { Details { details: details.clone(), me } }
    })
}

#[component]
fn Details(details: PostDetails, me: Option<Account>) -> Element {
    let PostDetails { post, comments } = details;
    let mine = me.as_ref().is_some_and(|me| post.author.as_ref().is_some_and(|author| author.id == me.id));
    let board = Route::BoardPage { query: InUrl(PostQuery { board: Some(post.board), ..PostQuery::default() }) };
    rsx! {
        Page { title: post.draft.title.clone(), class: "page-narrow",
            div { class: "post-facts",
                LinkButton { kind: ButtonKind::Quiet, to: board, icon: Icon::ArrowLeft, {post.board.name(lang())} }
                Byline { author: post.author.clone(), at_ms: post.created_ms, edited: post.edited_ms.is_some() }
                if post.hidden {
                    Chip { text: t!("post-hidden"), kind: ChipKind::Tomato }
                }
            }
            if let (Some(draft), Some(state)) = (post.draft.gathering.clone(), post.gathering.clone()) {
                Seats { post: post.id, draft, state, hosting: mine, signed_in: me.is_some() }
            }
            // The server made it safe: no scripts, no pictures from elsewhere, no foreign styles.
            div { class: "prose", dir: "auto", dangerous_inner_html: "{post.html}" }
            if let Some(attached) = post.draft.attached {
                div {
                    match attached.kind {
                        FavouriteKind::Place => rsx! {
                            LinkButton { to: Route::PlacePage { id: attached.id }, icon: Icon::MapPin, {t!("post-place")} }
                        },
                        FavouriteKind::Recipe => rsx! {
                            LinkButton { to: Route::recipe(attached.id), icon: Icon::ChefHat, {t!("post-recipe")} }
                        },
                    }
                }
            }
            if !post.draft.tags.is_empty() {
                ul { class: "chips",
                    for tag in post.draft.tags.iter() {
                        li { key: "{tag}", Chip { text: format!("#{tag}") } }
                    }
                }
            }
            Ways { post: post.clone(), mine, signed_in: me.is_some() }
            Comments { post: post.id, comments, me }
        }
    }
}

/// Reactions, sharing, deleting, reporting.
#[component]
fn Ways(post: Post, mine: bool, signed_in: bool) -> Element {
    let navigator = use_navigator();
    let (id, board, title) = (post.id, post.board, post.draft.title.clone());
    let subject = Subject { kind: SubjectKind::Post, id };
    let tell = move |_| {
        let title = title.clone();
        spawn(async move {
            if browser::share(&title).await == Shared::Copied {
                toast(t!("share-copied"));
            }
        });
    };
    rsx! {
        div { class: "form-ways",
            for reaction in Reaction::ALL.iter().copied() {
                ReactionButton { key: "{reaction}", subject, reaction, given: post.reactions.clone() }
            }
            Button { kind: ButtonKind::Quiet, icon: Icon::Share, onclick: tell, {t!("post-tell")} }
            if mine {
                ConfirmButton {
                    label: t!("post-delete"),
                    question: t!("post-delete-ask"),
                    text: if post.draft.gathering.is_some() { t!("post-delete-meal") } else { t!("post-delete-text") },
                    onconfirm: move |()| {
                        submit(BoardChange::DeletePost { id });
                        let query = PostQuery { board: Some(board), ..PostQuery::default() };
                        navigator.replace(Route::BoardPage { query: InUrl(query) }.address());
                        toast(t!("post-deleted"));
                    },
                }
            } else if signed_in {
                Report { subject }
            }
        }
    }
}

#[component]
fn ReactionButton(subject: Subject, reaction: Reaction, given: Vec<hnh_domain::board::ReactionCount>) -> Element {
    let count = given.iter().find(|known| known.reaction == reaction);
    let (on, count) = (count.is_some_and(|known| known.mine), count.map_or(0, |known| known.count));
    rsx! {
        Button {
            "aria-pressed": on,
            class: if on { "button reaction-on" } else { "button" },
            onclick: move |_| submit(BoardChange::React { to: subject, reaction, on: !on }),
            {reaction.name(lang())}
            if count > 0 {
                span { class: "count", "{count}" }
            }
        }
    }
}

/// Tells the moderators, with a reason.
#[component]
fn Report(subject: Subject) -> Element {
    let mut open = use_signal(|| false);
    let mut reason = use_signal(String::new);
    rsx! {
        Button { kind: ButtonKind::Quiet, icon: Icon::Warning, onclick: move |_| open.toggle(), {t!("post-report")} }
        if open() {
            form {
                class: "form",
                onsubmit: move |event: FormEvent| {
                    event.prevent_default();
                    submit(BoardChange::Report { subject, reason: reason.peek().clone() });
                    open.set(false);
                    toast(t!("post-reported"));
                },
                div {
                    TextArea { label: t!("post-report-why"), value: reason(), rows: 2, oninput: move |text| reason.set(text) }
                }
                div { class: "form-ways", SubmitButton { {t!("post-report")} } }
            }
        }
    }
}

#[component]
fn Comments(post: Uuid, comments: Vec<Comment>, me: Option<Account>) -> Element {
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
                            CommentForm { post, parent: Some(comment.id), ondone: move |()| answered.set(None) }
                        }
                    }
                }
            }
            if me.is_some() {
                CommentForm { post, parent: None, ondone: |()| {} }
            } else {
                div {
                    LinkButton { to: Route::AccountPage {}, icon: Icon::User, {t!("comment-sign-in")} }
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
    let mine = me.as_ref().is_some_and(|me| comment.author.as_ref().is_some_and(|author| author.id == me.id));
    rsx! {
        article { class: "comment",
            Byline { author: comment.author.clone(), at_ms: comment.created_ms, edited: comment.edited_ms.is_some() }
            if comment.html.is_empty() {
                p { class: "note", {t!("comment-deleted")} }
            } else {
                div { class: "prose", dir: "auto", dangerous_inner_html: "{comment.html}" }
            }
            div { class: "form-ways",
                if let (Some(onanswer), true) = (onanswer, me.is_some()) {
                    Button { kind: ButtonKind::Quiet, onclick: move |_| onanswer.call(id), {t!("comment-answer")} }
                }
                if mine {
                    ConfirmButton {
                        label: t!("post-delete"),
                        question: t!("comment-delete-ask"),
                        text: t!("comment-delete-text"),
                        onconfirm: move |()| submit(BoardChange::DeleteComment { id }),
                    }
                }
            }
        }
    }
}

#[component]
fn CommentForm(post: Uuid, parent: Option<Uuid>, ondone: EventHandler<()>) -> Element {
    let mut text = use_signal(String::new);
    let send = move |event: FormEvent| {
        event.prevent_default();
        let words = text.peek().trim().to_owned();
        if !words.is_empty() {
            submit(BoardChange::WriteComment { id: new_id(), post, parent, text: words, version: 0 });
            text.set(String::new());
            ondone.call(());
        }
    };
    rsx! {
        form { class: "form", onsubmit: send,
            div {
                TextArea { label: t!("comment-write"), value: text(), rows: 3, oninput: move |words| text.set(words) }
            }
            div { class: "form-ways", SubmitButton { {t!("comment-send")} } }
        }
    }
}
