//! Changes of what members say of places.

use hnh_domain::contributions::{ContributionChange, CorrectedFact, Understood, correction_id};
use hnh_domain::problem::{FieldCode, FieldError, ProblemCode};
use hnh_hours::Hours;
use uuid::Uuid;

use crate::account::CurrentUser;
use crate::app::App;
use crate::db::args;
use crate::feeds::WriteTx;
use crate::http::problem::Refusal;

/// The most corrections, and the most reviews, of one person.
const MAX_RECORDS: i64 = 10_000;

/// Makes the change, or refuses it.
pub(crate) async fn apply(
    app: &App,
    tx: &mut WriteTx,
    who: &CurrentUser,
    change: ContributionChange,
) -> Result<(), Refusal> {
    match change {
        ContributionChange::Correct { place, fact, value, on } => {
            correct(app, tx, who, (place, fact, &value), on).await
        }
        ContributionChange::WriteReview { id, place, eaten, understood, text } => {
            write_review(app, tx, who, (id, place), (&eaten, understood, &text)).await
        }
        ContributionChange::DeleteReview { id } => {
            tx.execute("DELETE FROM review WHERE id = $1 AND author = $2", args![id, who.id]).await?;
            Ok(())
        }
    }
}

/// Refuses a place that the catalogue does not have; where it is.
fn known_country(app: &App, place: Uuid) -> Result<Option<String>, Refusal> {
    let catalogue = app.catalogue.current().ok_or(ProblemCode::NotReady)?;
    let found = catalogue.places.get(place, app.now_ms());
    let unknown = || FieldError::coded("place", FieldCode::Unknown, "must be a place of the catalogue");
    Ok(found.ok_or_else(unknown)?.place.country)
}

async fn correct(
    app: &App,
    tx: &mut WriteTx,
    who: &CurrentUser,
    (place, fact, value): (Uuid, CorrectedFact, &str),
    on: bool,
) -> Result<(), Refusal> {
    let id = correction_id(place, fact, value);
    if !on {
        tx.execute("DELETE FROM correction WHERE id = $1 AND person = $2", args![id, who.id]).await?;
        return Ok(());
    }
    let country = known_country(app, place)?;
    if fact == CorrectedFact::Hours {
        let read = Hours::parse(value, country.as_deref());
        read.map_err(|error| FieldError::coded("value", FieldCode::Invalid, error.to_string()))?;
    }
    let (count,): (i64,) = tx.fetch_one("SELECT COUNT(*) FROM correction WHERE person = $1", args![who.id]).await?;
    if count >= MAX_RECORDS {
        return Err(FieldError::too_many("corrections", MAX_RECORDS as usize).into());
    }
    let opposite = match fact {
        CorrectedFact::Serves => Some(CorrectedFact::ServesNot),
        CorrectedFact::ServesNot => Some(CorrectedFact::Serves),
        _ => None,
    };
    if let Some(opposite) = opposite {
        let id = correction_id(place, opposite, value);
        tx.execute("DELETE FROM correction WHERE id = $1 AND person = $2", args![id, who.id]).await?;
    }
    if !fact.is_plural() {
        let sql = "DELETE FROM correction WHERE place = $1 AND fact = $2 AND person = $3";
        tx.execute(sql, args![place, fact.code(), who.id]).await?;
    }
    let now_ms = tx.now_ms;
    // What a moderator hid stays hidden when another says it again.
    tx.execute(
        "INSERT INTO correction (id, person, place, fact, value, at_ms, hidden) VALUES ($1, $2, $3, $4, $5, $6, \
         EXISTS (SELECT 1 FROM correction c WHERE c.id = $1 AND c.hidden)) ON CONFLICT (id, person) DO NOTHING",
        args![id, who.id, place, fact.code(), value, now_ms],
    )
    .await?;
    Ok(())
}

async fn write_review(
    app: &App,
    tx: &mut WriteTx,
    who: &CurrentUser,
    (id, place): (Uuid, Uuid),
    (eaten, understood, text): (&str, Option<Understood>, &str),
) -> Result<(), Refusal> {
    known_country(app, place)?;
    let taken: Option<(Uuid,)> = tx
        .fetch_optional(
            "SELECT author FROM review WHERE id = $1 AND (author <> $2 OR place <> $3)",
            args![id, who.id, place],
        )
        .await?;
    if taken.is_some() {
        return Err(ProblemCode::Taken.into());
    }
    // One's review of a place is one; what a moderator hid stays hidden when it is written again.
    let sql = "DELETE FROM review WHERE author = $1 AND place = $2 RETURNING hidden";
    let before: Option<(bool,)> = tx.fetch_optional(sql, args![who.id, place]).await?;
    let hidden = before.is_some_and(|(hidden,)| hidden);
    let now_ms = tx.now_ms;
    tx.execute(
        "INSERT INTO review (id, author, place, eaten, understood, body, at_ms, hidden) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![id, who.id, place, eaten, understood.map(|u| u.code().to_owned()), text, now_ms, hidden],
    )
    .await?;
    Ok(())
}
