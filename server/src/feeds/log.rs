//! Writing to feeds.
//!
//! A feed's counter row is taken in the transaction that writes its entry, as the last thing that the
//! transaction does and in the feeds' order: numbers become visible in their order, so that no reader who
//! remembers "the newest seen" can skip one, and no two transactions wait for each other.

use std::collections::BTreeSet;
use std::ops::{Deref, DerefMut};

use hnh_domain::feeds::{Feed, ItemKind};
use uuid::Uuid;

use crate::db::{Db, DbError, Tx, args};
use crate::push::News;

/// A transaction whose changes feeds tell of.
pub(crate) struct WriteTx {
    tx: Tx,
    /// The time of all that it writes, ms UTC.
    pub(crate) now_ms: i64,
    touched: BTreeSet<(Feed, ItemKind, Uuid)>,
    news: Vec<News>,
    photos: Vec<Uuid>,
}

/// What a transaction that was committed leaves to tell.
pub(crate) struct Committed {
    /// The feeds that grew and their newest numbers.
    pub(crate) heads: Vec<(Feed, i64)>,
    /// What people are notified of.
    pub(crate) news: Vec<News>,
    /// Photos whose files are no longer needed.
    pub(crate) photos: Vec<Uuid>,
}

impl Deref for WriteTx {
    type Target = Tx;
    fn deref(&self) -> &Tx {
        &self.tx
    }
}

impl DerefMut for WriteTx {
    fn deref_mut(&mut self) -> &mut Tx {
        &mut self.tx
    }
}

impl WriteTx {
    /// Begins a transaction whose rows are all of the same moment.
    pub(crate) async fn begin(db: &Db, now_ms: i64) -> Result<Self, DbError> {
        Ok(Self { tx: db.write().await?, now_ms, touched: BTreeSet::new(), news: Vec::new(), photos: Vec::new() })
    }

    /// Has the feed tell of an item when the transaction ends.
    pub(crate) fn touch(&mut self, feed: Feed, kind: ItemKind, item: Uuid) {
        self.touched.insert((feed, kind, item));
    }

    /// Has people notified when the transaction is committed.
    pub(crate) fn tell(&mut self, news: News) {
        self.news.push(news);
    }

    /// Has a photo's files deleted when the transaction is committed.
    pub(crate) fn drop_photo(&mut self, photo: Uuid) {
        self.photos.push(photo);
    }

    /// Begins a part that [`Self::rollback`] can undo.
    pub(crate) async fn savepoint(&mut self) -> Result<(), DbError> {
        self.tx.execute("SAVEPOINT part", []).await.map(drop)
    }

    /// Undoes all since [`Self::savepoint`].
    pub(crate) async fn rollback(&mut self) -> Result<(), DbError> {
        self.touched.clear();
        self.news.clear();
        self.photos.clear();
        self.tx.execute("ROLLBACK TO SAVEPOINT part", []).await.map(drop)
    }

    /// Writes the entries and commits.
    pub(crate) async fn commit(mut self) -> Result<Committed, DbError> {
        let mut heads: Vec<(Feed, i64)> = Vec::new();
        for (feed, kind, item) in std::mem::take(&mut self.touched) {
            let number = self.append(feed, kind, item).await?;
            match heads.last_mut() {
                Some((last, head)) if *last == feed => *head = number,
                _ => heads.push((feed, number)),
            }
        }
        self.tx.commit().await?;
        Ok(Committed { heads, news: self.news, photos: self.photos })
    }

    /// Deletes a feed's entries; its numbers go on.
    pub(crate) async fn forget_feed(&mut self, feed: Feed) -> Result<(), DbError> {
        self.tx.execute("DELETE FROM entry WHERE feed = $1", args![feed.to_string()]).await.map(drop)
    }

    async fn append(&mut self, feed: Feed, kind: ItemKind, item: Uuid) -> Result<i64, DbError> {
        let name = feed.to_string();
        let (number,): (i64,) = self
            .tx
            .fetch_one(
                "INSERT INTO feed (name, head) VALUES ($1, 1)
                 ON CONFLICT (name) DO UPDATE SET head = feed.head + 1 RETURNING head",
                args![&name],
            )
            .await?;
        // The newer entry says all that the older one did: a feed has one for each item, not one for each change.
        self.tx
            .execute("DELETE FROM entry WHERE feed = $1 AND item = $2 AND kind = $3", args![&name, item, kind.code()])
            .await?;
        self.tx
            .execute(
                "INSERT INTO entry (feed, number, kind, item) VALUES ($1, $2, $3, $4)",
                args![&name, number, kind.code(), item],
            )
            .await?;
        if kind == ItemKind::Message {
            let first = "UPDATE message SET number = $2 WHERE id = $1 AND number IS NULL";
            self.tx.execute(first, args![item, number]).await?;
        }
        Ok(number)
    }
}
