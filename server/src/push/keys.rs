//! The key by which push services know this server (VAPID, RFC 8292).

use anyhow::{Context, anyhow};
use base64ct::{Base64UrlUnpadded, Encoding};
use lettre::message::Mailbox;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;

/// For how long a signature holds, in seconds; the RFC allows a day.
const HOLDS_S: i64 = 12 * 3_600;

/// A P-256 key pair and whom a push service may write to.
pub(crate) struct PushKeys {
    key: SigningKey,
    contact: String,
}

impl PushKeys {
    /// Reads the secret key as [`generate`] writes it; `mail_from` is whom a push service may write to.
    ///
    /// # Errors
    /// When the key is none.
    pub(crate) fn read(text: &str, mail_from: &str) -> anyhow::Result<Self> {
        let wrong = || anyhow!("HNH_PUSH_KEY is no key: take a line that `hnh-server keys` prints");
        let bytes = Base64UrlUnpadded::decode_vec(text).map_err(|_| wrong())?;
        let key = SigningKey::from_slice(&bytes).map_err(|_| wrong())?;
        let contact: Mailbox = mail_from.parse().context("the sender of mails")?;
        Ok(Self { key, contact: format!("mailto:{}", contact.email) })
    }

    /// The public part, as browsers take it: uncompressed, in base64url.
    pub(crate) fn public(&self) -> String {
        Base64UrlUnpadded::encode_string(self.key.verifying_key().to_encoded_point(false).as_bytes())
    }

    /// The header `Authorization` for a request to `origin`, such as `https://push.example`, made at `now_ms`.
    pub(crate) fn authorization(&self, origin: &str, now_ms: i64) -> String {
        let part = |value: serde_json::Value| Base64UrlUnpadded::encode_string(value.to_string().as_bytes());
        let header = part(json!({"typ": "JWT", "alg": "ES256"}));
        let claims = part(json!({"aud": origin, "exp": now_ms / 1_000 + HOLDS_S, "sub": self.contact}));
        let signature: Signature = self.key.sign(format!("{header}.{claims}").as_bytes());
        let signature = Base64UrlUnpadded::encode_string(&signature.to_bytes());
        format!("vapid t={header}.{claims}.{signature}, k={}", self.public())
    }
}

/// A new secret key, in base64url.
#[must_use]
pub fn generate() -> String {
    loop {
        // All but one in 2^32 numbers of 32 bytes are a key.
        let bytes: [u8; 32] = rand::random();
        if SigningKey::from_slice(&bytes).is_ok() {
            return Base64UrlUnpadded::encode_string(&bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier;

    use super::*;

    #[test]
    fn a_push_service_can_prove_who_asks() {
        let keys = PushKeys::read(&generate(), "HnH <hello@hnh.example>").unwrap();
        let header = keys.authorization("https://push.example", 1_000_000);
        let (token, key) = header.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let key = VerifyingKey::from_sec1_bytes(&Base64UrlUnpadded::decode_vec(key).unwrap()).unwrap();
        let signature = Signature::from_slice(&Base64UrlUnpadded::decode_vec(signature).unwrap()).unwrap();
        key.verify(signed.as_bytes(), &signature).unwrap();
        let claims = Base64UrlUnpadded::decode_vec(signed.split_once('.').unwrap().1).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["aud"], "https://push.example");
        assert_eq!((claims["exp"].as_i64(), claims["sub"].as_str()), (Some(44_200), Some("mailto:hello@hnh.example")));
    }

    #[test]
    fn what_is_no_key_is_refused_in_a_sentence() {
        let error = PushKeys::read("secret", "hello@hnh.example").err().unwrap().to_string();
        assert!(error.contains("hnh-server keys"), "{error}");
    }
}
