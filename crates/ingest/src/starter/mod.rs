//! The starter catalogue: what the repository ships, so that the first run is useful with no network.
//!
//! ```text
//! places.jsonl.zst, foods.jsonl.zst   facts of open data, as imported records
//! areas.csv.zst                       centres of Korean districts and neighbourhoods
//! recipes/*.toml                      our own recipes
//! food_labels.csv                     allergens and origins of the foods the recipes use
//! food_names_ko.csv, food_names_en.csv, area_names_en.csv   names in the other language
//! ```
//!
//! [`make`] writes the first three from the open data.

mod keywords;
pub mod make;
pub mod names;
mod recipes;

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use hnh_domain::foods::Food;
use hnh_domain::places::Place;
use hnh_domain::recipes::Recipe;
use uuid::Uuid;

use crate::records::{RecordReader, file_name};
use hnh_nutrition::LabelTable;

/// Where packages put the starter catalogue.
const INSTALLED: &str = "/usr/share/hnh/starter";

/// Where it lies in the source tree.
const IN_TREE: &str = "crates/ingest/starter";

/// The starter catalogue's folder.
#[derive(Clone, Debug)]
pub struct Starter {
    folder: PathBuf,
}

impl Starter {
    /// The folder given, else `crates/ingest/starter` here or beside the program's workspace, else the
    /// installed one.
    ///
    /// # Errors
    /// When it is in none of these places.
    pub fn find(given: Option<&Path>) -> Result<Self> {
        if let Some(folder) = given {
            let there = folder.join("recipes").is_dir();
            return if there {
                Ok(Self { folder: folder.into() })
            } else {
                bail!("{} is not the starter catalogue: it has no folder recipes", folder.display())
            };
        }
        // A program in target/release finds its workspace by walking up.
        let program = std::env::current_exe().unwrap_or_default();
        let beside = program.ancestors().map(|a| a.join(IN_TREE));
        std::iter::once(PathBuf::from(IN_TREE))
            .chain(beside)
            .chain([PathBuf::from(INSTALLED)])
            .find(|folder| folder.join("recipes").is_dir())
            .map(|folder| Self { folder })
            .with_context(|| {
                format!(
                    "the starter catalogue is neither in {IN_TREE} nor in {INSTALLED}: give its folder by --starter"
                )
            })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The places.
    ///
    /// # Errors
    /// When the file is missing or damaged.
    pub fn places(&self) -> Result<RecordReader<Place>> {
        RecordReader::open(&self.folder.join(file_name::<Place>()))
    }

    /// The foods.
    ///
    /// # Errors
    /// When the file is missing or damaged.
    pub fn foods(&self) -> Result<RecordReader<Food>> {
        RecordReader::open(&self.folder.join(file_name::<Food>()))
    }

    /// Our own recipes, with figures and labels from the foods they name.
    ///
    /// # Errors
    /// Names file, line and field of the first mistake.
    pub fn recipes(&self, foods: &HashMap<Uuid, &Food>) -> Result<Vec<Recipe>> {
        recipes::read_all(&self.folder.join("recipes"), foods, &self.labels()?)
    }

    /// The allergens and origins of foods.
    ///
    /// # Errors
    /// When the file is missing, or names its first mistake.
    pub fn labels(&self) -> Result<LabelTable> {
        let table = self.folder.join("food_labels.csv");
        let csv = File::open(&table).with_context(|| format!("cannot open {}", table.display()))?;
        LabelTable::read(csv, &table.display().to_string())
    }
}
