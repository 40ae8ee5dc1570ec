//! Who listens to what in this process, and who is here anywhere.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hnh_domain::feeds::Feed;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::Event;

/// Events that a slow client may lag behind before some are left out; the heartbeat makes up for them.
const BACKLOG: usize = 256;
/// For how long the word of another process on who is there holds.
const WORD_HOLDS: Duration = Duration::from_secs(60);

/// What can be listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Topic {
    /// A feed's numbers, and for a room who types in it.
    Feed(Feed),
    /// Whether a person is here.
    Person(Uuid),
}

#[derive(Default)]
pub(super) struct Registry {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    next: u64,
    listeners: HashMap<Topic, HashMap<u64, mpsc::Sender<Event>>>,
    /// Sockets of this process by person.
    here: HashMap<Uuid, usize>,
    /// When which other process last said that a person is there.
    elsewhere: HashMap<Uuid, HashMap<Uuid, Instant>>,
}

impl Inner {
    fn is_here(&self, person: Uuid) -> bool {
        self.here.contains_key(&person) || self.elsewhere.contains_key(&person)
    }

    fn deliver(&self, event: Event) {
        let topic = match event {
            Event::Head(feed, _) => Topic::Feed(feed),
            Event::Typing(room, _) => Topic::Feed(Feed::Room(room)),
            Event::Presence(person, _) => Topic::Person(person),
        };
        for listener in self.listeners.get(&topic).into_iter().flat_map(HashMap::values) {
            let _ = listener.try_send(event);
        }
    }
}

impl Registry {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        // No holder leaves it half changed.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Passes an event to those who listen.
    pub(super) fn deliver(&self, event: Event) {
        self.inner().deliver(event);
    }

    /// Whether a person has a device connected, to this process or another.
    pub(super) fn is_here(&self, person: Uuid) -> bool {
        self.inner().is_here(person)
    }

    /// Who has a device connected to this process.
    pub(super) fn people(&self) -> Vec<Uuid> {
        self.inner().here.keys().copied().collect()
    }

    /// A device came; whether it is the person's first here, or nothing where they have `most` already.
    pub(super) fn connect(&self, person: Uuid, most: usize) -> Option<bool> {
        let mut inner = self.inner();
        let count = inner.here.entry(person).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(*count == 1)
    }

    /// A device went; whether it was the person's last here.
    pub(super) fn disconnect(&self, person: Uuid) -> bool {
        let mut inner = self.inner();
        let left = inner.here.get_mut(&person).map(|count| {
            *count -= 1;
            *count
        });
        if left == Some(0) {
            inner.here.remove(&person);
        }
        left == Some(0)
    }

    /// Takes note of what another process says on a person, and tells if that changes anything.
    #[expect(clippy::disallowed_methods, reason = "how long a word holds is measured")]
    pub(super) fn remote_presence(&self, process: Uuid, person: Uuid, here: bool) {
        let mut inner = self.inner();
        let before = inner.is_here(person);
        if here {
            inner.elsewhere.entry(person).or_default().insert(process, Instant::now());
        } else if let Some(processes) = inner.elsewhere.get_mut(&person) {
            processes.remove(&process);
            if processes.is_empty() {
                inner.elsewhere.remove(&person);
            }
        }
        let after = inner.is_here(person);
        if before != after {
            inner.deliver(Event::Presence(person, after));
        }
    }

    /// Forgets what processes said that were not heard of for long.
    pub(super) fn expire(&self) {
        let mut inner = self.inner();
        let mut gone = Vec::new();
        inner.elsewhere.retain(|person, processes| {
            processes.retain(|_, at| at.elapsed() < WORD_HOLDS);
            if processes.is_empty() {
                gone.push(*person);
            }
            !processes.is_empty()
        });
        for person in gone {
            if !inner.is_here(person) {
                inner.deliver(Event::Presence(person, false));
            }
        }
    }
}

/// What one socket listens to, until it is dropped.
pub(super) struct Listener {
    registry: Arc<Registry>,
    id: u64,
    topics: HashSet<Topic>,
    sender: mpsc::Sender<Event>,
}

impl Listener {
    /// Listens to nothing yet.
    pub(super) fn new(registry: &Arc<Registry>) -> (Self, mpsc::Receiver<Event>) {
        let (sender, receiver) = mpsc::channel(BACKLOG);
        let id = {
            let mut inner = registry.inner();
            inner.next += 1;
            inner.next
        };
        (Self { registry: Arc::clone(registry), id, topics: HashSet::new(), sender }, receiver)
    }

    /// Listens to a topic too.
    pub(super) fn add(&mut self, topic: Topic) {
        if self.topics.insert(topic) {
            let mut inner = self.registry.inner();
            inner.listeners.entry(topic).or_default().insert(self.id, self.sender.clone());
        }
    }

    /// Listens to a topic no more.
    pub(super) fn remove(&mut self, topic: Topic) {
        if self.topics.remove(&topic) {
            forget(&mut self.registry.inner(), topic, self.id);
        }
    }

    /// Whether this socket listens to a topic.
    pub(super) fn has(&self, topic: Topic) -> bool {
        self.topics.contains(&topic)
    }

    /// The feeds listened to.
    pub(super) fn feeds(&self) -> Vec<Feed> {
        let feeds =
            self.topics.iter().filter_map(|topic| if let Topic::Feed(feed) = topic { Some(*feed) } else { None });
        feeds.collect()
    }

    /// The people listened to.
    pub(super) fn people(&self) -> Vec<Uuid> {
        let people =
            self.topics.iter().filter_map(|topic| if let Topic::Person(person) = topic { Some(*person) } else { None });
        people.collect()
    }

    /// How much is listened to.
    pub(super) fn len(&self) -> usize {
        self.topics.len()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut inner = self.registry.inner();
        for topic in &self.topics {
            forget(&mut inner, *topic, self.id);
        }
    }
}

fn forget(inner: &mut Inner, topic: Topic, id: u64) {
    if let Some(listeners) = inner.listeners.get_mut(&topic) {
        listeners.remove(&id);
        if listeners.is_empty() {
            inner.listeners.remove(&topic);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_here_while_any_device_on_any_process_is() {
        let registry = Arc::new(Registry::default());
        let (person, process) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let (mut listener, mut events) = Listener::new(&registry);
        listener.add(Topic::Person(person));
        assert_eq!(registry.connect(person, 2), Some(true));
        assert_eq!(registry.connect(person, 2), Some(false));
        assert_eq!(registry.connect(person, 2), None);
        registry.remote_presence(process, person, true);
        assert!(!registry.disconnect(person) && registry.disconnect(person));
        assert!(registry.is_here(person), "on the other process");
        assert!(events.try_recv().is_err(), "nothing changed for those who listen");
        registry.remote_presence(process, person, false);
        assert_eq!(events.try_recv(), Ok(Event::Presence(person, false)));
    }

    #[test]
    fn who_stops_listening_leaves_nothing_behind() {
        let registry = Arc::new(Registry::default());
        let (mut listener, mut events) = Listener::new(&registry);
        let feed = Feed::Room(Uuid::from_u128(3));
        listener.add(Topic::Feed(feed));
        registry.deliver(Event::Head(feed, 7));
        assert_eq!(events.try_recv(), Ok(Event::Head(feed, 7)));
        drop(listener);
        assert!(registry.inner().listeners.is_empty());
    }
}
