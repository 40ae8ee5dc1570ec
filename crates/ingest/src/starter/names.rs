//! Names of foods in the other language, from two tables of our own writing: Korean names of USDA
//! foods by NDB number, and English ones of the words MFDS's names are made of.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use hnh_domain::foods::Food;
use hnh_domain::source::Source;

const KOREAN: &str = include_str!("../../starter/food_names_ko.csv");
const ENGLISH: &str = include_str!("../../starter/food_names_en.csv");

/// Names by key.
pub struct FoodNames {
    /// NDB number to Korean name.
    korean: HashMap<String, String>,
    /// Word of an MFDS name (`김치`, `삶은것`) to English.
    english: HashMap<String, String>,
}

impl FoodNames {
    /// The tables that come with the program.
    ///
    /// # Errors
    /// Names the line of a mistake.
    pub fn load() -> Result<Self> {
        Ok(Self {
            korean: table(KOREAN, "food_names_ko.csv", ["ndb", "ko"])?,
            english: table(ENGLISH, "food_names_en.csv", ["name", "en"])?,
        })
    }

    /// Adds the name the food's source does not have.
    pub fn complete(&self, food: &mut Food) {
        match food.provenance.source {
            Source::Usda if food.name.ko.is_none() => {
                food.name.ko = self.korean.get(&food.provenance.source_id).cloned();
            }
            Source::Mfds if food.name.en.is_none() => {
                food.name.en = food.name.ko.as_deref().and_then(|name| self.translated(name));
            }
            _ => {}
        }
    }

    /// `김치, 배추김치` in English, part by part; none when its head word is not in the table. Parts that
    /// are not in it stay Korean, so that two foods never get the same name.
    fn translated(&self, name: &str) -> Option<String> {
        let mut parts = name.split(", ");
        let first = parts.next()?;
        // A dish of one word has its maker right behind: "짜장면 (OO반점)".
        let (head, tail) = match (self.english.get(first), first.split_once(" (")) {
            (Some(head), _) => (head, None),
            (None, Some((word, tail))) => (self.english.get(word)?, Some(tail)),
            (None, None) => return None,
        };
        let mut out = head.clone();
        if let Some(tail) = tail {
            out.push_str(" (");
            out.push_str(tail);
        }
        for part in parts {
            out.push_str(", ");
            out.push_str(self.english.get(part).map_or(part, String::as_str));
        }
        Some(out)
    }
}

fn table(csv: &str, file: &str, columns: [&str; 2]) -> Result<HashMap<String, String>> {
    let mut csv = csv::Reader::from_reader(csv.as_bytes());
    let header = csv.headers().with_context(|| format!("cannot read {file}"))?;
    if header.iter().ne(columns) {
        bail!("{file}, line 1: the columns must be {}", columns.join(","));
    }
    let mut out = HashMap::new();
    for row in csv.records() {
        let row = row.with_context(|| format!("cannot read {file}"))?;
        let line = row.position().map_or(0, csv::Position::line);
        let (key, name) = (row[0].trim(), row[1].trim());
        if key.is_empty() || name.is_empty() {
            bail!("{file}, line {line}: both columns need a text");
        }
        if out.insert(key.to_owned(), name.to_owned()).is_some() {
            bail!("{file}, line {line}: {key} is in the table twice");
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole_and_in_their_languages() {
        let names = FoodNames::load().unwrap();
        assert!(names.korean.len() >= 300, "{}", names.korean.len());
        assert!(names.english.len() >= 200, "{}", names.english.len());
        for (ndb, ko) in &names.korean {
            assert!(ndb.len() == 5 && ndb.bytes().all(|b| b.is_ascii_digit()), "{ndb}");
            assert!(ko.chars().any(hnh_domain::hangul::is_syllable), "{ndb} {ko}");
        }
        for (ko, en) in &names.english {
            assert!(ko.chars().any(hnh_domain::hangul::is_syllable), "{ko}");
            assert!(!en.chars().any(hnh_domain::hangul::is_syllable), "{ko} {en}");
        }
    }

    #[test]
    fn parts_without_a_translation_stay_so_that_foods_stay_apart() {
        let names = FoodNames {
            korean: HashMap::new(),
            english: HashMap::from([("피자".into(), "pizza".into()), ("생것".into(), "raw".into())]),
        };
        assert_eq!(names.translated("피자, 포테이토 (L) (도미노피자)").unwrap(), "pizza, 포테이토 (L) (도미노피자)");
        assert_eq!(names.translated("피자 (지정환피자)").unwrap(), "pizza (지정환피자)");
        assert_eq!(names.translated("피자, 생것").unwrap(), "pizza, raw");
        assert_eq!(names.translated("없는말, 생것"), None);
    }
}
