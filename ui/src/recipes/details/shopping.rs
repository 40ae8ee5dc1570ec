//! The shopping list, by part of the dish, with boxes to tick.

use std::collections::HashSet;

use dioxus::prelude::*;
use hnh_domain::recipes::{Ingredient, Recipe};
use hnh_domain::text::Text;

use crate::i18n::{lang, said};
use crate::recipes::amounts::{amount_in, weight};
use crate::recipes::units;
use crate::routes::Route;

/// A part of the dish with its lines, each with its place in the whole list.
struct Part<'recipe> {
    name: Option<&'recipe Text>,
    lines: Vec<(usize, &'recipe Ingredient)>,
}

/// The lines by part, in the order in which the parts first come.
fn by_part(lines: &[Ingredient]) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        match parts.iter_mut().find(|part| part.name == line.part.as_ref()) {
            Some(part) => part.lines.push((i, line)),
            None => parts.push(Part { name: line.part.as_ref(), lines: vec![(i, line)] }),
        }
    }
    parts
}

/// The shopping list for `factor` times the servings it was written for.
#[component]
pub(crate) fn Shopping(recipe: Recipe, factor: f32) -> Element {
    let mut ticked = use_signal(HashSet::<usize>::new);
    rsx! {
        for (p , part) in by_part(&recipe.ingredients).into_iter().enumerate() {
            div { key: "{p}", class: "shopping-part",
                if let Some(name) = part.name {
                    h3 { {said(name)} }
                }
                ul { class: "shopping",
                    for (i , line) in part.lines {
                        li { key: "{i}",
                            label {
                                input {
                                    r#type: "checkbox",
                                    checked: ticked.read().contains(&i),
                                    onchange: move |event| {
                                        if event.checked() {
                                            ticked.write().insert(i);
                                        } else {
                                            ticked.write().remove(&i);
                                        }
                                    },
                                }
                                span { class: "shopping-name",
                                    {said(&line.name)}
                                    if let Some(prep) = &line.prep {
                                        span { class: "soft", " {said(prep)}" }
                                    }
                                }
                            }
                            span { class: "shopping-amount",
                                if let Some(food) = line.food {
                                    Link { to: Route::FoodPage { id: food }.address(), {amount_in(line, factor, lang(), units())} }
                                } else {
                                    {amount_in(line, factor, lang(), units())}
                                }
                                if let Some(weight) = weight(line, factor, units()) {
                                    span { class: "soft", "{weight}" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_keep_their_order_and_gather_their_lines() {
        let line = |part: Option<&str>| Ingredient { part: part.map(|p| Text::both(p, p)), ..Ingredient::default() };
        let lines = [line(None), line(Some("sauce")), line(None), line(Some("sauce"))];
        let parts: Vec<Vec<usize>> =
            by_part(&lines).into_iter().map(|part| part.lines.into_iter().map(|(i, _)| i).collect()).collect();
        assert_eq!(parts, [vec![0, 2], vec![1, 3]]);
    }
}
