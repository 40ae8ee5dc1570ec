//! The database: SQLite or PostgreSQL behind one interface and one SQL text.
//!
//! Statements use `$1`, `ON CONFLICT … excluded` and `RETURNING`, which both understand; ids are UUIDs, times
//! ms UTC, JSON is text. What differs between the two lives here alone.

use std::fs::File;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context, bail};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgPool, PgPoolOptions, PgRow, Postgres};
use sqlx::sqlite::{
    Sqlite, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{FromRow, Transaction};
use uuid::Uuid;

/// The steps of the schema for a database. One that this program does not know is passed over, see [`check_newer`].
fn steps(mut migrator: Migrator) -> Migrator {
    migrator.set_ignore_missing(true);
    migrator
}

/// How the description of a step begins that takes away what an older program needs.
const CONTRACT: &str = "contract";

/// How long a statement waits for another writer of the file.
const BUSY: Duration = Duration::from_secs(10);
/// How long a request waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(10);

/// A word in small letters as a pattern of LIKE with `\` as its escape.
pub(crate) fn like_pattern(word: &str) -> String {
    let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

/// A pool of connections to one of the two.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file, or memory.
    Sqlite(SqlitePool),
    /// A server.
    Postgres(PgPool),
}

/// A failure of the database, for the log.
pub type DbError = sqlx::Error;

impl Db {
    /// Connects by the URL's scheme, `sqlite:` or `postgres:`, and brings the schema up to date. Several
    /// processes may do so at once: one migrates, the others wait.
    ///
    /// # Errors
    /// When the URL is neither, the database refuses, or its schema is newer than this program.
    pub async fn open(url: &str, connections: u32) -> anyhow::Result<Self> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url, connections).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let pool = PgPoolOptions::new().max_connections(connections).acquire_timeout(ACQUIRE).connect(url).await;
            let pool = pool.context("cannot connect to PostgreSQL")?;
            let steps = steps(sqlx::migrate!("../migrations/server/postgres"));
            let db = Self::Postgres(pool.clone());
            db.check_newer(&steps).await?;
            // The migrator holds an advisory lock of the database meanwhile.
            steps.run(&pool).await.map_err(explain)?;
            Ok(db)
        } else {
            bail!("the database's URL must begin with sqlite: or postgres:")
        }
    }

    /// Opens a SQLite file for reading alone: nothing is made, migrated or written, beside a server or without one.
    ///
    /// # Errors
    /// When it is no database.
    pub async fn open_read_only(file: &Path) -> anyhow::Result<Self> {
        let options = SqliteConnectOptions::new().filename(file).read_only(true).busy_timeout(BUSY);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await;
        Ok(Self::Sqlite(pool.with_context(|| file.display().to_string())?))
    }

    /// Connects to PostgreSQL without bringing its schema up to date.
    ///
    /// # Errors
    /// When it refuses.
    pub async fn connect(url: &str) -> anyhow::Result<Self> {
        let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(ACQUIRE).connect(url).await;
        Ok(Self::Postgres(pool.context("cannot connect to PostgreSQL")?))
    }

    /// Has SQLite look through its whole file.
    ///
    /// # Errors
    /// When it finds anything broken.
    pub async fn check(&self) -> anyhow::Result<()> {
        let Self::Sqlite(pool) = self else { return Ok(()) };
        let (found,): (String,) = sqlx::query_as("PRAGMA integrity_check(1)").fetch_one(pool).await?;
        anyhow::ensure!(found == "ok", "the database is broken: {found}");
        Ok(())
    }

    async fn open_sqlite(url: &str, connections: u32) -> anyhow::Result<Self> {
        let options = SqliteConnectOptions::from_str(url)
            .context("the database's URL")?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // What was acknowledged survives a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY);
        let memory = options.get_filename() == Path::new(":memory:") || url.contains("mode=memory");
        // A database in memory is its connection's own.
        let connections = if memory { 1 } else { connections };
        let file = options.get_filename().to_owned();
        let lock = if memory { None } else { Some(tokio::task::spawn_blocking(move || lock_beside(&file)).await??) };
        let pool = SqlitePoolOptions::new().max_connections(connections).acquire_timeout(ACQUIRE);
        let pool = if memory { pool.idle_timeout(None).max_lifetime(None) } else { pool };
        let pool = pool.connect_with(options).await.context("cannot open the database's file")?;
        let steps = steps(sqlx::migrate!("../migrations/server/sqlite"));
        let db = Self::Sqlite(pool.clone());
        db.check_newer(&steps).await?;
        steps.run(&pool).await.map_err(explain)?;
        drop(lock);
        Ok(db)
    }

    /// Refuses a schema that a newer program took something away from. Steps that only add are no hindrance: while new pods
    /// come up, and after they were taken back, an older program runs on the newer schema.
    async fn check_newer(&self, steps: &Migrator) -> anyhow::Result<()> {
        let newest = steps.iter().map(|step| step.version).max().unwrap_or_default();
        let sql = "SELECT version, description FROM _sqlx_migrations WHERE version > $1 ORDER BY version";
        // Before the first step there is no such table.
        let newer: Vec<(i64, String)> = match self.read().await?.fetch_all(sql, args![newest]).await {
            Ok(newer) => newer,
            Err(_) => return Ok(()),
        };
        for (version, description) in newer {
            if description.starts_with(CONTRACT) {
                bail!(
                    "the database has schema step {version}, which takes away what this program needs: it is from a newer \
                     version of hnh-server; start that one"
                );
            }
            tracing::warn!(version, "the database has a schema step of a newer version");
        }
        Ok(())
    }

    /// Asks the database for nothing.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn answers(&self) -> Result<(), DbError> {
        match self {
            Self::Sqlite(pool) => sqlx::query("SELECT 1").execute(pool).await.map(drop),
            Self::Postgres(pool) => sqlx::query("SELECT 1").execute(pool).await.map(drop),
        }
    }

    /// Begins a transaction that reads.
    ///
    /// # Errors
    /// When there is no connection in time.
    pub async fn read(&self) -> Result<Tx, DbError> {
        Ok(match self {
            Self::Sqlite(pool) => Tx::Sqlite(pool.begin().await?),
            Self::Postgres(pool) => {
                Tx::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    /// Begins a transaction that writes. Dropped without [`Tx::commit`] it leaves nothing.
    ///
    /// # Errors
    /// When there is no connection in time, or the file has another writer for too long.
    pub async fn write(&self) -> Result<Tx, DbError> {
        Ok(match self {
            // One that reads first and then writes would fail at once when another writes between.
            Self::Sqlite(pool) => Tx::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Writes a consistent copy of a SQLite database to a file that does not exist yet.
    ///
    /// # Errors
    /// When the file cannot be written, or the database is PostgreSQL, which has `pg_dump`.
    pub async fn copy_to(&self, file: &Path) -> anyhow::Result<()> {
        let Self::Sqlite(pool) = self else { bail!("PostgreSQL is copied by pg_dump") };
        let file = file.to_str().context("the file's name is no text")?;
        sqlx::query("VACUUM INTO $1").bind(file).execute(pool).await?;
        Ok(())
    }

    /// Closes all connections.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Holds others off while the schema changes; SQLite's migrator has no lock of its own.
fn lock_beside(file: &Path) -> anyhow::Result<File> {
    let name = file.with_added_extension("lock");
    let lock = File::create(&name).with_context(|| name.display().to_string())?;
    lock.lock().with_context(|| name.display().to_string())?;
    Ok(lock)
}

fn explain(error: MigrateError) -> anyhow::Error {
    match error {
        MigrateError::VersionMismatch(version) => {
            anyhow::anyhow!("schema step {version} of the database is not the one of this program")
        }
        error => anyhow::Error::new(error).context("cannot bring the database's schema up to date"),
    }
}

/// A row of either database.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Record for T {}

/// A transaction of either database.
#[derive(Debug)]
pub enum Tx {
    /// Of SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// Of PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// A statement's parameter; a NULL has its column's type, which PostgreSQL asks for.
#[derive(Clone, Debug)]
pub enum Value {
    /// BIGINT.
    Int(Option<i64>),
    /// TEXT.
    Text(Option<String>),
    /// UUID.
    Id(Option<Uuid>),
    /// BOOLEAN.
    Bool(bool),
    /// BYTEA.
    Bytes(Vec<u8>),
}

macro_rules! value_from {
    ($( $ty:ty => |$v:ident| $value:expr; )+) => {
        $( impl From<$ty> for Value { fn from($v: $ty) -> Self { $value } } )+
    };
}

value_from! {
    i64 => |v| Self::Int(Some(v));
    u32 => |v| Self::Int(Some(v.into()));
    Option<i64> => |v| Self::Int(v);
    &str => |v| Self::Text(Some(v.to_owned()));
    &String => |v| Self::Text(Some(v.clone()));
    String => |v| Self::Text(Some(v));
    Option<String> => |v| Self::Text(v);
    Uuid => |v| Self::Id(Some(v));
    Option<Uuid> => |v| Self::Id(v);
    bool => |v| Self::Bool(v);
    Vec<u8> => |v| Self::Bytes(v);
}

/// The parameters of a statement.
macro_rules! args {
    ($($value:expr),* $(,)?) => { [$($crate::db::Value::from($value)),*] };
}
pub(crate) use args;

/// Binds the parameters and goes on with `$then` on either database.
macro_rules! on_either {
    ($tx:expr, $args:expr, |$db:ident| $query:expr, $then:ident $(, $done:ident)?) => {
        match $tx {
            Tx::Sqlite(tx) => { type $db = Sqlite; bind!($query, $args).$then(&mut **tx).await$(.map(|r| r.$done()))? }
            Tx::Postgres(tx) => { type $db = Postgres; bind!($query, $args).$then(&mut **tx).await$(.map(|r| r.$done()))? }
        }
    };
}

macro_rules! bind {
    ($query:expr, $args:expr) => {{
        let mut query = $query;
        for value in $args {
            query = match value {
                Value::Int(v) => query.bind(v),
                Value::Text(v) => query.bind(v),
                Value::Id(v) => query.bind(v),
                Value::Bool(v) => query.bind(v),
                Value::Bytes(v) => query.bind(v),
            };
        }
        query
    }};
}

impl Tx {
    /// All rows.
    ///
    /// # Errors
    /// As the database.
    pub async fn fetch_all<T: Record>(
        &mut self,
        sql: &'static str,
        args: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<T>, DbError> {
        on_either!(self, args, |D| sqlx::query_as::<D, T>(sql), fetch_all)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As the database.
    pub async fn fetch_optional<T: Record>(
        &mut self,
        sql: &'static str,
        args: impl IntoIterator<Item = Value>,
    ) -> Result<Option<T>, DbError> {
        on_either!(self, args, |D| sqlx::query_as::<D, T>(sql), fetch_optional)
    }

    /// The one row there must be.
    ///
    /// # Errors
    /// As the database; also without a row.
    pub async fn fetch_one<T: Record>(
        &mut self,
        sql: &'static str,
        args: impl IntoIterator<Item = Value>,
    ) -> Result<T, DbError> {
        on_either!(self, args, |D| sqlx::query_as::<D, T>(sql), fetch_one)
    }

    /// Changes rows and says how many.
    ///
    /// # Errors
    /// As the database.
    pub async fn execute(&mut self, sql: &'static str, args: impl IntoIterator<Item = Value>) -> Result<u64, DbError> {
        on_either!(self, args, |D| sqlx::query::<D>(sql), execute, rows_affected)
    }

    /// Makes the transaction's changes last.
    ///
    /// # Errors
    /// As the database; then nothing was changed.
    pub async fn commit(self) -> Result<(), DbError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_word_is_no_pattern_of_its_own() {
        assert_eq!(like_pattern("100%_a\\"), "%100\\%\\_a\\\\%");
    }
}
