//! How the core reaches the server.

use std::time::Duration;

use hnh_domain::problem::{Problem, ProblemCode};

/// A request takes at most this long; a person waits no longer than that for a list.
pub const TIME_LIMIT: Duration = Duration::from_secs(15);

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
    /// A JSON body.
    pub body: Option<String>,
    /// The session's token, where no browser adds a cookie.
    pub token: Option<String>,
}

/// Reaches the server; a parameter of the core, since every host has its own way to the network and
/// tests want to drop and delay.
#[expect(async_fn_in_trait, reason = "hosts poll the core on the thread that owns it")]
pub trait Transport {
    /// Whether the host's browser keeps the session as a cookie, so that the core needs no token.
    const COOKIES: bool;

    /// Sends a request and returns the reply's body.
    ///
    /// # Errors
    /// `Offline` when nothing answers in time; else the server's own problem.
    async fn send(&self, request: Request) -> Result<String, Problem>;
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
            _ => Problem::new(ProblemCode::Internal).with_detail(format!("The server answered {status}")),
        })),
    }
}

/// HTTP by reqwest, for native hosts; the browser's host calls `fetch` itself, which spares every
/// visitor the download of an HTTP library.
#[cfg(not(target_family = "wasm"))]
pub struct Http {
    client: reqwest::Client,
    server: String,
}

#[cfg(not(target_family = "wasm"))]
impl Http {
    /// Talks to `server`, such as `https://hnh.example`, without a slash at the end.
    pub fn new(server: impl Into<String>) -> Self {
        Self { client: reqwest::Client::new(), server: server.into() }
    }
}

#[cfg(not(target_family = "wasm"))]
impl Transport for Http {
    const COOKIES: bool = false;

    async fn send(&self, request: Request) -> Result<String, Problem> {
        let offline = |_| Problem::new(ProblemCode::Offline);
        let address = format!("{}/api/v1{}", self.server, request.path);
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut sent = self.client.request(method, address).timeout(TIME_LIMIT);
        if let Some(token) = request.token {
            sent = sent.bearer_auth(token);
        }
        if let Some(body) = request.body {
            sent = sent.header(reqwest::header::CONTENT_TYPE, "application/json").body(body);
        }
        let reply = sent.send().await.map_err(offline)?;
        let status = reply.status().as_u16();
        interpret(status, reply.text().await.map_err(offline)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gateway_without_a_server_is_no_network_and_a_problem_speaks_for_itself() {
        assert_eq!(interpret(502, "<html>Bad Gateway</html>".into()).unwrap_err().code, ProblemCode::Offline);
        assert_eq!(interpret(500, "oops".into()).unwrap_err().code, ProblemCode::Internal);
        let problem = serde_json::to_string(&Problem::new(ProblemCode::NotFound)).unwrap();
        assert_eq!(interpret(404, problem).unwrap_err().code, ProblemCode::NotFound);
        assert_eq!(interpret(200, "{}".into()).unwrap(), "{}");
    }
}
