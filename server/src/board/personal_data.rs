//! What a person wrote on the boards: taken along in an export, and deleted with the account.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{comments, posts, seats};
use crate::db::{DbError, Tx, args};
use crate::feeds::WriteTx;
use crate::http::problem::Refusal;

/// Posts, comments, seats, reactions and references by their names in the export.
pub(crate) async fn export(tx: &mut Tx, person: Uuid) -> Result<Map<String, Value>, DbError> {
    let posts: Vec<(Uuid, String, String, i64)> = tx
        .fetch_all("SELECT id, board, draft, created_ms FROM post WHERE author = $1 ORDER BY created_ms", args![person])
        .await?;
    let comments: Vec<(Uuid, String, i64)> = tx
        .fetch_all("SELECT post, body, created_ms FROM comment WHERE author = $1 ORDER BY created_ms", args![person])
        .await?;
    let seats: Vec<(Uuid, String, String)> =
        tx.fetch_all("SELECT post, state, note FROM seat WHERE person = $1", args![person]).await?;
    let reactions: Vec<(Uuid, String)> =
        tx.fetch_all("SELECT subject, reaction FROM reaction WHERE person = $1", args![person]).await?;
    let references: Vec<(Uuid, Uuid, String)> =
        tx.fetch_all("SELECT post, about, body FROM meal_reference WHERE author = $1", args![person]).await?;
    let posts = posts.iter().map(|(id, board, draft, at)| {
        let draft: Value = serde_json::from_str(draft).unwrap_or_default();
        json!({"id": id, "board": board, "draft": draft, "created_ms": at})
    });
    let comments = comments.iter().map(|(post, text, at)| json!({"post": post, "text": text, "created_ms": at}));
    let seats = seats.iter().map(|(post, state, note)| json!({"post": post, "state": state, "note": note}));
    let reactions = reactions.iter().map(|(to, reaction)| json!({"to": to, "reaction": reaction}));
    let references = references.iter().map(|(post, about, text)| json!({"post": post, "about": about, "text": text}));
    Ok(Map::from_iter([
        ("posts".to_owned(), posts.collect()),
        ("comments".to_owned(), comments.collect()),
        ("seats".to_owned(), seats.collect()),
        ("reactions".to_owned(), reactions.collect()),
        ("references".to_owned(), references.collect()),
    ]))
}

/// Deletes a person's posts and comments, and gives up their seats.
pub(crate) async fn forget(tx: &mut WriteTx, person: Uuid) -> Result<(), Refusal> {
    posts::forget_author(tx, person).await?;
    comments::forget_author(tx, person).await?;
    seats::give_up_all(tx, person).await
}
