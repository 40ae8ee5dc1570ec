//! What the core takes from its host: clock, chance, sleep, the ways to the server, and an ear for what changed.

use std::time::Duration;

use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;

/// A request takes at most this long; a person waits no longer than that for a list.
pub const TIME_LIMIT: Duration = Duration::from_secs(15);
/// A photo takes at most this long on its way; the server waits no longer either.
const FILE_LIMIT: Duration = Duration::from_secs(60);

/// What the core tells its host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostEvent {
    /// Something changed: whoever shows it asks again.
    Changed(Topic),
}

/// Where the core runs: a browser's worker, a thread of a native program, a test.
///
/// A host opens the database, makes a [`crate::Core`], passes commands to [`crate::dispatch`], and lets
/// [`crate::Core::run`] go on beside them for as long as the core lives. The core need not be `Send`: a host keeps
/// it on one thread.
#[expect(async_fn_in_trait, reason = "hosts poll the core on the thread that owns it")]
pub trait Host {
    /// Whether the host's browser keeps the session as a cookie, so that the core needs no token.
    const COOKIES: bool;

    /// A connection over which the server says what is new.
    type Socket: Socket;

    /// Milliseconds since 1970, UTC.
    fn now_ms(&self) -> i64;

    /// Random bytes, for ids and for spreading devices in time.
    fn random(&self) -> [u8; 10];

    /// Done after at least `wait`.
    async fn sleep(&self, wait: Duration);

    /// Hears what the core tells.
    fn emit(&self, event: HostEvent);

    /// Whether the database outlives the program; else the person is told that nothing is kept.
    fn keeps(&self) -> bool;

    /// Keeps the session's token where the system keeps secrets, or takes it away from there; whether that was done. Where
    /// it was not, the database has the token.
    fn keep_token(&self, _token: Option<&str>) -> bool {
        false
    }

    /// The token that [`Host::keep_token`] keeps.
    fn kept_token(&self) -> Option<String> {
        None
    }

    /// Sends a request and returns the reply's body.
    ///
    /// # Errors
    /// `Offline` when nothing answers in time; else the server's own problem.
    async fn send(&self, request: Request) -> Result<String, Problem>;

    /// Opens a socket as the session of `token`, or of the browser's cookie.
    ///
    /// # Errors
    /// When the server does not take it.
    async fn connect(&self, token: Option<String>) -> Result<Self::Socket, Problem>;
}

/// An open socket. Dropping it closes it.
#[expect(async_fn_in_trait, reason = "hosts poll the core on the thread that owns it")]
pub trait Socket {
    /// Says a text; one that cannot be said any more is lost, and [`Socket::next`] tells of the end.
    fn send(&mut self, text: String);

    /// The next text, or none when the socket is closed. May be dropped before it is done: nothing is lost by that.
    async fn next(&mut self) -> Option<String>;
}

/// How a request acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes something new.
    Post,
    /// Puts something in its place.
    Put,
    /// Removes something.
    Delete,
}

impl Method {
    /// The name in HTTP.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// What the core asks of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// How it acts.
    pub method: Method,
    /// The address after `/api/v1`.
    pub path: String,
    /// What it carries.
    pub body: Option<Body>,
    /// The session's token, where no browser adds a cookie.
    pub token: Option<String>,
}

impl Request {
    /// How long it may take.
    #[must_use]
    pub fn limit(&self) -> Duration {
        if matches!(self.body, Some(Body::File(_))) { FILE_LIMIT } else { TIME_LIMIT }
    }
}

/// What a request carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// JSON.
    Json(String),
    /// A file, in whatever format it is: a photo, recipes.
    File(Vec<u8>),
}

impl Body {
    /// The media type.
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        match self {
            Self::Json(_) => "application/json",
            Self::File(_) => "application/octet-stream",
        }
    }

    /// The bytes as they are sent.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Json(text) => text.into_bytes(),
            Self::File(bytes) => bytes,
        }
    }

    /// The text, where it is JSON.
    #[must_use]
    pub fn json(&self) -> Option<&str> {
        match self {
            Self::Json(text) => Some(text),
            Self::File(_) => None,
        }
    }
}

/// What a reply of the server means to the core.
///
/// # Errors
/// The problem in the body; a gateway's 502 to 504 is `Offline`, for there is no server behind it.
pub fn interpret(status: u16, body: String) -> Result<String, Problem> {
    match status {
        200..=299 => Ok(body),
        _ => Err(serde_json::from_str(&body).unwrap_or_else(|_| match status {
            502..=504 => Problem::new(ProblemCode::Offline),
            // A guard before the server speaks no problem's language.
            400 => Problem::new(ProblemCode::InvalidInput),
            403 => Problem::new(ProblemCode::Forbidden),
            413 => Problem::new(ProblemCode::TooLarge),
            _ => Problem::new(ProblemCode::Internal).with_detail(format!("The server answered {status}")),
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gateway_without_a_server_is_no_network_and_a_problem_speaks_for_itself() {
        assert_eq!(interpret(502, "<html>Bad Gateway</html>".into()).unwrap_err().code, ProblemCode::Offline);
        assert_eq!(interpret(500, "oops".into()).unwrap_err().code, ProblemCode::Internal);
        assert_eq!(interpret(413, "<html>too large</html>".into()).unwrap_err().code, ProblemCode::TooLarge);
        let problem = serde_json::to_string(&Problem::new(ProblemCode::NotFound)).unwrap();
        assert_eq!(interpret(404, problem).unwrap_err().code, ProblemCode::NotFound);
        assert_eq!(interpret(200, "{}".into()).unwrap(), "{}");
    }
}
