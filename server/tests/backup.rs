//! A backup taken while people write, put in place elsewhere, is all that was there.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must say where")]

use std::path::Path;
use std::process::{Command, Output};

use hnh_server::db::{Db, Value};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use uuid::Uuid;

fn program(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hnh-server")).args(arguments).env("HNH_DATA", data).output().unwrap()
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
}

#[tokio::test]
async fn a_backup_is_whole_and_goes_where_nothing_is() {
    let folder = tempfile::tempdir().unwrap();
    let (data, other, file) = (folder.path().join("a"), folder.path().join("b"), folder.path().join("backup.zip"));
    std::fs::create_dir_all(data.join("photos/one")).unwrap();
    std::fs::write(data.join("photos/one/400.jpg"), b"picture").unwrap();
    let db = Db::open(&format!("sqlite:{}", data.join("hnh.db").display()), 2).await.unwrap();
    let add = async |name: &str| {
        let mut tx = db.write().await.unwrap();
        tx.execute("INSERT INTO feed (name, head) VALUES ($1, 7)", [Value::from(name)]).await.unwrap();
        tx
    };
    add("board:info").await.commit().await.unwrap();
    // A writer is in the middle of something.
    let unfinished = add("board:buddy").await;
    let name = file.to_str().unwrap();
    let made = program(&data, &["backup", name]);
    assert!(made.status.success(), "{}", words(&made));
    drop(unfinished);
    let twice = program(&data, &["backup", name]);
    assert!(!twice.status.success() && words(&twice).contains("exists already"), "{}", words(&twice));

    let restored = program(&other, &["restore", name]);
    assert!(restored.status.success(), "{}", words(&restored));
    let copy = Db::open(&format!("sqlite:{}", other.join("hnh.db").display()), 1).await.unwrap();
    let feeds: Vec<(String, i64)> =
        copy.read().await.unwrap().fetch_all("SELECT name, head FROM feed", []).await.unwrap();
    assert_eq!(feeds, [("board:info".to_owned(), 7)]);
    assert_eq!(std::fs::read(other.join("photos/one/400.jpg")).unwrap(), b"picture");
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "for the owner alone");
    assert!(words(&made).contains("0 people"), "{}", words(&made));
    let over = program(&other, &["restore", name]);
    assert!(!over.status.success() && words(&over).contains("empty place"), "{}", words(&over));
    let nonsense = program(&folder.path().join("c"), &["restore", data.join("hnh.db").to_str().unwrap()]);
    assert!(!nonsense.status.success() && words(&nonsense).contains("is no backup"), "{}", words(&nonsense));
}

/// A new database of the server that `HNH_TEST_POSTGRES` names.
async fn postgres(server: &str, name: &str) -> String {
    let mut connection = PgConnection::connect(server).await.unwrap();
    connection.execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}"))).await.unwrap();
    connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}

#[tokio::test]
async fn a_drill_on_postgresql_loses_nothing() {
    let Ok(server) = std::env::var("HNH_TEST_POSTGRES") else {
        eprintln!("skipped: HNH_TEST_POSTGRES names no server");
        return;
    };
    let (lost, new) = (postgres(&server, "drill_lost").await, postgres(&server, "drill_new").await);
    let folder = tempfile::tempdir().unwrap();
    let (data, other, file) = (folder.path().join("a"), folder.path().join("b"), folder.path().join("backup.zip"));
    std::fs::create_dir_all(data.join("photos/one")).unwrap();
    std::fs::write(data.join("photos/one/400.jpg"), b"picture").unwrap();
    let on = |url: &str, data: &Path, arguments: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_hnh-server"));
        program.args(arguments).env("HNH_DATA", data).env("HNH_DATABASE_URL", url).output().unwrap()
    };
    let db = Db::open(&lost, 2).await.unwrap();
    let mut tx = db.write().await.unwrap();
    tx.execute("INSERT INTO feed (name, head) VALUES ($1, 7)", [Value::from("board:info")]).await.unwrap();
    tx.commit().await.unwrap();
    let epoch = async |db: &Db| -> Vec<(Uuid,)> {
        db.read().await.unwrap().fetch_all("SELECT id FROM epoch", []).await.unwrap()
    };
    let before = epoch(&db).await;
    let name = file.to_str().unwrap();
    let made = on(&lost, &data, &["backup", name]);
    assert!(made.status.success(), "{}", words(&made));
    db.close().await;
    // The database is lost, and the machine with it.
    postgres(&server, "drill_lost").await;
    std::fs::remove_dir_all(&data).unwrap();
    let restored = on(&new, &other, &["restore", name]);
    assert!(restored.status.success(), "{}", words(&restored));
    let copy = Db::open(&new, 1).await.unwrap();
    let feeds: Vec<(String, i64)> =
        copy.read().await.unwrap().fetch_all("SELECT name, head FROM feed", []).await.unwrap();
    assert_eq!(feeds, [("board:info".to_owned(), 7)]);
    assert_ne!(epoch(&copy).await, before, "devices begin anew");
    assert_eq!(std::fs::read(other.join("photos/one/400.jpg")).unwrap(), b"picture");
    let over = on(&new, &folder.path().join("c"), &["restore", name]);
    assert!(!over.status.success() && words(&over).contains("must be empty"), "{}", words(&over));
}

#[tokio::test]
async fn what_could_be_mixed_with_a_backup_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (data, other, file) = (folder.path().join("a"), folder.path().join("b"), folder.path().join("backup.zip"));
    let name = file.to_str().unwrap();
    let nothing = program(&data, &["backup", name]);
    assert!(!nothing.status.success() && words(&nothing).contains("there is no database"), "{}", words(&nothing));
    assert!(!data.join("hnh.db").exists(), "a backup makes nothing");
    std::fs::create_dir_all(&data).unwrap();
    Db::open(&format!("sqlite:{}", data.join("hnh.db").display()), 1).await.unwrap().close().await;
    assert!(program(&data, &["backup", name]).status.success());
    // What a server that was killed left behind would be read into the restored database.
    std::fs::create_dir_all(&other).unwrap();
    std::fs::write(other.join("hnh.db-wal"), b"of another one").unwrap();
    let mixed = program(&other, &["restore", name]);
    assert!(!mixed.status.success() && words(&mixed).contains("hnh.db-wal exists already"), "{}", words(&mixed));
    std::fs::remove_file(other.join("hnh.db-wal")).unwrap();
    // A file that was cut off is no backup, and leaves nothing.
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    assert!(!program(&other, &["restore", name]).status.success());
    assert_eq!(std::fs::read_dir(&other).unwrap().count(), 0);
    std::fs::write(&file, &whole).unwrap();
    let restored = program(&other, &["restore", name]);
    assert!(restored.status.success(), "{}", words(&restored));
}

#[test]
fn an_operator_hears_that_nobody_has_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let refused = program(folder.path(), &["admin", "role", "nobody", "moderator"]);
    assert!(!refused.status.success() && words(&refused).contains("@nobody"), "{}", words(&refused));
    let wrong = program(folder.path(), &["admin", "role", "mina", "king"]);
    assert!(words(&wrong).contains("unknown role"), "{}", words(&wrong));
}
