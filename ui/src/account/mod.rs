//! One's account: the ways in and out, and what waits to be sent.

mod blocked;
mod forms;
mod mail_pages;
mod pending;
mod person;
mod profile;
mod security;
mod sign_in_link;

pub(crate) use mail_pages::{Mailed, ResetPage, VerifyPage};
pub(crate) use pending::SyncMark;
pub(crate) use person::{PersonLink, PersonPage};
pub(crate) use sign_in_link::{SignInLink, sign_in_to_go_on};

use dioxus::prelude::*;
use hnh_domain::account::Account;
use hnh_domain::calls::{GetAccount, GetSync, SignOut};
use hnh_domain::problem::ProblemCode;
use hnh_domain::topic::Topic;

use crate::browser;
use crate::core::{call, use_topic};
use crate::i18n::t;
use crate::kit::{
    Button, ButtonKind, ErrorState, Icon, LinkButton, Page, PageSection, Segment, Segmented, Skeleton, SkeletonShape,
    toast,
};
use crate::notifications;
use crate::routes::{InUrl, Route};
use blocked::BlockedSection;
use forms::{EnterForm, JoinForm};
use pending::PendingList;
use profile::ProfileSection;
use security::{CloseSection, PasswordSection, SessionsSection, Unproven};
use sign_in_link::use_way_back;

/// Who is signed in, again whenever that changes; nothing while it is not known.
pub(crate) fn use_me() -> Resource<Option<Account>> {
    let changes = use_topic(Topic::Account);
    use_resource(move || {
        changes();
        async { call(GetAccount {}).await.ok().flatten() }
    })
}

/// Signing in, or what is one's own.
#[component]
pub(crate) fn AccountPage() -> Element {
    let me = use_me();
    use_way_back(use_memo(move || matches!(&*me.read(), Some(Some(_)))).into());
    rsx! {
        match &*me.read() {
            None => rsx! {
                Page { title: t!("nav-account"), class: "page-narrow",
                    Skeleton { shape: SkeletonShape::Rows, count: 3 }
                }
            },
            Some(None) => rsx! { Entrance {} },
            Some(Some(account)) => rsx! { Own { account: account.clone() } },
        }
    }
}

#[component]
fn Entrance() -> Element {
    let mut joining = use_signal(|| false);
    if !browser::is_secure() {
        return rsx! {
            Page { title: t!("account-title"), class: "page-narrow",
                p { {t!("missing-secure-account")} }
            }
        };
    }
    rsx! {
        Page { title: if joining() { t!("account-join") } else { t!("account-title") }, class: "page-narrow", back: "/",
            p { class: "note", {t!("account-why")} }
            div {
                Segmented {
                    label: t!("account-title"),
                    segments: vec![Segment::new(t!("account-enter")), Segment::new(t!("account-join"))],
                    chosen: usize::from(joining()),
                    onchoose: move |chosen| joining.set(chosen == 1),
                }
            }
            if joining() {
                JoinForm {}
            } else {
                EnterForm {}
                p { Link { to: Route::ResetPage { mailed: InUrl::default() }.address(), {t!("reset-link")} } }
            }
        }
    }
}

#[component]
fn Own(account: Account) -> Element {
    let mut problem = use_signal(|| None);
    let changes = use_topic(Topic::Sync);
    let state = use_resource(move || {
        changes();
        call(GetSync {})
    });
    let (session_over, unsent) = match &*state.read() {
        Some(Ok(state)) => (state.session_over, state.waiting + state.blocked),
        _ => (false, 0),
    };
    // Which way out would lose what is not sent; the person is asked before.
    let mut losing = use_signal(|| None::<bool>);
    let leave = move |everywhere: bool, discard: bool| {
        spawn(async move {
            match call(SignOut { everywhere, discard }).await {
                Ok(()) => {
                    notifications::unsubscribe().await;
                    toast(t!("account-left"));
                }
                Err(refused) if refused.code == ProblemCode::ChangesWaiting => losing.set(Some(everywhere)),
                Err(refused) => problem.set(Some(refused)),
            }
        });
    };
    rsx! {
        Page { title: t!("account-hello", name = account.name.clone()), tab: t!("nav-account"), class: "page-narrow", back: "/",
            p { class: "note",
                "@{account.handle} · {account.email}"
            }
            Unproven { account: account.clone() }
            if session_over {
                PageSection { title: t!("session-over-title"),
                    p { {t!("session-over-text")} }
                    EnterForm {}
                }
            }
            PendingList {}
            if account.role.moderates() {
                div {
                    LinkButton { to: Route::ModerationPage {}, icon: Icon::Warning, {t!("moderation-title")} }
                }
            }
            // Without a session none of it can be changed.
            if !session_over {
                ProfileSection { account: account.clone() }
                BlockedSection {}
                PasswordSection {}
                SessionsSection {}
            }
            PageSection { title: t!("account-leave-title"),
                p { {t!("account-leave-text")} }
                if unsent > 0 {
                    p { class: "note", {t!("account-leave-waiting", count = unsent)} }
                }
                if let Some(problem) = problem() {
                    ErrorState { problem }
                }
                if let Some(everywhere) = losing() {
                    div { class: "form-ways", role: "alert",
                        p { class: "field-wrong", {t!("account-leave-losing")} }
                        Button { onclick: move |_| leave(everywhere, true), {t!("account-leave-anyway")} }
                        Button { kind: ButtonKind::Quiet, onclick: move |_| losing.set(None), {t!("account-stay")} }
                    }
                }
                div { class: "form-ways",
                    Button { icon: Icon::ArrowLeft, onclick: move |_| leave(false, false), {t!("account-leave")} }
                    Button { onclick: move |_| leave(true, false), {t!("account-leave-everywhere")} }
                    a { class: "button button-quiet", href: "/api/v1/account/export", download: "", {t!("account-export")} }
                }
            }
            if !session_over {
                CloseSection {}
            }
        }
    }
}
