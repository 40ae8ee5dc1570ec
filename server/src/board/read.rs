//! Posts and comments as a viewer may see them.
//!
//! A post is not shown when a moderator hid it (but to its author and to moderators), and when its author and
//! the viewer blocked one another.

use std::collections::HashMap;

use hnh_domain::account::Person;
use hnh_domain::board::{Comment, Gathering, Post, PostDraft, ReactionCount, Revision, Seat, SeatState};
use sqlx::FromRow;
use uuid::Uuid;

use crate::account::{Author, author, blocked_sql};
use crate::db::{DbError, Tx, args};

#[derive(FromRow)]
pub(super) struct PostRow {
    pub(super) id: Uuid,
    board: String,
    draft: String,
    html: String,
    version: i64,
    created_ms: i64,
    edited_ms: Option<i64>,
    comments: i64,
    hidden: bool,
    seats: Option<i64>,
    cancelled: Option<String>,
    room: Option<Uuid>,
    seated: i64,
    waiting: i64,
    mine: Option<String>,
    #[sqlx(flatten)]
    author: Author,
}

/// Selects [`PostRow`]s of `post x` that the viewer `$1` may see.
macro_rules! post_sql {
    ($($which:tt)+) => {
        concat!(
            "SELECT x.id, x.board, x.draft, x.html, x.version, x.created_ms, x.edited_ms, x.comments, x.hidden, x.seats, \
             x.cancelled, x.room, \
             (SELECT COUNT(*) FROM seat s WHERE s.post = x.id AND s.state = 'seated') AS seated, \
             (SELECT COUNT(*) FROM seat s WHERE s.post = x.id AND s.state = 'waiting') AS waiting, \
             (SELECT s.state FROM seat s WHERE s.post = x.id AND s.person = $1) AS mine, ",
            author!(),
            " FROM post x LEFT JOIN person p ON p.id = x.author WHERE ",
            visible_sql!(),
            " ",
            $($which)+
        )
    };
}

/// A condition: the viewer `$1` may see the post or comment `x`.
macro_rules! visible_sql {
    () => {
        concat!(
            "(NOT x.hidden OR x.author = $1 OR EXISTS \
             (SELECT 1 FROM person m WHERE m.id = $1 AND m.role IN ('moderator', 'admin'))) AND ",
            blocked_sql!("$1", "x.author")
        )
    };
}

/// What the entries of feed `$2` after `$3` up to `$4` of a kind are about.
macro_rules! entries_sql {
    ($kind:literal) => {
        concat!(
            "(SELECT e.item FROM entry e WHERE e.feed = $2 AND e.number > $3 AND e.number <= $4 AND e.kind = '",
            $kind,
            "')"
        )
    };
}

pub(super) use post_sql;
pub(super) use visible_sql;

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

fn reactions(rows: Vec<(Uuid, String, i64, i64)>) -> Reactions {
    let mut all: Reactions = HashMap::new();
    for (subject, reaction, count, mine) in rows {
        if let Ok(reaction) = reaction.parse() {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            all.entry(subject).or_default().push(ReactionCount { reaction, count, mine: mine > 0 });
        }
    }
    all
}

/// Reactions to the messages that the entries of a room's feed are about.
pub(crate) async fn reactions_in(
    tx: &mut Tx,
    viewer: Uuid,
    feed: &str,
    from: i64,
    to: i64,
) -> Result<Reactions, DbError> {
    let sql = reaction_sql!(entries_sql!("message"));
    Ok(reactions(tx.fetch_all(sql, args![viewer, feed, from, to]).await?))
}

/// The posts that the entries of a feed after `from` up to `to` are about.
pub(crate) async fn posts_in(tx: &mut Tx, viewer: Uuid, feed: &str, from: i64, to: i64) -> Result<Vec<Post>, DbError> {
    let sql = post_sql!(
        "AND x.id IN (SELECT e.item FROM entry e WHERE e.feed = $2 AND e.number > $3 AND e.number <= $4 AND e.kind = 'post')"
    );
    let rows: Vec<PostRow> = tx.fetch_all(sql, args![viewer, feed, from, to]).await?;
    let given = reactions(tx.fetch_all(reaction_sql!(entries_sql!("post")), args![viewer, feed, from, to]).await?);
    whole(tx, viewer, rows, given).await
}

/// Posts that were selected, each with its reactions and seats.
pub(super) async fn posts(tx: &mut Tx, viewer: Uuid, rows: Vec<PostRow>) -> Result<Vec<Post>, DbError> {
    let mut given = Reactions::new();
    for row in &rows {
        given.extend(reactions(tx.fetch_all(reaction_sql!("($2)"), args![viewer, row.id]).await?));
    }
    whole(tx, viewer, rows, given).await
}

/// One post, where the viewer may see it.
pub(super) async fn post(tx: &mut Tx, viewer: Uuid, id: Uuid) -> Result<Option<Post>, DbError> {
    let rows: Vec<PostRow> = tx.fetch_all(post_sql!("AND x.id = $2"), args![viewer, id]).await?;
    Ok(posts(tx, viewer, rows).await?.pop())
}

async fn whole(tx: &mut Tx, viewer: Uuid, rows: Vec<PostRow>, mut given: Reactions) -> Result<Vec<Post>, DbError> {
    let mut posts = Vec::with_capacity(rows.len());
    for row in rows {
        let (Ok(board), Ok(draft)) = (row.board.parse(), serde_json::from_str::<PostDraft>(&row.draft)) else {
            continue;
        };
        let author: Option<Person> = row.author.into();
        let hosting = author.as_ref().is_some_and(|author| author.id == viewer);
        let gathering = match row.seats {
            None => None,
            Some(seats) => {
                let mine: Option<SeatState> = row.mine.as_deref().and_then(|state| state.parse().ok());
                let inside = hosting || mine == Some(SeatState::Seated);
                Some(Gathering {
                    left: u32::try_from((seats - row.seated).max(0)).unwrap_or(u32::MAX),
                    waiting: u32::try_from(row.waiting).unwrap_or(u32::MAX),
                    cancelled: row.cancelled,
                    mine,
                    room: row.room.filter(|_| inside),
                    seats: if inside { seats_of(tx, row.id, hosting).await? } else { Vec::new() },
                })
            }
        };
        posts.push(Post {
            id: row.id,
            board,
            author,
            draft,
            html: row.html,
            version: row.version,
            created_ms: row.created_ms,
            edited_ms: row.edited_ms,
            comments: u32::try_from(row.comments).unwrap_or(u32::MAX),
            reactions: given.remove(&row.id).unwrap_or_default(),
            gathering,
            hidden: row.hidden,
        });
    }
    Ok(posts)
}

#[derive(FromRow)]
struct SeatRow {
    #[sqlx(flatten)]
    person: Author,
    state: String,
    note: String,
}

/// The requests of a gathering in their order; for guests only those seated, without what they told the host.
async fn seats_of(tx: &mut Tx, post: Uuid, for_host: bool) -> Result<Vec<Seat>, DbError> {
    let sql = concat!(
        "SELECT s.state, s.note, ",
        author!(),
        " FROM seat s JOIN person p ON p.id = s.person WHERE s.post = $1 AND ($2 OR s.state = 'seated') ORDER BY s.turn, s.person"
    );
    let rows: Vec<SeatRow> = tx.fetch_all(sql, args![post, for_host]).await?;
    let read = |row: SeatRow| {
        let note = if for_host { row.note } else { String::new() };
        Some(Seat { person: Option::from(row.person)?, state: row.state.parse().ok()?, note })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

#[derive(FromRow)]
struct CommentRow {
    id: Uuid,
    post: Uuid,
    parent: Option<Uuid>,
    body: String,
    html: String,
    version: i64,
    created_ms: i64,
    edited_ms: Option<i64>,
    hidden: bool,
    deleted: bool,
    #[sqlx(flatten)]
    author: Author,
}

/// Selects [`CommentRow`]s of `comment x` that the viewer `$1` may see.
macro_rules! comment_sql {
    ($($which:literal),+) => {
        concat!(
            "SELECT x.id, x.post, x.parent, x.body, x.html, x.version, x.created_ms, x.edited_ms, x.hidden, x.deleted, ",
            author!(),
            " FROM comment x LEFT JOIN person p ON p.id = x.author WHERE ",
            visible_sql!(),
            $( " ", $which ),+
        )
    };
}

fn comments(rows: Vec<CommentRow>, mut given: Reactions) -> Vec<Comment> {
    let read = |row: CommentRow| Comment {
        id: row.id,
        post: row.post,
        parent: row.parent,
        author: if row.deleted { None } else { row.author.into() },
        text: row.body,
        html: row.html,
        version: row.version,
        created_ms: row.created_ms,
        edited_ms: row.edited_ms,
        reactions: given.remove(&row.id).unwrap_or_default(),
        hidden: row.hidden,
    };
    rows.into_iter().map(read).collect()
}

/// The comments that the entries of a feed after `from` up to `to` are about.
pub(crate) async fn comments_in(
    tx: &mut Tx,
    viewer: Uuid,
    feed: &str,
    from: i64,
    to: i64,
) -> Result<Vec<Comment>, DbError> {
    let sql = comment_sql!(
        "AND x.id IN (SELECT e.item FROM entry e WHERE e.feed = $2 AND e.number > $3 AND e.number <= $4 AND e.kind = 'comment')"
    );
    let rows = tx.fetch_all(sql, args![viewer, feed, from, to]).await?;
    let given = reactions(tx.fetch_all(reaction_sql!(entries_sql!("comment")), args![viewer, feed, from, to]).await?);
    Ok(comments(rows, given))
}

/// The comments of a post, the oldest first.
pub(super) async fn comments_on(tx: &mut Tx, viewer: Uuid, post: Uuid) -> Result<Vec<Comment>, DbError> {
    let rows = tx.fetch_all(comment_sql!("AND x.post = $2 ORDER BY x.created_ms, x.id"), args![viewer, post]).await?;
    let sql = reaction_sql!("(SELECT c.id FROM comment c WHERE c.post = $2)");
    let given = reactions(tx.fetch_all(sql, args![viewer, post]).await?);
    Ok(comments(rows, given))
}

/// One comment, where the viewer may see it.
pub(super) async fn comment(tx: &mut Tx, viewer: Uuid, id: Uuid) -> Result<Option<Comment>, DbError> {
    let rows = tx.fetch_all(comment_sql!("AND x.id = $2"), args![viewer, id]).await?;
    Ok(comments(rows, Reactions::new()).pop())
}

/// What a post said before, the newest first.
pub(super) async fn history(tx: &mut Tx, post: Uuid) -> Result<Vec<Revision>, DbError> {
    let sql = "SELECT version, draft, at_ms FROM revision WHERE post = $1 ORDER BY version DESC";
    let rows: Vec<(i64, String, i64)> = tx.fetch_all(sql, args![post]).await?;
    let read = |(version, draft, at_ms): (i64, String, i64)| {
        Some(Revision { version, draft: serde_json::from_str(&draft).ok()?, at_ms })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}
