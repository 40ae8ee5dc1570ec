//! Cook mode: one step at a time, large, with timers, while the screen stays awake.

mod needed;
mod sound;
mod timers;
mod wake;

pub(crate) use timers::{TimerDock, use_timers};

use dioxus::prelude::*;
use hnh_domain::calls::GetRecipe;
use hnh_domain::recipes::Recipe;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::amounts::amount_in;
use super::details::{Shopping, written_for};
use super::units::{temperatures, units};
use crate::browser::{self, use_window_event};
use crate::core::use_call;
use crate::format;
use crate::i18n::{lang, said, t};
use crate::kit::{
    Button, ButtonKind, Glyph, Heading, Icon, LinkButton, Sheet, SkeletonShape, SubmitButton, TextField, loaded_page,
    use_tab_title,
};
use crate::routes::{InUrl, Route, Serve};
use needed::needed;
use timers::start;
use wake::use_wake_lock;

/// A finger that moves this far sideways, in CSS pixels, turns the page.
const SWIPE: f64 = 60.0;

/// The longest timer of one's own: a day.
const MOST_SECONDS: u32 = 86_400;

/// Minutes for a timer that no step asks for.
const OWN_MINUTES: [u32; 8] = [1, 3, 5, 10, 15, 20, 30, 45];

/// Cooking a recipe.
#[component]
pub(crate) fn CookPage(id: ReadSignal<Uuid>, serve: ReadSignal<InUrl<Serve>>) -> Element {
    let recipe = use_call(move || GetRecipe { id: id() });
    let back = rsx! { LinkButton { to: Route::recipe(id()), {t!("cook-back")} } };
    loaded_page(recipe, (SkeletonShape::Details, 1), t!("cook-title"), back, |stored| {
        rsx! { Cooking { key: "{stored.record.id}", recipe: stored.record.clone(), serve: serve.peek().0 } }
    })
}

#[component]
fn Cooking(recipe: ReadSignal<Recipe>, serve: Serve) -> Element {
    let recipe = recipe.read();
    use_wake_lock();
    let title = said(&recipe.title);
    use_tab_title(t!("cook-tab", name = title.clone()));
    let id = recipe.id;
    let steps = recipe.steps.len();
    let first = serve.step.map_or(0, |step| (step as usize).clamp(1, steps.max(1)) - 1);
    let mut at = use_signal(move || first);
    let mut list = use_signal(|| false);
    let mut own = use_signal(|| false);
    let go = use_callback(move |to: usize| {
        if to < steps {
            at.set(to);
            let step = u32::try_from(to + 1).ok();
            let serve = InUrl(Serve { step, ..serve });
            browser::show_address(&Route::CookPage { id, serve }.address());
        }
    });
    let mut touched = use_signal(|| None::<f64>);
    use_window_event("keydown", move |event| {
        if browser::typing(&event) {
            return;
        }
        let Some(key) = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key) else { return };
        let now = *at.peek();
        match key.as_str() {
            "ArrowRight" => go(now + 1),
            "ArrowLeft" if now > 0 => go(now - 1),
            _ => {}
        }
    });
    let back = Route::RecipePage { id, serve: InUrl(Serve { servings: serve.servings, step: None }) };
    let factor = serve.servings.map_or(1.0, |wanted| wanted as f32 / written_for(&recipe));
    let now = at();
    let step = recipe.steps.get(now).cloned().unwrap_or_default();
    let at_hand: Vec<(String, String)> = needed(&said(&step.text), &recipe.ingredients, lang())
        .into_iter()
        .map(|of| (said(&of.name), amount_in(of, factor, lang(), units())))
        .collect();
    let label = t!("cook-timer-label", name = title.clone(), step = now + 1);
    rsx! {
        div { class: "cook",
            header { class: "cook-head",
                Link { class: "icon-button", to: back.address(), "aria-label": t!("cook-back"), title: t!("cook-back"),
                    Glyph { icon: Icon::Close }
                }
                div { class: "cook-title",
                    Heading { title: title.clone() }
                    p { class: "soft", {t!("cook-at", step = now + 1, steps = steps)} }
                }
                Button { icon: Icon::List, onclick: move |_| list.set(true), {t!("recipe-ingredients")} }
            }
            div {
                class: "cook-progress",
                role: "progressbar",
                "aria-label": t!("cook-progress"),
                "aria-valuemin": "0",
                "aria-valuemax": "{steps}",
                "aria-valuenow": "{now + 1}",
                for i in 0..steps {
                    span { key: "{i}", class: if i <= now { "done" } }
                }
            }
            div {
                class: "cook-step",
                "aria-live": "polite",
                ontouchstart: move |event| touched.set(event.touches().first().map(|t| t.client_coordinates().x)),
                ontouchend: move |event| {
                    let end = event.touches_changed().first().map(|t| t.client_coordinates().x);
                    if let (Some(start), Some(end)) = (touched.take(), end) {
                        if end - start < -SWIPE {
                            go(now + 1);
                        } else if end - start > SWIPE && now > 0 {
                            go(now - 1);
                        }
                    }
                },
                p { key: "{now}", class: "cook-text", {temperatures(&said(&step.text), units())} }
                if !at_hand.is_empty() {
                    ul { class: "cook-needs", "aria-label": t!("recipe-ingredients"),
                        for (name , amount) in at_hand {
                            li { key: "{name}", b { "{amount}" } " {name}" }
                        }
                    }
                }
                div { class: "cook-timers",
                    if let Some(seconds) = step.timer_s {
                        Button {
                            kind: ButtonKind::Primary,
                            icon: Icon::Timer,
                            onclick: {
                                let label = label.clone();
                                move |_| start(label.clone(), seconds)
                            },
                            {t!("timer-start", time = format::duration(seconds))}
                        }
                    }
                    Button { kind: ButtonKind::Quiet, icon: Icon::Plus, onclick: move |_| own.set(true), {t!("timer-own")} }
                }
            }
            TimerDock { inline: true }
            footer { class: "cook-foot",
                Button { icon: Icon::ArrowLeft, disabled: now == 0, onclick: move |_| go(now.saturating_sub(1)), {t!("cook-previous")} }
                if now + 1 < steps {
                    Button { kind: ButtonKind::Primary, icon: Icon::ArrowRight, onclick: move |_| go(now + 1), {t!("cook-next")} }
                } else {
                    LinkButton { kind: ButtonKind::Primary, icon: Icon::Check, to: back, {t!("cook-done")} }
                }
            }
            Sheet { open: list, title: t!("recipe-ingredients"), onclose: move |()| list.set(false),
                Shopping { recipe: recipe.clone(), factor }
            }
            Sheet { open: own, title: t!("timer-own"), onclose: move |()| own.set(false),
                OwnTimer { label: label.clone(), onstart: move |()| own.set(false) }
                div { class: "chips chips-wide",
                    for minutes in OWN_MINUTES {
                        Button {
                            key: "{minutes}",
                            onclick: {
                                let label = label.clone();
                                move |_| {
                                    start(label.clone(), minutes * 60);
                                    own.set(false);
                                }
                            },
                            {format::minutes(minutes)}
                        }
                    }
                }
            }
        }
    }
}

/// A timer of any length.
#[component]
fn OwnTimer(label: String, onstart: EventHandler<()>) -> Element {
    let mut minutes = use_signal(String::new);
    let mut seconds = use_signal(String::new);
    let mut wrong = use_signal(|| false);
    let begin = move |event: FormEvent| {
        event.prevent_default();
        let read = |text: &str| if text.trim().is_empty() { Some(0) } else { text.trim().parse::<u32>().ok() };
        let whole = read(&minutes.peek()).zip(read(&seconds.peek()));
        let whole = whole.and_then(|(minutes, seconds)| minutes.checked_mul(60)?.checked_add(seconds));
        match whole.filter(|whole| (1..=MOST_SECONDS).contains(whole)) {
            Some(whole) => {
                start(label.clone(), whole);
                onstart.call(());
            }
            None => wrong.set(true),
        }
    };
    rsx! {
        form { class: "own-timer", onsubmit: begin,
            div { TextField { label: t!("timer-minutes"), value: minutes(), inputmode: "numeric", oninput: move |text| minutes.set(text) } }
            div { TextField { label: t!("timer-seconds"), value: seconds(), inputmode: "numeric", oninput: move |text| seconds.set(text) } }
            SubmitButton { {t!("timer-begin")} }
            if wrong() {
                p { class: "field-note field-wrong", role: "alert", {t!("timer-wrong")} }
            }
        }
    }
}
