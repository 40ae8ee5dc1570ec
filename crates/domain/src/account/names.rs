//! Names and secrets that parse.

use std::fmt;
use std::str::FromStr;

use crate::problem::{FieldCode, FieldError};
use crate::written;

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
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        let name = text.trim().trim_start_matches('@').to_ascii_lowercase();
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
        if !(3..=24).contains(&name.len()) || !name.bytes().all(plain) || !name.as_bytes()[0].is_ascii_lowercase() {
            return Err(FieldError::new("handle", "must have 3 to 24 of a-z, 0-9 and _, and begin with a letter"));
        }
        if RESERVED.contains(&name.as_str()) {
            let message = "is kept for the service: choose another";
            return Err(FieldError::coded("handle", FieldCode::Reserved, message));
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
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        let address = text.trim().to_lowercase();
        // SMTP's own limit, RFC 5321 section 4.5.3.1.
        if address.len() > 254 || !email_address::EmailAddress::is_valid(&address) || !address.contains('.') {
            return Err(FieldError::new("email", "must be an email address such as name@example.com"));
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
    /// The fewest characters.
    pub const MIN: usize = 10;
    /// The most characters.
    pub const MAX: usize = 200;

    /// The characters.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Password {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        // The same password whatever keyboard composed it (RFC 8265, section 4.2); blanks at its ends are its own.
        let password = written::composed(text);
        match password.chars().count() {
            _ if password.chars().any(char::is_control) => Err(FieldError::unseen("password")),
            n if n < Self::MIN => Err(FieldError::too_short("password", Self::MIN)),
            n if n > Self::MAX => Err(FieldError::too_long("password", Self::MAX)),
            _ => Ok(Self(password)),
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

macro_rules! serde_by_parsing {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                // Whoever reads a whole form knows the field's name.
                text.parse().map_err(|error: FieldError| serde::de::Error::custom(error.message))
            }
        }
    };
}

serde_by_parsing!(Handle);
serde_by_parsing!(Email);
serde_by_parsing!(Password);

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
