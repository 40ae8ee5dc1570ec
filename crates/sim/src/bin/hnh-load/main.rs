//! `hnh-load`: real clients against servers that run, for `cargo xtask faults`, `demo` and `bench chat`.

mod requests;
mod sockets;
mod through_faults;

use anyhow::{Context, Result, ensure};
use clap::{Parser, Subcommand};
use serde_json::{Value, json};
use uuid::Uuid;

/// What people of the load choose.
const PASSWORD: &str = "otter-eats-13-barley";

/// Real clients against servers that run
#[derive(Parser)]
struct Options {
    /// The servers, which share a database: http://HOST:PORT, separated by commas
    #[arg(long, value_delimiter = ',', required = true)]
    servers: Vec<String>,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// People write to each other while servers and databases fail, and lose nothing
    ThroughFaults(through_faults::ThroughFaults),
    /// Many sockets hear of messages: how soon, and how much memory each takes
    Sockets(sockets::Sockets),
    /// People search, more and fewer of them: whether each is answered, and how soon
    Requests(requests::Requests),
}

fn main() -> Result<()> {
    let options = Options::parse();
    ensure!(options.servers.len() > 1, "two servers are needed");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match options.what {
            What::ThroughFaults(through_faults) => through_faults.run(&options.servers).await,
            What::Sockets(sockets) => sockets.run(&options.servers).await,
            What::Requests(requests) => requests.run(&options.servers[0]).await,
        }
    })
}

/// Somebody with an account and a session.
struct Someone {
    id: Uuid,
    handle: String,
    token: String,
}

/// Makes an account.
async fn sign_up(http: &reqwest::Client, server: &str, handle: &str) -> Result<Someone> {
    let form = json!({"handle": handle, "email": format!("{handle}@example.com"), "password": PASSWORD, "token": true});
    let told: Value = post(http, server, "/accounts", None, &form).await?;
    let id = told["account"]["id"].as_str().context("no id")?.parse()?;
    let token = told["token"].as_str().context("no token")?.to_owned();
    Ok(Someone { id, handle: handle.to_owned(), token })
}

/// Sends JSON and reads the reply's.
async fn post(http: &reqwest::Client, server: &str, path: &str, token: Option<&str>, body: &Value) -> Result<Value> {
    let mut request = http.post(format!("{server}/api/v1{path}")).header("content-type", "application/json");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let reply = request.body(body.to_string()).send().await?.error_for_status()?;
    Ok(serde_json::from_str(&reply.text().await?)?)
}
