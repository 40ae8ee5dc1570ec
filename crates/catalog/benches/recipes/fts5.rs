//! SQLite's FTS5, in process on one core, its file as large as it likes in memory.

use anyhow::Result;
use hnh_domain::label::{Allergen, Diet};
use hnh_domain::nutrient::Nutrient;
use hnh_domain::recipes::{RecipeCard, RecipeSort};
use rusqlite::{Connection, params_from_iter};
use tempfile::TempDir;

use crate::Rival;
use crate::corpus::{Corpus, folded_words};
use crate::measure::size;
use crate::questions::{Answer, PAGE, Question};

struct Sqlite {
    connection: Connection,
    folder: TempDir,
}

/// Loads the recipes: a contentless index of words beside a table of what filters and orders.
pub(crate) fn start(corpus: &Corpus) -> Result<Option<Box<dyn Rival>>> {
    let folder = tempfile::Builder::new().prefix("hnh-fts5-").tempdir()?;
    let mut connection = Connection::open(folder.path().join("recipes.db"))?;
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000; PRAGMA mmap_size = 20000000000;
         CREATE VIRTUAL TABLE search USING fts5(words, content = '', detail = none, prefix = '2 4');
         CREATE TABLE recipes (id INTEGER PRIMARY KEY, free INT, suits INT, known INT, energy REAL, protein REAL,
                               minutes INT, title TEXT);
         CREATE TABLE cards (id INTEGER PRIMARY KEY, card TEXT);",
    )?;
    let transaction = connection.transaction()?;
    {
        let mut words = transaction.prepare("INSERT INTO search (rowid, words) VALUES (?1, ?2)")?;
        let mut recipes = transaction.prepare("INSERT INTO recipes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
        let mut cards = transaction.prepare("INSERT INTO cards VALUES (?1, ?2)")?;
        for (id, recipe) in (0i64..).zip(corpus.recipes()) {
            let card = RecipeCard::from(&recipe);
            let suits = card.suits.iter().fold(0i64, |bits, d| bits | 1 << d.index());
            let is_free = |a: &&Allergen| crate::postgres_text::is_free(&recipe, **a);
            let free = Allergen::ALL.iter().filter(is_free).fold(0i64, |bits, a| bits | 1 << a.index());
            let known = Nutrient::ALL.iter().filter(|n| recipe.nutrients.get(**n).is_some()).count() as i64;
            let (energy, protein) = (recipe.nutrients.get(Nutrient::Energy), recipe.nutrients.get(Nutrient::Protein));
            let title = recipe.title.iter().next().unwrap_or_default();
            words.execute(rusqlite::params![id, folded_words(&recipe)])?;
            recipes.execute(rusqlite::params![id, free, suits, known, energy, protein, recipe.total_min, title])?;
            cards.execute(rusqlite::params![id, serde_json::to_string(&card)?])?;
        }
    }
    transaction.commit()?;
    connection.execute_batch("INSERT INTO search (search) VALUES ('optimize'); ANALYZE;")?;
    Ok(Some(Box::new(Sqlite { connection, folder })))
}

impl Rival for Sqlite {
    fn name(&self) -> &str {
        "SQLite FTS5 with totals, in process"
    }

    fn answer(&mut self, question: &Question) -> Result<Answer> {
        let quoted = |(word, beginning): (String, bool)| format!("\"{word}\"{}", if beginning { "*" } else { "" });
        let words = question.words().map(quoted).collect::<Vec<_>>().join(" AND ");
        let bits = |all: &mut dyn Iterator<Item = usize>| all.fold(0i64, |bits, i| bits | 1 << i);
        let free = bits(&mut question.without.iter().map(|a: &Allergen| a.index()));
        let suits = bits(&mut question.diet.iter().map(|d: &Diet| d.index()));
        let mut filters = String::from("search MATCH ?1 AND free & ?2 = ?2 AND suits & ?3 = ?3");
        let range = question.kcal.map(|r| (r.min.unwrap_or(0.0), r.max.unwrap_or(f32::MAX)));
        let mut values: Vec<rusqlite::types::Value> = vec![words.into(), free.into(), suits.into()];
        if let Some((min, max)) = range {
            filters.push_str(" AND energy BETWEEN ?4 AND ?5");
            values.extend([f64::from(min).into(), f64::from(max).into()]);
        }
        let order = match question.sort {
            RecipeSort::Energy => "energy IS NULL, energy",
            RecipeSort::Protein => "protein IS NULL, protein DESC",
            RecipeSort::Time => "minutes IS NULL, minutes",
            RecipeSort::Title => "title",
            _ => "known DESC",
        };
        let sql = format!(
            "SELECT card, n FROM (SELECT id, count(*) OVER () AS n
             FROM search JOIN recipes ON recipes.id = search.rowid WHERE {filters}
             ORDER BY {order}, id LIMIT {PAGE}) JOIN cards USING (id)"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let (mut total, mut cards) = (0, 0);
        while let Some(row) = rows.next()? {
            row.get_ref(0)?.as_str()?;
            total = row.get::<_, i64>(1)?.unsigned_abs();
            cards += 1;
        }
        Ok((total, cards))
    }

    fn disk(&mut self) -> Result<String> {
        Ok(format!("{:.0} MB on disk, without whole recipes", size(self.folder.path())? as f64 / 1e6))
    }
}
