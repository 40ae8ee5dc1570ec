//! Everything that is stored of a person, as a file to take along.

use std::fs::File;
use std::io::{self, Seek, Write};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use hnh_domain::account::Account;
use serde_json::{Map, Value, json};
use tokio::io::AsyncReadExt;
use uuid::Uuid;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::current_user::CurrentUser;
use super::login::{AccountRow, account_sql};
use super::profile::own_profile;
use crate::app::AppState;
use crate::db::{Tx, args};
use crate::http::limits::{Action, Key};
use crate::http::no_store::NoStore;
use crate::http::problem::{Refusal, internal};
use crate::{board, chat, contributions, cookbook, meal_plan, photos, shopping};

/// How much of the file is held in memory while it is sent, in bytes.
const PART: usize = 64 * 1024;

/// All that is stored of the asking person
///
/// A ZIP with `account.json` and the person's photos.
#[utoipa::path(get, path = "/api/v1/account/export", operation_id = "export_account", tag = "account",
    responses((status = 200, content_type = "application/zip", body = Vec<u8>)))]
pub(super) async fn export(State(app): State<AppState>, who: CurrentUser) -> Result<Response, Refusal> {
    app.limits.count(Action::Upload, Key::Person(who.id))?;
    let mut tx = app.db.read().await?;
    let mut everything = account(&mut tx, who.id).await?;
    everything.extend(board::export(&mut tx, who.id).await?);
    everything.extend(chat::export(&mut tx, who.id).await?);
    everything.extend(contributions::export(&mut tx, who.id).await?);
    let photos = photos::of_person(&mut tx, who.id).await?;
    drop(tx);
    // In a file that has no name: all photos of a person together may be larger than the memory.
    let mut zip = ZipWriter::new(tempfile::tempfile().map_err(|error| internal(&error))?);
    let pack = |zip: &mut ZipWriter<File>, name: &str, bytes: &[u8]| -> Result<(), Refusal> {
        zip.start_file(name, SimpleFileOptions::default()).map_err(|error| internal(&error))?;
        zip.write_all(bytes).map_err(|error| internal(&error))
    };
    let text = serde_json::to_vec_pretty(&everything).map_err(|error| internal(&error))?;
    pack(&mut zip, "account.json", &text)?;
    for id in photos {
        if let Some(bytes) = app.photos.read(id, None).await? {
            pack(&mut zip, &format!("photos/{id}.jpg"), &bytes)?;
        }
    }
    let mut file = zip.finish().map_err(|error| internal(&error))?;
    file.rewind().map_err(|error| internal(&error))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"hnh-account.zip\"")),
    ];
    Ok(NoStore((headers, Body::from_stream(parts_of(file.into())))).into_response())
}

/// A file's bytes, a part at a time.
pub(crate) fn parts_of(file: tokio::fs::File) -> impl Stream<Item = io::Result<Bytes>> {
    futures_util::stream::try_unfold(file, async |mut file| {
        let mut part = Vec::with_capacity(PART);
        let read = file.read_buf(&mut part).await?;
        Ok((read > 0).then(|| (Bytes::from(part), file)))
    })
}

/// What of the account itself is the person's.
async fn account(tx: &mut Tx, person: Uuid) -> Result<Map<String, Value>, Refusal> {
    let account: AccountRow = tx.fetch_one(account_sql!("id = $1"), args![person]).await?;
    let profile = own_profile(tx, person).await?;
    let favourites: Vec<(String, Uuid, i64)> = tx
        .fetch_all("SELECT kind, item, kept_ms FROM favourite WHERE person = $1 ORDER BY kept_ms", args![person])
        .await?;
    let recipes = cookbook::export(tx, person).await?;
    let meals = meal_plan::export(tx, person).await?;
    let shopping = shopping::export(tx, person).await?;
    let blocked: Vec<(Uuid, i64)> =
        tx.fetch_all("SELECT blocked, at_ms FROM block WHERE blocker = $1", args![person]).await?;
    let sessions: Vec<(String, i64, i64)> =
        tx.fetch_all("SELECT device, created_ms, seen_ms FROM session WHERE person = $1", args![person]).await?;
    let favourites = favourites.iter().map(|(kind, id, at)| json!({"kind": kind, "id": id, "kept_ms": at}));
    let blocked = blocked.iter().map(|(person, at)| json!({"person": person, "at_ms": at}));
    let sessions =
        sessions.iter().map(|(device, from, seen)| json!({"device": device, "created_ms": from, "seen_ms": seen}));
    Ok(Map::from_iter([
        ("account".to_owned(), json!(Account::from(account))),
        ("profile".to_owned(), json!(profile)),
        ("favourites".to_owned(), favourites.collect()),
        ("recipes".to_owned(), json!(recipes)),
        ("meals".to_owned(), json!(meals)),
        ("shopping".to_owned(), json!(shopping)),
        ("blocked".to_owned(), blocked.collect()),
        ("sessions".to_owned(), sessions.collect()),
    ]))
}
