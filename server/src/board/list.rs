//! Lists of posts, one post, its history.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use hnh_domain::board::{PostDetails, PostQuery, PostSort, Posts, Revision};
use hnh_domain::problem::{FieldError, Problem, ProblemCode};
use serde::Serialize;
use uuid::Uuid;

use super::markdown::pattern;
use super::read::{self, PostRow, post_sql, visible_sql};
use crate::account::{CurrentUser, author, blocked_sql};
use crate::app::AppState;
use crate::db::{Value, args};
use crate::http::problem::Refusal;
use crate::http::query::{FromParameters, Parameters, ValidQuery};
use crate::http::record_id::RecordId;

/// Posts on a page unless asked otherwise.
const DEFAULT_LIMIT: u32 = 20;
/// Words of a search that are looked at.
const WORDS: usize = 4;

impl FromParameters for PostQuery {
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError> {
        let query: Self = parameters.read()?;
        query.validate()?;
        Ok(query)
    }
}

/// The filters of a [`PostQuery`] as a condition on `post x`, with the parameters of [`filters`].
macro_rules! filter_sql {
    () => {
        "AND ($2 IS NULL OR x.board = $2) AND ($3 IS NULL OR x.author = $3) \
         AND ($4 IS NULL OR x.ends_ms > $4) AND ($5 IS NULL OR x.starts_ms < $5) \
         AND ($6 IS NULL OR EXISTS (SELECT 1 FROM tag t WHERE t.post = x.id AND t.tag = $6)) \
         AND ($7 IS NULL OR x.words LIKE $7 ESCAPE '\\') AND ($8 IS NULL OR x.words LIKE $8 ESCAPE '\\') \
         AND ($9 IS NULL OR x.words LIKE $9 ESCAPE '\\') AND ($10 IS NULL OR x.words LIKE $10 ESCAPE '\\')"
    };
}

fn filters(viewer: Uuid, query: &PostQuery) -> Vec<Value> {
    let mut filters = Vec::from(args![
        viewer,
        query.board.map(|board| board.code().to_owned()),
        query.author,
        query.from_ms,
        query.to_ms,
        query.tag.as_ref().map(|tag| tag.trim().trim_start_matches('#').to_lowercase()),
    ]);
    let mut words = query.q.as_deref().unwrap_or_default().split_whitespace().map(pattern);
    filters.extend((0..WORDS).map(|_| Value::Text(words.next())));
    filters
}

fn private(reply: &impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], axum::Json(reply)).into_response()
}

/// Posts that match, by pages
#[utoipa::path(get, path = "/api/v1/posts", tag = "board", params(PostQuery),
    responses((status = 200, body = Posts), (status = 400, body = Problem)))]
pub(super) async fn list_posts(
    State(app): State<AppState>,
    who: Option<CurrentUser>,
    ValidQuery(query): ValidQuery<PostQuery>,
) -> Result<Response, Refusal> {
    let viewer = who.map_or_else(Uuid::nil, |who| who.id);
    let (page, limit) = (query.page.unwrap_or(1), query.limit.unwrap_or(DEFAULT_LIMIT));
    let mut tx = app.db.read().await?;
    let count = concat!("SELECT COUNT(*) FROM post x WHERE ", visible_sql!(), " ", filter_sql!());
    let (total,): (i64,) = tx.fetch_one(count, filters(viewer, &query)).await?;
    let sql = match query.sort.unwrap_or(PostSort::Newest) {
        PostSort::Newest => post_sql!(filter_sql!(), " ORDER BY x.created_ms DESC, x.id DESC LIMIT $11 OFFSET $12"),
        PostSort::Active => {
            post_sql!(filter_sql!(), " ORDER BY x.comments DESC, x.created_ms DESC, x.id DESC LIMIT $11 OFFSET $12")
        }
        PostSort::Soonest => {
            post_sql!(filter_sql!(), " AND x.starts_ms IS NOT NULL ORDER BY x.starts_ms, x.id LIMIT $11 OFFSET $12")
        }
    };
    let mut parameters = filters(viewer, &query);
    parameters.extend(args![limit, i64::from(page - 1) * i64::from(limit)]);
    let rows: Vec<PostRow> = tx.fetch_all(sql, parameters).await?;
    let items = read::posts(&mut tx, viewer, rows).await?;
    let total = total.unsigned_abs();
    let pages = u32::try_from(total.div_ceil(limit.into()).max(1)).unwrap_or(u32::MAX);
    Ok(private(&Posts { items, page, pages, total }))
}

/// A post with its comments
#[utoipa::path(get, path = "/api/v1/posts/{id}", tag = "board", params(("id" = Uuid, Path)),
    responses((status = 200, body = PostDetails), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn get_post(
    State(app): State<AppState>,
    who: Option<CurrentUser>,
    RecordId(id): RecordId,
) -> Result<Response, Refusal> {
    let viewer = who.map_or_else(Uuid::nil, |who| who.id);
    let mut tx = app.db.read().await?;
    let post = read::post(&mut tx, viewer, id).await?.ok_or(ProblemCode::NotFound)?;
    let comments = read::comments_on(&mut tx, viewer, id).await?;
    Ok(private(&PostDetails { post, comments }))
}

/// What a post said before, the newest first
#[utoipa::path(get, path = "/api/v1/posts/{id}/history", tag = "board", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<Revision>), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn get_history(
    State(app): State<AppState>,
    who: Option<CurrentUser>,
    RecordId(id): RecordId,
) -> Result<Response, Refusal> {
    let viewer = who.map_or_else(Uuid::nil, |who| who.id);
    let mut tx = app.db.read().await?;
    read::post(&mut tx, viewer, id).await?.ok_or(ProblemCode::NotFound)?;
    Ok(private(&read::history(&mut tx, id).await?))
}
