//! `hnh-server serve`.

use anyhow::Context;
use tokio::net::TcpListener;

use crate::app::{App, system_clock};
use crate::app_files::AppFiles;
use crate::catalogue::{self, Catalogue};
use crate::config::Config;
use crate::http;
use crate::listen::{self, Drain};
use crate::operation::logs;

/// Serves until the process is asked to stop.
///
/// # Errors
/// When the address cannot be listened on or logging cannot start.
pub fn run(config: &Config) -> anyhow::Result<()> {
    logs::start(config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(config))
}

async fn serve(config: &Config) -> anyhow::Result<()> {
    let files = config.app.as_deref().map(AppFiles::new);
    match &config.app {
        Some(folder) if !folder.join("index.html").is_file() => {
            tracing::warn!(folder = %folder.display(), "there is no app in this folder");
        }
        Some(_) => {}
        None => tracing::info!("no app folder is set: serving the API alone"),
    }
    let app = App::new(Catalogue::new(config.catalogue()), files, config.tiles(), system_clock);
    let listener =
        TcpListener::bind(config.listen).await.with_context(|| format!("cannot listen on {}", config.listen))?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    // Loading goes on beside: until then /readyz says no.
    tokio::spawn(catalogue::watch(app.clone()));
    let drain = Drain { notice: config.drain_notice(), deadline: config.drain_deadline() };
    listen::serve(listener, http::router(app.clone(), config), app, listen::stop_signal(), drain).await;
    tracing::info!("stopped");
    Ok(())
}
