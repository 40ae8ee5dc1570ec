//! What members add to places: corrections and reviews. A catalogue that is made anew keeps them: they know the place by its id.

mod apply;

pub(crate) use apply::apply;

use axum::extract::State;
use hnh_domain::contributions::{Contributions, Correction, Review};
use serde_json::{Map, Value, json};
use sqlx::FromRow;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::account::{Author, Viewer, author, blocked_sql};
use crate::app::AppState;
use crate::board::visible_sql;
use crate::db::{DbError, Tx, args};
use crate::http::no_store::NoStore;
use crate::http::problem::Refusal;
use crate::http::record_id::RecordId;

/// Reviews of one answer.
const REVIEWS: i64 = 100;
/// Corrections of one answer.
const CORRECTIONS: i64 = 50;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get_contributions))
}

#[derive(FromRow)]
struct CorrectionRow {
    id: Uuid,
    fact: String,
    value: String,
    members: i64,
    last_ms: i64,
    mine: i64,
    confirmed: i64,
}

#[derive(FromRow)]
struct ReviewRow {
    id: Uuid,
    eaten: String,
    understood: Option<String>,
    body: String,
    at_ms: i64,
    hidden: bool,
    #[sqlx(flatten)]
    author: Author,
}

async fn corrections(tx: &mut Tx, viewer: Uuid, place: Uuid) -> Result<Vec<Correction>, DbError> {
    let sql = "SELECT c.id, c.fact, c.value, COUNT(*) AS members, MAX(c.at_ms) AS last_ms, \
               SUM(CASE WHEN c.person = $1 THEN 1 ELSE 0 END) AS mine, \
               SUM(CASE WHEN p.role IN ('moderator', 'admin') THEN 1 ELSE 0 END) AS confirmed \
               FROM correction c JOIN person p ON p.id = c.person WHERE c.place = $2 AND NOT c.hidden \
               GROUP BY c.id, c.fact, c.value ORDER BY confirmed DESC, members DESC, last_ms DESC LIMIT $3";
    let rows: Vec<CorrectionRow> = tx.fetch_all(sql, args![viewer, place, CORRECTIONS]).await?;
    let read = |row: CorrectionRow| {
        Some(Correction {
            id: row.id,
            fact: row.fact.parse().ok()?,
            value: row.value,
            members: u32::try_from(row.members).unwrap_or(u32::MAX),
            last_ms: row.last_ms,
            mine: row.mine > 0,
            confirmed: row.confirmed > 0,
        })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

async fn reviews(tx: &mut Tx, viewer: Uuid, place: Uuid) -> Result<Vec<Review>, DbError> {
    let sql = concat!(
        "SELECT x.id, x.eaten, x.understood, x.body, x.at_ms, x.hidden, ",
        author!(),
        " FROM review x JOIN person p ON p.id = x.author WHERE x.place = $2 AND ",
        visible_sql!(),
        " ORDER BY x.at_ms DESC, x.id DESC LIMIT $3"
    );
    let rows: Vec<ReviewRow> = tx.fetch_all(sql, args![viewer, place, REVIEWS]).await?;
    let read = |row: ReviewRow| Review {
        id: row.id,
        author: row.author.into(),
        eaten: row.eaten,
        understood: row.understood.and_then(|code| code.parse().ok()),
        text: row.body,
        at_ms: row.at_ms,
        hidden: row.hidden,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// What members say of a place
#[utoipa::path(get, path = "/api/v1/restaurants/{id}/contributions", tag = "restaurants", params(("id" = Uuid, Path)),
    responses((status = 200, body = Contributions)))]
async fn get_contributions(
    State(app): State<AppState>,
    Viewer(viewer): Viewer,
    RecordId(place): RecordId,
) -> Result<NoStore<axum::Json<Contributions>>, Refusal> {
    let mut tx = app.db.read().await?;
    let corrections = corrections(&mut tx, viewer, place).await?;
    let reviews = reviews(&mut tx, viewer, place).await?;
    Ok(NoStore(axum::Json(Contributions { corrections, reviews })))
}

/// A person's corrections and reviews by their names in the export.
pub(crate) async fn export(tx: &mut Tx, person: Uuid) -> Result<Map<String, Value>, DbError> {
    let corrections: Vec<(Uuid, String, String, i64)> =
        tx.fetch_all("SELECT place, fact, value, at_ms FROM correction WHERE person = $1", args![person]).await?;
    let reviews: Vec<(Uuid, String, String, i64)> =
        tx.fetch_all("SELECT place, eaten, body, at_ms FROM review WHERE author = $1", args![person]).await?;
    let corrections = corrections
        .iter()
        .map(|(place, fact, value, at)| json!({"place": place, "fact": fact, "value": value, "at_ms": at}));
    let reviews = reviews
        .iter()
        .map(|(place, eaten, text, at)| json!({"place": place, "eaten": eaten, "text": text, "at_ms": at}));
    Ok(Map::from_iter([("corrections".to_owned(), corrections.collect()), ("reviews".to_owned(), reviews.collect())]))
}
