//! One's own recipes: kept, written, read in from elsewhere, shared by link.

mod drafts;
mod editor;
mod import;
mod labels;
mod list;
mod page;
mod reader;
mod shared;

pub(crate) use drafts::copied;
pub(crate) use editor::{EditRecipePage, NewRecipePage};
pub(crate) use import::ImportPage;
pub(crate) use list::BookPage;
pub(crate) use page::OwnRecipePage;
pub(crate) use reader::read;
pub(crate) use shared::SharedRecipePage;

use dioxus::prelude::*;

use crate::i18n::t;
use crate::kit::{Glyph, Icon};
use crate::routes::Route;

/// The parts of the kitchen, each a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Find,
    Book,
    Plan,
    Shopping,
}

impl Part {
    const ALL: [Self; 4] = [Self::Find, Self::Book, Self::Plan, Self::Shopping];

    fn route(self) -> Route {
        match self {
            Self::Find => Route::recipes(),
            Self::Book => Route::BookPage {},
            Self::Plan => Route::plan(),
            Self::Shopping => Route::ShoppingPage {},
        }
    }

    fn name(self) -> String {
        match self {
            Self::Find => t!("kitchen-find"),
            Self::Book => t!("kitchen-book"),
            Self::Plan => t!("kitchen-plan"),
            Self::Shopping => t!("kitchen-shopping"),
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Find => Icon::Search,
            Self::Book => Icon::ChefHat,
            Self::Plan => Icon::Calendar,
            Self::Shopping => Icon::List,
        }
    }
}

/// The ways between the recipes of the catalogue, one's own, the plan and the shopping list.
#[component]
pub(crate) fn KitchenParts(here: Part) -> Element {
    rsx! {
        nav { class: "kitchen-parts", "aria-label": t!("kitchen-parts"),
            for part in Part::ALL {
                Link {
                    key: "{part.name()}",
                    class: "kitchen-part",
                    to: part.route().address(),
                    "aria-current": if part == here { "page" },
                    Glyph { icon: part.icon(), size: 18 }
                    span { {part.name()} }
                }
            }
        }
    }
}
