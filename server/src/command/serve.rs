//! `hnh-server serve`.

use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;

use crate::app::{App, AppState, system_clock};
use crate::config::Config;
use crate::http::listen::{self, Door, Drain};
use crate::http::tls;
use crate::ops::logs;
use crate::{board, catalogue, http, pruning};

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
    match &config.app {
        Some(folder) if !folder.join("index.html").is_file() => {
            tracing::warn!(folder = %folder.display(), "there is no app in this folder");
        }
        Some(_) => {}
        None => tracing::info!("no app folder is set: serving the API alone"),
    }
    let app = App::open(config, system_clock).await?;
    let listener =
        TcpListener::bind(config.listen).await.with_context(|| format!("cannot listen on {}", config.listen))?;
    let tls = match (&config.tls_cert, &config.tls_key) {
        (Some(certificate), Some(key)) => Some(tls::acceptor(certificate, key)?),
        _ => None,
    };
    tracing::info!(address = %listener.local_addr()?, tls = tls.is_some(), "listening");
    // Loading goes on beside: until then /readyz says no.
    tokio::spawn(catalogue::watch(app.clone()));
    tokio::spawn(remind_each_minute(app.clone()));
    tokio::spawn(prune_each_hour(app.clone()));
    let drain = Drain { notice: config.drain_notice(), deadline: config.drain_deadline() };
    listen::serve(Door { listener, tls }, http::router(app.clone(), config), app.clone(), listen::stop_signal(), drain)
        .await;
    app.db.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Tells people of meals that are soon, as long as the program runs.
async fn remind_each_minute(app: AppState) {
    let mut minute = tokio::time::interval(Duration::from_secs(60));
    loop {
        minute.tick().await;
        if let Err(refusal) = board::remind(&app).await {
            tracing::error!(problem = %refusal.problem(), "people could not be reminded of their meals");
        }
    }
}

/// Deletes what nobody needs any more, as long as the program runs.
async fn prune_each_hour(app: AppState) {
    let mut hour = tokio::time::interval(Duration::from_secs(3_600));
    loop {
        hour.tick().await;
        if let Err(refusal) = pruning::prune(&app).await {
            tracing::error!(problem = %refusal.problem(), "what is over could not be pruned");
        }
    }
}
