//! Empty databases for tests: SQLite in a folder of its own, and PostgreSQL where `HNH_TEST_POSTGRES` names a
//! server, as `cargo xtask test` does.

use std::ops::Deref;
use std::sync::atomic::{AtomicU32, Ordering};

use hnh_server::db::Db;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tempfile::TempDir;

/// An empty database that is removed with its folder, or with its server.
pub(crate) struct TestDb {
    db: Db,
    /// Its URL, for another process or pool.
    pub(crate) url: String,
    _folder: Option<TempDir>,
}

impl Deref for TestDb {
    type Target = Db;
    fn deref(&self) -> &Db {
        &self.db
    }
}

/// SQLite in a file.
pub(crate) async fn sqlite() -> TestDb {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("hnh.db").display());
    TestDb { db: Db::open(&url, 4).await.expect("an empty database"), url, _folder: Some(folder) }
}

/// A new database of the server that `HNH_TEST_POSTGRES` names, if it names one.
pub(crate) async fn postgres() -> Option<TestDb> {
    static LAST: AtomicU32 = AtomicU32::new(0);
    let Ok(server) = std::env::var("HNH_TEST_POSTGRES") else {
        eprintln!("skipped on PostgreSQL: HNH_TEST_POSTGRES names no server");
        return None;
    };
    let name = format!("test_{}_{}", std::process::id(), LAST.fetch_add(1, Ordering::Relaxed));
    let mut connection = PgConnection::connect(&server).await.expect("the test server");
    connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("a new database");
    let url = format!("{}/{name}", server.rsplit_once('/').expect("a database's name").0);
    Some(TestDb { db: Db::open(&url, 20).await.expect("an empty database"), url, _folder: None })
}

/// One of each.
pub(crate) async fn each() -> Vec<TestDb> {
    [Some(sqlite().await), postgres().await].into_iter().flatten().collect()
}
