//! What people mean to eat.

use hnh_domain::feeds::{Feed, ItemKind};
use hnh_domain::meal_plan::{MealPlanChange, PlannedMeal};
use hnh_domain::problem::ProblemCode;
use uuid::Uuid;

use crate::account::CurrentUser;
use crate::db::{DbError, Tx, args};
use crate::feeds::{Span, WriteTx, items_sql};
use crate::http::problem::{Refusal, internal};

/// The most planned meals of one person.
const MAX_MEALS: i64 = 10_000;

/// Makes the change, or refuses it.
pub(crate) async fn apply(tx: &mut WriteTx, who: &CurrentUser, change: MealPlanChange) -> Result<(), Refusal> {
    let id = match change {
        MealPlanChange::PlanMeal { meal } => {
            plan(tx, who, &meal).await?;
            meal.id
        }
        MealPlanChange::UnplanMeal { id } => {
            tx.execute("DELETE FROM planned_meal WHERE id = $1 AND person = $2", args![id, who.id]).await?;
            id
        }
    };
    tx.touch(Feed::Person(who.id), ItemKind::PlannedMeal, id);
    Ok(())
}

async fn plan(tx: &mut WriteTx, who: &CurrentUser, meal: &PlannedMeal) -> Result<(), Refusal> {
    let (count,): (i64,) = tx.fetch_one("SELECT COUNT(*) FROM planned_meal WHERE person = $1", args![who.id]).await?;
    if count >= MAX_MEALS {
        return Err(ProblemCode::LimitReached.into());
    }
    let body = serde_json::to_string(meal).map_err(|error| internal(&error))?;
    let written = tx
        .execute(
            "INSERT INTO planned_meal (id, person, day, body) VALUES ($1, $2, $3, $4)
             ON CONFLICT (id) DO UPDATE SET day = excluded.day, body = excluded.body WHERE planned_meal.person = $2",
            args![meal.id, who.id, meal.day.to_string(), body],
        )
        .await?;
    if written == 0 { Err(ProblemCode::Forbidden.into()) } else { Ok(()) }
}

/// The meals that a part of a person's feed tells of.
pub(crate) async fn planned_meals(tx: &mut Tx, person: Uuid, span: &Span) -> Result<Vec<PlannedMeal>, DbError> {
    let sql = concat!("SELECT body FROM planned_meal WHERE person = $1 AND id IN ", items_sql!());
    let rows: Vec<(String,)> = tx.fetch_all(sql, span.args(person, ItemKind::PlannedMeal)).await?;
    Ok(rows.iter().filter_map(|(body,)| serde_json::from_str(body).ok()).collect())
}

/// A person's plan, to take along.
pub(crate) async fn export(tx: &mut Tx, person: Uuid) -> Result<Vec<PlannedMeal>, DbError> {
    let sql = "SELECT body FROM planned_meal WHERE person = $1 ORDER BY day, id";
    let rows: Vec<(String,)> = tx.fetch_all(sql, args![person]).await?;
    Ok(rows.iter().filter_map(|(body,)| serde_json::from_str(body).ok()).collect())
}
