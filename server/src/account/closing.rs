//! Taking everything along, and leaving.

use std::io::{Cursor, Write};

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hnh_domain::account::{Account, CloseAccount};
use hnh_domain::feeds::Feed;
use hnh_domain::problem::{Problem, ProblemCode};
use serde_json::{Value, json};
use uuid::Uuid;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::current_user::CurrentUser;
use super::entry::{AccountRow, account_sql, private};
use super::profile::own_profile;
use super::secrets;
use crate::app::{App, AppState};
use crate::db::{Tx, args};
use crate::feeds::{ItemKind, WriteTx};
use crate::http::body::Json;
use crate::http::limits::{Action, Key};
use crate::http::problem::{Refusal, internal};

/// All that is stored of the asking person
///
/// A ZIP with `account.json` and the person's photos.
#[utoipa::path(get, path = "/api/v1/account/export", tag = "account",
    responses((status = 200, content_type = "application/zip", body = Vec<u8>), (status = 401, body = Problem),
        (status = 429, body = Problem)))]
pub(super) async fn export(State(app): State<AppState>, who: CurrentUser) -> Result<Response, Refusal> {
    app.limits.count(Action::Upload, Key::Person(who.id))?;
    let mut tx = app.db.read().await?;
    let everything = everything(&mut tx, who.id).await?;
    let sql = "SELECT id FROM photo WHERE person = $1 ORDER BY created_ms";
    let ids: Vec<(Uuid,)> = tx.fetch_all(sql, args![who.id]).await?;
    drop(tx);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let pack = |zip: &mut ZipWriter<_>, name: &str, bytes: &[u8]| -> Result<(), Refusal> {
        zip.start_file(name, SimpleFileOptions::default()).map_err(|error| internal(&error))?;
        zip.write_all(bytes).map_err(|error| internal(&error))
    };
    let text = serde_json::to_vec_pretty(&everything).map_err(|error| internal(&error))?;
    pack(&mut zip, "account.json", &text)?;
    for (id,) in ids {
        if let Some(bytes) = app.photos.read(id, None).await? {
            pack(&mut zip, &format!("photos/{id}.jpg"), &bytes)?;
        }
    }
    let bytes = zip.finish().map_err(|error| internal(&error))?.into_inner();
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"hnh-account.zip\"")),
    ];
    Ok((private(), headers, bytes).into_response())
}

async fn everything(tx: &mut Tx, person: Uuid) -> Result<Value, Refusal> {
    let account: AccountRow = tx.fetch_one(account_sql!("id = $1"), args![person]).await?;
    let profile = own_profile(tx, person).await?;
    let favourites: Vec<(String, Uuid, i64)> = tx
        .fetch_all("SELECT kind, item, kept_ms FROM favourite WHERE person = $1 ORDER BY kept_ms", args![person])
        .await?;
    let recipes: Vec<(String, String)> =
        tx.fetch_all("SELECT title, body FROM own_recipe WHERE person = $1 ORDER BY title", args![person]).await?;
    let posts: Vec<(Uuid, String, String, i64)> = tx
        .fetch_all("SELECT id, board, draft, created_ms FROM post WHERE author = $1 ORDER BY created_ms", args![person])
        .await?;
    let comments: Vec<(Uuid, String, i64)> = tx
        .fetch_all("SELECT post, body, created_ms FROM comment WHERE author = $1 ORDER BY created_ms", args![person])
        .await?;
    let messages: Vec<(Uuid, String, i64)> = tx
        .fetch_all("SELECT room, body, created_ms FROM message WHERE author = $1 ORDER BY created_ms", args![person])
        .await?;
    let seats: Vec<(Uuid, String, String)> =
        tx.fetch_all("SELECT post, state, note FROM seat WHERE person = $1", args![person]).await?;
    let blocked: Vec<(Uuid, i64)> =
        tx.fetch_all("SELECT blocked, at_ms FROM block WHERE blocker = $1", args![person]).await?;
    let sessions: Vec<(String, i64, i64)> =
        tx.fetch_all("SELECT device, created_ms, seen_ms FROM session WHERE person = $1", args![person]).await?;
    let reactions: Vec<(Uuid, String)> =
        tx.fetch_all("SELECT subject, reaction FROM reaction WHERE person = $1", args![person]).await?;
    let references: Vec<(Uuid, Uuid, String)> =
        tx.fetch_all("SELECT post, about, body FROM meal_reference WHERE author = $1", args![person]).await?;
    let read = |draft: &str| serde_json::from_str::<Value>(draft).unwrap_or_default();
    Ok(json!({
        "account": Account::from(account),
        "profile": profile,
        "favourites": rows(&favourites, |(kind, id, at)| json!({"kind": kind, "id": id, "kept_ms": at})),
        "recipes": rows(&recipes, |(title, text)| json!({"title": title, "text": text})),
        "posts": rows(&posts, |(id, board, draft, at)| json!({"id": id, "board": board, "draft": read(draft), "created_ms": at})),
        "comments": rows(&comments, |(post, text, at)| json!({"post": post, "text": text, "created_ms": at})),
        "messages": rows(&messages, |(room, text, at)| json!({"room": room, "text": text, "created_ms": at})),
        "seats": rows(&seats, |(post, state, note)| json!({"post": post, "state": state, "note": note})),
        "blocked": rows(&blocked, |(person, at)| json!({"person": person, "at_ms": at})),
        "sessions": rows(&sessions, |(device, from, seen)| json!({"device": device, "created_ms": from, "seen_ms": seen})),
        "reactions": rows(&reactions, |(to, reaction)| json!({"to": to, "reaction": reaction})),
        "references": rows(&references, |(post, about, text)| json!({"post": post, "about": about, "text": text})),
    }))
}

fn rows<T>(rows: &[T], write: impl Fn(&T) -> Value) -> Vec<Value> {
    rows.iter().map(write).collect()
}

/// Delete the account
///
/// Profile, favourites, recipes, photos, posts and seats are deleted; comments and messages lose their words,
/// so that others' answers keep their place.
#[utoipa::path(post, path = "/api/v1/account/close", tag = "account", request_body = CloseAccount,
    responses((status = 204), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 429, body = Problem)))]
pub(super) async fn close(
    State(app): State<AppState>,
    who: CurrentUser,
    Json(form): Json<CloseAccount>,
) -> Result<StatusCode, Refusal> {
    app.limits.count(Action::Password, Key::Person(who.id))?;
    let account: AccountRow = app.db.read().await?.fetch_one(account_sql!("id = $1"), args![who.id]).await?;
    let right = secrets::matches(form.password, Some(account.password)).await.map_err(|error| internal(&error))?;
    if !right {
        return Err(ProblemCode::WrongCredentials.into());
    }
    close_person(&app, who.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes a person and what is theirs.
///
/// # Errors
/// As the database; then nothing was deleted but maybe photos.
pub async fn close_person(app: &App, person: Uuid) -> Result<(), Refusal> {
    let mut tx = WriteTx::begin(&app.db, app.now_ms()).await?;
    let photos: Vec<(Uuid,)> = tx.fetch_all("SELECT id FROM photo WHERE person = $1", args![person]).await?;
    crate::board::forget_author(&mut tx, person).await?;
    crate::chat::forget_author(&mut tx, person).await?;
    tx.execute("DELETE FROM person WHERE id = $1", args![person]).await?;
    tx.execute("DELETE FROM entry WHERE feed = $1", args![Feed::Person(person).to_string()]).await?;
    // Devices that still follow the feed learn that it went on.
    tx.touch(Feed::Person(person), ItemKind::Profile, person);
    app.commit(tx).await?;
    for (id,) in photos {
        app.photos.delete(id).await?;
    }
    Ok(())
}
