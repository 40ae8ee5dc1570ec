//! The week: meals on their days, what a day sums up to against the person's goals.

use dioxus::prelude::*;
use hnh_domain::board::Board;
use hnh_domain::calls::{GetSetting, SetSetting};
use hnh_domain::local_time::LocalDate;
use hnh_domain::meal_plan::{MealPlanChange, PlannedMeal};
use hnh_domain::shopping::ShoppingLine;
use hnh_domain::topic::Topic;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::add::{MealForm, replan, today};
use super::meals::{Goals, Planned, planned};
use crate::browser;
use crate::changes::{new_id, submit};
use crate::cookbook::{KitchenParts, Part};
use crate::core::{call, use_topic};
use crate::format::{Said, instant, number, nutrient_amount};
use crate::i18n::{lang, said, t};
use crate::kit::{Button, ButtonKind, Dialog, Icon, IconButton, Page, SkeletonShape, SubmitButton, TextField, loaded};
use crate::routes::{InUrl, Route, SharedText};
use crate::shopping::{ToBuy, add_up, to_buy};

/// Where the device remembers the goals.
const GOALS: &str = "plan.goals";
/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Which week is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Week {
    /// Any of its days; today without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) day: Option<LocalDate>,
}

fn later(day: LocalDate, days: i32) -> LocalDate {
    LocalDate::from_days(day.days() + days)
}

/// The Monday of a day's week.
fn monday(day: LocalDate) -> LocalDate {
    later(day, -i32::from(day.weekday()))
}

/// A day in words: with its weekday.
fn day_name(day: LocalDate) -> String {
    // Noon, so that no zone moves it to another day.
    instant(i64::from(day.days()) * DAY_MS + DAY_MS / 2 + browser::zone_offset_ms(), Said::Day)
}

/// The plan of a week.
#[component]
pub(crate) fn PlanPage(week: ReadSignal<InUrl<Week>>) -> Element {
    let changes = use_topic(Topic::MealPlan);
    let navigator = use_navigator();
    let first = use_memo(move || monday(week().0.day.unwrap_or_else(today)));
    let meals = use_resource(move || {
        changes();
        let first = first();
        planned(first, later(first, 6))
    });
    let mut goals = use_signal(Goals::default);
    use_future(move || async move {
        if let Ok(Some(kept)) = call(GetSetting { key: GOALS.into() }).await
            && let Ok(kept) = serde_json::from_str(&kept)
        {
            goals.set(kept);
        }
    });
    let go = move |days: i32| {
        navigator.replace(Route::plan_of(later(first(), days)).address());
    };
    rsx! {
        Page { title: t!("plan-title"), class: "plan",
            KitchenParts { here: Part::Plan }
            div { class: "calendar-head",
                IconButton { icon: Icon::ArrowLeft, label: t!("plan-week-before"), onclick: move |_| go(-7) }
                h2 { {t!("plan-week", from = day_name(first()), to = day_name(later(first(), 6)))} }
                IconButton { icon: Icon::ArrowRight, label: t!("plan-week-after"), onclick: move |_| go(7) }
            }
            {loaded(meals, (SkeletonShape::Rows, 7), rsx! {}, |planned| rsx! {
                Days { first: first(), planned: planned.clone(), goals: goals() }
                Ways { first: first(), planned: planned.clone(), goals }
            })}
        }
    }
}

#[component]
fn Days(first: LocalDate, planned: Planned, goals: Goals) -> Element {
    let mut adding = use_signal(|| None::<LocalDate>);
    let open = use_memo(move || adding().is_some());
    // The meal that is being dragged.
    let dragged = use_signal(|| None::<Uuid>);
    rsx! {
        ol { class: "days",
            for i in 0..7 {
                Day { key: "{i}", day: later(first, i), planned: planned.clone(), goals, dragged, onadd: move |day| adding.set(Some(day)) }
            }
        }
        Dialog { open, title: adding().map(|day| t!("plan-add-on", day = day_name(day))).unwrap_or_default(), onclose: move |()| adding.set(None),
            if let Some(day) = adding() {
                MealForm { given: None, servings: 2.0, day, onplanned: move |()| adding.set(None) }
            }
        }
    }
}

#[component]
fn Day(
    day: LocalDate,
    planned: Planned,
    goals: Goals,
    dragged: Signal<Option<Uuid>>,
    onadd: EventHandler<LocalDate>,
) -> Element {
    let mut dragged = dragged;
    let meals: Vec<PlannedMeal> = planned.of(day).cloned().collect();
    let sum = planned.sum(day);
    let all = planned.meals.clone();
    rsx! {
        li {
            class: if day == today() { "card plan-day day-today" } else { "card plan-day" },
            ondragover: move |event| event.prevent_default(),
            ondrop: move |event| {
                event.prevent_default();
                if let Some(meal) = dragged.take().and_then(|id| all.iter().find(|meal| meal.id == id).cloned()) {
                    replan(PlannedMeal { day, ..meal });
                }
            },
            div { class: "day-head",
                h3 { {day_name(day)} }
                IconButton { icon: Icon::Plus, label: t!("plan-add-on", day = day_name(day)), onclick: move |_| onadd.call(day) }
            }
            ul { class: "plain-list",
                for meal in meals {
                    Meal { key: "{meal.id}", meal: meal.clone(), title: title(&meal, &planned), dragged }
                }
            }
            if sum.known > 0 {
                dl { class: "day-sum",
                    for (nutrient , goal) in goals.each() {
                        div { key: "{nutrient}",
                            dt { {nutrient.name(lang())} }
                            dd {
                                {sum.amounts.get(nutrient).map_or_else(|| t!("unknown"), |amount| nutrient_amount(nutrient, amount))}
                                span { class: "soft", " " {t!("plan-of-goal", goal = nutrient_amount(nutrient, goal))} }
                            }
                        }
                    }
                }
                if sum.known < sum.all {
                    p { class: "filter-note", {t!("plan-known", known = sum.known, all = sum.all)} }
                }
            }
        }
    }
}

fn title(meal: &PlannedMeal, planned: &Planned) -> String {
    let recipe = meal.recipe.and_then(|id| planned.recipes.get(&id));
    recipe.map_or_else(|| meal.note.clone(), |recipe| said(&recipe.title))
}

#[component]
fn Meal(meal: PlannedMeal, title: String, dragged: Signal<Option<Uuid>>) -> Element {
    let mut dragged = dragged;
    let mut open = use_signal(|| false);
    let id = meal.id;
    let mut day = use_signal(|| meal.day.to_string());
    let mut servings = use_signal(|| meal.servings.to_string());
    let moved = meal.clone();
    let change = move |event: FormEvent| {
        event.prevent_default();
        let (Ok(day), Ok(servings)) = (day.peek().parse(), servings.peek().parse::<f32>()) else { return };
        replan(PlannedMeal { day, servings, ..moved.clone() });
        open.set(false);
    };
    let together = meal.recipe.map(|recipe| Route::WritePage {
        board: Board::Buddy,
        shared: SharedText { recipe: recipe.to_string(), title: title.clone(), ..SharedText::default() },
    });
    rsx! {
        li { class: "planned", draggable: "true", ondragstart: move |_| dragged.set(Some(id)),
            button { r#type: "button", class: "planned-meal", onclick: move |_| open.set(true),
                span { class: "soft", {meal.time.name(lang())} }
                b { dir: "auto", "{title}" }
                span { class: "soft",
                    if meal.leftover { {t!("plan-is-leftover")} } else { {t!("servings", count = meal.servings)} }
                }
            }
        }
        Dialog { open, title: title.clone(), onclose: move |()| open.set(false),
            form { class: "form form-wide", onsubmit: change,
                div { class: "editor-numbers",
                    div { TextField { label: t!("plan-day"), kind: "date", value: day(), oninput: move |text| day.set(text) } }
                    div { TextField { label: t!("plan-servings"), value: servings(), inputmode: "decimal", oninput: move |text| servings.set(text) } }
                }
                div { class: "form-ways", SubmitButton { {t!("plan-change")} } }
            }
            div { class: "form-ways",
                if let Some(recipe) = meal.recipe {
                    Link { class: "button", to: Route::recipe(recipe).address(), {t!("plan-open")} }
                }
                if let Some(together) = together {
                    Link { class: "button", to: together.address(), {t!("plan-invite")} }
                }
                Button {
                    kind: ButtonKind::Danger,
                    onclick: move |_| {
                        submit(MealPlanChange::UnplanMeal { id });
                        open.set(false);
                    },
                    {t!("plan-remove")}
                }
            }
        }
    }
}

/// The week as a calendar's file (RFC 5545): each meal a day's entry.
fn calendar(planned: &Planned) -> String {
    let plain = |text: &str| text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', " ");
    let date = |day: LocalDate| day.to_string().replace('-', "");
    let mut lines = vec!["BEGIN:VCALENDAR".to_owned(), "VERSION:2.0".into(), "PRODID:-//HnH//Meal plan//EN".into()];
    for meal in &planned.meals {
        let words = format!("{}: {}", meal.time.name(lang()), title(meal, planned));
        lines.extend([
            "BEGIN:VEVENT".into(),
            format!("UID:{}@hnh", meal.id),
            format!("DTSTAMP:{}T000000Z", date(meal.day)),
            format!("DTSTART;VALUE=DATE:{}", date(meal.day)),
            format!("SUMMARY:{}", plain(&words)),
            "END:VEVENT".into(),
        ]);
    }
    lines.push("END:VCALENDAR\r\n".into());
    lines.join("\r\n")
}

/// What can be done with the whole week.
#[component]
fn Ways(first: LocalDate, planned: Planned, goals: Signal<Goals>) -> Element {
    let mut lines = use_signal(|| None::<Vec<ShoppingLine>>);
    let mut setting = use_signal(|| false);
    let (week, file) = (planned.clone(), planned.clone());
    let shop = move |_| {
        let week = week.clone();
        async move {
            let mut all = Vec::new();
            for meal in week.meals.iter().filter(|meal| !meal.leftover) {
                let Some(recipe) = meal.recipe.and_then(|id| week.recipes.get(&id)) else { continue };
                let factor = meal.servings / recipe.servings.filter(|servings| *servings > 0.0).unwrap_or(1.0);
                for line in to_buy(recipe, factor).await {
                    add_up(&mut all, line);
                }
            }
            all.sort_by_key(|line| line.aisle);
            lines.set(Some(all));
        }
    };
    let repeat = move |_| {
        for meal in &planned.meals {
            submit(MealPlanChange::PlanMeal {
                meal: PlannedMeal { id: new_id(), day: later(meal.day, 7), ..meal.clone() },
            });
        }
        navigator().replace(Route::plan_of(later(first, 7)).address());
    };
    rsx! {
        div { class: "form-ways",
            Button { kind: ButtonKind::Primary, icon: Icon::List, disabled: file.meals.is_empty(), onclick: shop, {t!("plan-shop")} }
            Button { icon: Icon::RefreshCw, disabled: file.meals.is_empty(), onclick: repeat, {t!("plan-repeat")} }
            Button { icon: Icon::Download, disabled: file.meals.is_empty(), onclick: move |_| browser::save("meals.ics", "text/calendar", &calendar(&file)), {t!("plan-calendar")} }
            Button { icon: Icon::Settings, onclick: move |_| setting.set(true), {t!("plan-goals")} }
        }
        ToBuy { lines }
        Dialog { open: setting, title: t!("plan-goals"), onclose: move |()| setting.set(false),
            GoalsForm { goals, onkept: move |()| setting.set(false) }
        }
    }
}

#[component]
fn GoalsForm(goals: Signal<Goals>, onkept: EventHandler<()>) -> Element {
    let mut goals = goals;
    let now = *goals.peek();
    let mut energy = use_signal(|| number(now.energy, 0).replace(',', ""));
    let mut protein = use_signal(|| number(now.protein, 0).replace(',', ""));
    let mut sodium = use_signal(|| number(now.sodium, 0).replace(',', ""));
    let mut wrong = use_signal(|| false);
    let keep = move |event: FormEvent| {
        event.prevent_default();
        let read = |text: &str| text.trim().parse::<f32>().ok().filter(|amount| *amount > 0.0 && *amount < 100_000.0);
        let read = (read(&energy.peek()), read(&protein.peek()), read(&sodium.peek()));
        let (Some(energy), Some(protein), Some(sodium)) = read else {
            wrong.set(true);
            return;
        };
        goals.set(Goals { energy, protein, sodium });
        let value = serde_json::to_string(&*goals.peek()).ok();
        spawn(async move {
            call(SetSetting { key: GOALS.into(), value }).await.ok();
            onkept.call(());
        });
    };
    rsx! {
        form { class: "form", onsubmit: keep,
            div { TextField { label: t!("plan-goal-energy"), value: energy(), inputmode: "decimal", oninput: move |text| energy.set(text) } }
            div { TextField { label: t!("plan-goal-protein"), value: protein(), inputmode: "decimal", oninput: move |text| protein.set(text) } }
            div { TextField { label: t!("plan-goal-sodium"), value: sodium(), inputmode: "decimal", oninput: move |text| sodium.set(text) } }
            if wrong() {
                p { class: "field-note field-wrong", role: "alert", {t!("field-invalid")} }
            }
            div { class: "form-ways", SubmitButton { {t!("form-save")} } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday() {
        let friday: LocalDate = "2026-10-09".parse().unwrap();
        assert_eq!(monday(friday).to_string(), "2026-10-05");
        assert_eq!(monday(monday(friday)), monday(friday));
    }
}
