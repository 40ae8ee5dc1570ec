//! The forms to sign in and up.

use dioxus::prelude::*;
use hnh_domain::account::{Email, Handle, Password, SignInForm, SignUpForm};
use hnh_domain::calls::{SignIn, SignUp};
use hnh_domain::problem::{FieldCode, Problem, ProblemCode};

use crate::browser;
use crate::core::call;
use crate::i18n::{lang, t};
use crate::kit::{SubmitButton, TextField, toast};
use crate::refusals;

/// What the session is called in the list of sessions.
fn device() -> String {
    browser::window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default()
}

/// What is wrong with a field: what the form itself sees, else what the server said.
pub(super) fn wrong(field: &str, problem: &Option<Problem>) -> Option<String> {
    let error = problem.as_ref()?.errors.iter().find(|error| error.field == field)?;
    Some(match (field, error.code) {
        ("handle", FieldCode::Invalid) => t!("form-handle-wrong"),
        ("email", FieldCode::Invalid) => t!("form-email-wrong"),
        ("password" | "new", FieldCode::TooShort | FieldCode::TooLong) => t!("form-password-short"),
        _ => refusals::field(error),
    })
}

/// What went wrong beside the fields.
#[component]
pub(super) fn FormProblem(problem: Option<Problem>) -> Element {
    let words = problem.filter(|problem| problem.errors.is_empty()).map(|problem| match problem.code {
        ProblemCode::Offline => t!("form-offline"),
        _ => refusals::words(&problem),
    });
    rsx! {
        p { class: "field-note field-wrong", role: "alert", {words.unwrap_or_default()} }
    }
}

/// Signs in.
#[component]
pub(super) fn EnterForm() -> Element {
    let mut login = use_signal(String::new);
    let mut password = use_signal(String::new);
    let mut problem = use_signal(|| None::<Problem>);
    let mut busy = use_signal(|| false);
    let send = move |event: FormEvent| {
        event.prevent_default();
        spawn(async move {
            busy.set(true);
            // A password that is too short is wrong like any other: no need to ask.
            // Read before: who types on while the server answers sets it anew.
            let password = password.peek().parse::<Password>();
            let outcome = match password {
                Ok(password) => {
                    let login = login.peek().clone();
                    call(SignIn { form: SignInForm { login, password, device: device(), token: false } }).await
                }
                Err(_) => Err(Problem::new(ProblemCode::WrongCredentials)),
            };
            busy.set(false);
            match outcome {
                Ok(account) => toast(t!("account-hello", name = account.name)),
                Err(refused) => problem.set(Some(refused)),
            }
        });
    };
    rsx! {
        form { class: "form", onsubmit: send,
            div {
                TextField {
                    label: t!("form-login"),
                    value: login(),
                    autocomplete: "username",
                    oninput: move |text| login.set(text),
                }
            }
            div {
                TextField {
                    label: t!("form-password"),
                    value: password(),
                    kind: "password",
                    autocomplete: "current-password",
                    oninput: move |text| password.set(text),
                }
            }
            FormProblem { problem: problem() }
            div { class: "form-ways",
                SubmitButton { busy: busy(), {t!("account-enter")} }
            }
        }
    }
}

/// Makes an account.
#[component]
pub(super) fn JoinForm() -> Element {
    let mut handle = use_signal(String::new);
    let mut email = use_signal(String::new);
    let mut password = use_signal(String::new);
    let mut problem = use_signal(|| None::<Problem>);
    let mut busy = use_signal(|| false);
    let send = move |event: FormEvent| {
        event.prevent_default();
        spawn(async move {
            let form = (|| {
                Ok::<_, Problem>(SignUpForm {
                    handle: handle.peek().parse::<Handle>()?,
                    email: email.peek().parse::<Email>()?,
                    password: password.peek().parse::<Password>()?,
                    device: device(),
                    token: false,
                    lang: lang(),
                })
            })();
            busy.set(true);
            let outcome = match form {
                Ok(form) => call(SignUp { form }).await,
                Err(refused) => Err(refused),
            };
            busy.set(false);
            match outcome {
                Ok(account) => toast(t!("account-welcome", name = account.name)),
                Err(refused) => problem.set(Some(refused)),
            }
        });
    };
    rsx! {
        form { class: "form", onsubmit: send,
            div {
                TextField {
                    label: t!("form-handle"),
                    value: handle(),
                    autocomplete: "username",
                    hint: t!("form-handle-hint"),
                    error: wrong("handle", &problem()),
                    oninput: move |text| handle.set(text),
                }
            }
            div {
                TextField {
                    label: t!("form-email"),
                    value: email(),
                    kind: "email",
                    autocomplete: "email",
                    hint: t!("form-email-hint"),
                    error: wrong("email", &problem()),
                    oninput: move |text| email.set(text),
                }
            }
            div {
                TextField {
                    label: t!("form-password"),
                    value: password(),
                    kind: "password",
                    autocomplete: "new-password",
                    hint: t!("form-password-hint"),
                    error: wrong("password", &problem()),
                    oninput: move |text| password.set(text),
                }
            }
            FormProblem { problem: problem() }
            div { class: "form-ways",
                SubmitButton { busy: busy(), {t!("account-join")} }
            }
        }
    }
}
