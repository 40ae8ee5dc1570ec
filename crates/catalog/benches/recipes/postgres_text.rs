//! PostgreSQL's full text search over one connection: a GIN index of the words beside columns for the
//! filters, prepared statements, no parallel workers, so that it too works on one core.

use std::collections::HashMap;
use std::io::Write as _;

use anyhow::Result;
use hnh_domain::label::{Allergen, Presence};
use hnh_domain::nutrient::Nutrient;
use hnh_domain::recipes::{Recipe, RecipeCard, RecipeSort};
use postgres::types::ToSql;
use postgres::{Client, NoTls, Statement};

use crate::Rival;
use crate::corpus::{Corpus, folded_words};
use crate::questions::{Answer, PAGE, Question};

/// Bytes sent at once.
const CHUNK: usize = 1 << 20;

struct PostgreSql {
    client: Client,
    statements: HashMap<String, Statement>,
}

/// Whether a recipe is certainly free of an allergen and of every kind of it.
pub(crate) fn is_free(recipe: &Recipe, allergen: Allergen) -> bool {
    let state = |a: Allergen| recipe.allergens.get(&a).map_or(Presence::Unknown, |f| f.state);
    let kinds = Allergen::ALL.iter().filter(|kind| kind.implies() == Some(allergen));
    state(allergen) == Presence::Free && kinds.map(|k| state(*k)).all(|s| s < Presence::MayContain)
}

/// Loads the recipes; none, with one line, where there is no address.
pub(crate) fn start(corpus: &Corpus) -> Result<Option<Box<dyn Rival>>> {
    let Ok(url) = std::env::var("HNH_BENCH_PG") else {
        println!("PostgreSQL is left out: HNH_BENCH_PG has no address");
        return Ok(None);
    };
    let mut client = Client::connect(&url, NoTls)?;
    client.batch_execute(
        "DROP TABLE IF EXISTS recipes_raw, recipes, recipe_cards;
         CREATE UNLOGGED TABLE recipe_cards (id int PRIMARY KEY, card text NOT NULL);
         CREATE UNLOGGED TABLE recipes_raw (id int, words text, free bigint, suits bigint, known int, energy real,
                                            protein real, minutes int, title text);",
    )?;
    let null = |value: Option<f32>| value.map_or_else(|| "\\N".to_owned(), |v| v.to_string());
    copy(&mut client, "recipes_raw", corpus, |id, recipe| {
        let bits = |all: &mut dyn Iterator<Item = usize>| all.fold(0i64, |bits, i| bits | 1 << i);
        let free = bits(&mut Allergen::ALL.iter().filter(|a| is_free(recipe, **a)).map(|a| a.index()));
        let suits = bits(&mut RecipeCard::from(recipe).suits.iter().map(|d| d.index()));
        let known = Nutrient::ALL.iter().filter(|n| recipe.nutrients.get(**n).is_some()).count();
        let amount = |nutrient| null(recipe.nutrients.get(nutrient));
        let (energy, protein) = (amount(Nutrient::Energy), amount(Nutrient::Protein));
        let minutes = null(recipe.total_min.map(|m| m as f32));
        let title = escaped(recipe.title.iter().next().unwrap_or_default());
        let words = escaped(&folded_words(recipe));
        Ok(format!("{id}\t{words}\t{free}\t{suits}\t{known}\t{energy}\t{protein}\t{minutes}\t{title}\n"))
    })?;
    copy(&mut client, "recipe_cards", corpus, |id, recipe| {
        Ok(format!("{id}\t{}\n", escaped(&serde_json::to_string(&RecipeCard::from(recipe))?)))
    })?;
    client.batch_execute(
        "SET maintenance_work_mem = '1GB';
         CREATE UNLOGGED TABLE recipes AS SELECT id, strip(to_tsvector('simple', words)) AS words, free, suits, known,
             energy, protein, minutes, title FROM recipes_raw;
         DROP TABLE recipes_raw;
         CREATE INDEX recipes_words ON recipes USING gin (words) WITH (fastupdate = off);
         CREATE INDEX recipes_energy ON recipes (energy);",
    )?;
    client.batch_execute("VACUUM (FREEZE, ANALYZE) recipes")?;
    client.batch_execute("VACUUM (FREEZE, ANALYZE) recipe_cards")?;
    client.batch_execute("SET max_parallel_workers_per_gather = 0; SET work_mem = '256MB'; SET jit = off")?;
    Ok(Some(Box::new(PostgreSql { client, statements: HashMap::new() })))
}

/// A text as COPY takes it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(['\t', '\n', '\r'], " ")
}

fn copy(
    client: &mut Client,
    table: &str,
    corpus: &Corpus,
    row: impl Fn(usize, &Recipe) -> Result<String>,
) -> Result<()> {
    let mut writer = client.copy_in(&format!("COPY {table} FROM STDIN"))?;
    let mut chunk = String::new();
    for (id, recipe) in corpus.recipes().enumerate() {
        chunk.push_str(&row(id, &recipe)?);
        if chunk.len() > CHUNK {
            writer.write_all(chunk.as_bytes())?;
            chunk.clear();
        }
    }
    writer.write_all(chunk.as_bytes())?;
    writer.finish()?;
    Ok(())
}

impl Rival for PostgreSql {
    fn name(&self) -> &str {
        "PostgreSQL full text with totals, 1 connection"
    }

    fn answer(&mut self, question: &Question) -> Result<Answer> {
        let quoted = |(word, beginning): (String, bool)| format!("'{word}'{}", if beginning { ":*" } else { "" });
        let words = question.words().map(quoted).collect::<Vec<_>>().join(" & ");
        let free = question.without.iter().fold(0i64, |bits, a| bits | 1 << a.index());
        let suits = question.diet.iter().fold(0i64, |bits, d| bits | 1 << d.index());
        let mut filters = String::from("words @@ to_tsquery('simple', $1) AND free & $2 = $2 AND suits & $3 = $3");
        let range = question.kcal.map(|r| (r.min.unwrap_or(0.0), r.max.unwrap_or(f32::MAX)));
        let mut values: Vec<&(dyn ToSql + Sync)> = vec![&words, &free, &suits];
        if let Some((min, max)) = &range {
            filters.push_str(" AND energy BETWEEN $4 AND $5");
            values.extend([min as &(dyn ToSql + Sync), max]);
        }
        let order = match question.sort {
            RecipeSort::Energy => "energy NULLS LAST",
            RecipeSort::Protein => "protein DESC NULLS LAST",
            RecipeSort::Time => "minutes NULLS LAST",
            RecipeSort::Title => "title COLLATE \"C\"",
            _ => "known DESC",
        };
        let sql = format!(
            "SELECT card, n FROM (SELECT id, count(*) OVER () AS n FROM recipes WHERE {filters}
             ORDER BY {order}, id LIMIT {PAGE}) AS found JOIN recipe_cards USING (id)"
        );
        let statement = match self.statements.get(&sql) {
            Some(statement) => statement.clone(),
            None => {
                let statement = self.client.prepare(&sql)?;
                self.statements.insert(sql, statement.clone());
                statement
            }
        };
        let rows = self.client.query(&statement, &values)?;
        let total = rows.first().map_or(Ok(0), |row| row.try_get::<_, i64>(1))?;
        Ok((total.unsigned_abs(), rows.len()))
    }

    fn disk(&mut self) -> Result<String> {
        let sql = "SELECT pg_total_relation_size('recipes'), pg_total_relation_size('recipe_cards')";
        let row = self.client.query_one(sql, &[])?;
        let (recipes, cards): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        Ok(format!("{:.0} MB on disk, without whole recipes", (recipes + cards) as f64 / 1e6))
    }
}
