//! Which browsers want notifications: one for each session, gone with it.

use axum::extract::State;
use axum::http::StatusCode;
use base64ct::{Base64UrlUnpadded, Encoding};
use chrono_tz::Tz;
use hnh_domain::account::{NotifyKind, NotifySettings, PushDevice, PushKey};
use hnh_domain::problem::FieldError;
use hnh_domain::text::Lang;
use sqlx::FromRow;
use web_push_native::{Auth, p256};

use crate::account::CurrentUser;
use crate::app::AppState;
use crate::db::{Db, DbError, args};
use crate::http::body::Json;
use crate::http::limits::{Action, Key};
use crate::http::problem::Refusal;

/// The server's key for push services
///
/// Without a key the server sends no notifications.
#[utoipa::path(get, path = "/api/v1/push/key", operation_id = "get_push_key", tag = "account", responses((status = 200, body = PushKey)))]
pub(super) async fn get_key(State(app): State<AppState>) -> axum::Json<PushKey> {
    axum::Json(PushKey { key: app.push.key.clone() })
}

/// Have notifications sent to this browser
///
/// In place of what the session asked for before; they end with the session.
#[utoipa::path(put, path = "/api/v1/push/device", operation_id = "set_push_device", tag = "account", request_body = PushDevice,
    responses((status = 204, description = "They come")))]
pub(super) async fn set_device(
    State(app): State<AppState>,
    who: CurrentUser,
    Json(device): Json<PushDevice>,
) -> Result<StatusCode, Refusal> {
    app.limits.count(Action::Change, Key::Person(who.id))?;
    let device = device.checked()?;
    if app.push.services.origin_of(&device.endpoint).is_none() {
        return Err(FieldError::new("endpoint", "is not at a push service that this server sends to").into());
    }
    Subscription::read(&device.endpoint, &device.p256dh, &device.auth)?;
    let zone: Tz = device.zone.parse().unwrap_or(Tz::UTC);
    let settings = serde_json::to_string(&device.settings).unwrap_or_default();
    let mut tx = app.db.write().await?;
    tx.execute("DELETE FROM push_subscription WHERE session = $1", args![who.session]).await?;
    tx.execute(
        "INSERT INTO push_subscription (endpoint, session, person, p256dh, auth, settings, zone)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (endpoint) DO UPDATE SET session = excluded.session,
         person = excluded.person, p256dh = excluded.p256dh, auth = excluded.auth, settings = excluded.settings,
         zone = excluded.zone",
        args![device.endpoint, who.session, who.id, device.p256dh, device.auth, settings, zone.name()],
    )
    .await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Have no more notifications sent to this browser
#[utoipa::path(delete, path = "/api/v1/push/device", operation_id = "remove_push_device", tag = "account",
    responses((status = 204, description = "None come any more")))]
pub(super) async fn remove_device(State(app): State<AppState>, who: CurrentUser) -> Result<StatusCode, Refusal> {
    let mut tx = app.db.write().await?;
    tx.execute("DELETE FROM push_subscription WHERE session = $1", args![who.session]).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Forgets a browser that its push service does not know any more.
pub(super) async fn remove_endpoint(db: &Db, endpoint: &str) -> Result<(), DbError> {
    let mut tx = db.write().await?;
    tx.execute("DELETE FROM push_subscription WHERE endpoint = $1", args![endpoint]).await?;
    tx.commit().await
}

/// Where and with which keys a browser is reached.
#[derive(Clone, Debug)]
pub(super) struct Subscription {
    endpoint: String,
    /// The browser's public key.
    pub(super) key: p256::PublicKey,
    /// The secret shared with the browser.
    pub(super) auth: Auth,
}

impl Subscription {
    fn read(endpoint: &str, p256dh: &str, auth: &str) -> Result<Self, FieldError> {
        let key = Base64UrlUnpadded::decode_vec(p256dh).ok();
        let key = key.and_then(|bytes| p256::PublicKey::from_sec1_bytes(&bytes).ok());
        let auth = Base64UrlUnpadded::decode_vec(auth).ok().and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
        Ok(Self {
            endpoint: endpoint.to_owned(),
            key: key.ok_or_else(|| FieldError::new("p256dh", "must be a public key of P-256 in base64url"))?,
            auth: auth.ok_or_else(|| FieldError::new("auth", "must be 16 bytes in base64url"))?.into(),
        })
    }

    /// The address at the push service.
    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }
}

/// A row of `push_subscription` with its person's language.
#[derive(FromRow)]
pub(super) struct DeviceRow {
    endpoint: String,
    p256dh: String,
    auth: String,
    settings: String,
    zone: String,
    lang: String,
}

/// The columns of [`DeviceRow`] of rows that join `push_subscription` as `s` and its person as `o`.
macro_rules! device_columns {
    () => {
        "s.endpoint, s.p256dh, s.auth, s.settings, s.zone, o.lang"
    };
}
pub(super) use device_columns;

impl DeviceRow {
    /// The language its person reads.
    pub(super) fn lang(&self) -> Lang {
        self.lang.parse().unwrap_or(Lang::Ko)
    }

    /// Where to send something of a kind at `now_ms`; `None` where the person wants none of it now.
    pub(super) fn wants(&self, kind: NotifyKind, now_ms: i64) -> Option<Subscription> {
        use chrono::Timelike;
        let zone: Tz = self.zone.parse().unwrap_or(Tz::UTC);
        let time = chrono::DateTime::from_timestamp_millis(now_ms)?.with_timezone(&zone);
        let settings: NotifySettings = serde_json::from_str(&self.settings).unwrap_or_default();
        let minute = u16::try_from(time.hour() * 60 + time.minute()).ok()?;
        settings.tell(kind, minute).then(|| Subscription::read(&self.endpoint, &self.p256dh, &self.auth).ok())?
    }
}
