//! Profiles, favourites and own recipes as they are read.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use hnh_domain::account::{Handle, Person, Profile, ProfileDraft};
use hnh_domain::feeds::{Favourite, OwnRecipe};
use hnh_domain::problem::{FieldError, Problem, ProblemCode};
use sqlx::FromRow;
use uuid::Uuid;

use super::current_user::CurrentUser;
use super::entry::private;
use super::people::{Author, author, blocks};
use crate::app::AppState;
use crate::db::{DbError, Tx, args};
use crate::http::problem::Refusal;

#[derive(FromRow)]
struct ProfileRow {
    #[sqlx(flatten)]
    person: Author,
    profile: String,
    profile_version: i64,
    meals: i64,
    blocked: i64,
}

/// The columns of [`ProfileRow`] for the viewer `$1`, and which rows.
macro_rules! profile_sql {
    ($which:literal) => {
        concat!(
            "SELECT ",
            author!(),
            ", p.profile, p.profile_version, (SELECT COUNT(*) FROM meal_reference r WHERE r.about = p.id) AS meals, \
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
            references: u32::try_from(row.meals).unwrap_or(u32::MAX),
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
#[utoipa::path(get, path = "/api/v1/people/{handle}", tag = "account",
    params(("handle" = String, Path, description = "The person's handle, without @")),
    responses((status = 200, body = Profile), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn get_profile(
    State(app): State<AppState>,
    who: Option<CurrentUser>,
    Path(handle): Path<String>,
) -> Result<Response, Refusal> {
    let handle: Handle = handle.parse().map_err(|error: String| FieldError::new("handle", error))?;
    let viewer = who.as_ref().map_or_else(Uuid::nil, |who| who.id);
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
    Ok((private(), axum::Json(profile)).into_response())
}

/// A person's favourites among the entries of their feed from after `from` to `to`, with their items' ids.
pub(crate) async fn favourites(tx: &mut Tx, feed: &str, from: i64, to: i64) -> Result<Vec<(Uuid, Favourite)>, DbError> {
    let rows: Vec<(Uuid, String, Uuid, i64)> = tx
        .fetch_all(
            "SELECT DISTINCT f.id, f.kind, f.item, f.kept_ms FROM entry e JOIN favourite f ON f.id = e.item
             WHERE e.feed = $1 AND e.number > $2 AND e.number <= $3 AND e.kind = 'favourite'",
            args![feed, from, to],
        )
        .await?;
    let read = |(id, kind, of, kept_ms): (Uuid, String, Uuid, i64)| {
        Some((id, Favourite { kind: kind.parse().ok()?, of, kept_ms }))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// The same for own recipes.
pub(crate) async fn own_recipes(tx: &mut Tx, feed: &str, from: i64, to: i64) -> Result<Vec<OwnRecipe>, DbError> {
    let rows: Vec<(Uuid, String, String, i64, i64)> = tx
        .fetch_all(
            "SELECT DISTINCT r.id, r.title, r.body, r.version, r.changed_ms FROM entry e JOIN own_recipe r ON r.id = e.item
             WHERE e.feed = $1 AND e.number > $2 AND e.number <= $3 AND e.kind = 'own_recipe'",
            args![feed, from, to],
        )
        .await?;
    let read = |(id, title, text, version, changed_ms)| OwnRecipe { id, title, text, version, changed_ms };
    Ok(rows.into_iter().map(read).collect())
}
