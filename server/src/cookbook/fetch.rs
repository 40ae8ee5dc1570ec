//! Fetching a page that a person names: public hosts alone, within a time and a size, and where the site's robots.txt lets it.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use anyhow::Context;
use hnh_domain::problem::{FieldError, ProblemCode};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::LOCATION;
use reqwest::{Client, Response, StatusCode, Url};
use texting_robots::Robot;

use crate::http::problem::Refusal;

/// How we name ourselves to sites, and to their robots.txt.
const AGENT: &str = concat!("HnH/", env!("CARGO_PKG_VERSION"), " (recipe import by a person)");
const ROBOT: &str = "HnH";
/// How long a site has to answer, each time.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a site may send elsewhere.
const REDIRECTS: usize = 5;
/// The largest robots.txt that is read, in bytes, as RFC 9309 has it.
const MAX_ROBOTS: usize = 500 * 1024;

/// Fetches pages.
pub struct PageFetcher {
    client: Client,
    private: bool,
}

/// Refuses addresses that are not of the public internet, so that a page's name can lead nobody into the operator's network.
struct PublicHosts {
    private: bool,
}

impl Resolve for PublicHosts {
    fn resolve(&self, name: Name) -> Resolving {
        let private = self.private;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let public: Vec<SocketAddr> = found.into_iter().filter(|a| private || is_public(a.ip())).collect();
            if public.is_empty() {
                return Err(io::Error::other("the host has no public address").into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the public internet, by IANA's registries of special-purpose addresses.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => is_public_v4(ip),
            None => is_public_v6(ip),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = match (a, b, c) {
        // Carriers' own networks.
        (100, 64..=127, _) => true,
        // Protocol assignments, and relays of 6to4.
        (192, 0, 0) | (192, 88, 99) => true,
        // Benchmarks of networks.
        (198, 18 | 19, _) => true,
        // This network, and what is reserved.
        (0 | 240..=255, ..) => true,
        _ => ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_multicast() || ip.is_documentation(),
    };
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    // Global unicast, without documentation, and without Teredo and 6to4, which carry addresses of IPv4.
    let global = (0x2000..0x4000).contains(&first);
    let special = matches!((first, second), (0x2001, 0..=0x1ff) | (0x2001, 0x0db8) | (0x2002, _) | (0x3fff, 0..=0xfff));
    global && !special
}

fn unreachable() -> Refusal {
    ProblemCode::PageUnreachable.into()
}

fn no_address() -> Refusal {
    FieldError::new("url", "must be a web address: https://…").into()
}

impl PageFetcher {
    /// A fetcher; `private` lets it reach the networks of the operator, too.
    ///
    /// # Errors
    /// When the client for it cannot be made.
    pub fn new(private: bool) -> anyhow::Result<Self> {
        let client = Client::builder()
            .user_agent(AGENT)
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            // A proxy would look names up by itself.
            .no_proxy()
            .dns_resolver(PublicHosts { private });
        Ok(Self { client: client.build().context("the client for importing recipes")?, private })
    }

    /// The page's bytes, and the address where it was in the end.
    pub(super) async fn fetch(&self, address: &str) -> Result<(Vec<u8>, Url), Refusal> {
        let typed = address.trim();
        let with_scheme = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
        let mut url = Url::parse(&with_scheme).map_err(|_| no_address())?;
        for _ in 0..=REDIRECTS {
            self.check(&url)?;
            if !self.robots_allow(&url).await {
                return Err(ProblemCode::PageRefuses.into());
            }
            let response = self.client.get(url.clone()).send().await.map_err(|_| unreachable())?;
            let status = response.status();
            if status.is_redirection() {
                let next = response.headers().get(LOCATION).and_then(|to| to.to_str().ok()).ok_or_else(unreachable)?;
                url = url.join(next).map_err(|_| unreachable())?;
                continue;
            }
            if !status.is_success() {
                return Err(unreachable());
            }
            let bytes = read(response, hnh_recipe_page::MAX_BYTES).await?;
            return Ok((bytes, url));
        }
        Err(unreachable())
    }

    /// Refuses what is no address of a page: other schemes and ports, names and passwords, hosts by number that are not public.
    fn check(&self, url: &Url) -> Result<(), Refusal> {
        let host = url.host_str().ok_or_else(no_address)?;
        let ip: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        let web = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
        let usual = self.private || matches!(url.port_or_known_default(), Some(80 | 443));
        let public = self.private || ip.is_none_or(is_public);
        if web && usual && public { Ok(()) } else { Err(no_address()) }
    }

    /// Whether the site's robots.txt lets us read the page; one that cannot be had forbids nothing, as RFC 9309 has it, unless the
    /// site itself is broken.
    async fn robots_allow(&self, url: &Url) -> bool {
        let Ok(robots) = url.join("/robots.txt") else { return true };
        let Ok(response) = self.client.get(robots).send().await else { return true };
        if response.status().is_server_error() || response.status() == StatusCode::TOO_MANY_REQUESTS {
            return false;
        }
        if !response.status().is_success() {
            return true;
        }
        let Ok(text) = read(response, MAX_ROBOTS).await else { return true };
        Robot::new(ROBOT, &text).is_ok_and(|robot| robot.allowed(url.as_str()))
    }
}

/// A reply's body, refused when it is longer than `most` bytes.
async fn read(mut response: Response, most: usize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|_| unreachable())? {
        if bytes.len() + part.len() > most {
            return Err(ProblemCode::TooLarge.into());
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_public() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn only_addresses_of_pages_are_fetched() {
        let fetcher = PageFetcher::new(false).unwrap();
        let check = |url: &str| fetcher.check(&Url::parse(url).unwrap()).is_ok();
        assert!(check("https://soup.example/recipe?id=1"));
        for wrong in [
            "ftp://soup.example/",
            "file:///etc/passwd",
            "http://user:pw@soup.example/",
            "http://soup.example:22/",
            "http://127.0.0.1/",
            "http://[::1]/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://169.254.169.254/latest",
        ] {
            assert!(!check(wrong), "{wrong}");
        }
    }
}
