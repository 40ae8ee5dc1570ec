//! A desktop's services for tests, on the bus of `DBUS_SESSION_BUS_ADDRESS`: GeoClue2 and notifications.
//!
//! `desktop_services found LAT LON | denied | hanging`. Each notification is printed as a line of JSON; a line on the
//! standard input clicks the newest.

#![expect(missing_docs, reason = "zbus writes public signals for what is private here")]

use std::io::BufRead;

use serde_json::json;
use zbus::object_server::{ObjectServer, SignalEmitter};
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue};
use zbus::{connection, fdo, interface};

const CLIENT: &str = "/org/freedesktop/GeoClue2/Client/1";
const LOCATION: &str = "/org/freedesktop/GeoClue2/Client/1/Location/1";
const NOTIFICATIONS: &str = "/org/freedesktop/Notifications";

#[derive(Clone, Copy)]
enum Mode {
    Found(f64, f64),
    Denied,
    Hanging,
}

struct Manager(Mode);

#[interface(name = "org.freedesktop.GeoClue2.Manager")]
impl Manager {
    async fn get_client(&self, #[zbus(object_server)] server: &ObjectServer) -> fdo::Result<OwnedObjectPath> {
        server.at(CLIENT, Client(self.0)).await?;
        Ok(ObjectPath::from_static_str_unchecked(CLIENT).into())
    }

    async fn delete_client(
        &self,
        client: OwnedObjectPath,
        #[zbus(object_server)] server: &ObjectServer,
    ) -> fdo::Result<()> {
        server.remove::<Client, _>(&client).await?;
        server.remove::<Location, _>(LOCATION).await?;
        Ok(())
    }
}

struct Client(Mode);

#[interface(name = "org.freedesktop.GeoClue2.Client")]
impl Client {
    async fn start(
        &self,
        #[zbus(object_server)] server: &ObjectServer,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> fdo::Result<()> {
        match self.0 {
            Mode::Denied => Err(fdo::Error::AccessDenied("no agent allows it".into())),
            Mode::Hanging => Ok(()),
            Mode::Found(latitude, longitude) => {
                server.at(LOCATION, Location { latitude, longitude }).await?;
                let (old, new) =
                    (ObjectPath::from_static_str_unchecked("/"), ObjectPath::from_static_str_unchecked(LOCATION));
                Ok(emitter.location_updated(old, new).await?)
            }
        }
    }

    #[zbus(signal)]
    async fn location_updated(
        emitter: &SignalEmitter<'_>,
        old: ObjectPath<'_>,
        new: ObjectPath<'_>,
    ) -> zbus::Result<()>;

    #[zbus(property)]
    fn desktop_id(&self) -> &str {
        ""
    }

    #[zbus(property)]
    fn set_desktop_id(&self, _id: &str) {}

    #[zbus(property)]
    fn requested_accuracy_level(&self) -> u32 {
        0
    }

    #[zbus(property)]
    fn set_requested_accuracy_level(&self, _level: u32) {}
}

struct Location {
    latitude: f64,
    longitude: f64,
}

#[interface(name = "org.freedesktop.GeoClue2.Location")]
impl Location {
    #[zbus(property)]
    fn latitude(&self) -> f64 {
        self.latitude
    }

    #[zbus(property)]
    fn longitude(&self) -> f64 {
        self.longitude
    }
}

struct Notifications(u32);

#[interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[expect(clippy::too_many_arguments, reason = "the specification's signature")]
    fn notify(
        &mut self,
        _app: &str,
        _replaces: u32,
        _icon: &str,
        summary: &str,
        body: &str,
        _actions: Vec<String>,
        _hints: std::collections::HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        self.0 += 1;
        println!("{}", json!({ "id": self.0, "summary": summary, "body": body }));
        self.0
    }

    fn get_capabilities(&self) -> Vec<String> {
        vec!["actions".into(), "body".into()]
    }

    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("test", "hnh", "1", "1.2")
    }

    fn close_notification(&self, _id: u32) {}

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;
}

fn mode() -> Option<Mode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["found", latitude, longitude] => Some(Mode::Found(latitude.parse().ok()?, longitude.parse().ok()?)),
        ["denied"] => Some(Mode::Denied),
        ["hanging"] => Some(Mode::Hanging),
        _ => None,
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> zbus::Result<()> {
    let Some(mode) = mode() else {
        eprintln!("usage: desktop_services found LAT LON | denied | hanging");
        std::process::exit(2);
    };
    let bus = connection::Builder::session()?
        .serve_at("/org/freedesktop/GeoClue2/Manager", Manager(mode))?
        .serve_at(NOTIFICATIONS, Notifications(0))?
        .name("org.freedesktop.GeoClue2")?
        .name("org.freedesktop.Notifications")?
        .build()
        .await?;
    println!("{}", json!({ "ready": true }));
    let (say, mut said) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        std::io::stdin().lock().lines().map_while(Result::ok).try_for_each(|line| say.send(line))
    });
    while said.recv().await.is_some() {
        let notifications = bus.object_server().interface::<_, Notifications>(NOTIFICATIONS).await?;
        let newest = notifications.get().await.0;
        notifications.signal_emitter().action_invoked(newest, "default").await?;
    }
    std::future::pending().await
}
