//! One client's WebSocket.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use hnh_domain::chat::{FromClient, FromServer};
use hnh_domain::feeds::Feed;
use hnh_domain::problem::{Problem, ProblemCode};
use tokio::sync::mpsc;
use tokio::time::{Instant, interval_at, timeout, timeout_at};
use uuid::Uuid;

use super::Event;
use super::registry::{Listener, Topic};
use crate::account::{CurrentUser, session_lives};
use crate::app::AppState;
use crate::chat::visible_in_room;
use crate::feeds::{head, may_follow};
use crate::http::problem::Refusal;

/// The longest message of a client, in bytes.
const MAX_MESSAGE: usize = 4 * 1024;
/// The most that one socket may listen to.
const MAX_TOPICS: usize = 2_000;
/// How often one socket may ask to follow something, in all.
const MAX_FOLLOWS: usize = 2 * MAX_TOPICS;
/// The most sockets of one person on one process.
const MAX_SOCKETS: usize = 30;
/// A client that says nothing for so long is gone; it should ping every 25 s.
const SILENCE: Duration = Duration::from_secs(75);
/// Somebody who types is heard of once in this time.
const TYPING_EVERY: Duration = Duration::from_secs(1);
/// How often rights are asked anew, of a socket that only listens, too.
const RECHECK_EVERY: Duration = Duration::from_secs(30);
/// A client that takes nothing for so long is gone.
const STUCK: Duration = Duration::from_secs(10);

/// Opens the socket.
pub(super) async fn live(
    State(app): State<AppState>,
    who: CurrentUser,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Refusal> {
    let upgrade = upgrade.map_err(|error| {
        Problem::new(ProblemCode::InvalidInput).with_detail(format!("Open this address as a WebSocket ({error})"))
    })?;
    // Small buffers: most sockets are silent most of the time.
    let upgrade = upgrade.max_message_size(MAX_MESSAGE).read_buffer_size(MAX_MESSAGE).write_buffer_size(0);
    Ok(upgrade.on_upgrade(move |socket| async move {
        // One too many is closed: devices ask every so often instead.
        let Some(first) = app.live.registry.connect(who.id, MAX_SOCKETS) else { return };
        app.live.open.send_modify(|open| *open += 1);
        if first {
            app.live.tell(Event::Presence(who.id, true));
        }
        let (listener, events) = Listener::new(&app.live.registry);
        let client =
            Client { app: app.clone(), person: who.id, session: who.session, listener, typed: None, follows: 0 };
        client.run(socket, events).await;
        if app.live.registry.disconnect(who.id) {
            let elsewhere = app.live.registry.is_here(who.id);
            if let Some(bus) = &app.live.bus {
                bus.send(Event::Presence(who.id, false));
            }
            if !elsewhere {
                app.live.registry.deliver(Event::Presence(who.id, false));
            }
        }
        app.live.open.send_modify(|open| *open -= 1);
    }))
}

/// Why a socket ends.
struct Gone;

struct Client {
    app: AppState,
    person: Uuid,
    session: Uuid,
    listener: Listener,
    /// When they last were heard typing.
    typed: Option<Instant>,
    /// How often they asked to follow something.
    follows: usize,
}

impl Client {
    async fn run(mut self, mut socket: WebSocket, mut events: mpsc::Receiver<Event>) {
        let app = self.app.clone();
        let mut silent_at = Instant::now() + SILENCE;
        let mut recheck = interval_at(Instant::now() + RECHECK_EVERY, RECHECK_EVERY);
        loop {
            let said = tokio::select! {
                heard = timeout_at(silent_at, socket.recv()) => {
                    silent_at = Instant::now() + SILENCE;
                    match heard {
                        Ok(Some(Ok(Message::Text(text)))) => self.hear(&mut socket, &text).await,
                        Ok(Some(Ok(Message::Close(_)) | Err(_)) | None) | Err(_) => Err(Gone),
                        Ok(Some(Ok(_))) => Ok(()),
                    }
                }
                Some(event) = events.recv() => self.pass_on(&mut socket, event, &mut events).await,
                _ = recheck.tick() => self.recheck(&mut socket).await,
                () = app.drained() => {
                    let _ = say(&mut socket, &FromServer::Closing).await;
                    Err(Gone)
                }
            };
            if said.is_err() {
                // Whether the farewell arrives is the client's affair.
                let _ = timeout(STUCK, socket.send(Message::Close(None))).await;
                return;
            }
        }
    }

    async fn hear(&mut self, socket: &mut WebSocket, text: &str) -> Result<(), Gone> {
        match serde_json::from_str(text) {
            Ok(FromClient::Ping) => self.answer_ping(socket).await,
            Ok(FromClient::Follow { feed }) => self.follow(socket, feed).await,
            Ok(FromClient::Typing { room }) => {
                self.type_in(room);
                Ok(())
            }
            // A newer client may say what this server does not know yet.
            Err(_) => Ok(()),
        }
    }

    async fn follow(&mut self, socket: &mut WebSocket, name: String) -> Result<(), Gone> {
        // Each costs a look into the database; a client follows a feed once.
        self.follows += 1;
        if self.follows > MAX_FOLLOWS {
            return Err(Gone);
        }
        let Ok(feed) = name.parse::<Feed>() else { return say(socket, &FromServer::Refused { feed: name }).await };
        if self.listener.len() >= MAX_TOPICS {
            return say(socket, &FromServer::Refused { feed: name }).await;
        }
        // Nothing of a feed reaches who may not follow it, not even its numbers.
        if !self.may_follow(feed).await? {
            return say(socket, &FromServer::Refused { feed: name }).await;
        }
        // Listening before looking: what happens between the two is told twice rather than not at all.
        self.listener.add(Topic::Feed(feed));
        match self.look_at(socket, feed).await? {
            Some(head) => say(socket, &self.heads([(name, head)].into())).await,
            None => say(socket, &FromServer::Refused { feed: name }).await,
        }
    }

    async fn may_follow(&self, feed: Feed) -> Result<bool, Gone> {
        let mut tx = self.app.db.read().await.map_err(log)?;
        may_follow(&mut tx, self.person, feed).await.map_err(|_| Gone)
    }

    /// A feed's newest number; who may no longer follow it stops listening. Of a room, those in it are watched.
    async fn look_at(&mut self, socket: &mut WebSocket, feed: Feed) -> Result<Option<i64>, Gone> {
        let mut tx = self.app.db.read().await.map_err(log)?;
        if !may_follow(&mut tx, self.person, feed).await.map_err(|_| Gone)? {
            self.listener.remove(Topic::Feed(feed));
            return Ok(None);
        }
        let head = head(&mut tx, feed).await.map_err(log)?;
        let people = match feed {
            Feed::Room(room) => visible_in_room(&mut tx, self.person, room).await.map_err(log)?,
            Feed::Board(_) | Feed::Person(_) | Feed::List(_) => Vec::new(),
        };
        drop(tx);
        for person in people {
            if !self.listener.has(Topic::Person(person)) && self.listener.len() < MAX_TOPICS {
                self.listener.add(Topic::Person(person));
                if self.app.live.registry.is_here(person) {
                    say(socket, &FromServer::Presence { person, here: true }).await?;
                }
            }
        }
        Ok(Some(head))
    }

    fn heads(&self, heads: BTreeMap<String, i64>) -> FromServer {
        FromServer::Heads { heads, epoch: Some(self.app.epoch) }
    }

    /// Lets go of what was allowed and no longer is: the session, feeds, and people of rooms or behind a block.
    async fn recheck(&mut self, socket: &mut WebSocket) -> Result<(), Gone> {
        let mut tx = self.app.db.read().await.map_err(log)?;
        if !session_lives(&mut tx, self.session).await.map_err(log)? {
            return Err(Gone);
        }
        let mut visible = HashSet::new();
        for feed in self.listener.feeds() {
            if !may_follow(&mut tx, self.person, feed).await.map_err(|_| Gone)? {
                self.listener.remove(Topic::Feed(feed));
            } else if let Feed::Room(room) = feed {
                visible.extend(visible_in_room(&mut tx, self.person, room).await.map_err(log)?);
            }
        }
        drop(tx);
        for person in self.listener.people().into_iter().filter(|person| !visible.contains(person)) {
            self.listener.remove(Topic::Person(person));
            say(socket, &FromServer::Presence { person, here: false }).await?;
        }
        Ok(())
    }

    async fn answer_ping(&mut self, socket: &mut WebSocket) -> Result<(), Gone> {
        let mut tx = self.app.db.read().await.map_err(log)?;
        if !session_lives(&mut tx, self.session).await.map_err(log)? {
            return Err(Gone);
        }
        drop(tx);
        let mut heads = BTreeMap::new();
        for feed in self.listener.feeds() {
            if let Some(head) = self.look_at(socket, feed).await? {
                heads.insert(feed.to_string(), head);
            }
        }
        say(socket, &self.heads(heads)).await
    }

    fn type_in(&mut self, room: Uuid) {
        let heard = self.typed.is_some_and(|at| at.elapsed() < TYPING_EVERY);
        // Only those whom the database let in follow the room.
        if !heard && self.listener.has(Topic::Feed(Feed::Room(room))) {
            self.typed = Some(Instant::now());
            self.app.live.tell(Event::Typing(room, self.person));
        }
    }

    /// Passes an event on, and with it what else waits: of one feed, the newest number is enough.
    async fn pass_on(
        &mut self,
        socket: &mut WebSocket,
        first: Event,
        events: &mut mpsc::Receiver<Event>,
    ) -> Result<(), Gone> {
        let mut heads = BTreeMap::new();
        let mut next = Some(first);
        while let Some(event) = next {
            match event {
                // What was on its way when the right to follow ended.
                Event::Head(feed, _) if !self.listener.has(Topic::Feed(feed)) => {}
                Event::Head(feed, number) => {
                    let head = heads.entry(feed.to_string()).or_insert(number);
                    *head = number.max(*head);
                }
                // People see nothing of those they blocked, and need not be told of themselves.
                Event::Typing(room, person) => {
                    if self.listener.has(Topic::Person(person)) {
                        say(socket, &FromServer::Typing { room, person }).await?;
                    }
                }
                Event::Presence(person, here) => say(socket, &FromServer::Presence { person, here }).await?,
            }
            next = events.try_recv().ok();
        }
        if heads.is_empty() {
            return Ok(());
        }
        // Who read or said something in a room for the first time is seen there from now on.
        let own = Feed::Person(self.person).to_string();
        for feed in self.listener.feeds() {
            let changed = heads.contains_key(&own) || heads.contains_key(&feed.to_string());
            if changed && matches!(feed, Feed::Room(_)) {
                self.look_at(socket, feed).await?;
            }
        }
        say(socket, &self.heads(heads)).await
    }
}

fn log(error: crate::db::DbError) -> Gone {
    tracing::warn!(%error, "a socket is closed, for the database cannot be asked");
    Gone
}

async fn say(socket: &mut WebSocket, what: &FromServer) -> Result<(), Gone> {
    let text = serde_json::to_string(what).map_err(|_| Gone)?;
    match timeout(STUCK, socket.send(Message::Text(text.into()))).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Gone),
    }
}
