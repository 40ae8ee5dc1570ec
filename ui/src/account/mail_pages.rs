//! The pages that mailed links open: proving an address, and setting a new password.

use dioxus::prelude::*;
use hnh_domain::account::{AskReset, Email, Password, ResetPassword, VerifyEmail};
use hnh_domain::calls::{AskForReset, ProveEmail, SetNewPassword};
use hnh_domain::problem::Problem;
use serde::{Deserialize, Serialize};

use super::forms::{FormProblem, wrong};
use crate::core::call;
use crate::i18n::t;
use crate::kit::{EmptyState, Icon, LinkButton, Page, SkeletonShape, SubmitButton, TextField, Waiting};
use crate::refusals;
use crate::routes::{InUrl, Route};

/// The token of a mailed link.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Mailed {
    token: String,
}

/// Proves the address at once.
#[component]
pub(crate) fn VerifyPage(mailed: ReadSignal<InUrl<Mailed>>) -> Element {
    let proven = use_resource(move || {
        let token = mailed().0.token;
        call(ProveEmail { form: VerifyEmail { token } })
    });
    rsx! {
        match &*proven.read() {
            None => rsx! { Waiting { shape: SkeletonShape::Rows } },
            Some(Ok(())) => rsx! {
                Page { title: t!("verify-title"), class: "page-narrow", back: "/",
                    EmptyState { icon: Icon::CircleCheck, title: t!("verify-done"), text: t!("verify-done-text"),
                        LinkButton { to: Route::AccountPage {}, icon: Icon::User, {t!("nav-account")} }
                    }
                }
            },
            Some(Err(problem)) => rsx! {
                Page { title: t!("verify-title"), class: "page-narrow", back: "/",
                    EmptyState { icon: Icon::Warning, title: t!("verify-failed"), text: why(problem),
                        LinkButton { to: Route::AccountPage {}, icon: Icon::User, {t!("verify-again")} }
                    }
                }
            },
        }
    }
}

/// A link that was used, or is too old, is what mostly is wrong.
fn why(problem: &Problem) -> String {
    if problem.is_unavailable() { refusals::words(problem) } else { t!("link-over") }
}

/// Sets a new password; without a token it asks for the mail.
#[component]
pub(crate) fn ResetPage(mailed: ReadSignal<InUrl<Mailed>>) -> Element {
    let token = mailed().0.token;
    rsx! {
        Page { title: t!("reset-title"), class: "page-narrow", back: Route::AccountPage {}.address(),
            if token.is_empty() {
                AskForm {}
            } else {
                NewForm { token }
            }
        }
    }
}

#[component]
fn AskForm() -> Element {
    let mut email = use_signal(String::new);
    let mut problem = use_signal(|| None::<Problem>);
    let mut sent = use_signal(|| false);
    let send = move |event: FormEvent| {
        event.prevent_default();
        spawn(async move {
            let email = email.peek().parse::<Email>();
            let outcome = match email {
                Ok(email) => call(AskForReset { form: AskReset { email } }).await,
                Err(error) => Err(error.into()),
            };
            match outcome {
                Ok(()) => sent.set(true),
                Err(refused) => problem.set(Some(refused)),
            }
        });
    };
    if sent() {
        return rsx! {
            p { role: "status", {t!("reset-sent")} }
        };
    }
    rsx! {
        p { class: "note", {t!("reset-ask-text")} }
        form { class: "form", onsubmit: send,
            div {
                TextField {
                    label: t!("form-email"),
                    value: email(),
                    kind: "email",
                    autocomplete: "email",
                    error: wrong("email", &problem()),
                    oninput: move |text| email.set(text),
                }
            }
            FormProblem { problem: problem() }
            div { class: "form-ways", SubmitButton { {t!("reset-ask")} } }
        }
    }
}

#[component]
fn NewForm(token: String) -> Element {
    let mut text = use_signal(String::new);
    let mut problem = use_signal(|| None::<Problem>);
    let mut done = use_signal(|| false);
    let send = move |event: FormEvent| {
        event.prevent_default();
        let token = token.clone();
        spawn(async move {
            let password = text.peek().parse::<Password>();
            let outcome = match password {
                Ok(password) => call(SetNewPassword { form: ResetPassword { token, password } }).await,
                Err(error) => Err(error.into()),
            };
            match outcome {
                Ok(()) => done.set(true),
                Err(refused) => problem.set(Some(refused)),
            }
        });
    };
    if done() {
        return rsx! {
            p { role: "status", {t!("reset-done")} }
            div { LinkButton { to: Route::AccountPage {}, icon: Icon::User, {t!("account-enter")} } }
        };
    }
    // Whatever else is wrong is the link.
    let over = problem().filter(|problem| problem.errors.iter().all(|error| error.field != "password"));
    rsx! {
        form { class: "form", onsubmit: send,
            div {
                TextField {
                    label: t!("password-new"),
                    value: text(),
                    kind: "password",
                    autocomplete: "new-password",
                    hint: t!("form-password-hint"),
                    error: wrong("password", &problem()),
                    oninput: move |typed| text.set(typed),
                }
            }
            p { class: "field-note field-wrong", role: "alert", {over.map(|problem| why(&problem)).unwrap_or_default()} }
            div { class: "form-ways", SubmitButton { {t!("password-set")} } }
        }
    }
}
