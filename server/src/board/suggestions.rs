//! People who might be good company.

use axum::extract::State;
use hnh_domain::account::{Person, ProfileDraft};
use hnh_domain::board::Suggestion;
use sqlx::FromRow;

use crate::account::{Author, CurrentUser, author, blocked_sql};
use crate::app::AppState;
use crate::db::args;
use crate::http::no_store::NoStore;
use crate::http::problem::Refusal;

/// People who are looked at, those who were here last first.
const CANDIDATES: i64 = 2_000;
/// People who are suggested.
const SUGGESTIONS: usize = 20;

#[derive(FromRow)]
struct Candidate {
    #[sqlx(flatten)]
    person: Author,
    profile: String,
}

/// People with whom one shares diets, languages, district or free times
///
/// Only what both wrote counts, and of the others only what they share. A district is a name that a person
/// chose: no position of anybody is stored, so none can be found out.
#[utoipa::path(get, path = "/api/v1/suggestions", operation_id = "suggest_people", tag = "board",
    responses((status = 200, body = Vec<Suggestion>)))]
pub(super) async fn suggest(
    State(app): State<AppState>,
    who: CurrentUser,
) -> Result<NoStore<axum::Json<Vec<Suggestion>>>, Refusal> {
    let mut tx = app.db.read().await?;
    let (own,): (String,) = tx.fetch_one("SELECT profile FROM person WHERE id = $1", args![who.id]).await?;
    let own: ProfileDraft = serde_json::from_str(&own).unwrap_or_default();
    let sql = concat!(
        "SELECT p.profile, ",
        author!(),
        " FROM person p WHERE p.id <> $1 AND p.profile_version > 0 AND ",
        blocked_sql!("$1", "p.id"),
        " ORDER BY (SELECT MAX(s.seen_ms) FROM session s WHERE s.person = p.id) DESC, p.id LIMIT $2"
    );
    let candidates: Vec<Candidate> = tx.fetch_all(sql, args![who.id, CANDIDATES]).await?;
    drop(tx);
    let mut scored: Vec<(usize, Suggestion)> =
        candidates.into_iter().filter_map(|other| match_with(&own, other)).collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let suggestions: Vec<Suggestion> = scored.into_iter().take(SUGGESTIONS).map(|(_, suggestion)| suggestion).collect();
    Ok(NoStore(axum::Json(suggestions)))
}

fn shared<T: Copy + PartialEq>(own: &[T], theirs: &[T]) -> Vec<T> {
    own.iter().copied().filter(|one| theirs.contains(one)).collect()
}

/// What both have in common, and how much it weighs; nobody without a common word.
fn match_with(own: &ProfileDraft, other: Candidate) -> Option<(usize, Suggestion)> {
    let person: Person = Option::from(other.person)?;
    let theirs = serde_json::from_str::<ProfileDraft>(&other.profile).ok()?.shared_part();
    let diets = shared(&own.diets, &theirs.diets);
    let languages = shared(&own.languages, &theirs.languages);
    let free = shared(&own.free, &theirs.free);
    let district = Some(theirs.district).filter(|district| !district.is_empty() && *district == own.district);
    if (!own.languages.is_empty() && !theirs.languages.is_empty() && languages.is_empty())
        || (diets.is_empty() && district.is_none() && free.is_empty())
    {
        return None;
    }
    let score = 3 * diets.len() + 3 * usize::from(district.is_some()) + 2 * free.len() + languages.len();
    let (diets, languages, free) = (diets.into(), languages.into(), free.into());
    Some((score, Suggestion { person, diets, languages, free, district }))
}
