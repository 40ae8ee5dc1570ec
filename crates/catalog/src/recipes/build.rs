//! Building the index of recipes.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use hnh_domain::recipes::{Recipe, RecipeCard};
use uuid::Uuid;

use super::columns::ColumnsBuilder;
use super::facets::FacetsBuilder;
use super::order::{self, Key};
use super::{CARDS, COMPRESSION, RECIPES, TEXT};
use crate::documents::DocumentsWriter;
use crate::ids::Ids;
use crate::text::{FieldKind, TextIndexBuilder};

/// Builds the index of some recipes in a folder, which is made where absent.
///
/// # Errors
/// When the folder cannot be written or already holds an index.
pub fn build(dir: &Path, recipes: Vec<Recipe>) -> Result<()> {
    let mut builder = RecipeIndexBuilder::new(dir)?;
    for recipe in &recipes {
        builder.add(recipe)?;
    }
    builder.finish()
}

/// Builds an index recipe by recipe, for more of them than fit in memory: texts go to the disk at once,
/// and about 300 bytes a recipe of numbers and postings stay until the end.
pub struct RecipeIndexBuilder {
    dir: PathBuf,
    text: TextIndexBuilder,
    cards: DocumentsWriter,
    recipes: DocumentsWriter,
    compressor: zstd::bulk::Compressor<'static>,
    columns: ColumnsBuilder,
    facets: FacetsBuilder,
    titles: Vec<Key>,
    ids: Vec<Uuid>,
}

impl RecipeIndexBuilder {
    /// Begins an index in a folder, which is made where absent.
    ///
    /// # Errors
    /// When the folder cannot be written or already holds an index.
    pub fn new(dir: &Path) -> Result<Self> {
        std::fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
        Ok(Self {
            dir: dir.to_owned(),
            text: TextIndexBuilder::new(&dir.join(TEXT))?,
            cards: DocumentsWriter::new(dir, CARDS)?,
            recipes: DocumentsWriter::new(dir, RECIPES)?,
            compressor: zstd::bulk::Compressor::new(COMPRESSION)?,
            columns: ColumnsBuilder::new(),
            facets: FacetsBuilder::new(),
            titles: Vec::new(),
            ids: Vec::new(),
        })
    }

    /// Adds a recipe.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, recipe: &Recipe) -> Result<()> {
        let titles = recipe.title.iter().map(|t| (FieldKind::Title, t));
        let names = recipe.ingredients.iter().flat_map(|i| i.name.iter());
        let rest = names.chain(recipe.keywords.iter().map(String::as_str)).map(|t| (FieldKind::Body, t));
        self.text.add(&titles.chain(rest).collect::<Vec<_>>())?;
        self.cards.add(&serde_json::to_vec(&RecipeCard::from(recipe))?)?;
        self.recipes.add(&self.compressor.compress(&serde_json::to_vec(recipe)?)?)?;
        self.columns.add(recipe);
        self.facets.add(recipe);
        self.titles.push(Key::title(&recipe.title));
        self.ids.push(recipe.id);
        Ok(())
    }

    /// Writes everything out.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn finish(self) -> Result<()> {
        self.text.finish()?;
        self.cards.finish()?;
        self.recipes.finish()?;
        self.columns.write(&self.dir)?;
        self.facets.write(&self.dir)?;
        order::write(&self.dir, &self.columns, &self.titles, &self.ids)?;
        Ids::write(&self.dir, &self.ids)
    }
}
