//! The files of the finished app: named by content, listed for the service worker, compressed.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

use crate::fingerprint::content_hash;

/// When the service worker fetches a file for use without a network.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub(crate) enum When {
    /// Before the app counts as installed: it cannot start without it.
    Install,
    /// After the first start, when nothing else is to do: the map.
    Idle,
    /// Once it was asked for: fonts, of which a person needs a few of many.
    Use,
}

/// One line of `assets.json`.
#[derive(Serialize)]
pub(crate) struct Asset {
    /// The address on the server.
    pub(crate) path: String,
    /// SHA-256 of the content in hexadecimal.
    pub(crate) hash: String,
    /// Bytes before compression.
    pub(crate) size: usize,
    /// When to fetch it ahead.
    pub(crate) when: When,
}

/// Addresses by the names that sources use, such as `icons/icon.svg`.
pub(crate) type Addresses = BTreeMap<String, String>;

/// Puts addresses in a text in place of `{{NAME}}`; `{{*}}` becomes the whole table as JSON.
///
/// # Errors
/// When a name has no address, or a bracket does not close.
pub(crate) fn fill(template: &str, addresses: &Addresses) -> Result<String> {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").context("{{ without }}")?;
        text.push_str(before);
        match (name, addresses.get(name)) {
            ("*", _) => text.push_str(&serde_json::to_string(addresses)?),
            (_, Some(address)) => text.push_str(address),
            (_, None) => bail!("{{{{{name}}}}} names no file of the app"),
        }
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

/// `icons/icon.svg` with some of its content's hash: `icons/icon-0a1b2c3d4e.svg`.
pub(crate) fn hashed_name(name: &str, content: &[u8]) -> String {
    let hash = content_hash(content);
    let hash = &hash[..10];
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    let separator = if folder.is_empty() { "" } else { "/" };
    match file.split_once('.') {
        Some((stem, extension)) => format!("{folder}{separator}{stem}-{hash}.{extension}"),
        None => format!("{folder}{separator}{file}-{hash}"),
    }
}

/// Sizes of one file in bytes.
pub(crate) struct Size {
    /// As it lies there.
    pub(crate) raw: usize,
    /// With brotli, where that was worth it.
    pub(crate) brotli: Option<usize>,
}

impl Size {
    /// What a browser downloads.
    pub(crate) fn download(&self) -> usize {
        self.brotli.unwrap_or(self.raw)
    }
}

/// Puts `FILE.br` and `FILE.gz` beside every file that they make smaller; returns all sizes.
/// Results are kept in `cache` by content, since the best compression takes its time.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn compress(files: &[PathBuf], cache: &Path) -> Result<BTreeMap<PathBuf, Size>> {
    fs::create_dir_all(cache)?;
    let sizes = Mutex::new(BTreeMap::new());
    let waiting = Mutex::new(files.iter());
    let take = || waiting.lock().ok().and_then(|mut files| files.next());
    let work = || -> Result<()> {
        while let Some(file) = take() {
            let size = compress_one(file, cache)?;
            if let Ok(mut sizes) = sizes.lock() {
                sizes.insert(file.clone(), size);
            }
        }
        Ok(())
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().map_err(|_| anyhow::anyhow!("a thread that compresses has panicked"))?
        })
    })?;
    Ok(sizes.into_inner().unwrap_or_default())
}

fn compress_one(file: &Path, cache: &Path) -> Result<Size> {
    let content = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let raw = content.len();
    let packed_already = ["woff2", "png", "webp", "avif", "jpg", "pmtiles"];
    let extension = file.extension().and_then(OsStr::to_str).unwrap_or_default();
    if packed_already.contains(&extension) || raw < 512 {
        return Ok(Size { raw, brotli: None });
    }
    let hash = content_hash(&content);
    let brotli = cached(&cache.join(format!("{hash}.br")), || brotli(&content))?;
    // Worth a file of its own when at least a tenth is saved.
    if brotli.len() * 10 > raw * 9 {
        return Ok(Size { raw, brotli: None });
    }
    let gzip = cached(&cache.join(format!("{hash}.gz")), || gzip(&content))?;
    fs::write(with_ending(file, "br"), &brotli)?;
    fs::write(with_ending(file, "gz"), gzip)?;
    Ok(Size { raw, brotli: Some(brotli.len()) })
}

fn cached(file: &Path, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    if let Ok(known) = fs::read(file) {
        return Ok(known);
    }
    let made = make()?;
    // Written whole under another name first: an interrupted run must leave no half file behind.
    let unfinished = with_ending(file, "part");
    fs::write(&unfinished, &made)?;
    fs::rename(unfinished, file)?;
    Ok(made)
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: content.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_template_gets_addresses_and_refuses_unknown_names() -> Result<()> {
        let addresses = Addresses::from([("app.js".into(), "/assets/app-1.js".into())]);
        assert_eq!(fill("<a {{app.js}}> {{*}}", &addresses)?, r#"<a /assets/app-1.js> {"app.js":"/assets/app-1.js"}"#);
        assert!(fill("{{gone.js}}", &addresses).is_err());
        assert!(fill("{{app.js", &addresses).is_err());
        Ok(())
    }

    #[test]
    fn a_name_carries_its_contents_hash() {
        let name = hashed_name("icons/icon.svg", b"<svg/>");
        assert!(name.starts_with("icons/icon-") && name.ends_with(".svg"), "{name}");
        assert_ne!(name, hashed_name("icons/icon.svg", b"<svg />"));
    }

    #[test]
    fn compressed_files_hold_the_same_content() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("app.js");
        let content = "let x = 1;\n".repeat(500);
        fs::write(&file, &content)?;
        let sizes = compress(std::slice::from_ref(&file), &folder.path().join("cache"))?;
        assert!(sizes[&file].download() < content.len() / 10);
        let mut unpacked = String::new();
        brotli::Decompressor::new(fs::File::open(with_ending(&file, "br"))?, 4096).read_to_string(&mut unpacked)?;
        assert_eq!(unpacked, content);
        unpacked.clear();
        flate2::read::GzDecoder::new(fs::File::open(with_ending(&file, "gz"))?).read_to_string(&mut unpacked)?;
        assert_eq!(unpacked, content);
        Ok(())
    }
}
