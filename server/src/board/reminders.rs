//! Telling people of meals that are soon, and asking after those that are over.

use hnh_domain::feeds::NoticeKind;
use uuid::Uuid;

use super::{check_in, seats};
use crate::app::App;
use crate::db::args;
use crate::feeds::WriteTx;
use crate::http::problem::Refusal;
use crate::notices::{About, notify};

/// How long before a meal people are reminded, in ms: two hours.
const AHEAD_MS: i64 = 2 * 3_600_000;

/// Reminds hosts and guests of meals that are soon, and sees to those who check in after one, once each however many processes look.
///
/// # Errors
/// As the database; then nobody was told.
pub async fn remind(app: &App) -> Result<(), Refusal> {
    let now_ms = app.now_ms();
    let mut tx = WriteTx::begin(&app.db, now_ms).await?;
    let soon: Vec<(Uuid, Option<Uuid>, String)> = tx
        .fetch_all(
            "UPDATE post SET reminded = TRUE WHERE starts_ms > $1 AND starts_ms <= $2 AND NOT reminded \
             AND cancelled IS NULL AND NOT hidden RETURNING id, author, draft",
            args![now_ms, now_ms + AHEAD_MS],
        )
        .await?;
    for (post, host, draft) in soon {
        let title = serde_json::from_str::<hnh_domain::board::PostDraft>(&draft).map(|draft| draft.title);
        let words = title.unwrap_or_default();
        if let Some(host) = host {
            notify(
                &mut tx,
                host,
                NoticeKind::Reminder,
                About { by: None, post: Some(post), told: None, words: &words },
            )
            .await?;
        }
        seats::notify_seated(&mut tx, post, NoticeKind::Reminder, &words).await?;
    }
    check_in::ask_and_tell(&mut tx).await?;
    Ok(app.commit(tx).await?)
}
