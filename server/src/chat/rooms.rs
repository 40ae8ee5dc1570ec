//! Who is in which room.

use hnh_domain::account::Person;
use hnh_domain::chat::{Reader, Room, RoomKind};
use hnh_domain::feeds::{Feed, ItemKind};
use sqlx::FromRow;
use uuid::Uuid;

use crate::account::{Author, author, blocked_sql};
use crate::db::{DbError, Tx, args};
use crate::feeds::{Span, WriteTx, items_sql};
use crate::ids::new_id;

/// Whether a person is in a room now.
pub(crate) async fn is_inside(tx: &mut Tx, room: Uuid, person: Uuid) -> Result<bool, DbError> {
    let sql = "SELECT inside FROM room_person WHERE room = $1 AND person = $2";
    Ok(tx.fetch_optional::<(bool,)>(sql, args![room, person]).await?.is_some_and(|(inside,)| inside))
}

/// Whether a person was in a room and left it.
pub(super) async fn has_left(tx: &mut Tx, room: Uuid, person: Uuid) -> Result<bool, DbError> {
    let sql = "SELECT inside FROM room_person WHERE room = $1 AND person = $2";
    Ok(tx.fetch_optional::<(bool,)>(sql, args![room, person]).await?.is_some_and(|(inside,)| !inside))
}

/// A room's kind, if there is such a room.
pub(super) async fn kind(tx: &mut Tx, room: Uuid) -> Result<Option<RoomKind>, DbError> {
    let found: Option<(String,)> = tx.fetch_optional("SELECT kind FROM room WHERE id = $1", args![room]).await?;
    Ok(found.and_then(|(kind,)| kind.parse().ok()))
}

/// Who is in a room now.
pub(super) async fn people(tx: &mut Tx, room: Uuid) -> Result<Vec<Uuid>, DbError> {
    let sql = "SELECT person FROM room_person WHERE room = $1 AND inside ORDER BY person";
    let rows: Vec<(Uuid,)> = tx.fetch_all(sql, args![room]).await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

/// Those in a room whom a person may know of: not oneself, none whom a block parts, and none who neither said nor read a word
/// there. A room that a stranger opened tells nobody when one is here; only a meal's is joined by everybody themselves.
pub(crate) async fn visible_in_room(tx: &mut Tx, viewer: Uuid, room: Uuid) -> Result<Vec<Uuid>, DbError> {
    let sql = concat!(
        "SELECT x.person FROM room_person x JOIN room r ON r.id = x.room WHERE x.room = $2 AND x.inside \
         AND x.person <> $1 AND (r.kind = 'gathering' OR x.read_to > 0 OR EXISTS \
         (SELECT 1 FROM message m WHERE m.room = x.room AND m.author = x.person)) AND ",
        blocked_sql!("$1", "x.person")
    );
    let rows: Vec<(Uuid,)> = tx.fetch_all(sql, args![viewer, room]).await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

/// Tells all who are in a room that it changed.
pub(super) async fn touch(tx: &mut WriteTx, room: Uuid) -> Result<(), DbError> {
    for person in people(tx, room).await? {
        tx.touch(Feed::Person(person), ItemKind::Room, room);
    }
    Ok(())
}

/// Makes a room, unless there is one of this id.
pub(super) async fn open(
    tx: &mut WriteTx,
    id: Uuid,
    kind: RoomKind,
    name: &str,
    post: Option<Uuid>,
) -> Result<(), DbError> {
    let now_ms = tx.now_ms;
    let sql =
        "INSERT INTO room (id, kind, name, post, created_ms) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING";
    tx.execute(sql, args![id, kind.code(), name, post, now_ms]).await.map(drop)
}

/// Lets a person into a room, or has them leave it; all in it are told.
pub(crate) async fn set_inside(tx: &mut WriteTx, room: Uuid, person: Uuid, inside: bool) -> Result<(), DbError> {
    let changed = if inside {
        tx.execute(
            "INSERT INTO room_person (room, person, inside, muted, read_to) VALUES ($1, $2, TRUE, FALSE, 0)
             ON CONFLICT (room, person) DO UPDATE SET inside = TRUE WHERE NOT room_person.inside",
            args![room, person],
        )
        .await?
    } else {
        let sql = "UPDATE room_person SET inside = FALSE WHERE room = $1 AND person = $2 AND inside";
        tx.execute(sql, args![room, person]).await?
    };
    if changed > 0 {
        touch(tx, room).await?;
        tx.touch(Feed::Person(person), ItemKind::Room, room);
    }
    Ok(())
}

/// Opens the chat of a meal with its host in it.
pub(crate) async fn open_gathering(tx: &mut WriteTx, host: Uuid, post: Uuid, name: &str) -> Result<Uuid, DbError> {
    let id = new_id(tx.now_ms);
    open(tx, id, RoomKind::Gathering, name, Some(post)).await?;
    set_inside(tx, id, host, true).await?;
    Ok(id)
}

/// The rooms that two people are, or were, both in.
pub(crate) async fn shared_rooms(tx: &mut Tx, one: Uuid, other: Uuid) -> Result<Vec<(Uuid,)>, DbError> {
    let sql = "SELECT x.room FROM room_person x JOIN room_person y ON y.room = x.room \
               WHERE x.person = $1 AND y.person = $2 ORDER BY x.room";
    tx.fetch_all(sql, args![one, other]).await
}

#[derive(FromRow)]
struct RoomRow {
    id: Uuid,
    kind: String,
    name: String,
    post: Option<Uuid>,
    inside: bool,
    muted: bool,
}

#[derive(FromRow)]
struct ReaderRow {
    room: Uuid,
    read_to: i64,
    #[sqlx(flatten)]
    person: Author,
}

/// The rooms that a part of a person's feed tells of.
pub(crate) async fn rooms_in(tx: &mut Tx, person: Uuid, span: &Span) -> Result<Vec<Room>, DbError> {
    let rows: Vec<RoomRow> = tx
        .fetch_all(
            concat!(
                "SELECT r.id, r.kind, r.name, r.post, x.inside, x.muted FROM room r
                 JOIN room_person x ON x.room = r.id AND x.person = $1 WHERE r.id IN ",
                items_sql!()
            ),
            span.args(person, ItemKind::Room),
        )
        .await?;
    let sql = concat!(
        "SELECT x.room, x.read_to, ",
        author!(),
        " FROM room_person x JOIN person p ON p.id = x.person JOIN room_person own ON own.room = x.room \
         AND own.person = $1 WHERE x.inside AND ",
        blocked_sql!("$1", "x.person"),
        " AND x.room IN ",
        items_sql!(),
        " ORDER BY p.handle"
    );
    let readers: Vec<ReaderRow> = tx.fetch_all(sql, span.args(person, ItemKind::Room)).await?;
    let mut rooms = Vec::with_capacity(rows.len());
    for row in rows {
        let Ok(kind) = row.kind.parse() else { continue };
        let head = crate::feeds::head(tx, Feed::Room(row.id)).await?;
        let RoomRow { id, name, post, inside, muted, .. } = row;
        rooms.push(Room { id, kind, name, post, people: Vec::new(), inside, muted, head });
    }
    for row in readers {
        let (room, read, person): (_, _, Option<Person>) = (row.room, row.read_to, row.person.into());
        if let (Some(room), Some(person)) = (rooms.iter_mut().find(|known| known.id == room && known.inside), person) {
            room.people.push(Reader { person, read });
        }
    }
    Ok(rooms)
}
