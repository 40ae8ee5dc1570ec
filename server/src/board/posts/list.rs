//! Lists of posts, one post, its history.

use axum::extract::State;
use hnh_domain::board::{PostDetails, PostQuery, PostSort, Posts, Revision};
use hnh_domain::problem::{FieldError, ProblemCode};
use uuid::Uuid;

use super::read::{self, PostRow, post_sql};
use crate::account::{Viewer, author, blocked_sql};
use crate::app::AppState;
use crate::board::comments;
use crate::board::visibility::{comments_seen_sql, visible_sql};
use crate::db::{Value, args, like_pattern};
use crate::http::no_store::NoStore;
use crate::http::problem::Refusal;
use crate::http::query::{FromParameters, Parameters, ValidQuery};
use crate::http::record_id::RecordId;

impl FromParameters for PostQuery {
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError> {
        let query: Self = parameters.read()?;
        query.validate()?;
        Ok(query)
    }
}

/// The filters of a [`PostQuery`], which [`PostQuery::matches`] states, as a condition on `post x`, with the parameters of [`filters`].
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
        query.tag(),
    ]);
    let mut words = query.words().map(|word| like_pattern(&word));
    filters.extend((0..PostQuery::MAX_WORDS).map(|_| Value::Text(words.next())));
    filters
}

/// Posts that match, by pages
#[utoipa::path(get, path = "/api/v1/posts", tag = "board", params(PostQuery),
    responses((status = 200, body = Posts)))]
pub(in crate::board) async fn list_posts(
    State(app): State<AppState>,
    Viewer(viewer): Viewer,
    ValidQuery(query): ValidQuery<PostQuery>,
) -> Result<NoStore<axum::Json<Posts>>, Refusal> {
    let (page, limit) = (query.page.unwrap_or(1), query.limit.unwrap_or(PostQuery::DEFAULT_LIMIT));
    let mut tx = app.db.read().await?;
    let count = concat!("SELECT COUNT(*) FROM post x WHERE ", visible_sql!(), " ", filter_sql!());
    let (total,): (i64,) = tx.fetch_one(count, filters(viewer, &query)).await?;
    let sql = match query.sort.unwrap_or(PostSort::Newest) {
        PostSort::Newest => post_sql!(filter_sql!(), " ORDER BY x.created_ms DESC, x.id DESC LIMIT $11 OFFSET $12"),
        PostSort::Active => {
            post_sql!(filter_sql!(), " ORDER BY comments DESC, x.created_ms DESC, x.id DESC LIMIT $11 OFFSET $12")
        }
        PostSort::Soonest => {
            post_sql!(filter_sql!(), " AND x.starts_ms IS NOT NULL ORDER BY x.starts_ms, x.id LIMIT $11 OFFSET $12")
        }
    };
    let mut parameters = filters(viewer, &query);
    parameters.extend(args![limit, i64::from(page - 1) * i64::from(limit)]);
    let rows: Vec<PostRow> = tx.fetch_all(sql, parameters).await?;
    let items = read::complete(&mut tx, viewer, rows).await?;
    let total = total.unsigned_abs();
    let pages = u32::try_from(total.div_ceil(limit.into()).max(1)).unwrap_or(u32::MAX);
    Ok(NoStore(axum::Json(Posts { items, page, pages, total })))
}

/// A post with its comments
#[utoipa::path(get, path = "/api/v1/posts/{id}", tag = "board", params(("id" = Uuid, Path)),
    responses((status = 200, body = PostDetails)))]
pub(in crate::board) async fn get_post(
    State(app): State<AppState>,
    Viewer(viewer): Viewer,
    RecordId(id): RecordId,
) -> Result<NoStore<axum::Json<PostDetails>>, Refusal> {
    let mut tx = app.db.read().await?;
    let post = read::read(&mut tx, viewer, id).await?.ok_or(ProblemCode::NotFound)?;
    let comments = comments::comments_on(&mut tx, viewer, id).await?;
    Ok(NoStore(axum::Json(PostDetails { post, comments })))
}

/// What a post said before, the newest first
#[utoipa::path(get, path = "/api/v1/posts/{id}/history", operation_id = "get_post_history", tag = "board", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<Revision>)))]
pub(in crate::board) async fn get_history(
    State(app): State<AppState>,
    Viewer(viewer): Viewer,
    RecordId(id): RecordId,
) -> Result<NoStore<axum::Json<Vec<Revision>>>, Refusal> {
    let mut tx = app.db.read().await?;
    read::read(&mut tx, viewer, id).await?.ok_or(ProblemCode::NotFound)?;
    Ok(NoStore(axum::Json(read::history(&mut tx, id).await?)))
}
