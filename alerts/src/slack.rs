//! Posting to Slack's incoming webhooks: <https://api.slack.com/messaging/webhooks>.

use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::{Client, StatusCode, Url};
use serde_json::json;

/// How long Slack has to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often a message is tried.
const TRIES: u32 = 4;
/// The longest wait that is heeded; with all tries it stays below the function's 60 seconds.
const WAIT_AT_MOST: Duration = Duration::from_secs(12);

/// Why a message did not arrive. The webhook's address is a secret and never named.
#[derive(Debug, thiserror::Error)]
pub enum NotPosted {
    /// Slack refused it: the webhook is gone, or the message is malformed.
    #[error("Slack refused the message: {0}")]
    Refused(StatusCode),
    /// Slack was away or busy through all tries.
    #[error("Slack did not take the message in {TRIES} tries")]
    Away,
}

/// Posts a text.
///
/// # Errors
/// When Slack refuses it or does not answer.
pub async fn post(client: &Client, webhook: &Url, text: &str) -> Result<(), NotPosted> {
    for tried in 1..=TRIES {
        let sent = client.post(webhook.clone()).timeout(PATIENCE).json(&json!({"text": text})).send().await;
        let asked = match sent {
            Ok(answer) if answer.status().is_success() => return Ok(()),
            Ok(answer) if answer.status() == StatusCode::TOO_MANY_REQUESTS || answer.status().is_server_error() => {
                let after = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
                after.map(Duration::from_secs)
            }
            Ok(answer) => return Err(NotPosted::Refused(answer.status())),
            Err(_) => None,
        };
        if tried < TRIES {
            let usual = Duration::from_millis(500 * 2_u64.pow(tried - 1));
            tokio::time::sleep(asked.unwrap_or(usual).min(WAIT_AT_MOST)).await;
        }
    }
    Err(NotPosted::Away)
}
