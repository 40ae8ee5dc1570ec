//! Deleting what nobody needs any more, so that the database does not grow with time alone. The rules:
//!
//! | what | until |
//! | --- | --- |
//! | sessions | 90 days after their last use |
//! | mailed links | they expire |
//! | what became of a device's changes | 90 days; a repeat after that counts as made |
//! | notices | 180 days |
//! | entries of a board | 10,000 newer ones; a device that is 1,000 behind begins anew |
//! | photos that nothing shows | the end of the day after they were uploaded |
//!
//! A feed has one entry for each item already when it is written. Posts, comments, messages and the moderators' log stay.

use hnh_domain::board::Board;
use hnh_domain::feeds::Feed;

use crate::account::SESSION_UNUSED_MS;
use crate::app::App;
use crate::db::args;
use crate::feeds::{self, WriteTx};
use crate::http::problem::Refusal;
use crate::{notices, photos};

const DAY_MS: i64 = 24 * 3_600_000;
const DECISIONS_MS: i64 = 90 * DAY_MS;
const NOTICES_MS: i64 = 180 * DAY_MS;
/// Entries of a board that are kept.
const BOARD_ENTRIES: i64 = 10_000;

/// Prunes once; several processes may do so at the same time.
///
/// # Errors
/// As the database; then what was deleted before stays deleted.
pub async fn prune(app: &App) -> Result<(), Refusal> {
    let mut tx = WriteTx::begin(&app.db, app.now_ms()).await?;
    let now_ms = tx.now_ms;
    tx.execute("DELETE FROM session WHERE seen_ms < $1", args![now_ms - SESSION_UNUSED_MS]).await?;
    tx.execute("DELETE FROM mailed_token WHERE expires_ms < $1", args![now_ms]).await?;
    tx.execute("DELETE FROM mutation WHERE at_ms < $1", args![now_ms - DECISIONS_MS]).await?;
    for board in Board::ALL {
        let feed = Feed::Board(*board);
        let last = feeds::head(&mut tx, feed).await? - BOARD_ENTRIES;
        tx.execute("DELETE FROM entry WHERE feed = $1 AND number <= $2", args![feed.to_string(), last]).await?;
    }
    notices::prune(&mut tx, now_ms - NOTICES_MS).await?;
    photos::prune(&mut tx).await?;
    Ok(app.commit(tx).await?)
}
