//! Changes that the person makes: kept by the core at once, sent when it can.

use hnh_domain::calls::Submit;
use hnh_domain::feeds::Change;
use hnh_domain::port::{Json, Outcome};

use crate::core::call;
use crate::kit::toast;
use crate::refusals;

/// Makes a change.
///
/// # Errors
/// The field that is wrong, or `SignInRequired`; what the server refuses later is shown among the changes that wait.
pub(crate) async fn make(change: impl Into<Change>) -> Outcome<()> {
    call(Submit { change: Json::of(&change.into().checked()?)? }).await
}

/// Makes a change, and says so only when it could not be made.
pub(crate) fn submit(change: impl Into<Change>) {
    let change = change.into();
    // It is made also when the page is left at once.
    dioxus::core::spawn_forever(async move {
        if let Err(problem) = make(change).await {
            toast(refusals::words(&problem));
        }
    });
}

/// A new id.
pub(crate) fn new_id() -> uuid::Uuid {
    let mut bytes = [0; 16];
    // Unlike an id made by the browser, random bytes are there at every address.
    if let Some(crypto) = crate::browser::window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
