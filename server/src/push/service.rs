//! Talking to push services.

use std::str::FromStr;
use std::time::Duration;

use anyhow::Context;
use reqwest::StatusCode;
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER};

use super::keys::PushKeys;
use super::news::Letter;
use crate::app::Clock;

/// How long a push service has to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a notification is tried.
const TRIES: u32 = 4;
/// The longest wait between two tries.
const WAIT_AT_MOST: Duration = Duration::from_secs(60);

/// The push services that are sent to: their origins, where `*.` stands for any name before. What a browser names as its
/// service is a stranger's word; without this list it could have the server call anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushServices(Vec<String>);

/// Those of Chrome and its kin, Firefox, Edge and Safari.
pub(crate) const KNOWN_SERVICES: &str = "https://fcm.googleapis.com,https://*.push.services.mozilla.com,\
    https://*.notify.windows.com,https://*.push.apple.com";

impl FromStr for PushServices {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let origins = text.split(',').map(str::trim).filter(|origin| !origin.is_empty()).map(|origin| {
            let url = reqwest::Url::parse(&origin.replacen("*.", "any.", 1)).map_err(|error| error.to_string())?;
            if url.path() == "/" && matches!(url.scheme(), "https" | "http") && !origin.ends_with('/') {
                Ok(origin.to_owned())
            } else {
                Err(format!("{origin}: must be a scheme and a host without a path: https://push.example"))
            }
        });
        origins.collect::<Result<_, _>>().map(Self)
    }
}

impl PushServices {
    /// The origin of an address at one of the services.
    pub(super) fn origin_of(&self, endpoint: &str) -> Option<String> {
        let url = reqwest::Url::parse(endpoint).ok()?;
        let origin = url.origin().ascii_serialization();
        let known = self.0.iter().any(|known| match known.split_once("*.") {
            Some((scheme, domain)) => origin
                .strip_prefix(scheme)
                .and_then(|host| host.strip_suffix(domain))
                .is_some_and(|name| name.len() > 1 && name.ends_with('.')),
            None => *known == origin,
        });
        (known && url.username().is_empty() && url.password().is_none()).then_some(origin)
    }
}

/// What became of a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The push service has it.
    Sent,
    /// The browser is gone for good.
    Gone,
    /// It did not work.
    Failed,
}

/// Sends notifications.
pub(super) struct Sender {
    client: reqwest::Client,
    keys: PushKeys,
    clock: Clock,
}

impl Sender {
    pub(super) fn new(keys: PushKeys, clock: Clock) -> anyhow::Result<Self> {
        // A redirect would lead past the list of known services.
        let client = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build();
        Ok(Self { client: client.context("the client for push services")?, keys, clock })
    }

    /// Sends a notification, again after a failure that may pass.
    pub(super) async fn send(&self, letter: &Letter) -> Outcome {
        for tried in 1..=TRIES {
            let wait = match self.try_once(letter).await {
                Ok(outcome) => return outcome,
                Err(asked) => asked.unwrap_or(Duration::from_secs(2 * 4_u64.pow(tried - 1))),
            };
            if tried < TRIES {
                tokio::time::sleep(wait.min(WAIT_AT_MOST)).await;
            }
        }
        tracing::warn!("a push service took no notification");
        Outcome::Failed
    }

    /// One try; the error is the time after which the push service asks to try again, if it says.
    async fn try_once(&self, letter: &Letter) -> Result<Outcome, Option<Duration>> {
        let device = &letter.device;
        let Ok(url) = reqwest::Url::parse(device.endpoint()) else { return Ok(Outcome::Gone) };
        let origin = url.origin().ascii_serialization();
        let Ok(body) = web_push_native::encrypt(letter.text.clone().into_bytes(), &device.key, &device.auth) else {
            return Ok(Outcome::Failed);
        };
        let request = self.client.post(url).body(body);
        let request = request
            .header(AUTHORIZATION, self.keys.authorization(&origin, (self.clock)()))
            .header(CONTENT_ENCODING, "aes128gcm")
            .header(CONTENT_TYPE, "application/octet-stream")
            .header("TTL", letter.useful_s)
            .header("Urgency", "high");
        let response = request.send().await.map_err(|_| None)?;
        match response.status() {
            status if status.is_success() => Ok(Outcome::Sent),
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(Outcome::Gone),
            status if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() => {
                let after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
                Err(after.map(Duration::from_secs))
            }
            status => {
                tracing::warn!(%status, origin, "a push service refused a notification");
                Ok(Outcome::Failed)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_push_services_are_called() {
        let services: PushServices = KNOWN_SERVICES.parse().unwrap();
        let known = |endpoint: &str| services.origin_of(endpoint).is_some();
        assert!(known("https://fcm.googleapis.com/fcm/send/abc"));
        assert!(known("https://updates.push.services.mozilla.com/wpush/v2/abc"));
        assert!(known("https://web.push.apple.com/abc"));
        for wrong in [
            "http://fcm.googleapis.com/x",
            "https://fcm.googleapis.com:8443/x",
            "https://fcm.googleapis.com.evil.example/x",
            "https://evilpush.apple.com/x",
            "https://.push.apple.com/x",
            "https://user@web.push.apple.com/x",
            "http://169.254.169.254/latest/meta-data",
            "no address",
        ] {
            assert!(!known(wrong), "{wrong}");
        }
        assert!("https://push.example/path".parse::<PushServices>().is_err());
        assert!("ftp://push.example".parse::<PushServices>().is_err());
    }
}
