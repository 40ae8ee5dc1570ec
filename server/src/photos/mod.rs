//! Photos: checked by their content, freed of position data, resized, kept in an object store.

pub mod decode;

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hnh_domain::problem::{FieldError, ProblemCode};
use object_store::path::Path as Key;
use object_store::{ObjectStoreExt, PutPayload};
use serde::Deserialize;
use tokio::sync::Semaphore;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use decode::{WIDTHS, head, resized};

use crate::account::CurrentUser;
use crate::app::{App, AppState};
use crate::db::{DbError, Tx, args};
use crate::feeds::WriteTx;
use crate::http::limits::{Action, Key as LimitKey};
use crate::http::problem::{Refusal, internal};
use crate::http::query::{FromParameters, Parameters, ValidQuery};
use crate::http::record_id::RecordId;
use crate::objects::Objects;

/// The largest upload in bytes.
pub(crate) const MAX_PHOTO: u64 = 10 * 1024 * 1024;
/// Uploads that are received at once, each held in memory; others wait.
const UPLOADS: usize = 3;
/// How long a photo may take to arrive.
const PATIENCE: Duration = Duration::from_secs(60);
const DAY_MS: i64 = 24 * 3_600_000;

/// Where photos are kept.
pub struct Photos {
    store: Objects,
    /// Uploads take memory: a few at a time.
    uploads: Semaphore,
    /// Decoding takes more: one at a time.
    turn: Semaphore,
}

impl Photos {
    /// Keeps photos in a store.
    #[must_use]
    pub fn new(store: Objects) -> Self {
        Self { store, uploads: Semaphore::new(UPLOADS), turn: Semaphore::new(1) }
    }

    /// A photo's JPEG at the smallest kept width of at least `width` pixels, or the largest.
    pub(crate) async fn read(&self, id: Uuid, width: Option<u32>) -> Result<Option<Bytes>, Refusal> {
        let best = WIDTHS.into_iter().filter(|kept| width.is_some_and(|width| *kept >= width)).min();
        match self.store.get(&key(id, best.unwrap_or(WIDTHS[0]))).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(|error| internal(&error))?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(internal(&error)),
        }
    }

    /// Deletes a photo; one that is not there is deleted already.
    pub(crate) async fn delete(&self, id: Uuid) -> Result<(), Refusal> {
        for width in WIDTHS {
            match self.store.delete(&key(id, width)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(internal(&error)),
            }
        }
        Ok(())
    }

    async fn write(&self, id: Uuid, body: Body) -> Result<(), Refusal> {
        let _upload = self.uploads.acquire().await.map_err(|error| internal(&error))?;
        let received = tokio::time::timeout(PATIENCE, axum::body::to_bytes(body, MAX_PHOTO as usize)).await;
        let bytes = received.map_err(|_| ProblemCode::TooSlow)?.map_err(|_| ProblemCode::TooLarge)?;
        let turn = self.turn.acquire().await.map_err(|error| internal(&error))?;
        let made =
            tokio::task::spawn_blocking(move || resized(head(&bytes)?)).await.map_err(|error| internal(&error))?;
        drop(turn);
        for (width, jpeg) in WIDTHS.into_iter().zip(made?) {
            let payload = PutPayload::from_bytes(jpeg.into());
            self.store.put(&key(id, width), payload).await.map_err(|error| internal(&error))?;
        }
        Ok(())
    }
}

/// A condition: nothing of the person `$1` shows the photo `$2`, whose id within a pattern is `$3`.
macro_rules! unused_sql {
    () => {
        "NOT EXISTS (SELECT 1 FROM post x WHERE x.author = $1 AND x.draft LIKE $3) \
         AND NOT EXISTS (SELECT 1 FROM revision r JOIN post x ON x.id = r.post WHERE x.author = $1 AND r.draft LIKE $3) \
         AND NOT EXISTS (SELECT 1 FROM message m WHERE m.author = $1 AND m.photo = $2) \
         AND NOT EXISTS (SELECT 1 FROM person o WHERE o.id = $1 AND o.picture = $2) \
         AND NOT EXISTS (SELECT 1 FROM own_recipe w WHERE w.person = $1 AND w.body LIKE $3)"
    };
}

fn key(id: Uuid, width: u32) -> Key {
    Key::from(format!("{id}/{width}.jpg"))
}

/// The ids of a person's photos, the oldest first.
pub(crate) async fn of_person(tx: &mut Tx, person: Uuid) -> Result<Vec<Uuid>, DbError> {
    let sql = "SELECT id FROM photo WHERE person = $1 ORDER BY created_ms";
    let rows: Vec<(Uuid,)> = tx.fetch_all(sql, args![person]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Lets go of a person's photos that nothing of theirs shows any more.
pub(crate) async fn let_go(tx: &mut WriteTx, person: Uuid, photos: &[Uuid]) -> Result<(), DbError> {
    for photo in photos {
        let unused = concat!("DELETE FROM photo WHERE id = $2 AND person = $1 AND ", unused_sql!(), " RETURNING id");
        let id = photo.to_string();
        if tx.fetch_optional::<(Uuid,)>(unused, args![person, *photo, format!("%{id}%")]).await?.is_some() {
            tx.drop_photo(*photo);
        }
    }
    Ok(())
}

/// Lets go of photos that were uploaded about a day ago and never shown.
pub(crate) async fn prune(tx: &mut WriteTx) -> Result<(), DbError> {
    let sql = "SELECT id, person FROM photo WHERE created_ms > $1 AND created_ms <= $2";
    let (two_days_ago, a_day_ago) = (tx.now_ms - 2 * DAY_MS, tx.now_ms - DAY_MS);
    let uploaded: Vec<(Uuid, Uuid)> = tx.fetch_all(sql, args![two_days_ago, a_day_ago]).await?;
    for (id, person) in uploaded {
        let_go(tx, person, &[id]).await?;
    }
    Ok(())
}

/// Refuses photos that a person did not upload.
pub(crate) async fn owned(tx: &mut Tx, person: Uuid, photos: &[Uuid]) -> Result<(), Refusal> {
    for photo in photos {
        let sql = "SELECT id FROM photo WHERE id = $1 AND person = $2";
        if tx.fetch_optional::<(Uuid,)>(sql, args![*photo, person]).await?.is_none() {
            return Err(FieldError::new("photos", "must be uploaded by yourself first").into());
        }
    }
    Ok(())
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get_photo, put_photo))
}

/// Upload a photo
///
/// JPEG, PNG, WebP or GIF up to 10 MB, told apart by its content. Repeating an upload changes nothing.
#[utoipa::path(put, path = "/api/v1/photos/{id}", tag = "board", params(("id" = Uuid, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 204)))]
async fn put_photo(
    State(app): State<AppState>,
    who: CurrentUser,
    RecordId(id): RecordId,
    body: Body,
) -> Result<StatusCode, Refusal> {
    let owner: Option<(Uuid,)> =
        app.db.read().await?.fetch_optional("SELECT person FROM photo WHERE id = $1", args![id]).await?;
    match owner {
        Some((owner,)) if owner == who.id => return Ok(StatusCode::NO_CONTENT),
        Some(_) => return Err(ProblemCode::Taken.into()),
        None => {}
    }
    app.limits.count(Action::Upload, LimitKey::Person(who.id))?;
    keep(&app, who.id, id, body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Keeps a picture as a person's photo.
pub(crate) async fn keep(app: &App, person: Uuid, id: Uuid, body: Body) -> Result<(), Refusal> {
    app.photos.write(id, body).await?;
    let mut tx = app.db.write().await?;
    let sql = "INSERT INTO photo (id, person, created_ms) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
    tx.execute(sql, args![id, person, app.now_ms()]).await?;
    Ok(tx.commit().await?)
}

/// How large a photo is wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct PhotoQuery {
    /// Pixels it is shown at; the next larger kept width comes, at most 1,600.
    width: Option<u32>,
}

impl FromParameters for PhotoQuery {
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError> {
        parameters.read()
    }
}

/// A photo as JPEG
///
/// Whoever knows its id may see it: ids are random and told only with what shows the photo.
#[utoipa::path(get, path = "/api/v1/photos/{id}", tag = "board", params(("id" = Uuid, Path), PhotoQuery),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>)))]
async fn get_photo(
    State(app): State<AppState>,
    RecordId(id): RecordId,
    ValidQuery(query): ValidQuery<PhotoQuery>,
) -> Result<Response, Refusal> {
    // Not the file alone: what was let go may lie there for a while, and what a moderator hid is still to be decided.
    let sql = "SELECT p.id FROM photo p WHERE p.id = $1 AND NOT EXISTS \
               (SELECT 1 FROM post x WHERE x.author = p.person AND x.hidden AND x.draft LIKE $2) AND NOT EXISTS \
               (SELECT 1 FROM message m WHERE m.author = p.person AND m.deleted AND m.photo = p.id)";
    let shown: Option<(Uuid,)> = app.db.read().await?.fetch_optional(sql, args![id, format!("%{id}%")]).await?;
    shown.ok_or(ProblemCode::NotFound)?;
    let bytes = app.photos.read(id, query.width).await?.ok_or(ProblemCode::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
    ];
    Ok((headers, bytes).into_response())
}
