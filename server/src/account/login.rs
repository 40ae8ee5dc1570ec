//! Signing up, in and out; the sessions of a person's devices.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use hnh_domain::account::{
    Account, Email, Handle, Password, ProfileDraft, Role, Session, SignInForm, SignUpForm, SignedIn,
};
use hnh_domain::problem::{FieldCode, FieldError, Problem, ProblemCode};
use hnh_domain::text::Lang;
use hnh_domain::written;
use sqlx::FromRow;
use time::Duration;
use uuid::Uuid;

use super::credentials::{self, check_strength, digest};
use super::current_user::{COOKIE, CurrentUser};
use super::recovery;
use crate::app::AppState;
use crate::db::{Db, Tx, args};
use crate::http::body::Json;
use crate::http::limits::{Action, Address, Key};
use crate::http::no_store::NoStore;
use crate::http::problem::{Refusal, internal};
use crate::http::record_id::RecordId;
use crate::ids::new_id;

/// The longest name or address to sign in with, in characters; as an address may be.
const MAX_LOGIN: usize = 254;
/// The longest name of a device, in characters.
const MAX_DEVICE: usize = 100;

/// An account as it is stored.
#[derive(FromRow)]
pub(super) struct AccountRow {
    pub(super) id: Uuid,
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) email_verified: bool,
    pub(super) password: String,
    pub(super) role: String,
    lang: String,
}

impl AccountRow {
    /// The language in which the person is written to.
    pub(super) fn lang(&self) -> Lang {
        self.lang.parse().unwrap_or_default()
    }
}

/// The columns of [`AccountRow`], and which rows.
macro_rules! account_sql {
    ($which:literal) => {
        concat!("SELECT id, handle, name, email, email_verified, password, role, lang FROM person WHERE ", $which)
    };
}
pub(super) use account_sql;

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
        let name = if row.name.is_empty() { row.handle.clone() } else { row.name };
        Self {
            id: row.id,
            handle: row.handle,
            name,
            email: row.email,
            email_verified: row.email_verified,
            role: row.role.parse().unwrap_or(Role::Member),
        }
    }
}

/// Makes an account; the password's strength is the caller's to check.
///
/// # Errors
/// A problem in words when the handle is taken; else as the database.
pub async fn add_person(
    db: &Db,
    now_ms: i64,
    (handle, email, password): (&Handle, &Email, Password),
    (role, email_verified): (Role, bool),
    lang: Lang,
) -> Result<Uuid, Refusal> {
    let hash = credentials::hash(password).await.map_err(|error| internal(&error))?;
    let (id, profile) = (new_id(now_ms), serde_json::to_string(&ProfileDraft::default()).unwrap_or_default());
    let mut tx = db.write().await?;
    let added = tx
        .execute(
            "INSERT INTO person (id, handle, email, email_verified, password, role, name, profile, profile_version, \
             created_ms, lang) VALUES ($1, $2, $3, $4, $5, $6, '', $7, 0, $8, $9) ON CONFLICT (handle) DO NOTHING",
            args![id, handle.as_str(), email.as_str(), email_verified, hash, role.code(), profile, now_ms, lang.code()],
        )
        .await?;
    if added == 0 {
        let taken = FieldError::coded("handle", FieldCode::Taken, "is taken: choose another");
        let problem = Problem { errors: vec![taken], ..Problem::new(ProblemCode::Taken) };
        return Err(problem.with_detail("This name is taken: choose another").into());
    }
    tx.commit().await?;
    Ok(id)
}

/// Gives a person a role.
///
/// # Errors
/// `NotFound` when nobody has the handle.
pub async fn set_role(db: &Db, handle: &Handle, role: Role) -> Result<(), Refusal> {
    let mut tx = db.write().await?;
    let changed =
        tx.execute("UPDATE person SET role = $2 WHERE handle = $1", args![handle.as_str(), role.code()]).await?;
    tx.commit().await?;
    if changed == 0 { Err(ProblemCode::NotFound.into()) } else { Ok(()) }
}

/// Make an account and sign in
///
/// An address may be named by many and belongs to the one who opens the mailed link, so that nobody learns from
/// this which addresses have accounts.
#[utoipa::path(post, path = "/api/v1/accounts", tag = "account", request_body = SignUpForm,
    responses((status = 201, body = SignedIn)))]
pub(super) async fn sign_up(
    State(app): State<AppState>,
    address: Address,
    Json(form): Json<SignUpForm>,
) -> Result<Response, Refusal> {
    app.limits.count(Action::SignUp, address.into())?;
    let email_name = form.email.as_str().split('@').next().unwrap_or_default();
    check_strength(&form.password, &[form.handle.as_str(), form.email.as_str(), email_name])?;
    let whom = (&form.handle, &form.email, form.password);
    let id = add_person(&app.db, app.now_ms(), whom, (Role::Member, false), form.lang).await?;
    // Nobody's box is filled by accounts in their name; who waits for the mail can ask for it.
    if app.limits.count(Action::Mail, Key::Name(form.email.to_string())).is_ok() {
        recovery::mail_verification(&app, id, &form.email, form.lang).await?;
    }
    open_session(&app, id, form.device, form.token).await
}

/// Sign in
#[utoipa::path(post, path = "/api/v1/sessions", tag = "account", request_body = SignInForm,
    responses((status = 201, body = SignedIn)))]
pub(super) async fn sign_in(
    State(app): State<AppState>,
    address: Address,
    Json(form): Json<SignInForm>,
) -> Result<Response, Refusal> {
    let login = written::line("login", &form.login, 0, MAX_LOGIN)?.trim_start_matches('@').to_lowercase();
    app.limits.count(Action::Password, address.into())?;
    app.limits.count(Action::Password, Key::NameAt(login.clone(), address.0))?;
    app.limits.count(Action::PasswordOfName, Key::Name(login.clone()))?;
    let mut tx = app.db.read().await?;
    let sql = account_sql!("(handle = $1 OR (email = $1 AND email_verified))");
    let account: Option<AccountRow> = tx.fetch_optional(sql, args![&login]).await?;
    drop(tx);
    let hash = account.as_ref().map(|account| account.password.clone());
    let right = credentials::matches(form.password, hash).await.map_err(|error| internal(&error))?;
    match account.filter(|_| right) {
        Some(account) => open_session(&app, account.id, form.device, form.token).await,
        None => Err(ProblemCode::WrongCredentials.into()),
    }
}

/// Opens a session and tells the browser, or the app that asked for it, its token.
async fn open_session(app: &AppState, person: Uuid, device: String, tell_token: bool) -> Result<Response, Refusal> {
    let (token, now_ms) = (credentials::token(), app.now_ms());
    let device: String = device.chars().filter(|c| !c.is_control()).take(MAX_DEVICE).collect();
    let mut tx = app.db.write().await?;
    tx.execute(
        "INSERT INTO session (id, token, person, device, created_ms, seen_ms) VALUES ($1, $2, $3, $4, $5, $5)",
        args![new_id(now_ms), digest(&token), person, device, now_ms],
    )
    .await?;
    let account: AccountRow = tx.fetch_one(account_sql!("id = $1"), args![person]).await?;
    tx.commit().await?;
    let cookie = (!tell_token).then(|| cookie(&token, 90));
    let reply = SignedIn { account: account.into(), token: tell_token.then_some(token) };
    Ok(NoStore((StatusCode::CREATED, cookie, axum::Json(reply))).into_response())
}

/// The session's cookie; out of reach of scripts, and never sent from another site.
fn cookie(token: &str, days: i64) -> CookieJar {
    let cookie = Cookie::build((COOKIE, token.to_owned())).path("/").max_age(Duration::days(days));
    CookieJar::new().add(cookie.secure(true).http_only(true).same_site(SameSite::Strict))
}

fn without_cookie() -> Response {
    (StatusCode::NO_CONTENT, cookie("", 0)).into_response()
}

/// Sign out
#[utoipa::path(delete, path = "/api/v1/sessions/current", tag = "account",
    responses((status = 204)))]
pub(super) async fn sign_out(State(app): State<AppState>, who: CurrentUser) -> Result<Response, Refusal> {
    let mut tx = app.db.write().await?;
    tx.execute("DELETE FROM session WHERE id = $1", args![who.session]).await?;
    tx.commit().await?;
    Ok(without_cookie())
}

/// Sign out everywhere
#[utoipa::path(delete, path = "/api/v1/sessions", tag = "account",
    responses((status = 204)))]
pub(super) async fn end_all_sessions(State(app): State<AppState>, who: CurrentUser) -> Result<Response, Refusal> {
    let mut tx = app.db.write().await?;
    end_sessions(&mut tx, who.id, None).await?;
    tx.commit().await?;
    Ok(without_cookie())
}

/// Ends a person's sessions, but for one.
pub(super) async fn end_sessions(tx: &mut Tx, person: Uuid, but: Option<Uuid>) -> Result<(), Refusal> {
    let but = but.unwrap_or_default();
    tx.execute("DELETE FROM session WHERE person = $1 AND id <> $2", args![person, but]).await?;
    Ok(())
}

/// Sign another device out
#[utoipa::path(delete, path = "/api/v1/sessions/{id}", tag = "account", params(("id" = Uuid, Path)),
    responses((status = 204)))]
pub(super) async fn end_session(
    State(app): State<AppState>,
    who: CurrentUser,
    RecordId(id): RecordId,
) -> Result<StatusCode, Refusal> {
    let mut tx = app.db.write().await?;
    let ended = tx.execute("DELETE FROM session WHERE id = $1 AND person = $2", args![id, who.id]).await?;
    tx.commit().await?;
    if ended == 0 { Err(ProblemCode::NotFound.into()) } else { Ok(StatusCode::NO_CONTENT) }
}

/// Where one is signed in
#[utoipa::path(get, path = "/api/v1/sessions", tag = "account",
    responses((status = 200, body = Vec<Session>)))]
pub(super) async fn list_sessions(
    State(app): State<AppState>,
    who: CurrentUser,
) -> Result<NoStore<axum::Json<Vec<Session>>>, Refusal> {
    let sql = "SELECT id, device, created_ms, seen_ms FROM session WHERE person = $1 ORDER BY seen_ms DESC, id";
    let rows: Vec<(Uuid, String, i64, i64)> = app.db.read().await?.fetch_all(sql, args![who.id]).await?;
    let sessions = rows.into_iter().map(|(id, device, created_ms, seen_ms)| Session {
        id,
        device,
        created_ms,
        seen_ms,
        current: id == who.session,
    });
    Ok(NoStore(axum::Json(sessions.collect())))
}

/// One's own account
#[utoipa::path(get, path = "/api/v1/account", tag = "account",
    responses((status = 200, body = Account)))]
pub(super) async fn get_account(
    State(app): State<AppState>,
    who: CurrentUser,
) -> Result<NoStore<axum::Json<Account>>, Refusal> {
    let account: AccountRow = app.db.read().await?.fetch_one(account_sql!("id = $1"), args![who.id]).await?;
    Ok(NoStore(axum::Json(account.into())))
}
