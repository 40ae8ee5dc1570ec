//! `hnh-server objects`: files in and out of the bucket, for the backups of a cluster.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Subcommand;
use futures_util::TryStreamExt;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};

use crate::app::system_clock;
use crate::objects::{self, Objects, get_file, put_file};

/// What to do with the bucket.
#[derive(Subcommand)]
pub enum ObjectsCommand {
    /// Put a file below a prefix, its name made of the time: backups/2026-11-27T024000Z.dump
    Put {
        /// The file
        file: PathBuf,
        /// The prefix, such as backups/
        prefix: String,
        /// Then remove what is below the prefix and older than so many days
        #[arg(long, value_name = "DAYS")]
        keep_days: Option<u32>,
        /// The bucket: s3://BUCKET
        #[arg(long, env = "HNH_OBJECTS_URL", value_name = "URL")]
        objects_url: String,
    },
    /// Get an object, or the newest below a prefix that ends with a slash
    Get {
        /// The object's key, or a prefix such as backups/
        key: String,
        /// The file to write
        file: PathBuf,
        /// The bucket: s3://BUCKET
        #[arg(long, env = "HNH_OBJECTS_URL", value_name = "URL")]
        objects_url: String,
    },
}

impl ObjectsCommand {
    /// Does it.
    ///
    /// # Errors
    /// When the bucket or the file cannot be read or written.
    pub fn run(self) -> Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            match self {
                Self::Put { file, prefix, keep_days, objects_url } => {
                    let objects = objects::open(&objects_url)?;
                    let key = put(&objects, &file, &prefix, system_clock()).await?;
                    println!("{key}");
                    if let Some(days) = keep_days {
                        println!(
                            "{} older than {days} days removed",
                            remove_older(&objects, &prefix, days, system_clock()).await?
                        );
                    }
                }
                Self::Get { key, file, objects_url } => {
                    let objects = objects::open(&objects_url)?;
                    println!("{}", get(&objects, &key, &file).await?);
                }
            }
            Ok(())
        })
    }
}

async fn put(objects: &Objects, file: &Path, prefix: &str, now_ms: i64) -> Result<Key> {
    let time = chrono::DateTime::from_timestamp_millis(now_ms).unwrap_or_default().format("%Y-%m-%dT%H%M%SZ");
    let ending = file.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    let key = Key::parse(format!("{}/{time}{ending}", prefix.trim_end_matches('/')))?;
    put_file(objects, file, &key).await?;
    Ok(key)
}

async fn remove_older(objects: &Objects, prefix: &str, days: u32, now_ms: i64) -> Result<usize> {
    let oldest_ms = now_ms - i64::from(days) * 86_400_000;
    let listed: Vec<_> = objects.list(Some(&Key::parse(prefix.trim_end_matches('/'))?)).try_collect().await?;
    let old = listed.into_iter().filter(|found| found.last_modified.timestamp_millis() < oldest_ms);
    let mut removed = 0;
    for found in old {
        objects.delete(&found.location).await?;
        removed += 1;
    }
    Ok(removed)
}

async fn get(objects: &Objects, key: &str, file: &Path) -> Result<Key> {
    let key = match key.strip_suffix('/') {
        None => Key::parse(key)?,
        Some(prefix) => {
            let listed: Vec<_> = objects.list(Some(&Key::parse(prefix)?)).try_collect().await?;
            let newest = listed.into_iter().max_by_key(|found| (found.last_modified, found.location.clone()));
            newest.with_context(|| format!("there is nothing below {prefix}/"))?.location
        }
    };
    get_file(objects, &key, file).await?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_newest_comes_back_and_the_old_goes() {
        let (bucket, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let objects = objects::folder(bucket.path()).unwrap();
        let (file, back) = (folder.path().join("hnh.dump"), folder.path().join("back"));
        assert!(get(&objects, "backups/", &back).await.is_err());
        let now_ms = system_clock();
        std::fs::write(&file, "first").unwrap();
        let first = put(&objects, &file, "backups/", now_ms - 86_400_000).await.unwrap();
        std::fs::write(&file, "second").unwrap();
        let second = put(&objects, &file, "backups/", now_ms).await.unwrap();
        assert!(second.as_ref().starts_with("backups/20") && second.as_ref().ends_with("Z.dump"), "{second}");
        assert_eq!(get(&objects, "backups/", &back).await.unwrap(), second);
        assert_eq!(std::fs::read_to_string(&back).unwrap(), "second");
        get(&objects, first.as_ref(), &back).await.unwrap();
        assert_eq!(std::fs::read_to_string(&back).unwrap(), "first");
        // Both were written now: in 36 days they are old.
        assert_eq!(remove_older(&objects, "backups/", 35, now_ms).await.unwrap(), 0);
        assert_eq!(remove_older(&objects, "backups/", 35, now_ms + 36 * 86_400_000).await.unwrap(), 2);
    }
}
