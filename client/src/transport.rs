//! How the core reaches the server.

use std::time::Duration;

use hnh_domain::problem::{Problem, ProblemCode};

/// A request takes at most this long; a person waits no longer than that for a list.
const TIME_LIMIT: Duration = Duration::from_secs(15);

/// Reaches the server; a parameter of the core so that tests can drop and delay.
#[expect(async_fn_in_trait, reason = "hosts poll the core on the thread that owns it")]
pub trait Transport {
    /// Gets `/api/v1` + `request` and returns the body.
    ///
    /// # Errors
    /// `Offline` when nothing answers in time; else the server's own problem.
    async fn get(&self, request: &str) -> Result<String, Problem>;
}

/// HTTP by reqwest, which in a browser is `fetch`.
pub struct Http {
    client: reqwest::Client,
    server: String,
}

impl Http {
    /// Talks to `server`, such as `https://hnh.example`, without a slash at the end.
    pub fn new(server: impl Into<String>) -> Self {
        Self { client: reqwest::Client::new(), server: server.into() }
    }
}

impl Transport for Http {
    async fn get(&self, request: &str) -> Result<String, Problem> {
        let offline = |_| Problem::new(ProblemCode::Offline);
        let address = format!("{}/api/v1{request}", self.server);
        let reply = self.client.get(address).timeout(TIME_LIMIT).send().await.map_err(offline)?;
        let status = reply.status();
        let body = reply.text().await.map_err(offline)?;
        if status.is_success() {
            return Ok(body);
        }
        // A gateway without a server behind it answers in its own words: that is "offline" too.
        Err(serde_json::from_str(&body).unwrap_or_else(|_| match status.as_u16() {
            502..=504 => Problem::new(ProblemCode::Offline),
            _ => Problem::new(ProblemCode::Internal).with_detail(format!("The server answered {status}")),
        }))
    }
}
