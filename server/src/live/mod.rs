//! Telling clients at once: new numbers of feeds, who types, who is here.

use hnh_domain::feeds::Feed;
use tokio::sync::broadcast;

/// Heads that a slow listener may lag behind.
const CAPACITY: usize = 1_024;

/// The bus of one process.
pub struct Live {
    heads: broadcast::Sender<(Feed, i64)>,
}

impl Default for Live {
    fn default() -> Self {
        Self { heads: broadcast::Sender::new(CAPACITY) }
    }
}

impl Live {
    /// Tells of feeds that grew.
    pub(crate) fn publish(&self, heads: Vec<(Feed, i64)>) {
        for head in heads {
            // Nobody may be listening.
            let _ = self.heads.send(head);
        }
    }
}
