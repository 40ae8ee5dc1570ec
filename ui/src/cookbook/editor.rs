//! Writing a recipe: what is typed is read at once, line by line, and nothing typed is lost.

use dioxus::prelude::*;
use hnh_domain::calls::GetOwnRecipe;
use hnh_domain::cookbook::{BookRecipe, CookbookChange, Lost, OwnRecipe};
use hnh_domain::problem::{FieldCode, Problem};
use hnh_domain::reading::Reading;
use uuid::Uuid;

use super::drafts::{Typed, handed_over};
use super::labels::{Lines, Sums};
use super::reader::read;
use crate::account::use_me;
use crate::browser::sleep;
use crate::changes::{make, new_id};
use crate::core::call;
use crate::i18n::{lang, t};
use crate::kit::{
    Button, ButtonKind, ErrorState, Glyph, Icon, IconButton, Page, PageSection, SkeletonShape, SubmitButton, TextArea,
    TextField, loaded_page,
};
use crate::photos::PhotoPicker;
use crate::refusals;
use crate::routes::Route;

/// The engine waits so long for the next key, in ms.
const PAUSE_MS: u32 = 250;

/// The editor for a new recipe, or for one that was read from elsewhere.
#[component]
pub(crate) fn NewRecipePage() -> Element {
    let given = use_hook(|| CopyValue::new(handed_over()));
    let given = given.read().clone();
    let kept = if given.is_some() { None } else { Typed::kept() };
    let restored = kept.is_some();
    let start = given.as_ref().map(|given| Typed::from(&given.recipe)).or(kept).unwrap_or_default();
    let before = given.as_ref().map(|given| given.recipe.clone()).unwrap_or_default();
    rsx! { Editor { start, before, restored, lost: given.map(|given| given.lost) } }
}

/// The editor for a recipe of one's own.
#[component]
pub(crate) fn EditRecipePage(id: ReadSignal<Uuid>) -> Element {
    let own = use_resource(move || call(GetOwnRecipe { id: id() }));
    loaded_page(own, (SkeletonShape::Details, 1), t!("editor-edit"), rsx! {}, |own| {
        let OwnRecipe { id, recipe, version, .. } = own.clone();
        rsx! { Editor { start: Typed::from(&recipe), before: recipe, old: Some((id, version)) } }
    })
}

#[component]
fn Editor(
    start: Typed,
    before: BookRecipe,
    /// The recipe that is rewritten, and its version.
    #[props(default)]
    old: Option<(Uuid, i64)>,
    #[props(default)] restored: bool,
    /// What of a recipe from elsewhere did not come along.
    #[props(default)]
    lost: Option<Vec<Lost>>,
) -> Element {
    let navigator = use_navigator();
    let first = start.clone();
    let mut typed = use_signal(move || first);
    let mut restored = use_signal(move || restored);
    let mut problem = use_signal(|| None::<Problem>);
    let me = use_me();
    let can_photo = me.read().as_ref().is_some_and(Option::is_some);
    // Who leaves and comes back finds it again; what is rewritten has the old text to go back to.
    use_effect(move || {
        let now = typed();
        if old.is_none() && (now != start || *restored.peek()) {
            now.keep();
        }
    });
    let reading = use_reading(typed);
    let wrong = move |field: &str| {
        let problem = problem();
        let error = problem.as_ref()?.errors.iter().find(|error| error.field == field)?;
        Some(match (field, error.code) {
            ("title", FieldCode::Empty | FieldCode::TooLong) => t!("editor-title-wrong"),
            _ => refusals::field(error),
        })
    };
    let send = move |event: FormEvent| {
        event.prevent_default();
        let recipe = typed.peek().recipe(&before);
        spawn(async move {
            let (id, version) = old.unwrap_or_else(|| (new_id(), 0));
            let outcome = match recipe.checked() {
                Ok(recipe) => make(CookbookChange::WriteRecipe { id, recipe: Box::new(recipe), version }).await,
                Err(error) => Err(error.into()),
            };
            match outcome {
                Ok(()) => {
                    if old.is_none() {
                        Typed::default().keep();
                    }
                    navigator.replace(Route::own_recipe(id).address());
                }
                Err(refused) => problem.set(Some(refused)),
            }
        });
    };
    let throw_away = move |_| {
        Typed::default().keep();
        typed.set(Typed::default());
        restored.set(false);
    };
    let others = problem().filter(|problem| {
        let shown = ["title", "servings", "ingredients", "steps", "photos"];
        problem.errors.iter().all(|error| !shown.contains(&error.field.as_str()))
    });
    let (heading, back) = match old {
        Some((id, _)) => (t!("editor-edit"), Route::own_recipe(id)),
        None if lost.is_some() => (t!("editor-review"), Route::ImportPage {}),
        None => (t!("book-new"), Route::BookPage {}),
    };
    rsx! {
        Page { title: heading, class: "recipe-editor", back: back.address(),
            if restored() {
                p { class: "note", role: "status",
                    Glyph { icon: Icon::Clock, size: 16 }
                    {t!("write-restored")}
                    Button { kind: ButtonKind::Quiet, onclick: throw_away, {t!("write-throw-away")} }
                }
            }
            if let Some(lost) = lost {
                ReviewNote { lost }
            }
            form { class: "form form-wide", onsubmit: send,
                div {
                    TextField { label: t!("editor-title"), value: typed.read().title.clone(), error: wrong("title"), oninput: move |text| typed.write().title = text }
                }
                div {
                    TextField { label: t!("editor-summary"), value: typed.read().summary.clone(), error: wrong("summary"), oninput: move |text| typed.write().summary = text }
                }
                div { class: "editor-numbers",
                    NumberField { label: t!("editor-servings"), value: typed.read().servings.clone(), error: wrong("servings"), oninput: move |text| typed.write().servings = text }
                    NumberField { label: t!("editor-prep"), value: typed.read().prep.clone(), error: wrong("prep_min"), oninput: move |text| typed.write().prep = text }
                    NumberField { label: t!("editor-cook"), value: typed.read().cook.clone(), error: wrong("cook_min"), oninput: move |text| typed.write().cook = text }
                    NumberField { label: t!("editor-total"), value: typed.read().total.clone(), error: wrong("total_min"), oninput: move |text| typed.write().total = text }
                }
                div { class: "editor-columns",
                    div {
                        TextArea {
                            label: t!("recipe-ingredients"),
                            value: typed.read().ingredients.clone(),
                            rows: 10,
                            hint: t!("editor-ingredients-hint"),
                            error: wrong("ingredients"),
                            oninput: move |text| typed.write().ingredients = text,
                        }
                    }
                    PageSection { title: t!("editor-read"), class: "editor-read",
                        match &*reading.read() {
                            Some(reading) if !reading.lines.is_empty() => rsx! {
                                Sums { reading: reading.clone() }
                                Lines {
                                    reading: reading.clone(),
                                    texts: typed.read().lines().into_iter().map(|line| line.text).collect::<Vec<_>>(),
                                    onfood: move |(text, food): (String, Option<String>)| {
                                        let mut typed = typed.write();
                                        match food {
                                            Some(food) => typed.foods.insert(text, food),
                                            None => typed.foods.remove(&text),
                                        };
                                    },
                                }
                            },
                            _ => rsx! { p { class: "soft", {t!("editor-read-none")} } },
                        }
                    }
                }
                div {
                    TextArea { label: t!("recipe-steps"), value: typed.read().steps.clone(), rows: 8, hint: t!("editor-steps-hint"), error: wrong("steps"), oninput: move |text| typed.write().steps = text }
                }
                div {
                    TextArea { label: t!("editor-notes"), value: typed.read().notes.clone(), rows: 3, error: wrong("notes"), oninput: move |text| typed.write().notes = text }
                }
                div {
                    TextField { label: t!("editor-lists"), value: typed.read().lists.clone(), hint: t!("editor-lists-hint"), error: wrong("lists"), oninput: move |text| typed.write().lists = text }
                }
                Rating { rating: typed.read().rating, onrate: move |rating| typed.write().rating = rating }
                div {
                    TextField { label: t!("editor-source"), value: typed.read().source.clone(), error: wrong("source"), oninput: move |text| typed.write().source = text }
                }
                if can_photo {
                    Photos { typed, error: wrong("photos") }
                }
                if let Some(problem) = others {
                    ErrorState { problem }
                }
                div { class: "form-ways", SubmitButton { {t!("editor-keep")} } }
            }
        }
    }
}

/// What was typed as the engine reads it, a moment after the last key.
fn use_reading(typed: Signal<Typed>) -> Signal<Option<Reading>> {
    let mut reading = use_signal(|| None::<Reading>);
    let asked = use_memo(move || (typed.read().lines(), typed.read().serves()));
    use_effect(move || {
        let question = asked();
        spawn(async move {
            sleep(PAUSE_MS).await;
            // Of many keys in a row only the last is read.
            if *asked.peek() == question {
                reading.set(read(question.0, question.1).await);
            }
        });
    });
    reading
}

/// What to look at in a recipe from elsewhere.
#[component]
fn ReviewNote(lost: Vec<Lost>) -> Element {
    rsx! {
        div { class: "note review-note", role: "status",
            p { Glyph { icon: Icon::Info, size: 16 } {t!("editor-review-text")} }
            if !lost.is_empty() {
                ul {
                    for what in lost {
                        li { key: "{what}", {what.name(lang())} }
                    }
                }
            }
        }
    }
}

#[component]
fn NumberField(label: String, value: String, error: Option<String>, oninput: EventHandler<String>) -> Element {
    rsx! {
        div {
            TextField { label, value, error, inputmode: "decimal", oninput: move |text| oninput.call(text) }
        }
    }
}

/// One to five stars, or none.
#[component]
pub(super) fn Rating(rating: Option<u8>, onrate: EventHandler<Option<u8>>) -> Element {
    rsx! {
        div { class: "rating", role: "group", "aria-label": t!("editor-rating"),
            span { class: "text-field-label", {t!("editor-rating")} }
            for stars in 1..=5u8 {
                button {
                    key: "{stars}",
                    r#type: "button",
                    class: "star",
                    "aria-pressed": rating == Some(stars),
                    "aria-label": t!("book-rated", rating = stars),
                    onclick: move |_| onrate.call((rating != Some(stars)).then_some(stars)),
                    if rating.is_some_and(|rating| rating >= stars) { "★" } else { "☆" }
                }
            }
            if rating.is_some() {
                IconButton { icon: Icon::Close, label: t!("editor-no-rating"), onclick: move |_| onrate.call(None) }
            }
        }
    }
}

#[component]
fn Photos(typed: Signal<Typed>, error: Option<String>) -> Element {
    let mut typed = typed;
    let photos = use_signal(|| typed.peek().photos.clone());
    use_effect(move || {
        let now = photos();
        if typed.peek().photos != now {
            typed.write().photos = now;
        }
    });
    rsx! { PhotoPicker { photos, error } }
}
