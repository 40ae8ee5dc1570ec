//! What the device remembers for the interface: language, place, timers.

use hnh_domain::calls::{GetSetting, SetSetting};
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{FieldError, Problem};

use crate::{Core, Host};

/// The longest value in bytes: a setting is no store for records.
const VALUE_LIMIT: usize = 64 * 1024;

impl<H: Host> Handle<GetSetting> for Core<H> {
    async fn handle(&self, call: GetSetting) -> Result<Json<Option<String>>, Problem> {
        Json::of(&self.store().setting(&call.key)?)
    }
}

impl<H: Host> Handle<SetSetting> for Core<H> {
    async fn handle(&self, call: SetSetting) -> Result<Json<()>, Problem> {
        if call.value.as_ref().is_some_and(|v| v.len() > VALUE_LIMIT) {
            return Err(FieldError::new("value", "must be at most 64 KiB").into());
        }
        self.store().set_setting(&call.key, call.value.as_deref())?;
        Json::of(&())
    }
}
