//! A person's whole book as a file, which reads back as it was.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use hnh_ingest::book::write;

use crate::account::{CurrentUser, parts_of};
use crate::app::AppState;
use crate::http::limits::{Action, Key};
use crate::http::no_store::NoStore;
use crate::http::problem::{Refusal, internal};

/// All own recipes with their photos
///
/// A ZIP that `POST /api/v1/recipe-imports/file` reads back without loss.
#[utoipa::path(get, path = "/api/v1/cookbook/export", operation_id = "export_cookbook", tag = "cookbook",
    responses((status = 200, content_type = "application/zip", body = Vec<u8>)))]
pub(super) async fn export(State(app): State<AppState>, who: CurrentUser) -> Result<Response, Refusal> {
    app.limits.count(Action::Upload, Key::Person(who.id))?;
    let mut tx = app.db.read().await?;
    let recipes: Vec<_> = super::export(&mut tx, who.id).await?.into_iter().map(|own| own.recipe).collect();
    drop(tx);
    let photos: Vec<_> = recipes.iter().flat_map(|recipe| &recipe.photos).map(|photo| photo.id).collect();
    let file = tempfile::tempfile().map_err(|error| internal(&error))?;
    let mut zip = write::archive(file, recipes).map_err(|error| internal(&error))?;
    for id in photos {
        if let Some(jpeg) = app.photos.read(id, None).await? {
            write::photo(&mut zip, id, &jpeg).map_err(|error| internal(&error))?;
        }
    }
    let mut file = zip.finish().map_err(|error| internal(&error))?;
    std::io::Seek::rewind(&mut file).map_err(|error| internal(&error))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"hnh-recipes.zip\"")),
    ];
    Ok(NoStore((headers, Body::from_stream(parts_of(file.into())))).into_response())
}
