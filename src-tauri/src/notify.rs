//! Tells of messages and notices that came while the window was not looked at; a click opens their page.

use std::collections::HashMap;

use chrono::Timelike;
use hnh_domain::account::{NotifyKind, NotifySettings};
use hnh_domain::calls::{GetAccount, GetSetting, ListNotices, ListRooms, RoomRow};
use hnh_domain::feeds::Notice;
use hnh_domain::port::Call;
use serde::de::DeserializeOwned;
use tauri::{AppHandle, Manager};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::core::CoreSlot;
use crate::window;
use crate::words::system_language;

/// The longest text that a notification shows, in characters.
const LONGEST: usize = 200;

/// What the person was told of, or saw; nothing before the first look.
#[derive(Default)]
pub(crate) struct Told(Mutex<Option<Known>>);

/// What was there at the last look.
struct Known {
    /// Whose it is: what another person finds is not new to them.
    person: Uuid,
    /// The number of each room's newest message.
    rooms: HashMap<Uuid, i64>,
    /// When the newest notice came, ms UTC.
    noticed_ms: i64,
}

/// Something to tell of.
#[derive(Clone, Debug, PartialEq, Eq)]
struct News {
    kind: NotifyKind,
    /// The page that a click opens.
    page: String,
    title: String,
    text: String,
}

/// Looks at what changed: shows how much is unread, and tells of what is new.
pub(crate) async fn changed(app: &AppHandle) {
    // One look at a time, so that nothing is told twice.
    let told = app.state::<Told>();
    let mut told = told.0.lock().await;
    let me = ask(app, GetAccount {}).await.flatten();
    let rooms = ask(app, ListRooms {}).await;
    let notices = ask(app, ListNotices {}).await;
    let (Some(me), Some(rooms), Some(notices)) = (me, rooms, notices) else { return };
    let unseen = notices.iter().filter(|notice| !notice.seen).count();
    let unread = rooms.iter().map(|row| row.unread).sum::<u32>() + u32::try_from(unseen).unwrap_or(u32::MAX);
    #[cfg(desktop)]
    crate::tray::show_unread(app, unread);
    #[cfg(mobile)]
    tracing::debug!(unread, "rooms and notices");
    let now = Known {
        person: me.id,
        rooms: rooms.iter().filter_map(|row| Some((row.room.id, row.last.as_ref()?.number))).collect(),
        noticed_ms: notices.iter().map(|notice| notice.at_ms).max().unwrap_or_default(),
    };
    // What was there at the start is not new.
    let Some(before) = told.replace(now).filter(|before| before.person == me.id) else { return };
    let looked_at = app.get_webview_window(window::MAIN).is_some_and(|window| window.is_focused().unwrap_or(false));
    let settings = settings(app).await;
    let minute = minute_of_day();
    let news = messages_since(&rooms, &before, me.id).into_iter().chain(notices_since(&notices, &before));
    for news in news.filter(|news| settings.tell(news.kind, minute)) {
        tracing::debug!(page = news.page, looked_at, "news");
        if !looked_at {
            show(app, news);
        }
    }
}

/// What the person wants to be told of, as the page's settings keep it.
async fn settings(app: &AppHandle) -> NotifySettings {
    let stored = ask(app, GetSetting { key: "notify".into() }).await.flatten();
    stored.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

/// The minute of the day by this device's clock.
fn minute_of_day() -> u16 {
    let now = chrono::Local::now();
    u16::try_from(now.hour() * 60 + now.minute()).unwrap_or_default()
}

async fn ask<C: Call>(app: &AppHandle, call: C) -> Option<C::Reply>
where
    C::Reply: DeserializeOwned,
{
    let core = app.state::<CoreSlot>().now();
    serde_json::from_str(&core.call(call.into_command()).await.ok()?).ok()
}

/// The newest message of each room that has one of another person since `before`, where the room is not muted.
fn messages_since(rooms: &[RoomRow], before: &Known, me: Uuid) -> Vec<News> {
    let new = rooms.iter().filter(|row| row.unread > 0 && !row.room.muted);
    new.filter_map(|row| {
        let last = row.last.as_ref()?;
        let author = last.author.as_ref().filter(|author| author.id != me)?;
        let known = before.rooms.get(&row.room.id).is_some_and(|told| last.number <= *told);
        (!known && !last.deleted).then(|| News {
            kind: NotifyKind::Messages,
            page: format!("/chat/{}", row.room.id),
            title: author.name.clone(),
            text: last.text.clone(),
        })
    })
    .collect()
}

/// The notices that came since `before` and were seen nowhere.
fn notices_since(notices: &[Notice], before: &Known) -> Vec<News> {
    let new = notices.iter().filter(|notice| !notice.seen && notice.at_ms > before.noticed_ms);
    new.map(|notice| News {
        kind: notice.what.into(),
        page: notice.page(),
        title: notice.headline(system_language()),
        text: notice.words.clone(),
    })
    .collect()
}

#[cfg(target_os = "linux")]
fn show(app: &AppHandle, news: News) {
    let app = app.clone();
    // Waits for the click for as long as the notification is there.
    std::thread::spawn(move || {
        let shown = notify_rust::Notification::new()
            .appname("HnH")
            .icon("HnH")
            .summary(&news.title)
            // Servers that read markup are given none.
            .body(&short(&news.text).replace('&', "&amp;").replace('<', "&lt;"))
            .hint(notify_rust::Hint::DesktopEntry("HnH".into()))
            .action("default", "HnH")
            .show();
        match shown {
            Ok(shown) => shown.wait_for_action(|action| {
                if action == "default" {
                    window::open_path(&app, &news.page);
                }
            }),
            Err(error) => tracing::info!(%error, "no notifications on this desktop"),
        }
    });
}

#[cfg(not(target_os = "linux"))]
fn show(app: &AppHandle, news: News) {
    use tauri_plugin_notification::NotificationExt;
    let shown = app.notification().builder().title(news.title).body(short(&news.text)).show();
    if let Err(error) = shown {
        tracing::info!(%error, "no notifications on this device");
    }
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn room(id: u128, number: i64, author: u128, unread: u32, muted: bool) -> RoomRow {
        serde_json::from_value(json!({
            "room": {"id": Uuid::from_u128(id), "what": "direct", "name": "", "people": [], "inside": true, "muted": muted, "head": number},
            "last": {"id": Uuid::from_u128(100 + id), "room": Uuid::from_u128(id), "number": number, "text": "안녕하세요",
                "author": {"id": Uuid::from_u128(author), "handle": "jun", "name": "Jun"}, "created_ms": 5, "version": 1},
            "unread": unread,
        }))
        .unwrap()
    }

    fn before() -> Known {
        Known { person: Uuid::from_u128(1), rooms: HashMap::from([(Uuid::from_u128(10), 3)]), noticed_ms: 1_000 }
    }

    #[test]
    fn a_message_is_told_once_and_ones_own_never() {
        let news = |row| messages_since(&[row], &before(), Uuid::from_u128(1)).len();
        assert_eq!(news(room(10, 4, 2, 1, false)), 1);
        assert_eq!(news(room(10, 3, 2, 1, false)), 0, "told before");
        assert_eq!(news(room(10, 4, 1, 0, false)), 0, "one's own");
        assert_eq!(news(room(10, 4, 2, 1, true)), 0, "muted");
        assert_eq!(news(room(11, 1, 2, 1, false)), 1, "a room that is new");
    }

    #[test]
    fn a_notice_is_told_once_and_opens_its_post() {
        let notice = |at_ms: i64, seen: bool| -> Notice {
            serde_json::from_value(json!({"id": Uuid::from_u128(5), "what": "asked", "post": Uuid::from_u128(7),
                "by": {"id": Uuid::from_u128(2), "handle": "jun", "name": "Jun"}, "words": "Dinner", "at_ms": at_ms, "seen": seen}))
            .unwrap()
        };
        let news = notices_since(&[notice(1_001, false)], &before());
        assert_eq!(news[0].page, format!("/post/{}", Uuid::from_u128(7)));
        assert!(news[0].title.starts_with("Jun: "));
        assert_eq!(notices_since(&[notice(1_000, false), notice(2_000, true)], &before()), []);
    }
}
