//! Leaving for good.

use axum::extract::State;
use axum::http::StatusCode;
use hnh_domain::account::CloseAccount;
use hnh_domain::feeds::{Feed, ItemKind};
use hnh_domain::problem::ProblemCode;
use uuid::Uuid;

use super::credentials;
use super::current_user::CurrentUser;
use super::login::{AccountRow, account_sql};
use crate::app::{App, AppState};
use crate::db::args;
use crate::feeds::WriteTx;
use crate::http::body::Json;
use crate::http::limits::{Action, Key};
use crate::http::problem::{Refusal, internal};
use crate::{board, chat, photos, shopping};

/// Delete the account
///
/// Profile, favourites, recipes, photos, posts and seats are deleted; comments and messages lose their words,
/// so that others' answers keep their place.
#[utoipa::path(post, path = "/api/v1/account/close", operation_id = "close_account", tag = "account", request_body = CloseAccount,
    responses((status = 204)))]
pub(super) async fn close(
    State(app): State<AppState>,
    who: CurrentUser,
    Json(form): Json<CloseAccount>,
) -> Result<StatusCode, Refusal> {
    app.limits.count(Action::Password, Key::Person(who.id))?;
    let account: AccountRow = app.db.read().await?.fetch_one(account_sql!("id = $1"), args![who.id]).await?;
    let right = credentials::matches(form.password, Some(account.password)).await.map_err(|error| internal(&error))?;
    if !right {
        return Err(ProblemCode::WrongCredentials.into());
    }
    delete_person(&app, who.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes a person and what is theirs.
///
/// # Errors
/// As the database; then nothing was deleted but maybe photos.
pub async fn delete_person(app: &App, person: Uuid) -> Result<(), Refusal> {
    let mut tx = WriteTx::begin(&app.db, app.now_ms()).await?;
    let photos = photos::of_person(&mut tx, person).await?;
    board::forget(&mut tx, person).await?;
    chat::forget(&mut tx, person).await?;
    shopping::forget(&mut tx, person).await?;
    tx.forget_feed(Feed::Person(person)).await?;
    // What refers to the person's row alone goes with it: profile, favourites, own recipes, plan, sessions, blocks.
    tx.execute("DELETE FROM person WHERE id = $1", args![person]).await?;
    // Devices that still follow the feed learn that it went on.
    tx.touch(Feed::Person(person), ItemKind::Profile, person);
    app.commit(tx).await?;
    for id in photos {
        app.photos.delete(id).await?;
    }
    Ok(())
}
