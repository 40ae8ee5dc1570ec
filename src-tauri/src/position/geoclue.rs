//! Linux: GeoClue2 on the system bus, <https://www.freedesktop.org/software/geoclue/docs/>.

use std::time::Duration;

use hnh_domain::geo::LatLon;
use zbus::export::ordered_stream::OrderedStreamExt;
use zbus::zvariant::OwnedObjectPath;
use zbus::{Connection, Error, proxy};

use super::Missing;

/// The service answers nothing at all where no agent may allow it; nobody waits for that.
const PATIENCE: Duration = Duration::from_secs(10);

/// Street level: enough for what is near, and no more.
const STREET: u32 = 6;

#[proxy(
    interface = "org.freedesktop.GeoClue2.Manager",
    default_service = "org.freedesktop.GeoClue2",
    default_path = "/org/freedesktop/GeoClue2/Manager"
)]
trait Manager {
    fn get_client(&self) -> zbus::Result<OwnedObjectPath>;
    fn delete_client(&self, client: &OwnedObjectPath) -> zbus::Result<()>;
}

#[proxy(interface = "org.freedesktop.GeoClue2.Client", default_service = "org.freedesktop.GeoClue2")]
trait Client {
    fn start(&self) -> zbus::Result<()>;
    #[zbus(property)]
    fn set_desktop_id(&self, id: &str) -> zbus::Result<()>;
    #[zbus(property)]
    fn set_requested_accuracy_level(&self, level: u32) -> zbus::Result<()>;
    #[zbus(property)]
    fn location(&self) -> zbus::Result<OwnedObjectPath>;
    #[zbus(signal)]
    fn location_updated(&self, old: OwnedObjectPath, new: OwnedObjectPath) -> zbus::Result<()>;
}

#[proxy(interface = "org.freedesktop.GeoClue2.Location", default_service = "org.freedesktop.GeoClue2")]
trait Location {
    #[zbus(property)]
    fn latitude(&self) -> zbus::Result<f64>;
    #[zbus(property)]
    fn longitude(&self) -> zbus::Result<f64>;
}

/// Asks GeoClue2.
pub(super) async fn locate() -> Result<LatLon, Missing> {
    match tokio::time::timeout(PATIENCE, ask()).await {
        Err(_) => Err(Missing::Slow),
        Ok(Ok(Some(position))) => Ok(position),
        Ok(Ok(None)) => Err(Missing::Absent),
        Ok(Err(error)) => {
            tracing::info!(%error, "no position from GeoClue2");
            Err(if is_refusal(&error) { Missing::Denied } else { Missing::Absent })
        }
    }
}

fn is_refusal(error: &Error) -> bool {
    matches!(error, Error::MethodError(name, ..) if name.as_str() == "org.freedesktop.DBus.Error.AccessDenied")
}

async fn ask() -> zbus::Result<Option<LatLon>> {
    let bus = Connection::system().await?;
    let manager = ManagerProxy::new(&bus).await?;
    let path = manager.get_client().await?;
    let client = ClientProxy::builder(&bus).path(&path)?.build().await?;
    client.set_desktop_id("HnH").await?;
    client.set_requested_accuracy_level(STREET).await?;
    let mut updates = client.receive_location_updated().await?;
    client.start().await?;
    let found = updates.next().await;
    let position = match found {
        Some(update) => position_at(&bus, update.args()?.new()).await?,
        None => None,
    };
    // The service forgets a client that goes anyway.
    let _ = manager.delete_client(&path).await;
    Ok(position)
}

async fn position_at(bus: &Connection, path: &OwnedObjectPath) -> zbus::Result<Option<LatLon>> {
    let location = LocationProxy::builder(bus).path(path)?.build().await?;
    Ok(LatLon::new(location.latitude().await?, location.longitude().await?).ok())
}
