//! Having the server send notifications to this browser.

use hnh_domain::account::PushKey;
use hnh_domain::calls::{GetPushKey, SetPushDevice};
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::Problem;

use crate::store::corrupt_data;
use crate::{Core, Host, Method};

const DEVICE: &str = "/push/device";

impl<H: Host> Handle<GetPushKey> for Core<H> {
    async fn handle(&self, _call: GetPushKey) -> Result<Json<PushKey>, Problem> {
        Ok(Json::written(self.send(Method::Get, "/push/key", None).await?))
    }
}

impl<H: Host> Handle<SetPushDevice> for Core<H> {
    async fn handle(&self, call: SetPushDevice) -> Result<Json<()>, Problem> {
        match call.device {
            Some(device) => {
                let body = serde_json::to_string(&device.checked()?).map_err(corrupt_data)?;
                self.send(Method::Put, DEVICE, Some(body)).await?;
            }
            None => drop(self.send(Method::Delete, DEVICE, None).await?),
        }
        Json::of(&())
    }
}
