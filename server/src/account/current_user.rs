//! Who asks: extractor types, so that a handler without one is public on purpose.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum_extra::extract::CookieJar;
use axum_extra::headers::HeaderMapExt;
use axum_extra::headers::authorization::{Authorization, Bearer};
use hnh_domain::account::Role;
use hnh_domain::problem::ProblemCode;
use uuid::Uuid;

use super::credentials::digest;
use crate::app::AppState;
use crate::db::{DbError, Tx, args};
use crate::http::problem::Refusal;

/// The browser's cookie: `__Host-` has it sent to this very host alone, over a secure connection.
pub(super) const COOKIE: &str = "__Host-hnh";

/// A session that was not used for so long is over, in ms: 90 days.
pub(crate) const SESSION_UNUSED_MS: i64 = 90 * 24 * 3_600_000;
/// How exactly the time of last use is known, in ms.
const SEEN_STEP_MS: i64 = 60_000;

/// The signed-in person who asks; [`Viewer`] where nobody signed in is welcome too.
#[derive(Clone, Debug)]
pub(crate) struct CurrentUser {
    /// The person's id.
    pub(crate) id: Uuid,
    /// The session's id.
    pub(crate) session: Uuid,
    /// What the person may do.
    pub(crate) role: Role,
}

/// The id by which a reply is made for who asks: nil where nobody is signed in, whom no row belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Viewer(pub(crate) Uuid);

/// A moderator or administrator who asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moderator;

/// A token, and whether the browser added it by itself.
fn token(headers: &HeaderMap) -> Option<(String, bool)> {
    if headers.contains_key(header::AUTHORIZATION) {
        return headers.typed_get::<Authorization<Bearer>>().map(|bearer| (bearer.token().to_owned(), false));
    }
    CookieJar::from_headers(headers).get(COOKIE).map(|cookie| (cookie.value().to_owned(), true))
}

/// Whether a request with the browser's cookie was made by a page of ours: what changes something, or opens a
/// socket, must say so by `Sec-Fetch-Site`, or by an `Origin` that is this host.
fn from_our_page(method: &Method, headers: &HeaderMap) -> bool {
    if method.is_safe() && !headers.contains_key(header::UPGRADE) {
        return true;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => text("origin")
            .and_then(|origin| origin.split_once("://"))
            .is_some_and(|(_, host)| Some(host) == text("host")),
    }
}

async fn note_seen(app: &AppState, session: Uuid, now_ms: i64) -> Result<(), DbError> {
    let mut tx = app.db.write().await?;
    tx.execute("UPDATE session SET seen_ms = $2 WHERE id = $1", args![session, now_ms]).await?;
    tx.commit().await
}

/// Whether a session was not ended meanwhile, for what outlives a request.
pub(crate) async fn session_lives(tx: &mut Tx, session: Uuid) -> Result<bool, DbError> {
    let found: Option<(Uuid,)> = tx.fetch_optional("SELECT id FROM session WHERE id = $1", args![session]).await?;
    Ok(found.is_some())
}

impl OptionalFromRequestParts<AppState> for CurrentUser {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Option<Self>, Refusal> {
        let Some((token, by_browser)) = token(&parts.headers) else { return Ok(None) };
        if by_browser && !from_our_page(&parts.method, &parts.headers) {
            return Err(ProblemCode::CrossSite.into());
        }
        let now_ms = app.now_ms();
        let mut tx = app.db.read().await?;
        let found: Option<(Uuid, Uuid, String, i64)> = tx
            .fetch_optional(
                "SELECT s.id, p.id, p.role, s.seen_ms FROM session s JOIN person p ON p.id = s.person
                 WHERE s.token = $1 AND s.seen_ms > $2",
                args![digest(&token), now_ms - SESSION_UNUSED_MS],
            )
            .await?;
        drop(tx);
        let Some((session, id, role, seen_ms)) = found else { return Ok(None) };
        if now_ms - seen_ms >= SEEN_STEP_MS
            && let Err(error) = note_seen(app, session, now_ms).await
        {
            // Who reads need not wait for a full disk.
            tracing::warn!(%error, "when a session was used last was not written");
        }
        Ok(Some(Self { id, session, role: role.parse().unwrap_or(Role::Member) }))
    }
}

impl FromRequestParts<AppState> for CurrentUser {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Refusal> {
        let who = <Self as OptionalFromRequestParts<AppState>>::from_request_parts(parts, app).await?;
        who.ok_or_else(|| ProblemCode::SignInRequired.into())
    }
}

impl FromRequestParts<AppState> for Viewer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Refusal> {
        let who = <CurrentUser as OptionalFromRequestParts<AppState>>::from_request_parts(parts, app).await?;
        Ok(Self(who.map_or_else(Uuid::nil, |who| who.id)))
    }
}

/// Who asks, where it may be nobody but not somebody whose session ended: what nobody sees is not what they would keep.
pub(crate) struct LiveViewer(pub(crate) Uuid);

impl FromRequestParts<AppState> for LiveViewer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Refusal> {
        let who = <CurrentUser as OptionalFromRequestParts<AppState>>::from_request_parts(parts, app).await?;
        match who {
            Some(who) => Ok(Self(who.id)),
            None if token(&parts.headers).is_some() => Err(ProblemCode::SignInRequired.into()),
            None => Ok(Self(Uuid::nil())),
        }
    }
}

impl FromRequestParts<AppState> for Moderator {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Refusal> {
        let who = <CurrentUser as FromRequestParts<AppState>>::from_request_parts(parts, app).await?;
        if who.role.moderates() { Ok(Self) } else { Err(ProblemCode::Forbidden.into()) }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_token_comes_by_header_or_by_the_cookie_of_our_name() {
        assert_eq!(token(&headers(&[("authorization", "Bearer abc")])), Some(("abc".to_owned(), false)));
        assert_eq!(token(&headers(&[("cookie", "a=1; __Host-hnh=xyz; b=2")])), Some(("xyz".to_owned(), true)));
        assert_eq!(token(&headers(&[("cookie", "hnh=xyz")])), None);
        assert_eq!(token(&headers(&[("authorization", "Basic abc"), ("cookie", "__Host-hnh=xyz")])), None);
    }

    #[test]
    fn another_site_cannot_use_the_cookie_to_change_anything() {
        let ours = |pairs| from_our_page(&Method::POST, &headers(pairs));
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[("sec-fetch-site", "cross-site"), ("origin", "https://a"), ("host", "a")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(ours(&[("origin", "https://hnh.example"), ("host", "hnh.example")]));
        assert!(!ours(&[("origin", "https://evil.example"), ("host", "hnh.example")]));
        assert!(!ours(&[]));
        assert!(from_our_page(&Method::GET, &headers(&[])));
        assert!(!from_our_page(&Method::GET, &headers(&[("upgrade", "websocket")])));
    }
}
