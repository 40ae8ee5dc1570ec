//! Where Slack's webhook is: in Secrets Manager, or for trying out in the environment.

use anyhow::{Context, bail};
use reqwest::{Client, Url};
use serde::Deserialize;

/// AWS's "Parameters and Secrets" extension, which runs beside the function and keeps what it read for five minutes:
/// <https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html>.
const EXTENSION: &str = "http://localhost:2773";

/// What the function was given to find the webhook.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The address itself.
    pub address: Option<String>,
    /// The secret that holds it.
    pub secret: Option<String>,
    /// Where the extension listens; elsewhere in tests.
    pub extension: Option<String>,
    /// The function's session token, by which the extension knows it.
    pub token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Secret {
    secret_string: String,
}

impl Source {
    /// As Lambda sets the environment.
    #[must_use]
    pub fn from_environment() -> Self {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            address: variable("SLACK_WEBHOOK_URL"),
            secret: variable("SLACK_WEBHOOK_SECRET"),
            extension: variable("SECRETS_EXTENSION_URL"),
            token: variable("AWS_SESSION_TOKEN"),
        }
    }

    /// The webhook's address. It is a secret: errors do not repeat it.
    ///
    /// # Errors
    /// When none is set, the secret cannot be read, or what is there is no address.
    pub async fn find(&self, client: &Client) -> anyhow::Result<Url> {
        let text = match (&self.address, &self.secret) {
            (Some(address), _) => address.clone(),
            (None, Some(secret)) => self.read(client, secret).await?,
            (None, None) => bail!("neither SLACK_WEBHOOK_SECRET nor SLACK_WEBHOOK_URL is set"),
        };
        Url::parse(text.trim()).ok().context("the webhook's address is no address")
    }

    async fn read(&self, client: &Client, secret: &str) -> anyhow::Result<String> {
        let extension = self.extension.as_deref().unwrap_or(EXTENSION);
        let mut url = Url::parse(extension).context("SECRETS_EXTENSION_URL")?.join("/secretsmanager/get")?;
        url.query_pairs_mut().append_pair("secretId", secret);
        let request =
            client.get(url).header("X-Aws-Parameters-Secrets-Token", self.token.as_deref().unwrap_or_default());
        let answer =
            request.send().await.and_then(reqwest::Response::error_for_status).map_err(reqwest::Error::without_url);
        let secret: Secret =
            answer.context("the secret cannot be read")?.json().await.context("the secret is no text")?;
        Ok(secret.secret_string)
    }
}
