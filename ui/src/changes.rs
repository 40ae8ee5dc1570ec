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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use hnh_domain::account::AccountChange;
    use hnh_domain::board::BoardChange;
    use hnh_domain::chat::ChatChange;
    use hnh_domain::contributions::ContributionChange;
    use hnh_domain::cookbook::CookbookChange;
    use hnh_domain::meal_plan::MealPlanChange;
    use hnh_domain::shopping::ShoppingChange;
    use strum::VariantNames;

    /// The text of all sources below a folder.
    fn sources(folder: &Path) -> String {
        let mut text = String::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                text += &sources(&path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                text += &fs::read_to_string(path).unwrap();
            }
        }
        text
    }

    #[test]
    fn every_change_can_be_made_from_the_app() {
        let text = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        let of = |kind: &str, names: &[&str]| {
            names.iter().map(|name| format!("{kind}::{name}")).filter(|name| !text.contains(name)).collect::<Vec<_>>()
        };
        let mut unreached = of("AccountChange", AccountChange::VARIANTS);
        unreached.extend(of("BoardChange", BoardChange::VARIANTS));
        unreached.extend(of("ChatChange", ChatChange::VARIANTS));
        unreached.extend(of("ContributionChange", ContributionChange::VARIANTS));
        unreached.extend(of("CookbookChange", CookbookChange::VARIANTS));
        unreached.extend(of("MealPlanChange", MealPlanChange::VARIANTS));
        unreached.extend(of("ShoppingChange", ShoppingChange::VARIANTS));
        assert!(unreached.is_empty(), "{unreached:?}");
    }
}
