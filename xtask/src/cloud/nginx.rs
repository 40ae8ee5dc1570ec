//! nginx with the cluster's configuration before the real server: the same answers as from the server alone.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::k8s;
use crate::folders::{self, Build};
use crate::services::{self, Service};
use crate::{release, step};

/// Headers that must be the same whoever answers.
const SAME: [&str; 9] = [
    "cache-control",
    "content-encoding",
    "content-security-policy",
    "content-type",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
];

/// Starts both and compares.
///
/// # Errors
/// When nginx refuses its configuration or answers otherwise than the server.
pub(super) fn try_out() -> Result<()> {
    release::build(Build::Dev)?;
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    fs::create_dir(&data)?;
    std::os::unix::fs::symlink(folders::data().join("catalog"), data.join("catalog"))?;
    let behind = SocketAddr::from((Ipv4Addr::LOCALHOST, services::free_port()?));
    // As an operator would start it, with the street tiles whose origin the policy names.
    let mut server = services::leashed(folders::program("hnh-server", Build::Dev));
    server.arg("serve").env("HNH_LISTEN", behind.to_string()).env("HNH_APP", folders::app()).env("HNH_DATA", &data);
    server.current_dir(folders::root()).stdout(Stdio::null());
    let server = Service::start(server, "TERM", None)?.wait_for("the server", || services::is_ready(behind))?;
    let front = SocketAddr::from((Ipv4Addr::LOCALHOST, services::free_port()?));
    let conf = configuration(folder.path(), front, &[behind])?;
    step::capture(Command::new("/usr/sbin/nginx").arg("-t").arg("-c").arg(&conf))?;
    let mut nginx = services::leashed("/usr/sbin/nginx");
    // Started as root it would serve as nobody, who may not read a build in root's own folder.
    let user = step::capture(Command::new("id").arg("-un"))?;
    nginx.arg("-c").arg(&conf).arg("-g").arg(format!("daemon off; user {};", user.trim())).stdout(Stdio::null());
    let nginx = Service::start(nginx, "QUIT", None)?;
    let nginx = nginx.wait_for("nginx", || TcpStream::connect(front).is_ok())?;
    let compared = compare(front, behind);
    drop((nginx, server));
    compared
}

/// The cluster's files with this machine's places in them.
///
/// # Errors
/// When they cannot be written.
pub(crate) fn configuration(
    folder: &std::path::Path,
    front: SocketAddr,
    behind: &[SocketAddr],
) -> Result<std::path::PathBuf> {
    let servers: Vec<String> = behind.iter().map(|address| format!("server {address};")).collect();
    let from = k8s().join("base/frontend");
    let here = |text: String| {
        let listen = format!("listen {front};");
        text.replace("/tmp/", &format!("{}/", folder.display()))
            .replace("listen 8080;", &listen)
            .replace("listen [::]:8080;", "")
            .replace("server hnh-server.backend.svc.cluster.local:8000;", &servers.join(" "))
            .replace("/usr/share/hnh/app", &folders::app().display().to_string())
            .replace("/etc/hnh/", &format!("{}/", folder.display()))
            .replace("/var/log/nginx/", &format!("{}/", folder.display()))
    };
    for name in ["nginx.conf", "headers.conf", "app-headers.conf", "proxy.conf"] {
        fs::write(folder.join(name), here(fs::read_to_string(from.join(name))?))?;
    }
    Ok(folder.join("nginx.conf"))
}

fn compare(front: SocketAddr, behind: SocketAddr) -> Result<()> {
    let assets: serde_json::Value = serde_json::from_slice(&fs::read(folders::app().join("assets.json"))?)?;
    let files = assets["files"].as_array().context("assets.json has no files")?;
    let mut paths: Vec<String> = files.iter().filter_map(|file| Some(file["path"].as_str()?.to_owned())).collect();
    let fixed =
        ["/", "/recipes", "/map?lat=37.5", "/manifest.webmanifest", "/sw.js", "/api/v1/catalogue", "/api/v1/none"];
    paths.extend(fixed.map(str::to_owned));
    for path in &paths {
        for accepted in ["gzip, deflate, br", "gzip"] {
            let (ours, theirs) = (ask(front, path, accepted)?, ask(behind, path, accepted)?);
            ensure!(ours.status == theirs.status, "{path}: nginx says {}, the server {}", ours.status, theirs.status);
            for name in SAME {
                ensure!(
                    ours.header(name) == theirs.header(name),
                    "{path} for \"{accepted}\": {name} is {:?} from nginx, {:?} from the server",
                    ours.header(name),
                    theirs.header(name)
                );
            }
        }
    }
    for path in ["/readyz", "/metrics", "/healthz"] {
        ensure!(ask(front, path, "")?.status == 404, "{path} is open to everybody");
    }
    ensure!(ask(front, "/nginx-health", "")?.status == 200, "nginx does not say that it is well");
    let socket = "GET /api/v1/live HTTP/1.1\r\nHost: hnh\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    // Nobody is signed in: the server itself refuses, which shows that the upgrade came through.
    let (ours, theirs) = (send(front, socket)?, send(behind, socket)?);
    ensure!(ours.status == theirs.status, "a socket: nginx says {}, the server {}", ours.status, theirs.status);
    println!("    {} addresses as from the server alone", paths.len());
    Ok(())
}

/// The head of a reply.
pub(crate) struct Reply {
    /// Its status.
    pub(crate) status: u16,
    headers: BTreeMap<String, String>,
}

impl Reply {
    /// A header in a form in which spellings that mean the same are the same.
    fn header(&self, name: &str) -> Option<String> {
        let value = self.headers.get(name)?;
        Some(value.replace("application/javascript", "text/javascript").replace("; charset=utf-8", ""))
    }
}

fn ask(address: SocketAddr, path: &str, accepted: &str) -> Result<Reply> {
    send(
        address,
        &format!("GET {path} HTTP/1.1\r\nHost: hnh\r\nConnection: close\r\nAccept-Encoding: {accepted}\r\n\r\n"),
    )
}

/// Sends a request and reads the head of the reply.
///
/// # Errors
/// When the connection breaks or what comes is no reply.
pub(crate) fn send(address: SocketAddr, request: &str) -> Result<Reply> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.write_all(request.as_bytes())?;
    let mut head = Vec::new();
    let mut buffer = [0; 4_096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut buffer)?;
        ensure!(read > 0, "the connection ended within the head of a reply");
        head.extend_from_slice(&buffer[..read]);
    }
    let text = String::from_utf8_lossy(&head);
    let mut lines = text.split("\r\n").take_while(|line| !line.is_empty());
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).context("no status")?;
    let headers = lines.filter_map(|line| line.split_once(": "));
    Ok(Reply { status, headers: headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect() })
}
