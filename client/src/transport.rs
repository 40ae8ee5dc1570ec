//! How the core reaches the server.

use std::time::Duration;

use hnh_domain::problem::{Problem, ProblemCode};

/// A request takes at most this long; a person waits no longer than that for a list.
pub const TIME_LIMIT: Duration = Duration::from_secs(15);

/// Reaches the server; a parameter of the core, since every host has its own way to the network and
/// tests want to drop and delay.
#[expect(async_fn_in_trait, reason = "hosts poll the core on the thread that owns it")]
pub trait Transport {
    /// Gets `/api/v1` + `request` and returns the body.
    ///
    /// # Errors
    /// `Offline` when nothing answers in time; else the server's own problem.
    async fn get(&self, request: &str) -> Result<String, Problem>;
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
    async fn get(&self, request: &str) -> Result<String, Problem> {
        let offline = |_| Problem::new(ProblemCode::Offline);
        let address = format!("{}/api/v1{request}", self.server);
        let reply = self.client.get(address).timeout(TIME_LIMIT).send().await.map_err(offline)?;
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
