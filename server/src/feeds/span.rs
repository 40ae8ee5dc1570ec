//! A part of a feed, and what it tells of.

use hnh_domain::feeds::{Feed, ItemKind};
use uuid::Uuid;

use crate::db::{Value, args};

/// A feed's entries after `from` up to `to`.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub(super) feed: String,
    pub(super) from: i64,
    pub(super) to: i64,
}

impl Span {
    pub(super) fn new(feed: Feed, from: i64, to: i64) -> Self {
        Self { feed: feed.to_string(), from, to }
    }

    /// The parameters of a statement with [`items_sql`]: the viewer as `$1`, then the span and the kind of item.
    pub(crate) fn args(&self, viewer: Uuid, kind: ItemKind) -> [Value; 5] {
        args![viewer, &self.feed, self.from, self.to, kind.code()]
    }
}

/// The ids of the items that a [`Span`] tells of, in SQL; with the parameters of [`Span::args`].
macro_rules! items_sql {
    () => {
        "(SELECT e.item FROM entry e WHERE e.feed = $2 AND e.number > $3 AND e.number <= $4 AND e.kind = $5)"
    };
}
pub(crate) use items_sql;
