//! New versions of the program: looked for in a signed feed, installed when the person says so.
//!
//! A build without `HNH_UPDATE_FEED` and `HNH_UPDATE_KEY` looks nowhere. The feed is Tauri's: JSON with the version and,
//! for each system, an address and a signature by the key.

use tauri::{AppHandle, Url};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons};
use tauri_plugin_updater::{Error, UpdaterExt};

use crate::words::{Word, system_language};

/// Where new versions are told; an address of the web.
const FEED: Option<&str> = option_env!("HNH_UPDATE_FEED");

/// The public key that new versions are signed for, as `tauri signer generate` prints it.
const KEY: Option<&str> = option_env!("HNH_UPDATE_KEY");

/// Looks for a new version, where the build names a feed.
pub(crate) fn look(app: &AppHandle) {
    let (Some(feed), Some(key)) = (FEED, KEY) else { return };
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Err(error) = offer(&app, feed, key).await {
            tracing::info!(%error, "no new version");
        }
    });
}

/// Offers the version that the feed tells of, if it is newer than this one.
async fn offer(app: &AppHandle, feed: &str, key: &str) -> Result<(), Error> {
    let feed = Url::parse(feed)?;
    let updater = app.updater_builder().endpoints(vec![feed])?.pubkey(key).build()?;
    let Some(update) = updater.check().await? else { return Ok(()) };
    let lang = system_language();
    let buttons = MessageDialogButtons::OkCancelCustom(Word::Install.said(lang).into(), Word::Later.said(lang).into());
    let question = app.dialog().message(format!("{} {}", Word::NewVersion.said(lang), update.version));
    let (say, said) = tokio::sync::oneshot::channel();
    question.title("HnH").buttons(buttons).show(move |yes| {
        // The program may be on its way out.
        let _ = say.send(yes);
    });
    if said.await.unwrap_or(false) {
        update.download_and_install(|_, _| {}, || {}).await?;
        app.restart();
    }
    Ok(())
}
