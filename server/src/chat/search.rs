//! Finding what was said.

use axum::extract::State;
use hnh_domain::chat::{Message, MessageQuery};
use hnh_domain::problem::FieldError;

use super::messages::{MessageRow, message, message_sql};
use crate::account::{CurrentUser, author, blocked_sql};
use crate::app::AppState;
use crate::db::{args, like_pattern};
use crate::http::limits::{Action, Key};
use crate::http::no_store::NoStore;
use crate::http::problem::Refusal;
use crate::http::query::{FromParameters, Parameters, ValidQuery};

/// Messages of one answer.
const MOST: i64 = 50;

impl FromParameters for MessageQuery {
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError> {
        let query: Self = parameters.read()?;
        query.validate()?;
        Ok(query)
    }
}

/// The newest 50 messages with some words, of the rooms one is in
#[utoipa::path(get, path = "/api/v1/messages", tag = "chat", params(MessageQuery),
    responses((status = 200, body = Vec<Message>)))]
pub(super) async fn search_messages(
    State(app): State<AppState>,
    who: CurrentUser,
    ValidQuery(query): ValidQuery<MessageQuery>,
) -> Result<NoStore<axum::Json<Vec<Message>>>, Refusal> {
    app.limits.count(Action::SearchMessages, Key::Person(who.id))?;
    let sql = message_sql!(
        "NOT x.deleted AND LOWER(x.body) LIKE $2 ESCAPE '\\' AND EXISTS (SELECT 1 FROM room_person i \
         WHERE i.room = x.room AND i.person = $1 AND i.inside) ORDER BY x.created_ms DESC, x.id DESC LIMIT $3"
    );
    let pattern = like_pattern(&query.q.trim().to_lowercase());
    let rows: Vec<MessageRow> = app.db.read().await?.fetch_all(sql, args![who.id, pattern, MOST]).await?;
    Ok(NoStore(axum::Json(rows.into_iter().map(message).collect())))
}
