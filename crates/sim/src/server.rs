//! The whole server in process: it can be stopped, started again, and restored from a backup.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::Result;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use clap::Parser;
use hnh_server::app::{App, AppState};
use hnh_server::config::Config;
use hnh_server::db::Db;
use hnh_server::feeds::begin_epoch;
use hnh_server::http;
use http_body_util::BodyExt;
use tower::ServiceExt;

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    config: Config,
}

/// A server that runs.
pub(crate) struct Server {
    state: AppState,
    router: Router,
    config: Config,
    url: String,
    folder: PathBuf,
    /// Its time, ms UTC.
    pub(crate) clock: Arc<AtomicI64>,
}

impl Server {
    /// Starts one on a database.
    pub(crate) async fn open(url: &str, catalogue: &Path, folder: &Path, now_ms: i64) -> Result<Self> {
        let data = folder.join("data");
        fs::create_dir_all(&data)?;
        let link = data.join("catalog");
        if !link.exists() {
            std::os::unix::fs::symlink(catalogue, &link)?;
        }
        let data = data.display().to_string();
        let flags =
            ["hnh-server", "--data", &data, "--database-url", url, "--database-connections", "2", "--no-rate-limits"];
        let config = Flags::try_parse_from(flags)?.config;
        let clock = Arc::new(AtomicI64::new(now_ms));
        let state = start(&config, &clock).await?;
        let router = http::router(state.clone(), &config);
        Ok(Self { state, router, config, url: url.to_owned(), folder: folder.to_owned(), clock })
    }

    pub(crate) fn state(&self) -> &AppState {
        &self.state
    }

    pub(crate) fn router(&self) -> Router {
        self.router.clone()
    }

    pub(crate) async fn close(&self) {
        self.state.db.close().await;
    }

    /// Ends the process and starts another one.
    pub(crate) async fn restart(&mut self) -> Result<()> {
        self.close().await;
        self.state = start(&self.config, &self.clock).await?;
        self.router = http::router(self.state.clone(), &self.config);
        Ok(())
    }

    /// The database's file, where it is one.
    fn file(&self) -> Option<&Path> {
        self.url.strip_prefix("sqlite:").map(Path::new)
    }

    fn copy(&self) -> PathBuf {
        self.folder.join("backup.db")
    }

    /// Takes a backup in place of the last one; false where the database is not a file.
    pub(crate) async fn back_up(&self) -> Result<bool> {
        if self.file().is_none() {
            return Ok(false);
        }
        let _ = fs::remove_file(self.copy());
        self.state.db.copy_to(&self.copy()).await?;
        Ok(true)
    }

    /// Goes back to the last backup, as `hnh-server restore` does.
    pub(crate) async fn restore(&mut self) -> Result<()> {
        self.close().await;
        if let Some(file) = self.file() {
            for beside in ["-wal", "-shm"] {
                let _ = fs::remove_file(format!("{}{beside}", file.display()));
            }
            fs::copy(self.copy(), file)?;
        }
        let db = Db::open(&self.url, 1).await?;
        begin_epoch(&db).await?;
        db.close().await;
        self.restart().await
    }
}

async fn start(config: &Config, clock: &Arc<AtomicI64>) -> Result<AppState> {
    let clock = Arc::clone(clock);
    let state = App::open(config, move || clock.load(Ordering::SeqCst)).await?;
    state.catalogue.refresh()?;
    Ok(state)
}

/// Has a router answer: the status and the body.
pub(crate) async fn exchange(
    router: &Router,
    method: &str,
    path: &str,
    token: Option<&str>,
    body: String,
) -> (u16, String) {
    let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    if !body.is_empty() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    let Ok(request) = request.body(Body::from(body)) else { return (400, String::new()) };
    let Ok(response) = router.clone().oneshot(request).await;
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.map(|body| body.to_bytes().to_vec()).unwrap_or_default();
    (status, String::from_utf8_lossy(&body).into_owned())
}
