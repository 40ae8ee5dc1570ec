//! The boards: lists of posts, one post with its comments, writing.

mod list;
mod post;
mod seats;
mod write;

pub(crate) use list::BoardPage;
pub(crate) use post::PostPage;
pub(crate) use write::WritePage;

use dioxus::prelude::*;
use hnh_domain::account::Person;
use hnh_domain::calls::Submit;
use hnh_domain::feeds::Change;
use hnh_domain::problem::ProblemCode;

use crate::core::call;
use crate::i18n::{lang, t};
use crate::kit::toast;

/// A moment as people say it: date and time in the person's language and time zone.
pub(crate) fn moment(at_ms: i64) -> String {
    let date = js_sys::Date::new(&(at_ms as f64).into());
    let options = js_sys::Object::new();
    for (name, style) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // A plain object takes any key.
        let _ = js_sys::Reflect::set(&options, &name.into(), &style.into());
    }
    date.to_locale_string(lang().code(), &options).into()
}

/// Who wrote something, and when.
#[component]
fn Byline(author: Option<Person>, at_ms: i64, #[props(default)] edited: bool) -> Element {
    rsx! {
        span { class: "byline",
            b { {author.map_or_else(|| t!("person-gone"), |author| author.name)} }
            span { {moment(at_ms)} }
            if edited {
                span { {t!("post-edited")} }
            }
        }
    }
}

/// Makes a change, and says so only when it could not be made.
pub(crate) fn submit(change: impl Into<Change>) {
    let change = change.into();
    // It is made also when the page is left at once.
    dioxus::core::spawn_forever(async move {
        if let Err(problem) = call(Submit { change }).await {
            let words = match problem.code {
                ProblemCode::SignInRequired => t!("error-sign-in"),
                _ => problem.to_string(),
            };
            toast(words);
        }
    });
}

/// A new id.
pub(crate) fn new_id() -> uuid::Uuid {
    let made = crate::browser::window().and_then(|window| window.crypto().ok()).map(|crypto| crypto.random_uuid());
    made.and_then(|id| id.parse().ok()).unwrap_or_default()
}
