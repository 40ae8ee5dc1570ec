//! Whether a step's inputs are the same as when it last succeeded.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

/// A hash over everything a step reads.
#[derive(Default)]
pub(crate) struct Fingerprint(Sha256);

impl Fingerprint {
    /// Adds a piece of text, such as an argument or a tool's version.
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text);
        self
    }

    /// Adds a file's content, or all files below a folder with their names. What is absent counts as empty.
    ///
    /// # Errors
    /// When something there cannot be read.
    pub(crate) fn path(mut self, path: &Path) -> Result<Self> {
        if !path.exists() {
            return Ok(self.text(""));
        }
        for entry in WalkDir::new(path).sort_by_file_name() {
            let entry = entry?;
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(path).unwrap_or(entry.path());
                let content =
                    fs::read(entry.path()).with_context(|| format!("cannot read {}", entry.path().display()))?;
                self = self.text(&name.to_string_lossy());
                self.0.update((content.len() as u64).to_le_bytes());
                self.0.update(content);
            }
        }
        Ok(self)
    }

    /// The hash in hexadecimal.
    pub(crate) fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

/// The SHA-256 of a content in hexadecimal.
pub(crate) fn content_hash(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether `stamp` was written by [`remember`] with the same hash.
pub(crate) fn unchanged(stamp: &Path, hash: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|last| last == hash)
}

/// Notes that the step with these inputs has succeeded.
///
/// # Errors
/// When the stamp cannot be written.
pub(crate) fn remember(stamp: &Path, hash: &str) -> Result<()> {
    fs::write(stamp, hash).with_context(|| format!("cannot write {}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_boundary_changes_the_hash() {
        let one = Fingerprint::default().text("ab").text("c").finish();
        let other = Fingerprint::default().text("a").text("bc").finish();
        assert_ne!(one, other);
    }

    #[test]
    fn renaming_a_file_changes_the_hash() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let hash = || Fingerprint::default().path(folder.path()).map(Fingerprint::finish);
        fs::write(folder.path().join("a"), "same")?;
        let before = hash()?;
        fs::rename(folder.path().join("a"), folder.path().join("b"))?;
        assert_ne!(before, hash()?);
        Ok(())
    }
}
