//! The servers of a demo: as many as wanted behind nginx, on one PostgreSQL and one Redis.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::cloud::nginx;
use crate::folders::{self, Build};
use crate::services::{self, Cluster, Redis, Service};
use crate::step;

/// A server, as a pod is one.
pub(crate) struct Pod {
    pub(crate) address: SocketAddr,
    data: PathBuf,
    service: Option<Service>,
}

impl Pod {
    /// The process's number, where it runs.
    pub(crate) fn id(&self) -> Option<u32> {
        self.service.as_ref().map(Service::id)
    }

    /// Ends it as a lost node does.
    pub(crate) fn crash(&mut self) -> Result<()> {
        self.service.take().context("the server does not run")?.crash()
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn stop(&mut self) {
        drop(self.service.take());
    }
}

/// All of it; dropped in this order.
pub(crate) struct Stack {
    nginx: Service,
    pub(crate) pods: Vec<Pod>,
    redis: Redis,
    postgres: Service,
    pub(crate) cluster: Cluster,
    /// Where people reach it.
    pub(crate) front: SocketAddr,
    firewall: bool,
    folder: TempDir,
}

/// A free address of this machine's own.
pub(crate) fn address() -> Result<SocketAddr> {
    Ok(SocketAddr::from((Ipv4Addr::LOCALHOST, services::free_port()?)))
}

impl Stack {
    /// Starts everything, with the firewall in nginx or without.
    ///
    /// # Errors
    /// When something does not start.
    pub(crate) fn start(count: usize, firewall: bool) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("hnh-demo-").tempdir()?;
        let cluster = Cluster::make(tempfile::Builder::new().prefix("hnh-postgres-").tempdir()?)?;
        let postgres = cluster.start(&["shared_buffers=64MB"])?;
        cluster.create_database()?;
        let redis = services::redis()?;
        let front = address()?;
        let mut pods = Vec::new();
        for number in 0..count {
            pods.push(pod(folder.path(), number, &cluster.url(), &redis.url)?);
        }
        let behind: Vec<SocketAddr> = pods.iter().map(|pod| pod.address).collect();
        let conf = configure(folder.path(), front, &behind, firewall)?;
        step::capture(Command::new("/usr/sbin/nginx").arg("-t").arg("-c").arg(&conf))?;
        let mut nginx = services::leashed("/usr/sbin/nginx");
        let user = step::capture(Command::new("id").arg("-un"))?;
        nginx.arg("-c").arg(&conf).arg("-g").arg(format!("daemon off; user {};", user.trim()));
        nginx.stdout(Stdio::null()).stderr(Stdio::null());
        let nginx = Service::start(nginx, "QUIT", None)?;
        let nginx = nginx.wait_for("nginx", || TcpStream::connect(front).is_ok())?;
        Ok(Self { nginx, pods, redis, postgres, cluster, front, firewall, folder })
    }

    /// The process of nginx.
    pub(crate) fn nginx_id(&self) -> u32 {
        self.nginx.id()
    }

    /// Waits until nginx ends, as Ctrl-C ends it, and stops everything else.
    ///
    /// # Errors
    /// When nginx ends with another status than 0.
    pub(crate) fn until_stopped(self) -> Result<()> {
        let Self { nginx, pods, redis, postgres, cluster, folder, .. } = self;
        let ended = nginx.finish();
        drop((pods, redis, postgres, cluster, folder));
        ended
    }

    /// The address as a program is told it.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.front)
    }

    /// Starts one more server and gives it people.
    ///
    /// # Errors
    /// When it does not get ready; nobody was sent to it then.
    pub(crate) fn add(&mut self) -> Result<()> {
        let number = self.pods.len();
        self.pods.push(pod(self.folder.path(), number, &self.cluster.url(), &self.redis.url)?);
        self.balance()
    }

    /// Starts a crashed or stopped server again, at its address.
    ///
    /// # Errors
    /// When it does not get ready.
    pub(crate) fn restart(&mut self, number: usize) -> Result<()> {
        let pod = self.pods.get_mut(number).context("there is no such server")?;
        pod.service = Some(serve(pod.address, &pod.data, &self.cluster.url(), &self.redis.url)?);
        Ok(())
    }

    /// Takes the last server away as Kubernetes does: first no new requests, then the signal.
    ///
    /// # Errors
    /// When nginx cannot be told.
    pub(crate) fn remove_last(&mut self) -> Result<()> {
        let mut last = self.pods.pop().context("there is no server")?;
        self.balance()?;
        last.stop();
        Ok(())
    }

    /// Replaces a server: the new one is ready before the old one is asked to end.
    ///
    /// # Errors
    /// When the new one does not get ready; the old one goes on.
    pub(crate) fn replace(&mut self, number: usize) -> Result<()> {
        let data = self.folder.path().join(format!("next-{number}-{}", services::free_port()?));
        let fresh = pod_in(&data, &self.cluster.url(), &self.redis.url)?;
        let mut old = std::mem::replace(&mut self.pods[number], fresh);
        self.balance()?;
        old.stop();
        Ok(())
    }

    /// Starts a server of a bad image beside the others: its database is none of ours.
    ///
    /// # Errors
    /// Always, when all is well: it does not get ready.
    pub(crate) fn add_bad(&mut self) -> Result<()> {
        let data = self.folder.path().join("bad");
        let fresh = pod_in(&data, "postgres://hnh@127.0.0.1:1/none", &self.redis.url)?;
        self.pods.push(fresh);
        self.balance()
    }

    /// Tells nginx who is there, without dropping a connection.
    fn balance(&self) -> Result<()> {
        let behind: Vec<SocketAddr> = self.pods.iter().map(|pod| pod.address).collect();
        configure(self.folder.path(), self.front, &behind, self.firewall)?;
        step::capture(Command::new("kill").args(["-HUP", &self.nginx.id().to_string()]))?;
        // New workers have the new list once they accept; old ones finish what they have.
        std::thread::sleep(std::time::Duration::from_millis(400));
        Ok(())
    }

    /// The folder of the first server's data, and the settings that name its stores.
    pub(crate) fn settings(&self, data: &Path) -> [(&'static str, String); 3] {
        [
            ("HNH_DATA", data.display().to_string()),
            ("HNH_DATABASE_URL", self.cluster.url()),
            ("HNH_REDIS_URL", self.redis.url.clone()),
        ]
    }

    /// A folder of its own.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

fn pod(folder: &Path, number: usize, database: &str, redis: &str) -> Result<Pod> {
    pod_in(&folder.join(format!("pod-{number}-{}", services::free_port()?)), database, redis)
}

fn pod_in(data: &Path, database: &str, redis: &str) -> Result<Pod> {
    fs::create_dir_all(data)?;
    std::os::unix::fs::symlink(folders::data().join("catalog"), data.join("catalog"))?;
    let address = address()?;
    let service = serve(address, data, database, redis)?;
    Ok(Pod { address, data: data.to_owned(), service: Some(service) })
}

fn serve(address: SocketAddr, data: &Path, database: &str, redis: &str) -> Result<Service> {
    let mut server = services::shared_server(Build::Dev, address, data, database, redis);
    server.env("HNH_APP", folders::app()).stderr(Stdio::null());
    Service::start(server, "TERM", None)?.wait_for("a server", || services::is_ready(address))
}

/// The cluster's nginx files for these servers, with the firewall's rules where it is wanted.
fn configure(folder: &Path, front: SocketAddr, behind: &[SocketAddr], firewall: bool) -> Result<PathBuf> {
    let conf = nginx::configuration(folder, front, behind)?;
    if firewall {
        let text = fs::read_to_string(&conf)?;
        let rules = super::attack::rules(folder)?;
        let on = format!("  server {{\n    modsecurity on;\n    modsecurity_rules_file {};\n", rules.display());
        let text = text.replacen("  server {\n", &on, 1);
        fs::write(&conf, format!("load_module /usr/lib/nginx/modules/ngx_http_modsecurity_module.so;\n{text}"))?;
    }
    Ok(conf)
}
