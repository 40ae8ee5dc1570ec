//! Log lines by `tracing`, for people or for machines.
//!
//! Nothing personal is logged: a request's line has its method, route template, status and duration,
//! never its query, for that may hold a position.

use std::io::{IsTerminal, stderr};

use anyhow::{Context, anyhow};
use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// Starts logging to standard error.
///
/// # Errors
/// When the filter cannot be read or logging was started before.
pub fn start(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log).with_context(|| format!("HNH_LOG is \"{}\"", config.log))?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr).with_ansi(stderr().is_terminal());
    match config.log_format {
        LogFormat::Pretty => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    }
    .map_err(|error| anyhow!(error))
}
