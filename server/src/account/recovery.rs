//! Passwords and addresses, proven by mailed links.

use axum::extract::State;
use axum::http::StatusCode;
use hnh_domain::account::{AskReset, ChangePassword, Email, ResetPassword, VerifyEmail};
use hnh_domain::problem::{FieldError, Problem, ProblemCode};
use hnh_domain::text::Lang;
use uuid::Uuid;

use super::credentials::{self, check_strength, digest};
use super::current_user::CurrentUser;
use super::login::{AccountRow, account_sql, end_sessions};
use super::mail::Letter;
use crate::app::App;
use crate::app::AppState;
use crate::db::{Tx, args};
use crate::http::body::Json;
use crate::http::limits::{Action, Address, Key};
use crate::http::problem::{Refusal, internal};

const VERIFY: &str = "verify";
const RESET: &str = "reset";
/// A link to prove an address is good for a week, one to set a password for an hour; in ms.
const VERIFY_MS: i64 = 7 * 24 * 3_600_000;
const RESET_MS: i64 = 3_600_000;

/// Stores a new token for a link.
async fn new_link(
    tx: &mut Tx,
    (person, email): (Uuid, &str),
    purpose: &'static str,
    expires_ms: i64,
) -> Result<String, Refusal> {
    let token = credentials::token();
    tx.execute(
        "INSERT INTO mailed_token (token, person, purpose, email, expires_ms) VALUES ($1, $2, $3, $4, $5)",
        args![digest(&token), person, purpose, email, expires_ms],
    )
    .await?;
    Ok(token)
}

/// Uses a link up: whose it is and for which address.
async fn use_link(tx: &mut Tx, token: &str, purpose: &'static str, now_ms: i64) -> Result<(Uuid, String), Refusal> {
    let used = tx
        .fetch_optional(
            "DELETE FROM mailed_token WHERE token = $1 AND purpose = $2 AND expires_ms > $3 RETURNING person, email",
            args![digest(token), purpose, now_ms],
        )
        .await?;
    used.ok_or_else(|| ProblemCode::InvalidToken.into())
}

/// Mails the link that proves an address.
pub(super) async fn mail_verification(app: &App, person: Uuid, email: &Email, lang: Lang) -> Result<(), Refusal> {
    let mut tx = app.db.write().await?;
    let token = new_link(&mut tx, (person, email.as_str()), VERIFY, app.now_ms() + VERIFY_MS).await?;
    tx.commit().await?;
    app.mailer.send(email, lang, &Letter::Verify { token: &token });
    Ok(())
}

/// Have the link that proves one's address mailed again
#[utoipa::path(post, path = "/api/v1/account/verification", tag = "account",
    responses((status = 202)))]
pub(super) async fn ask_verification(State(app): State<AppState>, who: CurrentUser) -> Result<StatusCode, Refusal> {
    app.limits.count(Action::Mail, Key::Person(who.id))?;
    let account: AccountRow = app.db.read().await?.fetch_one(account_sql!("id = $1"), args![who.id]).await?;
    if let (false, Ok(email)) = (account.email_verified, account.email.parse()) {
        mail_verification(&app, who.id, &email, account.lang()).await?;
    }
    Ok(StatusCode::ACCEPTED)
}

/// Prove an address by a mailed token
#[utoipa::path(post, path = "/api/v1/email-verifications", tag = "account", request_body = VerifyEmail,
    responses((status = 204)))]
pub(super) async fn verify_email(
    State(app): State<AppState>,
    address: Address,
    Json(form): Json<VerifyEmail>,
) -> Result<StatusCode, Refusal> {
    app.limits.count(Action::Password, address.into())?;
    let mut tx = app.db.write().await?;
    let (person, email) = use_link(&mut tx, &form.token, VERIFY, app.now_ms()).await?;
    let sql = "SELECT id FROM person WHERE email = $1 AND email_verified AND id <> $2";
    if tx.fetch_optional::<(Uuid,)>(sql, args![&email, person]).await?.is_some() {
        let detail = "This address already belongs to another account of yours: sign in there";
        return Err(Problem::new(ProblemCode::Taken).with_detail(detail).into());
    }
    tx.execute("UPDATE person SET email_verified = TRUE WHERE id = $1 AND email = $2", args![person, email]).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ask for a link to set a new password
///
/// The reply is the same whether the address has an account or not.
#[utoipa::path(post, path = "/api/v1/password-resets", tag = "account", request_body = AskReset,
    responses((status = 202)))]
pub(super) async fn ask_reset(
    State(app): State<AppState>,
    address: Address,
    Json(form): Json<AskReset>,
) -> Result<StatusCode, Refusal> {
    app.limits.count(Action::Mail, address.into())?;
    app.limits.count(Action::Mail, Key::Name(form.email.to_string()))?;
    // What follows takes its time after the reply, which so tells nothing.
    tokio::spawn(async move {
        if let Err(refusal) = mail_resets(&app, &form.email).await {
            tracing::error!(problem = %refusal.problem(), "a mail to set a password could not be made");
        }
    });
    Ok(StatusCode::ACCEPTED)
}

/// Mails a link for each account of an address; one that proved it keeps those out that only named it.
async fn mail_resets(app: &App, email: &Email) -> Result<(), Refusal> {
    let mut tx = app.db.write().await?;
    let sql = account_sql!("email = $1 ORDER BY email_verified DESC, created_ms LIMIT 5");
    let mut accounts: Vec<AccountRow> = tx.fetch_all(sql, args![email.as_str()]).await?;
    if accounts.first().is_some_and(|account| account.email_verified) {
        accounts.truncate(1);
    }
    let mut mails = Vec::new();
    for account in accounts {
        let token = new_link(&mut tx, (account.id, email.as_str()), RESET, app.now_ms() + RESET_MS).await?;
        mails.push((account, token));
    }
    tx.commit().await?;
    for (account, token) in mails {
        app.mailer.send(email, account.lang(), &Letter::Reset { handle: &account.handle, token: &token });
    }
    Ok(())
}

/// Set a new password by a mailed token
#[utoipa::path(post, path = "/api/v1/password-resets/use", tag = "account", request_body = ResetPassword,
    responses((status = 204)))]
pub(super) async fn reset_password(
    State(app): State<AppState>,
    address: Address,
    Json(form): Json<ResetPassword>,
) -> Result<StatusCode, Refusal> {
    app.limits.count(Action::Password, address.into())?;
    check_strength(&form.password, &[])?;
    let hash = credentials::hash(form.password).await.map_err(|error| internal(&error))?;
    let mut tx = app.db.write().await?;
    let (person, _) = use_link(&mut tx, &form.token, RESET, app.now_ms()).await?;
    tx.execute("UPDATE person SET password = $2 WHERE id = $1", args![person, hash]).await?;
    tx.execute("DELETE FROM mailed_token WHERE person = $1 AND purpose = $2", args![person, RESET]).await?;
    end_sessions(&mut tx, person, None).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Change the password
///
/// All other sessions end.
#[utoipa::path(put, path = "/api/v1/account/password", tag = "account", request_body = ChangePassword,
    responses((status = 204)))]
pub(super) async fn change_password(
    State(app): State<AppState>,
    who: CurrentUser,
    Json(form): Json<ChangePassword>,
) -> Result<StatusCode, Refusal> {
    app.limits.count(Action::Password, Key::Person(who.id))?;
    let account: AccountRow = app.db.read().await?.fetch_one(account_sql!("id = $1"), args![who.id]).await?;
    let right = credentials::matches(form.old, Some(account.password)).await.map_err(|error| internal(&error))?;
    if !right {
        return Err(ProblemCode::WrongCredentials.into());
    }
    check_strength(&form.new, &[&account.handle, &account.email])
        .map_err(|error| FieldError { field: "new".into(), ..error })?;
    let hash = credentials::hash(form.new).await.map_err(|error| internal(&error))?;
    let mut tx = app.db.write().await?;
    tx.execute("UPDATE person SET password = $2 WHERE id = $1", args![who.id, hash]).await?;
    end_sessions(&mut tx, who.id, Some(who.session)).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
