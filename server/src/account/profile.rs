//! Profiles and favourites as they are read.

use axum::extract::{Path, State};
use hnh_domain::account::{Handle, Person, Profile, ProfileDraft};
use hnh_domain::feeds::{Favourite, ItemKind};
use hnh_domain::problem::ProblemCode;
use sqlx::FromRow;
use uuid::Uuid;

use super::author::{Author, author, blocks};
use super::current_user::{CurrentUser, Viewer};
use crate::app::AppState;
use crate::db::{DbError, Tx, args};
use crate::feeds::{Span, items_sql};
use crate::http::no_store::NoStore;
use crate::http::problem::Refusal;

#[derive(FromRow)]
struct ProfileRow {
    #[sqlx(flatten)]
    person: Author,
    profile: String,
    profile_version: i64,
    reference_count: i64,
    blocked: i64,
}

/// The columns of [`ProfileRow`] for the viewer `$1`, and which rows.
macro_rules! profile_sql {
    ($which:literal) => {
        concat!(
            "SELECT ",
            author!(),
            ", p.profile, p.profile_version, (SELECT COUNT(*) FROM meal_reference r WHERE r.about = p.id) AS reference_count, \
             (SELECT COUNT(*) FROM block b WHERE b.blocker = $1 AND b.blocked = p.id) AS blocked FROM person p WHERE ",
            $which
        )
    };
}

impl From<ProfileRow> for Option<Profile> {
    fn from(row: ProfileRow) -> Self {
        let person: Person = Option::from(row.person)?;
        Some(Profile {
            person,
            says: draft(&row.profile),
            version: row.profile_version,
            references: u32::try_from(row.reference_count).unwrap_or(u32::MAX),
            blocked: row.blocked > 0,
        })
    }
}

/// What a stored profile says; one that a newer program wrote says nothing to this one.
pub(super) fn draft(json: &str) -> ProfileDraft {
    serde_json::from_str(json).unwrap_or_default()
}

/// One's own profile, whole.
pub(crate) async fn own_profile(tx: &mut Tx, person: Uuid) -> Result<Option<Profile>, DbError> {
    let row: Option<ProfileRow> = tx.fetch_optional(profile_sql!("p.id = $1"), args![person]).await?;
    Ok(row.and_then(Option::from))
}

/// A person's profile
///
/// Whole for its owner; others see what is shared. A person who blocked the asking one is not found.
#[utoipa::path(get, path = "/api/v1/people/{handle}", operation_id = "get_person", tag = "account",
    params(("handle" = String, Path, description = "The person's handle, without @", pattern = "^[a-z][a-z0-9_]{2,23}$")),
    responses((status = 200, body = Profile)))]
pub(super) async fn get_profile(
    State(app): State<AppState>,
    Viewer(viewer): Viewer,
    Path(handle): Path<String>,
) -> Result<NoStore<axum::Json<Profile>>, Refusal> {
    let handle: Handle = handle.parse()?;
    let mut tx = app.db.read().await?;
    let row: Option<ProfileRow> =
        tx.fetch_optional(profile_sql!("p.handle = $2"), args![viewer, handle.as_str()]).await?;
    let mut profile: Profile = row.and_then(Option::from).ok_or(ProblemCode::NotFound)?;
    if profile.person.id != viewer {
        if !profile.blocked && blocks(&mut tx, viewer, profile.person.id).await? {
            return Err(ProblemCode::NotFound.into());
        }
        profile.says = profile.says.shared_part();
    }
    Ok(NoStore(axum::Json(profile)))
}

/// Whom one blocked, the last first
#[utoipa::path(get, path = "/api/v1/account/blocked", operation_id = "list_blocked", tag = "account",
    responses((status = 200, body = Vec<Person>)))]
pub(super) async fn list_blocked(
    State(app): State<AppState>,
    who: CurrentUser,
) -> Result<NoStore<axum::Json<Vec<Person>>>, Refusal> {
    let sql = concat!(
        "SELECT ",
        author!(),
        " FROM block b JOIN person p ON p.id = b.blocked WHERE b.blocker = $1 ORDER BY b.at_ms DESC LIMIT 1000"
    );
    let rows: Vec<Author> = app.db.read().await?.fetch_all(sql, args![who.id]).await?;
    Ok(NoStore(axum::Json(rows.into_iter().filter_map(Option::from).collect())))
}

/// The favourites that a part of a person's feed tells of, with their items' ids.
pub(crate) async fn favourites(tx: &mut Tx, person: Uuid, span: &Span) -> Result<Vec<(Uuid, Favourite)>, DbError> {
    let rows: Vec<(Uuid, String, Uuid, i64)> = tx
        .fetch_all(
            concat!("SELECT id, kind, item, kept_ms FROM favourite WHERE person = $1 AND id IN ", items_sql!()),
            span.args(person, ItemKind::Favourite),
        )
        .await?;
    let read = |(id, kind, of, kept_ms): (Uuid, String, Uuid, i64)| {
        Some((id, Favourite { kind: kind.parse().ok()?, of, kept_ms }))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}
