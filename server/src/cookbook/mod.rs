//! People's own recipes: kept, shared by link, read in from elsewhere.

mod apply;
mod export;
mod fetch;
mod import;

pub(crate) use apply::apply;
pub use fetch::PageFetcher;
pub(crate) use import::FILES;

use axum::extract::State;
use hnh_domain::cookbook::{BookRecipe, OwnRecipe};
use hnh_domain::feeds::ItemKind;
use hnh_domain::problem::ProblemCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::AppState;
use crate::db::{DbError, Tx, args};
use crate::feeds::{Span, items_sql};
use crate::http::no_store::NoStore;
use crate::http::problem::Refusal;
use crate::http::record_id::RecordId;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get_shared))
        .routes(routes!(import::import_address))
        .routes(routes!(import::import_file))
        .routes(routes!(export::export))
}

/// What a stored recipe says; the plain words that were stored once are its notes.
fn read(title: String, body: String) -> BookRecipe {
    serde_json::from_str(&body).unwrap_or_else(|_| BookRecipe { title, notes: body, ..BookRecipe::default() })
}

type Row = (Uuid, String, String, i64, i64, bool);

fn own_recipe((id, title, body, version, changed_ms, shared): Row) -> OwnRecipe {
    OwnRecipe { id, recipe: read(title, body), version, changed_ms, shared }
}

/// The own recipes that a part of a person's feed tells of.
pub(crate) async fn own_recipes(tx: &mut Tx, person: Uuid, span: &Span) -> Result<Vec<OwnRecipe>, DbError> {
    let sql = concat!(
        "SELECT id, title, body, version, changed_ms, shared FROM own_recipe WHERE person = $1 AND id IN ",
        items_sql!()
    );
    let rows: Vec<Row> = tx.fetch_all(sql, span.args(person, ItemKind::OwnRecipe)).await?;
    Ok(rows.into_iter().map(own_recipe).collect())
}

/// A person's own recipes, to take along.
pub(crate) async fn export(tx: &mut Tx, person: Uuid) -> Result<Vec<OwnRecipe>, DbError> {
    let sql = "SELECT id, title, body, version, changed_ms, shared FROM own_recipe WHERE person = $1 ORDER BY title";
    let rows: Vec<Row> = tx.fetch_all(sql, args![person]).await?;
    Ok(rows.into_iter().map(own_recipe).collect())
}

/// A recipe that its owner shares by link
///
/// What its owner keeps to themselves goes with nobody: notes, lists, rating, days.
#[utoipa::path(get, path = "/api/v1/shared-recipes/{id}", operation_id = "get_shared_recipe", tag = "cookbook",
    params(("id" = Uuid, Path)), responses((status = 200, body = BookRecipe)))]
async fn get_shared(
    State(app): State<AppState>,
    RecordId(id): RecordId,
) -> Result<NoStore<axum::Json<BookRecipe>>, Refusal> {
    let sql = "SELECT title, body FROM own_recipe WHERE id = $1 AND shared";
    let found: Option<(String, String)> = app.db.read().await?.fetch_optional(sql, args![id]).await?;
    let (title, body) = found.ok_or(ProblemCode::NotFound)?;
    let private = BookRecipe::default();
    let recipe = BookRecipe {
        notes: private.notes,
        lists: private.lists,
        rating: private.rating,
        made_on: private.made_on,
        ..read(title, body)
    };
    Ok(NoStore(axum::Json(recipe)))
}
