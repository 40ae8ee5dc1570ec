//! Bringing device and server together: push the outbox first, then pull each feed from its cursor.
//!
//! Pushing first means that the device never passes its own unacknowledged changes; each page is applied with
//! its cursor in one transaction, so that a crash between any two steps loses nothing and applies nothing twice.

use hnh_domain::account::FavouriteKind;
use hnh_domain::board::Board;
use hnh_domain::feeds::{Favourite, Feed, ItemKind, MAX_PUSH, PostCounts, Pushed, Visibility};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::account::{SignedInHere, submit_favourites};
use crate::favourites::set_kept;
use crate::kitchen::submit_kitchen;
use crate::outbox::RawMutation;
use crate::store::{Kind, Store, corrupt_data, storage_error};
use crate::{Core, Host, Method};

/// Entries asked for at once.
const PAGE: u32 = 500;
/// A change over which the server broke so often waits for the person, so that the others go on.
const BREAKS: u8 = 3;

/// [`hnh_domain::feeds::FeedPage`] with the items as they were written: the device keeps them unread.
#[derive(Deserialize)]
struct RawPage<'a> {
    #[serde(borrow)]
    entries: Vec<RawEntry<'a>>,
    next: i64,
    head: i64,
    /// Older servers do not say.
    #[serde(default)]
    epoch: Option<Uuid>,
    #[serde(default)]
    anew: bool,
}

#[derive(Deserialize)]
struct RawEntry<'a> {
    number: i64,
    id: Uuid,
    #[serde(borrow, default)]
    item: Option<&'a RawValue>,
}

/// [`hnh_domain::feeds::Push`] with the changes as they were written.
#[derive(Serialize)]
struct RawPush {
    client: Uuid,
    mutations: Vec<RawMutation>,
}

/// The last number that was applied, and which log of the server it is of, where that is known.
pub(crate) type Cursor = (i64, Option<Uuid>);

/// What became of a page.
enum Applied {
    /// It is in the database, with what is to be fetched.
    Done,
    /// It is of another log: the feed was forgotten and is to be read from its beginning.
    BeginAnew,
    /// The person signed out meanwhile: nothing was written.
    SignedOut,
}

/// What of an item the device must know; a newer server may send kinds that this program does not know.
#[derive(Deserialize)]
struct Tag {
    kind: String,
}

impl Store {
    /// How far a feed was read, and in which log of the server.
    pub(crate) fn cursor(&self, feed: &str) -> Result<Option<Cursor>, Problem> {
        cursor(&self.connection, feed)
    }

    /// Applies a page and moves the cursor, both or neither. A page that does not follow on the cursor, such as
    /// an old reply that came late, changes nothing. A page of another log, or of one that ends before the cursor, has the
    /// feed forgotten: the server was restored.
    fn apply(
        &mut self,
        client: Uuid,
        feed: &str,
        after: Option<Cursor>,
        page: &RawPage<'_>,
        now_ms: i64,
    ) -> Result<Applied, Problem> {
        // Who signed out while the page was on its way leaves nothing to the next person.
        if !self.is_sign_in(client)? {
            return Ok(Applied::SignedOut);
        }
        let tx = self.connection.transaction().map_err(storage_error)?;
        if cursor(&tx, feed)? != after {
            return Ok(Applied::Done);
        }
        if feed.starts_with("person:") {
            note_log(&tx, page.epoch, now_ms)?;
        }
        if let Some((number, epoch)) = after
            && (page.head < number || epoch.is_some_and(|epoch| page.epoch.is_some_and(|now| now != epoch)))
        {
            forget_feed(&tx, feed)?;
            tx.commit().map_err(storage_error)?;
            return Ok(Applied::BeginAnew);
        }
        if page.anew {
            forget_feed(&tx, feed)?;
        }
        for entry in &page.entries {
            let id = entry.id.to_string();
            match entry.item {
                Some(item) => {
                    let Tag { kind } = serde_json::from_str(item.get()).map_err(corrupt_data)?;
                    if kind == ItemKind::PostCounts.code() {
                        set_counts(&tx, &id, entry.number, item)?;
                        continue;
                    }
                    if kind == ItemKind::Visibility.code() {
                        set_visibility(&tx, &id, item)?;
                        continue;
                    }
                    tx.execute(
                        "INSERT INTO item (id, feed, kind, number, json) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) \
                         DO UPDATE SET feed = excluded.feed, kind = excluded.kind, number = excluded.number, \
                         json = excluded.json",
                        params![id, feed, kind, entry.number, item.get()],
                    )
                    .map_err(storage_error)?;
                    if kind == ItemKind::Favourite.code() {
                        add_favourite(&tx, item)?;
                    } else if kind == ItemKind::Room.code() {
                        keep_if_inside(&tx, Feed::Room(entry.id), item)?;
                    } else if kind == ItemKind::ShoppingList.code() {
                        keep_if_inside(&tx, Feed::List(entry.id), item)?;
                    }
                }
                None => {
                    remove_favourite(&tx, feed, entry.id)?;
                    tx.execute("DELETE FROM item WHERE id = ?1", [&id]).map_err(storage_error)?;
                }
            }
        }
        tx.execute(
            "INSERT INTO feed (name, cursor, epoch) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET \
             cursor = excluded.cursor, epoch = excluded.epoch",
            params![feed, page.next, page.epoch.map(|epoch| epoch.to_string())],
        )
        .map_err(storage_error)?;
        tx.commit().map_err(storage_error)?;
        Ok(Applied::Done)
    }

    /// Lets go of a feed that may no longer be followed.
    fn drop_feed(&mut self, feed: &str) -> Result<(), Problem> {
        let tx = self.connection.transaction().map_err(storage_error)?;
        forget_feed(&tx, feed)?;
        tx.commit().map_err(storage_error)
    }

    /// Lets go of rooms and lists that the person's feed no longer tells of, as after a restore.
    fn drop_left_feeds(&mut self) -> Result<(), Problem> {
        let left: Vec<String> = {
            let sql = "SELECT name FROM feed WHERE (name LIKE 'room:%' OR name LIKE 'list:%') AND NOT EXISTS (
                       SELECT 1 FROM item WHERE kind IN ('room', 'shopping_list') AND id = substr(name, 6)
                       AND json_extract(json, '$.inside'))";
            let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
            let rows = statement.query_map([], |row| row.get(0)).map_err(storage_error)?;
            rows.collect::<Result<_, _>>().map_err(storage_error)?
        };
        left.iter().try_for_each(|feed| self.drop_feed(feed))
    }

    /// The items of a kind as JSON, those last told of first.
    pub(crate) fn items(&self, kind: ItemKind) -> Result<Vec<String>, Problem> {
        let sql = "SELECT json FROM item WHERE kind = ?1 ORDER BY number DESC";
        let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
        let rows = statement.query_map([kind.code()], |row| row.get(0)).map_err(storage_error)?;
        rows.collect::<Result<_, _>>().map_err(storage_error)
    }

    /// One item as JSON.
    pub(crate) fn item(&self, kind: ItemKind, id: Uuid) -> Result<Option<String>, Problem> {
        let sql = "SELECT json FROM item WHERE kind = ?1 AND id = ?2";
        let row = self.connection.query_row(sql, [kind.code(), &id.to_string()], |row| row.get(0));
        row.optional().map_err(storage_error)
    }
}

/// Whether a problem is one of the network or the session, so that nothing else can be sent or read either.
pub(crate) fn stops_all(problem: &Problem) -> bool {
    matches!(problem.code, ProblemCode::Offline | ProblemCode::SignInRequired)
}

fn cursor(connection: &Connection, feed: &str) -> Result<Option<Cursor>, Problem> {
    let sql = "SELECT cursor, epoch FROM feed WHERE name = ?1";
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, Option<String>>(1)?.and_then(|epoch| epoch.parse().ok())));
    connection.query_row(sql, [feed], read).optional().map_err(storage_error)
}

fn forget_feed(tx: &Transaction<'_>, feed: &str) -> Result<(), Problem> {
    tx.execute("DELETE FROM item WHERE feed = ?1", [feed]).map_err(storage_error)?;
    tx.execute("DELETE FROM feed WHERE name = ?1", [feed]).map_err(storage_error)?;
    Ok(())
}

/// Lets go of what is in a room or on a list that the person has left.
fn keep_if_inside(tx: &Transaction<'_>, feed: Feed, item: &RawValue) -> Result<(), Problem> {
    #[derive(Deserialize)]
    struct Inside {
        inside: bool,
    }
    let Inside { inside } = serde_json::from_str(item.get()).map_err(corrupt_data)?;
    if inside { Ok(()) } else { forget_feed(tx, &feed.to_string()) }
}

/// Brings a post's counts up to date; one that the device does not have comes with a list.
fn set_counts(tx: &Transaction<'_>, post: &str, number: i64, item: &RawValue) -> Result<(), Problem> {
    let counts: PostCounts = serde_json::from_str(item.get()).map_err(corrupt_data)?;
    let reactions = serde_json::to_string(&counts.reactions).map_err(corrupt_data)?;
    let sql = "UPDATE item SET number = ?2, json = json_set(json, '$.comments', ?3, '$.reactions', json(?4))
               WHERE id = ?1 AND kind = 'post'";
    tx.execute(sql, params![post, number, counts.comments, reactions]).map_err(storage_error)?;
    Ok(())
}

/// Boards and rooms are read again when a block begins or ends: what a person wrote comes or goes, and numbers of comments
/// change with it. What they gave notice of goes at once.
fn set_visibility(tx: &Transaction<'_>, person: &str, item: &RawValue) -> Result<(), Problem> {
    let Visibility { visible } = serde_json::from_str(item.get()).map_err(corrupt_data)?;
    tx.execute("DELETE FROM item WHERE feed NOT LIKE 'person:%'", []).map_err(storage_error)?;
    tx.execute("DELETE FROM feed WHERE name NOT LIKE 'person:%'", []).map_err(storage_error)?;
    if !visible {
        let sql = "DELETE FROM item WHERE kind = 'notice' AND json_extract(json, '$.by.id') = ?1";
        tx.execute(sql, [person]).map_err(storage_error)?;
    }
    Ok(())
}

/// Takes note of which log has what the person sent. In another one it may be missing, and the device may have the only copy of
/// what is theirs alone.
pub(crate) fn note_log(tx: &Transaction<'_>, epoch: Option<Uuid>, now_ms: i64) -> Result<(), Problem> {
    let Some(epoch) = epoch.map(|epoch| epoch.to_string()) else { return Ok(()) };
    let known = tx.query_row("SELECT epoch FROM sent_to", [], |row| row.get::<_, String>(0)).optional();
    if known.map_err(storage_error)?.is_some_and(|known| known != epoch) {
        submit_own(tx, now_ms)?;
    }
    let sql = "INSERT INTO sent_to (one, epoch) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET epoch = excluded.epoch";
    tx.execute(sql, [epoch]).map(drop).map_err(storage_error)
}

/// Sends favourites, own recipes, the plan and lists again; what the server has already stays as it is.
fn submit_own(tx: &Transaction<'_>, now_ms: i64) -> Result<(), Problem> {
    submit_favourites(tx, now_ms)?;
    submit_kitchen(tx, now_ms)
}

/// Makes a favourite of another device one here; what the device has never seen is to be fetched.
fn add_favourite(tx: &Transaction<'_>, item: &RawValue) -> Result<(), Problem> {
    let favourite: Favourite = serde_json::from_str(item.get()).map_err(corrupt_data)?;
    let kind = Kind::from(favourite.kind);
    let sql = "UPDATE record SET kept_ms = COALESCE(kept_ms, ?3) WHERE kind = ?1 AND id = ?2";
    let known =
        tx.execute(sql, params![kind.code(), favourite.of.to_string(), favourite.kept_ms]).map_err(storage_error)?;
    if known == 0 {
        let sql = "INSERT INTO wanted (kind, id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        tx.execute(sql, params![kind.code(), favourite.of.to_string()]).map_err(storage_error)?;
    }
    Ok(())
}

/// Takes out a favourite that is one no more. The device may have made it one itself and never have heard of it since.
fn remove_favourite(tx: &Transaction<'_>, feed: &str, id: Uuid) -> Result<(), Problem> {
    let Ok(Feed::Person(person)) = feed.parse() else { return Ok(()) };
    let kept: Vec<(String, String)> = {
        let sql = "SELECT kind, id FROM record WHERE kept_ms IS NOT NULL UNION SELECT kind, id FROM wanted";
        let mut statement = tx.prepare_cached(sql).map_err(storage_error)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(storage_error)?;
        rows.collect::<Result<_, _>>().map_err(storage_error)?
    };
    for (code, of) in kept {
        let (Ok(kind), Ok(item)) = (code.parse::<FavouriteKind>(), of.parse()) else { continue };
        if kind.favourite_id(person, item) == id {
            set_kept(tx, kind.into(), &of, None)?;
            tx.execute("DELETE FROM wanted WHERE kind = ?1 AND id = ?2", params![code, of]).map_err(storage_error)?;
        }
    }
    Ok(())
}

impl<H: Host> Core<H> {
    /// Sends what waits and fetches what is new, once.
    ///
    /// # Errors
    /// `Offline` and the like: nothing is lost, call it again later. `SignInRequired` when the session is over.
    pub async fn sync(&self) -> Result<(), Problem> {
        if !self.is_signed_in() {
            return Ok(());
        }
        if self.store().hold_stale(self.host.now_ms())? {
            self.emit(&[Topic::Sync]);
        }
        // A photo comes before what shows it.
        let pushed = match self.send_photos().await {
            Err(problem) if stops_all(&problem) => Err(problem),
            sent => self.push().await.and(sent),
        };
        if let Err(problem) = &pushed
            && stops_all(problem)
        {
            self.set_session_over(problem.code == ProblemCode::SignInRequired);
            return pushed;
        }
        // What cannot be sent keeps nobody from reading.
        let Some(me) = self.store().me()? else { return Ok(()) };
        let pulled = self.pull_all(&me).await;
        self.set_session_over(matches!(&pulled, Err(problem) if problem.code == ProblemCode::SignInRequired));
        pushed.and(pulled)
    }

    /// Takes note of whether the session ended, as by a changed password; what the device has stays.
    pub(crate) fn set_session_over(&self, over: bool) {
        if self.session_over.replace(over) != over {
            self.emit(&[Topic::Account, Topic::Sync]);
        }
    }

    async fn pull_all(&self, me: &SignedInHere) -> Result<(), Problem> {
        // What a crash or a lost network left to fetch.
        let fetched = self.fetch_wanted(me.client).await;
        // What is one's own and what people wait for come first.
        let own: &[Topic] = &[
            Topic::Account,
            Topic::Notices,
            Topic::Rooms,
            Topic::Board,
            Topic::Cookbook,
            Topic::MealPlan,
            Topic::Shopping,
        ];
        let mut outcome = fetched.and(self.pull(me, Feed::Person(me.account.id), own).await);
        if outcome.is_ok() {
            self.store().drop_left_feeds()?;
        }
        let rooms = self.store().rooms_inside()?.into_iter().map(|room| (Feed::Room(room), Topic::Rooms));
        let lists = self.store().lists_inside()?.into_iter().map(|list| (Feed::List(list), Topic::Shopping));
        let boards = Board::ALL.iter().map(|board| (Feed::Board(*board), Topic::Board));
        for (feed, topic) in rooms.chain(lists).chain(boards) {
            if outcome.as_ref().is_err_and(stops_all) {
                break;
            }
            // One feed's failure keeps none of the others from being read.
            outcome = match self.pull(me, feed, &[topic]).await {
                Err(problem) if stops_all(&problem) => Err(problem),
                pulled => outcome.and(pulled),
            };
        }
        outcome
    }

    /// Sends what waits, in its order, a batch at a time. A batch that is refused as a whole is sent in smaller parts,
    /// until the one change that it is about waits for the person and the others go on.
    pub(crate) async fn push(&self) -> Result<(), Problem> {
        let mut most = MAX_PUSH;
        loop {
            let Some(me) = self.store().me()? else { return Ok(()) };
            let mutations = self.store().next_batch(most)?;
            let (Some(first), count) = (mutations.first().map(|mutation| mutation.number), mutations.len()) else {
                return Ok(());
            };
            let body = serde_json::to_string(&RawPush { client: me.client, mutations }).map_err(corrupt_data)?;
            match self.send(Method::Post, "/mutations", Some(body)).await {
                Ok(reply) => {
                    let pushed: Pushed = serde_json::from_str(&reply).map_err(corrupt_data)?;
                    self.store().acknowledge(&pushed, self.host.now_ms())?;
                    self.emit(&[
                        Topic::Sync,
                        Topic::Board,
                        Topic::Rooms,
                        Topic::Contributions,
                        Topic::Cookbook,
                        Topic::MealPlan,
                        Topic::Shopping,
                    ]);
                    if pushed.results.is_empty() {
                        return Ok(());
                    }
                    most = MAX_PUSH;
                }
                Err(problem) if problem.code == ProblemCode::NumberGap => {
                    self.store().reset_client_id(self.new_id())?;
                }
                Err(problem) if problem.is_final() || problem.code == ProblemCode::Internal => {
                    if count > 1 {
                        most = count / 2;
                    } else if problem.is_final() || self.breaks_the_server(first) {
                        self.store().set_aside(first, &problem, self.new_id())?;
                        self.emit(&[Topic::Sync, Topic::Board, Topic::Rooms]);
                    } else {
                        return Err(problem);
                    }
                }
                Err(problem) => return Err(problem),
            }
        }
    }

    /// Counts that the server broke over a change; true once it did so often enough for the change to be the reason.
    fn breaks_the_server(&self, number: i64) -> bool {
        let times = match self.broke_over.get() {
            Some((known, times)) if known == number => times + 1,
            _ => 1,
        };
        self.broke_over.set(Some((number, times)));
        times >= BREAKS
    }

    /// Fetches what is new in a feed, a page at a time.
    async fn pull(&self, me: &SignedInHere, feed: Feed, topics: &[Topic]) -> Result<(), Problem> {
        let name = feed.to_string();
        let mut changed = false;
        loop {
            let after = self.store().cursor(&name)?;
            if after.is_some_and(|(number, epoch)| self.live.borrow().has_nothing_after(&name, number, epoch)) {
                break;
            }
            let from = after.map(|(number, _)| format!("&after={number}")).unwrap_or_default();
            let reply = match self.send(Method::Get, &format!("/feeds/{name}?limit={PAGE}{from}"), None).await {
                Ok(reply) => reply,
                Err(problem) if problem.code == ProblemCode::NotFound => {
                    self.store().drop_feed(&name)?;
                    break;
                }
                Err(problem) => return Err(problem),
            };
            let page: RawPage<'_> = serde_json::from_str(&reply).map_err(corrupt_data)?;
            let applied = self.store().apply(me.client, &name, after, &page, self.host.now_ms())?;
            changed |= !page.entries.is_empty();
            match applied {
                Applied::Done => {}
                Applied::BeginAnew => {
                    changed = true;
                    continue;
                }
                Applied::SignedOut => return Ok(()),
            }
            self.fetch_wanted(me.client).await?;
            if page.next >= page.head || page.entries.is_empty() {
                break;
            }
        }
        if changed {
            self.emit(topics);
        }
        Ok(())
    }
}
