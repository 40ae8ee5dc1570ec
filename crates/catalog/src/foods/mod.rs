//! The index of foods: names in Korean and English, the plainest food first ([`rank`]).
//!
//! Some tens of thousands of rows: how plain each food is was settled when the index was built, and a
//! search adds how well each name found fits the words.

mod rank;

use std::path::Path;

use anyhow::{Result, ensure};
use hnh_domain::foods::{Food, FoodCard, FoodGroup, FoodQuery};
use hnh_domain::page::Page;
use hnh_domain::problem::FieldError;
use serde_json::value::RawValue;
use uuid::Uuid;
use zerocopy::little_endian::U32;

use crate::cursor;
use crate::documents::{Documents, DocumentsWriter};
use crate::ids::Ids;
use crate::mapped::MappedSlice;
use crate::text::{BitSet, FieldKind, TextIndex, Typing};

const TEXT: &str = "text";
const CARDS: &str = "cards.json";
const FOODS: &str = "foods.json";
/// Names as [`rank::folded_name`] writes them, one a line.
const NAMES: &str = "names";
/// How plain each food is: smaller is plainer.
const PLAIN: &str = "plain.u32";
const GROUPS: &str = "groups.u8";

/// Builds the index of some foods in a folder, which is made where absent.
///
/// # Errors
/// When the folder cannot be written or already holds an index.
#[expect(clippy::needless_pass_by_value, reason = "the other indexes are built the same way")]
pub fn build(dir: &Path, foods: Vec<Food>) -> Result<()> {
    std::fs::create_dir_all(dir)?;
    let names = foods.iter().map(|f| f.name.iter().map(|name| (FieldKind::Title, name)).collect());
    TextIndex::build(&dir.join(TEXT), names)?;
    let (mut cards, mut whole) = (DocumentsWriter::new(dir, CARDS)?, DocumentsWriter::new(dir, FOODS)?);
    let mut names = DocumentsWriter::new(dir, NAMES)?;
    for food in &foods {
        cards.add(&serde_json::to_vec(&FoodCard::from(food))?)?;
        whole.add(&serde_json::to_vec(food)?)?;
        names.add(food.name.iter().map(rank::folded_name).collect::<Vec<_>>().join("\n").as_bytes())?;
    }
    cards.finish()?;
    whole.finish()?;
    names.finish()?;
    Ids::write(dir, &foods.iter().map(|food| food.id).collect::<Vec<_>>())?;
    MappedSlice::write(dir, PLAIN, foods.iter().map(|f| U32::new(rank::plainness(f))))?;
    MappedSlice::write(dir, GROUPS, foods.iter().map(|f| group_byte(f.group)))
}

fn group_byte(group: FoodGroup) -> u8 {
    u8::try_from(group.index()).unwrap_or(u8::MAX)
}

/// An index, mapped into memory.
pub struct FoodIndex {
    text: TextIndex,
    cards: Documents,
    foods: Documents,
    names: Documents,
    ids: Ids,
    plain: MappedSlice<U32>,
    groups: MappedSlice<u8>,
}

/// Where a food stands in a search: the scores of the name and of the food in one, then its id.
type CursorKey = (u32, Uuid);

impl FoodIndex {
    /// Opens an index that [`build`] made.
    ///
    /// # Errors
    /// When it is absent or damaged.
    pub fn open(dir: &Path) -> Result<Self> {
        let text = TextIndex::open(&dir.join(TEXT))?;
        let rows = text.rows();
        let ids = Ids::open(dir, rows)?;
        let (plain, groups) = (MappedSlice::open(dir, PLAIN)?, MappedSlice::open(dir, GROUPS)?);
        let fits = plain.len() == rows && groups.len() == rows;
        ensure!(fits, "the index of foods is damaged: build the catalogue again");
        let documents = |name| Documents::open(dir, name, rows);
        let (cards, foods, names) = (documents(CARDS)?, documents(FOODS)?, documents(NAMES)?);
        Ok(Self { text, cards, foods, names, ids, plain, groups })
    }

    /// How many foods there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.len() == 0
    }

    /// A food, whole. One that cannot be read back is logged and counts as absent.
    #[must_use]
    pub fn get(&self, id: Uuid) -> Option<Food> {
        let stored = self.foods.get(self.ids.row(id)?);
        serde_json::from_slice(stored)
            .inspect_err(|error| tracing::error!(%id, %error, "a stored food is damaged"))
            .ok()
    }

    /// Finds foods by the words of their names, best first; the last word may be unfinished.
    ///
    /// # Errors
    /// Names the field of the query that is wrong.
    pub fn search(&self, query: &FoodQuery) -> Result<Page<&RawValue>, FieldError> {
        query.validate()?;
        let limit = query.limit()?;
        let hash = cursor::query_hash(&FoodQuery { limit: None, cursor: None, ..query.clone() })?;
        let after: Option<CursorKey> = query.cursor.as_deref().map(|c| cursor::decode(hash, c)).transpose()?;
        let words = query.q.as_deref().unwrap_or_default();

        let mut found = self.text.matches(words, Typing::Ongoing);
        self.retain_groups(&mut found, &query.group);
        let total = found.count();
        let wanted = rank::Wanted::new(words);
        let mut ranked: Vec<(CursorKey, usize)> = found
            .iter()
            .map(|row| {
                let score = wanted.misfit(self.name(row)) + self.plain[row].get();
                ((score, self.ids.get(row)), row)
            })
            .filter(|(key, _)| after.is_none_or(|after| *key > after))
            .collect();
        let more = ranked.len() > limit;
        if more {
            ranked.select_nth_unstable(limit);
            ranked.truncate(limit);
        }
        ranked.sort_unstable();
        let next = match ranked.last() {
            Some((key, _)) if more => Some(cursor::encode(hash, key)?),
            _ => None,
        };
        let items = ranked.into_iter().map(|(_, row)| self.card(row)).collect();
        Ok(Page { items, next, total: Some(total as u64) })
    }

    fn retain_groups(&self, found: &mut BitSet, groups: &[FoodGroup]) {
        if groups.is_empty() {
            return;
        }
        let mut of_groups = BitSet::empty(self.len());
        let wanted: Vec<u8> = groups.iter().map(|g| group_byte(*g)).collect();
        self.groups.iter().enumerate().filter(|(_, g)| wanted.contains(g)).for_each(|(row, _)| of_groups.insert(row));
        found.intersect(&of_groups);
    }

    fn name(&self, row: usize) -> &str {
        std::str::from_utf8(self.names.get(row)).unwrap_or_default()
    }

    fn card(&self, row: usize) -> &RawValue {
        serde_json::from_slice(self.cards.get(row)).unwrap_or_else(|error| {
            tracing::error!(row, %error, "a stored card is damaged");
            RawValue::NULL
        })
    }
}
