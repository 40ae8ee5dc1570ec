//! The device's database.

use hnh_domain::account::FavouriteKind;
use hnh_domain::problem::{Problem, ProblemCode};
use rusqlite::{Connection, OptionalExtension, Row, params};
use rusqlite_migration::{M, Migrations};
use uuid::Uuid;

/// The schema's steps; a step that was released is never changed.
const STEPS: &[M<'static>] = &[
    M::up(include_str!("../../../migrations/client/0001_saved.sql")),
    M::up(include_str!("../../../migrations/client/0002_people.sql")),
    M::up(include_str!("../../../migrations/client/0003_areas.sql")),
    M::up(include_str!("../../../migrations/client/0004_epoch.sql")),
    M::up(include_str!("../../../migrations/client/0005_wanted.sql")),
    M::up(include_str!("../../../migrations/client/0006_log.sql")),
    M::up(include_str!("../../../migrations/client/0007_photos.sql")),
];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// Records seen last that stay on the device beside the favourites.
const SEEN_LIMIT: u32 = 300;
/// Answers to searches that stay on the device.
const ANSWER_LIMIT: u32 = 60;

/// What a stored record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Place,
    Recipe,
    Food,
}

impl Kind {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Recipe => "recipe",
            Self::Food => "food",
        }
    }
}

impl Kind {
    /// Where the server has records of the kind.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Place => "/restaurants",
            Self::Recipe => "/recipes",
            Self::Food => "/foods",
        }
    }
}

impl From<FavouriteKind> for Kind {
    fn from(kind: FavouriteKind) -> Self {
        match kind {
            FavouriteKind::Place => Self::Place,
            FavouriteKind::Recipe => Self::Recipe,
        }
    }
}

/// A stored record.
pub(crate) struct StoredRecord {
    pub(crate) json: String,
    pub(crate) favourite: bool,
}

/// The database behind the core's calls.
pub(crate) struct Store {
    pub(crate) connection: Connection,
}

/// What was written by this device and cannot be read.
pub(crate) fn corrupt_data(error: serde_json::Error) -> Problem {
    Problem::new(ProblemCode::NotUnderstood).with_detail(error.to_string())
}

pub(crate) fn storage_error(error: impl std::fmt::Display) -> Problem {
    Problem::new(ProblemCode::Storage).with_detail(format!("The device could not save or read ({error})"))
}

impl Store {
    /// Brings the schema up to date.
    pub(crate) fn open(mut connection: Connection) -> Result<Self, Problem> {
        MIGRATIONS.to_latest(&mut connection).map_err(|e| match e {
            rusqlite_migration::Error::MigrationDefinition(_) => Problem::new(ProblemCode::NewerData),
            e => storage_error(e),
        })?;
        Ok(Self { connection })
    }

    /// Remembers a record as seen now, whether it is a favourite or not, and answers whether it is.
    pub(crate) fn see(&self, kind: Kind, id: Uuid, json: &str, now_ms: i64) -> Result<bool, Problem> {
        let favourite_since: Option<i64> = self
            .connection
            .query_row(
                "INSERT INTO record (kind, id, json, seen_ms) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (kind, id) DO UPDATE SET json = excluded.json, seen_ms = excluded.seen_ms
                 RETURNING kept_ms",
                params![kind.code(), id.to_string(), json, now_ms],
                |row| row.get(0),
            )
            .map_err(storage_error)?;
        self.connection
            .execute(
                "DELETE FROM record WHERE kept_ms IS NULL AND seen_ms <
                 (SELECT seen_ms FROM record WHERE kept_ms IS NULL ORDER BY seen_ms DESC LIMIT 1 OFFSET ?1)",
                [SEEN_LIMIT - 1],
            )
            .map_err(storage_error)?;
        Ok(favourite_since.is_some())
    }

    /// A stored record.
    pub(crate) fn stored(&self, kind: Kind, id: Uuid) -> Result<Option<StoredRecord>, Problem> {
        let read =
            |row: &Row<'_>| Ok(StoredRecord { json: row.get(0)?, favourite: row.get::<_, Option<i64>>(1)?.is_some() });
        self.connection
            .query_row(
                "SELECT json, kept_ms FROM record WHERE kind = ?1 AND id = ?2",
                params![kind.code(), id.to_string()],
                read,
            )
            .optional()
            .map_err(storage_error)
    }

    /// The favourites of a kind, the newest first.
    pub(crate) fn favourites(&self, kind: Kind) -> Result<Vec<String>, Problem> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT json FROM record WHERE kind = ?1 AND kept_ms IS NOT NULL ORDER BY kept_ms DESC, id")
            .map_err(storage_error)?;
        let rows = statement.query_map([kind.code()], |row| row.get(0)).map_err(storage_error)?;
        rows.collect::<Result<_, _>>().map_err(storage_error)
    }

    /// Remembers the answer to a request.
    pub(crate) fn keep_answer(&self, request: &str, json: &str, now_ms: i64) -> Result<(), Problem> {
        self.connection
            .execute(
                "INSERT INTO answer (request, json, seen_ms) VALUES (?1, ?2, ?3)
                 ON CONFLICT (request) DO UPDATE SET json = excluded.json, seen_ms = excluded.seen_ms",
                params![request, json, now_ms],
            )
            .map_err(storage_error)?;
        self.connection
            .execute(
                "DELETE FROM answer WHERE seen_ms < (SELECT seen_ms FROM answer ORDER BY seen_ms DESC LIMIT 1 OFFSET ?1)",
                [ANSWER_LIMIT - 1],
            )
            .map_err(storage_error)?;
        Ok(())
    }

    /// The last answer to a request.
    pub(crate) fn answer(&self, request: &str) -> Result<Option<String>, Problem> {
        self.connection
            .query_row("SELECT json FROM answer WHERE request = ?1", [request], |row| row.get(0))
            .optional()
            .map_err(storage_error)
    }

    /// A setting of the interface.
    pub(crate) fn setting(&self, key: &str) -> Result<Option<String>, Problem> {
        self.connection
            .query_row("SELECT value FROM setting WHERE key = ?1", [key], |row| row.get(0))
            .optional()
            .map_err(storage_error)
    }

    /// Sets a setting, or forgets it.
    pub(crate) fn set_setting(&self, key: &str, value: Option<&str>) -> Result<(), Problem> {
        let changed = match value {
            Some(value) => self.connection.execute(
                "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [key, value],
            ),
            None => self.connection.execute("DELETE FROM setting WHERE key = ?1", [key]),
        };
        changed.map(|_| ()).map_err(storage_error)
    }
}
