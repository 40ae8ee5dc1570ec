//! Passwords and tokens: what is stored is never what was typed or sent.

use anyhow::Context;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use hnh_domain::account::Password;
use hnh_domain::problem::{FieldCode, FieldError};
use rand::RngExt;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

/// argon2id takes 19 MiB each time: no more at once than this, the others wait their turn.
static TURNS: Semaphore = Semaphore::const_new(2);

/// A hash that no password has, to spend the same time on accounts that do not exist.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$jUNwjPkEk9Uo1Hv0XyB0oiVVNLPTRoUUwE4fDbnLJfs";

/// Of at most 4; zxcvbn calls 3 "safely unguessable".
const LEAST_SCORE: u8 = 3;

/// A password's argon2id hash as a PHC string.
pub(super) async fn hash(password: Password) -> anyhow::Result<String> {
    off_the_loop(move || {
        let hash = Argon2::default().hash_password(password.reveal().as_bytes());
        hash.map(|hash| hash.to_string()).map_err(|error| anyhow::anyhow!("argon2: {error}"))
    })
    .await?
}

/// Whether the password is the one of the hash; without a hash it is not, after the same time.
pub(super) async fn matches(password: Password, hash: Option<String>) -> anyhow::Result<bool> {
    off_the_loop(move || {
        let exists = hash.as_deref().is_some_and(|hash| !hash.is_empty());
        let hash = hash.filter(|_| exists).unwrap_or_else(|| NOBODY.to_owned());
        let Ok(parsed) = PasswordHash::new(&hash) else { return false };
        Argon2::default().verify_password(password.reveal().as_bytes(), &parsed).is_ok() && exists
    })
    .await
}

async fn off_the_loop<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
    let _turn = TURNS.acquire().await?;
    tokio::task::spawn_blocking(work).await.context("hashing a password panicked")
}

/// Refuses a password that is guessed too soon, or made of what everybody knows of the person.
pub(super) fn check_strength(password: &Password, known: &[&str]) -> Result<(), FieldError> {
    let mut known = known.to_vec();
    known.extend(["hnh", "healthy", "happy"]);
    // Beyond this its time grows, and no such password is weak.
    let head: String = password.reveal().chars().take(72).collect();
    let estimate = zxcvbn::zxcvbn(&head, &known);
    if u8::from(estimate.score()) >= LEAST_SCORE {
        return Ok(());
    }
    let why = estimate.feedback().and_then(|feedback| feedback.warning()).map(|warning| warning.to_string());
    let why = why.unwrap_or_else(|| "It would be guessed soon.".to_owned());
    let message = format!("is too easy to guess: {why} Use a few words that do not belong together");
    Err(FieldError::coded("password", FieldCode::Weak, message))
}

/// A new random token for a person to keep, 256 bits, in URL-safe letters.
#[expect(clippy::disallowed_methods, reason = "the one place that makes secrets")]
pub(super) fn token() -> String {
    let bytes: [u8; 32] = rand::rng().random();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is stored of a token. It is random already: a fast hash is enough.
pub(super) fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn a_hash_knows_its_password_alone() {
        let hash = hash(password("correct horse battery")).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(matches(password("correct horse battery"), Some(hash.clone())).await.unwrap());
        assert!(!matches(password("correct horse batterz"), Some(hash)).await.unwrap());
        assert!(!matches(password("correct horse battery"), None).await.unwrap());
        assert!(!matches(password("correct horse battery"), Some(String::new())).await.unwrap());
    }

    #[test]
    fn the_hash_of_nobody_can_be_checked() {
        assert!(PasswordHash::new(NOBODY).is_ok());
    }

    #[test]
    fn weak_passwords_are_refused_with_a_reason() {
        for weak in ["password12", "1234567890", "minaminamina", "qwertyuiop"] {
            let refused = check_strength(&password(weak), &["mina", "mina@example.com"]).unwrap_err();
            assert_eq!(refused.field, "password", "{weak}");
        }
        assert!(check_strength(&password("보리밥 먹는 수달 열셋"), &["mina"]).is_ok());
        assert!(check_strength(&password("otter-eats-13-barley"), &["mina"]).is_ok());
    }

    #[test]
    fn tokens_differ_and_are_stored_as_digests() {
        let (one, other) = (token(), token());
        assert_eq!(one.len(), 64);
        assert_ne!(one, other);
        assert_eq!(digest(&one).len(), 32);
    }
}
