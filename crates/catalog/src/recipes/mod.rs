//! The index of recipes: chips, diets, allergies, ranges, facet counts and orders over millions.
//!
//! A search is a few passes over sets of rows, one bit a recipe:
//! 1. chips become sets from the text index's postings ([`crate::text`]);
//! 2. diets, allergens and the values of groups such as courses are sets already ([`facets`]): AND them;
//! 3. ranges of amounts are compared where candidates are left ([`columns`]);
//! 4. the total and the facet counts are numbers of bits;
//! 5. the page is the first rows of the set in an order that was sorted at build time ([`order`]).
//!
//! Cards are stored as the JSON a reply needs and copied verbatim. To add a filter, add a line to the
//! domain's `GROUPS`, a variant to [`facets::Facet`] or a column; to add an order, say in [`order::column`] what it goes by.

mod build;
mod columns;
mod facets;
mod order;
mod search;

pub use build::{RecipeIndexBuilder, build};

use std::path::Path;

use anyhow::Result;
use hnh_domain::recipes::Recipe;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::documents::Documents;
use crate::ids::Ids;
use crate::text::TextIndex;
use columns::Columns;
use facets::Facets;
use order::Orders;

/// The files beside those of [`columns`], [`facets`] and [`order`].
const TEXT: &str = "text";
const CARDS: &str = "cards.json";
const RECIPES: &str = "recipes.zst";
/// The level of zstd for whole recipes.
const COMPRESSION: i32 = 3;

/// An index, mapped into memory.
pub struct RecipeIndex {
    text: TextIndex,
    facets: Facets,
    columns: Columns,
    orders: Orders,
    cards: Documents,
    recipes: Documents,
    ids: Ids,
}

impl RecipeIndex {
    /// Opens an index that [`build`] made.
    ///
    /// # Errors
    /// When it is absent, damaged, or made by a version with other nutrients, diets or the like.
    pub fn open(dir: &Path) -> Result<Self> {
        let text = TextIndex::open(&dir.join(TEXT))?;
        let rows = text.rows();
        Ok(Self {
            text,
            facets: Facets::open(dir, rows)?,
            columns: Columns::open(dir, rows)?,
            orders: Orders::open(dir, rows)?,
            cards: Documents::open(dir, CARDS, rows)?,
            recipes: Documents::open(dir, RECIPES, rows)?,
            ids: Ids::open(dir, rows)?,
        })
    }

    /// How many recipes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.len() == 0
    }

    /// A recipe, whole. One that cannot be read back is logged and counts as absent.
    #[must_use]
    pub fn get(&self, id: Uuid) -> Option<Recipe> {
        let stored = self.recipes.get(self.ids.row(id)?);
        let read = || -> Result<Recipe> { Ok(serde_json::from_slice(&zstd::stream::decode_all(stored)?)?) };
        read().inspect_err(|error| tracing::error!(%id, %error, "a stored recipe is damaged")).ok()
    }

    fn id(&self, row: usize) -> Uuid {
        self.ids.get(row)
    }

    /// The card of a row as it was stored; `null` where that is damaged.
    fn card(&self, row: usize) -> &RawValue {
        serde_json::from_slice(self.cards.get(row)).unwrap_or_else(|error| {
            tracing::error!(row, %error, "a stored card is damaged");
            RawValue::NULL
        })
    }
}
