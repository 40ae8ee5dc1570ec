//! Rooms from the device: what is unread, what waits, and what a socket spares.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must say where")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use hnh_client::{Core, Host, Method, Request, Transport};
use hnh_domain::account::SignInForm;
use hnh_domain::calls::{Conversation, CountUnread, ListRooms, ReadRoom, SignIn, SignOut, Submit};
use hnh_domain::chat::{ChatChange, FromServer};
use hnh_domain::feeds::Change;
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use rusqlite::Connection;
use serde_json::{Value, json};
use uuid::Uuid;

const ME: Uuid = Uuid::from_u128(1);
const JOON: Uuid = Uuid::from_u128(2);
const ROOM: Uuid = Uuid::from_u128(3);

/// A server with one room of two people; `asked` has the feeds that were pulled.
#[derive(Default)]
struct State {
    messages: Vec<Value>,
    asked: Vec<String>,
    /// How often somebody marked what they read, which is also how far it is read.
    marks: i64,
}

#[derive(Clone, Default)]
struct Server(Rc<RefCell<State>>);

fn person(id: Uuid, name: &str) -> Value {
    json!({"id": id, "handle": name, "name": name})
}

fn message(number: i64, author: (Uuid, &str), text: &str) -> Value {
    let id = Uuid::from_u128(100 + number.unsigned_abs() as u128);
    let item = json!({"kind": "message", "id": id, "room": ROOM, "number": number, "author": person(author.0, author.1),
        "text": text, "version": 1, "created_ms": number});
    json!({"number": number, "id": id, "item": item})
}

impl Transport for Server {
    const COOKIES: bool = false;

    async fn send(&self, request: Request) -> Result<String, Problem> {
        let mut state = self.0.borrow_mut();
        let path = request.path.as_str();
        let reply = match request.method {
            Method::Post if path == "/sessions" => {
                json!({"account": {"id": ME, "handle": "mina", "name": "mina", "email": "m@example.com",
                    "email_verified": false, "role": "member"}, "token": "t"})
            }
            Method::Get if path.starts_with("/feeds/") => {
                let feed = path.trim_start_matches("/feeds/").split('?').next().unwrap().to_owned();
                let after = path.split("after=").nth(1).map_or(0, |after| after.parse().unwrap());
                let people = json!([{"person": person(ME, "mina"), "read": state.marks}, {"person": person(JOON, "joon"), "read": 0}]);
                let room = json!({"kind": "room", "id": ROOM, "what": "direct", "name": "", "people": people,
                    "inside": true, "muted": false, "head": 2});
                let all = match feed.split(':').next() {
                    Some("person") => vec![json!({"number": state.marks, "id": ROOM, "item": room})],
                    Some("room") => state.messages.clone(),
                    _ => Vec::new(),
                };
                let head = all.last().map_or(0, |entry| entry["number"].as_i64().unwrap());
                let entries: Vec<Value> = all.into_iter().filter(|e| e["number"].as_i64().unwrap() > after).collect();
                state.asked.push(feed);
                json!({"entries": entries, "next": head, "head": head})
            }
            _ => return Err(Problem::new(ProblemCode::Offline)),
        };
        Ok(reply.to_string())
    }
}

async fn device() -> (Core<Server>, Server) {
    let (server, clock) = (Server::default(), Cell::new(1_000));
    let said = [message(1, (ME, "mina"), "안녕"), message(2, (JOON, "joon"), "밥 먹자")];
    server.0.borrow_mut().messages = said.to_vec();
    server.0.borrow_mut().marks = 1;
    let host = Host {
        now_ms: Box::new(move || clock.replace(clock.get() + 1)),
        random: Box::new(|| [7; 10]),
        changed: Box::new(|_| {}),
    };
    let core = Core::open(Connection::open_in_memory().unwrap(), server.clone(), host).unwrap();
    let password = "otter-eats-13-barley".parse().unwrap();
    let form = SignInForm { login: "mina".into(), password, device: String::new(), token: true };
    core.handle(SignIn { form }).await.unwrap();
    core.sync().await.unwrap();
    (core, server)
}

async fn room(core: &Core<Server>) -> Conversation {
    core.handle(ReadRoom { id: ROOM }).await.unwrap().read().unwrap()
}

#[tokio::test(flavor = "current_thread")]
async fn a_room_has_what_is_unread_and_what_waits() {
    let (core, _server) = device().await;
    let rows = core.handle(ListRooms {}).await.unwrap().read().unwrap();
    assert_eq!((rows.len(), rows[0].unread), (1, 1), "only what another wrote after the mark");
    assert_eq!(rows[0].last.as_ref().unwrap().text, "밥 먹자");

    let id = Uuid::from_u128(9);
    let send = ChatChange::Send { id, room: ROOM, text: "좋아".into(), photo: None, card: None, reply_to: None };
    core.handle(Submit { change: Json::of(&Change::from(send)).unwrap() }).await.unwrap();
    let talk = room(&core).await;
    assert_eq!(talk.messages.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["안녕", "밥 먹자"]);
    assert_eq!((talk.waiting[0].id, &talk.waiting[0].blocked), (id, &None));
}

async fn unread(core: &Core<Server>) -> (u32, u32) {
    let rows = core.handle(ListRooms {}).await.unwrap().read().unwrap();
    (rows[0].unread, core.handle(CountUnread {}).await.unwrap().read().unwrap())
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_read_is_no_longer_new() {
    let (core, _server) = device().await;
    assert_eq!(unread(&core).await, (1, 1));
    // The mark counts before the server has it …
    let mark = Change::from(ChatChange::MarkRead { room: ROOM, number: 2 });
    core.handle(Submit { change: Json::of(&mark).unwrap() }).await.unwrap();
    assert_eq!(unread(&core).await, (0, 0));
    // … and the server's own, which another device may have made.
    let (core, server) = device().await;
    server.0.borrow_mut().marks = 2;
    core.sync().await.unwrap();
    assert_eq!(unread(&core).await, (0, 0));
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_heard_spares_asking_and_is_forgotten_with_the_socket() {
    let (core, server) = device().await;
    let follows = core.subscriptions().unwrap();
    assert_eq!(follows.len(), 5, "oneself, three boards, one room");
    assert!(core.subscriptions().unwrap().is_empty(), "each once");

    let room_feed = format!("room:{ROOM}");
    let heads =
        |head: i64| serde_json::to_string(&FromServer::Heads { heads: [(room_feed.clone(), head)].into() }).unwrap();
    assert!(!core.on_message(&heads(2)), "the device has it all");
    server.0.borrow_mut().asked.clear();
    core.sync().await.unwrap();
    assert!(!server.0.borrow().asked.contains(&room_feed));

    server.0.borrow_mut().messages.push(message(3, (JOON, "joon"), "어디서?"));
    assert!(core.on_message(&heads(3)));
    core.sync().await.unwrap();
    assert_eq!(room(&core).await.messages.len(), 3);

    let typing = FromServer::Typing { room: ROOM, person: JOON };
    let here = FromServer::Presence { person: JOON, here: true };
    for said in [typing, here] {
        assert!(!core.on_message(&serde_json::to_string(&said).unwrap()));
    }
    let talk = room(&core).await;
    assert_eq!((talk.typing, talk.here), (vec![JOON], vec![JOON]));
    assert!(!core.on_message("nonsense"));

    core.on_disconnect();
    let talk = room(&core).await;
    assert!(talk.typing.is_empty() && talk.here.is_empty());
    server.0.borrow_mut().asked.clear();
    core.sync().await.unwrap();
    assert!(server.0.borrow().asked.contains(&room_feed), "without a socket, only asking tells");
    assert_eq!(core.subscriptions().unwrap().len(), 5, "a new socket is told anew");
}

#[tokio::test(flavor = "current_thread")]
async fn nothing_of_a_room_stays_after_signing_out() {
    let (core, _server) = device().await;
    core.handle(SignOut { everywhere: false }).await.unwrap();
    assert!(core.handle(ListRooms {}).await.unwrap().read().unwrap().is_empty());
    assert_eq!(core.handle(ReadRoom { id: ROOM }).await.unwrap_err().code, ProblemCode::NotFound);
    assert!(!core.wants_socket() && core.subscriptions().unwrap().is_empty());
}
