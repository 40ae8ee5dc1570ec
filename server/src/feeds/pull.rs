//! Reading a feed.

use std::collections::HashMap;

use axum::extract::{Path, State};
use hnh_domain::feeds::{Entry, Feed, FeedPage, Item};
use hnh_domain::problem::{FieldError, ProblemCode};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::account::{self, LiveViewer};
use crate::app::AppState;
use crate::db::{DbError, Tx, args};
use crate::feeds::Span;
use crate::http::no_store::NoStore;
use crate::http::problem::Refusal;
use crate::http::query::{FromParameters, Parameters, ValidQuery};
use crate::{board, chat, cookbook, meal_plan, notices, shopping};

/// Entries that a newcomer to a board or room begins with; older ones come by its lists.
const RECENT_BOARD: i64 = 1_000;
const RECENT_ROOM: i64 = 200;
const DEFAULT_LIMIT: i64 = 200;
const MAX_LIMIT: i64 = 500;
/// The most that the posts and recipes of a page may have, in characters; what is more comes on the next.
const MAX_PAGE: i64 = 400_000;

/// Which part of a feed.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PullQuery {
    /// The last number known; without it, the feed begins at its recent end.
    #[param(minimum = 0)]
    after: Option<i64>,
    /// Entries at most, 1 to 500; 200 by default.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<i64>,
}

impl FromParameters for PullQuery {
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError> {
        let query: Self = parameters.read()?;
        if query.after.is_some_and(|after| after < 0) {
            return Err(FieldError::new("after", "must be 0 or more"));
        }
        if query.limit.is_some_and(|limit| !(1..=MAX_LIMIT).contains(&limit)) {
            return Err(FieldError::new("limit", format!("must be from 1 to {MAX_LIMIT}")));
        }
        Ok(query)
    }
}

/// Whether a person may follow a feed; who may not is told that there is none.
pub(crate) async fn may_follow(tx: &mut Tx, viewer: Uuid, feed: Feed) -> Result<bool, Refusal> {
    Ok(match feed {
        Feed::Board(_) => true,
        Feed::Person(person) => person == viewer && !viewer.is_nil(),
        Feed::Room(room) => chat::is_inside(tx, room, viewer).await?,
        Feed::List(list) => shopping::is_inside(tx, list, viewer).await?,
    })
}

/// A feed's newest number; 0 before its first entry.
pub(crate) async fn head(tx: &mut Tx, feed: Feed) -> Result<i64, DbError> {
    let found: Option<(i64,)> =
        tx.fetch_optional("SELECT head FROM feed WHERE name = $1", args![feed.to_string()]).await?;
    Ok(found.map_or(0, |(head,)| head))
}

/// A part of a feed
#[utoipa::path(get, path = "/api/v1/feeds/{feed}", operation_id = "pull_feed", tag = "sync",
    params(("feed" = String, Path, description = "board:NAME, person:ID, room:ID or list:ID", example = "board:info",
        pattern = "^(board:(info|buddy|event)|(person|room|list):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"), PullQuery),
    responses((status = 200, body = FeedPage)))]
pub(super) async fn pull(
    State(app): State<AppState>,
    LiveViewer(viewer): LiveViewer,
    Path(feed): Path<String>,
    ValidQuery(query): ValidQuery<PullQuery>,
) -> Result<NoStore<axum::Json<FeedPage>>, Refusal> {
    let feed: Feed = feed.parse().map_err(|error: String| FieldError::new("feed", error))?;
    // Not the same as "no such feed": a device whose session ended keeps what it has.
    if viewer.is_nil() && !matches!(feed, Feed::Board(_)) {
        return Err(ProblemCode::SignInRequired.into());
    }
    let mut tx = app.db.read().await?;
    if !may_follow(&mut tx, viewer, feed).await? {
        return Err(ProblemCode::NotFound.into());
    }
    let page = page(&mut tx, viewer, feed, query, app.epoch).await?;
    Ok(NoStore(axum::Json(page)))
}

/// The numbers and items of a part of a feed that fits [`MAX_PAGE`]; at least one, if there is any. Numbers have gaps where
/// a later entry says the same.
async fn entries(tx: &mut Tx, feed: Feed, from: i64, limit: i64) -> Result<Vec<(i64, Uuid)>, DbError> {
    // Of what people write only posts and recipes can be large.
    let sql = "SELECT e.number, e.item, CAST(COALESCE(CASE e.kind
                   WHEN 'post' THEN (SELECT LENGTH(p.draft) + LENGTH(p.html) FROM post p WHERE p.id = e.item)
                   WHEN 'own_recipe' THEN (SELECT LENGTH(r.body) FROM own_recipe r WHERE r.id = e.item)
               END, 0) AS BIGINT)
               FROM entry e WHERE e.feed = $1 AND e.number > $2 ORDER BY e.number LIMIT $3";
    let rows: Vec<(i64, Uuid, i64)> = tx.fetch_all(sql, args![feed.to_string(), from, limit]).await?;
    let mut size = 0;
    let fitting = rows.into_iter().enumerate().take_while(|(i, (_, _, more))| {
        size += more;
        *i == 0 || size <= MAX_PAGE
    });
    Ok(fitting.map(|(_, (number, item, _))| (number, item)).collect())
}

async fn page(tx: &mut Tx, viewer: Uuid, feed: Feed, query: PullQuery, epoch: Uuid) -> Result<FeedPage, Refusal> {
    let head = head(tx, feed).await?;
    let recent = match feed {
        Feed::Board(_) => (head - RECENT_BOARD).max(0),
        Feed::Room(_) => (head - RECENT_ROOM).max(0),
        Feed::Person(_) | Feed::List(_) => 0,
    };
    // Of a board nobody reads all that was written while they were away.
    let anew = matches!(feed, Feed::Board(_)) && query.after.is_some_and(|after| after < recent);
    let from = query.after.filter(|_| !anew).unwrap_or(recent);
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let rows = entries(tx, feed, from, limit).await?;
    let next = rows.last().map_or(from, |(number, _)| *number);
    let mut items = items(tx, viewer, feed, &Span::new(feed, from, next)).await?;
    let mut last: HashMap<Uuid, i64> = HashMap::with_capacity(rows.len());
    last.extend(rows.iter().map(|(number, id)| (*id, *number)));
    let newest = rows.into_iter().filter(|(number, id)| last.get(id) == Some(number));
    let entries = newest.map(|(number, id)| Entry { number, id, item: items.remove(&id) }).collect();
    Ok(FeedPage { entries, next, head, epoch, anew })
}

/// The items that a part of a feed tells of, as the viewer may see them.
async fn items(tx: &mut Tx, viewer: Uuid, feed: Feed, span: &Span) -> Result<HashMap<Uuid, Item>, Refusal> {
    let mut items = HashMap::new();
    if let Feed::Room(_) = feed {
        let messages = chat::messages_in(tx, viewer, span).await?;
        items.extend(messages.into_iter().map(|message| (message.id, Item::Message(message))));
        return Ok(items);
    }
    if let Feed::List(_) = feed {
        let lines = shopping::items_in(tx, viewer, span).await?;
        items.extend(lines.into_iter().map(|line| (line.id, Item::ShoppingItem(line))));
        return Ok(items);
    }
    let counts = board::post_counts_in(tx, viewer, span).await?;
    items.extend(counts.into_iter().map(|(post, counts)| (post, Item::PostCounts(counts))));
    // A post whose text is told of, too, comes whole.
    let posts = board::posts_in(tx, viewer, span).await?;
    items.extend(posts.into_iter().map(|post| (post.id, Item::Post(Box::new(post)))));
    let comments = board::comments_in(tx, viewer, span).await?;
    items.extend(comments.into_iter().map(|comment| (comment.id, Item::Comment(comment))));
    if let Feed::Person(person) = feed {
        let favourites = account::favourites(tx, person, span).await?;
        items.extend(favourites.into_iter().map(|(id, favourite)| (id, Item::Favourite(favourite))));
        let recipes = cookbook::own_recipes(tx, person, span).await?;
        items.extend(recipes.into_iter().map(|recipe| (recipe.id, Item::OwnRecipe(Box::new(recipe)))));
        let meals = meal_plan::planned_meals(tx, person, span).await?;
        items.extend(meals.into_iter().map(|meal| (meal.id, Item::PlannedMeal(meal))));
        let lists = shopping::lists_in(tx, person, span).await?;
        items.extend(lists.into_iter().map(|list| (list.id, Item::ShoppingList(list))));
        let notices = notices::notices_in(tx, person, span).await?;
        items.extend(notices.into_iter().map(|notice| (notice.id, Item::Notice(notice))));
        let rooms = chat::rooms_in(tx, person, span).await?;
        items.extend(rooms.into_iter().map(|room| (room.id, Item::Room(room))));
        let seen = account::visibility_in(tx, person, span).await?;
        items.extend(seen.into_iter().map(|(other, visibility)| (other, Item::Visibility(visibility))));
        if let Some(profile) = account::own_profile(tx, person).await? {
            items.insert(person, Item::Profile(Box::new(profile)));
        }
    }
    Ok(items)
}
