//! Where photos, published catalogues and backups are: a folder, or a bucket that all processes share.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use futures_util::StreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart};
use reqwest::Url;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::http::tls;

/// How much of a file is held in memory, in bytes; S3 takes parts from 5 MiB.
pub(crate) const PART: usize = 5 * 1024 * 1024;

/// A store of objects, or a part of one.
pub type Objects = Arc<dyn ObjectStore>;

/// The bucket at an address such as `s3://BUCKET/PREFIX` or `file:///FOLDER`. Keys, region and endpoint of S3 come from the
/// environment (`AWS_…`), in a cluster from the pod's own role.
///
/// # Errors
/// When the address names no store, or the environment does not say how to reach it.
pub fn open(address: &str) -> Result<Objects> {
    tls::choose_provider();
    let url = Url::parse(address).context("HNH_OBJECTS_URL must look like s3://BUCKET")?;
    // Values are read by their names in small letters; what is not of the store is passed over.
    let settings = std::env::vars().filter(|(name, _)| name.starts_with("AWS_"));
    let settings = settings.map(|(name, value)| (name.to_ascii_lowercase(), value));
    let (store, prefix) = object_store::parse_url_opts(&url, settings).context("HNH_OBJECTS_URL")?;
    Ok(if prefix.as_ref().is_empty() { Arc::from(store) } else { Arc::new(PrefixStore::new(store, prefix)) })
}

/// A part of a store.
#[must_use]
pub fn part(objects: &Objects, name: &str) -> Objects {
    Arc::new(PrefixStore::new(Arc::clone(objects), name))
}

/// A folder, which is made.
///
/// # Errors
/// When the folder cannot be made.
pub fn folder(folder: &Path) -> Result<Objects> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    Ok(Arc::new(LocalFileSystem::new_with_prefix(folder)?))
}

/// Writes a file to the store, a part at a time.
///
/// # Errors
/// When one of the two fails; nothing is left then.
pub(crate) async fn put_file(objects: &Objects, file: &Path, key: &Key) -> Result<()> {
    let mut from = tokio::fs::File::open(file).await.with_context(|| file.display().to_string())?;
    let mut to = WriteMultipart::new(objects.put_multipart(key).await.with_context(|| key.to_string())?);
    let mut buffer = vec![0; PART];
    loop {
        let read = from.read(&mut buffer).await?;
        if read == 0 {
            break;
        }
        to.wait_for_capacity(1).await?;
        to.write(&buffer[..read]);
    }
    to.finish().await.with_context(|| key.to_string())?;
    Ok(())
}

/// Writes an object to a file, as it comes.
///
/// # Errors
/// When one of the two fails.
pub(crate) async fn get_file(objects: &Objects, key: &Key, file: &Path) -> Result<()> {
    let mut parts = objects.get(key).await.with_context(|| key.to_string())?.into_stream();
    let mut to = tokio::fs::File::create(file).await.with_context(|| file.display().to_string())?;
    while let Some(part) = parts.next().await {
        to.write_all(&part?).await?;
    }
    to.flush().await?;
    Ok(())
}
