//! Ways to the account page that lead back to where one was.

use dioxus::prelude::*;

use crate::browser;
use crate::i18n::t;
use crate::kit::{Button, ButtonKind, Icon};
use crate::routes::Route;

/// Where somebody was who went to sign in.
static CAME_FROM: GlobalSignal<Option<String>> = Signal::global(|| None);

/// Leads to the account page, and back when somebody is signed in.
pub(crate) fn sign_in_to_go_on(navigator: dioxus::router::Navigator) {
    *CAME_FROM.write() = browser::address();
    navigator.push(Route::AccountPage {}.address());
}

/// Goes back, once somebody is signed in, to where they were. Who left the page meanwhile comes from nowhere.
pub(super) fn use_way_back(signed_in: ReadSignal<bool>) {
    let navigator = use_navigator();
    use_effect(move || {
        if signed_in()
            && let Some(address) = CAME_FROM.write().take()
        {
            navigator.replace(address);
        }
    });
    use_drop(|| {
        CAME_FROM.write().take();
    });
}

/// A button to sign in.
#[component]
pub(crate) fn SignInLink(#[props(default)] words: Option<String>, #[props(default)] kind: ButtonKind) -> Element {
    let navigator = use_navigator();
    rsx! {
        Button { kind, icon: Icon::User, onclick: move |_| sign_in_to_go_on(navigator),
            {words.clone().unwrap_or_else(|| t!("account-enter"))}
        }
    }
}
