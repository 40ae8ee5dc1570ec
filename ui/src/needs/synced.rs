//! The needs of a person who is signed in: a part of their profile, private unless shared, so that all their devices have them.

use dioxus::prelude::*;
use hnh_domain::account::{AccountChange, Profile, ProfileDraft};
use hnh_domain::calls::GetProfile;
use hnh_domain::topic::Topic;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{NEEDS, Needs, WAYS, set};
use crate::account::use_me;
use crate::browser;
use crate::changes::submit;
use crate::core::{call, use_topic};

const KEY: &str = "hnh.needs.synced";

/// What device and profile agreed on last: the one that differs from it is the one that changed.
#[derive(Serialize, Deserialize)]
struct Agreed {
    account: Uuid,
    needs: Needs,
}

/// The version of the profile that a change was made from: the next one waits until that is another.
static SENT_FROM: GlobalSignal<Option<(Uuid, i64)>> = Signal::global(|| None);

/// Keeps device and profile the same; once, in the shell.
pub(crate) fn use_synced_needs() {
    let changes = use_topic(Topic::Account);
    let me = use_me();
    let profile = use_resource(move || async move {
        changes();
        let handle = me.read().clone().flatten()?.handle;
        call(GetProfile { handle }).await.ok()
    });
    use_effect(move || {
        let here = NEEDS();
        if let Some(Some(profile)) = &*profile.read() {
            settle(profile, &here);
        }
    });
}

/// What a profile says of them. Diets that are claims about an amount are no way to eat and stay in the profile.
fn needs_of(says: &ProfileDraft) -> Needs {
    let diets = WAYS.into_iter().filter(|diet| says.diets.contains(diet)).collect();
    Needs { diets, allergens: says.allergies.0.clone() }
}

/// Whether two say the same, in whatever order.
fn same(one: &Needs, other: &Needs) -> bool {
    let diets = WAYS.iter().all(|diet| one.diets.contains(diet) == other.diets.contains(diet));
    diets
        && one.allergens.len() == other.allergens.len()
        && one.allergens.iter().all(|allergen| other.allergens.contains(allergen))
}

fn agreed(account: Uuid) -> Option<Needs> {
    let agreed: Agreed = serde_json::from_str(&browser::remembered(KEY)?).ok()?;
    (agreed.account == account).then_some(agreed.needs)
}

fn agree(account: Uuid, needs: Needs) {
    if let Ok(json) = serde_json::to_string(&Agreed { account, needs }) {
        browser::remember(KEY, &json);
    }
}

fn settle(profile: &Profile, here: &Needs) {
    let (account, there) = (profile.person.id, needs_of(&profile.says));
    if same(here, &there) {
        agree(account, there);
        return;
    }
    // What was sent is on its way: the profile still says what it said before.
    if *SENT_FROM.peek() == Some((account, profile.version)) {
        return;
    }
    // Who signs in for the first time takes along what the device knows.
    let here_is_newer = agreed(account).map_or_else(|| there.is_empty(), |agreed| same(&agreed, &there));
    if !here_is_newer {
        agree(account, there.clone());
        set(there);
        return;
    }
    *SENT_FROM.write() = Some((account, profile.version));
    agree(account, here.clone());
    let mut says = profile.says.clone();
    let claims = says.diets.0.into_iter().filter(|diet| !WAYS.contains(diet));
    says.diets = here.diets.iter().copied().chain(claims).collect::<Vec<_>>().into();
    says.allergies = here.allergens.clone().into();
    submit(AccountChange::SetProfile { profile: Box::new(says), version: profile.version });
}
