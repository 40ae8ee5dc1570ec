//! Changes on the boards, each to where it is made.

use hnh_domain::board::BoardChange;

use super::{check_in, comments, moderation, posts, reactions, seats};
use crate::account::CurrentUser;
use crate::app::App;
use crate::feeds::WriteTx;
use crate::http::problem::Refusal;
use crate::notices;

/// Makes the change, or refuses it.
pub(crate) async fn apply(app: &App, tx: &mut WriteTx, who: &CurrentUser, change: BoardChange) -> Result<(), Refusal> {
    match change {
        BoardChange::WritePost { id, board, draft, version } => {
            posts::write(app, tx, who, (id, board, version), *draft).await
        }
        BoardChange::DeletePost { id } => posts::delete(tx, who, id).await,
        BoardChange::WriteComment { id, post, parent, text, version } => {
            comments::write(tx, who, (id, version), (post, parent), &text).await
        }
        BoardChange::DeleteComment { id } => comments::delete(tx, who, id).await,
        BoardChange::React { to, reaction, on } => reactions::react(tx, who, to, reaction, on).await,
        BoardChange::Join { post, note } => seats::join(tx, who, post, &note).await,
        BoardChange::Leave { post } => seats::leave(tx, who, post).await,
        BoardChange::Answer { post, person, accept } => seats::answer(tx, who, post, person, accept).await,
        BoardChange::Cancel { post, reason } => seats::cancel(tx, who, post, &reason).await,
        BoardChange::SetCheckIn { post, friend } => check_in::set(tx, who, post, friend).await,
        BoardChange::CheckIn { post } => check_in::confirm(tx, who, post).await,
        BoardChange::WriteReference { post, person, text } => {
            seats::write_reference(tx, who, post, person, &text).await
        }
        BoardChange::Report { subject, reason } => moderation::report(tx, who, subject, &reason).await,
        BoardChange::Moderate { subject, decision, reason } => {
            moderation::moderate(tx, who, subject, decision, &reason).await
        }
        BoardChange::SeeNotices { up_to_ms } => Ok(notices::mark_read(tx, who.id, up_to_ms).await?),
    }
}
