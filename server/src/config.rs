//! What an operator sets: flags, each with an `HNH_` environment variable.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use axum::http::HeaderValue;
use clap::{Args, ValueEnum};
use hnh_domain::calls::TileSource;
use ipnet::IpNet;

use crate::push::{KNOWN_SERVICES, PushServices};

/// Street tiles of the whole world for anybody, without a key: <https://openfreemap.org>.
const OPEN_FREE_MAP: &str = "https://tiles.openfreemap.org/planet";
const OPEN_FREE_MAP_CREDIT: &str = "<a href=\"https://openfreemap.org\" target=\"_blank\">OpenFreeMap</a> \
    <a href=\"https://openmaptiles.org/\" target=\"_blank\">© OpenMapTiles</a> \
    <a href=\"https://www.openstreetmap.org/copyright\" target=\"_blank\">© OpenStreetMap contributors</a>";

/// Where street tiles of the world come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tiles {
    /// From this address.
    From(String),
    /// From nowhere.
    Off,
}

/// How `hnh-server serve` is set up.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Address and port to listen on; port 0 takes a free one, which the log names
    #[arg(long, env = "HNH_LISTEN", value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8000")]
    pub listen: SocketAddr,

    /// Folder of the data; the catalogue is in its folder `catalog`
    #[arg(long, env = "HNH_DATA", value_name = "FOLDER", default_value = "./data")]
    pub data: PathBuf,

    /// Folder of the built app; without it only the API is served
    #[arg(long, env = "HNH_APP", value_name = "FOLDER")]
    pub app: Option<PathBuf>,

    /// Certificate (PEM, with those that vouch for it) to speak HTTPS by itself; without it, HTTP, for a proxy or this machine
    #[arg(long, env = "HNH_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,

    /// The certificate's key (PEM)
    #[arg(long, env = "HNH_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,

    /// Street tiles of the world from outside, which browsers fetch themselves: the address of a TileJSON or of a .pmtiles file,
    /// or an XYZ template with {z}, {x}, {y}; `off` for none
    #[arg(long, env = "HNH_TILES_URL", value_name = "URL", default_value = OPEN_FREE_MAP, value_parser = tile_address)]
    pub tiles_url: Tiles,

    /// The words that the licence of other tiles asks to be shown on the map
    #[arg(long, env = "HNH_TILES_ATTRIBUTION", value_name = "TEXT")]
    pub tiles_attribution: Option<String>,

    /// Origins whose pages may call the API, separated by commas: tauri://localhost,https://app.example
    #[arg(long, env = "HNH_ALLOWED_ORIGINS", value_name = "ORIGINS", value_delimiter = ',', value_parser = origin)]
    pub allowed_origins: Vec<HeaderValue>,

    /// Database of what people write: sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME; without it, the file
    /// `hnh.db` in the data folder
    #[arg(long, env = "HNH_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// Connections to the database at most
    #[arg(long, env = "HNH_DATABASE_CONNECTIONS", value_name = "N", default_value_t = 10,
        value_parser = clap::value_parser!(u32).range(1..=500))]
    pub database_connections: u32,

    /// Bucket for photos and for catalogues that `hnh-server catalog publish` puts there: s3://BUCKET, with keys, region and
    /// endpoint in AWS_… variables or by the machine's role; without it, both are in the data folder
    #[arg(long, env = "HNH_OBJECTS_URL", value_name = "URL")]
    pub objects_url: Option<String>,

    /// Redis that several processes share to tell clients of changes at once: redis://HOST:PORT, or rediss:// over TLS
    #[arg(long, env = "HNH_REDIS_URL", value_name = "URL", hide_env_values = true)]
    pub redis_url: Option<String>,

    /// Where people reach the app, for links in mails; without it, the listening address
    #[arg(long, env = "HNH_PUBLIC_URL", value_name = "URL", value_parser = web_address)]
    pub public_url: Option<String>,

    /// Mail server: smtps://USER:PASSWORD@HOST; without it, mails are written to the log
    #[arg(long, env = "HNH_SMTP_URL", value_name = "URL", hide_env_values = true)]
    pub smtp_url: Option<String>,

    /// Sender of mails
    #[arg(long, env = "HNH_MAIL_FROM", value_name = "ADDRESS", default_value = "HnH <noreply@localhost.localdomain>")]
    pub mail_from: String,

    /// Secret key for notifications in browsers whose app is closed, as `hnh-server keys` prints it; without it, none are sent
    #[arg(long, env = "HNH_PUSH_KEY", value_name = "KEY", hide_env_values = true, allow_hyphen_values = true)]
    pub push_key: Option<String>,

    /// Push services that notifications are sent to, separated by commas; `*.` stands for any name before
    #[arg(long, env = "HNH_PUSH_SERVICES", value_name = "ORIGINS", default_value = KNOWN_SERVICES)]
    pub push_services: PushServices,

    /// Networks of proxies whose word on a client's address is taken, separated by commas: 10.0.0.0/8
    #[arg(long, env = "HNH_TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpNet>,

    /// Let recipes be imported from addresses of private networks too, such as a recipe keeper's at home; anybody with an account could
    /// then read what this server can reach
    #[arg(long, env = "HNH_IMPORT_FROM_PRIVATE_NETWORKS")]
    pub import_from_private_networks: bool,

    /// Do not limit how often accounts and addresses may try things; for tests of speed alone
    #[arg(long, env = "HNH_NO_RATE_LIMITS")]
    pub no_rate_limits: bool,

    /// What to log: error, warn, info, debug, or per part: info,hnh_server=debug
    #[arg(long, env = "HNH_LOG", value_name = "FILTER", default_value = "info")]
    pub log: String,

    /// Shape of the log lines
    #[arg(long, env = "HNH_LOG_FORMAT", value_enum, default_value_t = LogFormat::Pretty)]
    pub log_format: LogFormat,

    /// After SIGTERM, seconds in which new requests are still answered while /readyz already says no,
    /// so that load balancers notice
    #[arg(long, env = "HNH_DRAIN_NOTICE_SECONDS", value_name = "SECONDS", default_value_t = 0)]
    pub drain_notice_seconds: u64,

    /// After that, seconds that running requests have to finish
    #[arg(long, env = "HNH_DRAIN_SECONDS", value_name = "SECONDS", default_value_t = 20)]
    pub drain_seconds: u64,
}

/// The shape of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line, for machines.
    Json,
}

impl Config {
    /// The catalogue's folder.
    #[must_use]
    pub fn catalogue(&self) -> PathBuf {
        self.data.join("catalog")
    }

    /// The folder of photos.
    #[must_use]
    pub fn photos(&self) -> PathBuf {
        self.data.join("photos")
    }

    /// The database's URL.
    #[must_use]
    pub fn database(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite:{}", self.data.join("hnh.db").display()))
    }

    /// Where people reach the app.
    #[must_use]
    pub fn public_url(&self) -> String {
        let scheme = if self.tls_cert.is_some() { "https" } else { "http" };
        self.public_url.clone().unwrap_or_else(|| format!("{scheme}://{}", self.listen))
    }

    /// The street tiles from outside.
    ///
    /// # Errors
    /// When somebody's tiles come without the words that their licence asks for.
    pub fn tiles(&self) -> anyhow::Result<Option<TileSource>> {
        let Tiles::From(url) = &self.tiles_url else { return Ok(None) };
        let usual = (url == OPEN_FREE_MAP).then(|| OPEN_FREE_MAP_CREDIT.to_owned());
        let attribution = self.tiles_attribution.clone().or(usual).with_context(|| {
            format!("HNH_TILES_ATTRIBUTION is missing: say whom the licence of the tiles at {url} asks to name")
        })?;
        Ok(Some(TileSource { url: url.clone(), attribution }))
    }

    /// For how long new requests are answered after the signal to stop.
    #[must_use]
    pub fn drain_notice(&self) -> Duration {
        Duration::from_secs(self.drain_notice_seconds)
    }

    /// How long running requests have to finish.
    #[must_use]
    pub fn drain_deadline(&self) -> Duration {
        Duration::from_secs(self.drain_seconds)
    }
}

/// Scheme, host and port of a web address: what a content security policy names.
pub(crate) fn origin_of(url: &str) -> Option<&str> {
    let host = url.find("://")? + 3;
    let end = url[host..].find('/').map_or(url.len(), |slash| host + slash);
    Some(&url[..end])
}

fn web_address(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, ';' | ',' | '"' | '\'');
    let known = text.starts_with("https://") || text.starts_with("http://");
    if known && origin_of(text).is_some_and(|origin| origin.chars().all(plain)) {
        Ok(text.to_owned())
    } else {
        Err("must begin with https:// or http:// and name a host".to_owned())
    }
}

fn tile_address(text: &str) -> Result<Tiles, String> {
    if text == "off" { Ok(Tiles::Off) } else { web_address(text).map(Tiles::From) }
}

fn origin(text: &str) -> Result<HeaderValue, String> {
    match origin_of(text) {
        Some(origin) if origin == text => HeaderValue::from_str(text).map_err(|error| error.to_string()),
        _ => Err("must be a scheme and a host without a path: https://app.example".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        config: Config,
    }

    fn parse(arguments: &[&str]) -> Result<Config, clap::Error> {
        Cli::try_parse_from([&["hnh-server"], arguments].concat()).map(|cli| cli.config)
    }

    #[test]
    fn tiles_come_with_their_credit() {
        assert!(parse(&["--tiles-url", "https://tiles.example/{z}/{x}/{y}.png"]).unwrap().tiles().is_err());
        assert!(parse(&[]).unwrap().tiles().unwrap().unwrap().attribution.contains("OpenStreetMap"));
        assert_eq!(parse(&["--tiles-url", "off"]).unwrap().tiles().unwrap(), None);
        let config =
            parse(&["--tiles-url", "https://tiles.example/{z}/{x}/{y}.png", "--tiles-attribution", "© Tiles"]).unwrap();
        let tiles = config.tiles().unwrap().unwrap();
        assert_eq!(tiles.attribution, "© Tiles");
        assert_eq!(origin_of(&tiles.url), Some("https://tiles.example"));
    }

    #[test]
    fn an_address_cannot_smuggle_a_directive_into_the_policy() {
        let refused = parse(&["--tiles-url", "https://a;script-src *", "--tiles-attribution", "x"]);
        assert!(refused.is_err());
    }

    #[test]
    fn origins_have_no_path() {
        let config = parse(&["--allowed-origins", "tauri://localhost,https://app.example"]).unwrap();
        assert_eq!(config.allowed_origins.len(), 2);
        assert!(parse(&["--allowed-origins", "https://app.example/"]).is_err());
        assert!(parse(&["--allowed-origins", "*"]).is_err());
    }
}
