//! A person's whole book as an archive that reads back as it was.

use std::io::{self, Seek, Write};

use hnh_domain::cookbook::BookRecipe;
use uuid::Uuid;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::archive::{BOOK, Book, PHOTOS};

/// Begins an archive with all recipes; photos are added by [`photo`].
///
/// # Errors
/// When it cannot be written.
pub fn archive<W: Write + Seek>(out: W, recipes: Vec<BookRecipe>) -> io::Result<ZipWriter<W>> {
    let mut zip = ZipWriter::new(out);
    zip.start_file(BOOK, SimpleFileOptions::default())?;
    serde_json::to_writer_pretty(&mut zip, &Book { hnh_book: 1, recipes })?;
    Ok(zip)
}

/// Adds a photo to an archive.
///
/// # Errors
/// When it cannot be written.
pub fn photo<W: Write + Seek>(zip: &mut ZipWriter<W>, id: Uuid, jpeg: &[u8]) -> io::Result<()> {
    zip.start_file(format!("{PHOTOS}{id}.jpg"), SimpleFileOptions::default())?;
    zip.write_all(jpeg)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use hnh_domain::board::PostPhoto;
    use hnh_domain::cookbook::{BookLine, BookStep, cooklang, json_ld};
    use hnh_domain::local_time::LocalDate;

    use super::super::read_file;
    use super::*;

    fn recipe() -> BookRecipe {
        BookRecipe {
            title: "된장찌개".into(),
            summary: "구수하다".into(),
            servings: Some(2.0),
            prep_min: Some(10),
            cook_min: Some(20),
            total_min: Some(30),
            ingredients: vec![
                BookLine { text: "두부 1모".into(), ..BookLine::default() },
                BookLine { text: "된장 2큰술".into(), part: "국물".into(), food: Some("usda:16424".into()) },
            ],
            steps: vec![BookStep { text: "15분 끓인다.".into(), timer_s: Some(900) }],
            notes: "덜 짜게".into(),
            lists: vec!["평일".into()],
            rating: Some(5),
            made_on: vec![LocalDate::from_days(20_000)],
            photos: vec![PostPhoto { id: Uuid::from_u128(7), alt: "냄비".into() }],
            source: "https://soup.example/1".into(),
        }
    }

    #[test]
    fn a_whole_book_comes_back_as_it_was() {
        let mut zip = archive(Cursor::new(Vec::new()), vec![recipe()]).unwrap();
        photo(&mut zip, Uuid::from_u128(7), b"jpeg").unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        let back = read_file("book.zip", &bytes).unwrap();
        assert_eq!(back.recipes[0].recipe, recipe());
        assert_eq!(back.recipes[0].photos, [(Uuid::from_u128(7), b"jpeg".to_vec())]);
    }

    #[test]
    fn json_ld_and_cooklang_are_read_back_with_what_they_can_say() {
        let json = serde_json::to_vec(&json_ld(&recipe())).unwrap();
        let cook = cooklang(&recipe());
        for (name, bytes) in [("a.json", json.as_slice()), ("a.cook", cook.as_bytes())] {
            let back = read_file(name, bytes).unwrap().recipes.remove(0).recipe;
            assert_eq!((&back.title, back.servings, back.total_min), (&recipe().title, Some(2.0), Some(30)), "{name}");
            let lines: Vec<&str> = back.ingredients.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(lines, ["두부 1모", "된장 2큰술"], "{name}");
            assert_eq!(back.steps.last().and_then(|step| step.timer_s), Some(900), "{name}");
        }
    }
}
