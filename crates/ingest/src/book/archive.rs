//! Archives: our own whole book, and those of other keepers, each a ZIP of recipes.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use hnh_domain::cookbook::BookRecipe;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zip::ZipArchive;

use super::{BookError, Found, FoundFile, MAX_BYTES, fitting, json, read_text, unpacked};

/// The name of the list in an archive of ours.
pub(super) const BOOK: &str = "book.json";
/// The folder of its photos.
pub(super) const PHOTOS: &str = "photos/";

/// The most files looked at, and the most that all of them have unpacked, in bytes.
const MAX_FILES: usize = 6_000;
const MAX_UNPACKED: usize = 64 * 1024 * 1024;
/// The most recipes taken.
const MAX_RECIPES: usize = 3_000;

/// The list of an archive of ours.
#[derive(Serialize, Deserialize)]
pub(super) struct Book {
    /// The format's version, 1.
    pub(super) hnh_book: u32,
    /// The recipes, whole.
    pub(super) recipes: Vec<BookRecipe>,
}

/// Unpacks within a bound.
struct Unpacker {
    left: usize,
}

impl Unpacker {
    fn take(&mut self, file: &mut impl Read) -> Result<Vec<u8>, BookError> {
        let most = self.left.min(MAX_BYTES);
        let mut bytes = Vec::new();
        // What cannot be unpacked is a damaged file, not a damaged archive.
        if file.take(most as u64 + 1).read_to_end(&mut bytes).is_err() {
            return Ok(Vec::new());
        }
        if bytes.len() > most {
            return Err(BookError::TooLarge);
        }
        self.left -= bytes.len();
        Ok(bytes)
    }
}

/// The recipes of an archive.
pub(super) fn read(bytes: &[u8]) -> Result<FoundFile, BookError> {
    let mut found = FoundFile::default();
    let mut unpacker = Unpacker { left: MAX_UNPACKED };
    collect(bytes, 1, &mut unpacker, &mut found)?;
    found.recipes.truncate(MAX_RECIPES);
    if found.recipes.is_empty() { Err(BookError::NoRecipe) } else { Ok(found) }
}

fn collect(bytes: &[u8], depth: u32, unpacker: &mut Unpacker, found: &mut FoundFile) -> Result<(), BookError> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BookError::NoRecipe)?;
    if zip.len() > MAX_FILES {
        return Err(BookError::TooLarge);
    }
    if zip.index_for_name(BOOK).is_some() {
        return own(&mut zip, unpacker, found);
    }
    for i in 0..zip.len() {
        let Ok(mut file) = zip.by_index(i) else { continue };
        let Ok(name) = file.name().map(|name| name.into_owned()) else { continue };
        let lower = name.to_lowercase();
        let ends = |ending: &str| lower.ends_with(ending);
        // Tandoor packs each recipe.
        if ends(".zip") {
            if depth > 0 {
                let inner = unpacker.take(&mut file)?;
                let known = found.recipes.len();
                match collect(&inner, depth - 1, unpacker, found) {
                    Err(BookError::TooLarge) => return Err(BookError::TooLarge),
                    _ if found.recipes.len() == known => found.unread.push(name),
                    _ => {}
                }
            }
            continue;
        }
        let wanted = [".json", ".html", ".htm", ".cook", ".txt", ".md", ".paprikarecipe"].iter().any(|end| ends(end));
        if !wanted || lower.contains("__macosx") {
            continue;
        }
        let content = unpacker.take(&mut file)?;
        let recipes = if ends(".paprikarecipe") {
            unpacked(&content).map(|json| json::read(&json)).unwrap_or_default()
        } else {
            read_text(&lower, &content)
        };
        let recipes: Vec<Found> = recipes.into_iter().filter_map(fitting).collect();
        if recipes.is_empty() {
            found.unread.push(name);
        }
        found.recipes.extend(recipes);
    }
    Ok(())
}

/// An archive of ours: everything comes back as it was.
fn own(zip: &mut ZipArchive<Cursor<&[u8]>>, unpacker: &mut Unpacker, found: &mut FoundFile) -> Result<(), BookError> {
    let list = zip.by_name(BOOK).map_err(|_| BookError::NoRecipe).and_then(|mut file| unpacker.take(&mut file))?;
    let book: Book = serde_json::from_slice(&list).map_err(|_| BookError::NoRecipe)?;
    let mut photos: HashMap<Uuid, Vec<u8>> = HashMap::new();
    for photo in book.recipes.iter().flat_map(|recipe| &recipe.photos) {
        if let Ok(mut file) = zip.by_name(&format!("{PHOTOS}{}.jpg", photo.id)) {
            photos.insert(photo.id, unpacker.take(&mut file)?);
        }
    }
    for recipe in book.recipes {
        let photos =
            recipe.photos.iter().filter_map(|photo| Some((photo.id, photos.get(&photo.id)?.clone()))).collect();
        if let Ok(recipe) = recipe.checked() {
            found.recipes.push(Found { recipe, lost: Vec::new(), photos });
        }
    }
    Ok(())
}
