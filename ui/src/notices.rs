//! What happened to oneself: one list of mentions, answers, seats and reminders, and a mark for those not seen.

use dioxus::prelude::*;
use hnh_domain::board::BoardChange;
use hnh_domain::calls::ListNotices;
use hnh_domain::feeds::Notice;
use hnh_domain::topic::Topic;

use crate::account::{SignInLink, use_me};
use crate::changes::submit;
use crate::core::{call, use_topic};
use crate::format::ago;
use crate::i18n::{lang, t};
use crate::kit::{EmptyState, Icon, Page, SkeletonShape, Waiting};

/// The notices, the newest first; again whenever there are others.
fn use_notices() -> Resource<Vec<Notice>> {
    let changes = use_topic(Topic::Notices);
    let account = use_topic(Topic::Account);
    use_resource(move || {
        changes();
        account();
        async { call(ListNotices {}).await.unwrap_or_default() }
    })
}

static UNSEEN: GlobalSignal<usize> = Signal::global(|| 0);

/// How many were not seen.
pub(crate) fn unseen() -> usize {
    UNSEEN()
}

/// Keeps that number up to date; once, in the shell.
pub(crate) fn use_unseen() {
    let notices = use_notices();
    use_effect(move || {
        let count = notices.read().iter().flatten().filter(|notice| !notice.seen).count();
        if *UNSEEN.peek() != count {
            *UNSEEN.write() = count;
        }
    });
}

/// The list; who looks at it has seen them.
#[component]
pub(crate) fn NoticesPage() -> Element {
    let me = use_me();
    let notices = use_notices();
    // What was new when the page was opened stays marked while it is looked at.
    let mut fresh = use_signal(Vec::new);
    use_effect(move || {
        let notices = notices.read();
        let unseen: Vec<&Notice> = notices.iter().flatten().filter(|notice| !notice.seen).collect();
        if let Some(newest) = unseen.iter().map(|notice| notice.at_ms).max() {
            fresh.write().extend(unseen.iter().map(|notice| notice.id));
            submit(BoardChange::SeeNotices { up_to_ms: newest });
        }
    });
    let signed_in = me.read().as_ref().map(Option::is_some);
    rsx! {
        match (signed_in, &*notices.read()) {
            (None, _) | (_, None) => rsx! { Waiting { shape: SkeletonShape::Rows } },
            (Some(false), _) => rsx! {
                Page { title: t!("nav-notices"), class: "page-narrow", back: "/",
                    EmptyState { icon: Icon::Bell, title: t!("notices-sign-in"), text: t!("notices-text"), SignInLink {} }
                }
            },
            (Some(true), Some(all)) if all.is_empty() => rsx! {
                Page { title: t!("nav-notices"), class: "page-narrow", back: "/",
                    EmptyState { icon: Icon::Bell, title: t!("notices-none"), text: t!("notices-text") }
                }
            },
            (Some(true), Some(all)) => rsx! {
                Page { title: t!("nav-notices"), class: "page-narrow", back: "/",
                    ul { class: "posts",
                        for notice in all.iter().cloned() {
                            li { key: "{notice.id}", NoticeRow { fresh: fresh.read().contains(&notice.id), notice } }
                        }
                    }
                }
            },
        }
    }
}

#[component]
fn NoticeRow(notice: Notice, fresh: bool) -> Element {
    rsx! {
        article { class: if fresh { "card post-row notice-fresh" } else { "card post-row" },
            Link { class: "post-link", to: notice.page(), bdi { {notice.headline(lang())} } }
            if !notice.words.is_empty() {
                p { class: "post-excerpt", dir: "auto", "{notice.words}" }
            }
            span { class: "post-facts",
                if fresh {
                    b { {t!("notices-new")} }
                }
                span { {ago(notice.at_ms)} }
            }
        }
    }
}
