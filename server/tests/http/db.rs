//! The database itself: one schema, one behaviour.

use std::fs;
use std::path::PathBuf;

use hnh_domain::board::{Board, BoardChange, PostDraft};
use hnh_domain::chat::{ChatChange, direct_room};
use hnh_server::db::{Db, Value};
use uuid::Uuid;

use crate::test_app::TestApp;
use crate::test_db;

macro_rules! args {
    ($($value:expr),*) => { [$(Value::from($value)),*] };
}

/// The two folders' files by name, with PostgreSQL's types written as SQLite has them.
fn migrations(dialect: &str) -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../migrations/server").join(dialect);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            let file = file.unwrap();
            let mut sql = fs::read_to_string(file.path()).unwrap();
            if dialect == "postgres" {
                for (from, to) in [("UUID", "BLOB"), ("BYTEA", "BLOB"), ("BOOLEAN", "INTEGER"), ("BIGINT", "INTEGER")] {
                    sql = sql.replace(&format!(" {from}"), &format!(" {to}"));
                }
                sql = sql.replace("\n);", "\n) STRICT;");
            }
            let lines = sql.lines().filter(|line| !line.trim_start().starts_with("--"));
            (file.file_name().into_string().unwrap(), lines.collect::<Vec<_>>().join("\n"))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn both_databases_have_the_same_schema() {
    assert_eq!(migrations("sqlite"), migrations("postgres"));
}

#[tokio::test]
async fn what_is_not_committed_is_not_there() {
    for db in test_db::each().await {
        let mut tx = db.write().await.unwrap();
        let insert = "INSERT INTO feed (name, head) VALUES ($1, $2)";
        assert_eq!(tx.execute(insert, args!["board:info", 3_i64]).await.unwrap(), 1);
        drop(tx);
        let mut tx = db.write().await.unwrap();
        assert!(
            tx.fetch_optional::<(i64,)>("SELECT head FROM feed WHERE name = $1", args!["board:info"])
                .await
                .unwrap()
                .is_none()
        );
        tx.execute(insert, args!["board:buddy", 4_i64]).await.unwrap();
        tx.commit().await.unwrap();
        let heads: Vec<(String, i64)> =
            db.read().await.unwrap().fetch_all("SELECT name, head FROM feed", []).await.unwrap();
        assert_eq!(heads, [("board:buddy".to_owned(), 4)]);
    }
}

/// Takes note of a step that this program does not know, after doing it.
async fn step(db: &Db, version: i64, description: &str, sql: &'static str) {
    let mut tx = db.write().await.unwrap();
    tx.execute(sql, []).await.unwrap();
    let note = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                VALUES ($1, $2, $3, $4, $5)";
    tx.execute(note, args![version, description, true, vec![1_u8], 0_i64]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn an_older_program_runs_on_a_schema_that_grew_and_refuses_one_that_lost() {
    for db in test_db::each().await {
        let url = db.url.clone();
        step(&db, 9_998, "nicknames", "ALTER TABLE person ADD COLUMN nickname TEXT NOT NULL DEFAULT ''").await;
        step(&db, 9_999, "badges", "CREATE TABLE badge (id BIGINT PRIMARY KEY, person TEXT NOT NULL)").await;
        let server = TestApp::with_flags(&["--database-url", &url]).await;
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        let room = direct_room(mina.id, joon.id);
        server.change(&mina, ChatChange::OpenDirect { id: room, person: joon.id }).await.unwrap();
        let draft = Box::new(PostDraft { title: "글".into(), ..PostDraft::default() });
        let write = BoardChange::WritePost { id: Uuid::from_u128(1), board: Board::Info, draft, version: 0 };
        server.change(&mina, write).await.unwrap();
        assert_eq!(server.feed(&joon, "board:info").await.len(), 1);

        step(&db, 10_000, "contract person", "DROP TABLE badge").await;
        let refused = Db::open(&url, 2).await.unwrap_err().to_string();
        assert!(refused.contains("schema step 10000") && refused.contains("newer version"), "{refused}");
    }
}

#[tokio::test]
async fn several_processes_may_start_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("hnh.db").display());
    let opened = (0..4).map(|_| Db::open(&url, 1));
    for db in futures_util::future::join_all(opened).await {
        db.unwrap();
    }
}

#[tokio::test]
async fn a_url_of_another_database_is_refused() {
    let refused = Db::open("mysql://localhost/hnh", 1).await.unwrap_err().to_string();
    assert!(refused.contains("sqlite: or postgres:"), "{refused}");
}
