//! What only the desktop program has: the server it talks to, the symbol beside the clock, starting by itself.

use dioxus::prelude::*;

use crate::browser;
use crate::i18n::t;
use crate::kit::{Checkbox, PageSection, SubmitButton, TextField};
use crate::program::{self, Options, Refusal};

fn words(refusal: Refusal) -> String {
    match refusal {
        Refusal::Address => t!("server-address"),
        Refusal::Unreachable => t!("server-unreachable"),
        Refusal::Stranger => t!("server-stranger"),
        Refusal::Storage => t!("server-storage"),
    }
}

/// The program's own settings; nothing in a browser.
#[component]
pub(super) fn ProgramSettings() -> Element {
    if !program::is_program() {
        return rsx! {};
    }
    rsx! {
        PageSection { title: t!("settings-server"), Server {} }
        PageSection { title: t!("settings-program"), Switches {} }
    }
}

/// The server in use, and the way to another.
#[component]
fn Server() -> Element {
    let servers = use_resource(program::servers);
    let mut typed = use_signal(|| None::<String>);
    let mut refusal = use_signal(|| None::<Refusal>);
    let mut busy = use_signal(|| false);
    let Some(Some(servers)) = servers() else { return rsx! {} };
    let value = typed().unwrap_or_else(|| servers.current.clone());
    let choose = use_callback(move |address: String| {
        busy.set(true);
        spawn(async move {
            match program::use_server(&address).await {
                // Everything on the page came from the server before.
                Ok(()) => browser::reload(),
                Err(why) => refusal.set(Some(why)),
            }
            busy.set(false);
        });
    });
    rsx! {
        p { class: "soft", {t!("settings-server-text")} }
        form {
            class: "form",
            onsubmit: {
                let value = value.clone();
                move |event: FormEvent| {
                    event.prevent_default();
                    choose(value.clone());
                }
            },
            TextField {
                label: t!("settings-server-field"),
                value: value.clone(),
                hint: t!("settings-server-now", server = servers.current.clone()),
                error: refusal().map(words),
                oninput: move |text| {
                    refusal.set(None);
                    typed.set(Some(text));
                },
            }
            SubmitButton { busy: busy(), {t!("settings-server-use")} }
        }
        if servers.known.len() > 1 {
            ul { class: "chips", "aria-label": t!("settings-server-known"),
                for address in servers.known.iter().filter(|known| **known != servers.current).cloned() {
                    li { key: "{address}",
                        button {
                            r#type: "button",
                            class: "chip chip-plain",
                            onclick: {
                                let address = address.clone();
                                move |_| {
                                    typed.set(Some(address.clone()));
                                    choose(address.clone());
                                }
                            },
                            "{address}"
                        }
                    }
                }
            }
        }
    }
}

/// What can be switched on.
#[component]
fn Switches() -> Element {
    let mut options = use_signal(Options::default);
    use_future(move || async move {
        if let Some(now) = program::options().await {
            options.set(now);
        }
    });
    let rows =
        [("tray", t!("settings-tray"), options().tray), ("autostart", t!("settings-autostart"), options().autostart)];
    rsx! {
        for (name , label , on) in rows {
            Checkbox {
                key: "{name}",
                label,
                checked: on,
                onchange: move |on| {
                    spawn(async move {
                        if let Some(now) = program::set_option(name, on).await {
                            options.set(now);
                        }
                    });
                },
            }
        }
    }
}
