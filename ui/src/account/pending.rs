//! What waits to be sent, and what waits for a decision.

use dioxus::prelude::*;
use hnh_domain::account::AccountChange;
use hnh_domain::board::BoardChange;
use hnh_domain::calls::{Blocked, Discard, GetSync, ListPending, Pending, SendAgain};
use hnh_domain::contributions::ContributionChange;
use hnh_domain::cookbook::CookbookChange;
use hnh_domain::feeds::Change;
use hnh_domain::meal_plan::MealPlanChange;
use hnh_domain::topic::Topic;

use crate::browser::sleep;
use crate::core::{call, use_topic};
use crate::i18n::{lang, t};
use crate::kit::{Button, ButtonKind, Glyph, Icon, PageSection, toast};
use crate::refusals;
use crate::routes::Route;

/// What takes longer to send than this is told of, in ms.
const LATE_MS: u32 = 4_000;

/// A line in the frame while something waits; it leads to the list.
#[component]
pub(crate) fn SyncMark() -> Element {
    let changes = use_topic(Topic::Sync);
    let state = use_resource(move || {
        changes();
        call(GetSync {})
    });
    let mut late = use_signal(|| false);
    let waits = use_memo(move || matches!(&*state.read(), Some(Ok(state)) if state.waiting > 0));
    // What is sent at once needs no line that comes and goes.
    use_effect(move || {
        late.set(false);
        if waits() {
            spawn(async move {
                sleep(LATE_MS).await;
                late.set(*waits.peek());
            });
        }
    });
    let state = match &*state.read() {
        Some(Ok(state)) => *state,
        _ => return rsx! {},
    };
    let words = match (state.blocked, state.waiting, state.online) {
        (0, 0, _) => return rsx! {},
        (0, _, true) if !late() => return rsx! {},
        (0, waiting, false) => t!("sync-offline", count = waiting),
        (0, waiting, true) => t!("sync-waiting", count = waiting),
        (blocked, ..) => t!("sync-stuck", count = blocked),
    };
    rsx! {
        p { class: "offline", role: "status",
            Glyph { icon: if state.online { Icon::RefreshCw } else { Icon::WifiOff }, size: 16 }
            Link { to: Route::AccountPage {}.address(), "{words}" }
        }
    }
}

/// What a change does, in a few words.
fn summary(change: &Change) -> String {
    match change {
        Change::Board(BoardChange::WritePost { draft, .. }) => t!("change-post", title = draft.title.clone()),
        Change::Board(BoardChange::WriteComment { text, .. }) => t!("change-comment", text = text.clone()),
        Change::Board(BoardChange::Join { .. }) => t!("change-join"),
        Change::Board(BoardChange::Leave { .. }) => t!("change-leave"),
        Change::Board(BoardChange::DeletePost { .. } | BoardChange::DeleteComment { .. }) => t!("change-delete"),
        Change::Account(AccountChange::SetFavourite { .. }) => t!("change-favourite"),
        Change::Contribution(ContributionChange::Correct { fact, value, .. }) => {
            t!("change-correction", words = format!("{} {value}", fact.name(lang())))
        }
        Change::Contribution(ContributionChange::WriteReview { eaten, .. }) => {
            t!("change-review", eaten = eaten.clone())
        }
        Change::Cookbook(CookbookChange::WriteRecipe { recipe, .. }) => {
            t!("change-recipe", title = recipe.title.clone())
        }
        Change::MealPlan(MealPlanChange::PlanMeal { meal }) => t!("change-meal", words = meal.note.clone()),
        Change::Shopping(_) => t!("change-shopping"),
        _ => t!("change-other"),
    }
}

/// The changes that are not on the server.
#[component]
pub(super) fn PendingList() -> Element {
    let changes = use_topic(Topic::Sync);
    let pending = use_resource(move || {
        changes();
        call(ListPending {})
    });
    let pending = match &*pending.read() {
        Some(Ok(pending)) if !pending.is_empty() => pending.clone(),
        _ => return rsx! {},
    };
    rsx! {
        PageSection { title: t!("pending-title"),
            ul { class: "pending",
                for change in pending {
                    li { key: "{change.number}", class: "card", PendingRow { change } }
                }
            }
        }
    }
}

#[component]
fn PendingRow(change: Pending) -> Element {
    let number = change.number;
    let why = match &change.blocked {
        None => t!("pending-waits"),
        Some(Blocked::Old) => t!("pending-old"),
        Some(Blocked::Refused(problem)) => t!("pending-refused", why = refusals::words(problem)),
    };
    let again = {
        let change = change.change.clone();
        move |_| {
            let change = change.clone();
            spawn(async move {
                if let Err(problem) = call(SendAgain { number, change }).await {
                    toast(refusals::words(&problem));
                }
            });
        }
    };
    let discard = move |_| {
        spawn(async move {
            if let Err(problem) = call(Discard { number }).await {
                toast(refusals::words(&problem));
            }
        });
    };
    rsx! {
        p { class: "pending-what", {change.change.read().map_or_else(|_| t!("change-other"), |change| summary(&change))} }
        p { class: "note", "{why}" }
        if change.blocked.is_some() {
            div { class: "form-ways",
                Button { kind: ButtonKind::Primary, onclick: again, {t!("pending-send")} }
                Button { onclick: discard, {t!("pending-discard")} }
            }
        }
    }
}
