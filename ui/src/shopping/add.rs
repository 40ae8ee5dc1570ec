//! From recipes to a shopping list: what is at home is left out, and remembered as such.

use std::collections::BTreeSet;

use dioxus::prelude::*;
use hnh_domain::calls::{GetSetting, ListShopping, ReadShopping, SetSetting};
use hnh_domain::port::Outcome;
use hnh_domain::recipes::Recipe;
use hnh_domain::shopping::{ShoppingChange, ShoppingLine};
use uuid::Uuid;

use super::lines::{aisle_name, amount, is_water, to_buy};
use crate::changes::{make, new_id};
use crate::core::call;
use crate::i18n::{lang, t};
use crate::kit::{Button, ButtonKind, Checkbox, Dialog, Icon, toast};
use crate::refusals;
use crate::routes::Route;

/// Where the device remembers what is at home, by name.
const AT_HOME: &str = "shopping.at_home";

/// What is at home, by name in small letters.
async fn at_home() -> BTreeSet<String> {
    let kept = call(GetSetting { key: AT_HOME.into() }).await.ok().flatten();
    kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default()
}

async fn remember(at_home: &BTreeSet<String>) {
    let value = serde_json::to_string(at_home).ok();
    // What cannot be remembered is asked again.
    call(SetSetting { key: AT_HOME.into(), value }).await.ok();
}

/// The list that lines go to: the first there is, else a new one.
pub(super) async fn first_list() -> Outcome<Uuid> {
    if let Some(list) = call(ListShopping {}).await?.first() {
        return Ok(list.id);
    }
    let id = new_id();
    make(ShoppingChange::OpenList { id, name: String::new() }).await?;
    Ok(id)
}

/// Puts lines on a list, added up with what is there and not in the basket yet.
pub(super) async fn put(list: Uuid, lines: Vec<ShoppingLine>) -> Outcome<()> {
    let mut known = call(ReadShopping { list }).await?;
    known.retain(|item| !item.ticked);
    for line in lines {
        let (id, what) =
            match known.iter_mut().find_map(|item| item.what.add(&line).then(|| (item.id, item.what.clone()))) {
                Some(added) => added,
                None => (new_id(), line),
            };
        make(ShoppingChange::PutItem { id, list, what }).await?;
    }
    Ok(())
}

/// A button that puts what a recipe needs on the shopping list.
#[component]
pub(crate) fn ToShoppingList(recipe: ReadSignal<Recipe>, factor: f32) -> Element {
    let mut lines = use_signal(|| None::<Vec<ShoppingLine>>);
    let open = move |_| async move {
        let recipe = recipe.peek().clone();
        lines.set(Some(to_buy(&recipe, factor).await));
    };
    rsx! {
        Button { icon: Icon::List, onclick: open, {t!("shopping-add")} }
        ToBuy { lines }
    }
}

/// Asks which of the lines to buy.
#[component]
pub(crate) fn ToBuy(lines: Signal<Option<Vec<ShoppingLine>>>) -> Element {
    let mut lines = lines;
    let open = use_memo(move || lines.read().is_some());
    let mut wanted = use_signal(Vec::<bool>::new);
    use_effect(move || {
        let asked: Vec<String> = lines.read().iter().flatten().map(|line| line.text.to_lowercase()).collect();
        spawn(async move {
            let at_home = at_home().await;
            wanted.set(asked.iter().map(|name| !at_home.contains(name) && !is_water(name)).collect());
        });
    });
    let navigator = use_navigator();
    let keep = move |_| async move {
        let all = lines.peek().clone().unwrap_or_default();
        let wanted = wanted.peek().clone();
        let mut home = at_home().await;
        let mut buying = Vec::new();
        for (line, on) in all.into_iter().zip(wanted) {
            let name = line.text.to_lowercase();
            if on {
                home.remove(&name);
                buying.push(line);
            } else if !is_water(&name) {
                home.insert(name);
            }
        }
        remember(&home).await;
        let outcome = match first_list().await {
            Ok(list) => put(list, buying).await,
            Err(problem) => Err(problem),
        };
        match outcome {
            Ok(()) => {
                lines.set(None);
                navigator.push(Route::ShoppingPage {}.address());
            }
            Err(problem) => toast(refusals::words(&problem)),
        }
    };
    let chosen = wanted.read().iter().filter(|on| **on).count();
    rsx! {
        Dialog { open, title: t!("shopping-which"), onclose: move |()| lines.set(None),
            p { class: "soft", {t!("shopping-which-text")} }
            ul { class: "plain-list to-buy",
                for (i , line) in lines.read().clone().unwrap_or_default().into_iter().enumerate() {
                    li { key: "{i}",
                        Checkbox {
                            label: line.text.clone(),
                            checked: wanted.read().get(i).copied().unwrap_or_default(),
                            onchange: move |on| {
                                if let Some(one) = wanted.write().get_mut(i) {
                                    *one = on;
                                }
                            },
                        }
                        span { class: "soft", "{amount(&line, lang())} · {aisle_name(line.aisle, lang())}" }
                    }
                }
            }
            div { class: "form-ways",
                Button { kind: ButtonKind::Primary, disabled: chosen == 0, onclick: keep, {t!("shopping-put", count = chosen)} }
            }
        }
    }
}
