//! Every page and its address. What a person chose is part of it, so that links and reloads keep it.

use std::fmt;

use dioxus::prelude::*;
use hnh_domain::board::{Board, PostQuery};
use hnh_domain::codes::List;
use hnh_domain::foods::FoodQuery;
use hnh_domain::local_time::LocalDate;
use hnh_domain::places::PlaceQuery;
use hnh_domain::recipes::RecipeQuery;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::{AccountPage, Mailed, PersonPage, ResetPage, VerifyPage};
use crate::board::{BoardPage, CalendarPage, EditPage, Month, PostPage, WritePage};
use crate::browser;
use crate::chat::{ChatPage, RoomPage};
use crate::cookbook::{BookPage, EditRecipePage, ImportPage, NewRecipePage, OwnRecipePage, SharedRecipePage};
use crate::favourites::FavouritesPage;
use crate::foods::{ComparePage, FoodPage, FoodsPage};
use crate::home::HomePage;
use crate::moderation::ModerationPage;
use crate::notices::NoticesPage;
use crate::places::{MapPage, PlacePage};
use crate::plan::{PlanPage, Week};
use crate::recipes::{CookPage, RecipePage, RecipesPage};
use crate::settings::{AboutPage, SettingsPage};
use crate::shell::{NotFoundPage, Shell};
use crate::shopping::ShoppingPage;

/// The pages.
#[expect(clippy::enum_variant_names, reason = "the router's macro names components by variants")]
#[derive(Clone, Debug, PartialEq, Routable)]
#[rustfmt::skip]
pub(crate) enum Route {
    #[layout(Shell)]
        #[route("/")]
        HomePage {},
        #[route("/map?:..query")]
        MapPage { query: InUrl<PlaceQuery> },
        #[route("/place/:id")]
        PlacePage { id: Uuid },
        #[route("/recipes?:..query")]
        RecipesPage { query: InUrl<RecipeQuery> },
        #[route("/recipe/:id?:..serve")]
        RecipePage { id: Uuid, serve: InUrl<Serve> },
        #[route("/recipe/:id/cook?:..serve")]
        CookPage { id: Uuid, serve: InUrl<Serve> },
        #[route("/book")]
        BookPage {},
        #[route("/book/new")]
        NewRecipePage {},
        #[route("/book/import")]
        ImportPage {},
        #[route("/own-recipe/:id?:..serve")]
        OwnRecipePage { id: Uuid, serve: InUrl<Serve> },
        #[route("/own-recipe/:id/edit")]
        EditRecipePage { id: Uuid },
        #[route("/shared-recipe/:id")]
        SharedRecipePage { id: Uuid },
        #[route("/plan?:..week")]
        PlanPage { week: InUrl<Week> },
        #[route("/shopping")]
        ShoppingPage {},
        #[route("/foods?:..query")]
        FoodsPage { query: InUrl<FoodQuery> },
        #[route("/food/:id")]
        FoodPage { id: Uuid },
        #[route("/foods/compare?:..chosen")]
        ComparePage { chosen: InUrl<Comparison> },
        #[route("/saved")]
        FavouritesPage {},
        #[route("/board?:..query")]
        BoardPage { query: InUrl<PostQuery> },
        #[route("/calendar?:..month")]
        CalendarPage { month: InUrl<Month> },
        #[route("/board/:board/new?:..shared")]
        WritePage { board: Board, shared: SharedText },
        #[route("/post/:id")]
        PostPage { id: Uuid },
        #[route("/post/:id/edit")]
        EditPage { id: Uuid },
        #[route("/people/:handle")]
        PersonPage { handle: String },
        #[route("/chat")]
        ChatPage {},
        #[route("/chat/:id")]
        RoomPage { id: Uuid },
        #[route("/account")]
        AccountPage {},
        #[route("/verify?:..mailed")]
        VerifyPage { mailed: InUrl<Mailed> },
        #[route("/reset?:..mailed")]
        ResetPage { mailed: InUrl<Mailed> },
        #[route("/notices")]
        NoticesPage {},
        #[route("/moderation")]
        ModerationPage {},
        #[route("/settings")]
        SettingsPage {},
        #[route("/about")]
        AboutPage {},
        #[route("/:..segments")]
        NotFoundPage { segments: Vec<String> },
}

impl Route {
    /// The recipes without any filter.
    pub(crate) fn recipes() -> Self {
        Self::RecipesPage { query: InUrl::default() }
    }

    /// A recipe as written.
    pub(crate) fn recipe(id: Uuid) -> Self {
        Self::RecipePage { id, serve: InUrl::default() }
    }

    /// A recipe of one's own as written.
    pub(crate) fn own_recipe(id: Uuid) -> Self {
        Self::OwnRecipePage { id, serve: InUrl::default() }
    }

    /// The plan of this week.
    pub(crate) fn plan() -> Self {
        Self::PlanPage { week: InUrl::default() }
    }

    /// The plan of a day's week.
    pub(crate) fn plan_of(day: LocalDate) -> Self {
        Self::PlanPage { week: InUrl(Week { day: Some(day) }) }
    }

    /// The foods without any filter.
    pub(crate) fn foods() -> Self {
        Self::FoodsPage { query: InUrl::default() }
    }

    /// The first board.
    pub(crate) fn board() -> Self {
        Self::BoardPage { query: InUrl::default() }
    }

    /// The map without any filter.
    pub(crate) fn map() -> Self {
        Self::MapPage { query: InUrl::default() }
    }

    /// The address as people see it: without the bare `?` that the router leaves behind.
    pub(crate) fn address(&self) -> String {
        self.to_string().trim_end_matches('?').to_owned()
    }
}

/// How a recipe is cooked: for how many, when not for as many as it was written for, and how far one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Serve {
    /// Servings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) servings: Option<u32>,
    /// The step one is at, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) step: Option<u32>,
}

/// What another app gave to the installed one by the system's share sheet, under the names and in the order of the manifest.
///
/// The router decodes an address before anybody splits it, so that `&` in a value looks like the next one: the names are what splits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SharedText {
    /// What it is about.
    pub(crate) title: String,
    /// Words.
    pub(crate) text: String,
    /// An address of the web.
    pub(crate) link: String,
    /// The id of a place to eat at, or to write about.
    pub(crate) place: String,
    /// The id of a recipe to cook, or to write about.
    pub(crate) recipe: String,
}

impl SharedText {
    const NAMES: [&str; 5] = ["title=", "text=", "link=", "place=", "recipe="];

    fn values(&self) -> [&String; 5] {
        [&self.title, &self.text, &self.link, &self.place, &self.recipe]
    }

    /// Whether nothing was shared.
    pub(crate) fn is_empty(&self) -> bool {
        self.values().iter().all(|value| value.is_empty())
    }

    /// The words and the link, as a post's text.
    pub(crate) fn body(&self) -> String {
        let parts = [&self.text, &self.link].into_iter().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join("\n\n")
    }
}

impl From<&str> for SharedText {
    fn from(query: &str) -> Self {
        let mut values = Self::NAMES.map(|_| String::new());
        let mut last = None;
        for part in query.split('&') {
            let named = Self::NAMES.iter().position(|name| part.starts_with(name));
            match (named.filter(|at| Some(*at) > last), last) {
                (Some(at), _) => {
                    values[at].push_str(&part[Self::NAMES[at].len()..]);
                    last = Some(at);
                }
                (None, Some(at)) => {
                    values[at].push('&');
                    values[at].push_str(part);
                }
                (None, None) => {}
            }
        }
        let [title, text, link, place, recipe] = values;
        // Systems write a space as `+`, of which an address of the web has none.
        let words = |value: String| browser::decoded(&value.replace('+', " "));
        Self { title: words(title), text: words(text), link: browser::decoded(&link), place, recipe }
    }
}

impl fmt::Display for SharedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = Self::NAMES.into_iter().zip(self.values()).filter(|(_, value)| !value.is_empty());
        for (i, (name, value)) in given.enumerate() {
            let between = if i == 0 { "" } else { "&" };
            write!(f, "{between}{name}{}", Escaped(value))?;
        }
        Ok(())
    }
}

/// Foods side by side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Comparison {
    /// Which.
    pub(crate) ids: List<Uuid>,
    /// Whether a household portion of each is compared rather than 100 g.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) portion: bool,
}

/// A query as the part of an address after `?`. What does not read is as if it were not there.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct InUrl<T>(pub(crate) T);

impl<T: DeserializeOwned + Default> From<&str> for InUrl<T> {
    fn from(query: &str) -> Self {
        Self(serde_urlencoded::from_str(query).unwrap_or_default())
    }
}

impl<T: Serialize> fmt::Display for InUrl<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs: Vec<(String, String)> = serde_urlencoded::to_string(&self.0)
            .and_then(|text| serde_urlencoded::from_str(&text).map_err(serde::ser::Error::custom))
            .map_err(|_| fmt::Error)?;
        for (i, (key, value)) in pairs.iter().enumerate() {
            let between = if i == 0 { "" } else { "&" };
            write!(f, "{between}{key}={}", Escaped(value))?;
        }
        Ok(())
    }
}

/// The router decodes a whole query before anybody splits it, so what splits is escaped twice.
struct Escaped<'text>(&'text str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '%' | '&' | '+' | '#' | '=' => write!(f, "%25{:02X}", u32::from(c))?,
                c => write!(f, "{c}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_survive_the_address() {
        for text in ["q=두부,black bean", "q=a&diet=vegan&without=peanut,tree_nut&kcal=..500&nutrients=protein:20.."]
        {
            let query = InUrl::<RecipeQuery>::from(text);
            assert_ne!(query, InUrl::default(), "{text}");
            let route = Route::RecipesPage { query };
            assert_eq!(route.to_string().parse::<Route>().unwrap(), route, "{text}");
        }
    }

    #[test]
    fn signs_that_split_a_query_survive_in_a_value() {
        let query = FoodQuery { q: Some("M&M's 50% a=b+c #1".into()), ..FoodQuery::default() };
        let route = Route::FoodsPage { query: InUrl(query) };
        assert_eq!(route.to_string().parse::<Route>().unwrap(), route);
    }

    #[test]
    fn what_is_shared_is_read_by_its_names() {
        let shared = SharedText::from("title=Soup+&+bread&text=a=b&link=https://soup.example/?a=1&text=2");
        assert_eq!(shared.title, "Soup & bread");
        assert_eq!(shared.text, "a=b");
        assert_eq!(shared.link, "https://soup.example/?a=1&text=2");
        assert_eq!(SharedText::from("nonsense&more"), SharedText::default());
    }

    #[test]
    fn an_address_shows_no_empty_query() {
        assert_eq!(Route::recipes().address(), "/recipes");
        assert_eq!("/recipes".parse::<Route>().unwrap(), Route::recipes());
    }

    #[test]
    fn nonsense_in_a_query_is_left_out() {
        assert_eq!(InUrl::<RecipeQuery>::from("kcal=lots"), InUrl::default());
    }
}
