//! Taking the changes that clients send.

use axum::extract::State;
use hnh_domain::account::AccountChange;
use hnh_domain::feeds::{Change, MAX_PUSH, Mutation, MutationResult, Push, Pushed};
use hnh_domain::problem::{FieldError, Problem, ProblemCode};
use uuid::Uuid;

use super::WriteTx;
use crate::account::{self, CurrentUser};
use crate::app::{App, AppState};
use crate::db::args;
use crate::http::body::Json;
use crate::http::limits::{Action, Key};
use crate::http::problem::Refusal;
use crate::{board, chat, contributions, cookbook, meal_plan, shopping};

/// Make changes
///
/// Each is made in one transaction with its number, or refused for good; either way a repeat of the number has
/// the same answer and no other effect. What fails otherwise is not decided: send it again.
#[utoipa::path(post, path = "/api/v1/mutations", operation_id = "push_changes", tag = "sync", request_body = Push,
    responses((status = 200, body = Pushed)))]
pub(super) async fn push(
    State(app): State<AppState>,
    who: CurrentUser,
    Json(push): Json<Push>,
) -> Result<axum::Json<Pushed>, Refusal> {
    if push.mutations.len() > MAX_PUSH {
        return Err(FieldError::too_many("mutations", MAX_PUSH).into());
    }
    let mut results = Vec::with_capacity(push.mutations.len());
    for mutation in push.mutations {
        // The connection may end at any time; a change that began is made all the same.
        let (app, who, client) = (app.clone(), who.clone(), push.client);
        let made = tokio::spawn(async move { make(&app, &who, client, mutation).await });
        match made.await.map_err(|error| crate::http::problem::internal(&error))? {
            Ok(result) => results.push(result),
            // What was decided so far is told; the rest is sent again.
            Err(_) if !results.is_empty() => break,
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(axum::Json(Pushed { results, epoch: Some(app.epoch) }))
}

async fn make(app: &App, who: &CurrentUser, client: Uuid, mutation: Mutation) -> Result<MutationResult, Refusal> {
    let number = mutation.number;
    // Before anything is locked: a repeat takes the lock, too.
    app.limits.count(Action::Attempt, Key::Person(who.id))?;
    let mut tx = WriteTx::begin(&app.db, app.now_ms()).await?;
    // Holds the client's row, so that two requests of one client take turns.
    let owner: Option<(Uuid, i64)> = tx
        .fetch_optional(
            "INSERT INTO client (id, person, last) VALUES ($1, $2, 0)
             ON CONFLICT (id) DO UPDATE SET last = client.last RETURNING person, last",
            args![client, who.id],
        )
        .await?;
    let (person, last) = owner.ok_or(ProblemCode::Internal)?;
    if person != who.id {
        return Err(Problem::new(ProblemCode::Forbidden).with_detail("This client is another person's").into());
    }
    if number <= last {
        let sql = "SELECT refused FROM mutation WHERE client = $1 AND number = $2";
        if number < 1 {
            return Err(FieldError::new("number", "must be 1 or more").into());
        }
        // What was decided so long ago that it was pruned counts as made.
        let found: Option<(Option<String>,)> = tx.fetch_optional(sql, args![client, number]).await?;
        let refused = found.and_then(|(refused,)| refused).and_then(|json| serde_json::from_str(&json).ok());
        return Ok(MutationResult { number, refused });
    }
    if number > last + 1 {
        let detail = format!("The last change known here is {last}: send {} next", last + 1);
        return Err(Problem::new(ProblemCode::NumberGap).with_detail(detail).into());
    }
    app.limits.count(Action::Change, Key::Person(who.id))?;
    if matches!(mutation.change, Change::Account(AccountChange::Block { .. })) {
        app.limits.count(Action::Block, Key::Person(who.id))?;
    }
    tx.savepoint().await?;
    let refused = match apply(app, &mut tx, who, mutation.change).await {
        Ok(()) => None,
        Err(refusal) if refusal.problem().is_final() => {
            tx.rollback().await?;
            Some(refusal.problem().clone())
        }
        Err(refusal) => return Err(refusal),
    };
    let json = refused.as_ref().and_then(|problem| serde_json::to_string(problem).ok());
    let now_ms = tx.now_ms;
    tx.execute(
        "INSERT INTO mutation (client, number, refused, at_ms) VALUES ($1, $2, $3, $4)",
        args![client, number, json, now_ms],
    )
    .await?;
    tx.execute("UPDATE client SET last = $2 WHERE id = $1", args![client, number]).await?;
    app.commit(tx).await?;
    Ok(MutationResult { number, refused })
}

async fn apply(app: &App, tx: &mut WriteTx, who: &CurrentUser, change: Change) -> Result<(), Refusal> {
    match change.checked()? {
        Change::Account(change) => account::apply(tx, who, change).await,
        Change::Board(change) => board::apply(app, tx, who, change).await,
        Change::Chat(change) => chat::apply(tx, who, change).await,
        Change::Contribution(change) => contributions::apply(app, tx, who, change).await,
        Change::Cookbook(change) => cookbook::apply(tx, who, change).await,
        Change::MealPlan(change) => meal_plan::apply(tx, who, change).await,
        Change::Shopping(change) => shopping::apply(tx, who, change).await,
    }
}
