//! Rooms as a device has them: what is unread, what waits, gone with the person.

use hnh_domain::calls::{CountUnread, ListRooms, ReadRoom, SignOut};
use hnh_domain::chat::{ChatChange, direct_room};
use hnh_domain::problem::ProblemCode;
use uuid::Uuid;

use crate::device::Device;
use crate::test_app::TestApp;

fn message(id: u128, room: Uuid, text: &str) -> ChatChange {
    ChatChange::Send { id: Uuid::from_u128(id), room, text: text.into(), photo: None, card: None, reply_to: None }
}

/// Mina's device in a room with Joon, in which each has said something.
async fn talk(server: &TestApp) -> (Device, Uuid) {
    let (mina, joon) = (server.person("mina").await, server.person("joon").await);
    let room = direct_room(mina.id, joon.id);
    server.change(&joon, ChatChange::OpenDirect { id: room, person: mina.id }).await.unwrap();
    let device = Device::of(server, "mina").await;
    device.make(message(1, room, "안녕")).await;
    device.core.sync().await.unwrap();
    server.change(&joon, message(2, room, "밥 먹자")).await.unwrap();
    device.core.sync().await.unwrap();
    (device, room)
}

async fn unread(device: &Device) -> (u32, u32) {
    let rows = device.call(ListRooms {}).await.unwrap();
    (rows[0].unread, device.call(CountUnread {}).await.unwrap())
}

#[tokio::test]
async fn a_room_has_what_is_unread_and_what_waits() {
    for server in TestApp::on_each().await {
        let (device, room) = talk(&server).await;
        let rows = device.call(ListRooms {}).await.unwrap();
        assert_eq!((rows.len(), rows[0].unread), (1, 1), "only what another wrote");
        assert_eq!(rows[0].last.as_ref().unwrap().text, "밥 먹자");
        device.set_up(false);
        device.make(message(9, room, "좋아")).await;
        let talk = device.room(room).await;
        assert_eq!(talk.messages.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["안녕", "밥 먹자"]);
        assert_eq!((talk.waiting[0].id, &talk.waiting[0].blocked), (Uuid::from_u128(9), &None));
    }
}

#[tokio::test]
async fn what_is_read_is_no_longer_new_here_and_on_other_devices() {
    for server in TestApp::on_each().await {
        let (device, room) = talk(&server).await;
        let other = Device::of(&server, "mina").await;
        other.core.sync().await.unwrap();
        assert_eq!((unread(&device).await, unread(&other).await), ((1, 1), (1, 1)));
        // The mark counts before the server has it …
        device.make(ChatChange::MarkRead { room, number: 2 }).await;
        assert_eq!(unread(&device).await, (0, 0));
        // … and on the other device once it has.
        device.core.sync().await.unwrap();
        other.core.sync().await.unwrap();
        assert_eq!(unread(&other).await, (0, 0));
    }
}

#[tokio::test]
async fn nothing_of_a_room_stays_after_signing_out() {
    let server = TestApp::start().await;
    let (device, room) = talk(&server).await;
    device.call(SignOut { everywhere: false, discard: true }).await.unwrap();
    assert!(device.call(ListRooms {}).await.unwrap().is_empty());
    assert_eq!(device.call(ReadRoom { id: room }).await.unwrap_err().code, ProblemCode::NotFound);
}
