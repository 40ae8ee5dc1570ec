//! The ways to the main pages: beside them on a wide window, below them on a phone.

use dioxus::prelude::*;

use crate::chat::unread;
use crate::i18n::t;
use crate::kit::{Glyph, Icon};
use crate::notices::unseen;
use crate::routes::Route;

/// A main page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Home,
    Map,
    Recipes,
    Foods,
    Board,
    Chat,
    Notices,
    Favourites,
    Account,
    Settings,
}

impl Tab {
    /// The ones on the bar of a phone; foods are reached from home, favourites and one's account from the top.
    const BAR: [Self; 5] = [Self::Home, Self::Map, Self::Recipes, Self::Board, Self::Chat];
    /// The ones at the side of a wide window.
    const SIDE: [Self; 9] = [
        Self::Home,
        Self::Map,
        Self::Recipes,
        Self::Foods,
        Self::Board,
        Self::Chat,
        Self::Notices,
        Self::Favourites,
        Self::Account,
    ];

    /// The tab a page belongs to.
    fn of(route: &Route) -> Option<Self> {
        match route {
            Route::HomePage {} => Some(Self::Home),
            Route::MapPage { .. } | Route::PlacePage { .. } => Some(Self::Map),
            Route::RecipesPage { .. }
            | Route::RecipePage { .. }
            | Route::CookPage { .. }
            | Route::BookPage {}
            | Route::NewRecipePage {}
            | Route::ImportPage {}
            | Route::OwnRecipePage { .. }
            | Route::EditRecipePage { .. }
            | Route::SharedRecipePage { .. }
            | Route::PlanPage { .. }
            | Route::ShoppingPage {} => Some(Self::Recipes),
            Route::FoodsPage { .. } | Route::FoodPage { .. } | Route::ComparePage { .. } => Some(Self::Foods),
            Route::BoardPage { .. }
            | Route::PostPage { .. }
            | Route::EditPage { .. }
            | Route::WritePage { .. }
            | Route::ModerationPage {}
            | Route::CalendarPage { .. }
            | Route::PersonPage { .. } => Some(Self::Board),
            Route::ChatPage {} | Route::RoomPage { .. } => Some(Self::Chat),
            Route::FavouritesPage {} => Some(Self::Favourites),
            Route::AccountPage {} | Route::VerifyPage { .. } | Route::ResetPage { .. } => Some(Self::Account),
            Route::NoticesPage {} => Some(Self::Notices),
            Route::SettingsPage {} | Route::AboutPage {} => Some(Self::Settings),
            Route::NotFoundPage { .. } => None,
        }
    }

    fn route(self) -> Route {
        match self {
            Self::Home => Route::HomePage {},
            Self::Map => Route::map(),
            Self::Recipes => Route::recipes(),
            Self::Foods => Route::foods(),
            Self::Board => Route::board(),
            Self::Chat => Route::ChatPage {},
            Self::Notices => Route::NoticesPage {},
            Self::Favourites => Route::FavouritesPage {},
            Self::Account => Route::AccountPage {},
            Self::Settings => Route::SettingsPage {},
        }
    }

    fn name(self) -> String {
        match self {
            Self::Home => t!("nav-home"),
            Self::Map => t!("nav-map"),
            Self::Recipes => t!("nav-recipes"),
            Self::Foods => t!("nav-foods"),
            Self::Board => t!("nav-board"),
            Self::Chat => t!("nav-chat"),
            Self::Notices => t!("nav-notices"),
            Self::Favourites => t!("nav-saved"),
            Self::Account => t!("nav-account"),
            Self::Settings => t!("nav-settings"),
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Home => Icon::Home,
            Self::Map => Icon::Map,
            Self::Recipes => Icon::ChefHat,
            Self::Foods => Icon::Apple,
            Self::Board => Icon::MessageSquare,
            Self::Chat => Icon::MessagesSquare,
            Self::Notices => Icon::Bell,
            Self::Favourites => Icon::Heart,
            Self::Account => Icon::User,
            Self::Settings => Icon::Settings,
        }
    }
}

/// A plain link: the router's own unmarks itself as soon as its page has a query.
#[component]
fn TabLink(tab: Tab, class: String) -> Element {
    let here = Tab::of(&use_route::<Route>()) == Some(tab);
    let navigator = use_navigator();
    let address = tab.route().address();
    let (messages, notices) = (unread(), unseen());
    let (unread, words) = match tab {
        Tab::Chat => (messages as usize, t!("chat-unread", count = messages)),
        Tab::Notices => (notices, t!("notices-unseen", count = notices)),
        _ => (0, String::new()),
    };
    let go = {
        let address = address.clone();
        move |event: MouseEvent| {
            if event.modifiers().is_empty() {
                event.prevent_default();
                navigator.push(address.clone());
            }
        }
    };
    rsx! {
        a { class, href: address, "aria-current": if here { "page" }, onclick: go,
            span { class: "tab-icon", Glyph { icon: tab.icon(), size: 22 } }
            span { {tab.name()} }
            if unread > 0 {
                span { class: "tab-badge", "aria-hidden": "true", if unread > 99 { "99+" } else { "{unread}" } }
                span { class: "hidden", "{words}" }
            }
        }
    }
}

/// The name of the product, which leads home.
#[component]
fn Brand() -> Element {
    rsx! {
        Link { class: "brand", to: "/", "aria-label": t!("brand-home"),
            svg { width: "32", height: "32", view_box: "0 0 32 32", "aria-hidden": "true",
                circle { cx: "16", cy: "16", r: "15", class: "brand-plate" }
                circle { cx: "16", cy: "16", r: "10.5", class: "brand-rim" }
                path { class: "brand-leaf", d: "M10 20.5c-.4-6 3.4-10 12-10.2.4 7.2-3 11.4-8.3 11.4-1.3 0-2.4-.3-3.1-.9z" }
                path { class: "brand-vein", d: "M9.5 22.5c2.2-4 4.800-6.400 8.5-8" }
            }
            span { "HnH" }
        }
    }
}

/// The side bar of a wide window.
#[component]
pub(super) fn SideBar(help: Signal<bool>) -> Element {
    let mut help = help;
    rsx! {
        header { class: "side-bar",
            Brand {}
            nav { "aria-label": t!("nav-label"),
                for (i , tab) in Tab::SIDE.into_iter().enumerate() {
                    TabLink { key: "{i}", tab, class: "side-link" }
                }
            }
            div { class: "side-foot",
                TabLink { tab: Tab::Settings, class: "side-link" }
                button { r#type: "button", class: "side-link", onclick: move |_| help.set(true),
                    span { class: "tab-icon", Glyph { icon: Icon::Keyboard, size: 22 } }
                    span { {t!("keys-title")} }
                }
            }
        }
    }
}

/// The top of a phone's page: the name, and the ways to favourites, to one's account and to the settings.
#[component]
pub(super) fn TopBar() -> Element {
    rsx! {
        header { class: "top-bar",
            Brand {}
            Bell {}
            Link { class: "icon-button", to: Route::FavouritesPage {}.address(), "aria-label": t!("nav-saved"), title: t!("nav-saved"),
                Glyph { icon: Icon::Heart }
            }
            Link { class: "icon-button", to: Route::AccountPage {}.address(), "aria-label": t!("nav-account"), title: t!("nav-account"),
                Glyph { icon: Icon::User }
            }
            Link { class: "icon-button", to: Route::SettingsPage {}.address(), "aria-label": t!("nav-settings"), title: t!("nav-settings"),
                Glyph { icon: Icon::Settings }
            }
        }
    }
}

/// The way to the notices, with a mark where some were not seen.
#[component]
fn Bell() -> Element {
    let unseen = unseen();
    let label = if unseen > 0 {
        format!("{} ({})", t!("nav-notices"), t!("notices-unseen", count = unseen))
    } else {
        t!("nav-notices")
    };
    rsx! {
        Link { class: "icon-button bell", to: Route::NoticesPage {}.address(), "aria-label": label.clone(), title: label,
            Glyph { icon: Icon::Bell }
            if unseen > 0 {
                span { class: "bell-dot", "aria-hidden": "true" }
            }
        }
    }
}

/// The bar at a phone's thumb.
#[component]
pub(super) fn BottomBar() -> Element {
    rsx! {
        nav { class: "bottom-bar", "aria-label": t!("nav-label"),
            for (i , tab) in Tab::BAR.into_iter().enumerate() {
                TabLink { key: "{i}", tab, class: "bottom-link" }
            }
        }
    }
}
