//! PostgreSQL, Redis and our own server on free loopback ports in temporary folders, stopped when
//! dropped. Should this program be killed, `setpriv --pdeathsig` lets the kernel stop them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

use crate::folders::{self, Build};
use crate::lan::Certificate;
use crate::step::{capture, run, shown};
use crate::system;

const POSTGRES: &str = "/usr/lib/postgresql/15/bin";

/// How long a service may take until it answers.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that runs until this is dropped.
pub(crate) struct Service {
    child: Child,
    stop: &'static str,
    /// Kept until the program has ended.
    #[cfg_attr(not(test), expect(dead_code, reason = "only its drop matters"))]
    folder: Option<TempDir>,
}

impl Service {
    /// Starts a program, which is asked to stop by the signal `stop`; its folder goes with it.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(crate) fn start(mut command: Command, stop: &'static str, folder: Option<TempDir>) -> Result<Self> {
        let child = command.spawn().with_context(|| format!("cannot start `{}`", shown(&command)))?;
        Ok(Self { child, stop, folder })
    }

    /// Waits until `ready` holds.
    ///
    /// # Errors
    /// When the program ends before, or it takes longer than a minute.
    pub(crate) fn wait_for(mut self, name: &str, ready: impl Fn() -> bool) -> Result<Self> {
        let started = Instant::now();
        while !ready() {
            if let Some(status) = self.child.try_wait()? {
                bail!("{name} ended with {status} before it was ready");
            }
            if started.elapsed() > PATIENCE {
                bail!("{name} is not ready after {} s", PATIENCE.as_secs());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(self)
    }

    /// The process's number.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends the program as a crash does: it is asked nothing.
    ///
    /// # Errors
    /// When it cannot be ended.
    pub(crate) fn crash(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Waits until the program ends by itself or by Ctrl-C.
    ///
    /// # Errors
    /// When it ends with another status than 0.
    pub(crate) fn finish(mut self) -> Result<()> {
        let status = self.child.wait()?;
        if !status.success() {
            bail!("ended with {status}");
        }
        Ok(())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let asked = Command::new("kill")
                .args(["-s", self.stop, &self.child.id().to_string()])
                .status()
                .is_ok_and(|status| status.success());
            if !asked && let Err(error) = self.child.kill() {
                eprintln!("cannot stop process {}: {error}", self.child.id());
            }
        }
        if let Err(error) = self.child.wait() {
            eprintln!("cannot wait for process {}: {error}", self.child.id());
        }
    }
}

/// A port of the loopback interface that nobody listens on now.
///
/// # Errors
/// When there is none.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// A command that ends when this program does.
pub(crate) fn leashed(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--"]).arg(program.as_ref());
    command
}

/// The same as another user, for PostgreSQL, which refuses root.
fn leashed_as_postgres(program: impl AsRef<Path>) -> Command {
    if !system::is_root() {
        return leashed(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
        .args(["--pdeathsig", "TERM", "--"])
        .arg(program.as_ref());
    command
}

/// A PostgreSQL with an empty database, tuned for reading from memory and for nothing that lasts.
pub(crate) struct Postgres {
    /// `postgres://USER@HOST:PORT/DATABASE` of a superuser.
    pub(crate) url: String,
    #[expect(dead_code, reason = "only its drop matters: before the files'")]
    service: Service,
    #[cfg_attr(not(test), expect(dead_code, reason = "only its drop matters"))]
    cluster: Cluster,
}

/// Starts PostgreSQL.
///
/// # Errors
/// When it does not start; its own words are on standard error.
pub(crate) fn postgres() -> Result<Postgres> {
    let folder = tempfile::Builder::new().prefix("hnh-postgres-").tempdir()?;
    let cluster = Cluster::make(folder)?;
    // What a careful operator would set for a read-mostly table that fits in memory.
    let service = cluster.start(&[
        "shared_buffers=1GB",
        "work_mem=64MB",
        "maintenance_work_mem=512MB",
        "jit=off",
        "random_page_cost=1.1",
        "max_wal_size=4GB",
        "fsync=off",
        "synchronous_commit=off",
    ])?;
    cluster.create_database()?;
    Ok(Postgres { url: cluster.url(), service, cluster })
}

/// The files of a PostgreSQL and its port: it can be started more than once.
pub(crate) struct Cluster {
    folder: TempDir,
    port: u16,
}

impl Cluster {
    /// Makes the files in a folder.
    ///
    /// # Errors
    /// When `initdb` refuses.
    pub(crate) fn make(folder: TempDir) -> Result<Self> {
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o700))?;
        if system::is_root() {
            run(Command::new("chown").arg("postgres:").arg(folder.path()))?;
        }
        let cluster = Self { folder, port: free_port()? };
        let mut initdb = leashed_as_postgres(postgres_program("initdb"));
        initdb
            .args(["--username=hnh", "--auth=trust", "--no-sync"])
            .args(["--encoding=UTF8", "--locale=C.UTF-8", "--pgdata"])
            .arg(cluster.data())
            .current_dir("/");
        capture(&mut initdb)?;
        Ok(cluster)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// `postgres://USER@HOST:PORT/DATABASE` of a superuser.
    pub(crate) fn url(&self) -> String {
        format!("postgres://hnh@127.0.0.1:{}/hnh", self.port)
    }

    fn address(&self) -> [String; 4] {
        ["-h".to_owned(), "127.0.0.1".to_owned(), "-p".to_owned(), self.port.to_string()]
    }

    /// Starts it with settings, ready for connections.
    ///
    /// # Errors
    /// When it does not start.
    pub(crate) fn start(&self, settings: &[&str]) -> Result<Service> {
        let mut server = leashed_as_postgres(postgres_program("postgres"));
        server
            .arg("-D")
            .arg(self.data())
            .args(["-p", &self.port.to_string()])
            .args(["-c", "listen_addresses=127.0.0.1"])
            .args(["-c", "unix_socket_directories="])
            .args(["-c", "log_min_messages=error", "-c", "max_connections=500"])
            .current_dir("/")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        for setting in settings {
            server.args(["-c", setting]);
        }
        // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
        Service::start(server, "INT", None)?.wait_for("PostgreSQL", || {
            let mut ready = Command::new(postgres_program("pg_isready"));
            ready.arg("-q").args(self.address()).status().is_ok_and(|status| status.success())
        })
    }

    /// Makes the empty database.
    ///
    /// # Errors
    /// When PostgreSQL refuses.
    pub(crate) fn create_database(&self) -> Result<()> {
        let mut create = Command::new(postgres_program("createdb"));
        capture(create.args(self.address()).args(["-U", "hnh", "hnh"])).map(drop)
    }
}

fn postgres_program(name: &str) -> PathBuf {
    PathBuf::from(POSTGRES).join(name)
}

/// A Redis that keeps nothing.
pub(crate) struct Redis {
    /// `redis://HOST:PORT/`.
    pub(crate) url: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "only its drop matters"))]
    service: Service,
}

/// Starts Redis.
///
/// # Errors
/// When it does not start.
pub(crate) fn redis() -> Result<Redis> {
    redis_on(free_port()?)
}

/// The same on a port, as after a restart.
///
/// # Errors
/// As [`redis`].
pub(crate) fn redis_on(port: u16) -> Result<Redis> {
    let folder = tempfile::Builder::new().prefix("hnh-redis-").tempdir()?;
    let mut server = leashed("redis-server");
    server
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
        .args(["--save", "", "--appendonly", "no", "--dir"])
        .arg(folder.path())
        .stdout(Stdio::null());
    let service = Service::start(server, "TERM", Some(folder))?
        .wait_for("Redis", || TcpStream::connect(("127.0.0.1", port)).is_ok())?;
    Ok(Redis { url: format!("redis://127.0.0.1:{port}/"), service })
}

/// Starts our server with the built app on a data folder, ready for requests.
///
/// # Errors
/// When it does not get ready; its own words are on standard error.
pub(crate) fn server(
    build: Build,
    listen: SocketAddr,
    data: &Path,
    certificate: Option<&Certificate>,
) -> Result<Service> {
    let mut server = leashed(folders::program("hnh-server", build));
    server
        .arg("serve")
        .env("HNH_LISTEN", listen.to_string())
        .env("HNH_APP", folders::app())
        .env("HNH_DATA", data)
        .current_dir(folders::root());
    if build == Build::Dev {
        // Tests sign up more people than one address may, and call nobody.
        server.env("HNH_NO_RATE_LIMITS", "true").env("HNH_TILES_URL", "off");
        // A key for a push service that nobody runs.
        server
            .env("HNH_PUSH_KEY", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE")
            .env("HNH_PUSH_SERVICES", "https://push.test");
    }
    let Some(Certificate { certificate, key }) = certificate else {
        return Service::start(server, "TERM", None)?.wait_for("the server", || is_ready(listen));
    };
    server.env("HNH_TLS_CERT", certificate).env("HNH_TLS_KEY", key);
    Service::start(server, "TERM", None)?.wait_for("the server", || TcpStream::connect(listen).is_ok())
}

/// The command of a server that shares a database and Redis with others, as pods do; what it says is thrown away.
pub(crate) fn shared_server(build: Build, address: SocketAddr, data: &Path, database: &str, redis: &str) -> Command {
    let mut server = leashed(folders::program("hnh-server", build));
    server
        .arg("serve")
        .env("HNH_LISTEN", address.to_string())
        .env("HNH_DATA", data)
        .env("HNH_DATABASE_URL", database)
        .env("HNH_REDIS_URL", redis)
        .env("HNH_NO_RATE_LIMITS", "true")
        .env("HNH_TILES_URL", "off")
        .current_dir(folders::root())
        .stdout(Stdio::null());
    server
}

/// Whether `/readyz` answers with 200.
pub(crate) fn is_ready(address: SocketAddr) -> bool {
    get(address, "/readyz").is_ok_and(|answer| answer.starts_with("HTTP/1.0 200"))
}

/// Whether `/healthz` answers with 200.
pub(crate) fn is_alive(address: SocketAddr) -> bool {
    get(address, "/healthz").is_ok_and(|answer| answer.starts_with("HTTP/1.0 200"))
}

/// Asks for the first page.
///
/// # Errors
/// When it is not the app's.
pub(crate) fn expect_page(address: SocketAddr) -> Result<()> {
    let answer = get(address, "/").with_context(|| format!("http://{address}/ does not answer"))?;
    let is_app = answer.starts_with("HTTP/1.0 200") && answer.contains("<div id=\"main\">");
    ensure!(is_app, "http://{address}/ is not the app's page: {}", answer.lines().next().unwrap_or_default());
    Ok(())
}

/// The whole reply to a plain request.
fn get(address: SocketAddr, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};

    use super::*;

    #[test]
    fn databases_answer_and_leave_nothing_behind() -> Result<()> {
        let missing = system::missing(&system::SERVICES);
        if !missing.is_empty() {
            eprintln!("skipped: not installed: {}", missing.join(" "));
            return Ok(());
        }
        let postgres = postgres()?;
        let answer = capture(
            Command::new("psql")
                .arg(&postgres.url)
                .args(["-tAc", "CREATE EXTENSION postgis; SELECT ST_Distance('POINT(0 0)', 'POINT(3 4)')"]),
        )?;
        assert_eq!(answer.trim_end(), "CREATE EXTENSION\n5");
        let redis = redis()?;
        let answer = capture(Command::new("redis-cli").args(["-u", &redis.url, "PING"]))?;
        assert_eq!(answer.trim_end(), "PONG");

        let kept = redis.service.folder.as_ref().map(|folder| folder.path().to_owned());
        let folders: Vec<PathBuf> = kept.into_iter().chain([postgres.cluster.folder.path().to_owned()]).collect();
        assert_eq!(folders.len(), 2);
        drop((postgres, redis));
        assert!(folders.iter().all(|folder| !folder.exists()));
        Ok(())
    }

    #[test]
    fn a_service_ends_with_its_owner() -> Result<()> {
        let mut command = leashed("sleep");
        command.arg("600");
        let service = Service::start(command, "TERM", None)?;
        let process = PathBuf::from(format!("/proc/{}", service.child.id()));
        assert!(process.exists());
        drop(service);
        assert!(!process.exists());
        Ok(())
    }

    #[test]
    fn a_service_that_ends_early_is_an_error() -> Result<()> {
        let service = Service::start(Command::new("false"), "TERM", None)?;
        let error = service.wait_for("it", || false).map(drop);
        assert!(error.is_err_and(|error| error.to_string().contains("before it was ready")));
        Ok(())
    }

    #[test]
    fn only_status_200_is_ready() -> Result<()> {
        for (answer, expected) in [("200 OK", true), ("503 Service Unavailable", false)] {
            let listener = TcpListener::bind("127.0.0.1:0")?;
            let address = listener.local_addr()?;
            let server = std::thread::spawn(move || -> std::io::Result<()> {
                let (mut stream, _) = listener.accept()?;
                // Closing with unread bytes would reset the connection and lose the answer.
                for line in BufReader::new(&stream).lines() {
                    if line?.is_empty() {
                        break;
                    }
                }
                write!(stream, "HTTP/1.0 {answer}\r\n\r\n")
            });
            assert_eq!(is_ready(address), expected);
            server.join().map_err(|_| anyhow::anyhow!("the server panicked"))??;
        }
        Ok(())
    }
}
