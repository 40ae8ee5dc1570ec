//! Who is told what of a change.

use hnh_domain::account::NotifyKind;
use hnh_domain::chat::RoomKind;
use hnh_domain::text::Lang;
use serde_json::json;
use sqlx::FromRow;
use uuid::Uuid;

use super::devices::{DeviceRow, Subscription, device_columns};
use crate::account::{Author, author, blocked_sql};
use crate::db::{Db, DbError, Tx, args};
use crate::notices;

/// The words of a notification, at most, in characters: with its title and address it fits the 4,096 bytes that every
/// push service takes.
const MAX_WORDS: usize = 200;
/// For how long a message or notice is worth a notification, in seconds: a day.
const USEFUL_S: u32 = 86_400;
/// The same of a reminder, which comes two hours before the meal.
const REMINDER_USEFUL_S: u32 = 7_200;

/// Something that was committed and that people may want to be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// A message.
    Message(Uuid),
    /// A notice.
    Notice(Uuid),
}

/// A notification on its way to a browser.
pub(super) struct Letter {
    /// Where it goes.
    pub(super) device: Subscription,
    /// What the app's service worker reads: JSON with `title`, `body`, `page` and `tag`.
    pub(super) text: String,
    /// For how long it is worth delivering, in seconds.
    pub(super) useful_s: u32,
}

/// What there is to send for some news at `now_ms`.
pub(super) async fn letters(db: &Db, news: News, now_ms: i64) -> Result<Vec<Letter>, DbError> {
    let mut tx = db.read().await?;
    match news {
        News::Message(id) => of_message(&mut tx, id, now_ms).await,
        News::Notice(id) => of_notice(&mut tx, id, now_ms).await,
    }
}

#[derive(FromRow)]
struct MessageRow {
    room: Uuid,
    kind: String,
    name: String,
    body: String,
    photo: Option<Uuid>,
    #[sqlx(flatten)]
    by: Author,
}

async fn of_message(tx: &mut Tx, id: Uuid, now_ms: i64) -> Result<Vec<Letter>, DbError> {
    let sql = concat!(
        "SELECT m.room, r.kind, r.name, m.body, m.photo, ",
        author!(),
        " FROM message m JOIN room r ON r.id = m.room JOIN person p ON p.id = m.author WHERE m.id = $1 AND NOT m.deleted"
    );
    let Some(message) = tx.fetch_optional::<MessageRow>(sql, args![id]).await? else { return Ok(Vec::new()) };
    let MessageRow { room, kind, name, body, photo, by } = message;
    let Some(by) = Option::<hnh_domain::account::Person>::from(by) else { return Ok(Vec::new()) };
    let sql = concat!(
        "SELECT ",
        device_columns!(),
        " FROM room_person x JOIN push_subscription s ON s.person = x.person JOIN person o ON o.id = x.person \
         WHERE x.room = $2 AND x.inside AND NOT x.muted AND x.person <> $1 AND ",
        blocked_sql!("$1", "x.person")
    );
    let devices: Vec<DeviceRow> = tx.fetch_all(sql, args![by.id, room]).await?;
    let title =
        if kind == RoomKind::Direct.code() || name.is_empty() { by.name } else { format!("{} · {name}", by.name) };
    let letters = devices.iter().filter_map(|device| {
        let words = match (body.is_empty(), photo, device.lang()) {
            (false, ..) => body.chars().take(MAX_WORDS).collect(),
            (true, Some(_), Lang::Ko) => "사진을 보냈어요".to_owned(),
            (true, Some(_), Lang::En) => "Sent a photo".to_owned(),
            (true, None, Lang::Ko) => "카드를 보냈어요".to_owned(),
            (true, None, Lang::En) => "Sent a card".to_owned(),
        };
        Some(Letter {
            device: device.wants(NotifyKind::Messages, now_ms)?,
            text: text(&title, &words, &format!("/chat/{room}"), room),
            useful_s: USEFUL_S,
        })
    });
    Ok(letters.collect())
}

async fn of_notice(tx: &mut Tx, id: Uuid, now_ms: i64) -> Result<Vec<Letter>, DbError> {
    let Some((person, notice)) = notices::one(tx, id).await?.filter(|(_, notice)| !notice.seen) else {
        return Ok(Vec::new());
    };
    let sql = concat!(
        "SELECT ",
        device_columns!(),
        " FROM push_subscription s JOIN person o ON o.id = s.person WHERE s.person = $1"
    );
    let devices: Vec<DeviceRow> = tx.fetch_all(sql, args![person]).await?;
    let kind = NotifyKind::from(notice.what);
    let letters = devices.iter().filter_map(|device| {
        Some(Letter {
            device: device.wants(kind, now_ms)?,
            text: text(&notice.headline(device.lang()), &notice.words, &notice.page(), notice.id),
            useful_s: if kind == NotifyKind::Reminders { REMINDER_USEFUL_S } else { USEFUL_S },
        })
    });
    Ok(letters.collect())
}

/// A later notification with the same tag takes the place of an earlier one.
fn text(title: &str, body: &str, page: &str, tag: Uuid) -> String {
    json!({"title": title, "body": body, "page": page, "tag": tag}).to_string()
}
