//! Recipes from elsewhere: by address, by pasted text, by file. Each is looked at before it is kept.

use dioxus::prelude::*;
use hnh_domain::calls::{ImportRecipeFile, ImportRecipePage, ImportRecipeText};
use hnh_domain::cookbook::{CookbookChange, ImportAddress, Imported, ImportedRecipe};
use hnh_domain::port::Outcome;
use hnh_domain::problem::{Problem, ProblemCode};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::drafts::hand_over;
use crate::account::{SignInLink, use_me};
use crate::changes::{make, new_id};
use crate::core::call;
use crate::i18n::t;
use crate::kit::{
    Button, ButtonKind, Checkbox, EmptyState, Glyph, Icon, Page, PageSection, SubmitButton, TextArea, TextField, toast,
};
use crate::refusals;
use crate::routes::Route;

/// The largest file that is sent, in bytes.
const MAX_FILE: u64 = 10 * 1024 * 1024;
/// The most files read in one go; the server reads no more at once, and a ZIP holds any number.
const MAX_FILES: usize = 20;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = hnhFiles)]
    async fn hnh_files(input: &str) -> Result<JsValue, JsValue>;
}

/// A file as the host gives it.
#[derive(Deserialize)]
struct File {
    name: String,
    size: u64,
    data: String,
}

/// Reads the chosen files one after the other. One that holds no recipe is named beside the others, and told of when alone.
async fn read_files(files: Vec<File>) -> Outcome<Imported> {
    let mut all = Imported::default();
    let alone = files.len() == 1;
    for File { name, size, data } in files {
        let outcome = if size > MAX_FILE {
            Err(Problem::new(ProblemCode::TooLarge))
        } else {
            call(ImportRecipeFile { name: name.clone(), data }).await
        };
        match outcome {
            Ok(found) => {
                all.recipes.extend(found.recipes);
                all.unread.extend(found.unread);
            }
            Err(problem) if !alone && matches!(problem.code, ProblemCode::NoRecipe | ProblemCode::TooLarge) => {
                all.unread.push(name);
            }
            Err(problem) => return Err(problem),
        }
    }
    if all.recipes.is_empty() { Err(Problem::new(ProblemCode::NoRecipe)) } else { Ok(all) }
}

/// The ways to bring recipes in.
#[component]
pub(crate) fn ImportPage() -> Element {
    let me = use_me();
    let signed_in = me.read().as_ref().map(Option::is_some);
    rsx! {
        Page { title: t!("book-import"), class: "page-narrow import", back: Route::BookPage {}.address(),
            match signed_in {
                None => rsx! {},
                Some(false) => rsx! {
                    EmptyState { icon: Icon::User, title: t!("error-sign-in"), text: t!("import-sign-in"), SignInLink {} }
                },
                Some(true) => rsx! { Ways {} },
            }
        }
    }
}

#[component]
fn Ways() -> Element {
    let navigator = use_navigator();
    let mut busy = use_signal(|| false);
    let mut problem = use_signal(|| None::<Problem>);
    let mut several = use_signal(|| None::<Imported>);
    let mut address = use_signal(String::new);
    let mut text = use_signal(String::new);
    let take = use_callback(move |outcome: Outcome<Imported>| {
        busy.set(false);
        match outcome {
            Ok(mut found) if found.recipes.len() == 1 && found.unread.is_empty() => {
                hand_over(found.recipes.remove(0));
                navigator.push(Route::NewRecipePage {}.address());
            }
            Ok(found) => several.set(Some(found)),
            Err(refused) => problem.set(Some(refused)),
        }
    });
    let mut begin = move || {
        busy.set(true);
        problem.set(None);
        several.set(None);
    };
    let by_address = move |event: FormEvent| {
        event.prevent_default();
        begin();
        spawn(async move {
            let form = ImportAddress { url: address.peek().trim().to_owned() };
            take(call(ImportRecipePage { form }).await);
        });
    };
    let by_text = move |event: FormEvent| {
        event.prevent_default();
        begin();
        let text = text.peek().clone();
        spawn(async move {
            take(call(ImportRecipeText { text }).await);
        });
    };
    let by_file = move |_| {
        begin();
        spawn(async move {
            let told = hnh_files("recipe-file").await.ok().and_then(|told| told.as_string());
            let files: Vec<File> = told.and_then(|told| serde_json::from_str(&told).ok()).unwrap_or_default();
            if files.len() > MAX_FILES {
                busy.set(false);
                toast(t!("import-many-files", count = MAX_FILES));
                return;
            }
            take(read_files(files).await);
        });
    };
    rsx! {
        p { class: "lead", {t!("import-lead")} }
        if let Some(problem) = problem() {
            p { class: "field-note field-wrong", role: "alert", Glyph { icon: Icon::CircleAlert, size: 15 } {refusals::words(&problem)} }
        }
        if busy() {
            p { role: "status", class: "soft", {t!("import-reading")} }
        }
        if let Some(found) = several() {
            Several { found }
        }
        PageSection { title: t!("import-address"),
            form { class: "form form-wide", onsubmit: by_address,
                div {
                    TextField { label: t!("import-address-label"), kind: "url", value: address(), oninput: move |text| address.set(text) }
                }
                div { class: "form-ways", SubmitButton { busy: busy() || address.read().trim().is_empty(), {t!("import-read")} } }
            }
        }
        PageSection { title: t!("import-text"),
            form { class: "form form-wide", onsubmit: by_text,
                div {
                    TextArea { label: t!("import-text-label"), value: text(), rows: 8, oninput: move |words| text.set(words) }
                }
                div { class: "form-ways", SubmitButton { busy: busy() || text.read().trim().is_empty(), {t!("import-read")} } }
            }
        }
        PageSection { title: t!("import-file"),
            p { class: "soft", {t!("import-file-text")} }
            label { class: "button photo-button",
                Glyph { icon: Icon::Download }
                span { {t!("import-file-choose")} }
                input {
                    id: "recipe-file",
                    class: "hidden",
                    r#type: "file",
                    multiple: true,
                    accept: ".html,.htm,.json,.cook,.txt,.md,.zip,.paprikarecipe,.paprikarecipes",
                    disabled: busy(),
                    onchange: by_file,
                }
            }
        }
    }
}

/// The recipes of an archive, to choose from.
#[component]
fn Several(found: Imported) -> Element {
    let navigator = use_navigator();
    let count = found.recipes.len();
    let mut wanted = use_signal(move || vec![true; count]);
    let chosen = wanted.read().iter().filter(|on| **on).count();
    let recipes = found.recipes.clone();
    let keep = move |_| {
        let chosen: Vec<ImportedRecipe> =
            recipes.iter().zip(wanted.peek().iter()).filter(|(_, on)| **on).map(|(one, _)| one.clone()).collect();
        async move {
            let mut kept = 0;
            for ImportedRecipe { recipe, .. } in chosen {
                let change = CookbookChange::WriteRecipe { id: new_id(), recipe: Box::new(recipe), version: 0 };
                match make(change).await {
                    Ok(()) => kept += 1,
                    Err(problem) => {
                        toast(refusals::words(&problem));
                        break;
                    }
                }
            }
            toast(t!("import-kept", count = kept));
            navigator.push(Route::BookPage {}.address());
        }
    };
    rsx! {
        PageSection { title: t!("import-several", count = count), class: "card import-several",
            ul { class: "plain-list",
                for (i , one) in found.recipes.iter().enumerate() {
                    li { key: "{i}",
                        Checkbox {
                            label: one.recipe.title.clone(),
                            checked: wanted.read().get(i).copied().unwrap_or_default(),
                            onchange: move |on| {
                                if let Some(one) = wanted.write().get_mut(i) {
                                    *one = on;
                                }
                            },
                        }
                        span { class: "soft", {t!("import-lines", lines = one.recipe.ingredients.len(), steps = one.recipe.steps.len())} }
                    }
                }
            }
            if !found.unread.is_empty() {
                p { class: "soft", {t!("import-unread", names = found.unread.join(", "))} }
            }
            div { class: "form-ways",
                Button { kind: ButtonKind::Primary, disabled: chosen == 0, onclick: keep, {t!("import-keep", count = chosen)} }
            }
        }
    }
}
