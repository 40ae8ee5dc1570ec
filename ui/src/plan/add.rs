//! Putting a meal on a day: from a recipe's page, or on the plan by search or in words.

use dioxus::prelude::*;
use hnh_domain::calls::{ListFavourites, ListOwnRecipes, SearchRecipes};
use hnh_domain::local_time::LocalDate;
use hnh_domain::meal_plan::{MealPlanChange, MealTime, PlannedMeal};
use hnh_domain::recipes::RecipeQuery;
use uuid::Uuid;

use crate::browser;
use crate::changes::{make, new_id};
use crate::core::call;
use crate::i18n::{lang, said, t};
use crate::kit::{Button, Checkbox, Dialog, Icon, Select, SubmitButton, TextField, toast};
use crate::refusals;
use crate::routes::Route;

/// Recipes that are offered at once.
const OFFERED: u32 = 8;

/// What can be planned: a recipe, by its id and title.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    id: Uuid,
    title: String,
}

/// A button that plans a recipe.
#[component]
pub(crate) fn ToPlan(id: Uuid, title: String, servings: f32) -> Element {
    let mut open = use_signal(|| false);
    rsx! {
        Button { icon: Icon::Calendar, onclick: move |_| open.set(true), {t!("plan-add")} }
        Dialog { open, title: t!("plan-add"), onclose: move |()| open.set(false),
            MealForm { given: Some((id, title)), servings, day: today(), onplanned: move |()| open.set(false), leads: true }
        }
    }
}

/// Today, by the device.
pub(super) fn today() -> LocalDate {
    browser::date_in(0).parse().unwrap_or(LocalDate::from_days(0))
}

/// The fields of a new meal.
#[component]
pub(super) fn MealForm(
    /// A recipe that is chosen already, with its title.
    given: Option<(Uuid, String)>,
    servings: f32,
    day: LocalDate,
    onplanned: EventHandler<()>,
    /// Whether the plan is shown afterwards.
    #[props(default)]
    leads: bool,
) -> Element {
    let navigator = use_navigator();
    let mut chosen = use_signal(|| given.map(|(id, title)| Choice { id, title }));
    let mut words = use_signal(String::new);
    let mut day = use_signal(|| day.to_string());
    let mut time = use_signal(|| MealTime::Dinner);
    let mut servings = use_signal(|| servings.round().max(1.0).to_string());
    let mut leftover = use_signal(|| false);
    let mut wrong = use_signal(|| None::<String>);
    let offered = use_resource(move || offers(words()));
    let plan = move |event: FormEvent| {
        event.prevent_default();
        let recipe = chosen.peek().as_ref().map(|choice| choice.id);
        let note = chosen.peek().as_ref().map_or_else(|| words.peek().clone(), |choice| choice.title.clone());
        let (Ok(day), Ok(servings)) = (day.peek().parse::<LocalDate>(), servings.peek().parse::<f32>()) else {
            wrong.set(Some(t!("plan-wrong")));
            return;
        };
        let (time, leftover) = (*time.peek(), *leftover.peek());
        let note = note.chars().take(200).collect();
        let meal = PlannedMeal { id: new_id(), day, time, recipe, note, servings, leftover };
        spawn(async move {
            match make(MealPlanChange::PlanMeal { meal }).await {
                Ok(()) => {
                    onplanned.call(());
                    if leads {
                        navigator.push(Route::plan_of(day).address());
                    }
                }
                Err(problem) => wrong.set(Some(refusals::words(&problem))),
            }
        });
    };
    let times = MealTime::ALL.iter().map(|time| (time.code().to_owned(), time.name(lang()).to_owned())).collect();
    rsx! {
        form { class: "form form-wide", onsubmit: plan,
            match chosen() {
                Some(choice) => rsx! {
                    p { class: "venue-picked", b { "{choice.title}" }
                        if !leads {
                            Button { kind: crate::kit::ButtonKind::Quiet, onclick: move |_| chosen.set(None), {t!("plan-another")} }
                        }
                    }
                },
                None => rsx! {
                    div {
                        TextField { label: t!("plan-what"), value: words(), hint: t!("plan-what-hint"), oninput: move |text| words.set(text) }
                    }
                    ul { class: "area-list",
                        for choice in offered.read().clone().unwrap_or_default() {
                            li { key: "{choice.id}",
                                Button { kind: crate::kit::ButtonKind::Quiet, onclick: { let choice = choice.clone(); move |_| chosen.set(Some(choice.clone())) }, "{choice.title}" }
                            }
                        }
                    }
                },
            }
            div { class: "editor-numbers",
                div { TextField { label: t!("plan-day"), kind: "date", value: day(), oninput: move |text| day.set(text) } }
                Select { label: t!("plan-time"), value: time().code(), options: times, onchange: move |code: String| time.set(code.parse().unwrap_or(MealTime::Dinner)) }
                div { TextField { label: t!("plan-servings"), value: servings(), inputmode: "decimal", oninput: move |text| servings.set(text) } }
            }
            Checkbox { label: t!("plan-leftover"), checked: leftover(), onchange: move |on| leftover.set(on) }
            if let Some(wrong) = wrong() {
                p { class: "field-note field-wrong", role: "alert", "{wrong}" }
            }
            div { class: "form-ways", SubmitButton { {t!("plan-put")} } }
        }
    }
}

/// One's own recipes and favourites, or what is found by words.
async fn offers(words: String) -> Vec<Choice> {
    let lower = words.trim().to_lowercase();
    let fits = |choice: &Choice| lower.is_empty() || choice.title.to_lowercase().contains(&lower);
    let own = call(ListOwnRecipes {}).await.unwrap_or_default();
    let own = own.into_iter().map(|own| Choice { id: own.id, title: own.recipe.title });
    let kept = call(ListFavourites {}).await.unwrap_or_default().recipes;
    let kept = kept.into_iter().map(|recipe| Choice { id: recipe.id, title: said(&recipe.title) });
    let mut found: Vec<Choice> = own.chain(kept).filter(fits).take(OFFERED as usize).collect();
    if !lower.is_empty() {
        let query =
            RecipeQuery { q: vec![words.trim().to_owned()].into(), limit: Some(OFFERED), ..RecipeQuery::default() };
        if let Ok(results) = call(SearchRecipes { query }).await {
            let cards = results.page.items.into_iter().map(|card| Choice { id: card.id, title: said(&card.title) });
            found.extend(cards.filter(|choice| !found.clone().contains(choice)).collect::<Vec<_>>());
        }
    }
    found.truncate(OFFERED as usize);
    found
}

/// Plans a meal otherwise, and says so only when that could not be kept.
pub(super) fn replan(meal: PlannedMeal) {
    dioxus::core::spawn_forever(async move {
        if let Err(problem) = make(MealPlanChange::PlanMeal { meal }).await {
            toast(refusals::words(&problem));
        }
    });
}
