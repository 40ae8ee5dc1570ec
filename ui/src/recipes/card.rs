//! What a list shows of a recipe.

use dioxus::prelude::*;
use hnh_domain::label::Diet;
use hnh_domain::recipes::RecipeCard;

use super::picture::{Picture, Subject};
use crate::favourites::Heart;
use crate::format;
use crate::i18n::{lang, said, t};
use crate::kit::{Chip, ChipKind, Glyph, Icon};
use crate::routes::Route;
use hnh_domain::account::FavouriteKind;

/// A card has room for this many labels.
const LABELS: usize = 3;

/// The labels worth their room, the most telling first.
const TELLING: [Diet; 12] = [
    Diet::Vegan,
    Diet::Vegetarian,
    Diet::HighProtein,
    Diet::LowSodium,
    Diet::GlutenFree,
    Diet::HighFibre,
    Diet::LowFat,
    Diet::LowCarb,
    Diet::LowSugar,
    Diet::DairyFree,
    Diet::NutFree,
    Diet::Pescatarian,
];

/// Whether another diet on the list says this one already.
fn implied(diet: Diet, suits: &[Diet]) -> bool {
    let vegan = suits.contains(&Diet::Vegan);
    match diet {
        Diet::Vegetarian | Diet::DairyFree => vegan,
        Diet::LactoVegetarian | Diet::OvoVegetarian | Diet::Pescatarian => vegan || suits.contains(&Diet::Vegetarian),
        _ => false,
    }
}

/// The labels worth showing, the most telling first; what another one implies is left out.
pub(super) fn labels(suits: &[Diet]) -> impl Iterator<Item = Diet> {
    TELLING.into_iter().filter(move |diet| suits.contains(diet) && !implied(*diet, suits))
}

/// A recipe's card: picture, name, minutes, kcal, protein, labels, heart.
#[component]
pub(crate) fn RecipeTile(card: RecipeCard) -> Element {
    let title = said(&card.title);
    let to = Route::recipe(card.id).address();
    rsx! {
        article { class: "recipe-card card",
            Picture { subject: Subject::from(&card) }
            div { class: "recipe-card-body",
                h3 {
                    Link { class: "recipe-card-link", to, "{title}" }
                }
                p { class: "facts",
                    if let Some(minutes) = card.total_min {
                        span { Glyph { icon: Icon::Clock, size: 15 } {format::minutes(minutes)} }
                    }
                    if let Some(energy) = card.energy {
                        span { Glyph { icon: Icon::Flame, size: 15 } {t!("amount-kcal", amount = format::number(energy, 0))} }
                    } else {
                        span { {t!("kcal-unknown")} }
                    }
                    if let Some(protein) = card.protein {
                        span { {t!("amount-protein", amount = format::number(protein, 0))} }
                    }
                }
                ul { class: "chips",
                    for diet in labels(&card.suits).take(LABELS) {
                        li { key: "{diet}", Chip { text: diet.name(lang()), kind: ChipKind::Leaf } }
                    }
                }
            }
            Heart { kind: FavouriteKind::Recipe, id: card.id, name: title }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telling_labels_and_none_that_another_implies() {
        let suits = [Diet::DairyFree, Diet::Vegetarian, Diet::Vegan, Diet::LowSugar, Diet::LowFat, Diet::HighFibre];
        assert_eq!(labels(&suits).collect::<Vec<_>>(), [Diet::Vegan, Diet::HighFibre, Diet::LowFat, Diet::LowSugar]);
        let suits = [Diet::Vegetarian, Diet::Pescatarian];
        assert_eq!(labels(&suits).collect::<Vec<_>>(), [Diet::Vegetarian]);
    }
}
