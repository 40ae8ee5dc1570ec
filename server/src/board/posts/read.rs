//! Posts as a viewer may see them, with reactions and seats.

use hnh_domain::account::Person;
use hnh_domain::board::{Gathering, Post, PostDraft, Revision, Seat, SeatState};
use hnh_domain::feeds::{ItemKind, PostCounts};
use sqlx::FromRow;
use uuid::Uuid;

use crate::account::{Author, author, blocked_sql};
use crate::board::check_in;
use crate::board::reactions::{Reactions, reactions_in, reactions_to};
use crate::board::visibility::{comments_seen_sql, visible_sql};
use crate::db::{DbError, Tx, args};
use crate::feeds::{Span, items_sql};

#[derive(FromRow)]
pub(in crate::board) struct PostRow {
    id: Uuid,
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
    turn: i64,
    #[sqlx(flatten)]
    author: Author,
}

/// Selects [`PostRow`]s of `post x` that the viewer `$1` may see.
macro_rules! post_sql {
    ($($which:tt)+) => {
        concat!(
            "SELECT x.id, x.board, x.draft, x.html, x.version, x.created_ms, x.edited_ms, x.hidden, x.seats, \
             x.cancelled, x.room, ",
            comments_seen_sql!(),
            " AS comments, \
             (SELECT COUNT(*) FROM seat s WHERE s.post = x.id AND s.state = 'seated') AS seated, \
             (SELECT COUNT(*) FROM seat s WHERE s.post = x.id AND s.state = 'waiting') AS waiting, \
             (SELECT s.state FROM seat s WHERE s.post = x.id AND s.person = $1) AS mine, \
             (SELECT COUNT(*) FROM seat s JOIN seat o ON o.post = s.post AND o.person = $1 AND o.state = 'waiting' \
              WHERE s.post = x.id AND s.state = 'waiting' AND s.queue_position <= o.queue_position) AS turn, ",
            author!(),
            " FROM post x LEFT JOIN person p ON p.id = x.author WHERE ",
            visible_sql!(),
            " ",
            $($which)+
        )
    };
}

pub(in crate::board) use post_sql;

/// The posts that a part of a feed tells of.
pub(crate) async fn posts_in(tx: &mut Tx, viewer: Uuid, span: &Span) -> Result<Vec<Post>, DbError> {
    let sql = post_sql!("AND x.id IN ", items_sql!());
    let rows: Vec<PostRow> = tx.fetch_all(sql, span.args(viewer, ItemKind::Post)).await?;
    let given = reactions_in(tx, viewer, span, ItemKind::Post).await?;
    with_reactions(tx, viewer, rows, given).await
}

/// What others gave to the posts that a part of a feed tells of.
pub(crate) async fn post_counts_in(tx: &mut Tx, viewer: Uuid, span: &Span) -> Result<Vec<(Uuid, PostCounts)>, DbError> {
    let sql = concat!(
        "SELECT x.id, ",
        comments_seen_sql!(),
        " FROM post x WHERE ",
        visible_sql!(),
        " AND x.id IN ",
        items_sql!()
    );
    let rows: Vec<(Uuid, i64)> = tx.fetch_all(sql, span.args(viewer, ItemKind::PostCounts)).await?;
    let mut given = reactions_in(tx, viewer, span, ItemKind::PostCounts).await?;
    let counts = rows.into_iter().map(|(id, comments)| {
        let reactions = given.remove(&id).unwrap_or_default();
        (id, PostCounts { comments: u32::try_from(comments).unwrap_or(u32::MAX), reactions })
    });
    Ok(counts.collect())
}

/// Posts that were selected, each with its reactions and seats.
pub(in crate::board) async fn complete(tx: &mut Tx, viewer: Uuid, rows: Vec<PostRow>) -> Result<Vec<Post>, DbError> {
    let mut given = Reactions::new();
    for row in &rows {
        given.extend(reactions_to(tx, viewer, row.id).await?);
    }
    with_reactions(tx, viewer, rows, given).await
}

/// One post, where the viewer may see it.
pub(in crate::board) async fn read(tx: &mut Tx, viewer: Uuid, id: Uuid) -> Result<Option<Post>, DbError> {
    let rows: Vec<PostRow> = tx.fetch_all(post_sql!("AND x.id = $2"), args![viewer, id]).await?;
    Ok(complete(tx, viewer, rows).await?.pop())
}

async fn with_reactions(
    tx: &mut Tx,
    viewer: Uuid,
    rows: Vec<PostRow>,
    mut given: Reactions,
) -> Result<Vec<Post>, DbError> {
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
                    turn: u32::try_from(row.turn).ok().filter(|turn| *turn > 0),
                    mine,
                    check_in: if inside { check_in::of(tx, row.id, viewer).await? } else { None },
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
        " FROM seat s JOIN person p ON p.id = s.person WHERE s.post = $1 AND ($2 OR s.state = 'seated') ORDER BY s.queue_position, s.person"
    );
    let rows: Vec<SeatRow> = tx.fetch_all(sql, args![post, for_host]).await?;
    let read = |row: SeatRow| {
        let note = if for_host { row.note } else { String::new() };
        Some(Seat { person: Option::from(row.person)?, state: row.state.parse().ok()?, note })
    };
    Ok(rows.into_iter().filter_map(read).collect())
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
