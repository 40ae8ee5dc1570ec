//! Changes on the boards, each to where it is made.

use hnh_domain::board::{BoardChange, MAX_REASON, between};

use super::{comments, moderation, posts, reactions, seats};
use crate::account::CurrentUser;
use crate::app::App;
use crate::feeds::WriteTx;
use crate::http::problem::Refusal;
use crate::notices;

/// The longest word to a host, in characters.
const MAX_NOTE: usize = 500;

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
        BoardChange::Join { post, note } => {
            between("note", &note, 0, MAX_NOTE)?;
            seats::join(tx, who, post, note.trim()).await
        }
        BoardChange::Leave { post } => seats::leave(tx, who, post).await,
        BoardChange::Answer { post, person, accept } => seats::answer(tx, who, post, person, accept).await,
        BoardChange::Cancel { post, reason } => {
            between("reason", &reason, 0, MAX_REASON)?;
            seats::cancel(tx, who, post, reason.trim()).await
        }
        BoardChange::WriteReference { post, person, text } => {
            between("text", &text, 1, MAX_REASON)?;
            seats::write_reference(tx, who, post, person, text.trim()).await
        }
        BoardChange::Report { subject, reason } => {
            between("reason", &reason, 1, MAX_REASON)?;
            moderation::report(tx, who, subject, reason.trim()).await
        }
        BoardChange::Moderate { subject, decision, reason } => {
            between("reason", &reason, 1, MAX_REASON)?;
            moderation::moderate(tx, who, subject, decision, reason.trim()).await
        }
        BoardChange::SeeNotices { up_to_ms } => Ok(notices::mark_read(tx, who.id, up_to_ms).await?),
    }
}
