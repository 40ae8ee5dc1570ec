//! Catalogue versions in a bucket: published by one, taken up by every process that serves.
//!
//! ```text
//! catalog/CURRENT              the name of the current version
//! catalog/versions/NAME/…      its files
//! ```
//!
//! The pointer is written last, so that a reader finds every file of the version it names.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use futures_util::{StreamExt, TryStreamExt};
use hnh_catalog::versions::{Versions, check};
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

use crate::objects::{Objects, get_file, put_file};

/// Files on their way at once.
const AT_ONCE: usize = 4;
/// Versions that stay in the bucket.
const KEPT: usize = 3;
/// The longest name of a version, in bytes.
const MAX_NAME: u64 = 200;

fn pointer() -> Key {
    Key::from("catalog/CURRENT")
}

fn folder_of(version: &str) -> Key {
    Key::from_iter(["catalog", "versions", version])
}

/// The version that the bucket's pointer names; none before the first was published.
///
/// # Errors
/// When the bucket cannot be read.
pub(crate) async fn current(objects: &Objects) -> Result<Option<String>> {
    let found = match objects.get(&pointer()).await {
        Ok(found) => found,
        Err(object_store::Error::NotFound { .. }) => return Ok(None),
        Err(error) => return Err(error).context("catalog/CURRENT"),
    };
    ensure!(found.meta.size <= MAX_NAME, "catalog/CURRENT is no name");
    let name = String::from_utf8(found.bytes().await?.to_vec()).context("catalog/CURRENT is no text")?;
    Ok(Some(name.trim().to_owned()))
}

/// Publishes the data folder's current version, and removes old ones from the bucket.
///
/// # Errors
/// When there is none, or the bucket cannot be written.
pub(crate) async fn publish(objects: &Objects, data: &Path) -> Result<String> {
    let versions = Versions::new(data);
    let name = versions.current()?.context("there is no catalogue to publish: run `hnh-server catalog build` first")?;
    let folder = versions.folder(&name);
    let files = files_below(&folder)?;
    let uploads = futures_util::stream::iter(files).map(|file| upload(objects, folder.clone(), file, &name));
    uploads.buffer_unordered(AT_ONCE).try_collect::<()>().await?;
    objects.put(&pointer(), PutPayload::from(name.clone().into_bytes())).await?;
    remove_old(objects, &name).await?;
    Ok(name)
}

async fn upload(objects: &Objects, folder: PathBuf, file: PathBuf, version: &str) -> Result<()> {
    let inside = file.strip_prefix(&folder)?;
    let parts = inside.iter().map(|part| part.to_string_lossy().into_owned());
    let key =
        Key::from_iter(["catalog".to_owned(), "versions".to_owned(), version.to_owned()].into_iter().chain(parts));
    put_file(objects, &file, &key).await
}

/// Fetches the version that the bucket names into the data folder, unless it is there; whether it was fetched.
///
/// # Errors
/// When the bucket or the disk fails; then what was there before stays.
pub(crate) async fn take_up(objects: &Objects, data: &Path) -> Result<bool> {
    let Some(name) = current(objects).await? else { return Ok(false) };
    let versions = Versions::new(data);
    if versions.current()?.as_deref() == Some(&name) {
        return Ok(false);
    }
    let draft = versions.draft(&name)?;
    let folder = folder_of(&name);
    let listed: Vec<_> = objects.list(Some(&folder)).try_collect().await?;
    ensure!(!listed.is_empty(), "version {name} has no files");
    let downloads = futures_util::stream::iter(listed).map(|found| {
        let (draft, folder) = (&draft, &folder);
        async move {
            let inside = found.location.prefix_match(folder).context("a file outside of its version")?;
            let file = inside.fold(draft.clone(), |path, part| path.join(part.as_ref()));
            tokio::fs::create_dir_all(file.parent().unwrap_or(draft)).await?;
            get_file(objects, &found.location, &file).await
        }
    });
    downloads.buffer_unordered(AT_ONCE).try_collect::<()>().await?;
    let data = data.to_owned();
    let put_in_place = move || {
        // Publishing writes the digests anew: what was broken on its way is found before.
        check(&draft)?;
        Versions::new(&data).publish(&draft, &name).map(|_| true)
    };
    tokio::task::spawn_blocking(put_in_place).await?
}

async fn remove_old(objects: &Objects, current: &str) -> Result<()> {
    let listed = objects.list_with_delimiter(Some(&Key::from("catalog/versions"))).await?;
    let names = listed.common_prefixes.iter().filter_map(|folder| folder.filename().map(str::to_owned));
    // Names begin with the time, so their order is that of the builds.
    let mut names: Vec<String> = names.filter(|name| name != current).collect();
    names.sort();
    for name in names.iter().rev().skip(KEPT - 1) {
        let files: Vec<_> = objects.list(Some(&folder_of(name))).try_collect().await?;
        for file in files {
            objects.delete(&file.location).await?;
        }
    }
    Ok(())
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objects::PART;

    fn build(data: &Path, name: &str) {
        let versions = Versions::new(data);
        let draft = versions.draft(name).unwrap();
        std::fs::create_dir(draft.join("places")).unwrap();
        std::fs::write(draft.join("places/a"), name).unwrap();
        std::fs::write(draft.join("large"), vec![7; PART * 2 + 1]).unwrap();
        versions.publish(&draft, name).unwrap();
    }

    #[tokio::test]
    async fn what_one_publishes_another_takes_up_once() {
        let (bucket, builder, pod) =
            (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let objects = crate::objects::folder(bucket.path()).unwrap();
        assert!(!take_up(&objects, pod.path()).await.unwrap(), "nothing was published");
        assert!(publish(&objects, builder.path()).await.is_err(), "nothing was built");
        for name in ["2026-a", "2026-b", "2026-c", "2026-d"] {
            build(builder.path(), name);
            assert_eq!(publish(&objects, builder.path()).await.unwrap(), name);
            assert!(take_up(&objects, pod.path()).await.unwrap());
            assert!(!take_up(&objects, pod.path()).await.unwrap(), "it is here");
            let folder = Versions::new(pod.path()).folder(name);
            assert_eq!(std::fs::read_to_string(folder.join("places/a")).unwrap(), name);
            assert_eq!(std::fs::metadata(folder.join("large")).unwrap().len(), PART as u64 * 2 + 1);
        }
        let left: Vec<_> = objects.list(Some(&Key::from("catalog/versions"))).try_collect().await.unwrap();
        assert_eq!(left.len(), KEPT * 3, "two files of each version and their digests");
    }

    #[tokio::test]
    async fn a_name_from_outside_cannot_leave_the_folder() {
        let (bucket, pod) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let objects = crate::objects::folder(bucket.path()).unwrap();
        objects.put(&pointer(), PutPayload::from_static(b"../../etc")).await.unwrap();
        assert!(take_up(&objects, pod.path()).await.is_err());
        assert_eq!(Versions::new(pod.path()).current().unwrap(), None);
    }
}
