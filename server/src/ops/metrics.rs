//! What Prometheus scrapes from `/metrics`.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

/// The media type of the text that [`Metrics::encode`] writes.
pub const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Counters and durations of this process.
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Histogram, fn() -> Histogram>,
    /// Catalogue versions swapped in since the start.
    pub catalogue_swaps: Counter,
    /// Catalogue versions that could not be opened.
    pub catalogue_failures: Counter,
}

/// A request's labels: few values each, or every address would be a series of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: String,
    status: u16,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("hnh");
        let requests = Family::new_with_constructor(durations as fn() -> Histogram);
        registry.register_with_unit(
            "http_request_duration",
            "Time to a reply's head by method, route template and status",
            Unit::Seconds,
            requests.clone(),
        );
        let catalogue_swaps = Counter::default();
        registry.register("catalogue_swaps", "Catalogue versions swapped in", catalogue_swaps.clone());
        let catalogue_failures = Counter::default();
        registry.register(
            "catalogue_failures",
            "Catalogue versions that could not be opened",
            catalogue_failures.clone(),
        );
        registry.register_collector(Box::new(Memory));
        Self { registry, requests, catalogue_swaps, catalogue_failures }
    }
}

/// 100 µs to 6.5 s: a search takes tens of microseconds, a slow disk seconds.
fn durations() -> Histogram {
    Histogram::new(exponential_buckets(0.0001, 4.0, 9))
}

impl Metrics {
    /// Counts a request.
    pub fn request(&self, method: &Method, route: &str, status: StatusCode, took: Duration) {
        let labels = RequestLabels { method: known(method), route: route.to_owned(), status: status.as_u16() };
        self.requests.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// Writes everything as OpenMetrics text, with the catalogue version being served.
    ///
    /// # Errors
    /// Never in practice: writing to a string.
    pub fn encode(&self, catalogue: Option<&str>) -> Result<String, std::fmt::Error> {
        let mut out = String::with_capacity(8 * 1024);
        text::encode_registry(&mut out, &self.registry)?;
        let mut momentary = Registry::with_prefix("hnh");
        momentary.register_collector(Box::new(Serving { version: catalogue.map(str::to_owned) }));
        text::encode_registry(&mut out, &momentary)?;
        text::encode_eof(&mut out)?;
        Ok(out)
    }
}

/// A method's name; anything can stand in a request line, so the unknown ones share a label.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// The catalogue being served, as an info-like gauge of 1 with the version as its label.
#[derive(Debug)]
struct Serving {
    version: Option<String>,
}

impl Collector for Serving {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let Some(version) = &self.version else { return Ok(()) };
        let one = ConstGauge::new(1_u64);
        let mut metric =
            encoder.encode_descriptor("catalogue_info", "Catalogue version being served", None, one.metric_type())?;
        one.encode(metric.encode_family(&[("version", version.as_str())])?)
    }
}

/// The process's resident memory, read when it is asked for.
#[derive(Debug)]
struct Memory;

impl Collector for Memory {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let Some(bytes) = resident_bytes() else { return Ok(()) };
        let gauge = ConstGauge::new(bytes);
        let metric = encoder.encode_descriptor(
            "process_resident_memory",
            "Resident memory of the process",
            Some(&Unit::Bytes),
            gauge.metric_type(),
        )?;
        gauge.encode(metric)
    }
}

/// Resident memory in bytes, where the system tells it (Linux).
#[must_use]
pub fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(kib.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_route_and_status() {
        let metrics = Metrics::default();
        for status in [StatusCode::OK, StatusCode::OK, StatusCode::BAD_REQUEST] {
            metrics.request(&Method::GET, "/api/v1/foods", status, Duration::from_micros(50));
        }
        metrics.request(&Method::from_bytes(b"BREW").unwrap(), "app", StatusCode::OK, Duration::from_secs(1));
        let text = metrics.encode(Some("v1")).unwrap();
        let line = |part: &str| text.lines().find(|l| l.contains(part)).unwrap_or_default().to_owned();
        assert_eq!(
            line(r#"_count{method="GET",route="/api/v1/foods",status="200"}"#),
            r#"hnh_http_request_duration_seconds_count{method="GET",route="/api/v1/foods",status="200"} 2"#
        );
        assert!(line(r#"_count{method="other",route="app",status="200"}"#).ends_with(" 1"));
        assert_eq!(line("hnh_catalogue_info{"), r#"hnh_catalogue_info{version="v1"} 1"#);
        assert!(text.ends_with("# EOF\n"));
    }
}
