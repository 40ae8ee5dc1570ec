//! How often one account or one address may do what costs or what could be guessed.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use hnh_domain::problem::{Problem, ProblemCode};
use ipnet::IpNet;
use uuid::Uuid;

use crate::app::AppState;
use crate::http::problem::Refusal;

/// Keys kept before those that are full again are dropped.
const SWEEP_ABOVE: usize = 10_000;

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Action {
    /// Making an account.
    SignUp,
    /// Trying a password.
    Password,
    /// Having a mail sent.
    Mail,
    /// Changing something.
    Change,
    /// Uploading a photo.
    Upload,
    /// Trying a password of one name, from anywhere: enough that nobody keeps its owner out.
    PasswordOfName,
    /// Blocking a person or no longer, which both have to hear all of each other's words anew for.
    Block,
    /// Sending a change, new or again.
    Attempt,
    /// Searching all that was said to one.
    SearchMessages,
    /// Having a page or a file read.
    Import,
}

impl Action {
    /// Tries at once, and the time after which one more is free.
    const fn quota(self) -> (u32, Duration) {
        match self {
            Self::SignUp => (10, Duration::from_secs(360)),
            Self::Password => (10, Duration::from_secs(30)),
            Self::Mail => (3, Duration::from_secs(600)),
            Self::Change => (600, Duration::from_millis(100)),
            Self::Upload => (60, Duration::from_secs(10)),
            Self::PasswordOfName => (100, Duration::from_secs(30)),
            Self::Block => (20, Duration::from_secs(360)),
            Self::Attempt => (2_000, Duration::from_millis(20)),
            Self::SearchMessages => (60, Duration::from_secs(1)),
            Self::Import => (30, Duration::from_secs(20)),
        }
    }
}

/// Whose tries are counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// An address; of IPv6 the network of 64 bits that one connection gets.
    Address(IpAddr),
    /// A person.
    Person(Uuid),
    /// What was typed as a name or email, in small letters.
    Name(String),
    /// The same, typed at an address.
    NameAt(String, IpAddr),
}

/// The counters, one set for each process.
pub struct Limits {
    counters: Option<Vec<DefaultKeyedRateLimiter<Key>>>,
    clock: DefaultClock,
    /// Whose word on the client's address is taken.
    proxies: Vec<IpNet>,
}

const ACTIONS: [Action; 10] = [
    Action::SignUp,
    Action::Password,
    Action::Mail,
    Action::Change,
    Action::Upload,
    Action::PasswordOfName,
    Action::Block,
    Action::Attempt,
    Action::SearchMessages,
    Action::Import,
];

impl Limits {
    /// Counts, unless `off`; `proxies` may say whom they speak for.
    #[must_use]
    pub fn new(off: bool, proxies: Vec<IpNet>) -> Self {
        let counter = |action: Action| {
            let (burst, period) = action.quota();
            let quota = Quota::with_period(period)?.allow_burst(NonZeroU32::new(burst)?);
            Some(RateLimiter::keyed(quota))
        };
        let counters = if off { None } else { ACTIONS.into_iter().map(counter).collect() };
        Self { counters, clock: DefaultClock::default(), proxies }
    }

    /// Whether an address speaks for others, or nothing is limited.
    pub(crate) fn is_proxy(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.counters.is_none() || self.proxies.iter().any(|network| network.contains(&address))
    }

    /// Counts a try.
    ///
    /// # Errors
    /// `TooMany` with the seconds until the next.
    pub(crate) fn count(&self, action: Action, key: Key) -> Result<(), Problem> {
        let Some(counter) = self.counters.as_ref().and_then(|all| all.get(action as usize)) else { return Ok(()) };
        if counter.len() > SWEEP_ABOVE {
            counter.retain_recent();
        }
        counter.check_key(&key).map_err(|refused| {
            let wait = refused.wait_time_from(self.clock.now()).as_secs_f32().ceil() as u32;
            let detail = format!("Too many tries: wait {} seconds and try again", wait.max(1));
            let mut problem = Problem::new(ProblemCode::TooMany).with_detail(detail);
            problem.retry_after = Some(wait.max(1));
            problem
        })
    }

    /// The client's address: the peer's, or what trusted proxies say of it.
    fn client(&self, parts: &Parts) -> Option<IpAddr> {
        let trusted = |address: IpAddr| self.proxies.iter().any(|net| net.contains(&address));
        // A socket of IPv6 shows IPv4's clients within it.
        let peer = parts.extensions.get::<Peer>()?.0.to_canonical();
        let said = parts.headers.get_all("x-forwarded-for").iter().map(|value| value.to_str().unwrap_or_default());
        let said: Vec<Option<IpAddr>> = said.flat_map(|line| line.split(',')).map(address_in).collect();
        // Each proxy appends whom it spoke to; the first from the end that is no proxy of ours is the client. What cannot be
        // read ends the chain: before it may stand anything that a client made up.
        let mut address = peer;
        for earlier in said.into_iter().rev() {
            let (true, Some(earlier)) = (trusted(address), earlier) else { break };
            address = earlier;
        }
        Some(address)
    }
}

/// The address in a part of `X-Forwarded-For`, which some proxies write with its port.
fn address_in(part: &str) -> Option<IpAddr> {
    let part = part.trim();
    let address = part.parse().ok().or_else(|| part.parse::<SocketAddr>().ok().map(|address| address.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

/// Who is at the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// The client's address, of IPv6 its network.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Address(pub(crate) IpAddr);

impl From<Address> for Key {
    fn from(Address(address): Address) -> Self {
        Self::Address(address)
    }
}

impl FromRequestParts<AppState> for Address {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Refusal> {
        let address = app.limits.client(parts).unwrap_or(IpAddr::from([0, 0, 0, 0]));
        Ok(Self(match address {
            IpAddr::V6(v6) => IpAddr::from((u128::from(v6) >> 64 << 64).to_be_bytes()),
            v4 => v4,
        }))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn client(limits: &Limits, peer: &str, forwarded: &str) -> String {
        let request = Request::get("/").header("x-forwarded-for", forwarded).body(()).unwrap();
        let (mut parts, ()) = request.into_parts();
        parts.extensions.insert(Peer(peer.parse().unwrap()));
        limits.client(&parts).unwrap().to_string()
    }

    #[test]
    fn only_our_proxies_say_whom_they_speak_for() {
        let limits = Limits::new(false, vec!["10.0.0.0/8".parse().unwrap()]);
        assert_eq!(client(&limits, "203.0.113.9", "198.51.100.1"), "203.0.113.9");
        assert_eq!(client(&limits, "10.0.0.1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(client(&limits, "10.0.0.1", "192.0.2.66, 198.51.100.1, 10.0.0.2"), "198.51.100.1");
        assert_eq!(client(&limits, "10.0.0.1", "nonsense"), "10.0.0.1");
        // What a client made up does not pass for what the proxy could not say.
        assert_eq!(client(&limits, "10.0.0.1", "192.0.2.66, unknown"), "10.0.0.1");
        assert_eq!(client(&limits, "10.0.0.1", "192.0.2.66, 198.51.100.1:443"), "198.51.100.1");
        assert_eq!(client(&limits, "::ffff:10.0.0.1", "::ffff:198.51.100.1"), "198.51.100.1");
        assert_eq!(client(&limits, "::ffff:203.0.113.9", ""), "203.0.113.9");
    }

    #[test]
    fn the_limit_is_for_each_key_and_says_how_long_to_wait() {
        let limits = Limits::new(false, Vec::new());
        let key = |n| Key::Person(Uuid::from_u128(n));
        for _ in 0..3 {
            limits.count(Action::Mail, key(1)).unwrap();
        }
        let refused = limits.count(Action::Mail, key(1)).unwrap_err();
        assert_eq!(refused.code, ProblemCode::TooMany);
        assert!((1..=600).contains(&refused.retry_after.unwrap()));
        limits.count(Action::Mail, key(2)).unwrap();
        limits.count(Action::Password, key(1)).unwrap();
        let off = Limits::new(true, Vec::new());
        assert!((0..100).all(|_| off.count(Action::Mail, key(1)).is_ok()));
    }
}
