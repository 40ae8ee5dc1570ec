//! A server whose database was restored from a backup: devices notice, and begin its feeds anew.

use hnh_domain::chat::{ChatChange, direct_room};
use hnh_server::db::Db;
use hnh_server::feeds::begin_epoch;
use rusqlite::Connection;
use uuid::Uuid;

use crate::device::Device;
use crate::test_app::{Someone, TestApp};

async fn say(server: &TestApp, who: &Someone, room: Uuid, text: &str) {
    let change =
        ChatChange::Send { id: Uuid::now_v7(), room, text: text.into(), photo: None, card: None, reply_to: None };
    server.change(who, change).await.unwrap();
}

async fn texts(device: &Device, room: Uuid) -> Vec<String> {
    device.room(room).await.messages.iter().map(|message| message.text.clone()).collect()
}

/// What a device has after a restore to one message, 8 that were lost, and so many new ones.
async fn after_a_restore(new_epoch: bool, new: usize) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let open = || Connection::open(folder.path().join("device.db")).unwrap();
    let before = TestApp::start().await;
    let (mina, joon) = (before.person("mina").await, before.person("joon").await);
    let room = direct_room(mina.id, joon.id);
    before.change(&joon, ChatChange::OpenDirect { id: room, person: mina.id }).await.unwrap();
    say(&before, &joon, room, "kept").await;
    let copy = folder.path().join("copy.db");
    before.state.db.copy_to(&copy).await.unwrap();
    for i in 0..8 {
        say(&before, &joon, room, &format!("lost {i}")).await;
    }
    let device = Device::on(&before, open());
    device.sign_in("mina").await.unwrap();
    device.core.sync().await.unwrap();
    assert_eq!(texts(&device, room).await.len(), 9);
    drop(device);

    let url = format!("sqlite:{}", copy.display());
    if new_epoch {
        let db = Db::open(&url, 1).await.unwrap();
        begin_epoch(&db).await.unwrap();
        db.close().await;
    }
    let after = TestApp::with_flags(&["--database-url", &url]).await;
    for i in 0..new {
        say(&after, &joon, room, &format!("new {i}")).await;
    }
    let again = Device::on(&after, open());
    // The session was opened after the backup.
    again.sign_in("mina").await.unwrap();
    again.core.sync().await.unwrap();
    texts(&again, room).await
}

fn expected(new: usize) -> Vec<String> {
    std::iter::once("kept".to_owned()).chain((0..new).map(|i| format!("new {i}"))).collect()
}

#[tokio::test]
async fn a_device_lets_go_of_what_was_lost_and_has_all_that_is_new() {
    // Fewer new messages than were lost, as many, and more.
    for new in [0, 3, 8, 9] {
        assert_eq!(after_a_restore(true, new).await, expected(new), "{new} new");
    }
}

#[tokio::test]
async fn a_log_that_ends_before_the_cursor_is_another_one_without_being_told() {
    for new in [0, 3] {
        assert_eq!(after_a_restore(false, new).await, expected(new), "{new} new");
    }
}
