//! Quick answers to posts, comments and messages.

use std::collections::HashMap;

use hnh_domain::board::{Reaction, ReactionCount, Subject, SubjectKind};
use hnh_domain::feeds::{Feed, ItemKind};
use hnh_domain::problem::{FieldError, ProblemCode};
use uuid::Uuid;

use super::{comments, posts};
use crate::account::CurrentUser;
use crate::db::{DbError, Tx, args};
use crate::feeds::{Span, WriteTx, items_sql};
use crate::http::problem::Refusal;

/// How often reactions were given to the subjects in `$which`, for the viewer `$1`.
macro_rules! reaction_sql {
    ($($which:tt)+) => {
        concat!(
            "SELECT subject, reaction, COUNT(*), SUM(CASE WHEN person = $1 THEN 1 ELSE 0 END) FROM reaction \
             WHERE subject IN ", $($which)+, " GROUP BY subject, reaction ORDER BY subject, COUNT(*) DESC, reaction"
        )
    };
}

/// Reactions by what they were given to.
pub(crate) type Reactions = HashMap<Uuid, Vec<ReactionCount>>;

fn by_subject(rows: Vec<(Uuid, String, i64, i64)>) -> Reactions {
    let mut all: Reactions = HashMap::new();
    for (subject, reaction, count, mine) in rows {
        if let Ok(reaction) = reaction.parse() {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            all.entry(subject).or_default().push(ReactionCount { reaction, count, mine: mine > 0 });
        }
    }
    all
}

/// Reactions to the items of a kind that a part of a feed tells of.
pub(crate) async fn reactions_in(tx: &mut Tx, viewer: Uuid, span: &Span, kind: ItemKind) -> Result<Reactions, DbError> {
    let sql = reaction_sql!(items_sql!());
    Ok(by_subject(tx.fetch_all(sql, span.args(viewer, kind)).await?))
}

/// Reactions to one post, comment or message.
pub(super) async fn reactions_to(tx: &mut Tx, viewer: Uuid, subject: Uuid) -> Result<Reactions, DbError> {
    Ok(by_subject(tx.fetch_all(reaction_sql!("($2)"), args![viewer, subject]).await?))
}

/// Reactions to the comments on a post.
pub(super) async fn reactions_below(tx: &mut Tx, viewer: Uuid, post: Uuid) -> Result<Reactions, DbError> {
    let sql = reaction_sql!("(SELECT c.id FROM comment c WHERE c.post = $2)");
    Ok(by_subject(tx.fetch_all(sql, args![viewer, post]).await?))
}

/// Gives a reaction, or takes it away.
pub(super) async fn react(
    tx: &mut WriteTx,
    who: &CurrentUser,
    to: Subject,
    reaction: Reaction,
    on: bool,
) -> Result<(), Refusal> {
    let (feed, kind) = feed_of(tx, who.id, to).await?;
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
async fn feed_of(tx: &mut WriteTx, viewer: Uuid, subject: Subject) -> Result<(Feed, ItemKind), Refusal> {
    Ok(match subject.kind {
        SubjectKind::Post => {
            let post = posts::read(tx, viewer, subject.id).await?.ok_or(ProblemCode::NotFound)?;
            (Feed::Board(post.board), ItemKind::PostCounts)
        }
        SubjectKind::Comment => {
            let comment = comments::read(tx, viewer, subject.id).await?.ok_or(ProblemCode::NotFound)?;
            let post = posts::read(tx, viewer, comment.post).await?.ok_or(ProblemCode::NotFound)?;
            (Feed::Board(post.board), ItemKind::Comment)
        }
        SubjectKind::Message => {
            let room = crate::chat::room_of(tx, subject.id, viewer).await?.ok_or(ProblemCode::NotFound)?;
            (Feed::Room(room), ItemKind::Message)
        }
        SubjectKind::Person | SubjectKind::Correction | SubjectKind::Review => {
            return Err(FieldError::new("to", "must be a post, comment or message").into());
        }
    })
}
