//! Which log the feeds' numbers are of. A database that was restored goes on with numbers that devices have seen already,
//! with other words behind them: by the epoch they notice and begin anew.

use uuid::Uuid;

use crate::db::{Db, DbError, args};

/// The log's epoch; the first that asks makes one.
pub(crate) async fn current(db: &Db) -> Result<Uuid, DbError> {
    let mut tx = db.write().await?;
    let made = "INSERT INTO epoch (one, id) VALUES (1, $1) ON CONFLICT (one) DO NOTHING";
    tx.execute(made, args![Uuid::now_v7()]).await?;
    let (epoch,): (Uuid,) = tx.fetch_one("SELECT id FROM epoch", []).await?;
    tx.commit().await?;
    Ok(epoch)
}

/// Begins another epoch, as after a restore. Servers that run go on with the one they started with.
///
/// # Errors
/// As the database.
pub async fn begin_epoch(db: &Db) -> Result<(), DbError> {
    let mut tx = db.write().await?;
    let sql = "INSERT INTO epoch (one, id) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET id = excluded.id";
    tx.execute(sql, args![Uuid::now_v7()]).await?;
    tx.commit().await
}
