//! Changes on the boards, each to where it is made.

use hnh_domain::board::{BoardChange, MAX_REASON, Reaction, Subject, SubjectKind, between};
use hnh_domain::feeds::Feed;
use hnh_domain::problem::{FieldError, ProblemCode};
use uuid::Uuid;

use super::{moderation, read, seats, write};
use crate::account::CurrentUser;
use crate::app::App;
use crate::db::args;
use crate::feeds::{ItemKind, WriteTx};
use crate::http::problem::Refusal;
use crate::notices;

/// The longest word to a host, in characters.
const MAX_NOTE: usize = 500;

/// Makes the change, or refuses it.
pub(crate) async fn apply(app: &App, tx: &mut WriteTx, who: &CurrentUser, change: BoardChange) -> Result<(), Refusal> {
    match change {
        BoardChange::WritePost { id, board, draft, version } => {
            write::post(app, tx, who, (id, board, version), *draft).await
        }
        BoardChange::DeletePost { id } => write::delete_post(tx, who, id).await,
        BoardChange::WriteComment { id, post, parent, text, version } => {
            write::comment(tx, who, (id, version), (post, parent), &text).await
        }
        BoardChange::DeleteComment { id } => write::delete_comment(tx, who, id).await,
        BoardChange::React { to, reaction, on } => react(tx, who, to, reaction, on).await,
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
        BoardChange::Refer { post, person, text } => {
            between("text", &text, 1, MAX_REASON)?;
            seats::refer(tx, who, post, person, text.trim()).await
        }
        BoardChange::Report { subject, reason } => {
            between("reason", &reason, 1, MAX_REASON)?;
            moderation::report(tx, who, subject, reason.trim()).await
        }
        BoardChange::Moderate { subject, deed, reason } => {
            between("reason", &reason, 1, MAX_REASON)?;
            moderation::moderate(tx, who, subject, deed, reason.trim()).await
        }
        BoardChange::SeeNotices { up_to_ms } => Ok(notices::see(tx, who.id, up_to_ms).await?),
    }
}

async fn react(tx: &mut WriteTx, who: &CurrentUser, to: Subject, reaction: Reaction, on: bool) -> Result<(), Refusal> {
    let (feed, kind) = place_of(tx, who.id, to).await?;
    let sql = if on {
        "INSERT INTO reaction (subject, person, reaction) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM reaction WHERE subject = $1 AND person = $2 AND reaction = $3"
    };
    if tx.execute(sql, args![to.id, who.id, reaction.code()]).await? > 0 {
        tx.touch(feed, kind, to.id);
    }
    Ok(())
}

/// The feed that tells of a subject, where the viewer may see it.
async fn place_of(tx: &mut WriteTx, viewer: Uuid, subject: Subject) -> Result<(Feed, ItemKind), Refusal> {
    Ok(match subject.kind {
        SubjectKind::Post => {
            let post = read::post(tx, viewer, subject.id).await?.ok_or(ProblemCode::NotFound)?;
            (Feed::Board(post.board), ItemKind::Post)
        }
        SubjectKind::Comment => {
            let comment = read::comment(tx, viewer, subject.id).await?.ok_or(ProblemCode::NotFound)?;
            let post = read::post(tx, viewer, comment.post).await?.ok_or(ProblemCode::NotFound)?;
            (Feed::Board(post.board), ItemKind::Comment)
        }
        SubjectKind::Message => {
            let room = crate::chat::room_of(tx, subject.id, viewer).await?.ok_or(ProblemCode::NotFound)?;
            (Feed::Room(room), ItemKind::Message)
        }
        SubjectKind::Person => return Err(FieldError::new("to", "must be a post, comment or message").into()),
    })
}
