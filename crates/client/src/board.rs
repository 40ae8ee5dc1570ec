//! The boards: the server's lists, else what the device has.

use std::cmp::Reverse;

use hnh_domain::board::{Board, PostDetails, PostQuery, PostSort, Posts};
use hnh_domain::calls::{GetPost, ListNotices, ListPosts};
use hnh_domain::feeds::Notice;
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use rusqlite::OptionalExtension;
use serde::Deserialize;
use uuid::Uuid;

use crate::store::{Store, storage_error};
use crate::{Core, Transport, request};

/// Posts on a page unless asked otherwise; as the server.
const DEFAULT_LIMIT: u32 = 20;

/// What a page of posts is chosen and sorted by.
#[derive(Deserialize)]
struct Glance {
    id: Uuid,
    board: Board,
    #[serde(default)]
    author: Option<Author>,
    draft: Words,
    created_ms: i64,
    comments: u32,
}

#[derive(Deserialize)]
struct Author {
    id: Uuid,
}

#[derive(Deserialize)]
struct Words {
    title: String,
    body: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    gathering: Option<Meal>,
}

#[derive(Deserialize)]
struct Meal {
    starts_ms: i64,
    minutes: u32,
}

impl Meal {
    fn ends_ms(&self) -> i64 {
        self.starts_ms + i64::from(self.minutes) * 60_000
    }
}

/// A post of the device's, with its JSON.
struct Kept {
    glance: Glance,
    json: String,
}

impl Store {
    /// The posts of the device that this program understands.
    fn posts(&self) -> Result<Vec<Kept>, Problem> {
        let read = |json: String| Some(Kept { glance: serde_json::from_str(&json).ok()?, json });
        Ok(self.items("post")?.into_iter().filter_map(read).collect())
    }

    fn post(&self, id: Uuid) -> Result<Option<String>, Problem> {
        let sql = "SELECT json FROM item WHERE kind = 'post' AND id = ?1";
        self.connection.query_row(sql, [id.to_string()], |row| row.get(0)).optional().map_err(storage_error)
    }

    /// The comments on a post as JSON, in their order.
    fn comments(&self, post: Uuid) -> Result<Vec<String>, Problem> {
        let sql = "SELECT json FROM item WHERE kind = 'comment' AND json_extract(json, '$.post') = ?1
                   ORDER BY json_extract(json, '$.created_ms'), id";
        let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
        let rows = statement.query_map([post.to_string()], |row| row.get(0)).map_err(storage_error)?;
        rows.collect::<Result<_, _>>().map_err(storage_error)
    }

    fn notices(&self) -> Result<Vec<String>, Problem> {
        let sql = "SELECT json FROM item WHERE kind = 'notice' ORDER BY json_extract(json, '$.at_ms') DESC, id DESC";
        let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
        let rows = statement.query_map([], |row| row.get(0)).map_err(storage_error)?;
        rows.collect::<Result<_, _>>().map_err(storage_error)
    }
}

/// Whether a post answers the query.
fn matches(post: &Glance, query: &PostQuery) -> bool {
    let text = format!("{}\n{}\n{}", post.draft.title, post.draft.body, post.draft.tags.join("\n")).to_lowercase();
    let has = |word: &str| text.contains(&word.to_lowercase());
    let meal = post.draft.gathering.as_ref();
    query.board.is_none_or(|board| post.board == board)
        && query.q.as_deref().unwrap_or_default().split_whitespace().all(has)
        && query.tag.as_ref().is_none_or(|tag| post.draft.tags.iter().any(|own| own.eq_ignore_ascii_case(tag)))
        && query.author.is_none_or(|id| post.author.as_ref().is_some_and(|author| author.id == id))
        && query.from_ms.is_none_or(|from| meal.is_some_and(|meal| meal.ends_ms() > from))
        && query.to_ms.is_none_or(|to| meal.is_some_and(|meal| meal.starts_ms < to))
}

/// A page of the device's posts, as the server would make it.
fn page(mut posts: Vec<Kept>, query: &PostQuery) -> Json<Posts> {
    posts.retain(|post| matches(&post.glance, query));
    match query.sort.unwrap_or(PostSort::Newest) {
        PostSort::Newest => posts.sort_by_key(|Kept { glance, .. }| Reverse((glance.created_ms, glance.id))),
        PostSort::Active => {
            posts.sort_by_key(|Kept { glance, .. }| Reverse((glance.comments, glance.created_ms, glance.id)));
        }
        PostSort::Soonest => {
            posts.retain(|post| post.glance.draft.gathering.is_some());
            let starts_ms = |glance: &Glance| glance.draft.gathering.as_ref().map(|meal| meal.starts_ms);
            posts.sort_by_key(|Kept { glance, .. }| (starts_ms(glance), glance.id));
        }
    }
    let (page, limit) = (query.page.unwrap_or(1).max(1), query.limit.unwrap_or(DEFAULT_LIMIT).max(1));
    let total = posts.len();
    let pages = total.div_ceil(limit as usize).max(1);
    let skipped = (page as usize - 1) * limit as usize;
    let items: Vec<String> = posts.into_iter().skip(skipped).take(limit as usize).map(|post| post.json).collect();
    let items = items.join(",");
    Json::written(format!("{{\"items\":[{items}],\"page\":{page},\"pages\":{pages},\"total\":{total}}}"))
}

impl<T: Transport> Handle<ListPosts> for Core<T> {
    async fn handle(&self, call: ListPosts) -> Result<Json<Posts>, Problem> {
        call.query.validate()?;
        match self.ask(&request("/posts", &call.query)?).await {
            Err(problem) if problem.code == ProblemCode::Offline && self.store().me()?.is_some() => {
                Ok(page(self.store().posts()?, &call.query))
            }
            outcome => outcome,
        }
    }
}

impl<T: Transport> Handle<GetPost> for Core<T> {
    async fn handle(&self, call: GetPost) -> Result<Json<PostDetails>, Problem> {
        match self.ask(&format!("/posts/{}", call.id)).await {
            Err(problem) if problem.code == ProblemCode::Offline => {
                let post = self.store().post(call.id)?.ok_or(problem)?;
                let comments = self.store().comments(call.id)?.join(",");
                Ok(Json::written(format!("{{\"post\":{post},\"comments\":[{comments}]}}")))
            }
            outcome => outcome,
        }
    }
}

impl<T: Transport> Handle<ListNotices> for Core<T> {
    async fn handle(&self, _call: ListNotices) -> Result<Json<Vec<Notice>>, Problem> {
        Ok(Json::written(format!("[{}]", self.store().notices()?.join(","))))
    }
}
