//! The session's token in the system's key store: Secret Service, Keychain, Credential Manager. Where there is none the
//! core keeps it in its database, in a folder that is the owner's alone.

use hnh_client::native::TokenStore;
use keyring::Entry;

/// The name that a person finds in the key store.
const SERVICE: &str = "HnH";

/// The key of one server.
pub(crate) struct Keys(Option<Entry>);

impl Keys {
    /// The key of the session at a server.
    pub(crate) fn of(server: &str) -> Self {
        let entry = Entry::new(SERVICE, server);
        Self(entry.inspect_err(|error| tracing::info!(%error, "no key store on this system")).ok())
    }
}

impl TokenStore for Keys {
    fn load(&self) -> Option<String> {
        self.0.as_ref()?.get_password().ok()
    }

    fn keep(&self, token: Option<&str>) -> bool {
        let Some(entry) = &self.0 else { return false };
        let done = match token {
            Some(token) => entry.set_password(token),
            None => entry.delete_credential(),
        };
        done.inspect_err(|error| tracing::info!(%error, "the key store did not take the token")).is_ok()
    }
}
