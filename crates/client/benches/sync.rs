//! A device catches up on 10,000 messages in pages of 500, written to a file as a native program writes them, beside SQLite
//! alone writing the same rows in the same transactions: `cargo bench -p hnh-client --bench sync`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on must say where")]
#![expect(clippy::disallowed_methods, reason = "how long it takes is what it is about")]

#[path = "../tests/host/mod.rs"]
mod host;

use std::cell::Cell;
use std::time::{Duration, Instant};

use hnh_client::{Method, Request};
use hnh_domain::account::SignInForm;
use hnh_domain::calls::SignIn;
use hnh_domain::port::Handle;
use hnh_domain::problem::{Problem, ProblemCode};
use rusqlite::{Connection, params};
use serde_json::json;
use uuid::Uuid;

const ROWS: u64 = 10_000;
const PAGE: u64 = 500;
const ROUNDS: u32 = 5;
const GOAL: f64 = 50_000.0;

fn id(number: u64) -> Uuid {
    Uuid::from_u128(u128::from(number) + 1_000)
}

fn message(number: u64, room: Uuid) -> serde_json::Value {
    json!({"kind": "message", "id": id(number), "room": room, "number": number,
        "author": {"id": Uuid::from_u128(2), "handle": "joon", "name": "준"}, "text": format!("내일 점심 같이 먹어요, 12시 {number}"),
        "version": 1, "created_ms": 1_791_567_000_000_i64 + number as i64, "deleted": false, "reactions": []})
}

/// The room's pages, written before.
fn pages(room: Uuid) -> Vec<String> {
    let page = |first: u64| {
        let entries: Vec<_> = (first + 1..=first + PAGE)
            .map(|number| json!({"number": number, "id": id(number), "item": message(number, room)}))
            .collect();
        json!({"entries": entries, "next": first + PAGE, "head": ROWS, "epoch": Uuid::from_u128(9)}).to_string()
    };
    (0..ROWS / PAGE).map(|i| page(i * PAGE)).collect()
}

/// The server's side: who signs in, one room, and its pages.
fn server(room: Uuid) -> impl Fn(&Request) -> Result<String, Problem> + 'static {
    let (me, pages, next) = (Uuid::from_u128(1), pages(room), Cell::new(0));
    let empty = json!({"entries": [], "next": 0, "head": 0, "epoch": Uuid::from_u128(9)}).to_string();
    move |request| {
        match (request.method, request.path.as_str()) {
        (Method::Post, "/sessions") => Ok(json!({"account": {"id": me, "handle": "mina", "name": "미나", "email": "mina@example.com",
            "email_verified": true, "role": "member", "created_ms": 0}, "token": "t"})
        .to_string()),
        (_, path) if path.starts_with("/feeds/person") => Ok(json!({"entries": [{"number": 1, "id": room, "item": {
            "kind": "room", "id": room, "what": "direct", "name": "", "people": [], "inside": true, "muted": false, "head": 0}}],
            "next": 1, "head": 1, "epoch": Uuid::from_u128(9)})
        .to_string()),
        (_, path) if path.starts_with("/feeds/room") => {
            let i = next.replace(next.get() + 1);
            pages.get(i).cloned().ok_or_else(|| Problem::new(ProblemCode::NotFound))
        }
        _ => Ok(empty.clone()),
    }
    }
}

/// What SQLite takes for the same rows and transactions.
fn alone(file: &std::path::Path, rows: &[String]) -> Duration {
    let mut connection = Connection::open(file).unwrap();
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE item (id TEXT PRIMARY KEY, feed TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL, json TEXT NOT NULL) STRICT; CREATE INDEX item_kind ON item (kind, feed)")
        .unwrap();
    let began = Instant::now();
    for (page, rows) in rows.chunks(PAGE as usize).enumerate() {
        let tx = connection.transaction().unwrap();
        for (i, json) in rows.iter().enumerate() {
            let number = page as u64 * PAGE + i as u64;
            tx.prepare_cached("INSERT INTO item (id, feed, kind, number, json) VALUES (?1, 'room', 'message', ?2, ?3)")
                .unwrap()
                .execute(params![id(number).to_string(), number as i64, json])
                .unwrap();
        }
        tx.commit().unwrap();
    }
    began.elapsed()
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let room = Uuid::from_u128(7);
    let rows: Vec<String> = (1..=ROWS).map(|number| message(number, room).to_string()).collect();
    let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
    for round in 0..ROUNDS {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open(folder.path().join("hnh.db")).unwrap();
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL").unwrap();
        let core = host::TestHost::new(server(room)).core(connection);
        let form = SignInForm {
            login: "mina".into(),
            password: "otter-eats-13-barley".parse().unwrap(),
            device: String::new(),
            token: false,
        };
        runtime.block_on(core.handle(SignIn { form })).unwrap();
        let began = Instant::now();
        runtime.block_on(core.sync()).unwrap();
        ours = ours.min(began.elapsed());
        theirs = theirs.min(alone(&folder.path().join(format!("alone-{round}.db")), &rows));
        drop(core);
        let written = Connection::open(folder.path().join("hnh.db")).unwrap();
        let count: i64 =
            written.query_row("SELECT COUNT(*) FROM item WHERE kind = 'message'", [], |row| row.get(0)).unwrap();
        assert_eq!(count, ROWS as i64, "all messages are on the device");
    }
    let rate = |took: Duration| ROWS as f64 / took.as_secs_f64();
    println!("rows a second, best of {ROUNDS}: device {:.0}, SQLite alone {:.0}", rate(ours), rate(theirs));
    println!(
        "the device takes {:.1} times as long as SQLite alone; goal: {GOAL:.0} rows a second",
        ours.as_secs_f64() / theirs.as_secs_f64()
    );
}
