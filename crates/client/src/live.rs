//! What the server tells at once: a hint to pull, never the truth itself.
//!
//! [`Core::run`] opens the socket, says what [`Core::subscriptions`] returns and hears what comes.

use std::collections::{BTreeMap, BTreeSet};

use hnh_domain::board::Board;
use hnh_domain::calls::Type;
use hnh_domain::chat::{FromClient, FromServer};
use hnh_domain::feeds::Feed;
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::Problem;
use hnh_domain::topic::Topic;
use uuid::Uuid;

use crate::store::corrupt_data;
use crate::{Core, Host};

/// For how long somebody who was heard typing is shown, in ms.
const TYPING_MS: i64 = 4_000;

/// What was heard since the socket opened.
#[derive(Debug, Default)]
pub(crate) struct LiveState {
    followed: BTreeSet<String>,
    heads: BTreeMap<String, i64>,
    /// Which log they are of.
    epoch: Option<Uuid>,
    here: BTreeSet<Uuid>,
    /// Room and person, with the time until which it holds.
    typing: BTreeMap<(Uuid, Uuid), i64>,
}

impl LiveState {
    /// Whether the server said that a feed ends with a number of this very log. One that ends before it was restored.
    pub(crate) fn has_nothing_after(&self, feed: &str, number: i64, epoch: Option<Uuid>) -> bool {
        self.epoch == epoch && self.heads.get(feed) == Some(&number)
    }

    /// Who has a device connected.
    pub(crate) fn here(&self) -> Vec<Uuid> {
        self.here.iter().copied().collect()
    }

    /// Who types in a room.
    pub(crate) fn typing(&self, room: Uuid, now_ms: i64) -> Vec<Uuid> {
        let types = |((of, person), until): (&(Uuid, Uuid), &i64)| (*of == room && *until > now_ms).then_some(*person);
        self.typing.iter().filter_map(types).collect()
    }
}

impl<H: Host> Core<H> {
    /// Whether somebody is signed in here.
    pub(crate) fn is_signed_in(&self) -> bool {
        matches!(self.store().me(), Ok(Some(_)))
    }

    /// What is to be said over the socket: the feeds to follow that are not followed yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) fn subscriptions(&self) -> Result<Vec<String>, Problem> {
        let Some(me) = self.store().me()? else { return Ok(Vec::new()) };
        let rooms = self.store().rooms_inside()?;
        let lists = self.store().lists_inside()?;
        let boards = Board::ALL.iter().copied().map(Feed::Board);
        let inside = rooms.into_iter().map(Feed::Room).chain(lists.into_iter().map(Feed::List));
        let feeds = [Feed::Person(me.account.id)].into_iter().chain(boards).chain(inside);
        let mut heard = self.live.borrow_mut();
        let new: Vec<String> =
            feeds.map(|feed| feed.to_string()).filter(|feed| heard.followed.insert(feed.clone())).collect();
        new.into_iter().map(|feed| serde_json::to_string(&FromClient::Follow { feed }).map_err(corrupt_data)).collect()
    }

    /// Takes note of what the server said; true when there is something to pull.
    pub(crate) fn on_message(&self, text: &str) -> bool {
        let now_ms = self.host.now_ms();
        // A newer server may say what this program does not know yet.
        let Ok(said) = serde_json::from_str(text) else { return false };
        match said {
            FromServer::Heads { heads, epoch } => {
                let store = self.store();
                let known = |feed: &str, head: i64| matches!(store.cursor(feed), Ok(Some(at)) if at == (head, epoch));
                let mut grew = false;
                let mut heard = self.live.borrow_mut();
                heard.epoch = epoch;
                for (feed, head) in heads {
                    grew |= !known(&feed, head);
                    let newest = heard.heads.entry(feed).or_insert(head);
                    *newest = head.max(*newest);
                }
                grew
            }
            FromServer::Typing { room, person } => {
                self.live.borrow_mut().typing.insert((room, person), now_ms + TYPING_MS);
                self.emit(&[Topic::Rooms]);
                false
            }
            FromServer::Presence { person, here } => {
                let mut heard = self.live.borrow_mut();
                if here {
                    heard.here.insert(person)
                } else {
                    heard.here.remove(&person)
                };
                drop(heard);
                self.emit(&[Topic::Rooms]);
                false
            }
            FromServer::Refused { feed } => {
                self.live.borrow_mut().followed.remove(&feed);
                false
            }
            FromServer::Closing => false,
        }
    }

    /// The socket ended: from now on only asking tells.
    pub(crate) fn on_disconnect(&self) {
        *self.live.borrow_mut() = LiveState::default();
        self.emit(&[Topic::Rooms]);
    }
}

impl<H: Host> Handle<Type> for Core<H> {
    async fn handle(&self, call: Type) -> Result<Json<()>, Problem> {
        let text = serde_json::to_string(&FromClient::Typing { room: call.room }).map_err(corrupt_data)?;
        self.outgoing.borrow_mut().push(text);
        self.attend.notify_one();
        Json::of(&())
    }
}
