//! Changes that wait: numbered once, sent in order, refused in sight, gone with the person.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must say where")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use hnh_client::{Core, Host, Method, Request, Transport};
use hnh_domain::account::{Account, Role, SignInForm, SignedIn};
use hnh_domain::board::{Board, BoardChange, Post, PostDraft, PostQuery};
use hnh_domain::calls::{
    Blocked, Discard, GetAccount, GetSync, ListPending, ListPosts, SendAgain, SignIn, SignOut, Submit, SyncState,
};
use hnh_domain::feeds::{Change, Entry, FeedPage, Item, MutationResult, Push, Pushed};
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use rusqlite::Connection;
use uuid::Uuid;

const ME: Uuid = Uuid::from_u128(1);

/// A server that takes changes; it can lose requests and replies.
#[derive(Default)]
struct State {
    up: bool,
    /// The next reply is lost on its way, after the server did its work.
    lose_reply: bool,
    pushed: Vec<Push>,
    /// Titles that are refused.
    refuse: Vec<String>,
    posts: Vec<Post>,
}

#[derive(Clone, Default)]
struct Server(Rc<RefCell<State>>);

fn title(change: &hnh_domain::feeds::Change) -> String {
    match change {
        hnh_domain::feeds::Change::Board(BoardChange::WritePost { draft, .. }) => draft.title.clone(),
        _ => String::new(),
    }
}

impl Transport for Server {
    const COOKIES: bool = false;

    async fn send(&self, request: Request) -> Result<String, Problem> {
        let mut state = self.0.borrow_mut();
        if !state.up {
            return Err(Problem::new(ProblemCode::Offline));
        }
        let reply = match (request.method, request.path.as_str()) {
            (Method::Post, "/sessions") => {
                serde_json::to_string(&SignedIn { account: account(), token: Some("t".into()) })
            }
            (Method::Delete, _) => Ok(String::new()),
            (Method::Post, "/mutations") => {
                assert_eq!(request.token.as_deref(), Some("t"));
                let push: Push = serde_json::from_str(&request.body.unwrap()).unwrap();
                let results = push.mutations.iter().map(|mutation| {
                    let refused = state.refuse.contains(&title(&mutation.change));
                    let refused = refused.then(|| Problem::new(ProblemCode::Forbidden));
                    MutationResult { number: mutation.number, refused }
                });
                let reply = serde_json::to_string(&Pushed { results: results.collect() });
                state.pushed.push(push);
                reply
            }
            (Method::Get, path) if path.starts_with("/feeds/") => {
                let entries: Vec<Entry> = if path.starts_with("/feeds/board:info") && !path.contains("after=") {
                    let entry = |(i, post): (usize, &Post)| Entry {
                        number: i as i64 + 1,
                        id: post.id,
                        item: Some(Item::Post(Box::new(post.clone()))),
                    };
                    state.posts.iter().enumerate().map(entry).collect()
                } else {
                    Vec::new()
                };
                let head = state.posts.len() as i64;
                serde_json::to_string(&FeedPage { entries, next: head, head })
            }
            (_, path) => panic!("{path}"),
        };
        if std::mem::take(&mut state.lose_reply) {
            return Err(Problem::new(ProblemCode::Offline));
        }
        Ok(reply.unwrap())
    }
}

fn account() -> Account {
    Account {
        id: ME,
        handle: "mina".into(),
        name: "미나".into(),
        email: "mina@example.com".into(),
        email_verified: false,
        role: Role::Member,
    }
}

struct Device {
    core: Core<Server>,
    server: Server,
    now_ms: Rc<Cell<i64>>,
}

fn device(connection: Connection, server: Server) -> Device {
    let now_ms = Rc::new(Cell::new(1_000));
    let (clock, last) = (Rc::clone(&now_ms), Cell::new(0));
    let host = Host {
        now_ms: Box::new(move || clock.get()),
        random: Box::new(move || [last.replace(last.get() + 1); 10]),
        changed: Box::new(|_| {}),
    };
    Device { core: Core::open(connection, server.clone(), host).unwrap(), server, now_ms }
}

impl Device {
    async fn enter(&self) {
        self.server.0.borrow_mut().up = true;
        let form = SignInForm {
            login: "mina".into(),
            password: "otter-eats-13".parse().unwrap(),
            device: String::new(),
            token: false,
        };
        self.core.handle(SignIn { form }).await.unwrap();
    }

    async fn write(&self, title: &str) {
        let draft = PostDraft { title: title.into(), ..PostDraft::default() };
        let change =
            BoardChange::WritePost { id: Uuid::from_u128(9), board: Board::Info, draft: Box::new(draft), version: 0 };
        self.core.handle(Submit { change: Json::of(&Change::from(change)).unwrap() }).await.unwrap();
    }

    /// The titles that the server was sent, with their numbers, request by request.
    fn sent(&self) -> Vec<Vec<(i64, String)>> {
        let state = self.server.0.borrow();
        let titles = |push: &Push| push.mutations.iter().map(|m| (m.number, title(&m.change))).collect();
        state.pushed.iter().map(titles).collect()
    }

    async fn state(&self) -> SyncState {
        self.core.handle(GetSync {}).await.unwrap().read().unwrap()
    }
}

fn numbered(titles: &[(i64, &str)]) -> Vec<(i64, String)> {
    titles.iter().map(|(number, title)| (*number, (*title).to_owned())).collect()
}

#[tokio::test(flavor = "current_thread")]
async fn nobody_changes_anything_without_signing_in() {
    let device = device(Connection::open_in_memory().unwrap(), Server::default());
    let change = Json::of(&Change::from(BoardChange::DeletePost { id: ME })).unwrap();
    let refused = device.core.handle(Submit { change }).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::SignInRequired);
    device.core.sync().await.unwrap();
}

#[tokio::test(flavor = "current_thread")]
async fn what_was_written_offline_goes_in_order_and_a_lost_reply_repeats_the_same_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hnh.db");
    let server = Server::default();
    let first = device(Connection::open(&file).unwrap(), server.clone());
    first.enter().await;
    server.0.borrow_mut().up = false;
    first.write("하나").await;
    first.write("둘").await;
    assert_eq!(first.core.sync().await.unwrap_err().code, ProblemCode::Offline);
    let state = first.state().await;
    assert_eq!((state.waiting, state.online), (2, false));

    // The server takes them, the reply is lost, and the device goes down.
    *server.0.borrow_mut() = State { up: true, lose_reply: true, ..State::default() };
    assert!(first.core.sync().await.is_err());
    drop(first);
    let second = device(Connection::open(&file).unwrap(), server);
    second.write("셋").await;
    second.core.sync().await.unwrap();
    let sent = second.sent();
    assert_eq!(sent[0], numbered(&[(1, "하나"), (2, "둘")]));
    assert_eq!(sent[1], numbered(&[(1, "하나"), (2, "둘"), (3, "셋")]));
    assert_eq!(second.state().await.waiting, 0);
}

#[tokio::test(flavor = "current_thread")]
async fn a_refused_change_waits_for_the_person_and_holds_nothing_up() {
    let device = device(Connection::open_in_memory().unwrap(), Server::default());
    device.enter().await;
    device.server.0.borrow_mut().refuse.push("나쁜 글".into());
    for title in ["나쁜 글", "좋은 글"] {
        device.write(title).await;
    }
    device.core.sync().await.unwrap();
    let state = device.state().await;
    assert_eq!((state.waiting, state.blocked), (0, 1));
    let stuck = device.core.handle(ListPending {}).await.unwrap().read().unwrap().remove(0);
    assert!(matches!(&stuck.blocked, Some(Blocked::Refused(problem)) if problem.code == ProblemCode::Forbidden));
    // Written anew it goes, under a number of its own.
    let draft = PostDraft { title: "고친 글".into(), ..PostDraft::default() };
    let change = BoardChange::WritePost { id: ME, board: Board::Info, draft: Box::new(draft), version: 0 };
    device
        .core
        .handle(SendAgain { number: stuck.number, change: Json::of(&Change::from(change)).unwrap() })
        .await
        .unwrap();
    device.core.sync().await.unwrap();
    assert_eq!(device.sent().last().unwrap(), &numbered(&[(3, "고친 글")]));
    assert_eq!(device.state().await.blocked, 0);
    let gone = device.core.handle(Discard { number: stuck.number }).await.unwrap_err();
    assert_eq!(gone.code, ProblemCode::NotFound);
}

#[tokio::test(flavor = "current_thread")]
async fn what_was_not_sent_for_a_day_is_sent_only_if_it_is_still_meant() {
    let device = device(Connection::open_in_memory().unwrap(), Server::default());
    device.enter().await;
    device.server.0.borrow_mut().up = false;
    device.write("어제").await;
    device.now_ms.set(1_000 + 25 * 3_600_000);
    device.write("오늘").await;
    device.server.0.borrow_mut().up = true;
    device.core.sync().await.unwrap();
    assert_eq!(device.sent(), [numbered(&[(1, "오늘")])]);
    let old = device.core.handle(ListPending {}).await.unwrap().read().unwrap().remove(0);
    assert_eq!(old.blocked, Some(Blocked::Old));
    device.core.handle(SendAgain { number: old.number, change: old.change }).await.unwrap();
    device.core.sync().await.unwrap();
    assert_eq!(device.sent()[1], numbered(&[(2, "어제")]));
}

#[tokio::test(flavor = "current_thread")]
async fn posts_are_there_offline_and_gone_with_the_person() {
    let device = device(Connection::open_in_memory().unwrap(), Server::default());
    let post: Post = serde_json::from_value(serde_json::json!({
        "id": Uuid::from_u128(5), "board": "info", "draft": {"title": "두부", "body": "어디서"}, "html": "", "version": 1,
        "created_ms": 1, "comments": 0, "reactions": [],
    }))
    .unwrap();
    device.server.0.borrow_mut().posts.push(post);
    device.enter().await;
    device.core.sync().await.unwrap();
    device.server.0.borrow_mut().up = false;
    let list = async |q: &str| {
        let query = PostQuery { board: Some(Board::Info), q: Some(q.into()), ..PostQuery::default() };
        device.core.handle(ListPosts { query }).await.map(|posts| posts.read().unwrap().total)
    };
    assert_eq!(list("두부 어디").await.unwrap(), 1);
    assert_eq!(list("귀리").await.unwrap(), 0);
    device.core.handle(SignOut { everywhere: false }).await.unwrap();
    assert_eq!(device.core.handle(GetAccount {}).await.unwrap().read().unwrap(), None);
    assert_eq!(list("두부").await.unwrap_err().code, ProblemCode::Offline);
}
