//! Changes that the person makes: kept by the core at once, sent when it can.

use hnh_domain::calls::Submit;
use hnh_domain::feeds::Change;
use hnh_domain::port::{Json, Outcome};
use hnh_domain::problem::ProblemCode;

use crate::core::call;
use crate::i18n::t;
use crate::kit::toast;

/// Makes a change.
///
/// # Errors
/// `SignInRequired`; what the server refuses later is shown among the changes that wait.
pub(crate) async fn make(change: impl Into<Change>) -> Outcome<()> {
    call(Submit { change: Json::of(&change.into())? }).await
}

/// Makes a change, and says so only when it could not be made.
pub(crate) fn submit(change: impl Into<Change>) {
    let change = change.into();
    // It is made also when the page is left at once.
    dioxus::core::spawn_forever(async move {
        if let Err(problem) = make(change).await {
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
