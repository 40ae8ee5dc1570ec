//! One's password, the devices that are signed in, and the way out for good.

use dioxus::prelude::*;
use hnh_domain::account::{Account, ChangePassword, CloseAccount, Password, Session};
use hnh_domain::calls::{CloseMyAccount, EndSession, ListSessions, SendVerification, SetPassword};
use hnh_domain::problem::{FieldError, Problem, ProblemCode};
use hnh_domain::topic::Topic;
use uuid::Uuid;

use super::forms::{FormProblem, wrong};
use crate::core::{call, use_topic};
use crate::format::ago;
use crate::i18n::t;
use crate::kit::{Button, ButtonKind, ConfirmButton, PageSection, SubmitButton, TextField, toast};
use crate::refusals;

/// A password as it is typed; what is wrong with it names its field.
fn password(field: &str, text: &str) -> Result<Password, Problem> {
    text.parse::<Password>().map_err(|error| FieldError { field: field.to_owned(), ..error }.into())
}

/// That the address is not proven yet, and a way to have the mail sent again.
#[component]
pub(super) fn Unproven(account: Account) -> Element {
    let mut sent = use_signal(|| false);
    if account.email_verified {
        return rsx! {};
    }
    rsx! {
        div { class: "form-ways", role: "status",
            p { class: "note", {t!("account-unproven-text", email = account.email.clone())} }
            Button {
                disabled: sent(),
                onclick: move |_| async move {
                    match call(SendVerification {}).await {
                        Ok(()) => {
                            sent.set(true);
                            toast(t!("account-mail-sent"));
                        }
                        Err(problem) => toast(refusals::words(&problem)),
                    }
                },
                {t!("account-mail-again")}
            }
        }
    }
}

/// Another password.
#[component]
pub(super) fn PasswordSection() -> Element {
    let mut old = use_signal(String::new);
    let mut new = use_signal(String::new);
    let mut problem = use_signal(|| None::<Problem>);
    let mut busy = use_signal(|| false);
    let send = move |event: FormEvent| {
        event.prevent_default();
        spawn(async move {
            let form = (|| {
                let old = old.peek().parse().map_err(|_| Problem::new(ProblemCode::WrongCredentials))?;
                Ok::<_, Problem>(ChangePassword { old, new: password("new", &new.peek())? })
            })();
            busy.set(true);
            let outcome = match form {
                Ok(form) => call(SetPassword { form }).await,
                Err(wrong) => Err(wrong),
            };
            busy.set(false);
            match outcome {
                Ok(()) => {
                    old.set(String::new());
                    new.set(String::new());
                    problem.set(None);
                    toast(t!("password-changed"));
                }
                Err(refused) => problem.set(Some(refused)),
            }
        });
    };
    rsx! {
        PageSection { title: t!("password-title"),
            form { class: "form", onsubmit: send,
                div {
                    TextField {
                        label: t!("password-old"),
                        value: old(),
                        kind: "password",
                        autocomplete: "current-password",
                        oninput: move |text| old.set(text),
                    }
                }
                div {
                    TextField {
                        label: t!("password-new"),
                        value: new(),
                        kind: "password",
                        autocomplete: "new-password",
                        hint: t!("form-password-hint"),
                        error: wrong("new", &problem()),
                        oninput: move |text| new.set(text),
                    }
                }
                FormProblem { problem: problem() }
                div { class: "form-ways", SubmitButton { busy: busy(), {t!("password-set")} } }
            }
        }
    }
}

/// The devices that are signed in.
#[component]
pub(super) fn SessionsSection() -> Element {
    let changes = use_topic(Topic::Account);
    let mut found = use_resource(move || {
        changes();
        call(ListSessions {})
    });
    let sessions: Vec<Session> = match &*found.read() {
        Some(Ok(sessions)) => sessions.clone(),
        // Offline there is nothing to say about other devices.
        _ => return rsx! {},
    };
    let end = use_callback(move |id: Uuid| {
        spawn(async move {
            match call(EndSession { id }).await {
                Ok(()) => toast(t!("session-ended")),
                Err(problem) => toast(refusals::words(&problem)),
            }
            found.restart();
        });
    });
    rsx! {
        PageSection { title: t!("sessions-title"),
            ul { class: "sessions",
                for session in sessions {
                    li { key: "{session.id}", class: "card session",
                        span { class: "session-device", {device(&session.device)} }
                        span { class: "note",
                            if session.current { {t!("session-this")} } else { {t!("session-seen", ago = ago(session.seen_ms))} }
                        }
                        if !session.current {
                            Button { kind: ButtonKind::Quiet, onclick: move |_| end(session.id), {t!("session-end")} }
                        }
                    }
                }
            }
        }
    }
}

/// A device as people call it, out of what a browser says of itself.
fn device(agent: &str) -> String {
    let named = |names: &[(&str, &str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| (*name).to_owned())
    };
    let browser = named(&[("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = named(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) if agent.is_empty() => t!("session-unknown"),
        (None, None) => agent.chars().take(60).collect(),
    }
}

/// Deletes the account.
#[component]
pub(super) fn CloseSection() -> Element {
    let mut text = use_signal(String::new);
    let mut problem = use_signal(|| None::<Problem>);
    let close = move |()| {
        spawn(async move {
            let password = text.peek().parse::<Password>();
            let outcome = match password {
                Ok(password) => call(CloseMyAccount { form: CloseAccount { password } }).await,
                Err(_) => Err(Problem::new(ProblemCode::WrongCredentials)),
            };
            match outcome {
                Ok(()) => toast(t!("account-closed")),
                Err(refused) => problem.set(Some(refused)),
            }
        });
    };
    rsx! {
        PageSection { title: t!("account-close-title"),
            p { class: "note", {t!("account-close-text")} }
            div { class: "form",
                div {
                    TextField {
                        label: t!("form-password"),
                        value: text(),
                        kind: "password",
                        autocomplete: "current-password",
                        oninput: move |typed| text.set(typed),
                    }
                }
                FormProblem { problem: problem() }
                div { class: "form-ways",
                    ConfirmButton {
                        label: t!("account-close"),
                        question: t!("account-close-ask"),
                        text: t!("account-close-text"),
                        onconfirm: close,
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_a_name_that_people_know() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36";
        assert_eq!(device(chrome), "Chrome · Linux");
        let safari =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
        assert_eq!(device(safari), "Safari · iPhone");
        assert_eq!(device("HnH on a desktop"), "HnH on a desktop");
    }
}
