//! New ids: UUIDs of version 7, which sort by their time.

use uuid::{NoContext, Timestamp, Uuid};

/// A new id made at `now_ms`, ms UTC.
pub(crate) fn new_id(now_ms: i64) -> Uuid {
    let ms = now_ms.unsigned_abs();
    let nanos = u32::try_from(ms % 1_000 * 1_000_000).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(NoContext, ms / 1_000, nanos))
}
