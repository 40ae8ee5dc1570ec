//! Names and secrets that parse.

use std::fmt;
use std::str::FromStr;

use crate::codes::serde_as_text;

/// A person's unique name: 3 to 24 of `a`–`z`, `0`–`9` and `_`, beginning with a letter. Capitals become small.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Handle(String);

/// Names that would pass for the service itself.
const RESERVED: [&str; 8] = ["admin", "administrator", "hnh", "moderator", "root", "support", "system", "deleted"];

impl Handle {
    /// The name without `@`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Handle {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let name = text.trim().trim_start_matches('@').to_ascii_lowercase();
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
        if !(3..=24).contains(&name.len()) || !name.bytes().all(plain) || !name.as_bytes()[0].is_ascii_lowercase() {
            return Err("must have 3 to 24 of a-z, 0-9 and _, and begin with a letter".into());
        }
        if RESERVED.contains(&name.as_str()) {
            return Err("is kept for the service: choose another".into());
        }
        Ok(Self(name))
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address to write to, in small letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let address = text.trim().to_lowercase();
        // SMTP's own limit, RFC 5321 section 4.5.3.1.
        if address.len() > 254 || !email_address::EmailAddress::is_valid(&address) || !address.contains('.') {
            return Err("must be an email address such as name@example.com".into());
        }
        Ok(Self(address))
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A password as typed: 10 to 200 characters. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// The characters.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Password {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.chars().count() {
            10..=200 => Ok(Self(text.into())),
            _ => Err("must have 10 to 200 characters".into()),
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

serde_as_text!(Handle);
serde_as_text!(Email);

impl serde::Serialize for Password {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Password {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        <std::borrow::Cow<'de, str>>::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_plain_and_never_pass_for_the_service() {
        assert_eq!("@Mina_7".parse::<Handle>().unwrap().as_str(), "mina_7");
        for refused in ["", "ab", "7up", "_me", "min a", "미나", "admin", "a-b", &"x".repeat(25)] {
            assert!(refused.parse::<Handle>().is_err(), "{refused}");
        }
    }

    #[test]
    fn emails_are_addresses() {
        assert_eq!(" Mina@Example.COM ".parse::<Email>().unwrap().as_str(), "mina@example.com");
        for refused in ["", "mina", "mina@", "@example.com", "mina@localhost", "a b@example.com", "a@b.c\nBcc: x@y.z"] {
            assert!(refused.parse::<Email>().is_err(), "{refused}");
        }
    }

    #[test]
    fn a_password_has_a_length_and_is_not_printed() {
        assert!("짧은암호".parse::<Password>().is_err());
        let password: Password = "correct horse battery".parse().unwrap();
        assert_eq!(format!("{password:?}"), "Password");
        assert!("x".repeat(201).parse::<Password>().is_err());
    }
}
