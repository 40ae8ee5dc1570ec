//! A post with what was said about it.

use dioxus::prelude::*;
use hnh_domain::account::Account;
use hnh_domain::board::{BoardChange, Post, PostDetails, PostQuery, Reaction, Subject, SubjectKind};
use hnh_domain::calls::GetPost;
use hnh_domain::topic::Topic;
use uuid::Uuid;

use super::comments::Comments;
use super::history::History;
use super::reaction::ReactionButton;
use super::report::{Appeal, Report};
use super::seats::Seats;
use super::{Byline, tagged};
use crate::account::use_me;
use crate::browser::{self, Shared};
use crate::changes::submit;
use crate::chat::CardLink;
use crate::core::{call, use_topic};
use crate::i18n::{lang, t};
use crate::kit::{
    Button, ButtonKind, Chip, ChipKind, ConfirmButton, Icon, LinkButton, Page, SkeletonShape, loaded_page, toast,
};
use crate::photos::Gallery;
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
            if post.hidden && mine {
                Appeal { subject: Subject { kind: SubjectKind::Post, id: post.id } }
            }
            if let (Some(draft), Some(state)) = (post.draft.gathering.clone(), post.gathering.clone()) {
                Seats { post: post.id, host: post.author.clone(), draft, state, hosting: mine, me: me.as_ref().map(|me| me.id) }
            }
            // The server made it safe: no scripts, no pictures from elsewhere, no foreign styles.
            div { class: "prose", dir: "auto", dangerous_inner_html: "{post.html}" }
            if !post.draft.photos.is_empty() {
                Gallery { photos: post.draft.photos.clone() }
            }
            if let Some(card) = post.draft.attached {
                div { CardLink { card } }
            }
            if !post.draft.tags.is_empty() {
                ul { class: "chips",
                    for tag in post.draft.tags.iter() {
                        li { key: "{tag}", Link { class: "chip", to: tagged(tag).address(), "#{tag}" } }
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
                ReactionButton { key: "{reaction}", subject, reaction, given: post.reactions.clone(), signed_in }
            }
            Button { kind: ButtonKind::Quiet, icon: Icon::Share, onclick: tell, {t!("post-tell")} }
            if post.edited_ms.is_some() {
                History { post: id }
            }
            if mine {
                LinkButton { kind: ButtonKind::Quiet, to: Route::EditPage { id }, {t!("post-edit")} }
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
