//! The book: own recipes, found by words and lists.

use dioxus::prelude::*;
use hnh_domain::calls::ListOwnRecipes;
use hnh_domain::cookbook::OwnRecipe;
use hnh_domain::nutrient::Nutrient;
use hnh_domain::topic::Topic;

use super::reader::read;
use super::{KitchenParts, Part};
use crate::core::{call, use_topic};
use crate::format;
use crate::i18n::t;
use crate::kit::{
    ButtonKind, Chip, EmptyState, Glyph, Icon, LinkButton, Page, SearchField, SkeletonShape, ToggleChip, loaded,
};
use crate::photos::Photo;
use crate::recipes::{Picture, Subject};
use crate::routes::Route;

/// One's own recipes.
#[component]
pub(crate) fn BookPage() -> Element {
    let changes = use_topic(Topic::Cookbook);
    let recipes = use_resource(move || {
        changes();
        call(ListOwnRecipes {})
    });
    rsx! {
        Page { title: t!("book-title"), class: "book",
            KitchenParts { here: Part::Book }
            div { class: "form-ways",
                LinkButton { kind: ButtonKind::Primary, icon: Icon::Plus, to: Route::NewRecipePage {}, {t!("book-new")} }
                LinkButton { icon: Icon::Download, to: Route::ImportPage {}, {t!("book-import")} }
            }
            {loaded(recipes, (SkeletonShape::Cards, 3), rsx! {}, |recipes| if recipes.is_empty() {
                rsx! {
                    EmptyState { icon: Icon::ChefHat, title: t!("book-none"), text: t!("book-none-text") }
                }
            } else {
                rsx! { Book { recipes: recipes.clone() } }
            })}
        }
    }
}

/// The recipes that have some words and are on some list.
fn found<'all>(recipes: &'all [OwnRecipe], words: &str, list: Option<&String>) -> Vec<&'all OwnRecipe> {
    let words: Vec<String> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let has = |own: &OwnRecipe| {
        let recipe = &own.recipe;
        let lines = recipe.ingredients.iter().map(|line| line.text.as_str());
        let text: Vec<&str> =
            [recipe.title.as_str(), &recipe.summary, &recipe.notes].into_iter().chain(lines).collect();
        let text = text.join("\n").to_lowercase();
        words.iter().all(|word| text.contains(word)) && list.is_none_or(|list| recipe.lists.contains(list))
    };
    recipes.iter().filter(|own| has(own)).collect()
}

#[component]
fn Book(recipes: Vec<OwnRecipe>) -> Element {
    let mut words = use_signal(String::new);
    let mut list = use_signal(|| None::<String>);
    let mut lists: Vec<String> = recipes.iter().flat_map(|own| own.recipe.lists.iter().cloned()).collect();
    lists.sort();
    lists.dedup();
    let shown = found(&recipes, &words.read(), list.read().as_ref());
    rsx! {
        if recipes.len() > 5 {
            SearchField { label: t!("book-search"), value: words(), oninput: move |text| words.set(text) }
        }
        if !lists.is_empty() {
            div { class: "chips", role: "group", "aria-label": t!("book-lists"),
                for name in lists {
                    ToggleChip {
                        key: "{name}",
                        text: name.clone(),
                        on: list.read().as_ref() == Some(&name),
                        onclick: move |()| {
                            let on = list.peek().as_ref() == Some(&name);
                            list.set((!on).then(|| name.clone()));
                        },
                    }
                }
            }
        }
        p { class: "recipes-count", role: "status", {t!("book-count", count = shown.len())} }
        ul { class: "recipe-cards",
            for own in shown {
                li { key: "{own.id}", OwnTile { own: own.clone() } }
            }
        }
        p { class: "book-export",
            a { href: "/api/v1/cookbook/export", download: "hnh-recipes.zip", {t!("book-export")} }
        }
    }
}

#[component]
fn OwnTile(own: OwnRecipe) -> Element {
    let asked = own.recipe.clone();
    let reading = use_resource(use_reactive!(|asked| read(asked.ingredients, asked.servings)));
    let plain = own.recipe.as_recipe(own.id);
    let recipe = match &*reading.read() {
        Some(Some(reading)) => reading.told_of(plain),
        _ => plain,
    };
    let energy = recipe.nutrients.get(Nutrient::Energy);
    rsx! {
        article { class: "recipe-card card",
            match own.recipe.photos.first() {
                Some(photo) => rsx! {
                    div { class: "picture", Photo { id: photo.id, alt: photo.alt.clone(), width: 800 } }
                },
                None => rsx! { Picture { subject: Subject::from(&recipe) } },
            }
            div { class: "recipe-card-body",
                h3 {
                    Link { class: "recipe-card-link", to: Route::own_recipe(own.id).address(), dir: "auto", "{own.recipe.title}" }
                }
                p { class: "facts",
                    if let Some(minutes) = recipe.total_min {
                        span { Glyph { icon: Icon::Clock, size: 15 } {format::minutes(minutes)} }
                    }
                    if let Some(energy) = energy {
                        span { Glyph { icon: Icon::Flame, size: 15 } {t!("amount-kcal", amount = format::number(energy, 0))} }
                    }
                    if let Some(rating) = own.recipe.rating {
                        span { "aria-label": t!("book-rated", rating = rating), {"★".repeat(rating.into())} }
                    }
                    if !own.recipe.made_on.is_empty() {
                        span { {t!("book-made", count = own.recipe.made_on.len())} }
                    }
                }
                ul { class: "chips",
                    for list in own.recipe.lists.iter().take(3) {
                        li { key: "{list}", Chip { text: list.clone() } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use hnh_domain::cookbook::{BookLine, BookRecipe};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn words_are_looked_for_in_all_of_a_recipe() {
        let recipe = BookRecipe {
            title: "Soup".into(),
            ingredients: vec![BookLine { text: "1 Leek".into(), ..BookLine::default() }],
            lists: vec!["Winter".into()],
            ..BookRecipe::default()
        };
        let all = [OwnRecipe { id: Uuid::nil(), recipe, version: 1, changed_ms: 0, shared: false }];
        assert_eq!(found(&all, "leek soup", None).len(), 1);
        assert_eq!(found(&all, "", Some(&"Winter".to_owned())).len(), 1);
        assert!(found(&all, "leek beef", None).is_empty());
        assert!(found(&all, "", Some(&"Summer".to_owned())).is_empty());
    }
}
